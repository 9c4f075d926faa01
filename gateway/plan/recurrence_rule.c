/*
 * Owns: the grammar of rules: which parts there are and which values they take.
 * May use: base/, base/civil.h.
 * Must not know: libical, deadlines.
 */
#include "plan/recurrence_rule.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

#define PART_BYTES_MAX 100

enum value_kind { A_FREQUENCY, A_NUMBER, NUMBERS, WEEKDAYS, A_WEEKDAY, A_DATE };

static const struct part {
	const char *name;
	enum value_kind kind;
	int least, most;
	bool back; /* negative numbers count from the end */
	const char *right;
} parts[] = {
    {"FREQ", A_FREQUENCY, 0, 0, false, "DAILY, WEEKLY, MONTHLY or YEARLY"},
    {"INTERVAL", A_NUMBER, 1, 400, false, "a number from 1 to 400"},
    {"COUNT", A_NUMBER, 1, 2000, false, "a number from 1 to 2000"},
    {"UNTIL", A_DATE, 0, 0, false, "a day that exists, such as 20221231"},
    {"BYMONTH", NUMBERS, 1, 12, false, "months from 1 to 12, such as 6,12"},
    {"BYMONTHDAY", NUMBERS, 1, 31, true, "days from 1 to 31, or -1 for the last of the month"},
    {"BYDAY", WEEKDAYS, 1, 53, true, "weekdays, such as MO,FR, or -1FR for the last Friday"},
    {"BYYEARDAY", NUMBERS, 1, 366, true, "days from 1 to 366"},
    {"BYWEEKNO", NUMBERS, 1, 53, true, "weeks from 1 to 53"},
    {"BYSETPOS", NUMBERS, 1, 31, true, "numbers from 1 to 31, or -1 for the last"},
    {"WKST", A_WEEKDAY, 0, 0, false, "a weekday, such as MO"},
};
#define PART_COUNT COUNT_OF(parts)

struct reading {
	struct recurrence_rule *rule;
	bool seen[PART_COUNT];
	unsigned months, days; /* bits: BYMONTH, positive BYMONTHDAY */
	bool numbered_weekday; /* such as -1FR */
};

/* A number within the part's bounds at the start of `text`; how many bytes it takes, or 0. */
static size_t take_number(const struct part *part, const char *text, int *number)
{
	size_t sign = part->back && (text[0] == '-' || text[0] == '+');
	size_t digits = strspn(text + sign, "0123456789");
	if (digits == 0 || digits > 4)
		return 0;
	*number = (int)strtol(text + sign, NULL, 10);
	if (*number < part->least || *number > part->most)
		return 0;
	if (text[0] == '-')
		*number = -*number;
	return sign + digits;
}

static bool is_weekday(const char *text)
{
	static const char *const names[] = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};
	for (size_t i = 0; i < COUNT_OF(names); i++)
		if (strcmp(text, names[i]) == 0)
			return true;
	return false;
}

static bool take_item(struct reading *reading, const struct part *part, const char *item)
{
	int number = 0;
	if (part->kind == WEEKDAYS) {
		size_t taken = strspn(item, "+-0123456789");
		reading->numbered_weekday |= taken > 0;
		return (taken == 0 || take_number(part, item, &number) == taken) &&
		       is_weekday(item + taken);
	}
	size_t taken = take_number(part, item, &number);
	if (taken == 0 || item[taken] != '\0')
		return false;
	if (strcmp(part->name, "BYMONTH") == 0)
		reading->months |= 1u << number;
	if (strcmp(part->name, "BYMONTHDAY") == 0 && number > 0)
		reading->days |= 1u << number;
	if (strcmp(part->name, "BYMONTHDAY") == 0 && number > 28)
		reading->rule->month_ends = true;
	return strcmp(part->name, "BYMONTHDAY") != 0 || number >= -28;
}

static bool take_items(struct reading *reading, const struct part *part, const char *value)
{
	char item[PART_BYTES_MAX];
	do {
		size_t len = strcspn(value, ",");
		if (len == 0 || len >= sizeof item)
			return false;
		memcpy(item, value, len);
		item[len] = '\0';
		if (!take_item(reading, part, item))
			return false;
		value += len;
	} while (*value == ',' && *++value != '\0');
	return value[-1] != ',';
}

static bool take_frequency(struct reading *reading, const char *value)
{
	static const char *const names[] = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"};
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		if (strcmp(value, names[i]) == 0) {
			reading->rule->frequency = value[0];
			return true;
		}
	}
	return false;
}

static bool is_date(const char *value)
{
	if (strlen(value) != 8 || strspn(value, "0123456789") != 8)
		return false;
	long date = strtol(value, NULL, 10);
	return date >= 19000101 &&
	       civil_date_exists((int)(date / 10000), (int)(date / 100 % 100), (int)(date % 100));
}

static bool take_value(struct reading *reading, const struct part *part, const char *value)
{
	int number;
	size_t taken;
	switch (part->kind) {
	case A_FREQUENCY:
		return take_frequency(reading, value);
	case A_DATE:
		reading->rule->ends = true;
		return is_date(value);
	case A_WEEKDAY:
		return is_weekday(value);
	case A_NUMBER:
		taken = take_number(part, value, &number);
		if (taken == 0 || value[taken] != '\0')
			return false;
		if (strcmp(part->name, "INTERVAL") == 0)
			reading->rule->interval = number;
		else
			reading->rule->ends = true;
		return true;
	default:
		return take_items(reading, part, value);
	}
}

