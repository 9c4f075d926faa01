/*
 * Owns: tests of modem/receive, modem/raw and modem/marks: texts that libgammu cannot read or that
 * crash it, slots given back, what is noted across processes.
 * May use: modem/, cmocka. Takes the place of libgammu's reading and deleting.
 * Must not know: frames beyond modem/protocol.h.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/frame.h"
#include "base/log.h"
#include "base/memory.h"
#include "modem/protocol.h"
#include "modem/receive.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SLOTS = 5, CRASHED = 77 };
#define BROKEN_PDU "07914890000032000400"

/* The modem: what lies in its slots, as both libgammu's stand-ins and the AT side see it. */
static enum content { EMPTY, TEXT, REPORT, WRITTEN_HERE, UNREADABLE, DEADLY } slots[SLOTS + 1];
static bool refuses_reading;
static char directory[64];

/* ── in libgammu's place ─────────────────────────────────────────────────────────────────────── */

static GSM_Error read_as_libgammu(GSM_MultiSMSMessage *messages, int slot)
{
	GSM_SMSMessage *message = &messages->SMS[0];
	memset(message, 0, sizeof *message);
	messages->Number = 1;
	message->Location = slot;
	switch (slots[slot]) {
	case EMPTY:
		return ERR_EMPTY;
	case UNREADABLE:
		return ERR_UNKNOWN;
	case DEADLY:
		_exit(CRASHED);
	default:
		break;
	}
	message->PDU = slots[slot] == TEXT     ? SMS_Deliver
		       : slots[slot] == REPORT ? SMS_Status_Report
					       : SMS_Submit;
	message->Coding = SMS_Coding_Default_No_Compression;
	message->DateTime =
	    (GSM_DateTime){.Year = 2020, .Month = 5, .Day = 5, .Hour = 14, .Timezone = 7 * 3600};
	memcpy(message->Text, "\0O\0K\0", 6);
	memcpy(message->Number, "\0001\0009\0001\0", 8);
	return ERR_NONE;
}

GSM_Error GSM_GetNextSMS(GSM_StateMachine *machine, GSM_MultiSMSMessage *messages, gboolean start)
{
	(void)machine;
	int slot = start ? 1 : messages->SMS[0].Location + 1;
	while (slot <= SLOTS && slots[slot] == EMPTY)
		slot++;
	return slot > SLOTS ? ERR_EMPTY : read_as_libgammu(messages, slot);
}

GSM_Error GSM_GetSMS(GSM_StateMachine *machine, GSM_MultiSMSMessage *messages)
{
	(void)machine;
	int slot = messages->SMS[0].Location;
	return slot < 1 || slot > SLOTS ? ERR_INVALIDLOCATION : read_as_libgammu(messages, slot);
}

GSM_Error GSM_GetSMSStatus(GSM_StateMachine *machine, GSM_SMSMemoryStatus *status)
{
	(void)machine;
	*status = (GSM_SMSMemoryStatus){.SIMSize = SLOTS};
	for (int i = 1; i <= SLOTS; i++)
		status->SIMUsed += slots[i] != EMPTY;
	return ERR_NONE;
}

GSM_Error GSM_DeleteSMS(GSM_StateMachine *machine, GSM_SMSMessage *message)
{
	(void)machine;
	GSM_MultiSMSMessage *read = memory_new(sizeof *read); /* as 1.42 does */
	GSM_Error error = read_as_libgammu(read, message->Location);
	memory_free(read);
	if (error == ERR_NONE)
		slots[message->Location] = EMPTY;
	return error;
}

/* ── the AT side, on a thread ────────────────────────────────────────────────────────────────── */

