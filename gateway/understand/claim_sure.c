/*
 * Owns: how sure a claim is: what stands in the text besides it.
 * May use: understand/claim.h.
 * Must not know: what is done about a claim.
 *
 * A wrong claim is worse than a question: only a text whose clauses all agree, and whose claiming
 * clause holds nothing unknown, is sure.
 */
#include "understand/claim.h"

#include <string.h>

/* "đã", "rồi", "xong": the tense is said, not only taken from a day. */
bool claim_says_done(const struct weighing *work)
{
	for (size_t i = 0; i < work->scan.item_count; i++) {
		const struct item *item = &work->scan.items[i];
		if ((item->concept == CONCEPT_PAST && item->value == 0) ||
		    item->concept == CONCEPT_ALREADY || item->concept == CONCEPT_DONE ||
		    (item->concept == CONCEPT_SEND && item->value == 1))
			return true;
	}
	return false;
}

static const enum concept beside_verb[] = {CONCEPT_REPORT, CONCEPT_NAMED_REPORT, CONCEPT_HALF,
    CONCEPT_YEAR, CONCEPT_DOCUMENT, CONCEPT_NUMBER_WORD, CONCEPT_ALREADY, CONCEPT_PAST,
    CONCEPT_SEND, CONCEPT_DONE, CONCEPT_TOPIC, CONCEPT_DATE, CONCEPT_DAY_WORD, CONCEPT_DAYTIME,
    CONCEPT_OWN_UNIT, CONCEPT_UNIT, CONCEPT_FIGURE, CONCEPT_NIL, CONCEPT_DOCUMENT_WORD,
    CONCEPT_PLACE, CONCEPT_THANKS, CONCEPT_FILE, CONCEPT_YES, CONCEPT_PRESENT, CONCEPT_NONE};

/* Everything in the text is of kinds that cannot turn a claim around. */
static bool is_undisturbed(const struct weighing *work, bool verb)
{
	static const enum concept without_verb[] = {CONCEPT_REPORT, CONCEPT_NAMED_REPORT,
	    CONCEPT_HALF, CONCEPT_YEAR, CONCEPT_DOCUMENT, CONCEPT_NUMBER_WORD, CONCEPT_ALREADY,
	    CONCEPT_TOPIC, CONCEPT_DATE, CONCEPT_DAY_WORD, CONCEPT_OWN_UNIT, CONCEPT_UNIT,
	    CONCEPT_FIGURE, CONCEPT_NIL, CONCEPT_DOCUMENT_WORD, CONCEPT_NONE};
	return weigh_only(work, verb ? beside_verb : without_verb) && !work->scan.words.cut &&
	       !work->scan.words.strange && !work->scan.words.question_mark &&
	       !work->has_quotation && weigh_count(work, CONCEPT_DOCUMENT) <= 1;
}

/* A day to come, "à", somebody's name: small things that make one ask. */
bool claim_has_doubt(const struct weighing *work)
{
	const struct scan *scan = &work->scan;
	for (size_t i = 0; i < scan->item_count; i++) {
		const struct item *item = &scan->items[i];
		bool to_come = item->concept == CONCEPT_DATE &&
			       (item->tendency > 0 || item->day.ms == WALL_NEVER.ms ||
				   wall_before(work->context->now, item->day));
		if (to_come || item->concept == CONCEPT_NAME ||
		    (item->concept == CONCEPT_POLITE && item->value == 1))
			return true;
	}
	return scan->several_units || (scan->unit_name != NULL && !scan->unit_is_own);
}

/* A number that is no report's: "45/KH-UBND". */
bool claim_is_report_number(const char *number)
{
	const char *slash = number != NULL ? strrchr(number, '/') : NULL;
	return slash == NULL || strncmp(slash, "/BC", 3) == 0;
}

