/*
 * Owns: the inputs and outputs of the operations on texts that come in and on the ledger.
 * May use: base/, store/operations.h, which includes this file and is what others include.
 * Must not know: policy, SQL.
 */
#ifndef STORE_COMING_IN_H
#define STORE_COMING_IN_H

#include "store/operations.h"

struct store_add_inbound_input {
	struct wall now;
	const char *channel, *sim;
	const char *sender;       /* normalised when it is a phone number */
	const char *sender_kind;  /* "phone" | "short-code" | "name" | "chat" */
	const char *address_kind; /* NULL: "phone", also for short codes and names */
	/* The provider's id of the message: two with one id from one sender are one text, and all
	 * others are several, whatever their words and times. NULL (SMS): time and words tell. */
	const char *external_id;
	struct wall network_time;
	int concat_reference, parts, part; /* reference -1, 1, 1 for a single text */
	int encoding;                      /* as the channel said: 2 = hex */
	const char *text;
};
struct store_add_inbound_output {
	bool is_new;        /* false: read twice, nothing changed */
	int64_t inbound_id; /* the joined text's; 0 while parts are missing */
};

/* False for the senders that are machines. */
bool sender_kind_is_person(const char *sender_kind);

enum attendance { ATTENDANCE_NONE, ATTENDANCE_COMING, ATTENDANCE_ABSENT };
struct store_known_obligation {
	int64_t id, revision;
	const char *kind, *plan_code, *report_code, *period, *unit_code, *unit_name;
	int64_t plan_version_id;
	const char *plan_body;
	struct day named;
	struct wall deadline;
	enum obligation_state state;
	struct wall claimed_at;
	const char *document_number; /* or NULL */
	struct day sent_on;          /* as the claim says; zeroed: not said */
	const char *figures;         /* "lop=3 nguoi=120" as the claim gives them, or NULL */
	bool nothing_to_report;      /* the claim says: no cases */
	struct wall received_at;
	bool claimed_by_sender;
	int64_t claimed_inbound_id; /* the text that claimed it; 0: none, or not looked up */
	bool reminded;              /* a message about it reached this number in the last 14 days */
	struct day promised_day;    /* zeroed: nothing is promised */
	struct wall promised_at;
	bool promised_by_sender;
	int promises_in_row; /* without anything better than a promise having come */
	/* The extension request that waits for a decision: 0 none. */
	int64_t request_id;
	int request_number;
	struct day requested_day;
	struct wall requested_at;
	bool requested_by_sender;
	enum attendance attendance; /* of an event: the latest answer */
	struct wall attendance_at;
	bool attendance_by_sender;
};
/* "May we have until 12/6": waits for the owner's approver. */
struct store_known_request {
	int64_t id;
	int number;           /* short, per owner, free again when decided */
	struct day asked_day; /* belongs to the time asked for */
	struct wall asked_at;
	int64_t asked_by_id;  /* the person; 0: a user of the office */
	const char *asked_by; /* name, or the user */
	/* Where the answer goes: the account that asked while it is linked, else the person's
	 * present number; "" nowhere. */
	const char *address_kind, *address, *language;
	const char *channel; /* on which the request came in, or NULL */
	struct store_known_obligation obligation;
};
/* A unit that a text may name. */
struct store_named_unit {
	const char *code, *name, *kind;
};
#define STORE_NAMED_UNITS_MAX 400 /* of each sort: siblings, the owner's */
/* What is looked up about a text once it has been read: where the number that it gives stands
 * already, and what the unit owes for which it speaks. */
struct store_claim_ask {
	const char *document_number; /* NULL: none, no facts about it are looked for */
	const int64_t *obligations;  /* that it may be the number of */
	size_t obligation_count;
	const char *unit_code; /* of one of the sender's owner's units; NULL: none */
};
struct store_claim_asks {
	struct wall year_start; /* numbers of documents begin anew then */
	const struct store_claim_ask *items;
	size_t count;
	const char *link_code; /* that the text gives; NULL: none */
};
/* Of one obligation. Strings are NULL when there is no such thing. */
struct store_number_facts {
	int64_t obligation_id;
	const char *unit_kind;
	/* A sibling unit that gave the same number for the same report and period. */
	const char *other_unit;
	/* Another period of the same report for which this unit gave the same number. */
	const char *other_period;
	/* The highest number with the same symbol that this unit has given since year_start for
	 * another report, if it is higher. */
	const char *higher;
};
struct store_claim_facts {
	struct store_number_facts *numbers; /* one an obligation, when there is a number */
	size_t number_count;
	/* Open and claimed reports of `unit_code`, by deadline. */
	struct store_known_obligation *named;
	size_t named_count;
	const char *named_unit; /* its name; NULL: there is no such unit for this sender */
	/* The sender coordinates or leads the unit's owner or parent. */
	bool sender_is_above;
};

