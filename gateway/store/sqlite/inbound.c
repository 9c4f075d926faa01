/*
 * Owns: texts that come in: each part stored once, parts joined, the context of a text.
 * May use: base/, store/.
 * Must not know: what a text means.
 */
#include "store/sqlite/internal.h"

#include "base/buffer.h"
#include "base/hash.h"

#include <stdlib.h>
#include <string.h>

#define TEXT_MAX ((size_t)64 * 1024) /* what a frame can carry */
#define QUESTION_MS (48 * HOUR_MS)

/* ── storing ─────────────────────────────────────────────────────────────────────────────────── */

static int64_t hash_of_text(const char *text)
{
	return (int64_t)(hash_text(text) & INT64_MAX);
}

struct header {
	int reference, parts, part;
};

/* A header that cannot be is no header: the text is kept as a single one. */
static struct header header_of(const struct store_add_inbound_input *in)
{
	bool sound = in->concat_reference >= 0 && in->parts > 1 && in->parts <= 255 &&
		     in->part >= 1 && in->part <= in->parts;
	return sound ? (struct header){in->concat_reference, in->parts, in->part}
		     : (struct header){-1, 1, 1};
}

static int64_t insert_part(struct job *job, const struct store_add_inbound_input *in,
    const char *source, const struct header *header, int64_t owner_id)
{
	int64_t id = job_new_id(job);
	const char *kind = in->address_kind != NULL ? in->address_kind : ADDRESS_KIND_PHONE;
	int inserted = sql_run(job->db,
	    "INSERT INTO inbound_part (id, owner_id, source, channel, sim, sender, sender_kind,"
	    " network_time, concat_reference, parts, part, encoding, text, text_hash, received_at,"
	    " address_kind, external_id)"
	    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
	    VALUES(as_integer(id), as_integer(owner_id), as_text(source), as_text(in->channel),
		as_text(in->sim != NULL ? in->sim : ""), as_text(in->sender),
		as_text(in->sender_kind), as_integer(in->network_time.ms),
		as_integer(header->reference), as_integer(header->parts), as_integer(header->part),
		as_integer(in->encoding), as_text(in->text), as_integer(hash_of_text(in->text)),
		as_moment(job->now), as_text(kind), as_text(in->external_id)));
	return inserted > 0 ? id : 0;
}

/* The parts of the same text as this one, that belong to no joined text yet. */
#define SAME_TEXT                                                                                  \
	" FROM inbound_part AS other, inbound_part AS this WHERE this.id = ?1"                     \
	" AND other.source = this.source AND other.sender = this.sender"                           \
	" AND other.concat_reference = this.concat_reference AND other.parts = this.parts"         \
	" AND other.inbound_id IS NULL AND (other.id = this.id OR this.parts > 1)"                 \
	" AND other.received_at BETWEEN this.received_at - ?2 AND this.received_at + ?2"

static int64_t insert_inbound(struct job *job, int64_t part_id, const char *text)
{
	int64_t id = job_new_id(job);
	sql_run(job->db,
	    "INSERT INTO inbound (id, owner_id, channel, sim, sender, sender_kind, network_time,"
	    " received_at, encoding, text, address_kind) SELECT ?, owner_id, channel, sim, sender,"
	    " sender_kind, network_time, ?, encoding, ?, address_kind FROM inbound_part WHERE id = "
	    "?",
	    VALUES(as_integer(id), as_moment(job->now), as_text(text), as_integer(part_id)));
	sql_run(job->db,
	    "UPDATE inbound_part SET inbound_id = ?3 WHERE id IN (SELECT other.id" SAME_TEXT ")",
	    VALUES(as_integer(part_id), as_integer(INBOUND_JOIN_MS), as_integer(id)));
	return id;
}

/* Joins what there is; 0 when parts are missing and `anyway` is false. A gap is shown as "…". */
static int64_t join(struct job *job, int64_t part_id, int parts, bool anyway)
{
	OWNED_BUFFER text = BUFFER(255 * TEXT_MAX);
	int next = 1;
	sqlite3_stmt *query = sql_select(job->db,
	    "SELECT other.part, other.text" SAME_TEXT " ORDER BY other.part, other.id",
	    VALUES(as_integer(part_id), as_integer(INBOUND_JOIN_MS)));
	while (sql_next(job->db, query)) {
		int part = (int)column_integer(query, 0);
		if (part < next)
			continue; /* the network delivered it twice */
		if (part > next)
			buffer_add_text(&text, "…");
		if (part > next && !anyway)
			break;
		buffer_add_text(&text, column_text(query, 1));
		next = part + 1;
	}
	sql_close(query);
	if (next <= parts && !anyway)
		return 0;
	if (next <= parts)
		buffer_add_text(&text, "…");
	return insert_inbound(job, part_id, buffer_text(&text));
}

