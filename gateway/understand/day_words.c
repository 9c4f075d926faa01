/*
 * Owns: days in a text: written ("8/6", "ngày 12 tháng 6"), counted ("5 ngày nữa"), spoken ("thứ 2
 * tuần sau").
 * May use: understand/scan.h, base/civil.h.
 * Must not know: what happens on them.
 */
#include "understand/scan.h"

#include "base/civil.h"

#include <limits.h>
#include <string.h>

static struct day today(const struct scan *scan)
{
	return civil_day_of_wall(scan->context->now, scan->context->zone_minutes);
}

static struct wall midnight(const struct scan *scan, struct day day)
{
	return civil_moment(day, 0, scan->context->zone_minutes);
}

static const struct word *word_at(const struct scan *scan, size_t index)
{
	static const struct word none = {.gap = GAP_LINE};
	return index < scan->words.count ? &scan->words.items[index] : &none;
}

static bool is_number(const struct scan *scan, size_t index, int least, int most)
{
	const struct word *word = word_at(scan, index);
	return index < scan->words.count && word->digits && !scan->taken[index] &&
	       word->count <= 2 && word->value >= least && word->value <= most;
}

static int small_number(const struct scan *scan, size_t index)
{
	static const char *const words[] = {
	    "mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin", "muoi"};
	if (is_number(scan, index, 1, 60))
		return word_at(scan, index)->value;
	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (scan_word_is(scan, index, words[i]) && !scan->taken[index])
			return (int)i + 1;
	return 0;
}

/* The year is the one that brings the day nearest to now. */
static struct wall nearest(const struct scan *scan, int day, int month, int year)
{
	struct civil now = civil_of_wall(scan->context->now, scan->context->zone_minutes);
	if (year == 0) {
		year = now.year;
		if (month - now.month > 6)
			year--;
		else if (now.month - month > 6)
			year++;
	}
	if (year < 1990 || year > 2099 || !civil_date_exists(year, month, day))
		return WALL_NEVER;
	return midnight(scan, civil_day(year, month, day));
}

static void add_day(struct scan *scan, size_t first, size_t count, struct wall day)
{
	scan_add(scan, CONCEPT_DATE, first, count)->day = day;
}

/* ── written ─────────────────────────────────────────────────────────────────────────────────── */

static bool is_separator(const struct word *word, enum gap gap)
{
	return word->gap == gap && (gap == GAP_SLASH || !word->spaced);
}

static int year_at(const struct scan *scan, size_t index)
{
	const struct word *word = word_at(scan, index);
	if (!word->digits || scan->taken[index])
		return 0;
	if (word->count == 4 && word->value >= 1990 && word->value < 2100)
		return word->value;
	return word->count == 2 && word->value >= 18 ? 2000 + word->value : 0;
}

static bool counts_days(const struct scan *scan, size_t index)
{
	return scan_word_is(scan, index, "hom") || scan_word_is(scan, index, "ngay") ||
	       scan_word_is(scan, index, "bua") || scan_word_is(scan, index, "tuan");
}

/* "6 tháng nữa" is when, not which report. */
static size_t read_months(const struct scan *scan, size_t index, struct wall *day)
{
	int months = scan_word_is(scan, index + 1, "thang") ? small_number(scan, index) : 0;
	if (months == 0 || months > 12 || !scan_word_is(scan, index + 2, "nua") ||
	    scan->taken[index + 1] || word_at(scan, index + 2)->gap > GAP_SPACE)
		return 0;
	struct civil now = civil_of_day(today(scan));
	int month = now.month + months;
	*day = nearest(scan, now.day, month > 12 ? month - 12 : month, now.year + (month > 12));
	if (day->ms == WALL_NEVER.ms) /* the 31st of a shorter month */
		*day = nearest(scan, 28, month > 12 ? month - 12 : month, now.year + (month > 12));
	return 3;
}

