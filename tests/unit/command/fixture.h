/*
 * Owns: what the tests of commands share: running one with its output caught, a folder, a clock.
 * May use: command/command.h, cmocka.
 * Must not know: what the commands do.
 */
#ifndef TESTS_COMMAND_FIXTURE_H
#define TESTS_COMMAND_FIXTURE_H

#include "base/memory.h"
#include "daemon/foresight.h"
#include "command/command.h"
#include "replies/replies.h"

#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#define WORDS_MAX 20
#define OUTPUT_MAX (256 * 1024)

/* 14 May 2020 08:00 in Viet Nam. */
#define TEST_NOW_MS 1589418000000LL

struct outcome {
	int status;
	char out[OUTPUT_MAX], err[OUTPUT_MAX];
};

static inline void caught(FILE *file, char *text)
{
	rewind(file);
	text[fread(text, 1, OUTPUT_MAX - 1, file)] = '\0';
	fclose(file);
}

/* Runs `nhacviec` with these words (the last one NULL), `input` being what is typed (NULL: as it
 * is). The outcome is valid until the next run. */
static inline const struct outcome *run_typing(const char *input, const char *first, va_list more)
{
	static struct outcome outcome;
	char words[WORDS_MAX][1000], *argv[WORDS_MAX + 2] = {words[0]};
	int argc = 1;
	snprintf(words[0], sizeof words[0], "nhacviec");
	for (const char *word = first; word != NULL; word = va_arg(more, const char *)) {
		assert_true(argc < WORDS_MAX);
		snprintf(words[argc], sizeof words[0], "%s", word);
		argv[argc] = words[argc];
		argc++;
	}
	FILE *in = tmpfile(), *out = tmpfile(), *err = tmpfile();
	int kept[] = {dup(0), dup(1), dup(2)};
	fputs(input != NULL ? input : "", in);
	rewind(in);
	fflush(stdout);
	dup2(fileno(in), 0);
	dup2(fileno(out), 1);
	dup2(fileno(err), 2);
	clearerr(stdin);
	outcome.status = command_main(argc, argv, NULL, &daemon_foresight, &replies);
	fflush(stdout);
	fflush(stderr);
	for (int i = 0; i < 3; i++) {
		dup2(kept[i], i);
		close(kept[i]);
	}
	fclose(in);
	caught(out, outcome.out);
	caught(err, outcome.err);
	return &outcome;
}

static inline const struct outcome *run(const char *first, ...)
{
	va_list more;
	va_start(more, first);
	const struct outcome *outcome = run_typing(NULL, first, more);
	va_end(more);
	return outcome;
}

static inline const struct outcome *type(const char *input, const char *first, ...)
{
	va_list more;
	va_start(more, first);
	const struct outcome *outcome = run_typing(input, first, more);
	va_end(more);
	return outcome;
}

#define assert_says(text, words)                                                                   \
	do {                                                                                       \
		if (strstr((text), (words)) == NULL)                                               \
			fail_msg("\"%s\" is not in:\n%s", (words), (text));                        \
	} while (0)
#define assert_status(outcome, wanted)                                                             \
	do {                                                                                       \
		if ((outcome)->status != (wanted))                                                 \
			fail_msg("status %d, not %d: %s%s", (outcome)->status, (wanted),           \
			    (outcome)->out, (outcome)->err);                                       \
	} while (0)

/* A folder of the test's own, and a file in it. */
struct place {
	char folder[64];
	char path[200]; /* of the last file named */
	pid_t clock;
};

static inline const char *in_place(struct place *place, const char *name)
{
	snprintf(place->path, sizeof place->path, "%s/%s", place->folder, name);
	return place->path;
}

static inline const char *write_in_place(struct place *place, const char *name, const char *text)
{
	FILE *file = fopen(in_place(place, name), "w");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
	return place->path;
}

/* A rehearsal's clock that stands still: every command sees 14 May 2020. */
static inline void run_clock(int listener)
{
	char line[200];
	signal(SIGCHLD, SIG_IGN);
	for (;;) {
		int fd = accept(listener, NULL, NULL);
		if (fd < 0)
			_exit(1);
		if (fork() == 0) {
			if (read(fd, line, sizeof line) > 0)
				dprintf(fd, "time 1 %lld 0\n", TEST_NOW_MS);
			while (read(fd, line, sizeof line) > 0)
				;
			_exit(0);
		}
		close(fd);
	}
}

static inline void place_begin(struct place *place)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	snprintf(place->folder, sizeof place->folder, "/tmp/test-command-XXXXXX");
	assert_non_null(mkdtemp(place->folder));
	snprintf(address.sun_path, sizeof address.sun_path, "%s/clock", place->folder);
	int listener = socket(AF_UNIX, SOCK_STREAM, 0);
	assert_int_equal(bind(listener, (struct sockaddr *)&address, sizeof address), 0);
	assert_int_equal(listen(listener, 8), 0);
	fflush(NULL);
	place->clock = fork();
	if (place->clock == 0)
		run_clock(listener);
	close(listener);
	setenv("NHACVIEC_CLOCK", address.sun_path, 1);
	setenv("NHACVIEC_CONFIG", in_place(place, "nhacviec.yaml"), 1);
	setenv("LC_ALL", "C", 1);
}

static inline void place_end(struct place *place)
{
	char command[200];
	kill(place->clock, SIGKILL);
	waitpid(place->clock, NULL, 0);
	snprintf(command, sizeof command, "rm -rf %s", place->folder);
	assert_int_equal(system(command), 0);
	unsetenv("NHACVIEC_CLOCK");
	unsetenv("NHACVIEC_CONFIG");
}

#endif
