/*
 * Owns: receipts: storing each once, finding the part it speaks of, what it settles.
 * May use: base/, text/phone.h, store/.
 * Must not know: wire formats.
 *
 * A part that has the provider's id of the message or the network's reference is found by it; one
 * whose answer was lost has none and is found by number and submit time. A receipt may come before
 * its part's outcome is recorded: it is kept, and looked for when the outcome comes.
 */
#include "store/sqlite/internal.h"

#include "text/phone.h"

#include <stdio.h>

#define REFERENCE_MS (7 * DAY_MS)
#define SUBMIT_MS (5 * MINUTE_MS)
/* Submit times have whole seconds. */
#define SUBMIT_BEFORE_MS (SUBMIT_MS + SECOND_MS)

struct found {
	int64_t message_id;
	int part;
};

static const char *normalised(struct job *job, const char *recipient)
{
	struct phone phone;
	if (recipient != NULL && phone_parse(recipient, &phone, NULL) == RESULT_OK)
		return arena_copy(job->arena, phone.e164);
	return recipient != NULL ? recipient : "";
}

static bool first_of(struct database *db, sqlite3_stmt *query, struct found *out)
{
	if (!sql_next(db, query))
		return false;
	*out = (struct found){column_integer(query, 0), (int)column_integer(query, 1)};
	sql_close(query);
	return true;
}

/* Of several parts with that reference the one submitted nearest to what the receipt says. */
static bool find_by_reference(struct job *job, const struct store_record_receipt_input *in,
    const char *recipient, struct found *out)
{
	if (in->reference < 0)
		return false;
	return first_of(job->db,
	    sql_select(job->db,
		"SELECT part.message_id, part.number FROM part"
		" JOIN message ON message.id = part.message_id"
		" WHERE part.state IN ('sent', 'unknown') AND part.reference = ?1"
		" AND part.submitted_at BETWEEN ?2 AND ?3 AND message.address = ?4"
		" AND (part.channel = ?5 OR (?6 <> '' AND part.sim = ?6))"
		" ORDER BY CASE WHEN ?7 > 0 THEN abs(part.submitted_at - ?7) ELSE 0 END,"
		" part.submitted_at DESC LIMIT 1",
		VALUES(as_integer(in->reference), as_moment(wall_add(job->now, -REFERENCE_MS)),
		    as_moment(job->now), as_text(recipient), as_text(in->channel),
		    as_text(in->sim != NULL ? in->sim : ""),
		    as_integer(in->submit_time.ms == INT64_MAX ? 0 : in->submit_time.ms))),
	    out);
}

/* Ids of some providers are unique in one conversation only: the recipient tells, when known. */
static bool find_by_external_id(struct job *job, const struct store_record_receipt_input *in,
    const char *recipient, struct found *out)
{
	const char *said = in->recipient != NULL ? in->recipient : "";
	return first_of(job->db,
	    sql_select(job->db,
		"SELECT part.message_id, part.number FROM part"
		" JOIN message ON message.id = part.message_id"
		" WHERE part.external_id = ?1 AND part.channel = ?2"
		" ORDER BY message.address IN (?3, ?4) DESC, part.started_at DESC LIMIT 1",
		VALUES(as_text(in->external_id), as_text(in->channel), as_text(recipient),
		    as_text(said))),
	    out);
}

/* One whose answer was lost, be it still unknown or about to be sent once more. It left between the
 * start of its attempt and the moment at which its fate became unknown: with a long text, minutes
 * lie between the two. */
static bool find_unknown(struct job *job, const struct store_record_receipt_input *in,
    const char *recipient, struct found *out)
{
	return first_of(job->db,
	    sql_select(job->db,
		"SELECT part.message_id, part.number FROM message"
		" JOIN part ON part.message_id = message.id"
		" WHERE message.address = ?1 AND message.state IN ('queued', 'sending', 'unknown')"
		" AND part.state IN ('unknown', 'queued') AND part.unknown_since IS NOT NULL"
		" AND part.reference IS NULL AND part.started_at <= ?3"
		" AND part.unknown_since >= ?2"
		" AND (part.channel = ?4 OR (?5 <> '' AND part.sim = ?5))"
		" ORDER BY abs(part.started_at - ?6), part.message_id, part.number LIMIT 1",
		VALUES(as_text(recipient), as_moment(wall_add(in->submit_time, -SUBMIT_BEFORE_MS)),
		    as_moment(wall_add(in->submit_time, SUBMIT_MS)), as_text(in->channel),
		    as_text(in->sim != NULL ? in->sim : ""), as_moment(in->submit_time))),
	    out);
}

