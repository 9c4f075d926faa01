/*
 * Owns: the plan file as a whole, its head and its calendar.
 * May use: base/, plan/, document/.
 * Must not know: the store, people.
 */
#include "document/plan_file.h"

#include "document/holidays_file.h"
#include "document/plan_reader.h"

#include <string.h>

#define HOLIDAY_FILES_MAX 20
#define NAME_BYTES_MAX 200
#define OFFICE_BYTES_MAX 60

size_t plan_read_codes(struct plan_reader *reader, const struct tree *node, const char *what,
    enum tree_kind kind, size_t max, const struct tree ***children)
{
	const struct tree_reader *base = &reader->base;
	*children = NULL;
	if (node == NULL || (node->kind == TREE_TEXT && node->text[0] == '\0') ||
	    !tree_is(base, node, TREE_MAP, what))
		return 0;
	if (node->count > max) {
		complain(base->complaints, base->file, node->line,
		    "%zu %s; at most %zu are possible.", node->count, what, max);
		return 0;
	}
	*children = arena_alloc(base->arena, (node->count + 1) * sizeof **children);
	size_t count = 0;
	for (const struct tree *child = node->first; child != NULL; child = child->next) {
		if (!document_code_is_good(child->key, PLAN_CODE_MAX))
			complain(base->complaints, base->file, child->key_line,
			    "`%.60s` cannot be a code. Use 1 to %d letters A-Z, digits and "
			    "hyphens.",
			    child->key, PLAN_CODE_MAX);
		else if (tree_is(base, child, kind, child->key))
			(*children)[count++] = child;
	}
	return count;
}

/* "07:30-11:30" → from, to; to may lie before from only when `wraps`. */
static bool read_interval(struct plan_reader *reader, const struct tree *node, const char *what,
    bool wraps, int *from, int *to)
{
	const struct tree_reader *base = &reader->base;
	if (!tree_is(base, node, TREE_TEXT, what))
		return false;
	size_t first = strcspn(node->text, "-"),
	       rest = node->text[first] == '-' ? first + 1 : first;
	const char *left = arena_copy_bytes(base->arena, node->text, first);
	if (civil_parse_time(left, from, NULL) == RESULT_OK &&
	    civil_parse_time(node->text + rest, to, NULL) == RESULT_OK &&
	    (wraps ? *from < 1440 && *to < 1440 : *from < *to))
		return true;
	complain(base->complaints, base->file, node->line,
	    "`%s` cannot be `%.40s`. Write from-to as %s.", what, node->text,
	    wraps ? "21:00-07:00" : "07:30-11:30, the earlier time first");
	return false;
}

static void read_working_days(struct plan_reader *reader, const struct tree *node)
{
	static const char *const names[] = {"sun", "mon", "tue", "wed", "thu", "fri", "sat"};
	const char **texts;
	struct plan_calendar *calendar = &reader->plan->calendar;
	if (node == NULL) {
		for (int day = 1; day <= 5; day++)
			calendar->working_weekday[day] = true;
		return;
	}
	size_t count = tree_texts(&reader->base, node, "working_days", 7, &texts);
	for (size_t i = 0; i < count; i++) {
		size_t day = 0;
		while (day < 7 && strcmp(names[day], texts[i]) != 0)
			day++;
		if (day < 7)
			calendar->working_weekday[day] = true;
		else
			complain(reader->base.complaints, reader->base.file, node->line,
			    "`%.40s` is not a day. Use: mon, tue, wed, thu, fri, sat, sun.",
			    texts[i]);
	}
	if (count == 0)
		complain(reader->base.complaints, reader->base.file, node->line,
		    "`working_days` is empty. Write [mon, tue, wed, thu, fri].");
}

