/*
 * Owns: the file of outcomes that no daemon took.
 * May use: modem/outcome.h, base/.
 * Must not know: libgammu, sockets.
 */
#include "modem/journal.h"

#include "base/frame.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#define JOURNAL_MAX (256 * 1024)

static bool write_all(int fd, const char *bytes, size_t len)
{
	while (len > 0) {
		ssize_t n = write(fd, bytes, len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		bytes += n;
		len -= (size_t)n;
	}
	return true;
}

enum result journal_append(const char *path, const struct outcome *outcome, struct failure *failure)
{
	OWNED_BUFFER frame = BUFFER(FRAME_MAX);
	outcome_encode(&frame, outcome);
	int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	bool kept = fd >= 0 && write_all(fd, frame.data, frame.len) && fsync(fd) == 0;
	int error = errno;
	if (fd >= 0)
		close(fd);
	if (kept)
		return RESULT_OK;
	return failure_set(failure, RESULT_IO,
	    "Cannot keep the outcome of attempt %lld in %s: %s. Make room or correct the rights.",
	    (long long)outcome->attempt, path, strerror(error));
}

static void read_file(const char *path, struct buffer *content)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return;
	char bytes[4096];
	ssize_t n;
	while (
	    content->len + sizeof bytes <= content->max && (n = read(fd, bytes, sizeof bytes)) > 0)
		buffer_add(content, bytes, (size_t)n);
	close(fd);
}

int journal_read(const char *path, struct buffer *frames)
{
	OWNED_BUFFER content = BUFFER(JOURNAL_MAX);
	read_file(path, &content);
	int count = 0;
	struct frame frame;
	size_t size;
	while (frame_peek(&content, &frame, &size) == 1 && frame.type == MODEM_EVENT_OUTCOME) {
		buffer_add(frames, content.data, size);
		buffer_consume(&content, size);
		count++;
	}
	return count;
}

void journal_remove(const char *path)
{
	unlink(path);
}
