/*
 * Owns: a text on its way from words to items: what each stretch of words stands for.
 * May use: understand/words.h, understand/lexicon.h, understand/understand.h.
 * Must not know: what the items together mean.
 *
 * The stages, each a file, in this order: spelling.c (slips, typing residue, glued words), then the
 * takers, each of which claims words for itself: document.c, report_names.c, unit_names.c,
 * day_words.c; then items.c covers what is left with phrases of the vocabulary.
 */
#ifndef UNDERSTAND_SCAN_H
#define UNDERSTAND_SCAN_H

#include "understand/lexicon.h"

#define SCAN_ITEMS_MAX WORDS_MAX
#define SCAN_REPORTS_MAX 32
#define SCAN_DOCUMENTS_MAX 8

struct candidates {
	uint16_t words[LEXICON_CANDIDATES_MAX];
	uint8_t count;
	bool known; /* the vocabulary has such letters */
};

/* A stretch of words that stands for something. */
struct item {
	uint8_t concept; /* the first of what it may be */
	struct lexicon_meaning others[LEXICON_CONCEPTS_MAX - 1];
	uint8_t clause;
	bool certain;          /* its marks say so: it can't be another word */
	uint16_t first, count; /* words */
	int value;             /* of its concept; CONCEPT_NAMED_REPORT: index in scan->reports */
	/* CONCEPT_DATE: */
	struct wall day; /* its midnight; WALL_NEVER: some day that cannot be told */
	uint8_t weekday; /* 1 Monday … 7 Sunday: `day` is the next one, last week's is 7 days off */
	int8_t tendency; /* -1 what was today, 1 what will be, 0 either */
};

/* A report that the text may name. */
struct named_report {
	const char *code;
	const char *period; /* of the one that is owed; NULL not said */
	bool owed;
	bool half, year; /* a half-yearly, an annual one */
};

struct scan {
	struct arena *arena;
	const char *text;
	const struct understand_context *context;
	struct words words;
	struct candidates candidates[WORDS_MAX];
	bool taken[WORDS_MAX + 8]; /* an item has it; looked at a little ahead of the words */
	struct item items[SCAN_ITEMS_MAX];
	size_t item_count;
	bool exact; /* written with all marks */
	struct named_report reports[SCAN_REPORTS_MAX];
	size_t report_count;
	/* What was found, for those who ask later. */
	const char *document_number;
	/* All of them; the `value` of a CONCEPT_DOCUMENT item is its place here. */
	const char *documents[SCAN_DOCUMENTS_MAX];
	size_t document_count;
	struct wall document_day; /* "số 45 ngày 5/6", or WALL_NEVER */
	const char *unit_name;    /* as a text says it, or a known unit's name */
	const char *unit_code;    /* NULL: not known */
	bool unit_is_own;
	bool several_units; /* of the sender's own */
	struct understand_figure figures[UNDERSTAND_FIGURES_MAX];
	size_t figure_count;
};

/* True when the item stands for the concept, perhaps besides others. */
static inline bool item_is(const struct item *item, enum concept concept)
{
	if (item->concept == concept)
		return true;
	for (size_t i = 0; i < LEXICON_CONCEPTS_MAX - 1; i++)
		if (item->others[i].concept == concept)
	return concept != CONCEPT_NONE;
	return false;
}

/* True for words that nobody knows or that are taken: not a phrase's. */
struct item *scan_add(struct scan *scan, enum concept concept, size_t first, size_t count);

/* Letters of words, for those who look at plain text. True when the word is exactly `plain`. */
static inline bool scan_word_is(const struct scan *scan, size_t index, const char *plain)
{
	if (index >= scan->words.count)
		return false;
	const struct word *word = &scan->words.items[index];
	/* Most words differ in their first letter. */
	return scan->words.letters[word->first].base == plain[0] &&
	       word->key == words_key_of_text(plain);
}

/* The words from `index` on are those of a key ("6 thang"); returns how many, 0: they are not. */
size_t scan_match_key(const struct scan *scan, size_t index, const char *key, size_t length);

void scan_mend_spelling(struct scan *scan);    /* spelling.c: words changed, candidates filled */
void scan_take_documents(struct scan *scan);   /* document.c */
void scan_take_reports(struct scan *scan);     /* report_names.c: codes and words of the plan */
void scan_take_units(struct scan *scan);       /* unit_names.c: units and people's names */
void scan_take_figures(struct scan *scan);     /* figures.c */
void scan_take_days(struct scan *scan);        /* day_words.c: those that are written in digits */
void scan_cover(struct scan *scan);            /* items.c: phrases; then orders the items */
void scan_take_bare_number(struct scan *scan); /* document.c: "BC 6T 45", behind scan_cover */
void scan_name_agencies(struct scan *scan);    /* agency_names.c, behind scan_cover */
void scan_resolve_days(struct scan *scan);     /* day_words.c: spoken days, behind scan_cover */

/* Notes whom the text speaks for: a name, and its code when it is a known unit. */
void scan_keep_unit(struct scan *scan, const char *name, const char *code, bool own);

/* How a word is written: "Đình Phong" out of the text, in the arena. */
const char *scan_written(const struct scan *scan, size_t first, size_t count);

#endif
