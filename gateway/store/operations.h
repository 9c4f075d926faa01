/*
 * Owns: the inputs and outputs of every operation of the store, and the stored words.
 * May use: base/, store/store.h, base/civil.h.
 * Must not know: policy, SQL.
 *
 * Texts in inputs are borrowed until done; texts in outputs live in the request's arena. Ids are
 * 64-bit, 0 means none. Moments are wall time; WALL_NEVER is stored as NULL.
 */
#ifndef STORE_OPERATIONS_H
#define STORE_OPERATIONS_H

#include "base/civil.h"
#include "store/store.h"

/* ── words as stored ─────────────────────────────────────────────────────────────────────────── */

enum obligation_state {
	OBLIGATION_OPEN,
	OBLIGATION_CLAIMED,
	OBLIGATION_RECEIVED,
	OBLIGATION_WAIVED
};
const char *obligation_state_name(enum obligation_state state);

enum message_state {
	MESSAGE_QUEUED,
	MESSAGE_SENDING,
	MESSAGE_UNKNOWN,
	MESSAGE_SENT,
	MESSAGE_DELIVERED,
	MESSAGE_FAILED,
	MESSAGE_EXPIRED,
	MESSAGE_CANCELLED,
	MESSAGE_STATE_COUNT
};
const char *message_state_name(enum message_state state);
/* The one table of legal moves (design: "Message"). */
bool message_state_can_move(enum message_state from, enum message_state to);

/* What a message is for; smaller goes first. */
enum message_purpose {
	PURPOSE_ANSWER, /* to a text that came in: at once, not repeated after unknown */
	PURPOSE_LAST_CALL,
	PURPOSE_TASK,     /* to the office */
	PURPOSE_REMINDER, /* carries notices */
	PURPOSE_AD_HOC,
};
const char *message_purpose_name(enum message_purpose purpose);

/* ── recipients ──────────────────────────────────────────────────────────────────────────────── */

struct store_unit {
	const char *code, *name, *kind, *parent; /* parent "" none */
	struct wall valid_from;                  /* 0: since ever */
	struct wall valid_until; /* the first moment at which it is no more; 0: no end is known */
	const char *successor;   /* code of who owes in its place from then on; NULL or "" none */
};
struct store_person {
	const char *code, *name, *phone, *language;
	const char *prefers; /* order of ways, "zalo,sms"; NULL: what is known stays */
};
struct store_post {
	const char *unit_code, *person_code, *post; /* post: "reporter" … */
};
/* One line of what an import changes: '+' added, '~' changed, '-' retired, '?' absent from the file
 * and left alone. */
struct store_difference {
	char sign;
	const char *what; /* "unit" "person" "post" "plan" "obligation" "deadline" "closing", and
			     what comes of these: "pass" (to a successor), "message" (a queued
			     one that is cancelled) */
	const char *text;
};
struct store_differences {
	struct store_difference *items;
	size_t count;
};

struct store_import_recipients_input {
	struct wall now;
	const char *actor; /* who, for the audit */
	const char *owner; /* unit code; may be one of `units` */
	const struct store_unit *units;
	size_t unit_count;
	const struct store_person *people;
	size_t person_count;
	const struct store_post *posts;
	size_t post_count;
	bool preview;     /* change nothing, only say what would change */
	bool retire;      /* set valid-until of what the file does not name: today, in the zone */
	int zone_minutes; /* of the office, east of UTC: for days in the differences */
};
struct store_import_recipients_output {
	/* Without '+', '~' and '-' lines there is nothing to change; '?' lines may be there anyway.
	 */
	struct store_differences differences;
};

/* ── plans and obligations ───────────────────────────────────────────────────────────────────── */

