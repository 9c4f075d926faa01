/*
 * Owns: which number a text gives to which report, where it names several; corrections of a number.
 * May use: understand/weigh.h.
 * Must not know: what is done about a claim.
 */
#include "understand/claim.h"

#include <string.h>

#define PAIRS_MAX 4

/* ── "BC 6T 45/BC-UBND. BC NAM 46/BC-UBND" ───────────────────────────────────────────────────── */

struct pair {
	int mention;
	const char *number;
};

/* Reports and numbers in turn, as many of one as of the other; returns how many pairs. */
static size_t find_pairs(const struct weighing *work, struct pair *pairs)
{
	const struct scan *scan = &work->scan;
	size_t reports = 0, numbers = 0;
	for (size_t i = 0; i < scan->item_count; i++) {
		const struct item *item = &scan->items[i];
		if (item->concept == CONCEPT_DOCUMENT) {
			size_t index = (size_t)item->value;
			bool ahead = numbers > reports || (numbers == reports && reports > 0 &&
							      pairs[reports - 1].number == NULL);
			if (numbers == PAIRS_MAX || index >= scan->document_count || ahead)
				return 0;
			pairs[numbers++].number = scan->documents[index];
			continue;
		}
		int mention = weigh_mention_at(work, i);
		if (mention < 0 || !work->statements.mentions[mention].owed)
			continue;
		bool again =
		    reports > 0 && work->statements.mentions[pairs[reports - 1].mention].report ==
				       work->statements.mentions[mention].report;
		if (again)
			continue;
		if (reports == PAIRS_MAX || reports > numbers)
			return 0;
		pairs[reports++].mention = mention;
	}
	if (reports != numbers || reports < 2)
		return 0;
	for (size_t i = 0; i < reports; i++)
		for (size_t j = 0; j < i; j++)
			if (work->statements.mentions[pairs[i].mention].report ==
				work->statements.mentions[pairs[j].mention].report ||
			    strcmp(pairs[i].number, pairs[j].number) == 0)
				return 0;
	return reports;
}

bool claim_numbered_reports(struct weighing *work)
{
	struct pair pairs[PAIRS_MAX] = {0};
	size_t count = find_pairs(work, pairs);
	for (size_t i = 0; i < work->statements.count; i++) {
		enum said said = work->statements.items[i].said;
		if (said != SAID_SENT && said != SAID_DONE && said != SAID_BARE &&
		    said != SAID_MADE)
			return false;
	}
	if (count == 0 || claim_is_put_off(work))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct reading *reading = claim_report_numbered(
		    work, pairs[i].mention, pairs[i].number, "each report with its number");
		if (claim_is_plain_list(work) && weigh_has(work, CONCEPT_REPORT) &&
		    reading->obligation_count == 1 && claim_is_report_number(pairs[i].number))
			reading->confidence = CERTAIN;
	}
	return true;
}

/* ── "6t và năm gửi rồi" ─────────────────────────────────────────────────────────────────────── */

/* Nothing but a report stands in the clause: "6T, năm gửi rồi". */
static bool only_names(const struct weighing *work, const struct clause *clause)
{
	bool named = false;
	for (size_t i = clause->first; i < clause->end; i++) {
		const struct item *item = &work->scan.items[i];
		bool report = weigh_mention_at(work, i) >= 0;
		named |= report;
		if (!report && !weigh_says_nothing(item) && !item_is(item, CONCEPT_REPORT) &&
		    !item_is(item, CONCEPT_AND) && !item_is(item, CONCEPT_ALL))
			return false;
	}
	return named;
}

/* The owed reports that the clause is about, each once, in the order they are named. */
static size_t list_reports(const struct weighing *work, uint8_t clause, int *mentions)
{
	const struct statements *statements = &work->statements;
	size_t count = 0;
	uint8_t first = clause;
	while (first > 0 && only_names(work, &statements->clauses[first - 1]))
		first--;
	for (size_t i = statements->clauses[first].first; i < statements->clauses[clause].end;
	     i++) {
		int mention = weigh_mention_at(work, i);
		bool again = mention < 0;
		for (size_t j = 0; j < count && !again; j++)
			again = statements->mentions[mentions[j]].report ==
				statements->mentions[mention].report;
		if (again)
			continue;
		if (!statements->mentions[mention].owed || count == PAIRS_MAX)
			return 0;
		mentions[count++] = mention;
	}
	return count;
}

bool claim_lists_several(const struct weighing *work, uint8_t clause)
{
	int mentions[PAIRS_MAX];
	return list_reports(work, clause, mentions) > 1;
}

bool claim_several(struct weighing *work, uint8_t clause)
{
	int mentions[PAIRS_MAX];
	size_t count = list_reports(work, clause, mentions);
	if (count < 2 || work->scan.document_count > 0 || !claim_is_plain_list(work))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct reading *reading =
		    claim_report_numbered(work, mentions[i], NULL, "says that several are sent");
		if (reading->obligation_count == 1)
			reading->confidence = CERTAIN;
	}
	return true;
}

/* ── "nhầm, số 54 mới đúng" ──────────────────────────────────────────────────────────────────── */

static bool is_number(const struct scan *scan, size_t index)
{
	const struct item *item = &scan->items[index];
	const struct word *word = &scan->words.items[item->first];
	return item->concept == CONCEPT_DOCUMENT ||
	       (item->concept == CONCEPT_NUMBER && item->count == 1 && word->digits &&
		   word->count <= 4 && item->value > 0);
}