/* "8/6", "08.06.2026", "8-6"; returns how many words. */
static size_t read_separated(const struct scan *scan, size_t index, struct wall *day)
{
	static const enum gap gaps[] = {GAP_SLASH, GAP_DOT, GAP_DASH};
	const struct word *first = word_at(scan, index);
	if (!is_number(scan, index, 1, 31) || !is_number(scan, index + 1, 1, 12) ||
	    (first->gap == GAP_SLASH && !first->spaced))
		return 0;
	for (size_t i = 0; i < COUNT_OF(gaps); i++) {
		if (!is_separator(word_at(scan, index + 1), gaps[i]))
			continue;
		bool more = word_at(scan, index + 2)->digits &&
			    is_separator(word_at(scan, index + 2), gaps[i]);
		int year = more ? year_at(scan, index + 2) : 0;
		if ((more && year == 0) || (gaps[i] == GAP_DASH && counts_days(scan, index + 2)) ||
		    scan_word_is(scan, index + 2, "trieu"))
			return 0;
		*day = nearest(scan, first->value, word_at(scan, index + 1)->value, year);
		return day->ms == WALL_NEVER.ms && gaps[i] != GAP_SLASH ? 0 : more ? 3 : 2;
	}
	return 0;
}

static bool is_day_word(const struct scan *scan, size_t index)
{
	static const char *const words[] = {"ngay", "mung", "mong", "hom", "bua", NULL};
	for (size_t i = 0; words[i] != NULL; i++)
		if (scan_word_is(scan, index, words[i]))
			return !scan->taken[index];
	return false;
}

static struct wall in_month(const struct scan *scan, int day, int months_ahead)
{
	struct civil now = civil_of_day(today(scan));
	int month = now.month + months_ahead, year = now.year;
	if (month > 12) {
		month -= 12;
		year++;
	}
	return civil_date_exists(year, month, day) ? midnight(scan, civil_day(year, month, day))
						   : WALL_NEVER;
}

/* "ngày 12 tháng 6 [năm 2026]", "15 tháng 6", "ngày 12", "12 tháng sau". */
static size_t read_spelled(const struct scan *scan, size_t index, bool said, struct wall *day)
{
	if (!is_number(scan, index, 1, 31))
		return 0;
	int number = word_at(scan, index)->value;
	bool month_word = scan_word_is(scan, index + 1, "thang") && !scan->taken[index + 1] &&
			  word_at(scan, index + 1)->gap <= GAP_SPACE;
	if (month_word && is_number(scan, index + 2, 1, 12) &&
	    word_at(scan, index + 3)->gap != GAP_SLASH && (said || number > 12 || number != 6)) {
		bool year_word = scan_word_is(scan, index + 3, "nam");
		int year = year_word ? year_at(scan, index + 4) : 0;
		*day = nearest(scan, number, word_at(scan, index + 2)->value, year);
		return year > 0 ? 5 : 3;
	}
	if (month_word && (said || number > 12) &&
	    (scan_word_is(scan, index + 2, "sau") || scan_word_is(scan, index + 2, "toi"))) {
		*day = in_month(scan, number, 1);
		return 3;
	}
	bool this_month = month_word && scan_word_is(scan, index + 2, "nay");
	if (!said && !(this_month && number > 12))
		return 0;
	*day = in_month(scan, number, 0);
	return this_month ? 3 : 1;
}

/* "5 ngày nữa", "2 hôm nữa", "1 tuần nữa". */
static size_t read_counted(const struct scan *scan, size_t index, struct wall *day)
{
	if (!counts_days(scan, index + 1))
		return 0;
	int number = small_number(scan, index);
	bool week = scan_word_is(scan, index + 1, "tuan");
	bool ago = scan_word_is(scan, index + 2, "truoc");
	if (index >= 2 && scan_word_is(scan, index - 1, "day") && number > 0 &&
	    scan_word_is(scan, index - 2, "cach") && counts_days(scan, index + 1)) {
		*day = midnight(scan, day_add(today(scan), week ? -7 * number : -number));
		return 2;
	}
	if (number == 0 || scan->taken[index + 1] || !counts_days(scan, index + 1) ||
	    !(ago || scan_word_is(scan, index + 2, "nua") || scan_word_is(scan, index + 2, "sau")))
		return 0;
	if (index > 0 && scan_word_is(scan, index - 1, "thu"))
		return 0; /* "thứ 2 tuần sau" */
	if (index > 0 && scan_word_is(scan, index, "nam") &&
	    (scan_word_is(scan, index - 1, "bc") || scan_word_is(scan, index - 1, "cao")))
		return 0; /* "bc nam tuan sau gui" */
	if (index > 0 && (scan_word_is(scan, index - 1, "mot") || is_number(scan, index - 1, 1, 9)))
		return 0; /* "một hai hôm nữa" */
	int days = week ? 7 * number : number;
	*day = midnight(scan, day_add(today(scan), ago ? -days : days));
	return 3;
}

