/*
 * Owns: the options of one subcommand, read by a table of them, and its --help.
 * May use: command/command.h.
 * Must not know: what the subcommands do.
 */
#ifndef COMMAND_OPTIONS_H
#define COMMAND_OPTIONS_H

#include "command/command.h"

#include <stddef.h>
#include <stdint.h>

enum option_kind {
	OPTION_FLAG,   /* bool * */
	OPTION_TEXT,   /* const char **; never the empty text */
	OPTION_NUMBER, /* int64_t *; 0 and above */
	OPTION_TEXTS,  /* struct option_list *; may be given several times */
};

#define OPTION_LIST_MAX 200
struct option_list {
	const char *items[OPTION_LIST_MAX];
	size_t count;
};

struct option_form {
	const char *name; /* without "--" */
	enum option_kind kind;
	void *into;        /* set when the option is given */
	const char *value; /* how --help names the value; NULL for flags */
	const char *help_en, *help_vi;
};

struct command_form {
	const char *usage_en, *usage_vi; /* what follows the name, such as "PLAN" */
	const char *about_en, *about_vi; /* lines, each ended by \n */
	const struct option_form *options;
	size_t option_count;
	size_t least, most; /* how many words there may be besides options */
};

/* Reads argv (argv[0] is the subcommand's name). True: go on; the words that are no options follow
 * argv[0] in their order, *words of them. False: end with *status; help or one sentence about what
 * is wrong has been printed. */
bool options_read(const struct command_context *context, const struct command_form *form, int argc,
    char **argv, int *words, int *status);

/* True when people are to be spoken to in Vietnamese. */
bool command_is_vietnamese(const struct command_context *context);

/* Prints "nhacviec: SENTENCE" to stderr, and returns `status`. */
int command_error(int status, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
