/*
 * Owns: composing as the store sees it: what is pending for whom, with everything that is worded
 * from; binding messages to the notices they carry.
 * May use: base/, store/.
 * Must not know: texts, which notices share a message.
 */
#include "store/sqlite/internal.h"

#include <string.h>

struct pending_look {
	struct job *job;
	const struct store_pending_notices_input *in;
	struct store_pending_notices_output *out;
};

/* ── what is pending ─────────────────────────────────────────────────────────────────────────── */

static const char *shared_body(struct pending_look *look, int64_t version_id)
{
	const struct store_pending_notices_output *out = look->out;
	for (size_t i = 0; i < out->obligation_count; i++)
		if (out->obligations[i].plan_version_id == version_id)
			return out->obligations[i].plan_body;
	return plan_body_load(look->job->db, look->job->arena, version_id);
}

/* Its place among the obligations of the output; loaded when it is not there yet. */
static size_t place_of(struct pending_look *look, int64_t obligation_id)
{
	struct job *job = look->job;
	struct store_pending_notices_output *out = look->out;
	for (size_t i = out->obligation_count; i-- > 0;)
		if (out->obligations[i].id == obligation_id)
			return i;
	struct store_due_obligation item = {0};
	due_load_facts(job->db, job->arena, obligation_id, &item);
	item.plan_body = shared_body(look, item.plan_version_id);
	out->obligations = arena_array_grow(
	    job->arena, out->obligations, out->obligation_count, sizeof *out->obligations);
	out->obligations[out->obligation_count] = item;
	return out->obligation_count++;
}

static struct store_contact load_person(struct job *job, int64_t person_id)
{
	struct store_contact contact = {.person_id = person_id,
	    .person_code = "",
	    .name = "",
	    .phone = "",
	    .language = "",
	    .post = "",
	    .unit_code = ""};
	sqlite3_stmt *query = sql_select(job->db,
	    "SELECT " CONTACT_COLUMNS " FROM person"
	    " LEFT JOIN post ON post.person_id = person.id AND post.valid_until IS NULL"
	    " LEFT JOIN unit ON unit.id = post.unit_id"
	    " WHERE person.id = ? AND person.valid_until IS NULL ORDER BY post.id LIMIT 1",
	    VALUES(as_integer(person_id)));
	if (sql_next(job->db, query)) {
		contact = contact_of_row(query, job->arena);
		sql_close(query);
	}
	return contact;
}

static void load_person_notices(struct pending_look *look, int64_t person_id)
{
	struct job *job = look->job;
	struct store_pending_notices_output *out = look->out;
	const struct store_contact to = load_person(job, person_id);
	size_t first = out->count;
	sqlite3_stmt *query = sql_select(job->db,
	    "SELECT notice.id, notice.obligation_id, step, occurrence, due, not_after, reason,"
	    " last_call, " NOTICE_HAS_POINT ", (SELECT count(*) FROM message_notice AS link"
	    "  WHERE link.notice_id = notice.id), way FROM notice" NOTICE_SUBJECT
	    " WHERE notice.person_id = ? AND due IS NOT NULL AND plan.state = 'running'"
	    " ORDER BY due, notice.id",
	    VALUES(as_integer(person_id)));
	while (sql_next(job->db, query)) {
		out->items =
		    arena_array_grow(job->arena, out->items, out->count, sizeof *out->items);
		out->items[out->count++] = (struct store_pending_notice){
		    .id = column_integer(query, 0),
		    .obligation = (size_t)column_integer(query, 1), /* its id, until below */
		    .step = column_copy(query, 2, job->arena),
		    .occurrence = (int)column_integer(query, 3),
		    .due = column_moment(query, 4),
		    .not_after = column_moment(query, 5),
		    .reason = column_copy(query, 6, job->arena),
		    .last_call = column_integer(query, 7) != 0,
		    .has_point = column_integer(query, 8) != 0,
		    .rung = (int)column_integer(query, 9),
		    .way = (int)column_integer(query, 10),
		    .to = to,
		};
	}
	for (size_t i = first; i < out->count; i++)
		out->items[i].obligation = place_of(look, (int64_t)out->items[i].obligation);
}

static bool missing_is_loaded(const struct store_pending_notices_output *out,
    const struct store_due_obligation *item, const char *report_code)
{
	for (size_t i = 0; i < out->missing_count; i++)
		if (strcmp(out->missing[i].plan_code, item->plan_code) == 0 &&
		    strcmp(out->missing[i].report_code, report_code) == 0 &&
		    strcmp(out->missing[i].period, item->period) == 0)
			return true;
	return false;
}

static void load_missing(
    struct pending_look *look, const struct store_due_obligation *item, const char *report_code)
{
	struct job *job = look->job;
	struct store_pending_notices_output *out = look->out;
	if (missing_is_loaded(out, item, report_code))
		return;
	sqlite3_stmt *query = sql_select(job->db,
	    "SELECT unit.name FROM obligation JOIN unit ON unit.id = obligation.unit_id"
	    " WHERE plan_id = (SELECT plan_id FROM obligation WHERE id = ?)"
	    " AND obligation.kind = 'report' AND report_code = ? AND period = ?"
	    " AND obligation.state = 'open' AND retired_at IS NULL ORDER BY unit.code",
	    VALUES(as_integer(item->id), as_text(report_code), as_text(item->period)));
	while (sql_next(job->db, query)) {
		out->missing = arena_array_grow(
		    job->arena, out->missing, out->missing_count, sizeof *out->missing);
		out->missing[out->missing_count++] = (struct store_missing){
		    .plan_code = item->plan_code,
		    .report_code = arena_copy(job->arena, report_code),
		    .period = item->period,
		    .unit_name = column_copy(query, 0, job->arena),
		};
	}
}