static void answer(int fd, const char *command)
{
	int slot;
	char text[300] = "\r\nERROR\r\n";
	if (strcmp(command, "AT+CPMS=\"SM\"") == 0)
		snprintf(text, sizeof text, "%s\r\r\n+CPMS: 1,5,1,5,1,5\r\n\r\nOK\r\n", command);
	else if (sscanf(command, "AT+CMGR=%d", &slot) == 1 && slots[slot] >= TEXT &&
		 !refuses_reading)
		snprintf(text, sizeof text, "%s\r\r\n+CMGR: %d,,8\r\n" BROKEN_PDU "\r\n\r\nOK\r\n",
		    command, slots[slot] == WRITTEN_HERE ? 2 : 1);
	else if (sscanf(command, "AT+CMGD=%d", &slot) == 1 && slots[slot] != EMPTY) {
		slots[slot] = EMPTY;
		snprintf(text, sizeof text, "\r\n+CMTI: \"SM\",4\r\n\r\nOK\r\n");
	}
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
}

static void *serve_at(void *arg)
{
	int fd = *(int *)arg;
	char line[100];
	size_t len = 0;
	while (read(fd, &line[len], 1) == 1) {
		if (line[len] != '\r' && len + 1 < sizeof line) {
			len++;
			continue;
		}
		line[len] = '\0';
		len = 0;
		answer(fd, line);
	}
	return NULL;
}

/* ── one modem process ───────────────────────────────────────────────────────────────────────── */

struct process {
	struct session session;
	struct session_setup setup;
	struct receive receive;
	struct link link;
	int daemon, at;
	pthread_t at_thread;
	struct buffer heard;
};

static void begin(struct process *process)
{
	int pair[2], tty[2];
	*process = (struct process){.heard = BUFFER(4 * FRAME_MAX)};
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, tty), 0);
	link_open(&process->link, pair[0]);
	process->daemon = pair[1];
	process->setup = (struct session_setup){
	    .device = "/nonexistent", .limits = {10000, 10000, 10000, 10000}};
	session_init(&process->session, &process->setup);
	process->session.tty = tty[0];
	process->at = tty[1];
	pthread_create(&process->at_thread, NULL, serve_at, &process->at);
	receive_init(&process->receive, directory, "m1");
}

static void end(struct process *process)
{
	shutdown(process->at, SHUT_RDWR);
	pthread_join(process->at_thread, NULL);
	close(process->at);
	close(process->session.tty);
	session_release(&process->session);
	receive_release(&process->receive);
	link_close(&process->link);
	close(process->daemon);
	buffer_clear(&process->heard);
}

static void list(struct process *process)
{
	process->session.incoming = true;
	process->session.doubtful = false; /* as after connecting anew */
	receive_list(&process->receive, &process->session, &process->link);
	assert_false(process->session.incoming);
}

struct event {
	int type, encoding;
	char slot[24], sender[40], text[200];
};

/* The next INBOUND or RECEIPT that the daemon hears; false when there is none. */
static bool hear(struct process *process, struct event *event)
{
	char bytes[4096];
	struct frame frame;
	size_t size;
	ssize_t n;
	while ((n = recv(process->daemon, bytes, sizeof bytes, MSG_DONTWAIT)) > 0)
		buffer_add(&process->heard, bytes, (size_t)n);
	while (frame_peek(&process->heard, &frame, &size) == 1) {
		*event = (struct event){.type = frame.type};
		bool wanted =
		    frame.type == MODEM_EVENT_INBOUND || frame.type == MODEM_EVENT_RECEIPT;
		snprintf(event->slot, sizeof event->slot, "%s", frame_get_text(&frame));
		if (frame.type == MODEM_EVENT_INBOUND) {
			snprintf(event->sender, sizeof event->sender, "%s", frame_get_text(&frame));
			frame_get_int(&frame);
			frame_get_int(&frame);
			event->encoding = (int)frame_get_int(&frame);
			for (int i = 0; i < 3; i++)
				frame_get_int(&frame);
			snprintf(event->text, sizeof event->text, "%s", frame_get_text(&frame));
		}
		buffer_consume(&process->heard, size);
		if (wanted)
			return true;
	}
	return false;
}

static void assert_heard(struct process *process, struct event *event, int slot)
{
	assert_true(hear(process, event));
	assert_int_equal(atoi(event->slot), slot);
}