static void read_window(struct plan_reader *reader, const struct tree *node)
{
	struct plan_calendar *calendar = &reader->plan->calendar;
	if (node == NULL) {
		calendar->window[0] = (struct plan_interval){450, 690};
		calendar->window[1] = (struct plan_interval){810, 990};
		calendar->window_count = 2;
		return;
	}
	if (!tree_is(&reader->base, node, TREE_LIST, "send_window"))
		return;
	if (node->count == 0 || node->count > COUNT_OF(calendar->window)) {
		complain(reader->base.complaints, reader->base.file, node->line,
		    "`send_window` needs 1 to 4 intervals, such as [07:30-11:30, 13:30-16:30].");
		return;
	}
	for (const struct tree *item = node->first; item != NULL; item = item->next) {
		struct plan_interval *interval = &calendar->window[calendar->window_count];
		if (!read_interval(
			reader, item, "send_window", false, &interval->from, &interval->to))
			return;
		if (calendar->window_count > 0 && interval->from < interval[-1].to)
			complain(reader->base.complaints, reader->base.file, item->line,
			    "`send_window`: %.40s begins before the one above it ends. Put them in "
			    "order.",
			    item->text);
		calendar->window_count++;
	}
}

static void read_times(struct plan_reader *reader, const struct tree *node)
{
	struct plan_calendar *calendar = &reader->plan->calendar;
	const struct tree_reader *base = &reader->base;
	struct failure failure;
	const char *zone = tree_text_or(base, node, "zone", "Asia/Ho_Chi_Minh");
	if (zone != NULL && civil_parse_zone(zone, &calendar->zone_minutes, &failure) != RESULT_OK)
		complain(base->complaints, base->file, node->line, "`zone`: %s", failure.text);
	const char *end = tree_text_or(base, node, "end_of_work", "16:30");
	if (end != NULL && civil_parse_time(end, &calendar->end_of_work, &failure) != RESULT_OK)
		complain(
		    base->complaints, base->file, node->line, "`end_of_work`: %s", failure.text);
	calendar->quiet_from = 1260;
	calendar->quiet_to = 420;
	const struct tree *quiet = tree_get(node, "quiet_hours");
	if (quiet != NULL)
		(void)read_interval(
		    reader, quiet, "quiet_hours", true, &calendar->quiet_from, &calendar->quiet_to);
}

static void read_holidays(struct plan_reader *reader, const struct tree *node)
{
	const struct tree_reader *base = &reader->base;
	const char **names;
	size_t count = tree_texts(base, node, "holidays", HOLIDAY_FILES_MAX, &names);
	struct holidays holidays;
	holidays_begin(base->arena, &holidays);
	for (size_t i = 0; i < count; i++) {
		if (!document_code_is_good(names[i], PLAN_CODE_MAX)) {
			complain(base->complaints, base->file, node->line,
			    "`holidays`: `%.60s` is not a file name without .ics, such as vn-2020.",
			    names[i]);
			continue;
		}
		const char *path = document_path_in(base->arena, reader->holidays_dir,
		    arena_printf(base->arena, "%s.ics", names[i]));
		const char *text;
		size_t len;
		struct failure failure;
		if (document_read(base->arena, path, &text, &len, &failure) == RESULT_OK)
			holidays_file_parse(path, text, len, &holidays, base->complaints);
		else
			complain(base->complaints, base->file, node->line, "`holidays`: %s",
			    failure.text);
	}
	struct plan_calendar *calendar = &reader->plan->calendar;
	calendar->days_off = holidays.off;
	calendar->days_off_count = holidays.off_count;
	calendar->days_worked = holidays.worked;
	calendar->days_worked_count = holidays.worked_count;
}

/* A window that lies in the quiet hours would never let a reminder out. */
static void check_something_is_allowed(struct plan_reader *reader, const struct tree *node)
{
	const struct plan_calendar *calendar = &reader->plan->calendar;
	struct wall someday = civil_moment(civil_day(2020, 1, 1), 0, calendar->zone_minutes);
	if (reader->base.complaints->errors == 0 &&
	    calendar_next_allowed(calendar, someday).ms == WALL_NEVER.ms)
		complain(reader->base.complaints, reader->base.file, node->line,
		    "With these working days, windows and quiet hours nothing could ever be sent. "
		    "Let them overlap.");
}

void plan_read_calendar(struct plan_reader *reader, const struct tree *node)
{
	static const char *const keys[] = {
	    "zone", "working_days", "send_window", "quiet_hours", "end_of_work", "holidays"};
	static const struct tree nothing = {.kind = TREE_MAP};
	if (node == NULL)
		node = &nothing;
	if (!tree_is(&reader->base, node, TREE_MAP, "calendar"))
		return;
	tree_check_keys(&reader->base, node, keys, COUNT_OF(keys));
	read_times(reader, node);
	read_working_days(reader, tree_get(node, "working_days"));
	read_window(reader, tree_get(node, "send_window"));
	read_holidays(reader, tree_get(node, "holidays"));
	check_something_is_allowed(reader, node);
}