void scan_take_days(struct scan *scan)
{
	for (size_t i = 0; i < scan->words.count; i++) {
		struct wall day = WALL_NEVER;
		if (scan->taken[i])
			continue;
		size_t count = read_counted(scan, i, &day);
		if (count == 0)
			count = read_months(scan, i, &day);
		bool counted = count > 0;
		if (count == 0)
			count = read_separated(scan, i, &day);
		if (count > 0) {
			add_day(scan, i, count, day);
			scan->items[scan->item_count - 1].value = counted;
			continue;
		}
		bool said = is_day_word(scan, i);
		size_t at = said ? i + 1 : i;
		if (said && word_at(scan, at)->gap > GAP_SPACE)
			continue;
		count = read_counted(scan, at, &day) > 0 ? 0 : read_separated(scan, at, &day);
		if (count == 0)
			count = read_spelled(scan, at, said, &day);
		if (count > 0)
			add_day(scan, i, count + said, day);
	}
}

/* ── spoken ──────────────────────────────────────────────────────────────────────────────────── */

static int weekday_of_today(const struct scan *scan)
{
	return (civil_of_day(today(scan)).weekday + 6) % 7 + 1; /* 1 Monday … 7 Sunday */
}

static void set_day(struct scan *scan, struct item *item, struct day day, int tendency)
{
	item->concept = CONCEPT_DATE;
	memset(item->others, 0, sizeof item->others);
	item->value = 0;
	item->day = midnight(scan, day);
	item->tendency = (int8_t)tendency;
}

static void set_vague(struct item *item)
{
	item->concept = CONCEPT_DATE;
	memset(item->others, 0, sizeof item->others);
	item->day = WALL_NEVER;
}

/* Takes the next item into this one. */
static void swallow(struct scan *scan, size_t index)
{
	scan->items[index].count =
	    (uint16_t)(scan->items[index].count + scan->items[index + 1].count);
	memmove(&scan->items[index + 1], &scan->items[index + 2],
	    (scan->item_count - index - 2) * sizeof *scan->items);
	scan->item_count--;
}

static bool next_is(const struct scan *scan, size_t index, enum concept concept)
{
	return index + 1 < scan->item_count && item_is(&scan->items[index + 1], concept) &&
	       scan->words.items[scan->items[index + 1].first].gap <= GAP_SPACE;
}

/* "hôm thứ 6 em gửi": the last one. */
static bool says_gone(const struct scan *scan, size_t index)
{
	if (index == 0)
		return false;
	for (size_t back = 1; back <= 5 && back <= index; back++)
		if (scan_word_is(scan, scan->items[index - back].first, "luc") ||
		    scan_word_is(scan, scan->items[index - back].first, "hoi"))
			return true;
	const struct item *before = &scan->items[index - 1];
	return scan_word_is(scan, before->first + before->count - 1U, "hom") ||
	       scan_word_is(scan, before->first + before->count - 1U, "hoi") ||
	       scan_word_is(scan, scan->items[index].first, "hom");
}

/* "thứ 6" is the next one from tomorrow on; with "tuần sau" that of the week after, Monday first.
 */
