/*
 * Owns: walking a rule with libical; the only file of the room that includes it.
 * May use: base/, plan/period.h, plan/recurrence_rule.h, libical.
 * Must not know: deadlines, events, working days.
 */
#include "plan/recurrence.h"

#include "base/memory.h"
#include "plan/recurrence_rule.h"

#include <libical/ical.h>
#include <stdlib.h>
#include <string.h>

static struct icaltimetype time_of_day(struct day day)
{
	struct civil civil = civil_of_day(day);
	/* not icaltime_null_date(): its hour is -1, which moves days and may never end */
	return (struct icaltimetype){
	    .year = civil.year, .month = civil.month, .day = civil.day, .is_date = 1};
}

static bool is_exception(const struct plan_recurrence *recurrence, struct day day)
{
	for (size_t i = 0; i < recurrence->except_count; i++)
		if (recurrence->except[i].number == day.number)
			return true;
	return false;
}

/* Puts `day` where it belongs; false when there is no room. Days come nearly in order. */
static bool insert(struct day *days, size_t *count, struct day day)
{
	size_t at = *count;
	while (at > 0 && days[at - 1].number > day.number)
		at--;
	if (at > 0 && days[at - 1].number == day.number)
		return true;
	if (*count == RECURRENCE_DAYS_MAX)
		return false;
	memmove(days + at + 1, days + at, (*count - at) * sizeof *days);
	days[at] = day;
	(*count)++;
	return true;
}

static enum result walk(icalrecur_iterator *iterator, const struct plan_recurrence *recurrence,
    struct day last, struct day *days, size_t *count, struct failure *failure)
{
	for (;;) {
		struct icaltimetype time = icalrecur_iterator_next(iterator);
		if (icaltime_is_null_time(time))
			return RESULT_OK;
		if (!civil_date_exists(time.year, time.month, time.day))
			continue;
		struct day day = civil_day(time.year, time.month, time.day);
		if (day.number > last.number)
			return RESULT_OK;
		if (day.number < recurrence->from.number)
			continue;
		if (!insert(days, count, day))
			return failure_set(failure, RESULT_LIMIT,
			    "The rule has more than %d days. Let it end earlier or come less "
			    "often.",
			    RECURRENCE_DAYS_MAX);
	}
}

static enum result leave_out_exceptions(const struct plan_recurrence *recurrence, struct day *days,
    size_t *count, struct failure *failure)
{
	size_t kept = 0, left_out = 0;
	for (size_t i = 0; i < recurrence->except_count; i++) {
		bool found = false;
		for (size_t k = 0; k < *count && !found; k++)
			found = days[k].number == recurrence->except[i].number;
		if (!found)
			return failure_set(failure, RESULT_INVALID,
			    "The exception %s is no day of the rule. Write days that the rule has, "
			    "or remove it.",
			    civil_iso_day(recurrence->except[i]).text);
	}
	for (size_t i = 0; i < *count; i++) {
		if (is_exception(recurrence, days[i]))
			left_out++;
		else
			days[kept++] = days[i];
	}
	*count = kept;
	if (kept > 0)
		return RESULT_OK;
	return failure_set(failure, RESULT_INVALID,
	    "The rule has no day%s between %s and its end. %s", left_out > 0 ? " left" : "",
	    civil_iso_day(recurrence->from).text,
	    left_out > 0 ? "Remove some exceptions." : "Let it begin earlier or end later.");
}

/* Adds what makes a day that a month does not have its last one. */
static struct icalrecurrencetype compile(const char *rule, bool month_ends)
{
	OWNED_BUFFER text = BUFFER(RECURRENCE_BYTES_MAX + 50);
	buffer_printf(&text, "%s%s", month_ends ? "RSCALE=GREGORIAN;SKIP=BACKWARD;" : "", rule);
	return icalrecurrencetype_from_string(buffer_text(&text));
}

static enum result check_end(const struct plan_recurrence *recurrence,
    const struct recurrence_rule *rule, struct day *last, struct failure *failure)
{
	int year = civil_of_day(recurrence->from).year;
	*last = civil_day(year + RECURRENCE_YEARS_MAX, 12, 31);
	if (recurrence->until.number == DAY_NONE.number) {
		if (rule->ends)
			return RESULT_OK;
		return failure_set(failure, RESULT_INVALID,
		    "The rule never ends. Add `until: %04d-12-31`, at most %d years on.",
		    (year + 1) % 10000, RECURRENCE_YEARS_MAX);
	}
	if (recurrence->until.number < recurrence->from.number ||
	    recurrence->until.number > last->number)
		return failure_set(failure, RESULT_INVALID,
		    "`until` cannot be %s. Write a day between %s, when the rule begins, and %s.",
		    civil_iso_day(recurrence->until).text, civil_iso_day(recurrence->from).text,
		    civil_iso_day(*last).text);
	*last = recurrence->until;
	return RESULT_OK;
}

enum result recurrence_expand(const struct plan_recurrence *recurrence, struct day *days,
    size_t *count, struct failure *failure)
{
	struct recurrence_rule rule;
	struct day last;
	*count = 0;
	if (strlen(recurrence->rule) > RECURRENCE_BYTES_MAX)
		return failure_set(failure, RESULT_INVALID,
		    "The rule is longer than %d bytes. Write a shorter one.", RECURRENCE_BYTES_MAX);
	enum result result = recurrence_rule_read(recurrence->rule, &rule, failure);
	if (result == RESULT_OK)
		result = check_end(recurrence, &rule, &last, failure);
	if (result != RESULT_OK)
		return result;
	bool by_months = rule.frequency == 'M' || rule.frequency == 'Y';
	bool month_ends = by_months && (rule.month_ends || civil_of_day(recurrence->from).day > 28);
	struct icalrecurrencetype compiled = compile(recurrence->rule, month_ends);
	char *scale = compiled.rscale; /* ours to free, although it comes by value */
	icalrecur_iterator *iterator =
	    compiled.freq == ICAL_NO_RECURRENCE
		? NULL
		: icalrecur_iterator_new(compiled, time_of_day(recurrence->from));
	if (iterator == NULL) {
		free(scale);
		return failure_set(failure, RESULT_INVALID,
		    "The rule `%.100s` cannot be followed. Write a simpler one, such as "
		    "FREQ=MONTHLY;BYMONTHDAY=15.",
		    recurrence->rule);
	}
	result = walk(iterator, recurrence, last, days, count, failure);
	icalrecur_iterator_free(iterator);
	free(scale);
	if (result == RESULT_OK)
		result = leave_out_exceptions(recurrence, days, count, failure);
	return result;
}

enum plan_period recurrence_period(const char *text)
{
	struct recurrence_rule rule;
	if (recurrence_rule_read(text, &rule, NULL) != RESULT_OK)
		return PERIOD_YEAR;
	switch (rule.frequency) {
	case 'D':
		return PERIOD_DAY;
	case 'W':
		return PERIOD_WEEK;
	case 'M':
		return rule.interval % 12 == 0  ? PERIOD_YEAR
		       : rule.interval % 6 == 0 ? PERIOD_HALF
		       : rule.interval % 3 == 0 ? PERIOD_QUARTER
						: PERIOD_MONTH;
	default:
		return PERIOD_YEAR;
	}
}
