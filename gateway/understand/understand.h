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

/* A figure that a report asks for: "lop=3", "3 lớp". */
struct understand_field {
	const char *code;  /* "lop" */
	const char *words; /* further words for it, "|"-separated keys: "lop|lop tap huan" */
};

/* An obligation the sender could be writing about. */
struct understand_obligation {
	int64_t id;
	const char *report_code; /* "6T", "NAM", "TK10" … as the plan spells it */
	const char
	    *report_words;  /* further words for it, "|"-separated keys: "6 thang|sau thang" */
	const char *period; /* "2020-H1"; NULL not said */
	const char *unit_code, *unit_name;
	struct wall deadline;
	bool received; /* the office holds the paper; `claimed` is set, too: it may be named, but
			  nothing of it changes any more */
	bool claimed;  /* already claimed (a number may still be corrected, HUY undoes it) */
	bool reminded; /* a text about it was sent to this sender in the last 14 days */
	struct wall claimed_at;
	/* Something else that the sender can take back: a promise, a request, an answer. */
	bool recorded;
	struct wall recorded_at;
	const struct understand_field *fields;
	size_t field_count;
};

/* A unit that a text may speak for, or be about, besides the sender's own. */
struct understand_unit {
	const char *code, *name;
};

/* The numbered question that was last put to this sender and is still open (count 0: none). */
struct understand_question {
	int count;
	const int64_t *choices;      /* obligation ids, in the order of the numbers shown */
	enum intent intent;          /* what was being asked about: INTENT_CONFIRM, INTENT_CANCEL */
	const char *document_number; /* from the text that led to the question, or NULL */
	struct wall promised;        /* the day named in it, or WALL_NEVER (or zeroed) */
	/* "1 đúng, 2 sai": the choices are an obligation and 0. Yes ("1", "đúng") is answered by
	 * the obligation, no ("2", "sai") by the obligation 0. */
	bool yes_or_no;
};

struct understand_vocabulary;

struct understand_context {
	const struct understand_vocabulary *vocabulary;
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
	/* Units of the same office, so that "thay mặt xã Đình Phong" is found; may be empty: then
	 * such a name is taken as it is written. */
	const struct understand_unit *units;
	size_t unit_count;
};

#define UNDERSTAND_NUMBERS_MAX 20
#define UNDERSTAND_FIGURES_MAX 8

enum { CONFIDENCE_SURE = 90, CONFIDENCE_PLAUSIBLE = 50 };

struct understand_figure {
	const char *field; /* the report's code for it */
	int64_t value;
};

/* Who says that texts reach the wrong one here. */
enum understand_misdirected {
	MISDIRECTED_NO,
	MISDIRECTED_WRONG_NUMBER, /* "nham so roi" */
	MISDIRECTED_TRANSFERRED,  /* "em chuyen cong tac roi" */
};

struct reading {
	enum intent intent;
	int confidence; /* 0…100; ≥ CONFIDENCE_SURE: act; ≥ CONFIDENCE_PLAUSIBLE: ask */
	/* The obligations it may be about, best first; one and SURE: act on it. For CONFIRM with
	 * several equally good ones the list is what to ask. Empty where none is needed. */
	int64_t *obligations;
	size_t obligation_count;
	/* The code of the report that the text names, also of one that the sender does not owe
	 * (then `names_other`); NULL: none, several, or with names_other one that no plan has. */
	const char *report_code;
	bool names_other;
	const char *document_number; /* normalised "45/BC-UBND", or NULL */
	struct wall sent_on;         /* CONFIRM: the day it was sent, or WALL_NEVER */
	struct wall promised; /* NOT_YET, EXTENSION_REQUEST: the day's midnight, or WALL_NEVER */
	bool day_is_sure;     /* the text says plainly that it is about that day: act; else ask */
	bool day_is_vague;    /* a day is meant that cannot be told: ask which */
	/* The unit that the text says it speaks for; NULL: none named. The code is NULL when it is
	 * none of the sender's own and none of context->units. */
	const char *unit_name, *unit_code;
	bool other_unit; /* that unit is not one of the sender's own */
	/* CONFIRM: figures that the report asks for, or "no cases". */
	struct understand_figure figures[UNDERSTAND_FIGURES_MAX];
	size_t figure_count;
	bool nothing_to_report;
	/* APPROVE, REFUSE: the short numbers of requests; `all`: every one that waits. Neither: the
	 * only one. */
	int numbers[UNDERSTAND_NUMBERS_MAX];
	size_t number_count;
	bool all;
	const char *code; /* REGISTER: the unit's code as written; LINK: the code; else NULL */
	enum understand_misdirected misdirected; /* with INTENT_UNKNOWN */
	const char *evidence;                    /* for the officer: which words said so */
};

struct readings {
	/* The first `said` (at least one) are what the text says, in its order: "6t gui roi, nam
	 * chua" says two things, and both are acted on. INTENT_UNKNOWN when nothing fits. What
	 * follows are readings that were thought of and left, best first. */
	struct reading *items;
	size_t count, said;
	bool with_marks; /* the sender writes with diacritics */
};

/* The words that are understood, compiled. Immutable, so threads may share it; the caller frees. */
struct understand_vocabulary *understand_vocabulary_new(void);
void understand_vocabulary_free(struct understand_vocabulary *vocabulary);

/* Reads `text` (UTF-8, as it came). Results live in `arena`. Total: every input gives readings. */
struct readings understand(
    struct arena *arena, const char *text, const struct understand_context *context);

#endif
