/*
 * Owns: what the files of the embedded store share: the store, one running operation, the functions
 * on messages, obligations and people that several operations use.
 * May use: base/, store/.
 * Must not know: policy, the clock.
 */
#ifndef STORE_SQLITE_INTERNAL_H
#define STORE_SQLITE_INTERNAL_H

#include "base/buffer.h"
#include "base/identity.h"
#include "store/operations.h"
#include "store/sqlite/sqlite.h"

struct checkpointer;

struct pending {
	struct store_request request;
	enum result result;
	struct failure failure;
};

struct sqlite_store {
	struct store port; /* first */
	struct database db;
	struct identity identity;
	int lock_fd;
	struct checkpointer *checkpointer;
	struct pending *pending;
	size_t pending_count, pending_capacity;
};

/* One operation under way, inside a transaction. */
struct job {
	struct database *db;
	struct identity *identity;
	struct arena *arena;
	struct failure *failure;
	struct wall now;
};

static inline int64_t job_new_id(struct job *job)
{
	return identity_next(job->identity, job->now);
}

/* ── operations: one function each, table in flush.c ─────────────────────────────────────────── */

typedef enum result operation_fn(struct job *job, const void *input, void *output);
operation_fn operation_import_recipients, operation_import_plan, operation_open_obligations,
    operation_pass_units, operation_set_plan_state, operation_set_paused, operation_due_obligations,
    operation_apply_decisions, operation_pending_notices, operation_bind_notices,
    operation_claim_due, operation_record_outcome, operation_record_receipt, operation_sweep,
    operation_recover, operation_add_inbound, operation_inbound_context, operation_ask_papers,
    operation_settle_inbound, operation_change_ledger, operation_enqueue, operation_open_task,
    operation_close_task, operation_set_sim, operation_get_sim, operation_next_moments,
    operation_resume_number, operation_decide_registration, operation_issue_link_code,
    operation_unlink, operation_block_address, operation_reroute, operation_link_address,
    operation_due_program_receipts, operation_program_told;

/* ── messages (message.c) ────────────────────────────────────────────────────────────────────── */

struct stored_message {
	int64_t id, owner_id, attempt_id;
	enum message_state state;
	enum message_purpose purpose;
	bool last_call, fell_back;
	char address[ADDRESS_BYTES_MAX + 1], address_kind[ADDRESS_KIND_BYTES_MAX + 1];
};

/* Of `part`, with message ?1 and number ?2: that part, and with it those that the present attempt
 * sends as one text. */
#define SAME_PART                                                                                  \
	" WHERE message_id = ?1 AND (number = ?2 OR EXISTS (SELECT 1 FROM message AS one"          \
	" WHERE one.id = ?1 AND one.whole = 1 AND one.attempt_id = part.attempt_id))"

/* False when there is no such message. */
bool message_load(struct job *job, int64_t message_id, struct stored_message *out);
/* The one place where a message changes its state: RESULT_INTERNAL when the table of legal moves
 * has no such move. `reason` may be NULL. To `queued`: it is tried again at `next_try`. */
MUST_CHECK enum result message_move(struct job *job, struct stored_message *message,
    enum message_state to, const char *reason, struct wall next_try);
/* Moves the message to the state its parts imply. */
MUST_CHECK enum result message_follow_parts(
    struct job *job, struct stored_message *message, const char *reason, struct wall next_try);
/* Inserts a message and its parts, queued. *id is 0 when one with that key exists. */
MUST_CHECK enum result message_enqueue(struct job *job, const struct store_new_message *message,
    int64_t owner_id, bool last_call, const char *actor, int64_t *id);
/* One line of the append-only log. part -1: of the whole message. */
struct log_line {
	const struct stored_message *message;
	int64_t attempt_id;
	int part;
	const char *what, *channel, *sim, *detail, *external_id;
	int code, reference;
};
void message_log(struct job *job, const struct log_line *line);
/* Counts `parts` more (or fewer) that may have left at `moment`; of texts to phones only, which is
 * what the monthly bound is about. */
void usage_count(
    struct job *job, const struct stored_message *message, struct wall moment, int parts);