static void assert_silence(struct process *process)
{
	struct event event;
	assert_false(hear(process, &event));
}

static int make_directory(void **state)
{
	(void)state;
	snprintf(directory, sizeof directory, "/tmp/nhacviec-receive-XXXXXX");
	memset(slots, 0, sizeof slots);
	refuses_reading = false;
	return mkdtemp(directory) != NULL ? 0 : -1;
}

static int remove_directory(void **state)
{
	(void)state;
	return rmdir(directory); /* which fails when a note was left behind */
}

/* ── tests ───────────────────────────────────────────────────────────────────────────────────── */

static void test_each_text_is_reported_once_until_deleted(void **state)
{
	(void)state;
	struct process process;
	struct event event;
	slots[1] = TEXT, slots[2] = WRITTEN_HERE, slots[4] = REPORT;
	begin(&process);
	list(&process);
	assert_heard(&process, &event, 1);
	assert_string_equal(event.sender, "191");
	assert_string_equal(event.text, "OK");
	assert_heard(&process, &event, 4);
	assert_int_equal(event.type, MODEM_EVENT_RECEIPT);
	assert_silence(&process);
	list(&process);
	assert_silence(&process);
	assert_true(receive_delete(&process.receive, &process.session, event.slot));
	assert_int_equal(slots[4], EMPTY);
	assert_false(process.session.doubtful);
	end(&process);
}

static void test_a_later_text_in_the_same_slot_is_not_deleted_for_the_earlier(void **state)
{
	(void)state;
	struct process process;
	struct event first, second;
	slots[3] = TEXT;
	begin(&process);
	list(&process);
	assert_heard(&process, &first, 3);
	assert_true(receive_delete(&process.receive, &process.session, first.slot));
	slots[3] = TEXT;
	list(&process);
	assert_heard(&process, &second, 3);
	assert_string_not_equal(first.slot, second.slot);
	assert_true(receive_delete(&process.receive, &process.session, first.slot));
	assert_int_equal(slots[3], TEXT);
	static const char *const nonsense[] = {"", "3", "x", "3:", "99:1", "-1:1"};
	for (size_t i = 0; i < COUNT_OF(nonsense); i++)
		assert_true(receive_delete(&process.receive, &process.session, nonsense[i]));
	assert_int_equal(slots[3], TEXT);
	assert_true(receive_delete(&process.receive, &process.session, second.slot));
	assert_int_equal(slots[3], EMPTY);
	end(&process);
}

static void test_what_cannot_be_decoded_is_told_in_hex_and_hides_nothing(void **state)
{
	(void)state;
	struct process process;
	struct event event;
	slots[1] = TEXT, slots[2] = UNREADABLE, slots[3] = TEXT;
	begin(&process);
	list(&process);
	assert_heard(&process, &event, 1);
	assert_heard(&process, &event, 2);
	assert_int_equal(event.encoding, 2);
	assert_string_equal(event.text, BROKEN_PDU);
	assert_string_equal(event.sender, "");
	char aside[24];
	snprintf(aside, sizeof aside, "%s", event.slot);
	assert_heard(&process, &event, 3);
	assert_true(process.session.doubtful); /* libgammu was gone round */
	list(&process);
	assert_false(process.session.doubtful);
	assert_silence(&process);
	assert_true(receive_delete(&process.receive, &process.session, aside));
	assert_int_equal(slots[2], EMPTY);
	assert_true(process.session.doubtful);
	end(&process);
}

static void test_a_modem_that_refuses_to_show_a_broken_slot_is_asked_once(void **state)
{
	(void)state;
	struct process process;
	slots[2] = UNREADABLE;
	begin(&process);
	refuses_reading = true;
	list(&process);
	assert_silence(&process);
	assert_true(process.session.doubtful);
	list(&process);
	assert_false(process.session.doubtful);
	end(&process);
}