struct store_inbound_context_output;
/* Reads the text, with all of the context but the facts, and says what to look up. Called inside
 * the transaction, so it must be a function of the context; what it makes lives in the arena. */
typedef void store_read_fn(const struct store_inbound_context_output *context, struct arena *arena,
    struct store_claim_asks *asks, void *arg);

/* "I take care of this unit's reports from now on": waits until somebody there says so. */
struct store_known_registration {
	int64_t id;
	int number; /* short; of the same row as the numbers of requests for more time */
	const char *address_kind, *address, *channel;
	const char *unit_code, *unit_name, *owner_code;
	struct wall asked_at;
};
struct store_asked_unit {
	const char *code, *name, *owner_code;
	struct store_contact *contacts; /* with a post in the unit or in its owner */
	size_t contact_count;
	int free_number; /* for a registration */
	int waiting;     /* registrations that wait at its owner */
};
struct store_inbound_context_input {
	struct wall now;
	int64_t inbound_id;  /* 0: the oldest one waiting */
	bool settled_too;    /* with an id: also a text that was settled before */
	store_read_fn *read; /* NULL: nothing is looked up */
	void *read_arg;
};
struct store_inbound_context_output {
	int64_t inbound_id; /* 0: none waiting */
	const char *channel, *sender, *sender_kind, *address_kind, *text;
	struct wall network_time, received_at;
	struct store_contact *people; /* who has this number or account, one item a post;
					  empty: a stranger */
	size_t person_count;
	/* Of the units they report for: open; claimed in the last 60 days; and the latest one of
	 * each unit and report that is claimed or received. */
	struct store_known_obligation *obligations;
	size_t obligation_count;
	/* Units that are valid now: those with the same parent as the sender's, and those of the
	 * same owner, at most STORE_NAMED_UNITS_MAX of either. */
	struct store_named_unit *units;
	size_t unit_count;
	const char **plan_bodies;  /* of the running plans, for the names of other reports */
	int64_t *plan_version_ids; /* parallel to plan_bodies */
	size_t plan_count;
	struct {
		int64_t id;
		int count;
		int64_t *choices;
		int intent; /* enum intent */
		const char *document_number;
		struct day day;      /* the day that was named; zeroed: none */
		const char *figures; /* from the text that led to the question, or NULL */
		bool nothing_to_report;
		struct wall asked_at;
	} question; /* the open one of this sender, not older than 48 h; id 0 none */
	/* Everybody with a post in the owner units of the sender's posts: who decides there. */
	struct store_contact *office;
	size_t office_count;
	/* The requests that wait in the owner units in which the sender has a post. */
	struct store_known_request *requests;
	size_t request_count;
	int free_request_number;       /* of the owner of the sender's first post */
	int answers_last_hour;         /* to this number */
	bool same_text_answered_today; /* the same words from here got an answer already */
	/* The latest answers of the last day to the same words from here, while they were equal:
	 * how many, and the text. NULL: none. */
	int same_answers;
	const char *same_answer;
	/* Why texts for the person with this number reach somebody else, as their own words said
	 * ("wrong-number" | "transferred"); NULL: they do not. */
	const char *misdirected;
	int answers_last_day; /* to this number */
	bool answered_before; /* in the last 30 days */
	/* For a stranger who is none of `people`: the units whose codes the text contains, and
	 * their own registration that waits (id 0 none). */
	struct store_asked_unit *named_units;
	size_t named_unit_count;
	struct store_known_registration registering;
	int registrations_before; /* of this number, in the last 30 days */
	/* The registrations that wait for units in which the sender has a post, or for any unit of
	 * an owner in which they have one. */
	struct store_known_registration *registrations;
	size_t registration_count;
	struct store_link_facts *link;   /* of asks.link_code; NULL: none was given */
	struct store_claim_facts *facts; /* parallel to what was asked; NULL: nothing was */
};

enum ledger_action {
	LEDGER_CLAIM,   /* open → claimed */
	LEDGER_CORRECT, /* claimed → claimed with another number */
	LEDGER_UNDO,    /* claimed → open, by the sender */
	LEDGER_RECEIVE, /* open, claimed → received */
	LEDGER_REOPEN,  /* claimed, received, waived → open, by the office */
	LEDGER_WAIVE,
	/* These leave the state as it is. */
	LEDGER_PROMISE,   /* will send it on a day: silence until that day is over */
	LEDGER_UNPROMISE, /* takes the promise back */
	LEDGER_REQUEST,   /* asks for more time */
	LEDGER_WITHDRAW,  /* takes the request back */
	LEDGER_EXTEND,    /* a new deadline version; decides the request that waits */
	LEDGER_REFUSE,    /* the request, not the report */
	LEDGER_ATTEND,    /* of an event; the latest answer counts */
	LEDGER_ABSENT,
	LEDGER_UNANSWER, /* takes the answer back */
	LEDGER_PASS,     /* open → waived: the unit has ended, its successor owes it */
	LEDGER_ACTION_COUNT
};
const char *ledger_action_name(enum ledger_action action);

