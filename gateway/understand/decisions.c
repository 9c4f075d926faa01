/*
 * Owns: decisions on requests for more time: DUYET 3, KHONG 3 4, "duyệt 1, không 2".
 * May use: understand/weigh.h.
 * Must not know: which requests there are, who may decide.
 */
#include "understand/weigh.h"

#define DECISION_DIGITS_MAX 3

static bool take_number(struct reading *reading, const struct word *word)
{
	if (!word->digits || word->count > DECISION_DIGITS_MAX ||
	    reading->number_count == UNDERSTAND_NUMBERS_MAX)
		return false;
	reading->numbers[reading->number_count++] = word->value;
	return true;
}

/* "1-3": those between, too. */
static void take_range(struct reading *reading, const struct word *to)
{
	int from = reading->numbers[reading->number_count - 1];
	for (int i = from + 1; i < to->value && reading->number_count < UNDERSTAND_NUMBERS_MAX; i++)
		reading->numbers[reading->number_count++] = i;
}

/* "1-3", which could be a day as well. */
static bool is_dashed(const struct scan *scan, const struct item *item)
{
	return item->concept == CONCEPT_DATE && item->count == 2 &&
	       scan->words.items[item->first].digits &&
	       scan->words.items[item->first + 1U].gap == GAP_DASH;
}

/* Numbers behind the word; false when something else stands there that could matter. */
static bool take_numbers(struct weighing *work, struct reading *reading, size_t from, size_t to)
{
	static const enum concept beside[] = {CONCEPT_POLITE, CONCEPT_ADDRESS, CONCEPT_SELF,
	    CONCEPT_NUMBER_WORD, CONCEPT_AND, CONCEPT_FILLER, CONCEPT_YES, CONCEPT_EXTEND,
	    CONCEPT_ALLOW, CONCEPT_REQUEST, CONCEPT_UNIT, CONCEPT_APPROVE, CONCEPT_REFUSE,
	    CONCEPT_BUT, CONCEPT_NUMBER_WORD};
	const struct scan *scan = &work->scan;
	bool clear = true;
	for (size_t i = from; i < to; i++) {
		const struct item *item = &scan->items[i];
		const struct word *word = &scan->words.items[item->first];
		bool range = item->concept == CONCEPT_NUMBER && word->gap == GAP_DASH && i > from &&
			     scan->items[i - 1].concept == CONCEPT_NUMBER &&
			     reading->number_count > 0;
		if (range)
			take_range(reading, word);
		if (is_dashed(scan, item) && take_number(reading, word)) {
			take_range(reading, word + 1);
			take_number(reading, word + 1);
			continue;
		}
		if (item->concept == CONCEPT_NUMBER && take_number(reading, word))
			continue;
		if (item_is(item, CONCEPT_ALL)) {
			const struct word *last =
			    &scan->words.items[item->first + item->count - 1U];
			reading->all = !last->digits || item->count == 1;
			if (last->digits)
				take_number(reading, last);
			continue;
		}
		bool known = false;
		for (size_t j = 0; j < COUNT_OF(beside); j++)
			known |= item_is(item, beside[j]);
		clear &= known;
	}
	return clear;
}

/* "duyet 1 khong 2": where the other decision begins; the items' count: there is none. */
static size_t second_word(const struct scan *scan, size_t from, bool refuses)
{
	bool number = false;
	for (size_t i = from; i + 1 < scan->item_count; i++) {
		const struct item *item = &scan->items[i];
		bool other = refuses ? item_is(item, CONCEPT_APPROVE)
				     : item_is(item, CONCEPT_REFUSE) ||
					   (item->concept == CONCEPT_NOT && item->count == 1);
		if (other && number && scan->items[i + 1].concept == CONCEPT_NUMBER)
			return i;
		number |= item->concept == CONCEPT_NUMBER || is_dashed(scan, item);
	}
	return scan->item_count;
}

static struct reading *decide(struct weighing *work, bool refuses, size_t from, size_t to)
{
	const struct scan *scan = &work->scan;
	struct reading *reading =
	    weigh_add(work, refuses ? INTENT_REFUSE : INTENT_APPROVE, RATHER, "");
	bool clear = take_numbers(work, reading, from, to);
	clear &= !scan->words.question_mark && !(reading->all && reading->number_count > 0) &&
		 !scan->words.cut && !scan->words.strange;
	for (size_t i = 0; i < scan->item_count; i++)
	clear &= scan->items[i].concept != CONCEPT_DATE || is_dashed(scan, &scan->items[i]);
	reading->confidence = clear ? CERTAIN : CONFIDENCE_PLAUSIBLE;
	reading->evidence = clear ? "a decision on requests" : "a decision, but with further words";
	return reading;
}

bool weigh_decision(struct weighing *work)
{
	struct scan *scan = &work->scan;
	size_t index;
	const struct item *item = weigh_first_that_says(work, &index);
	if (item == NULL)
		return false;
	size_t first = index;
	while (index + 1 < scan->item_count &&
	       (item_is(&scan->items[index], CONCEPT_YES) ||
		   item_is(&scan->items[index], CONCEPT_ALLOW)) &&
	       !item_is(&scan->items[index], CONCEPT_APPROVE))
		index++;
	bool opens = scan->items[index].concept == CONCEPT_NOT ||
		     item_is(&scan->items[index], CONCEPT_REFUSE);
	for (size_t i = index; i + 1 < scan->item_count && !opens; i++)
		if (item_is(&scan->items[i], CONCEPT_APPROVE) &&
		    scan->items[i + 1].concept == CONCEPT_NUMBER)
			index = i;
	item = &scan->items[index];
	bool numbers = false;
	for (size_t i = index > 0 ? index : 1; i < scan->item_count; i++)
	numbers |=
	    scan->items[i].concept == CONCEPT_NUMBER || item_is(&scan->items[i], CONCEPT_ALL);
	bool waits = work->context->request_count > 0;
	bool approves = item_is(item, CONCEPT_APPROVE);
	bool agrees = index > 0 && item_is(&scan->items[index - 1], CONCEPT_YES) && numbers &&
		      scan_word_is(scan, scan->items[index - 1].first, "dong");
	bool refuses = item_is(item, CONCEPT_REFUSE) ||
		       (item->concept == CONCEPT_NOT && item->count == 1 && (waits || numbers));
	bool numbered = (approves || refuses) && item->count >= 2 && index == first;
	for (size_t i = index + 1; i < scan->item_count && i <= index + 3; i++)
	numbered |= (approves || refuses) && scan->items[i].concept == CONCEPT_NUMBER &&
		    scan->items[i].clause == item->clause;
	if ((scan->words.question_mark && !numbered) || (!approves && !refuses && !agrees) ||
	    scan->document_number != NULL || (weigh_has(work, CONCEPT_SEND) && !numbered) ||
	    weigh_has(work, CONCEPT_TEXTING) ||
	    (weigh_has(work, CONCEPT_OPT_OUT) && !numbered && !(waits && numbers)) ||
	    weigh_has(work, CONCEPT_WAIT))
		return false;
	size_t second = second_word(scan, index + 1, refuses);
	struct reading *reading = decide(work, refuses, agrees ? index : index + 1, second);
	if (!waits && reading->number_count == 0 && !reading->all && item->count < 2 &&
	    scan->item_count > 3) {
		work->count--;
		work->said = work->count;
		return false;
	}
	if (second < scan->item_count)
		decide(work, !refuses, second + 1, scan->item_count);
	return true;
}
