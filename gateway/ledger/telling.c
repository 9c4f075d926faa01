/*
 * Owns: what people are told of decisions on requests for more time.
 * May use: base/, text/, plan/, store/operations.h.
 * Must not know: who decided through what.
 */
#include "ledger/telling.h"

#include "base/buffer.h"
#include "plan/wording.h"
#include "text/template.h"

#include <string.h>

#define TOLD_BYTES_MAX 2000

struct filling {
	struct arena *arena;
	const struct plan *plan;
	const struct store_known_request *request;
};

static const char *day_words(const struct filling *filling, struct day day)
{
	return arena_copy(filling->arena, wording_day(day, filling->request->language).text);
}

static const char *look_up(const char *name, void *arg)
{
	const struct filling *filling = arg;
	const struct store_known_obligation *obligation = &filling->request->obligation;
	const struct plan_calendar *calendar = &filling->plan->calendar;
	const struct plan_report *report = plan_find_report(filling->plan, obligation->report_code);
	if (strcmp(name, "office") == 0)
		return filling->plan->office;
	if (strcmp(name, "report") == 0)
		return report != NULL ? report->name : obligation->report_code;
	if (strcmp(name, "unit") == 0)
		return obligation->unit_name;
	if (strcmp(name, "code") == 0)
		return obligation->report_code;
	if (strcmp(name, "promised") == 0)
		return day_words(filling, filling->request->asked_day);
	if (strcmp(name, "last_day") == 0)
		return day_words(filling,
		    calendar_day(calendar, calendar_last_useful(calendar, obligation->deadline)));
	return "";
}

const char *ledger_request_label(struct arena *arena, const struct store_known_request *request)
{
	return arena_printf(arena, "%d %s %s %s", request->number, request->obligation.report_code,
	    request->obligation.unit_name, civil_short_day(request->asked_day).text);
}

const char *ledger_word_decision(struct arena *arena, const struct ledger_texts *texts,
    const struct plan *plan, const struct store_known_request *request, bool granted)
{
	struct filling filling = {arena, plan, request};
	const char *body = texts->text(request->language,
	    granted ? "extension_granted" : "extension_refused", texts->text_arg);
	struct failure failure;
	OWNED_BUFFER text = BUFFER(TOLD_BYTES_MAX);
	if (template_expand(body, look_up, &filling, &text, &failure) != RESULT_OK)
		return arena_copy(arena, body); /* texts are checked when loaded */
	return arena_copy(arena, buffer_text(&text));
}

struct wall ledger_decision_useful_until(
    const struct plan *plan, const struct store_known_request *request, struct wall now)
{
	struct wall end = calendar_moment(&plan->calendar, day_add(request->asked_day, 1), 0);
	struct wall least = wall_add(now, DAY_MS);
	return wall_before(least, end) ? end : least;
}