/* One change of an obligation. In one step it writes the ledger entry, changes the obligation,
 * cancels its queued notices (CLAIM, RECEIVE, WAIVE, PROMISE, EXTEND) and sets its wake-up. The
 * first claim's moment is never lost (it stays in the ledger), no deadline is ever edited. A
 * request that is still waiting ends when the report is claimed, received or waived.
 * RESULT_CONFLICT when a request's number is taken or the request decided on no longer waits. */
struct store_change {
	int64_t obligation_id;
	int64_t revision; /* as read; 0: whatever it is now */
	enum ledger_action action;
	const char *document_number; /* or NULL */
	/* CLAIM, CORRECT: as in struct store_known_obligation; what is not given stays. */
	struct day sent_on;
	const char *figures;
	bool nothing_to_report;
	int64_t inbound_id; /* through which text; 0: by a user */
	int64_t person_id;  /* who said so; 0: a user */
	const char *actor;  /* the user, or the sender's number */
	const char *note;   /* the words, or NULL */
	struct day day;     /* PROMISE, REQUEST, EXTEND: the last day said; zeroed otherwise */
	/* REQUEST: its short number, and when it becomes a task unless decided before. */
	int request_number;
	struct wall lapse_at;
	int64_t request_id; /* WITHDRAW, REFUSE; EXTEND: the one decided, 0 none */
	/* EXTEND: the new version. */
	struct day named;
	struct wall deadline;
};

struct store_new_question {
	int64_t person_id;
	const char *address, *channel;
	/* Obligations, in the order of the numbers shown. A last choice of 0 says "no": it is a
	 * question to say yes or no to. */
	const int64_t *choices;
	int count;
	int intent;
	const char *document_number;
	struct day day; /* the day that was named; zeroed: none */
	const char *figures;
	bool nothing_to_report;
	struct wall until;
};
/* RESULT_CONFLICT when its number is taken or one of this address waits. */
struct store_new_registration {
	const char *unit_code, *owner_code;
	const char *address_kind; /* NULL: a phone */
	const char *address, *channel;
	int number;
	struct wall lapse_at; /* waits no longer than this */
};
/* Granted: the number becomes a person (code "DK" and its digits), or is the one who has it by now,
 * and gets the post in the unit; a chat account is linked to a new person without a phone. The task
 * "registration:ADDRESS" is closed. RESULT_CONFLICT when it does not wait any more. */
struct store_registration_decision {
	int64_t registration_id;
	bool granted;
	const char *post;  /* "reporter" */
	int64_t person_id; /* who decided; 0: a user */
	const char *actor;
};
struct store_decide_registration_input {
	struct wall now;
	struct store_registration_decision decision;
	const struct store_new_message *messages; /* who is told, in the same step */
	size_t message_count;
};

/* Everything one inbound text leads to, in one step: nothing is half done. RESULT_CONFLICT when an
 * obligation's revision moved on: read the context again. */
struct store_settle_inbound_input {
	struct wall now;
	int64_t inbound_id;
	const char *intent; /* name */
	int confidence;
	const char *evidence;
	const char *settled_as; /* "acted" | "asked" | "task" | "ignored" */
	const struct store_change *changes;
	size_t change_count;
	const struct store_new_message *answer;   /* NULL none */
	const struct store_new_message *messages; /* to others, by their keys */
	size_t message_count;
	const struct store_new_question *question; /* replaces an open one; NULL leaves it */
	bool close_question;
	const struct store_new_task *task; /* NULL none */
	int opt;                           /* +1: the sender opts out, -1: in again, 0: nothing */
	const char *opt_address;
	/* "wrong-number" | "transferred": texts for the person with the sender's number reach
	 * somebody else, so it is suspended until RESUME_NUMBER, or until an import gives the
	 * number to somebody anew; NULL: nothing. */
	const char *misdirected;
	const struct store_new_registration *registration; /* NULL none */
	const struct store_registration_decision *decided; /* registrations */
	size_t decided_count;
	const struct store_link *link; /* NULL none */
	/* The user who decides on a text, which may have been settled before: its open tasks and
	 * the question it led to are closed, and the audit keeps who. NULL: nobody, the machine. */
	const char *decided_by;
};

/* The office knows better: the number is right. RESULT_NOT_FOUND when it is not suspended. */
struct store_resume_number_input {
	struct wall now;
	const char *actor, *address; /* E.164 */
};

struct store_change_ledger_input {
	struct wall now;
	const struct store_change *changes;
	size_t change_count;
	const struct store_new_message *messages; /* who is told, in the same step */
	size_t message_count;
};

#endif