/* ── what it settles ─────────────────────────────────────────────────────────────────────────── */

/* Receipts of the provider's may come twice and in any order: "sent" after "read", a failure after
 * a delivery. What has been delivered stays so. A part that has neither been sent nor is in doubt
 * is not settled by them: the message has gone another way meanwhile. */
static bool is_behind(struct job *job, int64_t message_id, int part, bool delivered)
{
	return sql_integer(job->db, 0,
		   "SELECT external_id IS NOT NULL AND (state = 'delivered' AND NOT ?3"
		   " OR state IN ('sending', 'failed')"
		   " OR state = 'queued' AND unknown_since IS NULL) FROM part WHERE message_id = "
		   "?1 AND number = ?2",
		   VALUES(as_integer(message_id), as_integer(part), as_integer(delivered))) != 0;
}

static enum result apply(struct job *job, struct stored_message *message, int part,
    const struct store_record_receipt_input *in, bool *settled_unknown)
{
	bool delivered = in->status >= 0 && in->status < 0x20;
	bool trying = in->status >= 0x20 && in->status < 0x40;
	const char *state = delivered ? "delivered" : trying ? "sent" : "failed";
	if (is_behind(job, message->id, part, delivered)) {
		*settled_unknown = false;
		return RESULT_OK;
	}
	char reason[32];
	snprintf(reason, sizeof reason, "receipt-%d", in->status);
	bool was_unknown =
	    sql_integer(job->db, 0,
		"SELECT unknown_since IS NOT NULL FROM part WHERE message_id = ? AND number = ?",
		VALUES(as_integer(message->id), as_integer(part))) != 0;
	sql_run(job->db,
	    "UPDATE part SET state = ?3, reference = coalesce(reference, ?4),"
	    " submitted_at = coalesce(submitted_at, started_at), unknown_since = NULL,"
	    " delivered_at = ?5" SAME_PART,
	    VALUES(as_integer(message->id), as_integer(part), as_text(state),
		in->reference >= 0 ? as_integer(in->reference) : as_id(0),
		as_moment(delivered ? in->discharge_time : WALL_NEVER)));
	message_log(job, &(struct log_line){.message = message,
			     .attempt_id = message->attempt_id,
			     .part = part,
			     .what = delivered ? "receipt-delivered"
				     : trying  ? "receipt-trying"
					       : "receipt-failed",
			     .channel = in->channel,
			     .sim = in->sim,
			     .code = in->status,
			     .external_id = in->external_id,
			     .reference = in->reference});
	*settled_unknown = was_unknown;
	if (message->fell_back)
		return RESULT_OK; /* it has gone another way: this is kept and changes nothing */
	return message_follow_parts(job, message, state[0] == 'f' ? reason : NULL, job->now);
}

/* The id of the stored receipt; 0 when it was stored before. */
static int64_t store_receipt(
    struct job *job, const struct store_record_receipt_input *in, const char *recipient)
{
	int64_t id = job_new_id(job);
	int inserted = sql_run(job->db,
	    "INSERT INTO receipt (id, owner_id, channel, sim, reference, recipient, status,"
	    " submit_time, discharge_time, at, external_id)"
	    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
	    " ON CONFLICT DO NOTHING",
	    VALUES(as_integer(id), as_integer(owner_of_address(job->db, recipient)),
		as_text(in->channel), as_text(in->sim != NULL ? in->sim : ""),
		as_integer(in->reference), as_text(recipient), as_integer(in->status),
		as_integer(in->submit_time.ms), as_integer(in->discharge_time.ms),
		as_moment(job->now), as_text(in->external_id)));
	return inserted > 0 ? id : 0;
}

static void link_receipt(struct job *job, int64_t receipt_id, const struct found *found)
{
	sql_run(job->db, "UPDATE receipt SET message_id = ?, part = ? WHERE id = ?",
	    VALUES(as_integer(found->message_id), as_integer(found->part), as_integer(receipt_id)));
}

/* Read twice: says what the first time came to, changes nothing. */
static void recall(struct job *job, const struct store_record_receipt_input *in,
    const char *recipient, struct store_record_receipt_output *out)
{
	struct found found;
	struct stored_message message;
	if (!first_of(job->db,
		sql_select(job->db,
		    "SELECT message_id, part FROM receipt WHERE channel = ? AND reference = ?"
		    " AND recipient = ? AND status = ? AND external_id IS ?"
		    " AND (external_id IS NOT NULL OR submit_time = ? AND discharge_time = ?)"
		    " AND message_id IS NOT NULL",
		    VALUES(as_text(in->channel), as_integer(in->reference), as_text(recipient),
			as_integer(in->status), as_text(in->external_id),
			as_integer(in->submit_time.ms), as_integer(in->discharge_time.ms))),
		&found) ||
	    !message_load(job, found.message_id, &message))
		return;
	out->matched = true;
	out->message_id = found.message_id;
	out->part = found.part;
	out->state = message.state;
}

