/*
 * Owns: reading what an official texts back: a pure function of text and context.
 * May use: base/, text/, plan/ (civil dates).
 * Must not know: I/O, clocks, the store, how to answer.
 *
 * A reading is what the text could mean, with a confidence and the evidence for it. The caller acts
 * on a reading that is sure, asks on one that is plausible, and hands the rest to a human: a false
 * claim is worse than a question.
 */
#ifndef UNDERSTAND_UNDERSTAND_H
#define UNDERSTAND_UNDERSTAND_H

#include "base/clock.h"
#include "base/memory.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum intent {
	INTENT_UNKNOWN,
	INTENT_CONFIRM,           /* "BC 6T 45/BC-UBND": the report has been sent */
	INTENT_NOT_YET,           /* "chua xong, mai gui" */
	INTENT_EXTENSION_REQUEST, /* "xin lui den 12/6" */
	INTENT_CANCEL,            /* "HUY": undo what was last recorded from me */
	INTENT_ATTEND,
	INTENT_ABSENT,
	INTENT_STATUS,      /* "TT": what do I still owe */
	INTENT_HELP,        /* "TG", "HELP", "?" */
	INTENT_OPT_OUT,     /* "DUNG TIN", "STOP", "TU CHOI" */
	INTENT_OPT_IN,      /* "NHAN TIN", "START" */
	INTENT_QUESTION,    /* a question to a human */
	INTENT_ACKNOWLEDGE, /* "ok", "da nhan tin": read, nothing claimed */
	INTENT_ADVERT,      /* a network's or robot's text */
	INTENT_REGISTER,
	INTENT_LINK,
	INTENT_APPROVE,
	INTENT_REFUSE,
	INTENT_COUNT
};

const char *intent_name(enum intent intent); /* "confirm", "not-yet", … as stored and logged */

/* An obligation the sender could be writing about. */
struct understand_obligation {
	int64_t id;
	const char *report_code; /* "6T", "NAM", "TK10" … as the plan spells it */
	const char
	    *report_words; /* further words for it, "|"-separated keys: "6 thang|sau thang" */
	const char *unit_code, *unit_name;
	struct wall deadline;
	bool claimed;  /* already claimed (a number may still be corrected, HUY undoes it) */
	bool reminded; /* a text about it was sent to this sender in the last 14 days */
	struct wall claimed_at;
	/* Something else that the sender can take back: a promise, a request, an answer. */
	bool recorded;
	struct wall recorded_at;
};

/* The numbered question that was last put to this sender and is still open (count 0: none). */
struct understand_question {
	int count;
	const int64_t *choices;      /* obligation ids, in the order of the numbers shown */
	enum intent intent;          /* what was being asked about: INTENT_CONFIRM, INTENT_CANCEL */
	const char *document_number; /* from the text that led to the question, or NULL */
	struct wall promised;        /* the day named in it, or WALL_NEVER (or zeroed) */
};

struct understand_context {
	struct wall now;
	int zone_minutes;     /* east of UTC: 420 */
	bool sender_is_robot; /* short code or alphanumeric */
	bool sender_is_known;
	const struct understand_obligation *obligations; /* open and recently claimed ones */
	size_t obligation_count;
	struct understand_question question;
	/* Codes and words of all reports of the plan, so that "BC QUY" is not taken for 6T although
	 * the sender owes only 6T: the ones that are not in `obligations` too. */
	const struct understand_obligation *other_reports;
	size_t other_report_count;
	/* Events to come that the sender is asked to answer for; report_words: their names. */
	const struct understand_obligation *events;
	size_t event_count;
	/* Requests for more time that wait for the sender's decision. */
	int request_count;
};

#define UNDERSTAND_NUMBERS_MAX 20

enum { CONFIDENCE_SURE = 90, CONFIDENCE_PLAUSIBLE = 50 };

struct reading {
	enum intent intent;
	int confidence; /* 0…100; ≥ CONFIDENCE_SURE: act; ≥ CONFIDENCE_PLAUSIBLE: ask */
	/* The obligations it may be about, best first; one and SURE: act on it. For CONFIRM with
	 * several equally good ones the list is what to ask. Empty where none is needed. */
	int64_t *obligations;
	size_t obligation_count;
	const char *document_number; /* normalised "45/BC-UBND", or NULL */
	struct wall promised; /* NOT_YET, EXTENSION_REQUEST: the day's midnight, or WALL_NEVER */
	bool day_is_sure;     /* the text says plainly that it is about that day: act; else ask */
	bool day_is_vague;    /* a day is meant that cannot be told: ask which */
	/* APPROVE, REFUSE: the short numbers of requests; `all`: every one that waits. Neither: the
	 * only one. */
	int numbers[UNDERSTAND_NUMBERS_MAX];
	size_t number_count;
	bool all;
	const char *evidence; /* for the officer: which words said so */
};

struct readings {
	struct reading *items; /* best first; at least one, INTENT_UNKNOWN when nothing fits */
	size_t count;
};

/* Reads `text` (UTF-8, as it came). Results live in `arena`. Total: every input gives readings. */
struct readings understand(
    struct arena *arena, const char *text, const struct understand_context *context);

#endif
