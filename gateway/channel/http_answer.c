/*
 * Owns: the class of an answer, by the provider's rules or by its status.
 * May use: base/, document/provider.h, channel/http_parse.h.
 * Must not know: what is done about it.
 */
#include "channel/http_answer.h"

#include "base/civil.h"
#include "channel/http_parse.h"
#include "text/utf8.h"

#include <stdio.h>
#include <string.h>

#define REASON_MAX 300
/* No provider makes anybody wait for thirty years: this is a moment. */
#define MOMENT_LEAST_MS (INT64_C(30) * 366 * DAY_MS)

/* ── waiting ── */

/* "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110 5.6.7; the two obsolete forms are not read). */
static bool parse_http_date(const char *text, struct wall *moment)
{
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	int day, year, hour, minute, second;
	char month[4];
	if (sscanf(text, "%*3[A-Za-z], %2d %3[A-Za-z] %4d %2d:%2d:%2d GMT", &day, month, &year,
		&hour, &minute, &second) != 6)
		return false;
	const char *found = strlen(month) == 3 ? strstr(months, month) : NULL;
	int number = found != NULL ? (int)(found - months) / 3 + 1 : 0;
	if (found == NULL || (found - months) % 3 != 0 || year < 1970 || day < 1 || hour < 0 ||
	    minute < 0 || second < 0 || !civil_date_exists(year, number, day) || hour > 23 ||
	    minute > 59 || second > 60)
		return false;
	*moment = civil_moment(civil_day(year, number, day), hour * 60 + minute, 0);
	moment->ms += second * SECOND_MS;
	return true;
}

static int64_t bounded(int64_t wait_ms)
{
	return wait_ms < 0 ? 0 : wait_ms > DAY_MS ? DAY_MS : wait_ms;
}

/* -1: it says nothing that is understood. */
static int64_t read_wait(const char *text, int64_t unit_ms, struct wall now)
{
	int64_t ms;
	struct wall moment;
	if (text == NULL)
		return -1;
	while (*text == ' ')
		text++;
	if (http_parse_ms(text, unit_ms, &ms))
		return bounded(ms >= MOMENT_LEAST_MS ? ms - now.ms : ms);
	if (parse_http_date(text, &moment))
		return bounded(moment.ms - now.ms);
	return -1;
}

static int64_t find_wait(
    const struct http_body *answer, const struct provider_rule *rule, struct wall now)
{
	int64_t wait_ms = -1;
	if (rule != NULL && rule->wait != NULL)
		wait_ms = read_wait(http_text_at(answer, NULL, rule->wait),
		    rule->wait_unit_ms > 0 ? rule->wait_unit_ms : SECOND_MS, now);
	if (wait_ms < 0)
		wait_ms =
		    read_wait(http_text_at(answer, NULL, "$header.retry-after"), SECOND_MS, now);
	return wait_ms;
}

/* ── the reason ── */

/* One line, cut between letters. */
static const char *one_line(struct arena *arena, const char *text)
{
	struct buffer line = BUFFER(REASON_MAX + 8);
	while (*text != '\0' && line.len < REASON_MAX) {
		char letter[5];
		uint32_t codepoint = utf8_next(&text);
		bool blank = codepoint <= 0x20 || (codepoint >= 0x7F && codepoint < 0xA0) ||
			     codepoint == 0x2028 || codepoint == 0x2029;
		utf8_put(codepoint, letter);
		if (!blank)
			buffer_add_text(&line, letter);
		else if (line.len > 0 && line.data[line.len - 1] != ' ')
			buffer_add_char(&line, ' ');
	}
	if (*text != '\0')
		buffer_add_text(&line, "…");
	const char *copy = arena_copy(arena, buffer_text(&line));
	buffer_clear(&line);
	return copy;
}

static const char *find_reason(const struct http_body *answer, const struct provider_rule *rule)
{
	const char *words =
	    rule != NULL && rule->reason != NULL ? http_text_at(answer, NULL, rule->reason) : NULL;
	if (words != NULL && words[0] != '\0')
		return one_line(answer->arena, words);
	if (rule != NULL)
		return arena_printf(answer->arena, "status %d", answer->status);
	return one_line(answer->arena, arena_printf(answer->arena, "status %d: %.*s",
					   answer->status, REASON_MAX * 2, answer->text));
}

/* ── the class ── */

static enum provider_class class_by_status(int status, bool idempotent)
{
	if (status == 401)
		return PROVIDER_CREDENTIALS;
	if (status == 403)
		return PROVIDER_ACCOUNT;
	if (status == 408 || status == 429)
		return PROVIDER_THROTTLED;
	if (status >= 400 && status <= 499)
		return PROVIDER_PERMANENT_TEXT;
	if (status == 502 || status == 504)
		return idempotent ? PROVIDER_TEMPORARY : PROVIDER_UNKNOWN;
	if (status >= 500 && status <= 599)
		return PROVIDER_TEMPORARY;
	return PROVIDER_UNKNOWN;
}

void http_judge(const struct http_body *answer, const struct provider_rule *rules, size_t count,
    bool idempotent, struct wall now, struct http_verdict *verdict)
{
	const struct provider_rule *rule = NULL;
	for (size_t i = 0; i < count && rule == NULL; i++)
		if (http_when_holds(answer, NULL, &rules[i].when))
			rule = &rules[i];
	*verdict = (struct http_verdict){
	    .class = rule != NULL ? rule->class : class_by_status(answer->status, idempotent),
	    .id = rule != NULL && rule->id != NULL ? http_text_at(answer, NULL, rule->id) : NULL,
	    .reason = find_reason(answer, rule),
	    .wait_ms = find_wait(answer, rule, now),
	    .rule_line = rule != NULL ? rule->line : 0,
	};
}
