/*
 * Owns: reading the store for people: lists, the board, exports; a read-only connection.
 * May use: base/, store/operations.h.
 * Must not know: how anything is shown.
 *
 * Works beside a running daemon and sees a consistent state. Row callbacks borrow their texts until
 * they return; a callback that returns false ends the listing.
 */
#ifndef STORE_READER_H
#define STORE_READER_H

#include "store/operations.h"

struct reader;

/* RESULT_NOT_FOUND when there is no database yet (the sentence says how one comes to be). */
MUST_CHECK enum result reader_open_sqlite(
    const char *path, struct reader **out, struct failure *failure);
void reader_close(struct reader *reader);
/* Runs several reads on one snapshot. */
void reader_begin(struct reader *reader);
void reader_end(struct reader *reader);

struct board_row {
	int64_t obligation_id;
	const char *plan_code, *report_code, *period, *unit_code, *unit_name, *unit_kind;
	struct day named;
	struct wall deadline;
	enum obligation_state state;
	struct wall claimed_at;      /* the first claim that stands; WALL_NEVER */
	const char *claimed_by;      /* person's name or user, or NULL */
	const char *document_number; /* or NULL */
	struct wall received_at;
	struct wall closing; /* after it a report counts no more; WALL_NEVER: none */
	/* As the claim says. */
	struct day sent_on;     /* zeroed: not said */
	const char *figures;    /* "lop=3 nguoi=120", or NULL */
	bool nothing_to_report; /* no cases */
};
/* Obligations of kind "report", ordered by report's deadline, then unit kind and code. NULL: all.
 */
enum result reader_board(struct reader *reader, const char *plan_code, const char *report_code,
    bool (*row)(const struct board_row *row, void *arg), void *arg, struct failure *failure);

struct message_row {
	int64_t id;
	const char *key, *purpose, *state, *reason, *address, *person_name, *channel, *text;
	int parts, cost, attempts;
	struct wall created, sent_at, delivered_at, next_try;
};
struct message_filter {
	const char *address, *state; /* NULL: any */
	struct wall since;           /* 0: any */
	int limit;                   /* newest first; 0: all, oldest first */
};
enum result reader_messages(struct reader *reader, const struct message_filter *filter,
    bool (*row)(const struct message_row *row, void *arg), void *arg, struct failure *failure);

struct part_row { /* for the one-to-one comparison with a network's log */
	int64_t message_id;
	int part;
	const char *address, *state, *channel, *text;
	int reference, submissions; /* submissions: attempts of this part that may have left */
	struct wall submitted_at;
};
enum result reader_parts(struct reader *reader, bool (*row)(const struct part_row *row, void *arg),
    void *arg, struct failure *failure);

struct inbound_row {
	int64_t id;
	const char *sender, *person_name, *text, *intent, *settled_as, *evidence;
	int confidence;
	struct wall network_time, received_at;
};
/* Newest first. `waiting`: those alone that an open task is about. */
enum result reader_inbox(struct reader *reader, int limit, bool waiting,
    bool (*row)(const struct inbound_row *row, void *arg), void *arg, struct failure *failure);

struct task_row {
	int64_t id, inbound_id;
	const char *kind, *text;
	struct wall opened, until, closed;
};
enum result reader_tasks(struct reader *reader, bool closed_too,
    bool (*row)(const struct task_row *row, void *arg), void *arg, struct failure *failure);

/* Each notice of an obligation × person: what was or will be sent, or why not. */
struct notice_row {
	int64_t obligation_id;
	const char *report_code, *period, *unit_code, *unit_name, *step, *person_name, *address;
	struct wall moment, nominal;
	const char *reason;        /* why skipped or moved, or NULL */
	const char *message_state; /* NULL: no message was made; "pending": not yet */
	const char *message_reason, *text;
	struct wall sent_at;
};
/* `who`: a person's code, a phone (E.164) or a unit's code. */
enum result reader_notices(struct reader *reader, const char *who, const char *report_code,
    bool (*row)(const struct notice_row *row, void *arg), void *arg, struct failure *failure);

struct ledger_row {
	int64_t obligation_id;
	const char *unit_code, *report_code, *period, *action, *document_number, *actor,
	    *person_name, *note;
	struct wall at;
};
enum result reader_ledger(struct reader *reader, const char *unit_code,
    bool (*row)(const struct ledger_row *row, void *arg), void *arg, struct failure *failure);

