/*
 * Owns: a modem process for tests of channel `gsm`, good and bad.
 * May use: base/, modem/protocol.h.
 * Must not know: channel/: it is what stands at the other end.
 *
 * The test program starts itself again as its modem process: main() first calls fake_modem_main().
 */
#ifndef TEST_FAKE_MODEM_H
#define TEST_FAKE_MODEM_H

#include "base/frame.h"
#include "modem/protocol.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FAKE_MODEM "FAKE_MODEM" /* environment: how it behaves */
#define FAKE_MARKS "FAKE_MARKS" /* environment: a file that takes a letter a start */
#define FAKE_LINK 3

static inline void fake_send(struct buffer *out, size_t mark)
{
	frame_end(out, mark);
	while (out->len > 0) {
		ssize_t n = write(FAKE_LINK, out->data, out->len);
		if (n <= 0)
			_exit(2);
		buffer_consume(out, (size_t)n);
	}
	buffer_clear(out);
}

static inline void fake_state(enum modem_state state, const char *detail)
{
	struct buffer out = BUFFER(FRAME_MAX);
	size_t mark = frame_begin(&out, MODEM_EVENT_STATE);
	frame_put_int(&out, state);
	frame_put_text(&out, detail);
	frame_put_text(&out, "imei");
	frame_put_text(&out, state == MODEM_READY ? "452040000000001" : "");
	frame_put_int(&out, 60);
	fake_send(&out, mark);
}

static inline void fake_begun(int64_t attempt, int64_t part)
{
	struct buffer out = BUFFER(FRAME_MAX);
	size_t mark = frame_begin(&out, MODEM_EVENT_BEGUN);
	frame_put_int(&out, attempt);
	frame_put_int(&out, part);
	fake_send(&out, mark);
}

static inline void fake_outcome(int64_t attempt, int64_t part, int64_t result)
{
	struct buffer out = BUFFER(FRAME_MAX);
	size_t mark = frame_begin(&out, MODEM_EVENT_OUTCOME);
	frame_put_int(&out, attempt);
	frame_put_int(&out, part);
	frame_put_int(&out, result);
	frame_put_int(&out, 0);
	frame_put_int(&out, 7);
	frame_put_text(&out, "");
	fake_send(&out, mark);
}

static inline void fake_inbound(const char *slot)
{
	struct buffer out = BUFFER(FRAME_MAX);
	size_t mark = frame_begin(&out, MODEM_EVENT_INBOUND);
	frame_put_text(&out, slot);
	frame_put_text(&out, "+84900000003");
	frame_put_int(&out, 0);
	frame_put_int(&out, 1588662000000);
	frame_put_int(&out, 1);
	frame_put_int(&out, 200);
	frame_put_int(&out, 3);
	frame_put_int(&out, 2);
	frame_put_text(&out, "đã nộp");
	fake_send(&out, mark);
}

static inline void fake_garbage(void)
{
	static const char lie[] = "\xff\xff\xff\xff\x01";
	if (write(FAKE_LINK, lie, sizeof lie) < 0)
		_exit(2);
}

static inline bool fake_is(const char *behaviour)
{
	return strcmp(getenv(FAKE_MODEM), behaviour) == 0;
}

/* How often this process was started before, by the letters in the marks file. */
static inline int fake_starts(void)
{
	FILE *marks = fopen(getenv(FAKE_MARKS), "a+");
	if (marks == NULL)
		_exit(2);
	fputc('x', marks);
	fseek(marks, 0, SEEK_END);
	int count = (int)ftell(marks);
	fclose(marks);
	return count - 1;
}

static inline void fake_submit(struct frame *frame)
{
	int64_t attempt = frame_get_int(frame), part = frame_get_int(frame);
	if (fake_is("dies-before-begun"))
		_exit(1);
	fake_begun(attempt, part);
	if (fake_is("dies-after-begun"))
		_exit(1);
	if (fake_is("hangs"))
		for (;;)
			pause();
	if (fake_is("reconnects"))
		fake_state(MODEM_CONNECTING, "anew"), fake_state(MODEM_READY, "again");
	fake_outcome(attempt, part, MODEM_SENT);
	if (fake_is("dies-after-outcome"))
		_exit(1);
}

static inline void fake_configure(void)
{
	int starts = fake_starts();
	fake_state(MODEM_CONNECTING, "");
	if (fake_is("refuses-pin") || fake_is("wants-pin")) {
		fake_state(fake_is("refuses-pin") ? MODEM_PIN_REFUSED : MODEM_PIN_WANTED, "wrong");
		_exit(1);
	}
	if (fake_is("never-ready") || (fake_is("ready-at-third") && starts < 2)) {
		fake_state(MODEM_NO_DEVICE, "gone");
		_exit(1);
	}
	if (fake_is("deaf"))
		for (;;)
			pause();
	if (fake_is("tells-old-outcome"))
		fake_outcome(99, 1, MODEM_SENT);
	fake_state(MODEM_READY, "");
	if (fake_is("hears"))
		fake_inbound("5:1");
	if (fake_is("garbles") && starts == 0)
		fake_garbage();
}

/* Serves as the modem process and never returns, when the environment says so. */
static inline void fake_modem_main(void)
{
	if (getenv(FAKE_MODEM) == NULL)
		return;
	struct buffer in = BUFFER(4 * FRAME_MAX);
	struct frame frame;
	size_t size;
	char bytes[4096];
	for (ssize_t n; (n = read(FAKE_LINK, bytes, sizeof bytes)) > 0;) {
		buffer_add(&in, bytes, (size_t)n);
		while (frame_peek(&in, &frame, &size) == 1) {
			if (frame.type == MODEM_REQUEST_CONFIGURE)
				fake_configure();
			else if (frame.type == MODEM_REQUEST_SUBMIT)
				fake_submit(&frame);
			else if (frame.type == MODEM_REQUEST_DELETE)
				fake_inbound(frame_get_text(&frame)); /* the echo is the test */
			else if (frame.type == MODEM_REQUEST_STOP)
				_exit(0);
			buffer_consume(&in, size);
		}
	}
	_exit(0);
}

#endif