/* What was `sending` and will never be reported on becomes unknown (outcome.c). */
MUST_CHECK enum result outcome_orphan(struct job *job, int64_t message_id, const char *reason);

/* ── notices (notices.c) ─────────────────────────────────────────────────────────────────────── */

#define NOTICE_SUBJECT                                                                             \
	" JOIN obligation ON obligation.id = notice.obligation_id"                                 \
	" JOIN plan ON plan.id = obligation.plan_id"
/* Over NOTICE_SUBJECT: there is still something to remind of. */
#define NOTICE_HAS_POINT                                                                           \
	"((obligation.state = 'open'"                                                              \
	"  OR obligation.state = 'claimed' AND obligation.until_received = 1)"                     \
	" AND obligation.retired_at IS NULL AND plan.state <> 'closed'"                            \
	" AND (obligation.promised_day IS NULL OR notice.created > obligation.promised_at)"        \
	" AND notice.deadline_version = obligation.deadline_version)"

/* False when it exists. */
bool notice_add(struct job *job, int64_t owner_id, int64_t obligation_id, int deadline_version,
    const struct store_decided_step *step);
/* Withholds, for `reason`, the notices of an obligation that have lost their point. Queued messages
 * that carry one are cancelled; what else they carry is pending again. */
MUST_CHECK enum result message_cancel_pointless(
    struct job *job, int64_t obligation_id, const char *reason);
/* What a change of the ledger withheld, has a point again and never left is pending again. */
void notices_revive(struct job *job, int64_t obligation_id);
/* What it carries and is still of use goes the next way; returns how many notices. */
int notices_go_on(struct job *job, int64_t message_id);
/* Messages by chat that have not arrived in time (fallback.c). */
MUST_CHECK enum result fallback_sweep(
    struct job *job, const struct store_sweep_input *in, int most, int *fell_back);
/* The earliest moment after `now` at which one falls back; INT64_MAX: none. */
int64_t fallback_next(struct database *db, struct wall now, int64_t fallback_ms);
/* A message has failed or expired: what it carries and is still of use is pending again. */
void notices_follow_message(
    struct job *job, int64_t message_id, enum message_state to, const char *reason);

/* ── receipts (receipt.c) ────────────────────────────────────────────────────────────────────── */

/* Looks whether a receipt came before the outcome of this part was known, and applies it. */
MUST_CHECK enum result receipt_match_waiting(
    struct job *job, struct stored_message *message, int part);

/* ── inbound (inbound.c) ─────────────────────────────────────────────────────────────────────── */

/* Texts whose missing parts have not come for a day are taken as they are; returns how many. */
int inbound_join_incomplete(struct job *job);
#define INBOUND_JOIN_MS DAY_MS
/* What the asks ask for, parallel to them (facts.c). */
struct store_claim_facts *claim_facts_load(struct job *job,
    const struct store_inbound_context_output *context, const struct store_claim_asks *asks);
/* The units that a text from this sender may name. */
void named_units_load(struct job *job, struct store_inbound_context_output *out);

/* ── obligations, ledger ─────────────────────────────────────────────────────────────────────── */

/* Finds a plan by code; RESULT_NOT_FOUND, or RESULT_CONFLICT when two owners have one. */
struct stored_plan {
	int64_t id, owner_id, version_id;
	char state[12];
	struct wall started;
};
MUST_CHECK enum result plan_find(struct job *job, const char *code, struct stored_plan *out);
/* Inserts an obligation with its first deadline; *added is false when it exists. */
MUST_CHECK enum result obligation_open(struct job *job, const struct stored_plan *plan,
    const struct store_new_obligation *obligation, const char *actor, bool *added);
/* The unit's id, or RESULT_INVALID with a sentence. */
MUST_CHECK enum result unit_find(
    struct job *job, int64_t owner_id, const char *code, int64_t *unit_id);