static void resolve_weekday(struct scan *scan, size_t index)
{
	struct item *item = &scan->items[index];
	int from_monday = item->value - weekday_of_today(scan);
	int weekday = item->value, days = from_monday > 0 ? from_monday : from_monday + 7;
	if (next_is(scan, index, CONCEPT_NEXT_WEEK)) {
		days = from_monday + 7;
		weekday = 0;
		swallow(scan, index);
	} else if (next_is(scan, index, CONCEPT_THIS_WEEK)) {
		days = from_monday;
		weekday = 0;
		swallow(scan, index);
	} else if (next_is(scan, index, CONCEPT_LAST_WEEK)) {
		bool week = scan->items[index + 1].count > 1;
		days = week || from_monday >= 0 ? from_monday - 7 : from_monday;
		weekday = 0;
		swallow(scan, index);
	} else if (next_is(scan, index, CONCEPT_DATE) &&
		   scan->items[index + 1].day.ms != WALL_NEVER.ms) {
		item->day = scan->items[index + 1].day; /* "thứ 6 ngày 12/6" */
		struct wall day = item->day;
		swallow(scan, index);
		set_vague(item);
		item->day = day;
		return;
	}
	bool gone = weekday != 0 && says_gone(scan, index);
	set_day(
	    scan, item, day_add(today(scan), gone ? days - 7 : days), days < 0 || gone ? -1 : 0);
	item->weekday = (uint8_t)(gone ? 0 : weekday);
}

static void resolve_week(struct scan *scan, size_t index)
{
	struct item *item = &scan->items[index];
	bool start = item->concept == CONCEPT_WEEK_START;
	int monday = 1 - weekday_of_today(scan);
	bool said_next = item->value == 1;
	bool next = !said_next && next_is(scan, index, CONCEPT_NEXT_WEEK);
	bool last = next_is(scan, index, CONCEPT_LAST_WEEK);
	bool this_week = next_is(scan, index, CONCEPT_THIS_WEEK);
	if (next || last || this_week)
		swallow(scan, index);
	int week = next || said_next ? 7 : last ? -7 : start && !this_week && monday < 0 ? 7 : 0;
	set_day(scan, item, day_add(today(scan), monday + week + (start ? 0 : 4)), last ? -1 : 0);
}

/* "cuối tháng", "đầu tháng 7", "giữa tháng sau". */
static void resolve_month(struct scan *scan, size_t index)
{
	struct item *item = &scan->items[index];
	enum concept part = (enum concept)item->concept;
	struct civil now = civil_of_day(today(scan));
	int month = now.month, year = now.year;
	bool later = next_is(scan, index, CONCEPT_NEXT_MONTH);
	if (later)
		month++;
	if (later || next_is(scan, index, CONCEPT_NUMBER)) {
		int said = scan->items[index + 1].value;
		if (!later && said >= 1 && said <= 12)
			month = said;
		swallow(scan, index);
	} else if (part == CONCEPT_MONTH_START) {
		month += now.day > 5;
	}
	if (month > 12) {
		month -= 12;
		year++;
	}
	int next_month = month == 12 ? 1 : month + 1, next_year = month == 12 ? year + 1 : year;
	if (part == CONCEPT_MONTH_END)
		set_day(scan, item, day_add(civil_day(next_year, next_month, 1), -1), 0);
	else if (part == CONCEPT_MONTH_MIDDLE)
		set_day(scan, item, civil_day(year, month, 15), 0);
	else
		set_day(scan, item, civil_day(year, month, 1), 0);
}

/* What of today has passed by now, and what is to come. */
static int tendency_of(const struct scan *scan, const struct item *item)
{
	static const char *const passed[] = {"nay", "hoi", "luc", "vua", "khi", "ban"};
	int minute = civil_of_wall(scan->context->now, scan->context->zone_minutes).hour * 60;
	bool ends_in_this = scan_word_is(scan, item->first + item->count - 1U, "nay");
	for (size_t i = 1; i < COUNT_OF(passed); i++)
		if (scan_word_is(scan, item->first, passed[i]))
			return -1;
	if (scan_word_is(scan, item->first, "nay") &&
	    scan->words.items[item->first].tone == TONE_TILDE)
		return -1; /* "nãy" */
	if (!ends_in_this && !scan_word_is(scan, item->first, "cuoi"))
		return 0;
	if (scan_word_is(scan, item->first, "sang"))
		return minute >= 9 * 60 ? -1 : 0;
	if (scan_word_is(scan, item->first, "chieu") || scan_word_is(scan, item->first, "cuoi"))
		return minute < 13 * 60 ? 1 : 0;
	if (scan_word_is(scan, item->first, "trua"))
		return minute < 11 * 60 ? 1 : 0;
	if (scan_word_is(scan, item->first, "toi") || scan_word_is(scan, item->first, "dem"))
		return minute < 18 * 60 ? 1 : 0;
	return 0;
}

