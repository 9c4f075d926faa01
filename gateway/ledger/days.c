/*
 * Owns: changes that carry a day: promises, requests for more time, extensions.
 * May use: base/, plan/, store/operations.h.
 * Must not know: who called.
 */
#include "ledger/ledger.h"

/* ── what a day means for a deadline ─────────────────────────────────────────────────────────── */

struct ledger_deadline ledger_deadline_until(
    const struct plan *plan, const struct store_known_obligation *obligation, struct day day)
{
	const struct plan_report *report = plan_find_report(plan, obligation->report_code);
	bool by = report != NULL && report->by;
	return (struct ledger_deadline){
	    .named = by ? day : day_add(day, 1),
	    .moment = calendar_moment(&plan->calendar, day_add(day, 1), 0),
	};
}

enum ledger_day ledger_day_kind(const struct plan *plan,
    const struct store_known_obligation *obligation, struct day day, struct wall now)
{
	struct wall end = calendar_moment(&plan->calendar, day_add(day, 1), 0);
	struct wall farthest =
	    wall_add(obligation->deadline, (int64_t)LEDGER_EXTENSION_DAYS_MAX * DAY_MS);
	if (!wall_before(now, end))
		return LEDGER_DAY_PAST;
	if (!wall_before(obligation->deadline, end))
		return LEDGER_DAY_PROMISE;
	return wall_before(farthest, end) ? LEDGER_DAY_TOO_FAR : LEDGER_DAY_LATER;
}

/* ── the changes ─────────────────────────────────────────────────────────────────────────────── */

enum result ledger_promise(const struct store_known_obligation *obligation, struct day day,
    const struct ledger_source *source, struct store_change *out, bool *already,
    struct failure *failure)
{
	enum result result =
	    ledger_change(LEDGER_PROMISE, obligation, NULL, source, out, already, failure);
	if (result != RESULT_OK)
		return result;
	out->day = day;
	*already = obligation->promised_day.number == day.number;
	if (*already)
		return failure_set(failure, RESULT_CONFLICT, "%s has promised %s for %s already.",
		    obligation->unit_name, obligation->report_code, civil_full_day(day).text);
	if (source->inbound_id != 0 && obligation->promises_in_row >= LEDGER_PROMISES_MAX)
		return failure_set(failure, RESULT_LIMIT,
		    "%s has promised %s %d times in a row. Talk to them.", obligation->unit_name,
		    obligation->report_code, obligation->promises_in_row);
	return RESULT_OK;
}

/* The end of the last useful day; once that has come, the end of the next working day. */
static struct wall lapse_of(
    const struct plan *plan, const struct store_known_obligation *obligation, struct wall now)
{
	const struct plan_calendar *calendar = &plan->calendar;
	struct day today = calendar_day(calendar, now);
	struct day last =
	    calendar_day(calendar, calendar_last_useful(calendar, obligation->deadline));
	if (last.number <= today.number)
		last = calendar_next_working_day(calendar, today);
	return calendar_moment(calendar, day_add(last, 1), 0);
}

enum result ledger_request(const struct plan *plan, const struct store_known_obligation *obligation,
    struct day day, int number, struct wall now, const struct ledger_source *source,
    struct store_change *out, bool *already, struct failure *failure)
{
	enum result result =
	    ledger_change(LEDGER_REQUEST, obligation, NULL, source, out, already, failure);
	if (result != RESULT_OK)
		return result;
	*already = obligation->request_id != 0 && obligation->requested_day.number == day.number;
	if (obligation->request_id != 0)
		return failure_set(failure, RESULT_CONFLICT,
		    "Request %d for more time for %s of %s waits already. Decide it first.",
		    obligation->request_number, obligation->report_code, obligation->unit_name);
	out->day = day;
	out->request_number = number;
	out->lapse_at = lapse_of(plan, obligation, now);
	return RESULT_OK;
}

enum result ledger_extend(const struct plan *plan, const struct store_known_obligation *obligation,
    struct day day, int64_t request_id, const struct ledger_source *source,
    struct store_change *out, struct failure *failure)
{
	bool already;
	enum result result =
	    ledger_change(LEDGER_EXTEND, obligation, NULL, source, out, &already, failure);
	if (result != RESULT_OK)
		return result;
	const struct ledger_deadline until = ledger_deadline_until(plan, obligation, day);
	if (until.moment.ms == obligation->deadline.ms ||
	    (request_id != 0 && wall_before(until.moment, obligation->deadline)))
		return failure_set(failure, RESULT_CONFLICT,
		    "The deadline of %s of %s is %s already. Name another day.",
		    obligation->report_code, obligation->unit_name,
		    civil_full_day(obligation->named).text);
	out->day = day;
	out->named = until.named;
	out->deadline = until.moment;
	out->request_id = request_id;
	return RESULT_OK;
}
