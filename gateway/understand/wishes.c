/*
 * Owns: adverts, silence, and texts that reach the wrong one.
 * May use: understand/weigh.h.
 * Must not know: how people are silenced.
 */
#include "understand/weigh.h"

#include <string.h>

/* ── adverts ─────────────────────────────────────────────────────────────────────────────────── */

bool weigh_advert(struct weighing *work)
{
	size_t signs = weigh_count(work, CONCEPT_ADVERT);
	bool ours = weigh_has(work, CONCEPT_REPORT) || work->scan.document_number != NULL;
	const struct word *first = &work->scan.words.items[0];
	bool labelled = work->scan.item_count > 0 && scan_word_is(&work->scan, 0, "qc") &&
			first->gap >= GAP_COMMA;
	for (size_t i = 0; i < work->scan.item_count; i++)
		signs += 2 * (item_is(&work->scan.items[i], CONCEPT_ADVERT) &&
				 work->scan.items[i].value == 1);
	bool about = ours || weigh_has(work, CONCEPT_SEND);
	if (!labelled && signs < (about ? 4U : 2U))
		return false;
	weigh_add(work, INTENT_ADVERT, labelled || signs > 3 ? CERTAIN : RATHER,
	    "speaks as adverts and networks do");
	return true;
}

/* ── silence ─────────────────────────────────────────────────────────────────────────────────── */

/* "dừng lại ở mục 3" stops something else; only texts can be stopped. */
static bool stops_texts(const struct weighing *work)
{
	const struct scan *scan = &work->scan;
	for (size_t i = 0; i < scan->item_count; i++) {
		const struct item *item = &scan->items[i];
		bool stop = item_is(item, CONCEPT_STOP) || item_is(item, CONCEPT_DONT) ||
			    (item->concept == CONCEPT_NOT && i + 1 < scan->item_count &&
				(scan_word_is(scan, scan->items[i + 1].first, "gui") ||
				    item_is(&scan->items[i + 1], CONCEPT_OPT_IN)));
		for (size_t j = i + 1; stop && j < scan->item_count && j <= i + 4; j++) {
			if (item_is(&scan->items[j], CONCEPT_TEXTING) ||
			    item_is(&scan->items[j], CONCEPT_ANNOY) ||
			    item_is(&scan->items[j], CONCEPT_OPT_IN))
				return true;
			if (scan->words.items[scan->items[j].first].gap >= GAP_COMMA)
				break;
		}
	}
	return false;
}

static bool is_question(const struct weighing *work)
{
	for (size_t i = 0; i < work->statements.clause_count; i++)
		if (work->statements.clauses[i].asks)
			return true;
	return work->scan.words.question_mark || weigh_has(work, CONCEPT_HOW) ||
	       weigh_has(work, CONCEPT_ASK) || weigh_has(work, CONCEPT_WHEN);
}

/* "làm sao để ngừng nhận tin?" */
static bool is_about_texts(const struct weighing *work)
{
	return (weigh_has(work, CONCEPT_HOW) || weigh_has(work, CONCEPT_WHICH) ||
		   weigh_has(work, CONCEPT_GUIDE)) &&
	       (weigh_has(work, CONCEPT_OPT_OUT) || stops_texts(work)) &&
	       !weigh_has(work, CONCEPT_SEND);
}

/* What else stands in the text; silence is given only to a text that is about nothing else. */
static bool speaks_of_reports(const struct weighing *work, bool out)
{
	for (size_t i = 0; i < work->statements.count; i++)
		if ((out && work->statements.items[i].said == SAID_DONE) ||
		    (work->statements.items[i].strong &&
			(work->statements.items[i].said == SAID_SENT ||
			    work->statements.items[i].mention >= 0)))
			return true;
	return work->scan.document_number != NULL;
}

/* "stop", "từ chối" say it only alone (commands.c). */
static bool says_no_more(const struct weighing *work)
{
	for (size_t i = 0; i < work->scan.item_count; i++)
		if (item_is(&work->scan.items[i], CONCEPT_OPT_OUT) &&
		    work->scan.items[i].value == 0)
			return true;
	return false;
}