static enum result take_part(struct reading *reading, char *text, struct failure *failure)
{
	char *value = strchr(text, '=');
	if (value == NULL)
		return failure_set(failure, RESULT_INVALID,
		    "`%.40s` is no part of a rule. Write parts as NAME=VALUE with ; between them, "
		    "such as FREQ=MONTHLY;BYMONTHDAY=15.",
		    text);
	*value++ = '\0';
	for (size_t i = 0; i < PART_COUNT; i++) {
		if (strcmp(text, parts[i].name) != 0)
			continue;
		if (reading->seen[i])
			return failure_set(failure, RESULT_INVALID,
			    "%s stands twice in the rule. Keep one.", text);
		reading->seen[i] = true;
		if (take_value(reading, &parts[i], value))
			return RESULT_OK;
		return failure_set(failure, RESULT_INVALID, "%s cannot be `%.40s`. Write %s.", text,
		    value, parts[i].right);
	}
	if (strcmp(text, "BYHOUR") == 0 || strcmp(text, "BYMINUTE") == 0 ||
	    strcmp(text, "BYSECOND") == 0)
		return failure_set(failure, RESULT_INVALID,
		    "%s does not go here: rules are about days. Remove it; the time of day has a "
		    "key of its own, `at`.",
		    text);
	return failure_set(failure, RESULT_INVALID,
	    "`%.40s` is no part of a rule that is known here. Known are FREQ, INTERVAL, COUNT, "
	    "UNTIL, BYMONTH, BYMONTHDAY, BYDAY, BYYEARDAY, BYWEEKNO, BYSETPOS, WKST.",
	    text);
}

static bool month_has(unsigned month, unsigned day)
{
	return civil_date_exists(2020, (int)month, (int)day); /* a leap year: 29 February is one */
}

/* A day that none of the rule's months has, such as 31 June. */
static enum result check_days_exist(const struct reading *reading, struct failure *failure)
{
	for (unsigned day = 1; day <= 31 && reading->months != 0; day++) {
		bool found = (reading->days & 1u << day) == 0;
		for (unsigned month = 1; month <= 12 && !found; month++)
			found = (reading->months & 1u << month) != 0 && month_has(month, day);
		if (!found)
			return failure_set(failure, RESULT_INVALID,
			    "No month of the rule has a day %u. Write a day that exists, or "
			    "BYMONTHDAY=-1 for the last of the month.",
			    day);
	}
	return RESULT_OK;
}

static enum result check_together(const struct reading *reading, struct failure *failure)
{
	enum {
		FREQ,
		INTERVAL,
		COUNT,
		UNTIL,
		BYMONTH,
		BYMONTHDAY,
		BYDAY,
		BYYEARDAY,
		BYWEEKNO,
		BYSETPOS
	};
	if (!reading->seen[FREQ])
		return failure_set(failure, RESULT_INVALID,
		    "The rule does not say FREQ. Begin it with FREQ=MONTHLY, FREQ=YEARLY, "
		    "FREQ=WEEKLY or FREQ=DAILY.");
	if (reading->seen[COUNT] && reading->seen[UNTIL])
		return failure_set(failure, RESULT_INVALID,
		    "The rule ends twice, by COUNT and by UNTIL. Keep one.");
	char frequency = reading->rule->frequency;
	if ((reading->seen[BYYEARDAY] || reading->seen[BYWEEKNO]) && frequency != 'Y')
		return failure_set(failure, RESULT_INVALID,
		    "BYYEARDAY and BYWEEKNO go with FREQ=YEARLY only. Remove them, or write "
		    "FREQ=YEARLY.");
	if (reading->seen[BYMONTHDAY] && frequency == 'W')
		return failure_set(failure, RESULT_INVALID,
		    "BYMONTHDAY does not go with FREQ=WEEKLY. Write BYDAY=MO, or FREQ=MONTHLY.");
	/* These two are passed over in silence by libical, which would give wrong days. */
	if (reading->numbered_weekday && frequency != 'M' && frequency != 'Y')
		return failure_set(failure, RESULT_INVALID,
		    "A weekday with a number, such as -1FR, goes with FREQ=MONTHLY or FREQ=YEARLY "
		    "only. Leave the number out, or write one of these.");
	if (reading->seen[BYSETPOS] && (frequency != 'M' || !reading->seen[BYDAY]))
		return failure_set(failure, RESULT_INVALID,
		    "BYSETPOS goes with FREQ=MONTHLY and BYDAY only, such as "
		    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1. Remove it.");
	return check_days_exist(reading, failure);
}

enum result recurrence_rule_read(
    const char *text, struct recurrence_rule *rule, struct failure *failure)
{
	*rule = (struct recurrence_rule){.interval = 1};
	struct reading reading = {.rule = rule};
	char part[PART_BYTES_MAX];
	for (const char *rest = text; *rest != '\0';) {
		size_t len = strcspn(rest, ";");
		if (len == 0 || len >= sizeof part)
			return failure_set(failure, RESULT_INVALID,
			    "A part of the rule is %s. Write parts as NAME=VALUE with one ; "
			    "between them.",
			    len == 0 ? "empty" : "too long");
		memcpy(part, rest, len);
		part[len] = '\0';
		enum result result = take_part(&reading, part, failure);
		if (result != RESULT_OK)
			return result;
		rest += len + (rest[len] == ';');
	}
	return check_together(&reading, failure);
}