/* Those whose moments came first, read off the index of moments only as far as needed. */
static int64_t *list_people(struct pending_look *look, size_t *count)
{
	struct job *job = look->job;
	size_t limit = look->in->limit > 0 ? (size_t)look->in->limit : 0;
	int64_t *people = arena_alloc(job->arena, (limit + 1) * sizeof *people);
	sqlite3_stmt *query = sql_select(job->db,
	    "SELECT notice.person_id FROM notice INDEXED BY notice_due CROSS JOIN obligation"
	    " ON obligation.id = notice.obligation_id CROSS JOIN plan"
	    " ON plan.id = obligation.plan_id WHERE due <= ? AND plan.state = 'running'"
	    " ORDER BY due, notice.id",
	    VALUES(as_moment(job->now)));
	*count = 0;
	while (sql_next(job->db, query)) {
		int64_t person = column_integer(query, 0);
		size_t at = 0;
		while (at < *count && people[at] != person)
			at++;
		if (at < *count)
			continue;
		if (*count == limit) {
			sql_close(query);
			break;
		}
		people[(*count)++] = person;
	}
	return people;
}

enum result operation_pending_notices(struct job *job, const void *input, void *output)
{
	struct pending_look look = {.job = job, .in = input, .out = output};
	size_t count;
	job->now = look.in->now;
	const int64_t *people = list_people(&look, &count);
	for (size_t i = 0; i < count; i++)
		load_person_notices(&look, people[i]);
	for (size_t i = 0; i < look.out->obligation_count && look.in->compiles != NULL; i++) {
		const struct store_due_obligation *item = &look.out->obligations[i];
		size_t codes;
		const char *const *code = look.in->compiles(item, &codes, look.in->arg);
		for (size_t c = 0; c < codes; c++)
			load_missing(&look, item, code[c]);
	}
	return RESULT_OK;
}

/* ── binding ─────────────────────────────────────────────────────────────────────────────────── */

static size_t count_pending(struct job *job, const struct store_bound_message *bound)
{
	size_t count = 0;
	for (size_t i = 0; i < bound->notice_count; i++)
		count +=
		    sql_integer(job->db, 0, "SELECT 1 FROM notice WHERE id = ? AND due IS NOT NULL",
			VALUES(as_integer(bound->notices[i].id))) != 0;
	return count;
}

static int64_t owner_of_notice(struct job *job, int64_t notice_id)
{
	return sql_integer(
	    job->db, 0, "SELECT owner_id FROM notice WHERE id = ?", VALUES(as_integer(notice_id)));
}

static void bind_notice(
    struct job *job, int64_t message_id, const struct store_bound_notice *notice)
{
	sql_run(job->db,
	    "INSERT INTO message_notice (owner_id, message_id, notice_id, rung)"
	    " SELECT owner_id, ?1, id, (SELECT count(*) FROM message_notice AS link"
	    "  WHERE link.notice_id = notice.id) FROM notice WHERE id = ?2",
	    VALUES(as_integer(message_id), as_integer(notice->id)));
	sql_run(job->db,
	    "UPDATE notice SET due = NULL, reason = coalesce(?2, reason), way = ?3 WHERE id = ?1",
	    VALUES(as_integer(notice->id), as_text(notice->reason), as_integer(notice->way)));
}

static enum result bind_message(
    struct job *job, const struct store_bound_message *bound, struct store_bind_notices_output *out)
{
	int64_t id;
	if (bound->notice_count == 0 || count_pending(job, bound) < bound->notice_count)
		return RESULT_OK;
	enum result result = message_enqueue(job, &bound->message,
	    owner_of_notice(job, bound->notices[0].id), bound->last_call, NULL, &id);
	if (result != RESULT_OK)
		return result;
	if (id == 0)
		return failure_set(job->failure, RESULT_INTERNAL,
		    "The message %s exists, though its notices are still pending. This is a "
		    "defect of the program: please report it.",
		    bound->message.key);
	for (size_t i = 0; i < bound->notice_count; i++)
		bind_notice(job, id, &bound->notices[i]);
	out->queued++;
	return RESULT_OK;
}

static enum result put_off(
    struct job *job, const struct store_put_off_notice *item, struct store_bind_notices_output *out)
{
	bool ends = item->until.ms == WALL_NEVER.ms;
	int changed = sql_run(job->db,
	    "UPDATE notice SET due = ?2, withheld = ?3, ended = ?4 WHERE id = ?1"
	    " AND due IS NOT NULL",
	    VALUES(as_integer(item->notice_id), as_moment(item->until),
		as_text(ends ? item->reason : NULL), as_moment(ends ? job->now : WALL_NEVER)));
	if (changed == 0)
		return RESULT_OK;
	out->ended += ends;
	int64_t task_id;
	bool is_new;
	return item->task != NULL ? task_open(job, owner_of_notice(job, item->notice_id),
					item->task, &task_id, &is_new)
				  : RESULT_OK;
}

enum result operation_bind_notices(struct job *job, const void *input, void *output)
{
	const struct store_bind_notices_input *in = input;
	struct store_bind_notices_output *out = output;
	enum result result = RESULT_OK;
	job->now = in->now;
	for (size_t i = 0; i < in->message_count && result == RESULT_OK; i++)
		result = bind_message(job, &in->messages[i], out);
	for (size_t i = 0; i < in->put_off_count && result == RESULT_OK; i++)
		result = put_off(job, &in->put_off[i], out);
	return result;
}