/* Ends reminding of an obligation that a plan or a unit's end has made void. */
/* RESULT_INVALID when the successors of a unit lead back to itself (succession.c). */
MUST_CHECK enum result succession_check(struct job *job, int64_t unit_id, const char *code);
MUST_CHECK enum result obligation_retire(struct job *job, int64_t obligation_id);
/* The paper of a claim has come, or the claim is taken back: nobody need ask for it (papers.c). */
void paper_close_task(struct job *job, int64_t obligation_id, const char *actor);
MUST_CHECK enum result ledger_apply(struct job *job, const struct store_change *change);
/* Queues what others are told of a change; a message without a person is the owner's. */
MUST_CHECK enum result tell_others(
    struct job *job, int64_t owner_id, const struct store_new_message *messages, size_t count);

/* Short numbers that are taken: of requests for more time and of registrations that wait. */
#define TAKEN_NUMBERS                                                                              \
	"(SELECT owner_id, number FROM extension_request WHERE state = 'pending'"                  \
	" UNION ALL SELECT owner_id, number FROM registration WHERE state = 'pending')"
/* And those of the last 14 days, decided or taken back: "DUYET 1" may answer an old text. */
#define SPOKEN_NUMBERS                                                                             \
	"(SELECT owner_id, number FROM extension_request WHERE state = 'pending'"                  \
	" OR asked_at > (SELECT max(asked_at) FROM extension_request) - 1209600000"                \
	" UNION ALL SELECT owner_id, number FROM registration WHERE state = 'pending'"             \
	" OR asked_at > (SELECT max(asked_at) FROM registration) - 1209600000)"
/* Extension requests (requests.c). `decided_as`: "approved" "refused" "withdrawn" "lapsed". */
MUST_CHECK enum result request_open(
    struct job *job, int64_t owner_id, const struct store_change *change, int64_t *request_id);
/* RESULT_CONFLICT when the request of the change does not wait any more. */
MUST_CHECK enum result request_close(
    struct job *job, const struct store_change *change, const char *decided_as);
/* Ends the one that waits for this obligation, if any: its report has come, or has its time. */
void request_close_any(struct job *job, const struct store_change *change, const char *decided_as);
/* Those whose time has passed become tasks; adds to *lapsed. */
MUST_CHECK enum result request_sweep(struct job *job, int most, int *lapsed);
int64_t request_next_lapse(struct database *db); /* INT64_MAX: none */
/* The people who have an address (parameters of the statement, "?1"), retired ones too. */
#define PEOPLE_AT(kind, address)                                                                   \
	"(SELECT id FROM person WHERE phone = " address " AND " kind " = 'phone'"                  \
	" UNION ALL SELECT person_id FROM address AS link WHERE link.address = " address           \
	" AND link.kind = " kind " AND link.state = 'linked')"
/* The owners for whom the sender at ?1 reports or works; `kind` is the parameter of its kind. */
#define OWNERS_OF_SENDER(kind)                                                                     \
	"(SELECT post.owner_id FROM post JOIN person ON person.id = post.person_id"                \
	" WHERE person.id IN " PEOPLE_AT(kind, "?1") " AND person.valid_until IS NULL"             \
						     " AND post.valid_until IS NULL)"

/* For a number that has a post at the owner: its requests; and the first free short number. */
void requests_load(struct job *job, struct store_inbound_context_output *out);
enum obligation_state obligation_state_of_name(const char *name);
MUST_CHECK enum result task_open(struct job *job, int64_t owner_id,
    const struct store_new_task *task, int64_t *task_id, bool *is_new);

/* ── people and what several files read (due.c, people.c): on any connection ────────────────────
 */

/* The owner of what belongs to nobody known: the first there is, else 0. */
int64_t owner_default(struct database *db);
int64_t owner_of_address(struct database *db, const char *address);
int64_t owner_of_person(struct database *db, int64_t person_id);
bool preference_is_set(struct database *db, const char *address, const char *name);
void preference_set(
    struct job *job, int64_t owner_id, const char *address, const char *name, bool set);

/* Numbers (suspension.c). A text from a number ends what the network said of it, not what people
 * said. */
void number_shows_life(struct job *job, int64_t owner_id, const char *address);
/* `why`: "wrong-number" | "transferred". */
void number_suspend(struct job *job, int64_t owner_id, const char *address, const char *why);
/* The office gives a person this number instead of that one ("" none): what was said of either is
 * over. */
void number_reassign(struct job *job, const char *actor, const char *from, const char *to);
/* What people said of it; NULL nothing. */
const char *number_misdirected(struct database *db, struct arena *arena, const char *address);