struct reader_totals {
	int messages[MESSAGE_STATE_COUNT];
	int parts_sent;   /* sent, delivered or unknown */
	int parts_resent; /* parts that left more than once because the answer was lost */
	int64_t cost;     /* of parts_sent + resent, đồng */
	int inbound, tasks_open;
	/* Withheld: skipped notices and cancelled, expired, failed messages, by reason. */
	struct reason_count {
		const char *what, *reason; /* "skipped" "superseded" */
		int count;
	} * reasons;
	size_t reason_count;
};
enum result reader_totals(
    struct reader *reader, struct arena *arena, struct reader_totals *out, struct failure *failure);

/* For export and for commands that need names: units that have ended too, with their end. NULL
 * arrays when there are none. */
struct reader_recipients {
	struct store_unit *units;
	const char **unit_owners; /* parallel to units: the code of each one's owner */
	size_t unit_count;
	struct store_person *people;
	size_t person_count;
	struct store_post *posts;
	size_t post_count;
};
enum result reader_recipients(struct reader *reader, struct arena *arena,
    struct reader_recipients *out, struct failure *failure);

struct plan_row {
	int64_t version_id; /* of the version in force */
	const char *code, *name, *state, *body, *owner;
	int version;
	struct wall started, imported;
};
enum result reader_plans(struct reader *reader, bool (*row)(const struct plan_row *row, void *arg),
    void *arg, struct failure *failure);

/* The obligation of unit × report (the period may be NULL: the only one, or the one whose deadline
 * is nearest to now). RESULT_NOT_FOUND with a sentence. */
enum result reader_find_obligation(struct reader *reader, struct arena *arena,
    const char *unit_code, const char *report_code, const char *period, struct wall now,
    struct store_known_obligation *out, struct failure *failure);

/* The obligation of kind "event" likewise. */
enum result reader_find_event_part(struct reader *reader, struct arena *arena,
    const char *unit_code, const char *event_code, const char *period, struct wall now,
    struct store_known_obligation *out, struct failure *failure);

/* Every extension request that waits, by owner and number. */
enum result reader_requests(struct reader *reader, struct arena *arena,
    struct store_known_request **out, size_t *count, struct failure *failure);

/* Every registration that waits, by owner and number. */
enum result reader_registrations(struct reader *reader, struct arena *arena, struct wall now,
    struct store_known_registration **out, size_t *count, struct failure *failure);

/* Numbers that get no texts: `why` is what people said ("wrong-number" | "transferred"), or "" when
 * the network said that there is no such number. */
struct suspended_row {
	const char *address, *why;
	const char *person_code, *person_name; /* NULL: nobody has it (any more) */
	struct wall since;
};
enum result reader_suspended(struct reader *reader,
    bool (*row)(const struct suspended_row *row, void *arg), void *arg, struct failure *failure);

/* Accounts by which people are reached besides their phone, by person and the moment of linking. */
struct address_row {
	const char *person_code, *person_name, *kind, *address, *channel;
	const char *state;  /* "linked" | "blocked" */
	const char *detail; /* of a blocked one, as the provider says; or NULL */
	struct wall linked_at;
};
/* `person_code` NULL: everybody's. */
enum result reader_addresses(struct reader *reader, const char *person_code,
    bool (*row)(const struct address_row *row, void *arg), void *arg, struct failure *failure);

/* An event and how many of the invited units have answered. */
struct event_row {
	const char *plan_code, *event_code, *period;
	int64_t plan_version_id;
	const char *plan_body; /* of that version: name, place, hour */
	struct day start;
	int invited, coming, absent; /* the rest has not answered */
};
/* Ordered by start, then code; `event_code` NULL: all. */
enum result reader_events(struct reader *reader, const char *event_code,
    bool (*row)(const struct event_row *row, void *arg), void *arg, struct failure *failure);

/* People with all their posts as contacts: code NULL for everybody; `post` NULL any; `unit_kind`
 * NULL any. */
enum result reader_contacts(struct reader *reader, struct arena *arena, const char *person_code,
    const char *post, const char *unit_kind, struct store_contact **out, size_t *count,
    struct failure *failure);

/* A consistent copy into a new file, while a daemon may be running. Never overwrites. */
enum result reader_backup(struct reader *reader, const char *path, struct failure *failure);

#endif
