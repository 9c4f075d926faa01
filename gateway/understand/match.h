/*
 * Owns: which reports and units a text names.
 * May use: understand/tokens.h, understand/understand.h.
 * Must not know: what is claimed.
 */
#ifndef UNDERSTAND_MATCH_H
#define UNDERSTAND_MATCH_H

#include "understand/tokens.h"
#include "understand/understand.h"

/* How far the words that name a report could mean something else. */
enum doubt {
	DOUBT_NONE,   /* "bc 6t" */
	DOUBT_WHEN,   /* "cuoi nam": a time, unless the text says sent or has a number */
	DOUBT_AFTER,  /* "sau thang": after the month, unless the text says sent */
	DOUBT_A_NAME, /* "nam" that opens the text: who it is from */
};

struct matches {
	const struct understand_obligation **named; /* those whose report the text names */
	size_t named_count;
	size_t report_count; /* how many different reports it names, others' too */
	bool names_other;    /* one the sender does not owe */
	bool with_word;      /* "bc" or "bao cao" stands there */
	enum doubt doubt;    /* the greatest of those named */
	bool mixed_units;    /* `named` is about several units and the text says none */
	/* The sender's unit that the text names, or NULL; `named` then holds only its own. */
	const char *unit_code;
};

/* Marks the tokens that name reports and the sender's own units. */
void match_reports(struct arena *arena, struct tokens *tokens,
    const struct understand_context *context, struct matches *out);

#endif
