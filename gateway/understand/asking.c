/*
 * Owns: questions: what is missing, how to answer, what only a person can tell; and courtesies.
 * May use: understand/weigh.h.
 * Must not know: the answers.
 */
#include "understand/weigh.h"

#include <string.h>

static bool asks(const struct weighing *work)
{
	for (size_t i = 0; i < work->statements.clause_count; i++)
		if (work->statements.clauses[i].asks)
			return true;
	return work->scan.words.question_mark;
}

/* One word of ours, "TT", says so only alone (commands.c); "không còn nợ gì" does not. */
static bool says_status(const struct weighing *work)
{
	const struct scan *scan = &work->scan;
	for (size_t i = 0; i < scan->item_count; i++)
		if (item_is(&scan->items[i], CONCEPT_STATUS) && scan->items[i].count > 1 &&
		    (i == 0 || scan->items[i - 1].concept != CONCEPT_NOT))
			return true;
	return false;
}

/* "báo cáo của em đã vào sổ chưa" */
static bool asks_whether_there(const struct weighing *work)
{
	const struct scan *scan = &work->scan;
	bool document = weigh_has(work, CONCEPT_DOCUMENT);
	if ((!weigh_has(work, CONCEPT_REPORT) && !document) || weigh_has(work, CONCEPT_SEND) ||
	    weigh_has(work, CONCEPT_WHICH) || weigh_has(work, CONCEPT_HOW) ||
	    weigh_has(work, CONCEPT_OTHER_PAPER) || (!document && !weigh_has(work, CONCEPT_SELF)))
		return false;
	for (size_t i = 0; i < scan->item_count; i++)
		if (scan->items[i].concept == CONCEPT_NOT_YET &&
		    work->statements.clauses[scan->items[i].clause].asks)
			return true;
	return false;
}

/* "phòng đã ghi nhận cho xã em chưa" */
static bool asks_whether_recorded(const struct weighing *work)
{
	const struct scan *scan = &work->scan;
	for (size_t i = 0; i < scan->item_count; i++)
		for (size_t j = i + 1;
		     item_is(&scan->items[i], CONCEPT_READ) && j < scan->item_count; j++)
			if (scan->items[j].concept == CONCEPT_NOT_YET &&
			    scan->items[j].clause == scan->items[i].clause &&
			    work->statements.clauses[scan->items[j].clause].asks)
				return true;
	return false;
}

/* "đã nhận được báo cáo của xã em chưa": what has reached us. */
static bool asks_what_we_have(const struct weighing *work)
{
	bool receives = (weigh_has(work, CONCEPT_RECEIVE) && !weigh_has(work, CONCEPT_EVENT) &&
			    !weigh_has(work, CONCEPT_OTHER_PAPER)) ||
			says_status(work) ||
			(weigh_has(work, CONCEPT_READ) &&
			    (weigh_has(work, CONCEPT_REPORT) || asks_whether_recorded(work)));
	bool checks = weigh_has(work, CONCEPT_CHECK) &&
		      (weigh_has(work, CONCEPT_REPORT) || weigh_has(work, CONCEPT_HELP_ME) ||
			  weigh_has(work, CONCEPT_UNIT)) &&
		      !weigh_has(work, CONCEPT_HOW);
	bool lacks =
	    weigh_has(work, CONCEPT_LACK) && (weigh_has(work, CONCEPT_WHICH) || asks(work));
	bool mine = false;
	for (size_t i = 0; i < work->statements.count; i++)
		mine |= work->statements.items[i].said == SAID_ASKED;
	if (asks_whether_there(work))
		return true;
	return (receives && asks(work)) || says_status(work) || checks || lacks ||
	       (mine && weigh_has(work, CONCEPT_NOT_YET) && weigh_has(work, CONCEPT_WHICH));
}

/* "em không hiểu tin này" */
static bool does_not_understand(const struct weighing *work)
{
	for (size_t i = 1; i < work->scan.item_count; i++) {
		enum concept before = (enum concept)work->scan.items[i - 1].concept;
		const struct item *item = &work->scan.items[i];
		bool understands = scan_word_is(&work->scan, item->first, "hieu") ||
				   scan_word_is(&work->scan, item->first, "ro");
		if (item_is(item, CONCEPT_READ) && understands &&
		    (before == CONCEPT_NOT || before == CONCEPT_NOT_YET))
			return true;
	}
	return false;
}

