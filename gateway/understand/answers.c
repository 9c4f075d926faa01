/*
 * Owns: answers to the numbered question that is open: "2", "số 1 ạ", "cả hai", "6T", a day.
 * May use: understand/weigh.h.
 * Must not know: how the question was put.
 */
#include "understand/weigh.h"

#include <string.h>

static void answer(struct weighing *work, const int *numbers, int count)
{
	const struct understand_question *question = &work->context->question;
	struct reading *reading =
	    weigh_add(work, question->intent, CERTAIN, "answers the numbered question");
	reading->obligations = arena_alloc(work->arena, (size_t)question->count * sizeof(int64_t));
	for (int i = 0; i < count; i++)
		reading->obligations[reading->obligation_count++] =
		    question->choices[numbers[i] - 1];
	const struct understand_obligation *first = weigh_obligation(work, reading->obligations[0]);
	reading->report_code = count == 1 && first != NULL ? first->report_code : NULL;
	reading->document_number = count == 1 ? question->document_number : NULL;
	if (work->scan.document_number != NULL && count == 1)
		reading->document_number = work->scan.document_number;
	if (question->promised.ms != 0)
		reading->promised = question->promised;
	reading->day_is_sure = true;
}

/* A number that chooses: digits or a numeral; 0: none. */
static int choice_of(const struct weighing *work, const struct item *item)
{
	int most = work->context->question.count;
	int number = 0;
	if (item->concept == CONCEPT_NUMBER)
		number = item->value;
	else if (item_is(item, CONCEPT_DIGIT))
	number = item->concept == CONCEPT_DIGIT ? item->value : 0;
	else if (item->concept == CONCEPT_DATE && item->weekday != 0 && item->count == 2 &&
		 scan_word_is(&work->scan, item->first, "thu")) number =
	    item->weekday + 1; /* "cái thứ 2" is no Monday here */
	return number >= 1 && number <= most ? number : 0;
}

static bool is_beside(const struct item *item)
{
	static const enum concept beside[] = {CONCEPT_POLITE, CONCEPT_SELF, CONCEPT_ADDRESS,
	    CONCEPT_FILLER, CONCEPT_NUMBER_WORD, CONCEPT_YES, CONCEPT_REPORT, CONCEPT_RIGHT,
	    CONCEPT_THANKS, CONCEPT_ALREADY, CONCEPT_NAME};
	for (size_t i = 0; i < COUNT_OF(beside); i++)
		if (item_is(item, beside[i]))
			return true;
	return false;
}

/* The choice whose unit is the only one named; `code`: of this report, NULL: of any. */
static int choice_by_unit(const struct weighing *work, const char *code)
{
	const struct understand_question *question = &work->context->question;
	const char *unit = work->scan.unit_code;
	int found = 0;
	for (int i = 0; unit != NULL && i < question->count; i++) {
		const struct understand_obligation *item =
		    weigh_obligation(work, question->choices[i]);
		if (item == NULL || item->unit_code == NULL || strcmp(item->unit_code, unit) != 0 ||
		    (code != NULL && strcmp(item->report_code, code) != 0))
			continue;
		if (found != 0)
			return 0;
		found = i + 1;
	}
	return found;
}

/* The choice whose report is the only one named. */
static int choice_by_name(const struct weighing *work)
{
	const struct understand_question *question = &work->context->question;
	int mention = weigh_only_mention(work), found = 0;
	if (mention < 0 || !work->statements.mentions[mention].owed)
		return 0;
	/* "năm" is five, too. */
	if (work->statements.mentions[mention].doubted && question->count >= 5)
		return 0;
	const char *code = work->scan.reports[work->statements.mentions[mention].report].code;
	if (work->scan.unit_name != NULL)
		return choice_by_unit(work, code);
	for (int i = 0; i < question->count; i++) {
		const struct understand_obligation *item =
		    weigh_obligation(work, question->choices[i]);
		if (item == NULL || strcmp(item->report_code, code) != 0)
			continue;
		if (found != 0)
			return 0;
		found = i + 1;
	}
	return found;
}

static bool names_report(const struct item *item)
{
	return item->concept == CONCEPT_NAMED_REPORT || item_is(item, CONCEPT_HALF) ||
	       item_is(item, CONCEPT_YEAR);
}

/* "chọn 1", "cái 2": words of choosing are unknown to the vocabulary. */
static bool is_choosing(const struct weighing *work, const struct item *item)
{
	return scan_word_is(&work->scan, item->first, "chon") ||
	       scan_word_is(&work->scan, item->first, "lua") ||
	       scan_word_is(&work->scan, item->first, "thu");
}

