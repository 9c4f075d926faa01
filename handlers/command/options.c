/*
 * Owns: reading a subcommand's options, and printing its --help.
 * May use: base/, document/ (the nearest known word), command/.
 * Must not know: what the subcommands do.
 */
#include "command/options.h"

#include "base/buffer.h"
#include "base/memory.h"
#include "command/show.h"
#include "command/words.h"
#include "document/document.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#define OPTIONS_MAX 16

bool command_is_vietnamese(const struct command_context *context)
{
	return strcmp(context->language, "vi") == 0;
}

int command_error(int status, const char *format, ...)
{
	char text[2000];
	va_list args;
	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	fprintf(stderr, "nhacviec: %s\n", text);
	return status;
}

/* ── help ────────────────────────────────────────────────────────────────────────────────────── */

static void print_option(const char *name, const char *value, const char *help)
{
	OWNED_BUFFER left = BUFFER(200);
	buffer_printf(
	    &left, "--%s%s%s", name, value != NULL ? " " : "", value != NULL ? value : "");
	fputs("  ", stdout);
	show_padded(stdout, buffer_text(&left), 22);
	printf(" %s\n", help);
}

static void print_help(
    const struct command_context *context, const struct command_form *form, const char *name)
{
	bool vietnamese = command_is_vietnamese(context);
	const char *usage = vietnamese ? form->usage_vi : form->usage_en;
	printf(word(context, WORD_USAGE), name);
	printf("%s%s\n%s", usage[0] != '\0' ? " " : "", usage,
	    vietnamese ? form->about_vi : form->about_en);
	for (size_t i = 0; i < form->option_count; i++)
		print_option(form->options[i].name, form->options[i].value,
		    vietnamese ? form->options[i].help_vi : form->options[i].help_en);
}

/* ── reading ─────────────────────────────────────────────────────────────────────────────────── */

struct reading {
	const struct command_context *context;
	const struct command_form *form;
	const char *command;
};

static int refuse(const struct reading *reading, enum word what, const char *subject)
{
	OWNED_BUFFER text = BUFFER(1000);
	buffer_printf(&text, word(reading->context, what), subject);
	buffer_add_char(&text, ' ');
	buffer_printf(&text, word(reading->context, WORD_SEE_HELP), reading->command);
	return command_error(EX_USAGE, "%s", buffer_text(&text));
}

static int refuse_unknown(const struct reading *reading, const char *name)
{
	const char *known[OPTIONS_MAX];
	for (size_t i = 0; i < reading->form->option_count; i++)
		known[i] = reading->form->options[i].name;
	const char *nearest = document_nearest(name, known, reading->form->option_count);
	if (nearest == NULL)
		return refuse(reading, WORD_UNKNOWN_OPTION, name);
	OWNED_BUFFER text = BUFFER(1000);
	buffer_printf(&text, word(reading->context, WORD_UNKNOWN_OPTION), name);
	buffer_add_char(&text, ' ');
	buffer_printf(&text, word(reading->context, WORD_DID_YOU_MEAN_OPTION), nearest);
	return command_error(EX_USAGE, "%s", buffer_text(&text));
}

static const struct option_form *find_option(
    const struct command_form *form, const char *name, size_t len)
{
	for (size_t i = 0; i < form->option_count; i++)
		if (strlen(form->options[i].name) == len &&
		    strncmp(form->options[i].name, name, len) == 0)
			return &form->options[i];
	return NULL;
}

static bool parse_number(const char *text, int64_t *number)
{
	char *end;
	if (text[0] < '0' || text[0] > '9')
		return false;
	errno = 0;
	long long value = strtoll(text, &end, 10);
	*number = value;
	return errno == 0 && *end == '\0';
}

static int take_value(
    const struct reading *reading, const struct option_form *option, const char *value)
{
	if (option->kind == OPTION_TEXT && value[0] != '\0') {
		*(const char **)option->into = value;
		return EX_OK;
	}
	if (option->kind == OPTION_TEXTS && value[0] != '\0') {
		struct option_list *list = option->into;
		if (list->count < OPTION_LIST_MAX) {
			list->items[list->count++] = value;
			return EX_OK;
		}
		return refuse(reading, WORD_OPTION_TOO_OFTEN, option->name);
	}
	if (option->kind == OPTION_NUMBER && parse_number(value, option->into))
		return EX_OK;
	return refuse(reading,
	    option->kind == OPTION_NUMBER ? WORD_OPTION_WANTS_NUMBER : WORD_OPTION_WANTS_VALUE,
	    option->name);
}

/* Reads the option at argv[*at], and moves *at past its value. */
static int read_option(const struct reading *reading, int argc, char **argv, int *at)
{
	const char *name = argv[*at] + 2;
	size_t len = strcspn(name, "=");
	const struct option_form *option = find_option(reading->form, name, len);
	if (option == NULL) {
		OWNED_BUFFER bare = BUFFER(200);
		buffer_add(&bare, name, len < 150 ? len : 150);
		return refuse_unknown(reading, buffer_text(&bare));
	}
	if (option->kind == OPTION_FLAG) {
		if (name[len] == '=')
			return refuse(reading, WORD_OPTION_WANTS_NO_VALUE, option->name);
		*(bool *)option->into = true;
		return EX_OK;
	}
	if (name[len] == '=')
		return take_value(reading, option, name + len + 1);
	if (*at + 1 >= argc)
		return refuse(reading, WORD_OPTION_WANTS_VALUE, option->name);
	return take_value(reading, option, argv[++*at]);
}

static int check_words(const struct reading *reading, int words)
{
	const struct command_form *form = reading->form;
	if ((size_t)words >= form->least && (size_t)words <= form->most)
		return EX_OK;
	const char *usage =
	    command_is_vietnamese(reading->context) ? form->usage_vi : form->usage_en;
	return refuse(
	    reading, (size_t)words < form->least ? WORD_TOO_FEW_WORDS : WORD_TOO_MANY_WORDS, usage);
}

bool options_read(const struct command_context *context, const struct command_form *form, int argc,
    char **argv, int *words, int *status)
{
	const struct reading reading = {context, form, argv[0]};
	bool only_words = false;
	*words = 0;
	*status = EX_OK;
	for (int i = 1; i < argc && *status == EX_OK; i++) {
		if (!only_words && strcmp(argv[i], "--") == 0) {
			only_words = true;
		} else if (!only_words &&
			   (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0)) {
			print_help(context, form, argv[0]);
			return false;
		} else if (!only_words && strncmp(argv[i], "--", 2) == 0) {
			*status = read_option(&reading, argc, argv, &i);
		} else if (!only_words && argv[i][0] == '-' && argv[i][1] != '\0') {
			*status = refuse(&reading, WORD_UNKNOWN_OPTION, argv[i] + 1);
		} else {
			argv[++*words] = argv[i];
		}
	}
	if (*status == EX_OK)
		*status = check_words(&reading, *words);
	return *status == EX_OK;
}
