/*
 * Owns: complaints as the tests of document/ look at them, and files to read.
 * May use: document/document.h.
 * Must not know: the cases.
 */
#ifndef TESTS_DOCUMENT_FIXTURE_H
#define TESTS_DOCUMENT_FIXTURE_H

#include "document/document.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct fixture {
	struct arena *arena;
	struct complaints complaints;
};

static inline void fixture_begin(struct fixture *fixture)
{
	memset(fixture, 0, sizeof *fixture);
	fixture->arena = arena_new();
	fixture->complaints.arena = fixture->arena;
}

static inline void fixture_end(struct fixture *fixture)
{
	arena_free(fixture->arena);
}

#define FIXTURE(name)                                                                              \
	__attribute__((cleanup(fixture_end))) struct fixture name;                                 \
	fixture_begin(&name)

static inline void show_complaints(const struct fixture *fixture)
{
	for (size_t i = 0; i < fixture->complaints.count; i++)
		print_message("%s:%d: %s\n", fixture->complaints.items[i].file,
		    fixture->complaints.items[i].line, fixture->complaints.items[i].text);
}

/* Some complaint has this line and these words. */
static inline void assert_complaint(const struct fixture *fixture, int line, const char *words)
{
	for (size_t i = 0; i < fixture->complaints.count; i++)
		if (fixture->complaints.items[i].line == line &&
		    strstr(fixture->complaints.items[i].text, words) != NULL)
			return;
	show_complaints(fixture);
	fail_msg("no complaint at line %d with: %s", line, words);
}

static inline void assert_errors(const struct fixture *fixture, size_t errors)
{
	if (fixture->complaints.errors != errors) {
		show_complaints(fixture);
		fail_msg("%zu errors instead of %zu", fixture->complaints.errors, errors);
	}
}

static inline const char *read_whole(struct arena *arena, const char *path, size_t *len)
{
	const char *text;
	struct failure failure;
	if (document_read(arena, path, &text, len, &failure) != RESULT_OK)
		fail_msg("%s (the tests run in the source folder)", failure.text);
	return text;
}

/* A folder of its own for a test, removed by rm_folder. */
static inline const char *make_folder(struct arena *arena)
{
	char *path = arena_copy(arena, "/tmp/nhacviec-test-XXXXXX");
	assert_non_null(mkdtemp(path));
	return path;
}

static inline const char *write_file(
    struct arena *arena, const char *folder, const char *name, const char *text)
{
	const char *path = arena_printf(arena, "%s/%s", folder, name);
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
	return path;
}

static inline void remove_folder(const char *folder, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		char path[300];
		snprintf(path, sizeof path, "%s/%s", folder, names[i]);
		unlink(path);
	}
	rmdir(folder);
}

#endif