/* "đừng nhắn buổi tối nữa" */
static bool ends_at_night_only(const struct weighing *work)
{
	const struct scan *scan = &work->scan;
	size_t all = 0, at_night = 0;
	for (size_t i = 0; i < scan->item_count; i++) {
		const struct item *item = &scan->items[i];
		if (!item_is(item, CONCEPT_OPT_OUT) && !item_is(item, CONCEPT_STOP) &&
		    item->concept != CONCEPT_DONT)
			continue;
		all++;
		at_night +=
		    clause_holds(scan, &work->statements.clauses[item->clause], CONCEPT_DAYTIME);
	}
	return all == 1 && at_night == 1;
}

/* "em biết rồi, khỏi nhắn": not that texts shall end. */
static bool says_enough_only(const struct weighing *work)
{
	static const char *const ends[] = {"tin", "so", "danh", "stop", NULL};
	bool plainly = false;
	for (size_t i = 0; i < work->scan.words.count; i++)
		for (size_t j = 0; ends[j] != NULL; j++)
			plainly |= scan_word_is(&work->scan, i, ends[j]);
	return ends_at_night_only(work) ||
	       (!plainly && (weigh_has(work, CONCEPT_READ) || weigh_has(work, CONCEPT_HEED)));
}

bool weigh_silence(struct weighing *work)
{
	bool out = says_no_more(work) || stops_texts(work);
	bool in = weigh_has(work, CONCEPT_OPT_IN) && !stops_texts(work);
	if ((!out && !in) || work->has_quotation || (!out && weigh_has(work, CONCEPT_NOT_YET)))
		return false;
	if (in && !out && weigh_has(work, CONCEPT_GUIDE)) {
		weigh_add(work, INTENT_HELP, RATHER, "asks how to text");
		return true;
	}
	if (is_question(work) && !is_about_texts(work))
		return false;
	if (is_question(work)) {
		weigh_add(work, INTENT_HELP, RATHER, "asks how to stop or start texts");
		return true;
	}
	if (out && in) { /* "trước em từ chối nhưng giờ cần nhận tin lại" */
		bool last_is_in = false;
		for (size_t i = 0; i < work->scan.item_count; i++) {
			const struct item *item = &work->scan.items[i];
			if (item_is(item, CONCEPT_OPT_OUT))
				last_is_in = false;
			else if (item_is(item, CONCEPT_OPT_IN))
				last_is_in = true;
		}
		out = !last_is_in;
	}
	if (speaks_of_reports(work, out) || (out && says_enough_only(work)))
		return false;
	size_t unknown = weigh_unknown(work);
	bool plain = unknown <= 3 && !work->scan.words.cut && work->scan.words.count <= 25;
	weigh_add(work, out ? INTENT_OPT_OUT : INTENT_OPT_IN, plain ? CONFIDENCE_SURE : RATHER,
	    out ? "wants no more texts" : "wants texts again");
	return true;
}

/* ── the wrong one ───────────────────────────────────────────────────────────────────────────── */

/* "nhầm số rồi", not only "ai đấy". */
static bool says_plainly(const struct weighing *work)
{
	for (size_t i = 0; i < work->scan.item_count; i++) {
		const struct item *item = &work->scan.items[i];
		if ((item_is(item, CONCEPT_MISDIRECTED) || item_is(item, CONCEPT_TRANSFERRED)) &&
		    item->value == 0)
			return true;
	}
	return false;
}

bool weigh_misdirected(struct weighing *work)
{
	bool wrong = weigh_has(work, CONCEPT_MISDIRECTED);
	bool gone = weigh_has(work, CONCEPT_TRANSFERRED);
	if ((!wrong && !gone) || weigh_has(work, CONCEPT_SEND) || weigh_has(work, CONCEPT_NUMBER) ||
	    work->scan.document_number != NULL || work->scan.words.question_mark)
		return false;
	bool plain = says_plainly(work) && weigh_unknown(work) <= 3 && !work->scan.words.cut &&
		     !weigh_has(work, CONCEPT_NOT_YET) && work->statements.mention_count == 0;
	weigh_add(work, INTENT_UNKNOWN, plain ? CONFIDENCE_SURE : RATHER,
	    wrong ? "the wrong number" : "has another post now")
	    ->misdirected = wrong ? MISDIRECTED_WRONG_NUMBER : MISDIRECTED_TRANSFERRED;
	return true;
}