enum result operation_add_inbound(struct job *job, const void *input, void *output)
{
	const struct store_add_inbound_input *in = input;
	struct store_add_inbound_output *out = output;
	job->now = in->now;
	if (strlen(in->text) > TEXT_MAX)
		return failure_set(job->failure, RESULT_LIMIT,
		    "A text of %zu bytes came in; %zu can be kept.", strlen(in->text), TEXT_MAX);
	if (strlen(in->sender) > ADDRESS_BYTES_MAX)
		return failure_set(job->failure, RESULT_LIMIT,
		    "A text came in from an address of %zu bytes; %d can be kept.",
		    strlen(in->sender), ADDRESS_BYTES_MAX);
	const char *source = in->sim != NULL && in->sim[0] != '\0' ? in->sim : in->channel;
	struct header header = header_of(in);
	int64_t owner_id = owner_of_address(job->db, in->sender);
	int64_t part_id = insert_part(job, in, source, &header, owner_id);
	if (part_id == 0)
		return RESULT_OK;
	out->is_new = true;
	out->inbound_id = join(job, part_id, header.parts, false);
	if (strcmp(in->sender_kind, "phone") == 0)
		number_shows_life(job, owner_id, in->sender);
	if (in->address_kind != NULL && strcmp(in->address_kind, ADDRESS_KIND_PHONE) != 0)
		address_shows_life(job, in->address_kind, in->sender);
	return RESULT_OK;
}

int inbound_join_incomplete(struct job *job)
{
	for (int joined = 0;; joined++) {
		sqlite3_stmt *query = sql_select(job->db,
		    "SELECT id, parts FROM inbound_part WHERE inbound_id IS NULL"
		    " AND received_at <= ? ORDER BY received_at LIMIT 1",
		    VALUES(as_moment(wall_add(job->now, -INBOUND_JOIN_MS))));
		if (!sql_next(job->db, query))
			return joined;
		int64_t part_id = column_integer(query, 0);
		int parts = (int)column_integer(query, 1);
		sql_close(query);
		join(job, part_id, parts, true);
	}
}

/* ── context ─────────────────────────────────────────────────────────────────────────────────── */

static bool load_text(struct job *job, const struct store_inbound_context_input *in,
    struct store_inbound_context_output *out)
{
	static const char one[] =
	    "SELECT id, channel, sender, sender_kind, text, network_time, received_at,"
	    " address_kind FROM inbound"
	    " WHERE (settled_at IS NULL OR ?2) AND id = ?1";
	static const char oldest[] =
	    "SELECT id, channel, sender, sender_kind, text, network_time, received_at,"
	    " address_kind FROM inbound"
	    " WHERE settled_at IS NULL AND ?1 = 0 ORDER BY id LIMIT 1";
	sqlite3_stmt *query =
	    in->inbound_id != 0
		? sql_select(
		      job->db, one, VALUES(as_integer(in->inbound_id), as_integer(in->settled_too)))
		: sql_select(job->db, oldest, VALUES(as_integer(0)));
	if (!sql_next(job->db, query))
		return false;
	out->inbound_id = column_integer(query, 0);
	out->channel = column_copy(query, 1, job->arena);
	out->sender = column_copy(query, 2, job->arena);
	out->sender_kind = column_copy(query, 3, job->arena);
	out->text = column_copy(query, 4, job->arena);
	out->network_time = column_moment(query, 5);
	out->received_at = column_moment(query, 6);
	out->address_kind = column_copy(query, 7, job->arena);
	sql_close(query);
	return true;
}

#define SENDERS PEOPLE_AT("?4", "?1")