/* Receipts for programs (program_receipts.c): remembers that one is wanted; and something may have
 * to be told. */
void program_receipt_ask(
    struct job *job, int64_t message_id, int64_t owner_id, const struct store_new_message *message);
void program_receipt_look(struct job *job, int64_t message_id);

/* Linked accounts (addresses.c). */

/* Links it, or links it again. */
void address_link(struct job *job, int64_t person_id, const struct store_address *address);
/* The provider says that who is there wants no texts; opens a task. Nothing when it is not linked.
 */
MUST_CHECK enum result address_block(
    struct job *job, const char *kind, const char *address, const char *detail);
/* A text came from there: a blocked one is linked again. */
void address_shows_life(struct job *job, const char *kind, const char *address);
/* False for an account that is nobody's (any more): blocked, unlinked, never linked. */
bool address_is_linked(struct database *db, const char *kind, const char *address);

/* Link codes (link_codes.c). */

/* What this code comes to when the sender of the text uses it; for the arena. */
struct store_link_facts *link_look_up(
    struct job *job, const struct store_inbound_context_output *context, const char *code);
/* The sender of the text uses the code, or has used one that is not right. RESULT_CONFLICT when it
 * is not live any more. */
MUST_CHECK enum result link_settle(
    struct job *job, int64_t inbound_id, const struct store_link *link);

/* Registrations (registration.c). */
MUST_CHECK enum result registration_open(
    struct job *job, int64_t inbound_id, const struct store_new_registration *registration);
MUST_CHECK enum result registration_decide(
    struct job *job, int64_t inbound_id, const struct store_registration_decision *decision);
void registration_sweep(struct job *job); /* those whose time has passed wait no longer */
/* For a stranger: the units named, what of theirs waits; for others: what waits for them. */
void registrations_load(struct job *job, struct store_inbound_context_output *out);
/* Contacts of a unit, of its parent, then the owner's coordinators; of everybody who has this
 * address; of a group. */
void contacts_of_unit(struct database *db, struct arena *arena, int64_t owner_id, int64_t unit_id,
    struct store_contact **out, size_t *count);
/* Of the unit alone. */
void contacts_in_unit(struct database *db, struct arena *arena, int64_t unit_id,
    struct store_contact **out, size_t *count);
void contacts_at(struct database *db, struct arena *arena, const char *kind, const char *address,
    struct store_contact **out, size_t *count);
void contacts_of_group(struct database *db, struct arena *arena, int64_t owner_id,
    const struct store_group *group, struct store_contact **out, size_t *count);
/* Everybody with a post in the owner units of the posts that who has this address holds. */
void contacts_of_owners(struct database *db, struct arena *arena, const char *kind,
    const char *address, struct store_contact **out, size_t *count);
/* Reads one row of a contact: the columns that CONTACT_COLUMNS names, from `first`. */
#define CONTACT_COLUMNS                                                                            \
	"person.id, person.code, person.name, person.phone, person.language, post.post, "          \
	"unit.code,"                                                                               \
	" EXISTS (SELECT 1 FROM preference WHERE address = person.phone AND name = 'suspended'),"  \
	" EXISTS (SELECT 1 FROM preference WHERE name = 'opted-out' AND (address = person.phone"   \
	"  OR address IN (SELECT link.address FROM address AS link"                                \
	"  WHERE link.person_id = person.id AND link.state = 'linked'))),"                         \
	" coalesce(person.prefers, ''),"                                                           \
	" (SELECT group_concat(kind || char(31) || address || char(31) || channel || char(30), "   \
	"'')"                                                                                      \
	"  FROM (SELECT link.kind, link.address, link.channel FROM address AS link"                \
	"  WHERE link.person_id = person.id AND link.state = 'linked'"                             \
	"  AND NOT EXISTS (SELECT 1 FROM preference WHERE preference.address = link.address"       \
	"   AND name = 'suspended') ORDER BY link.linked_at DESC, link.id DESC))"
#define CONTACT_COUNT 11
struct store_contact contact_of_row(sqlite3_stmt *query, struct arena *arena);
/* What texts are worded from: the obligation and its contacts. False when there is none. */
bool due_load_facts(struct database *db, struct arena *arena, int64_t obligation_id,
    struct store_due_obligation *out);