static void test_a_modem_that_falls_silent_is_doubted(void **state)
{
	(void)state;
	struct process process;
	slots[2] = UNREADABLE;
	begin(&process);
	shutdown(process.at, SHUT_RDWR); /* fails at once instead of after the limit */
	list(&process);
	assert_true(process.session.doubtful);
	assert_silence(&process);
	end(&process);
}

/* A process that may die of what it reads; returns whether it did. */
static bool dies_reading(void)
{
	pid_t pid = fork();
	if (pid == 0) {
		struct process process;
		begin(&process);
		list(&process);
		_exit(0);
	}
	int status;
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFEXITED(status) && WEXITSTATUS(status) == CRASHED;
}

static void test_a_text_that_crashes_the_reader_is_set_aside(void **state)
{
	(void)state;
	struct process process;
	struct event event;
	slots[1] = TEXT, slots[3] = DEADLY, slots[5] = TEXT;
	assert_true(dies_reading()); /* the listing */
	assert_true(dies_reading()); /* slot by slot: the third, once */
	assert_true(dies_reading()); /* twice */
	begin(&process);
	list(&process);
	assert_heard(&process, &event, 1);
	assert_heard(&process, &event, 3);
	assert_int_equal(event.encoding, 2);
	assert_string_equal(event.text, BROKEN_PDU);
	struct event last;
	assert_heard(&process, &last, 5);
	list(&process); /* it still lies there and must not be touched */
	assert_silence(&process);
	assert_true(receive_delete(&process.receive, &process.session, event.slot));
	assert_int_equal(slots[3], EMPTY);
	slots[2] = TEXT;
	list(&process);
	assert_heard(&process, &event, 2);
	end(&process);
}

static void test_a_process_killed_while_reading_sets_nothing_aside(void **state)
{
	(void)state;
	struct process process;
	struct event event;
	slots[3] = DEADLY;
	assert_true(dies_reading());
	assert_true(dies_reading());
	slots[3] = TEXT; /* it was the kill, not the text */
	begin(&process);
	assert_int_equal(process.receive.mark.slot, 3);
	assert_int_equal(process.receive.mark.times, 1);
	list(&process);
	assert_heard(&process, &event, 3);
	assert_int_equal(event.encoding, 0);
	assert_false(process.receive.careful);
	end(&process);
}

static void test_a_pin_is_known_to_be_tried_until_it_was_right(void **state)
{
	(void)state;
	char path[100];
	snprintf(path, sizeof path, "%s/pin", directory);
	assert_false(pin_mark_holds(path, "1234"));
	assert_true(pin_mark_set(path, "1234"));
	assert_true(pin_mark_holds(path, "1234"));
	assert_false(pin_mark_holds(path, "4321"));
	char bytes[100] = "";
	int fd = open(path, O_RDONLY);
	assert_true(read(fd, bytes, sizeof bytes - 1) > 0);
	close(fd);
	assert_null(strstr(bytes, "1234"));
	pin_mark_clear(path);
	assert_false(pin_mark_holds(path, "1234"));
	assert_false(pin_mark_set("/nonexistent/pin", "1234"));
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, make_directory, remove_directory)

int main(void)
{
	log_set_level(LOG_ERROR);
	signal(SIGPIPE, SIG_IGN); /* as the program does */
	const struct CMUnitTest tests[] = {
	    CASE(test_each_text_is_reported_once_until_deleted),
	    CASE(test_a_later_text_in_the_same_slot_is_not_deleted_for_the_earlier),
	    CASE(test_what_cannot_be_decoded_is_told_in_hex_and_hides_nothing),
	    CASE(test_a_modem_that_refuses_to_show_a_broken_slot_is_asked_once),
	    CASE(test_a_modem_that_falls_silent_is_doubted),
	    CASE(test_a_text_that_crashes_the_reader_is_set_aside),
	    CASE(test_a_process_killed_while_reading_sets_nothing_aside),
	    CASE(test_a_pin_is_known_to_be_tried_until_it_was_right),
	};
	return cmocka_run_group_tests_name("modem/receive", tests, NULL, NULL);
}
