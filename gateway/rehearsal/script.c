/*
 * Owns: the script by which simulated officials answer.
 * May use: base/, text/, base/civil.h, rehearsal/.
 * Must not know: AT commands, what the words mean.
 *
 * One rule a line; "#" begins a comment line.
 *   +84900000017 on "bc 6 thang" nth 2 after 3h15m reply "BC 6T 45/BC-UBND"
 *   +84900000017 at 2020-06-01T09:00 say "BC 6T 45/BC-UBND"
 * `on`: the n-th text (nth, default 1) received that contains the words (marks and case do not
 * matter); the reply goes to the modem it came from. `at`: to the first modem.
 */
#include "rehearsal/internal.h"

#include "base/civil.h"
#include "text/letters.h"
#include "text/phone.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define LINE_MAX_BYTES 2000

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

struct saying {
	char number[NUMBER_MAX];
	struct modem *to;
	char *text;
};

static void drop_saying(void *arg)
{
	struct saying *saying = arg;
	free(saying->text);
	free(saying);
}

static void say(struct network *network, void *arg)
{
	struct saying *saying = arg;
	(void)air_from_handset(network, saying->number, saying->to, saying->text);
	drop_saying(saying);
}

static struct saying *new_saying(const char *number, struct modem *to, const char *text)
{
	struct saying *saying = memory_new(sizeof *saying);
	saying->to = to;
	saying->text = memory_copy_text(text);
	snprintf(saying->number, sizeof saying->number, "%s", number);
	return saying;
}

static const char *read_at(struct network *network, const char *number, char *rest)
{
	struct wall moment;
	struct failure failure;
	char *when = next_token(&rest), *word = next_token(&rest), *text = next_token(&rest);
	if (text == NULL || strcmp(word, "say") != 0)
		return "write: NUMBER at MOMENT say \"TEXT\"";
	if (civil_parse_moment(when, network->zone_minutes, &moment, &failure) != RESULT_OK)
		return "the moment is not like 2020-06-01T09:00";
	network_plan_at(
	    network, moment, say, drop_saying, new_saying(number, network->modems[0], text));
	return NULL;
}

static const char *read_on(struct network *network, const char *number, char *rest)
{
	struct rule rule = {.nth = 1};
	char *words = next_token(&rest), *word;
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
		else if (strcmp(word, "reply") == 0 && rule.reply == NULL)
			rule.reply = memory_copy_text(value);
		else
			return "known words are nth, after and reply";
	}
	if (rule.reply == NULL || rule.nth < 1 || rule.after_ms < 0) {
		free(rule.reply);
		return "reply, or a right nth or after, is missing";
	}
	rule.words = letters_key(words);
	snprintf(rule.number, sizeof rule.number, "%s", number);
	ARRAY_GROW(network->rules, network->rule_count, network->rule_capacity);
	network->rules[network->rule_count++] = rule;
	return NULL;
}

static const char *read_rule(struct network *network, char *line)
{
	struct phone phone;
	char *number = next_token(&line), *what = next_token(&line);
	if (number == NULL || number[0] == '#')
		return NULL;
	if (phone_parse(number, &phone, NULL) != RESULT_OK)
		return "the number is wrong";
	if (what != NULL && strcmp(what, "on") == 0)
		return read_on(network, phone.e164, line);
	if (what != NULL && strcmp(what, "at") == 0)
		return read_at(network, phone.e164, line);
	return "after the number comes on or at";
}

bool script_read(struct network *network, const char *path, struct failure *failure)
{
	char line[LINE_MAX_BYTES];
	FILE *file = fopen(path, "re");
	if (file == NULL) {
		failure_set(failure, RESULT_NOT_FOUND, "Cannot read the script %s: %s.", path,
		    strerror(errno));
		return false;
	}
	const char *wrong = NULL;
	for (int number = 1; wrong == NULL && fgets(line, sizeof line, file) != NULL; number++) {
		wrong = read_rule(network, line);
		if (wrong != NULL)
			failure_set(failure, RESULT_INVALID, "%s:%d: %s.", path, number, wrong);
	}
	fclose(file);
	return wrong == NULL;
}

/* ── playing ─────────────────────────────────────────────────────────────────────────────────── */

void script_text_came(
    struct network *network, struct modem *from_modem, const char *number, const char *text)
{
	if (network->rule_count == 0)
		return;
	OWNED_TEXT key = letters_key(text);
	for (size_t i = 0; i < network->rule_count; i++) {
		struct rule *rule = &network->rules[i];
		if (strcmp(rule->number, number) != 0 || strstr(key, rule->words) == NULL)
			continue;
		if (++rule->seen == rule->nth)
			network_plan(network, rule->after_ms, false, say, drop_saying,
			    new_saying(number, from_modem, rule->reply));
	}
}