/* "+": by the unit's own reports, not by all units' of the plan. */
static void load_obligations(struct job *job, struct store_inbound_context_output *out)
{
	sqlite3_stmt *query = sql_select(job->db,
	    "SELECT " KNOWN_COLUMNS ","
	    " obligation.claimed_by = ?1 OR claimed_by_id IN " SENDERS ","
	    " EXISTS (SELECT 1 FROM notice"
	    "  JOIN message_notice ON message_notice.notice_id = notice.id"
	    "  JOIN message ON message.id = message_notice.message_id"
	    "  WHERE notice.obligation_id = obligation.id AND (message.address = ?1"
	    "   OR message.person_id IN " SENDERS ") AND message.left_at > ?2),"
	    " promised_by = ?1 OR promised_by_id IN " SENDERS ","
	    " request.asked_by = ?1 OR request.asked_by_id IN " SENDERS ","
	    " attendance_by = ?1 OR attendance_by_id IN " SENDERS ","
	    " (SELECT inbound_id FROM ledger WHERE ledger.obligation_id = obligation.id"
	    "  AND action = 'claim' ORDER BY ledger.id DESC LIMIT 1)" KNOWN_TABLES
	    " WHERE unit.id IN (SELECT post.unit_id FROM post"
	    "  JOIN person ON person.id = post.person_id WHERE person.id IN " SENDERS
	    "  AND person.valid_until IS NULL AND post.valid_until IS NULL)"
	    " AND plan.state <> 'closed' AND retired_at IS NULL AND (obligation.state = 'open'"
	    "  OR (obligation.state = 'claimed' AND obligation.claimed_at > ?3)"
	    "  OR (obligation.state IN ('claimed', 'received') AND NOT EXISTS (SELECT 1"
	    "   FROM obligation AS later WHERE later.unit_id = obligation.unit_id"
	    "   AND later.report_code = obligation.report_code AND +later.plan_id = plan.id"
	    "   AND later.kind = obligation.kind AND later.deadline > obligation.deadline"
	    "   AND later.state IN ('claimed', 'received') AND later.retired_at IS NULL)))"
	    " ORDER BY coalesce(deadline, named * 86400000), obligation.id",
	    VALUES(as_text(out->sender), as_moment(wall_add(job->now, -14 * DAY_MS)),
		as_moment(wall_add(job->now, -60 * DAY_MS)), as_text(out->address_kind)));
	while (sql_next(job->db, query)) {
		out->obligations = arena_array_grow(
		    job->arena, out->obligations, out->obligation_count, sizeof *out->obligations);
		struct store_known_obligation *item = &out->obligations[out->obligation_count++];
		*item = known_of_row(query, job->arena);
		item->claimed_by_sender = column_integer(query, KNOWN_COUNT) != 0;
		item->reminded = column_integer(query, KNOWN_COUNT + 1) != 0;
		item->promised_by_sender = column_integer(query, KNOWN_COUNT + 2) != 0;
		item->requested_by_sender = column_integer(query, KNOWN_COUNT + 3) != 0;
		item->attendance_by_sender = column_integer(query, KNOWN_COUNT + 4) != 0;
		item->claimed_inbound_id = column_integer(query, KNOWN_COUNT + 5);
	}
	known_add_bodies(job->db, job->arena, out->obligations, out->obligation_count);
}

static void load_plans(struct job *job, struct store_inbound_context_output *out)
{
	sqlite3_stmt *query = sql_select(job->db,
	    "SELECT body, plan_version.id FROM plan"
	    " JOIN plan_version ON plan_version.id = plan.version_id"
	    " WHERE plan.state = 'running' ORDER BY plan.code",
	    NO_VALUES);
	while (sql_next(job->db, query)) {
		out->plan_bodies = arena_array_grow(
		    job->arena, out->plan_bodies, out->plan_count, sizeof *out->plan_bodies);
		out->plan_version_ids = arena_array_grow(job->arena, out->plan_version_ids,
		    out->plan_count, sizeof *out->plan_version_ids);
		out->plan_version_ids[out->plan_count] = column_integer(query, 1);
		out->plan_bodies[out->plan_count++] = column_copy(query, 0, job->arena);
	}
}