/* "nay em gửi": today, where it opens a clause; elsewhere "này". */
static bool is_today(const struct scan *scan, size_t index)
{
	const struct item *item = &scan->items[index];
	bool now = scan_word_is(scan, item->first, "nay") && item->concept == CONCEPT_FILLER &&
		   scan->words.items[item->first].tone == TONE_NONE;
	bool daytime = item->concept == CONCEPT_DAYTIME && !scan_word_is(scan, item->first, "sang");
	if (item->count != 1 || (!now && !daytime) || index + 1 == scan->item_count)
		return false;
	bool opens = index == 0 || scan->words.items[item->first].gap >= GAP_COMMA ||
		     item_is(&scan->items[index - 1], CONCEPT_POLITE) ||
		     item_is(&scan->items[index - 1], CONCEPT_SELF);
	const struct item *next = &scan->items[index + 1];
	return opens && (item_is(next, CONCEPT_SELF) || item_is(next, CONCEPT_SEND) ||
			    item_is(next, CONCEPT_PAST) || item_is(next, CONCEPT_FUTURE));
}

/* "lúc 7h15" has passed, when it is later; what is to come is said by other words. */
static void resolve_clock(struct scan *scan, size_t index)
{
	struct item *item = &scan->items[index];
	if (index == 0 || item->concept != CONCEPT_NUMBER || !next_is(scan, index, CONCEPT_CLOCK) ||
	    !scan_word_is(scan, item->first - 1U, "luc"))
		return;
	struct civil now = civil_of_wall(scan->context->now, scan->context->zone_minutes);
	size_t behind = index + 2;
	if (behind < scan->item_count && item_is(&scan->items[behind], CONCEPT_NUMBER))
		behind++;
	size_t last = scan->items[index + 1].first + scan->items[index + 1].count - 1U;
	bool afternoon = scan_word_is(scan, last, "chieu") || scan_word_is(scan, last, "toi");
	if (behind < scan->item_count) {
		const struct item *next = &scan->items[behind];
		bool daytime = item_is(next, CONCEPT_DAYTIME);
		if (!daytime && (item_is(next, CONCEPT_DATE) || item_is(next, CONCEPT_DAY)))
			return;
		afternoon |= daytime && !scan_word_is(scan, next->first, "sang");
	}
	int hour = item->value + (afternoon && item->value < 12 ? 12 : 0);
	if (hour >= now.hour)
		return;
	set_vague(item);
	item->tendency = -1;
}

void scan_resolve_days(struct scan *scan)
{
	for (size_t i = 0; i < scan->item_count; i++)
		resolve_clock(scan, i);
	for (size_t i = 0; i < scan->item_count; i++) {
		struct item *item = &scan->items[i];
		if (is_today(scan, i))
			set_day(scan, item, today(scan), item->concept == CONCEPT_DAYTIME ? 1 : 0);
		switch ((enum concept)item->concept) {
		case CONCEPT_DAY: {
			int tendency = item->value < 0   ? -1
				       : item->value > 0 ? 1
							 : tendency_of(scan, item);
			set_day(scan, item, day_add(today(scan), item->value), tendency);
			break;
		}
		case CONCEPT_WEEKDAY:
			resolve_weekday(scan, i);
			break;
		case CONCEPT_WEEK_START:
		case CONCEPT_WEEK_END:
			resolve_week(scan, i);
			break;
		case CONCEPT_MONTH_START:
		case CONCEPT_MONTH_MIDDLE:
		case CONCEPT_MONTH_END:
			resolve_month(scan, i);
			break;
		case CONCEPT_THIS_WEEK:
		case CONCEPT_NEXT_WEEK:
		case CONCEPT_NEXT_MONTH:
			set_vague(item);
			item->tendency = 1;
			break;
		case CONCEPT_VAGUE_DAY: {
			int8_t tendency = (int8_t)item->value;
			set_vague(item);
			item->tendency = tendency;
			break;
		}
		default:
			break;
		}
	}
}