/* A unit's report of a period, or a unit's part in an event (kind "event", never claimed). */
struct store_new_obligation {
	const char *kind;        /* "report" | "event" */
	const char *report_code; /* or the event's code */
	const char *period;
	const char *unit_code;
	struct day named;
	struct wall deadline; /* WALL_NEVER for events */
	struct wall closing;  /* after it a report counts no more; 0 or WALL_NEVER: none */
};
struct store_import_plan_input {
	struct wall now;
	const char *actor, *code, *name, *owner;
	const char *body; /* the file as imported, byte for byte */
	const struct store_new_obligation *obligations;
	size_t obligation_count;
	bool preview;
	int zone_minutes; /* of the office, for units that have ended */
};
struct store_import_plan_output {
	int version;                          /* the one in force after the import */
	struct store_differences differences; /* obligations added, deadlines moved, retired …;
						 empty when body and obligations are the same */
};

/* Adds those that do not exist yet (unit × report × period); used daily to roll forward. */
struct store_open_obligations_input {
	struct wall now;
	const char *plan_code;
	const struct store_new_obligation *obligations;
	size_t obligation_count;
};
struct store_open_obligations_output {
	int added;
};

/* Claims of a plan whose paper has not come: the office is asked once a claim, by a task
 * "paper-not-received" that ends when the paper is received or the claim taken back. */
struct store_ask_papers_input {
	struct wall now;
	const char *plan_code;
	struct wall claimed_before; /* claims from before then are asked for */
	int most;                   /* at most so many; out->asked = most: ask again */
};
struct store_ask_papers_output {
	int asked;
};

/* Open obligations of units that have ended, or will have on the day named, pass to the unit that
 * succeeds them (over several successions if need be): the old one is waived by a ledger entry
 * "pass" that names the successor, its queued notices are cancelled, and the successor gets the
 * same one unless it has it. Without a successor they are waived, and a task "unit-ended" lists
 * them. Events pass only when they begin after the end. What was claimed stays where it is. Posts
 * in a unit that has ended count no more from then on. */
struct store_pass_units_input {
	struct wall now;
	const char *actor;
	int zone_minutes; /* of the office: when a day begins */
};
struct store_pass_units_output {
	int passed, waived, ended; /* obligations, obligations, units whose end came just now */
};

struct store_set_plan_state_input {
	struct wall now;
	const char *actor, *code;
	const char *to; /* "running" | "paused" | "closed" */
};
struct store_set_plan_state_output {
	const char *from; /* the state before; equal to `to`: nothing changed */
	struct wall started;
};

struct store_set_paused_input {
	struct wall now;
	const char *actor;
	const char *scope; /* "all" | "channel:NAME" */
	bool paused;
};

/* ── scheduling ──────────────────────────────────────────────────────────────────────────────── */

struct store_new_message {
	const char *key; /* unique: the same key is never enqueued twice */
	enum message_purpose purpose;
	int64_t person_id;        /* 0: none */
	const char *address_kind; /* NULL: a phone */
	const char *address;      /* of a phone: E.164 */
	const char *channel;      /* NULL: any that reaches addresses of that kind */
	int encoding;             /* 0 GSM-7, 1 UCS-2 */
	const char *const *parts; /* the text as cut */
	int part_count;
	int cost; /* đồng, all parts */
	struct wall not_before, not_after;
	int validity_minutes;
	int64_t inbound_id; /* answers: to what */
	/* Where a program wants to be told, and of what (store/program_receipts.h); NULL, 0: nobody
	 * does. */
	const char *receipt_url;
	int receipt_mask;
};
struct store_new_task {
	const char *key; /* unique among open tasks: the same is not opened twice */
	const char *kind;
	const char *text;
	int64_t inbound_id, obligation_id, message_id;
	struct wall until;
};

#include "store/scheduling.h"

/* ── sending ─────────────────────────────────────────────────────────────────────────────────── */