static bool find(struct job *job, const struct store_record_receipt_input *in,
    const char *recipient, struct found *out)
{
	if (in->external_id != NULL)
		return find_by_external_id(job, in, recipient, out);
	return find_by_reference(job, in, recipient, out) || find_unknown(job, in, recipient, out);
}

enum result operation_record_receipt(struct job *job, const void *input, void *output)
{
	const struct store_record_receipt_input *in = input;
	struct store_record_receipt_output *out = output;
	job->now = in->now;
	const char *recipient = normalised(job, in->recipient);
	int64_t receipt_id = store_receipt(job, in, recipient);
	if (receipt_id == 0) {
		recall(job, in, recipient, out);
		return RESULT_OK;
	}
	struct found found;
	struct stored_message message;
	if (!find(job, in, recipient, &found))
		return RESULT_OK;
	if (!message_load(job, found.message_id, &message))
		return RESULT_OK;
	link_receipt(job, receipt_id, &found);
	enum result result = apply(job, &message, found.part, in, &out->settled_unknown);
	out->matched = true;
	out->message_id = message.id;
	out->part = found.part;
	out->state = message.state;
	return result;
}

/* ── a receipt that came first ───────────────────────────────────────────────────────────────── */

/* The oldest kept receipt that fits this part, as a receipt that comes now would. */
static int64_t find_waiting(struct job *job, const struct stored_message *message, int part,
    struct store_record_receipt_input *in)
{
	sqlite3_stmt *query = sql_select(job->db,
	    "SELECT receipt.id, receipt.channel, receipt.sim, receipt.reference, status, "
	    "submit_time,"
	    " discharge_time, NULL FROM receipt JOIN part ON part.message_id = ?1"
	    " AND part.number = ?2 WHERE receipt.recipient = ?3 AND receipt.message_id IS NULL"
	    " AND receipt.external_id IS NULL"
	    " AND part.state IN ('sent', 'unknown')"
	    " AND (part.channel = receipt.channel OR (receipt.sim <> '' AND part.sim = "
	    "receipt.sim))"
	    " AND (part.reference = receipt.reference OR (part.reference IS NULL"
	    "  AND part.state = 'unknown'))"
	    " AND part.started_at <= receipt.submit_time + ?5"
	    " AND coalesce(part.unknown_since, part.submitted_at) >= receipt.submit_time - ?4"
	    " UNION ALL SELECT receipt.id, receipt.channel, receipt.sim, receipt.reference,"
	    " status, submit_time, discharge_time, receipt.external_id FROM part JOIN receipt"
	    " ON receipt.external_id = part.external_id AND receipt.channel = part.channel"
	    " WHERE part.message_id = ?1 AND part.number = ?2 AND receipt.message_id IS NULL"
	    " AND part.state IN ('sent', 'unknown')"
	    " ORDER BY 1 LIMIT 1",
	    VALUES(as_integer(message->id), as_integer(part), as_text(message->address),
		as_integer(SUBMIT_BEFORE_MS), as_integer(SUBMIT_MS)));
	if (!sql_next(job->db, query))
		return 0;
	int64_t id = column_integer(query, 0);
	*in = (struct store_record_receipt_input){
	    .now = job->now,
	    .channel = column_copy(query, 1, job->arena),
	    .sim = column_copy(query, 2, job->arena),
	    .recipient = message->address,
	    .reference = (int)column_integer(query, 3),
	    .status = (int)column_integer(query, 4),
	    .submit_time = column_moment(query, 5),
	    .discharge_time = column_moment(query, 6),
	    .external_id = column_copy(query, 7, job->arena),
	};
	sql_close(query);
	return id;
}

enum result receipt_match_waiting(struct job *job, struct stored_message *message, int part)
{
	struct store_record_receipt_input in;
	bool settled;
	for (;;) { /* "still trying" may be followed by the verdict */
		int64_t receipt_id = find_waiting(job, message, part, &in);
		if (receipt_id == 0)
			return RESULT_OK;
		link_receipt(job, receipt_id, &(struct found){message->id, part});
		enum result result = apply(job, message, part, &in, &settled);
		if (result != RESULT_OK)
			return result;
	}
}