/* "gửi rồi", "đã nộp"; but "đã chuyển cho anh phụ trách" may be our text that went on. */
static bool sends_plainly(const struct weighing *work, const struct claim *claim)
{
	if (claim->sent == NULL)
		return false;
	const struct item *verb = &work->scan.items[claim->sent->item];
	size_t behind = verb->first + verb->count;
	return (scan_word_is(&work->scan, verb->first, "gui") ||
		   scan_word_is(&work->scan, verb->first, "nop")) &&
	       !scan_word_is(&work->scan, behind, "cho") &&
	       !scan_word_is(&work->scan, behind - 1, "cho") && !weigh_has(work, CONCEPT_TITLE);
}

int claim_confidence(
    const struct weighing *work, const struct claim *claim, const struct reading *reading)
{
	bool verb = claim->sent != NULL;
	const struct mention *named =
	    verb && claim->sent->mention >= 0 ? &work->statements.mentions[claim->sent->mention]
	    : weigh_only_mention(work) >= 0   ? &work->statements.mentions[weigh_only_mention(work)]
					      : NULL;
	bool told = verb
			? claim->strong && claim_says_done(work)
			: weigh_has(work, CONCEPT_REPORT) &&
			      (named != NULL || (reading->document_number != NULL &&
						    strchr(reading->document_number, '/') != NULL));
	bool doubted =
	    named != NULL && named->doubted && (!verb || reading->document_number != NULL);
	if (reading->obligation_count != 1 || reading->names_other || claim->later ||
	    claim->doubted || claim->asked || reading->other_unit || !told || doubted ||
	    !is_undisturbed(work, verb) || claim_has_doubt(work) ||
	    !claim_is_report_number(reading->document_number))
		return RATHER;
	/* The report is named, or the only one, and we have just asked for it. */
	const struct understand_obligation *owed = weigh_obligation(work, reading->obligations[0]);
	bool meant = named != NULL || reading->document_number != NULL ||
		     (owed->reminded && !owed->claimed && sends_plainly(work, claim));
	if (named == NULL && owed->claimed)
		return RATHER; /* a correction, or another one */
	return meant && (reading->report_code != NULL || owed->reminded) ? CERTAIN : RATHER;
}

bool claim_is_plain_list(const struct weighing *work)
{
	bool plain = true;
	for (size_t i = 0; i < work->scan.item_count && plain; i++) {
		const struct item *item = &work->scan.items[i];
		plain = weigh_says_nothing(item) || item_is(item, CONCEPT_AND) ||
			item_is(item, CONCEPT_ALL);
		for (size_t j = 0; beside_verb[j] != CONCEPT_NONE && !plain; j++)
			plain = item_is(item, beside_verb[j]);
	}
	return plain && !work->scan.words.cut && !work->scan.words.strange &&
	       !work->scan.words.question_mark && !work->has_quotation && !claim_has_doubt(work);
}

/* "6T gửi rồi, năm chưa": of two clauses about two reports each is judged by itself. */
bool claim_is_plain_alone(const struct weighing *work, const struct claim *claim)
{
	const struct statements *statements = &work->statements;
	const struct clause *clause = &statements->clauses[claim->sent->clause];
	bool told = false;
	if (statements->clause_count != 2 || work->has_quotation || work->scan.words.cut ||
	    work->scan.words.strange || work->scan.words.question_mark ||
	    work->scan.unit_name != NULL || clause->asks ||
	    statements->mentions[claim->sent->mention].clause != claim->sent->clause)
		return false;
	for (size_t i = clause->first; i < clause->end; i++) {
		const struct item *item = &work->scan.items[i];
		bool known = weigh_says_nothing(item);
		for (size_t j = 0; beside_verb[j] != CONCEPT_NONE; j++)
			known |= item_is(item, beside_verb[j]);
		if (!known || (item->concept == CONCEPT_DATE && item->tendency > 0))
			return false;
		told |= (item->concept == CONCEPT_PAST && item->value == 0) ||
			item->concept == CONCEPT_ALREADY || item->concept == CONCEPT_DONE;
	}
	return told;
}

/* "Gửi BC 6T 45/BC-UBND"; but "toi gui" may be "tối gửi". */
bool claim_is_plain_sending(const struct weighing *work, const struct statement *bare)
{
	return bare->item == 0 && bare->mention >= 0 && work->readings[0].obligation_count == 1 &&
	       is_undisturbed(work, true) && !claim_has_doubt(work);
}