static bool all_answers(
    const struct weighing *work, int *numbers, int *count, bool *all, bool *named)
{
	const struct scan *scan = &work->scan;
	bool unit = false;
	*count = 0;
	*all = *named = false;
	for (size_t i = 0; i < scan->item_count; i++) {
		const struct item *item = &scan->items[i];
		int choice = choice_of(work, item);
		if (choice > 0 && *count < UNDERSTAND_NUMBERS_MAX)
			numbers[(*count)++] = choice;
		else if (item->concept == CONCEPT_ALL)
			*all = true;
		else if (names_report(item))
			*named = true;
		else if (item->concept == CONCEPT_OWN_UNIT)
			unit = true;
		else if (item->concept == CONCEPT_DOCUMENT || is_choosing(work, item) ||
			 item_is(item, CONCEPT_UNIT) || item_is(item, CONCEPT_AND))
			continue;
		else if (!is_beside(item))
			return false;
	}
	if (unit && !*named) { /* "xã Đình Phong" */
		int choice = choice_by_unit(work, NULL);
		if (choice == 0 || *count > 1 || *all || (*count == 1 && numbers[0] != choice))
			return false;
		numbers[0] = choice;
		*count = 1;
	}
	return true;
}

/* Not about a claim: then "BC 6T 45" is no choice, but a claim. */
static bool question_is_other(const struct weighing *work)
{
	return work->context->question.intent != INTENT_CONFIRM;
}

static bool answer_choice(struct weighing *work)
{
	int numbers[UNDERSTAND_NUMBERS_MAX], count;
	bool all, named;
	const struct scan *scan = &work->scan;
	int most = work->context->question.count;
	bool claims = question_is_other(work) &&
		      (weigh_has(work, CONCEPT_REPORT) || scan->document_number != NULL);
	if (claims || scan->words.question_mark || scan->words.cut || scan->words.strange ||
	    !all_answers(work, numbers, &count, &all, &named))
		return false;
	if (all && count == 0 && !named && most <= UNDERSTAND_NUMBERS_MAX &&
	    !work->context->question.yes_or_no) {
		for (int i = 0; i < most; i++)
			numbers[i] = i + 1;
		answer(work, numbers, most);
		return true;
	}
	if (named) {
		int choice = choice_by_name(work);
		if (choice == 0 || count > 1 || (count == 1 && numbers[0] != choice) || all)
			return false;
		numbers[0] = choice;
		count = 1;
	}
	if (count == 0 || all || (count > 1 && count != most))
		return false;
	for (int i = 0; i < count; i++)
		for (int k = 0; k < i; k++)
			if (numbers[k] == numbers[i])
				return false;
	answer(work, numbers, count);
	return true;
}

/* "không phải 2, là 1" */
static bool answer_instead(struct weighing *work)
{
	const struct scan *scan = &work->scan;
	int rejected = 0, chosen = 0;
	bool negates = false;
	for (size_t i = 0; i < scan->item_count; i++) {
		const struct item *item = &scan->items[i];
		int choice = choice_of(work, item);
		if (item_is(item, CONCEPT_WRONG) || item->concept == CONCEPT_NOT)
			negates = true;
		else if (choice > 0 && negates && rejected == 0)
			rejected = choice;
		else if (choice > 0 && chosen == 0)
			chosen = choice;
		else if (!is_beside(item))
			return false;
	}
	if (rejected == 0 || chosen == 0 || rejected == chosen || scan->words.question_mark)
		return false;
	answer(work, &chosen, 1);
	return true;
}

/* "12/6", behind the question which day. */
static bool answer_day(struct weighing *work)
{
	const struct understand_question *question = &work->context->question;
	static const enum concept beside[] = {CONCEPT_DATE, CONCEPT_DAY_WORD, CONCEPT_FUTURE,
	    CONCEPT_SEND, CONCEPT_DONE, CONCEPT_YES, CONCEPT_ALLOW, CONCEPT_EXTEND, CONCEPT_DAYTIME,
	    CONCEPT_ABLE, CONCEPT_BEFORE, CONCEPT_REPORT_V, CONCEPT_NONE};
	bool about_day =
	    question->intent == INTENT_NOT_YET || question->intent == INTENT_EXTENSION_REQUEST;
	struct wall day = WALL_NEVER;
	if (question->count != 1 || !about_day || weigh_count(work, CONCEPT_DATE) != 1 ||
	    !weigh_only(work, beside) || work->scan.words.question_mark || work->scan.words.cut)
		return false;
	for (size_t i = 0; i < work->scan.item_count; i++)
		if (work->scan.items[i].concept == CONCEPT_DATE)
			day = work->scan.items[i].day;
	if (day.ms == WALL_NEVER.ms)
		return false;
	struct reading *reading = weigh_add(work, question->intent, CERTAIN, "answers which day");
	reading->obligations[reading->obligation_count++] = question->choices[0];
	const struct understand_obligation *owed = weigh_obligation(work, question->choices[0]);
	reading->report_code = owed != NULL ? owed->report_code : NULL;
	reading->promised = day;
	reading->day_is_sure = true;
	return true;
}

