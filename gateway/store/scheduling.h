/*
 * Owns: the inputs and outputs of the operations by which due steps become notices and messages.
 * May use: base/, store/operations.h, which includes this file and is what others include.
 * Must not know: policy, SQL.
 *
 * Two phases, each one commit. Deciding (DUE_OBLIGATIONS, APPLY_DECISIONS): at an obligation's
 * wake-up its next steps become notices, skipped ones with their reason, the others pending until
 * their moment. Composing (PENDING_NOTICES, BIND_NOTICES): what is pending for one person is put
 * into as few messages as sensible; a notice is pending until a message carries it or it has ended.
 * A crash between the two loses and doubles nothing.
 */
#ifndef STORE_SCHEDULING_H
#define STORE_SCHEDULING_H

#include "store/operations.h"

/* An account that is linked now, and not known to reach somebody else. */
struct store_address {
	const char *kind, *address;
	const char *channel; /* configured name of the channel through which it was linked */
};
struct store_contact {
	int64_t person_id;
	const char *person_code, *name, *phone, *language;
	const char *post;
	const char *unit_code;
	bool suspended; /* the number is known to be wrong */
	bool opted_out; /* asked for silence, from whatever address: last calls only */
	const struct store_address *addresses; /* besides the phone; the latest linked first */
	size_t address_count;
	const char *prefers; /* the person's own order of ways, "zalo,sms"; "" none */
};

/* ── what is due ─────────────────────────────────────────────────────────────────────────────── */

/* A recipient list that a ladder speaks to: people by code, or, when there are none, who holds one
 * of the posts in a unit that is of one of the kinds or named by code. Borrowed. */
struct store_group {
	const char *code;
	const char *const *people;
	size_t person_count;
	const char *const *posts;
	size_t post_count;
	const char *const *kinds;
	size_t kind_count;
	const char *const *units;
	size_t unit_count;
};
struct store_group_members {
	const char *code;
	struct store_contact *contacts; /* those there are; by unit, then person */
	size_t count;
};
struct store_step_done {
	const char *step;
	int occurrence;
};

struct store_due_obligation {
	int64_t id;
	int64_t revision;
	const char *kind, *report_code, *period;
	int64_t plan_version_id;
	const char *plan_code;
	const char *plan_body; /* of the version the obligation is on */
	bool plan_running;
	struct wall plan_started; /* of a later deadline version: when that was decided */
	const char *unit_code, *unit_name, *unit_kind;
	const char *parent_code; /* of the unit it belongs to; "" none */
	struct day named;
	struct wall deadline;
	struct wall closing; /* from then on it counts no more; 0 or WALL_NEVER: none */
	int deadline_version;
	enum obligation_state state;
	/* What an official has promised. A zeroed day: nothing. The steps that fall before the end
	 * of that day are skipped; then one nudge quotes it: step "promise", occurrence = promises.
	 */
	struct day promised_day;
	int promises;            /* made so far, from 1 */
	int64_t promised_by_id;  /* the person; 0: a user of the office */
	const char *promised_by; /* the person's name, or NULL */
	bool promise_nudged;     /* this promise's nudge has been decided already */
	const struct store_step_done *steps_done; /* with a notice for this deadline version */
	size_t steps_done_count;
	struct store_contact *contacts; /* of the unit, of its parent (but for coordinators), then
					   the owner's coordinators */
	size_t contact_count;
	struct store_group_members *groups; /* those that the caller's `groups` named */
	size_t group_count;
};
/* Obligations (and parts in events) whose wake_at has come, of running plans; earliest first. Also
 * those that are claimed or received: the caller moves their wake_at away. */
struct store_due_obligations_input {
	struct wall now;
	int limit;
	/* The groups that steps of this one speak to; returns how many. Called inside the
	 * transaction; pure. NULL: none. */
	size_t (*groups)(
	    const struct store_due_obligation *item, const struct store_group **out, void *arg);
	void *arg;
};
struct store_due_obligations_output {
	struct store_due_obligation *items;
	size_t count;
};

/* ── deciding ────────────────────────────────────────────────────────────────────────────────── */

/* What one step of an obligation comes to. */
struct store_decided_step {
	const char *step;
	int occurrence; /* of a repeated step, from 0; of a promise's nudge: which promise */
	struct wall moment, nominal;
	const char *reason; /* why skipped or moved; NULL none */
	bool last_call;
	int64_t person_id;     /* 0 for a skip that concerns nobody in particular */
	bool send;             /* pending from now on, to be composed at `moment`; else skipped */
	struct wall not_after; /* after it the notice has lost its point */
};
struct store_decided {
	int64_t obligation_id, revision;
	struct wall wake_at;
	const struct store_decided_step *steps;
	size_t step_count;
	bool until_received; /* a claim does not end the reminding, the paper does */
};
struct store_apply_decisions_input {
	struct wall now;
	const struct store_decided *items;
	size_t count;
};
struct store_apply_decisions_output {
	int pending, skipped, stale; /* stale: revision had moved on; decide again */
};

/* ── composing ───────────────────────────────────────────────────────────────────────────────── */

struct store_pending_notice {
	int64_t id;
	size_t obligation; /* index into the output's obligations */
	const char *step;
	int occurrence;
	struct wall due, not_after;
	const char *reason; /* why it was moved, or NULL */
	bool last_call;
	bool has_point; /* the obligation is still to be reminded of, under this deadline */
	int rung;       /* messages that have carried it so far */
	int way;        /* the next to go, from 0: one more after each failure */
	struct store_contact to; /* the person it is owed to */
};
/* All pending notices, whatever their moment, of the persons who have one that has come; of running
 * plans. Persons whose moment came first go first; each one's notices by their moment. */
struct store_pending_notices_input {
	struct wall now;
	int limit; /* persons */
	/* The reports whose missing units the texts of this one name; NULL and 0: none. Called
	 * inside the transaction; pure. A NULL function: none. */
	const char *const *(*compiles)(
	    const struct store_due_obligation *item, size_t *count, void *arg);
	void *arg;
};
/* A unit that has not reported. */
struct store_missing {
	const char *plan_code, *report_code, *period, *unit_name;
};
struct store_pending_notices_output {
	struct store_pending_notice *items;
	size_t count;
	struct store_due_obligation *obligations; /* without steps_done and groups */
	size_t obligation_count;
	struct store_missing *missing;
	size_t missing_count;
};

struct store_bound_notice {
	int64_t id;
	const char *reason; /* recorded in place of the one it has; NULL leaves that */
	int way;            /* that it goes; a failure makes the one after it the next */
};
/* A message and the notices it carries. */
struct store_bound_message {
	struct store_new_message message;
	const struct store_bound_notice *notices;
	size_t notice_count;
	bool last_call;
};
/* A notice that no message will carry, or not yet. */
struct store_put_off_notice {
	int64_t notice_id;
	struct wall until;                 /* pending until then; WALL_NEVER: it has ended */
	const char *reason;                /* why it has ended */
	const struct store_new_task *task; /* opened with it, or NULL */
};
/* What is not pending any more meanwhile is left alone; a message none of whose notices is pending
 * is not made; one of which only some are leaves all of them pending, to be composed anew. */
struct store_bind_notices_input {
	struct wall now;
	const struct store_bound_message *messages;
	size_t message_count;
	const struct store_put_off_notice *put_off;
	size_t put_off_count;
};
struct store_bind_notices_output {
	int queued, ended;
};

#endif
