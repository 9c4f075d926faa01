/*
 * Owns: the program's own options and finding the subcommand.
 * May use: base/, document/ (the nearest known word), command/.
 * Must not know: what the subcommands do.
 */
#include "command/options.h"

#include "base/log.h"
#include "base/memory.h"
#include "command/show.h"
#include "command/words.h"
#include "document/document.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#define COMMANDS_MAX 40
#define NAME_COLUMNS 14

/* The text of the locale, so that Vietnamese Debian speaks Vietnamese. */
static const char *language_of_locale(void)
{
	static const char *const variables[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
	for (size_t i = 0; i < COUNT_OF(variables); i++) {
		const char *value = getenv(variables[i]);
		if (value != NULL && value[0] != '\0')
			return strncmp(value, "vi", 2) == 0 &&
				       (value[2] == '\0' || strchr("_.@", value[2]) != NULL)
				   ? "vi"
				   : "en";
	}
	return "en";
}

static const char *default_config(void)
{
	const char *named = getenv("NHACVIEC_CONFIG");
	return named != NULL && named[0] != '\0' ? named
						 : NHACVIEC_SYSCONFDIR "/nhacviec/nhacviec.yaml";
}

/* ── global options, wherever they stand ─────────────────────────────────────────────────────── */

/* The value of option `name` at argv[*at] ("--name value", "--name=value"), or NULL when this is
 * another word. *at moves to its last word; *missing is set when the value is not there. */
static const char *value_of(int argc, char **argv, int *at, const char *name, bool *missing)
{
	size_t len = strlen(name);
	if (strncmp(argv[*at], name, len) != 0)
		return NULL;
	if (argv[*at][len] == '=' && argv[*at][len + 1] != '\0')
		return argv[*at] + len + 1;
	if (argv[*at][len] != '\0' && argv[*at][len] != '=')
		return NULL;
	*missing = argv[*at][len] == '=' || *at + 1 >= argc || argv[*at + 1][0] == '\0';
	return *missing ? name + 2 : argv[++*at];
}

/* Takes the global options out of argv[1…]; what is left is argv[1…*left]. Returns EX_OK or the
 * status of what was wrong. */
static int take_globals(struct command_context *context, int argc, char **argv, int *left)
{
	bool only_words = false;
	*left = 0;
	for (int i = 1; i < argc; i++) {
		bool missing = false;
		const char *value = NULL;
		only_words = only_words || strcmp(argv[i], "--") == 0;
		if (!only_words && strcmp(argv[i], "--debug") == 0)
			context->debug = true;
		else if (!only_words &&
			 (value = value_of(argc, argv, &i, "--config", &missing)) != NULL)
			context->config = value;
		else if (!only_words &&
			 (value = value_of(argc, argv, &i, "--lang", &missing)) != NULL)
			context->language = value;
		else
			argv[++*left] = argv[i];
		if (missing) {
			context->language = language_of_locale();
			return command_error(
			    EX_USAGE, word(context, WORD_OPTION_WANTS_VALUE), value);
		}
	}
	argv[*left + 1] = NULL;
	return EX_OK;
}

/* ── the subcommand ──────────────────────────────────────────────────────────────────────────── */

static void print_command(const struct command_context *context, const struct command *command)
{
	fputs("  ", stdout);
	show_padded(stdout, command->name, NAME_COLUMNS);
	puts(command_is_vietnamese(context) ? command->summary_vi : command->summary_en);
}

static int print_help(const struct command_context *context, const struct command *extra)
{
	fputs(word(context, WORD_HEAD), stdout);
	for (; extra != NULL && extra->name != NULL; extra++)
		print_command(context, extra);
	for (const struct command *command = commands; command->name != NULL; command++)
		print_command(context, command);
	fputs(word(context, WORD_GLOBAL_OPTIONS), stdout);
	fputs(word(context, WORD_HELP_OF_COMMAND), stdout);
	return EX_OK;
}

static const struct command *find_command(const char *name, const struct command *extra)
{
	for (; extra != NULL && extra->name != NULL; extra++)
		if (strcmp(extra->name, name) == 0)
			return extra;
	for (const struct command *command = commands; command->name != NULL; command++)
		if (strcmp(command->name, name) == 0)
			return command;
	return NULL;
}

static int refuse_unknown(
    const struct command_context *context, const char *name, const struct command *extra)
{
	const char *known[COMMANDS_MAX];
	size_t count = 0;
	char there_is_none[200], advice[200];
	for (const struct command *command = commands; command->name != NULL; command++)
		known[count++] = command->name;
	for (; extra != NULL && extra->name != NULL && count < COMMANDS_MAX; extra++)
		known[count++] = extra->name;
	const char *nearest = document_nearest(name, known, count);
	snprintf(there_is_none, sizeof there_is_none, word(context, WORD_UNKNOWN_COMMAND), name);
	snprintf(advice, sizeof advice,
	    word(context, nearest != NULL ? WORD_DID_YOU_MEAN : WORD_LIST_COMMANDS), nearest);
	return command_error(EX_USAGE, "%s %s", there_is_none, advice);
}

int command_main(int argc, char **argv, const struct command *extra,
    const struct foresight *foresight, const struct reply_handlers *replies)
{
	struct command_context context = {
	    .program = argc > 0 ? argv[0] : "nhacviec",
	    .config = default_config(),
	    .language = language_of_locale(),
	    .foresight = foresight,
	    .replies = replies,
	};
	int left = 0;
	int status = argc > 0 ? take_globals(&context, argc, argv, &left) : EX_OK;
	if (status != EX_OK)
		return status;
	if (strcmp(context.language, "vi") != 0 && strcmp(context.language, "en") != 0) {
		const char *asked = context.language;
		context.language = language_of_locale();
		return command_error(EX_USAGE, word(&context, WORD_BAD_LANGUAGE), asked);
	}
	log_set_level(context.debug ? LOG_DEBUG : LOG_WARNING);
	if (left == 0)
		return command_error(EX_USAGE, "%s", word(&context, WORD_NO_COMMAND));
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)
		return print_help(&context, extra);
	if (strcmp(argv[1], "--version") == 0) {
		puts("nhacviec " NHACVIEC_VERSION);
		return EX_OK;
	}
	const struct command *command = find_command(argv[1], extra);
	if (command == NULL)
		return refuse_unknown(&context, argv[1], extra);
	return command->run(&context, left, argv + 1);
}