/* Obligations as replies and commands see them: columns 0 to KNOWN_COUNT - 1 of a row. */
#define KNOWN_COLUMNS                                                                              \
	"obligation.id, obligation.revision, obligation.kind, plan.code, report_code, period,"     \
	" unit.code, unit.name, plan_version_id, named, deadline, obligation.state, claimed_at,"   \
	" document_number, promised_day, promised_at, promises_in_row, attendance, attendance_at," \
	" request.id, request.number, request.asked_day, request.asked_at, obligation.sent_on,"    \
	" obligation.figures, obligation.nothing_to_report, obligation.received_at"
#define KNOWN_COUNT 27
#define KNOWN_TABLES                                                                               \
	" FROM obligation JOIN plan ON plan.id = obligation.plan_id"                               \
	" JOIN unit ON unit.id = obligation.unit_id"                                               \
	" LEFT JOIN extension_request AS request ON request.obligation_id = obligation.id"         \
	" AND request.state = 'pending'"
struct store_known_obligation known_of_row(sqlite3_stmt *query, struct arena *arena);
/* Adds the plans' texts; those on the same version share one copy. */
void known_add_bodies(
    struct database *db, struct arena *arena, struct store_known_obligation *items, size_t count);
const char *plan_body_load(struct database *db, struct arena *arena, int64_t version_id);

/* One line of the audit: who did what to what. */
void audit_write(struct job *job, int64_t owner_id, const char *actor, const char *action,
    const char *subject, const char *detail);

/* An array of differences that grows in the arena. */
struct difference_list {
	struct store_differences *out;
	struct arena *arena;
	size_t capacity;
	int changes; /* without the '?' lines */
};
/* `what` is a literal of the list at struct store_difference. */
void difference_add(struct difference_list *list, char sign, const char *what, const char *format,
    ...) __attribute__((format(printf, 4, 5)));

/* What an import leads to beyond what it says itself: units that have ended pass on what they owe,
 * queued messages are cancelled. Begin before the first change, add after the last
 * (consequences.c). */
void consequences_begin(struct job *job);
MUST_CHECK enum result consequences_add(
    struct job *job, const char *actor, int zone_minutes, struct difference_list *list);

/* Grows an array of the arena by one item; the old copy is left to the arena. */
void *arena_array_grow(struct arena *arena, void *items, size_t count, size_t item_size);

/* ── the checkpointer (checkpoint.c) ─────────────────────────────────────────────────────────── */

struct checkpointer *checkpointer_start(const char *path, struct failure *failure);
/* The log has `pages` pages after a commit. Writer's thread. */
void checkpointer_note_commit(struct checkpointer *checkpointer, int pages);
void checkpointer_tend(struct checkpointer *checkpointer);
void checkpointer_stop(struct checkpointer *checkpointer); /* waits; NULL is fine */

/* ── opening (open.c), reading (reader*.c) ───────────────────────────────────────────────────── */

/* RESULT_INVALID when it is another program's or newer than this one. */
MUST_CHECK enum result database_check_ours(
    struct database *db, int *version, struct failure *failure);

struct reader {
	struct database db;
	bool is_borrowed; /* the connection is a store's, which closes it */
};

/* What a listing ends with: the sentence of the sticky error, which is then forgotten. */
enum result reader_result(struct reader *reader, struct failure *failure);

bool store_flush_sqlite(struct store *store);
void store_submit_sqlite(struct store *store, const struct store_request *request);

/* open.c: checks, sets (`pragmas`) and migrates an open database; ids go on after the largest. */
MUST_CHECK enum result store_prepare_sqlite(struct sqlite_store *store, const char *pragmas,
    unsigned node, struct wall now, struct failure *failure);
void store_start_ids(struct sqlite_store *store, unsigned node);

/* scratch.c: true for what happened and what follows from it; every other table is what people
 * entered. */
bool scratch_is_history(const char *table);

/* reader.c: "file:PATH?QUERY", with what would end the path escaped. */
void database_uri(struct buffer *uri, const char *path, const char *query);

#endif