/* "sai rồi, 22/BC-UBND": the claim that was doubted, with its right number. */
static bool says_other_number(struct weighing *work)
{
	static const enum concept beside[] = {CONCEPT_NOT, CONCEPT_WRONG, CONCEPT_ALREADY,
	    CONCEPT_DOCUMENT, CONCEPT_NUMBER_WORD, CONCEPT_REPORT, CONCEPT_RIGHT, CONCEPT_PAST,
	    CONCEPT_NAMED_REPORT, CONCEPT_HALF, CONCEPT_NONE};
	const struct understand_question *question = &work->context->question;
	const char *said = work->scan.document_number, *asked = question->document_number;
	const struct understand_obligation *doubted = weigh_obligation(work, question->choices[0]);
	if (said == NULL || work->scan.document_count != 1 || doubted == NULL ||
	    (asked != NULL && strcmp(said, asked) == 0) || !weigh_only(work, beside) ||
	    (work->statements.mention_count > 0 && choice_by_name(work) != 1))
		return false;
	struct reading *reading =
	    weigh_add(work, INTENT_CONFIRM, CERTAIN, "gives another number than the doubtful one");
	reading->obligations[reading->obligation_count++] = doubted->id;
	reading->report_code = doubted->report_code;
	return true;
}

/* "0", "không cái nào cả", "không phải" */
static bool answer_none(struct weighing *work)
{
	static const enum concept beside[] = {CONCEPT_NOT, CONCEPT_WRONG, CONCEPT_WHICH,
	    CONCEPT_ALL, CONCEPT_REPORT, CONCEPT_NUMBER, CONCEPT_ALREADY, CONCEPT_NONE};
	const struct scan *scan = &work->scan;
	bool zero = scan->item_count > 0 && scan->items[0].concept == CONCEPT_NUMBER &&
		    scan->items[0].value == 0;
	bool denies = weigh_has(work, CONCEPT_NOT) || weigh_has(work, CONCEPT_WRONG);
	for (size_t i = 0; i < scan->item_count; i++)
		if (scan->items[i].concept == CONCEPT_NUMBER && scan->items[i].value != 0)
			return false;
	if ((!zero && !denies) || work->context->question.yes_or_no || !weigh_only(work, beside) ||
	    scan->words.question_mark || scan->words.cut)
		return false;
	weigh_add(work, INTENT_CANCEL, CERTAIN, "none of the choices");
	return true;
}

/* "đúng", "vâng đúng rồi ạ"; "sai", "không" */
static bool answer_yes_or_no(struct weighing *work)
{
	static const enum concept agreeing[] = {CONCEPT_YES, CONCEPT_RIGHT, CONCEPT_ALREADY,
	    CONCEPT_EXIST, CONCEPT_NUMBER, CONCEPT_NONE};
	static const enum concept denying[] = {
	    CONCEPT_NOT, CONCEPT_WRONG, CONCEPT_ALREADY, CONCEPT_NUMBER, CONCEPT_NONE};
	static const enum concept confirming[] = {CONCEPT_YES, CONCEPT_RIGHT, CONCEPT_ALREADY,
	    CONCEPT_DOCUMENT, CONCEPT_NUMBER_WORD, CONCEPT_REPORT, CONCEPT_NONE};
	const struct words *words = &work->scan.words;
	bool yes = weigh_has(work, CONCEPT_YES) || weigh_has(work, CONCEPT_RIGHT) ||
		   weigh_has(work, CONCEPT_EXIST);
	bool no = weigh_has(work, CONCEPT_NOT) || weigh_has(work, CONCEPT_WRONG);
	bool clear = !words->question_mark && !words->cut && !words->strange;
	if (work->context->question.yes_or_no && clear && no && !yes && says_other_number(work))
		return true;
	const char *asked = work->context->question.document_number;
	const char *said = work->scan.document_number;
	if (yes && asked != NULL && said != NULL && strcmp(asked, said) == 0 &&
	    weigh_only(work, confirming) && work->context->question.yes_or_no && clear) {
		answer(work, &(int){1}, 1); /* "21/BC-UBND đúng rồi" */
		return true;
	}
	if (!work->context->question.yes_or_no || !clear || yes == no ||
	    !weigh_only(work, yes ? agreeing : denying))
		return false;
	for (size_t i = 0; i < work->scan.item_count; i++) /* "2 sai", but not "1 sai" */
		if (work->scan.items[i].concept == CONCEPT_NUMBER &&
		    work->scan.items[i].value != (yes ? 1 : 2))
			return false;
	answer(work, &(int){yes ? 1 : 2}, 1);
	return true;
}

/* "1 là báo cáo cuối năm à" */
static bool wonders(const struct weighing *work)
{
	for (size_t i = 0; i < work->scan.item_count; i++)
		if (item_is(&work->scan.items[i], CONCEPT_POLITE) && work->scan.items[i].value == 1)
			return true;
	return false;
}

bool weigh_answer(struct weighing *work)
{
	if (wonders(work))
		return false;
	return work->context->question.count > 0 &&
	       (answer_yes_or_no(work) || answer_day(work) || answer_choice(work) ||
		   answer_instead(work) || answer_none(work));
}
