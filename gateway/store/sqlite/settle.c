/*
 * Owns: everything one inbound text leads to, in one step.
 * May use: base/, store/.
 * Must not know: words, who decided.
 */
#include "store/sqlite/internal.h"

#include "base/buffer.h"

#include <inttypes.h>

struct settled {
	int64_t owner_id;
	const char *sender, *channel;
};

static enum result mark_settled(
    struct job *job, const struct store_settle_inbound_input *in, struct settled *out)
{
	sqlite3_stmt *query = sql_select(job->db,
	    "SELECT owner_id, sender, channel, settled_at FROM inbound WHERE id = ?",
	    VALUES(as_integer(in->inbound_id)));
	if (!sql_next(job->db, query))
		return failure_set(job->failure, RESULT_NOT_FOUND,
		    "There is no inbound text %" PRId64 ".", in->inbound_id);
	*out = (struct settled){
	    .owner_id = column_integer(query, 0),
	    .sender = column_copy(query, 1, job->arena),
	    .channel = column_copy(query, 2, job->arena),
	};
	bool before = column_moment(query, 3).ms != INT64_MAX;
	sql_close(query);
	if (before && in->decided_by == NULL)
		return failure_set(job->failure, RESULT_CONFLICT,
		    "The inbound text %" PRId64 " has been settled already.", in->inbound_id);
	sql_run(job->db,
	    "UPDATE inbound SET intent = ?, confidence = ?, evidence = ?, settled_as = ?,"
	    " settled_at = ? WHERE id = ?",
	    VALUES(as_text(in->intent), as_integer(in->confidence), as_text(in->evidence),
		as_text(in->settled_as), as_moment(job->now), as_integer(in->inbound_id)));
	return RESULT_OK;
}

static void close_question(
    struct job *job, const char *address, const char *channel, const char *closed_as)
{
	sql_run(job->db,
	    "UPDATE question SET closed_at = ?, closed_as = ? WHERE address = ? AND channel = ?"
	    " AND closed_at IS NULL",
	    VALUES(as_moment(job->now), as_text(closed_as), as_text(address), as_text(channel)));
}

/* What was still waiting because of the text has been decided. */
static void close_what_waits(
    struct job *job, const struct store_settle_inbound_input *in, int64_t owner_id)
{
	sql_run(job->db,
	    "UPDATE task SET closed = ?, closed_by = ?, note = ? WHERE inbound_id = ?"
	    " AND closed IS NULL",
	    VALUES(as_moment(job->now), as_text(in->decided_by), as_text(in->intent),
		as_integer(in->inbound_id)));
	sql_run(job->db,
	    "UPDATE question SET closed_at = ?, closed_as = 'decided' WHERE inbound_id = ?"
	    " AND closed_at IS NULL",
	    VALUES(as_moment(job->now), as_integer(in->inbound_id)));
	audit_write(job, owner_id, in->decided_by, "decide-text",
	    arena_printf(job->arena, "%" PRId64, in->inbound_id), in->intent);
}

static void ask(struct job *job, int64_t owner_id, int64_t inbound_id,
    const struct store_new_question *question)
{
	OWNED_BUFFER choices = BUFFER(8192);
	for (int i = 0; i < question->count; i++)
		buffer_printf(&choices, "%s%" PRId64, i > 0 ? "," : "", question->choices[i]);
	close_question(job, question->address, question->channel, "replaced");
	sql_run(job->db,
	    "INSERT INTO question (id, owner_id, inbound_id, person_id, address, channel, choices,"
	    " intent, document_number, day, figures, nothing_to_report, asked_at, until)"
	    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
	    VALUES(as_integer(job_new_id(job)), as_integer(owner_id), as_integer(inbound_id),
		as_id(question->person_id), as_text(question->address), as_text(question->channel),
		as_text(buffer_text(&choices)), as_integer(question->intent),
		as_text(question->document_number), as_day(question->day),
		as_text(question->figures), as_integer(question->nothing_to_report),
		as_moment(job->now), as_bound(question->until)));
}

static enum result say(
    struct job *job, const struct store_settle_inbound_input *in, const struct settled *settled)
{
	int64_t id;
	bool is_new;
	enum result result = RESULT_OK;
	if (in->answer != NULL) {
		struct store_new_message answer = *in->answer;
		answer.inbound_id = in->inbound_id;
		result = message_enqueue(job, &answer, settled->owner_id, false, NULL, &id);
	}
	if (result == RESULT_OK)
		result = tell_others(job, settled->owner_id, in->messages, in->message_count);
	if (result == RESULT_OK && in->task != NULL)
		result = task_open(job, settled->owner_id, in->task, &id, &is_new);
	return result;
}

enum result operation_settle_inbound(struct job *job, const void *input, void *output)
{
	(void)output;
	const struct store_settle_inbound_input *in = input;
	struct settled settled = {0};
	job->now = in->now;
	enum result result = mark_settled(job, in, &settled);
	for (size_t i = 0; i < in->change_count && result == RESULT_OK; i++)
		result = ledger_apply(job, &in->changes[i]);
	for (size_t i = 0; i < in->decided_count && result == RESULT_OK; i++)
		result = registration_decide(job, in->inbound_id, &in->decided[i]);
	if (result == RESULT_OK && in->link != NULL)
		result = link_settle(job, in->inbound_id, in->link);
	if (result == RESULT_OK && in->registration != NULL)
		result = registration_open(job, in->inbound_id, in->registration);
	if (result == RESULT_OK)
		result = say(job, in, &settled);
	if (result != RESULT_OK)
		return result;
	if (in->misdirected != NULL)
		number_suspend(job, settled.owner_id, settled.sender, in->misdirected);
	if (in->decided_by != NULL)
		close_what_waits(job, in, settled.owner_id);
	if (in->close_question)
		close_question(job, settled.sender, settled.channel, "answered");
	if (in->question != NULL)
		ask(job, settled.owner_id, in->inbound_id, in->question);
	if (in->opt < 0) /* who wants texts is who was meant, whatever was said before */
		number_reassign(job, settled.sender, "", settled.sender);
	if (in->opt != 0)
		preference_set(job, settled.owner_id,
		    in->opt_address != NULL ? in->opt_address : settled.sender, "opted-out",
		    in->opt > 0);
	return RESULT_OK;
}