/* What the last-moment check looks at, read in the claiming transaction. */
struct store_message_facts {
	int64_t message_id;
	enum message_purpose purpose;
	const char *address_kind, *address;
	struct wall not_before, not_after;
	int part_count, parts_to_send;
	int attempts; /* before this one */
	bool resend;  /* it was unknown before */
	bool everything_paused, channel_paused;
	/* For messages with notices: true when at least one notice still has a point. */
	bool has_notices, plan_running, obligation_open, deadline_current;
	const char *report_codes; /* of its notices about reports, "|"-separated; NULL unless
				     opted out */
	const char *plan_body;    /* for quiet hours and send window; NULL without notices */
	int64_t plan_version_id;
	bool last_call;
	bool suspended; /* the number is wrong, or the account is not the person's any more */
	bool opted_out; /* the person, from whatever address */
	bool number_has_unknown; /* another message to this number is unknown or sending */
	int reminders_today; /* to this number since the start of `day_start`, sent or unknown */
	int answers_last_hour;
	int parts_this_month;
};
enum store_check { CHECK_SEND, CHECK_WAIT, CHECK_CANCEL, CHECK_EXPIRE };
struct store_check_verdict {
	enum store_check what;
	const char *reason; /* closed list, outbox/check.h; NULL for SEND */
	struct wall until;  /* CHECK_WAIT */
};
typedef struct store_check_verdict store_check_fn(
    const struct store_message_facts *facts, void *arg);

/* A message for which no channel is named. Strings are NULL when there is no such thing. */
struct store_route_facts {
	int64_t message_id;
	const char *asks; /* the channel that would claim it now */
	enum message_purpose purpose;
	bool last_call;
	const char *address_kind, *address;
	int part_count, encoding, cost; /* cost: đồng, as composed */
	int attempts;
	const char *began_on;     /* parts of it may have left through this one already */
	const char *last_channel; /* through which the latest text reached this address: one person
				     keeps one sender */
};
/* The name of the channel that the message is for; NULL: whichever asks. Pure: called inside the
 * transaction. */
typedef const char *store_route_fn(const struct store_route_facts *facts, void *arg);

/* Claims what is for this channel by name, or for no channel while it is of the channel's kind of
 * address and no other one has been chosen for it. Several claims of one channel may be in flight:
 * everything later goes by attempt. */
struct store_claim_due_input {
	struct wall now;
	struct wall day_start, month_start; /* for the counts above, in the office's zone */
	const char *channel;
	const char *address_kind; /* what the channel reaches; NULL: phones */
	bool whole;               /* the parts of a text leave as one: what becomes of one of them
				     becomes of all that this attempt sends */
	unsigned node;
	int64_t lease_ms;
	int look_at;           /* at most so many candidates are checked in this transaction */
	store_check_fn *check; /* pure; called inside the transaction */
	void *check_arg;
	store_route_fn *route; /* asked once a message; NULL: everything may go here */
	void *route_arg;
};
struct store_claimed_part {
	int index;
	const char *text;
};
struct store_claim_due_output {
	bool claimed; /* one message moved to sending, durable when done is called */
	int64_t message_id, attempt_id;
	int attempt_number; /* from 1 */
	enum message_purpose purpose;
	bool last_call;
	const char *key, *address;
	int encoding, part_count, concat_reference, validity_minutes;
	struct store_claimed_part *parts; /* those still to be sent */
	size_t parts_to_send;
	int refusals;  /* earlier attempts that the network refused for now */
	int looked_at; /* candidates checked: = look_at and not claimed → ask again */
	int cancelled, expired;
	int routed; /* now wait for another channel: it should be asked to claim */
};
/* What waits for a channel that was chosen for it waits for any again: that channel is down, or not
 * configured any more. */
struct store_reroute_input {
	struct wall now;
	const char *channel; /* NULL: whatever was chosen, for all messages */
};
struct store_reroute_output {
	int freed;
};

enum store_outcome {
	OUTCOME_SENT,
	OUTCOME_NOT_SENT,
	OUTCOME_REFUSED,
	OUTCOME_REFUSED_FOREVER,
	OUTCOME_UNKNOWN
};
/* One part's outcome. An outcome whose attempt is not the message's present one is recorded in the
 * attempt log and changes nothing else, except that a certain one (SENT, NOT_SENT, REFUSED …)
 * settles a part that is still unknown from that very attempt, or waits to be sent once more
 * because of it. */
