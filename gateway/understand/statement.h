/*
 * Owns: what the clauses of a text say about reports: sent, not sent, later, asked.
 * May use: understand/scan.h.
 * Must not know: intents, what is done about it.
 */
#ifndef UNDERSTAND_STATEMENT_H
#define UNDERSTAND_STATEMENT_H

#include "understand/scan.h"

#define STATEMENTS_MAX 24
#define CLAUSES_MAX 48
#define MENTIONS_MAX 24

enum said {
	SAID_BARE,    /* "em gửi báo cáo": perhaps now, perhaps will */
	SAID_SENT,    /* it has left */
	SAID_DONE,    /* "xong": finished, and as people say it, sent */
	SAID_MADE,    /* written or signed, which is not sent */
	SAID_NOT,     /* not sent, not done */
	SAID_LATER,   /* will be, is being */
	SAID_IF,      /* a condition */
	SAID_ASKED,   /* a question */
	SAID_DOUBTED, /* perhaps, hearsay */
};

struct statement {
	enum said said;
	size_t item; /* its verb; SIZE_MAX: it has none ("6T rồi") */
	uint8_t clause;
	int mention; /* index in mentions, or -1 */
	int day;     /* item of a day that belongs to it, or -1 */
	bool strong; /* a verb of sending with its tense, not a short answer */
	bool paper;  /* about the copy on paper only */
	bool by_day; /* sent, as only the day says: "hôm qua em gửi" */
};

/* A report as the text names it. */
struct mention {
	size_t item;
	uint8_t clause;
	int report;   /* in scan->reports, owed or not; -1: one that no plan has */
	bool owed;    /* the sender owes it */
	bool doubted; /* the words may mean a time, or something else */
};

struct clause {
	size_t first, end; /* items */
	uint8_t unknown;   /* words nobody knows */
	bool doubt, condition, waits;
	bool temporal; /* the condition is "sau khi" only */
	bool asks;     /* ends as a question, or holds a question word */
};

struct statements {
	struct statement items[STATEMENTS_MAX];
	size_t count;
	struct clause clauses[CLAUSES_MAX];
	size_t clause_count;
	struct mention mentions[MENTIONS_MAX];
	size_t mention_count;
};

/* Divides the items into clauses and says what each of them states. */
void statements_find(struct scan *scan, struct statements *out);

/* clauses.c */
void clauses_find(struct scan *scan, struct statements *out);
bool clause_holds(const struct scan *scan, const struct clause *clause, enum concept concept);
/* Says nothing that would end a question or begin a sentence. */
bool item_is_idle(const struct item *item);
bool item_is_verb(const struct item *item);
/* Nothing but such, and what asks, from the item on to the next comma or stop. */
bool scan_idles_until_gap(const struct scan *scan, size_t index);

/* mentions.c */
void mentions_find(struct scan *scan, struct statements *out);
/* The mention that a statement in this clause is about; -1 none or several. */
int mentions_of_clause(const struct statements *statements, uint8_t clause);

#endif
