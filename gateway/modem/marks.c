/*
 * Owns: the notes that outlive a process.
 * May use: base/.
 * Must not know: libgammu, frames.
 */
#include "modem/marks.h"

#include "base/hash.h"
#include "base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { NOTE_MAX = 64 };

/* The note's text in `note`; "" when there is none. */
static void read_note(const char *path, char note[NOTE_MAX])
{
	int fd = path[0] != '\0' ? open(path, O_RDONLY | O_CLOEXEC) : -1;
	ssize_t n = fd >= 0 ? read(fd, note, NOTE_MAX - 1) : 0;
	note[n > 0 ? n : 0] = '\0';
	if (fd >= 0)
		close(fd);
}

static bool write_note(const char *path, const char *note, bool durably)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	ssize_t len = (ssize_t)strlen(note);
	bool kept = fd >= 0 && write(fd, note, (size_t)len) == len && (!durably || fsync(fd) == 0);
	if (!kept)
		log_event(LOG_WARNING, "modem.note", "file=%s error=%s", log_quote(path).text,
		    log_quote(strerror(errno)).text);
	if (fd >= 0)
		close(fd);
	return kept;
}

/* ── readings ────────────────────────────────────────────────────────────────────────────────── */

void reading_mark_open(struct reading_mark *mark, const char *directory, const char *name)
{
	char note[NOTE_MAX];
	*mark = (struct reading_mark){0};
	int len = snprintf(mark->path, sizeof mark->path, "%s/modem-%s.reading", directory, name);
	if (len < 0 || (size_t)len >= sizeof mark->path)
		mark->path[0] = '\0';
	read_note(mark->path, note);
	mark->crashed = note[0] != '\0';
	if (sscanf(note, "%d %d", &mark->slot, &mark->times) != 2 || mark->slot < 0)
		mark->slot = mark->times = 0;
}

void reading_mark_set(const struct reading_mark *mark, int slot)
{
	char note[NOTE_MAX];
	if (mark->path[0] == '\0')
		return;
	snprintf(note, sizeof note, "%d %d\n", slot, slot == mark->slot ? mark->times + 1 : 1);
	write_note(mark->path, note, false);
}

void reading_mark_clear(struct reading_mark *mark)
{
	mark->crashed = false;
	mark->slot = mark->times = 0;
	if (mark->path[0] != '\0')
		unlink(mark->path);
}

/* ── the PIN ─────────────────────────────────────────────────────────────────────────────────── */

static void hash_of(const char *pin, char hash[NOTE_MAX])
{
	snprintf(hash, NOTE_MAX, "%016" PRIx64, hash_text(pin));
}

bool pin_mark_holds(const char *path, const char *pin)
{
	char note[NOTE_MAX], hash[NOTE_MAX];
	read_note(path, note);
	hash_of(pin, hash);
	return strcmp(note, hash) == 0;
}

bool pin_mark_set(const char *path, const char *pin)
{
	char hash[NOTE_MAX];
	hash_of(pin, hash);
	return write_note(path, hash, true);
}

void pin_mark_clear(const char *path)
{
	unlink(path);
}