struct store_record_outcome_input {
	struct wall now;
	const char *channel, *sim;
	int64_t attempt_id;
	int part;
	enum store_outcome outcome;
	int code, reference;     /* reference -1 none */
	const char *external_id; /* the provider's id of the message; NULL none */
	const char *detail;
	/* For NOT_SENT and REFUSED: when to try again; WALL_NEVER: give up (failed). */
	struct wall retry_at;
	bool number_is_wrong;    /* the number does not exist: suspend it; an inbound text or the
				    office's new number for the person ends that */
	bool address_is_blocked; /* the account wants no texts: its link is blocked until it
				    writes again, the office is told, and what the message
				    carries goes another way */
};
struct store_record_outcome_output {
	int64_t message_id;
	enum message_state state; /* after */
	bool stale;
};
/* Ends an attempt whose remaining parts will not be tried now (a part before them failed): parts
 * that had no outcome go back to queued. Done by RECORD_OUTCOME itself when `outcome` is not SENT.
 */

struct store_record_receipt_input {
	struct wall now;
	const char *channel, *sim, *recipient;
	int reference;
	/* The provider's id of the message: finds the part by it, or waits for it; the recipient
	 * may then be NULL. NULL: by reference, number and time. */
	const char *external_id;
	int status; /* raw TP-ST; <0x20 delivered, 0x20–0x3f still trying, else failed */
	struct wall submit_time, discharge_time;
};
struct store_record_receipt_output {
	bool matched;
	int64_t message_id;
	int part;
	enum message_state state;
	bool settled_unknown;
};

/* What time alone does: not-after passes; patience with an unknown ends (sent once more through
 * queued, or failed when it was resent already or is an answer); leases of dead attempts end
 * (sending → unknown). */
struct store_sweep_input {
	struct wall now;
	int64_t patience_ms, patience_last_call_ms;
	/* A message by chat that has not arrived so long after it left (or could not leave so long
	 * after it might have), and of which something still has a point, has fallen back: what it
	 * carries goes the next way, and what is said of it later changes nothing. 0: never. */
	int64_t fallback_ms;
	/* Channels that never say what has arrived, separated by '|': what left by them does not
	 * fall back. NULL: none. */
	const char *no_receipts;
};
struct store_sweep_output {
	int expired, requeued, failed, orphaned, fell_back;
	int lapsed;   /* questions that nobody answered in time: each became a task, kind
			 "question-unanswered", whose text is the official's */
	int joined;   /* texts taken as they are, their missing parts not having come for a day */
	int requests; /* extension requests that nobody decided in time: each became a task */
};

/* At start: what this node had in `sending` becomes unknown, every part that was to leave: which of
 * them did is not known. */
struct store_recover_input {
	struct wall now;
	unsigned node;
};
struct store_recover_output {
	int unknown;
};

struct store_next_moments_output { /* input: none */
	struct wall
	    wake_at; /* the earliest wake-up, or moment of a pending notice, of running plans */
	struct wall next_try; /* the earliest queued message's that lies after `now` */
	struct wall
	    sweep; /* the earliest not-after, patience or lease end (input of SWEEP given) */
	int inbound_waiting; /* complete and not settled */
};
struct store_next_moments_input {
	struct wall now;
	int64_t patience_ms, patience_last_call_ms, fallback_ms;
};

#include "store/addresses.h"
#include "store/program_receipts.h"
#include "store/coming_in.h"

/* ── the rest ────────────────────────────────────────────────────────────────────────────────── */

struct store_enqueue_input {
	struct wall now;
	const char *actor;
	const struct store_new_message *messages;
	size_t count;
};
struct store_enqueue_output {
	int queued, already; /* already: a message with that key exists */
};

struct store_open_task_input {
	struct wall now;
	struct store_new_task task;
};
struct store_open_task_output {
	int64_t task_id;
	bool is_new;
};
struct store_close_task_input {
	struct wall now;
	int64_t task_id;
	const char *actor, *note;
};

/* What must be remembered of a SIM or channel: e.g. "pin-refused" → fingerprint. */
struct store_set_sim_input {
	struct wall now;
	const char *channel, *name, *value; /* value NULL: forget */
};
struct store_get_sim_input {
	const char *channel, *name;
};
struct store_get_sim_output {
	const char *value; /* NULL: nothing */
};

#endif