static bool year_has_holidays(const struct plan_calendar *calendar, int year)
{
	for (size_t i = 0; i < calendar->days_off_count; i++)
		if (civil_of_day(calendar->days_off[i]).year == year)
			return true;
	return false;
}

/* A year without its holiday file would have people reminded at Tết. */
static void check_holidays_are_known(struct plan_reader *reader)
{
	const struct plan *plan = reader->plan;
	int first = 9999, last = 0;
	for (size_t i = 0; i < plan->report_count; i++) {
		const struct plan_report *report = &plan->reports[i];
		first = report->first_year < first ? report->first_year : first;
		last = report->last_year > last ? report->last_year : last;
	}
	for (int year = first; year <= last; year++)
		if (!year_has_holidays(&plan->calendar, year))
			complain_mildly(reader->base.complaints, reader->base.file, 0,
			    "No holidays of %d are known. Add vn-%d to `holidays:`, and the file "
			    "vn-%d.ics to %.200s.",
			    year, year, year, reader->holidays_dir);
}

static const char *read_head_text(
    struct plan_reader *reader, const struct tree *root, const char *key, size_t max)
{
	const char *text = tree_need_text(&reader->base, root, key);
	if (text != NULL && (strlen(text) > max || strpbrk(text, "\r\n{}") != NULL)) {
		complain(reader->base.complaints, reader->base.file, tree_get(root, key)->line,
		    "`%s` must be one line of at most %zu bytes, without braces.", key, max);
		return NULL;
	}
	return text;
}

static const char *read_head_code(
    struct plan_reader *reader, const struct tree *root, const char *key)
{
	const char *code = tree_need_text(&reader->base, root, key);
	if (code != NULL && !document_code_is_good(code, PLAN_CODE_MAX))
		complain(reader->base.complaints, reader->base.file, tree_get(root, key)->line,
		    "`%s` cannot be `%.60s`. Use 1 to %d letters A-Z, digits and hyphens.", key,
		    code, PLAN_CODE_MAX);
	return code;
}

static void read_plan(struct plan_reader *reader, const struct tree *root)
{
	static const char *const keys[] = {
	    "plan", "name", "owner", "office", "calendar", "texts", "ladders", "reports", "events"};
	struct plan *plan = reader->plan;
	tree_check_keys(&reader->base, root, keys, COUNT_OF(keys));
	plan->code = read_head_code(reader, root, "plan");
	plan->name = read_head_text(reader, root, "name", NAME_BYTES_MAX);
	plan->owner = read_head_code(reader, root, "owner");
	plan->approver = POST_COORDINATOR;
	plan->office = read_head_text(reader, root, "office", OFFICE_BYTES_MAX);
	plan_read_calendar(reader, tree_get(root, "calendar"));
	plan_read_texts(reader, tree_get(root, "texts"));
	plan_read_ladders(reader, tree_get(root, "ladders"));
	plan_read_reports(reader, tree_get(root, "reports"));
	plan_read_events(reader, tree_get(root, "events"));
	if (plan->report_count == 0 && plan->event_count == 0 &&
	    reader->base.complaints->errors == 0)
		complain(reader->base.complaints, reader->base.file, root->line,
		    "The plan has neither reports nor events. Add `reports:` or `events:`.");
	plan_check_texts(reader);
	plan_check_ladders(reader);
	if (reader->base.complaints->errors == 0)
		check_holidays_are_known(reader);
}

struct plan *plan_file_parse(struct arena *arena, const char *file, const char *text, size_t len,
    const char *holidays_dir, struct complaints *complaints)
{
	size_t errors_before = complaints->errors;
	struct plan_reader reader = {
	    .base = {.arena = arena, .file = file, .complaints = complaints},
	    .plan = arena_alloc(arena, sizeof *reader.plan),
	    .holidays_dir = holidays_dir,
	};
	const struct tree *root = tree_parse(&reader.base, text, len);
	if (root != NULL && tree_is(&reader.base, root, TREE_MAP, "the plan"))
		read_plan(&reader, root);
	return complaints->errors > errors_before ? NULL : reader.plan;
}
