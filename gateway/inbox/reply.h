/*
 * Owns: the port through which an understood text is offered to those who answer it.
 * May use: base/, understand/, store/operations.h, plan/.
 * Must not know: which intents are answered how (handlers/replies/).
 *
 * A handler is a pure function of the offer: it decides and words, it writes nothing. What it
 * decides is settled in one store operation, together with the text it belongs to.
 */
#ifndef INBOX_REPLY_H
#define INBOX_REPLY_H

#include "store/operations.h"
#include "understand/understand.h"

struct plan;

/* What came in, as the inbox understood it. All borrowed until the handler returns. */
struct reply_offer {
	struct arena *arena; /* for everything the handler makes */
	struct wall now;
	int zone_minutes;
	const struct store_inbound_context_output *context;
	/* The office has decided what the text means: what would be doubted of an official's word
	 * is not asked about. */
	bool by_office;
	const struct readings *readings;
	const struct reading *reading; /* the one of them that is being answered */
	/* What the store knows of the numbers and units in the readings that are said, parallel to
	 * them; NULL: nothing was asked. */
	const struct store_claim_facts *facts;
	const struct store_link_facts *link; /* of the code in the readings; NULL: there is none */
	const struct plan *const *plans;     /* running ones, parallel to context->plan_bodies */
	size_t plan_count;
	const char *language; /* the sender's, else the office's */
	const char *office;   /* how texts name the office */
	int hourly_answers;   /* the most answers to one number an hour; 0: no limit */
	bool answer_strangers;
	/* Text of an answer: a template by name (document/texts_file.h), in `language`. */
	const char *(*text)(const char *language, const char *name, void *arg);
	void *text_arg;
};

/* Something that another person is told because of the text. */
struct reply_message {
	const char *key; /* unique: the same is never said twice */
	enum message_purpose purpose;
	int64_t person_id;             /* 0: nobody known */
	const char *address_kind;      /* NULL: a phone */
	const char *address, *channel; /* channel NULL: any */
	const char *text;
	struct wall not_after;
};

/* What to do. The inbox has zeroed it; strings live in offer->arena or are static. */
struct reply_decision {
	const char *settled_as; /* "acted" | "asked" | "task" | "ignored" */
	struct store_change *changes;
	size_t change_count;
	const char *answer; /* the whole text with its diacritics, or NULL: none */
	/* The same in few words, for a text that says several things; NULL: there are no fewer. */
	const char *brief;
	const struct reply_message *messages; /* to others */
	size_t message_count;
	struct store_new_question *question; /* address and channel are filled in by the inbox */
	bool close_question;
	struct store_new_task *task;
	/* As in store_settle_inbound_input. */
	int opt;
	const char *misdirected;
	const struct store_new_registration *registration;
	const struct store_registration_decision *decided; /* registrations */
	size_t decided_count;
	const struct store_link *link;
};

struct reply_handlers {
	/* Total: decides for every offer. */
	void (*decide)(const struct reply_offer *offer, struct reply_decision *decision);
};

#endif