/* Choices are stored as "12,34". */
static void load_question(struct job *job, struct store_inbound_context_output *out)
{
	sqlite3_stmt *query = sql_select(job->db,
	    "SELECT id, choices, intent, document_number, day, figures, nothing_to_report, asked_at"
	    " FROM question WHERE address = ?"
	    " AND channel = ? AND closed_at IS NULL AND asked_at > ?"
	    " AND (until IS NULL OR until > ?)",
	    VALUES(as_text(out->sender), as_text(out->channel),
		as_moment(wall_add(job->now, -QUESTION_MS)), as_moment(job->now)));
	if (!sql_next(job->db, query))
		return;
	out->question.id = column_integer(query, 0);
	out->question.intent = (int)column_integer(query, 2);
	out->question.document_number = column_copy(query, 3, job->arena);
	out->question.day = (struct day){(int32_t)column_integer(query, 4)};
	out->question.figures = column_copy(query, 5, job->arena);
	out->question.nothing_to_report = column_integer(query, 6) != 0;
	out->question.asked_at = column_moment(query, 7);
	for (const char *next = column_text(query, 1); *next != '\0';) {
		char *end;
		int64_t choice = strtoll(next, &end, 10);
		out->question.choices = arena_array_grow(job->arena, out->question.choices,
		    (size_t)out->question.count, sizeof *out->question.choices);
		out->question.choices[out->question.count++] = choice;
		next = *end == ',' ? end + 1 : "";
	}
	sql_close(query);
}

/* How many answers were made for the sender since then. */
static int count_answers(struct job *job, const char *sender, struct wall since)
{
	return (int)sql_integer(job->db, 0,
	    "SELECT count(*) FROM inbound JOIN message ON message.inbound_id = inbound.id"
	    " WHERE inbound.sender = ?1 AND inbound.received_at > ?2 AND message.created > ?3"
	    " AND message.purpose = 0",
	    VALUES(as_text(sender), as_moment(wall_add(since, -DAY_MS)), as_moment(since)));
}

/* The answers of the last day to just these words, newest first, as long as they are the same. */
static void load_same_answers(struct job *job, struct store_inbound_context_output *out)
{
	sqlite3_stmt *query = sql_select(job->db,
	    "SELECT (SELECT group_concat(text, '') FROM (SELECT text FROM part"
	    "  WHERE part.message_id = message.id ORDER BY number))"
	    " FROM inbound JOIN message ON message.inbound_id = inbound.id"
	    " WHERE inbound.sender = ?1 AND inbound.received_at > ?2 AND inbound.id <> ?3"
	    " AND inbound.text = ?4 AND message.purpose = 0 ORDER BY message.id DESC LIMIT 10",
	    VALUES(as_text(out->sender), as_moment(wall_add(job->now, -DAY_MS)),
		as_integer(out->inbound_id), as_text(out->text)));
	bool same = true;
	while (sql_next(job->db, query)) {
		const char *answer = column_text(query, 0);
		if (out->same_answer == NULL)
			out->same_answer = arena_copy(job->arena, answer);
		same = same && strcmp(out->same_answer, answer) == 0;
		out->same_answers += same;
	}
	out->same_text_answered_today = out->same_answer != NULL;
}

static void load_answers(struct job *job, struct store_inbound_context_output *out)
{
	out->answers_last_hour = count_answers(job, out->sender, wall_add(job->now, -HOUR_MS));
	out->answers_last_day = count_answers(job, out->sender, wall_add(job->now, -DAY_MS));
	out->answered_before =
	    count_answers(job, out->sender, wall_add(job->now, -30 * DAY_MS)) > 0;
	out->misdirected = number_misdirected(job->db, job->arena, out->sender);
	load_same_answers(job, out);
}

enum result operation_inbound_context(struct job *job, const void *input, void *output)
{
	const struct store_inbound_context_input *in = input;
	struct store_inbound_context_output *out = output;
	job->now = in->now;
	if (!load_text(job, in, out))
		return RESULT_OK;
	contacts_at(
	    job->db, job->arena, out->address_kind, out->sender, &out->people, &out->person_count);
	if (out->person_count > 0) {
		load_obligations(job, out);
		requests_load(job, out);
		named_units_load(job, out);
	}
	load_plans(job, out);
	load_question(job, out);
	registrations_load(job, out);
	load_answers(job, out);
	if (in->read != NULL) {
		struct store_claim_asks asks = {0};
		in->read(out, job->arena, &asks, in->read_arg);
		if (asks.link_code != NULL)
			out->link = link_look_up(job, out, asks.link_code);
		out->facts = asks.count > 0 ? claim_facts_load(job, out, &asks) : NULL;
	}
	return RESULT_OK;
}
