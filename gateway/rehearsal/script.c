/*
 * Owns: the rules of a script: reading them, matching them.
 * May use: base/, text/, base/civil.h.
 * Must not know: modems, clocks, AT commands, what the words mean.
 */
#include "rehearsal/script.h"

#include "base/civil.h"
#include "base/memory.h"
#include "text/letters.h"
#include "text/phone.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LINE_MAX_BYTES 2000
#define SCRIPT_NUMBER_MAX 24

struct rule {
	char number[SCRIPT_NUMBER_MAX];
	char *words;        /* key form; NULL: an `at` rule */
	struct wall moment; /* of an `at` rule */
	int nth, seen;      /* which of the matching texts */
	int64_t after_ms;
	char *text; /* what is said */
};

struct script {
	int zone_minutes;
	struct rule *rules;
	size_t count, capacity;
};

/* ── reading ─────────────────────────────────────────────────────────────────────────────────── */

/* Takes the next word or quoted text from *at; NULL at the end. Works in place. */
static char *next_token(char **at)
{
	char *start = *at + strspn(*at, " \t\r\n");
	if (*start == '\0')
		return NULL;
	char *end;
	if (*start == '"') {
		start++;
		end = start + strcspn(start, "\"");
	} else {
		end = start + strcspn(start, " \t\r\n");
	}
	*at = *end == '\0' ? end : end + 1;
	*end = '\0';
	return start;
}

/* "3h15m", "2d", "40s", "90m". -1 when it is none of these. */
static int64_t read_span(const char *text)
{
	int64_t total = 0;
	while (*text != '\0') {
		char *end;
		long value = strtol(text, &end, 10);
		int64_t unit = *end == 'd'   ? DAY_MS
			       : *end == 'h' ? HOUR_MS
			       : *end == 'm' ? MINUTE_MS
			       : *end == 's' ? SECOND_MS
					     : 0;
		if (end == text || unit == 0 || value < 0 || value > 100000)
			return -1;
		total += value * unit;
		text = end + 1;
	}
	return total;
}

static void add_rule(struct script *script, const char *number, const struct rule *rule)
{
	ARRAY_GROW(script->rules, script->count, script->capacity);
	struct rule *added = &script->rules[script->count++];
	*added = *rule;
	snprintf(added->number, sizeof added->number, "%s", number);
}

static const char *read_at(struct script *script, const char *number, char *rest)
{
	struct rule rule = {0};
	struct failure failure;
	char *when = next_token(&rest), *word = next_token(&rest), *text = next_token(&rest);
	if (text == NULL || strcmp(word, "say") != 0)
		return "write: NUMBER at MOMENT say \"TEXT\"";
	if (civil_parse_moment(when, script->zone_minutes, &rule.moment, &failure) != RESULT_OK)
		return "the moment is not like 2020-06-01T09:00";
	rule.text = memory_copy_text(text);
	add_rule(script, number, &rule);
	return NULL;
}

static const char *read_on(struct script *script, const char *number, char *rest)
{
	struct rule rule = {.nth = 1};
	char *words = next_token(&rest), *word;
	const char *text = NULL;
	if (words == NULL)
		return "after on come the words";
	while ((word = next_token(&rest)) != NULL) {
		char *value = next_token(&rest);
		if (value == NULL)
			return "a value is missing at the end";
		if (strcmp(word, "nth") == 0)
			rule.nth = (int)strtol(value, NULL, 10);
		else if (strcmp(word, "after") == 0)
			rule.after_ms = read_span(value);
		else if (strcmp(word, "reply") == 0 && text == NULL)
			text = value;
		else
			return "known words are nth, after and reply";
	}
	if (text == NULL || rule.nth < 1 || rule.after_ms < 0)
		return "reply, or a right nth or after, is missing";
	rule.words = letters_key(words);
	rule.text = memory_copy_text(text);
	add_rule(script, number, &rule);
	return NULL;
}

static const char *read_rule(struct script *script, char *line)
{
	struct phone phone;
	char *number = next_token(&line), *what = next_token(&line);
	if (number == NULL || number[0] == '#')
		return NULL;
	if (phone_parse(number, &phone, NULL) != RESULT_OK)
		return "the number is wrong";
	if (what != NULL && strcmp(what, "on") == 0)
		return read_on(script, phone.e164, line);
	if (what != NULL && strcmp(what, "at") == 0)
		return read_at(script, phone.e164, line);
	return "after the number comes on or at";
}

struct script *script_read(const char *path, int zone_minutes, struct failure *failure)
{
	char line[LINE_MAX_BYTES];
	FILE *file = fopen(path, "re");
	if (file == NULL) {
		failure_set(failure, RESULT_NOT_FOUND, "Cannot read the script %s: %s.", path,
		    strerror(errno));
		return NULL;
	}
	struct script *script = memory_new(sizeof *script);
	script->zone_minutes = zone_minutes;
	const char *wrong = NULL;
	for (int number = 1; wrong == NULL && fgets(line, sizeof line, file) != NULL; number++) {
		wrong = read_rule(script, line);
		if (wrong != NULL)
			failure_set(failure, RESULT_INVALID, "%s:%d: %s.", path, number, wrong);
	}
	if (wrong == NULL && ferror(file) != 0) {
		wrong = strerror(errno);
		failure_set(failure, RESULT_IO, "Cannot read the script %s: %s.", path, wrong);
	}
	fclose(file);
	if (wrong == NULL)
		return script;
	script_free(script);
	return NULL;
}

void script_free(struct script *script)
{
	if (script == NULL)
		return;
	for (size_t i = 0; i < script->count; i++) {
		free(script->rules[i].words);
		free(script->rules[i].text);
	}
	free(script->rules);
	free(script);
}

/* ── playing ─────────────────────────────────────────────────────────────────────────────────── */

void script_tell_moments(const struct script *script,
    void (*say)(const char *number, struct wall moment, const char *text, void *arg), void *arg)
{
	for (size_t i = 0; i < script->count; i++) {
		const struct rule *rule = &script->rules[i];
		if (rule->words == NULL)
			say(rule->number, rule->moment, rule->text, arg);
	}
}

void script_hear(struct script *script, const char *number, const char *text,
    void (*reply)(const char *number, int64_t after_ms, const char *text, void *arg), void *arg)
{
	if (script->count == 0)
		return;
	OWNED_TEXT key = letters_key(text);
	for (size_t i = 0; i < script->count; i++) {
		struct rule *rule = &script->rules[i];
		if (rule->words == NULL || strcmp(rule->number, number) != 0 ||
		    strstr(key, rule->words) == NULL)
			continue;
		if (++rule->seen == rule->nth)
			reply(number, rule->after_ms, rule->text, arg);
	}
}