/* One word of ours, "TG", says so only in a short text. */
static bool asks_how_to_answer(const struct weighing *work)
{
	static const enum concept help_me[] = {CONCEPT_HELP_ME, CONCEPT_NONE};
	for (size_t i = 0; i < work->scan.item_count; i++)
		if (item_is(&work->scan.items[i], CONCEPT_HELP) &&
		    (work->scan.items[i].count > 1 || work->scan.words.count <= 5))
			return true;
	bool texting = weigh_has(work, CONCEPT_REPORT_V) || weigh_has(work, CONCEPT_TEXTING);
	bool how = weigh_has(work, CONCEPT_HOW) || weigh_has(work, CONCEPT_WHICH);
	if (texting && how && !weigh_has(work, CONCEPT_SEND) && asks(work))
		return true;
	if (does_not_understand(work) && !weigh_has(work, CONCEPT_SEND) &&
	    !weigh_has(work, CONCEPT_REPORT))
		return true;
	return weigh_has(work, CONCEPT_HELP_ME) && weigh_only(work, help_me) &&
	       work->scan.words.count <= 3;
}

/* "muốn hủy thì nhắn gì" */
static bool asks_what_to_text(const struct weighing *work)
{
	const struct scan *scan = &work->scan;
	for (size_t i = 0; i < scan->item_count; i++)
		for (size_t j = i + 1; j < scan->item_count && j <= i + 3; j++)
			if ((item_is(&scan->items[i], CONCEPT_REPORT_V) ||
				item_is(&scan->items[i], CONCEPT_TEXTING)) &&
			    scan->items[i].clause == scan->items[j].clause &&
			    (item_is(&scan->items[j], CONCEPT_WHICH) ||
				item_is(&scan->items[j], CONCEPT_HOW)))
				return true;
	return false;
}

bool weigh_how(struct weighing *work)
{
	bool several = false;
	for (size_t i = 0; i < work->scan.item_count; i++)
		several |=
		    item_is(&work->scan.items[i], CONCEPT_HELP) && work->scan.items[i].count > 1;
	several |= asks_what_to_text(work);
	if (!several || work->scan.document_number != NULL)
		return false;
	weigh_set_named(work, weigh_add(work, INTENT_HELP, CONFIDENCE_SURE, "asks how to answer"));
	return true;
}

bool weigh_asking(struct weighing *work)
{
	struct reading *reading = NULL;
	if (asks_how_to_answer(work))
		reading = weigh_add(work, INTENT_HELP, CONFIDENCE_SURE, "asks how to answer");
	else if (asks_what_we_have(work))
		reading = weigh_add(work, INTENT_STATUS, CONFIDENCE_SURE, "asks what we have");
	else if (asks(work) || weigh_has(work, CONCEPT_GUIDE))
		reading = weigh_add(work, INTENT_QUESTION, CONFIDENCE_SURE, "a question");
	if (reading != NULL)
		weigh_set_named(work, reading);
	return reading != NULL;
}

/* "dạ", "dạ vâng" */
static bool is_mere_yes(const struct weighing *work)
{
	static const enum concept nothing[] = {CONCEPT_POLITE, CONCEPT_NONE};
	return work->scan.item_count > 0 && weigh_only(work, nothing) &&
	       scan_word_is(&work->scan, 0, "da");
}

bool weigh_courtesy(struct weighing *work)
{
	if (does_not_understand(work)) {
		weigh_set_named(
		    work, weigh_add(work, INTENT_HELP, RATHER, "does not understand the text"));
		return true;
	}
	if (is_mere_yes(work)) {
		weigh_add(work, INTENT_ACKNOWLEDGE, CERTAIN, "yes");
		return true;
	}
	if (weigh_has(work, CONCEPT_REQUEST) && weigh_has(work, CONCEPT_SEND))
		return false; /* "… gửi phòng. Đề nghị xác nhận đã nhận" */
	size_t nice = weigh_count(work, CONCEPT_READ) + weigh_count(work, CONCEPT_YES) +
		      weigh_count(work, CONCEPT_HEED) + weigh_count(work, CONCEPT_THANKS);
	if (nice == 0 || work->scan.document_number != NULL)
		return false;
	size_t unknown = weigh_unknown(work);
	bool clear = unknown <= nice + 2;
	weigh_set_named(work, weigh_add(work, clear ? INTENT_ACKNOWLEDGE : INTENT_UNKNOWN,
				  clear && unknown == 0 ? CERTAIN : RATHER, "has read it"));
	return true;
}