static const char *number_at(const struct scan *scan, size_t index)
{
	const struct item *item = &scan->items[index];
	return item->concept == CONCEPT_DOCUMENT && (size_t)item->value < scan->document_count
		   ? scan->documents[item->value]
		   : scan_written(scan, item->first, 1);
}

/* "không phải 25", "thay cho số 39", "45 là nhầm" */
static bool is_rejected(const struct scan *scan, size_t index)
{
	for (size_t back = 1; back <= 3 && back <= index; back++) {
		const struct item *item = &scan->items[index - back];
		if (item_is(item, CONCEPT_WRONG) || item_is(item, CONCEPT_PROXY))
			return true;
		if (!item_is(item, CONCEPT_NUMBER_WORD) && !item_is(item, CONCEPT_FILLER) &&
		    !item_is(item, CONCEPT_DOCUMENT_WORD))
			break;
	}
	for (size_t i = index + 1; i < scan->item_count && i <= index + 2; i++) {
		if (item_is(&scan->items[i], CONCEPT_WRONG))
			return i + 1 == scan->item_count || !is_number(scan, i + 1);
		if (!item_is(&scan->items[i], CONCEPT_FILLER))
			break;
	}
	return false;
}

/* "54 mới đúng", "số đúng là 54" */
static bool is_affirmed(const struct scan *scan, size_t index)
{
	for (size_t i = index + 1; i < scan->item_count && i <= index + 2; i++)
		if (item_is(&scan->items[i], CONCEPT_RIGHT))
			return true;
	for (size_t back = 1; back <= 3 && back <= index; back++)
		if (item_is(&scan->items[index - back], CONCEPT_RIGHT))
			return true;
	return false;
}

static const char *corrected_number(const struct scan *scan)
{
	const char *affirmed = NULL, *left = NULL;
	size_t affirmed_count = 0, left_count = 0;
	for (size_t i = 0; i < scan->item_count; i++) {
		if (!is_number(scan, i))
			continue;
		if (is_affirmed(scan, i)) {
			affirmed = number_at(scan, i);
			affirmed_count++;
		} else if (!is_rejected(scan, i)) {
			left = number_at(scan, i);
			left_count++;
		}
	}
	return affirmed_count == 1                      ? affirmed
	       : affirmed_count == 0 && left_count == 1 ? left
							: NULL;
}

/* "sửa lại", "đính chính", "nhầm số" */
static bool says_correction(const struct weighing *work)
{
	const struct scan *scan = &work->scan;
	bool says = false;
	for (size_t i = 0; i < scan->item_count; i++) {
		const struct item *item = &scan->items[i];
		bool mistaken = scan_word_is(scan, item->first + item->count - 1U, "nham") ||
				scan_word_is(scan, item->first + item->count - 1U, "sai") ||
				scan_word_is(scan, item->first + item->count - 1U, "lon");
		says |= item_is(item, CONCEPT_WRONG) ||
			(item_is(item, CONCEPT_TAKE_BACK) && mistaken) ||
			(item_is(item, CONCEPT_MAKE) && scan_word_is(scan, item->first, "sua"));
	}
	for (size_t i = 0; i + 1 < scan->words.count; i++)
		says |= scan_word_is(scan, i, "dinh") && scan_word_is(scan, i + 1, "chinh");
	return says;
}

bool claim_correction(struct weighing *work)
{
	static const enum concept beside[] = {CONCEPT_WRONG, CONCEPT_TAKE_BACK, CONCEPT_RIGHT,
	    CONCEPT_MAKE, CONCEPT_REPORT, CONCEPT_NAMED_REPORT, CONCEPT_HALF, CONCEPT_YEAR,
	    CONCEPT_NUMBER_WORD, CONCEPT_DOCUMENT, CONCEPT_DOCUMENT_WORD, CONCEPT_NUMBER,
	    CONCEPT_PAST, CONCEPT_ALREADY, CONCEPT_BUT, CONCEPT_AND, CONCEPT_PROXY, CONCEPT_BEFORE,
	    CONCEPT_HELP_ME, CONCEPT_OWN_UNIT, CONCEPT_UNIT, CONCEPT_TEXTING, CONCEPT_TOPIC,
	    CONCEPT_LAST_WEEK, CONCEPT_REPORT_V, CONCEPT_NONE};
	const char *number = says_correction(work) ? corrected_number(&work->scan) : NULL;
	bool papers = weigh_has(work, CONCEPT_NUMBER_WORD) || weigh_has(work, CONCEPT_DOCUMENT) ||
		      weigh_has(work, CONCEPT_REPORT) || weigh_has(work, CONCEPT_NAMED_REPORT);
	if (number == NULL || !papers || !weigh_only_known(work, beside) ||
	    weigh_unknown(work) > 2 || work->scan.words.question_mark ||
	    weigh_has(work, CONCEPT_NOT_YET) || weigh_has(work, CONCEPT_CANCEL) ||
	    weigh_has(work, CONCEPT_NAME))
		return false;
	struct reading *reading =
	    claim_report_numbered(work, weigh_only_mention(work), number, "corrects the number");
	claim_keep_claimed(work, reading);
	return true;
}
