/*
 * Owns: texts that begin with a command word of ours: DK, LK; and whole texts that are one: TT, TG,
 * STOP.
 * May use: understand/weigh.h.
 * Must not know: which units there are, who may register.
 */
#include "understand/weigh.h"

#include <string.h>

#define LINK_DIGITS 6

const struct item *weigh_first_that_says(const struct weighing *work, size_t *index)
{
	for (size_t i = 0; i < work->scan.item_count; i++) {
		const struct item *item = &work->scan.items[i];
		bool idle = item_is(item, CONCEPT_POLITE) || item_is(item, CONCEPT_SELF) ||
			    item_is(item, CONCEPT_ADDRESS) || item_is(item, CONCEPT_NAME);
		if (idle)
			continue;
		*index = i;
		return item;
	}
	return NULL;
}

/* ── DK NGOC-CON, LK 4821 ────────────────────────────────────────────────────────────────────── */

/* The words from an item on as a code: capitals, "-" where they stand apart. */
static const char *code_from(struct weighing *work, size_t word)
{
	const struct scan *scan = &work->scan;
	char code[64];
	size_t length = 0;
	for (; word < scan->words.count; word++) {
		const struct word *next = &scan->words.items[word];
		if (length + next->count + 2 > sizeof code)
			break;
		if (length > 0 && next->gap != GAP_NONE)
			code[length++] = '-';
		for (size_t i = 0; i < next->count; i++) {
			char base = scan->words.letters[next->first + i].base;
			code[length++] = (char)(base >= 'a' ? base - 'a' + 'A' : base);
		}
	}
	return arena_copy_bytes(work->arena, code, length);
}

static size_t end_of_code(const struct weighing *work, size_t word)
{
	static const char *const behind[] = {"a", "ah", "nhe", "nha", "voi", "ak", NULL};
	size_t end = work->scan.words.count;
	while (end > word) {
		bool polite = false;
		for (size_t i = 0; behind[i] != NULL; i++)
			polite |= scan_word_is(&work->scan, end - 1, behind[i]);
		if (!polite)
			break;
		end--;
	}
	return end;
}

static bool opens_unit(const struct weighing *work, size_t word)
{
	return scan_word_is(&work->scan, word, "xa") || scan_word_is(&work->scan, word, "phuong");
}

/* "DK …" in our spelling anywhere, "đăng ký" only in front of what looks like a unit. */
static bool is_code_command(const struct weighing *work, size_t item, size_t word, size_t end)
{
	const struct scan *scan = &work->scan;
	const struct word *said = &scan->words.items[scan->items[item].first];
	const struct word *next = &scan->words.items[word];
	bool short_form = scan->items[item].count == 1;
	if (short_form)
		return (said->shouted || item <= 2 || said->gap >= GAP_COMMA) && end - word <= 8;
	bool code = next->shouted || (next->digits && next->count >= 4) ||
		    scan->words.items[end - 1].gap == GAP_DASH;
	for (size_t i = word; i < end; i++)
		code |= scan->words.items[i].digits && scan->words.items[i].count >= 4;
	return item <= 4 && end - word <= 7 &&
	       (code || opens_unit(work, word) || scan_word_is(scan, word, "ma") ||
		   scan_word_is(scan, word, "don") || scan_word_is(scan, word, "thi"));
}

/* "số mới, đăng ký cho xã Cao Chương", "em là cán bộ mới của xã Ngọc Côn, xin đăng ký" */
static bool names_own_unit(const struct weighing *work, size_t item)
{
	bool ends = true;
	for (size_t i = item + 1; i < work->scan.item_count; i++)
		ends &= weigh_says_nothing(&work->scan.items[i]);
	for (size_t i = ends ? 0 : item + 1; i < work->scan.item_count && i <= item + 5; i++)
		if (work->scan.items[i].concept == CONCEPT_OWN_UNIT)
			return !weigh_has(work, CONCEPT_EVENT) &&
			       !weigh_has(work, CONCEPT_ATTEND) &&
			       !weigh_has(work, CONCEPT_OPT_OUT) && !weigh_has(work, CONCEPT_SEND);
	return false;
}

/* "/start 482913" is what a chat program says of itself when its owner follows a link of ours. */
static bool starts_with_code(const struct scan *scan, size_t item)
{
	size_t word = scan->items[item].first;
	return scan_word_is(scan, word, "start") && word + 2 == scan->words.count &&
	       scan->words.items[word + 1].digits &&
	       scan->words.items[word + 1].count == LINK_DIGITS;
}

bool weigh_code(struct weighing *work)
{
	struct scan *scan = &work->scan;
	size_t index;
	const struct item *item = weigh_first_that_says(work, &index);
	if (item == NULL || scan->words.question_mark)
		return false;
	bool registers = false, links = false;
	for (size_t i = index; i < scan->item_count && !registers && !links; i++) {
		bool as_unit = item_is(&scan->items[i], CONCEPT_OPT_IN) &&
			       scan_word_is(scan, scan->items[i].first, "dang") &&
			       i + 1 < scan->item_count && scan->unit_name != NULL;
		registers = as_unit || item_is(&scan->items[i], CONCEPT_REGISTER) ||
			    scan_word_is(scan, scan->items[i].first, "dk");
		links = item_is(&scan->items[i], CONCEPT_LINK) || starts_with_code(scan, i);
		index = i;
	}
	size_t word = scan->items[index].first + scan->items[index].count;
	size_t end = end_of_code(work, word);
	if (links) {
		while (word < end && !scan->words.items[word].digits)
			word++;
		if (word == end || scan->words.items[word].count < 3)
			return false;
		weigh_add(work, INTENT_LINK, CERTAIN, "a code of ours")->code =
		    scan_written(scan, word, 1);
		return true;
	}
	if (registers && names_own_unit(work, index)) {
		weigh_add(work, INTENT_REGISTER, CERTAIN, "asks to be taken in")->code =
		    work->scan.unit_name;
		return true;
	}
	if (!registers || word >= end || !is_code_command(work, index, word, end))
		return false;
	if (weigh_has(work, CONCEPT_ATTEND) || weigh_has(work, CONCEPT_EVENT) ||
	    weigh_has(work, CONCEPT_OPT_IN) || weigh_has(work, CONCEPT_OPT_OUT))
		return false;
	while (
	    word < end && (opens_unit(work, word) || item_is(&scan->items[index], CONCEPT_NONE) ||
			      scan_word_is(scan, word, "ma") || scan_word_is(scan, word, "don") ||
			      scan_word_is(scan, word, "vi") || scan_word_is(scan, word, "so") ||
			      scan_word_is(scan, word, "moi") || scan_word_is(scan, word, "cho") ||
			      scan_word_is(scan, word, "voi") || scan_word_is(scan, word, "thi") ||
			      scan_word_is(scan, word, "tran") || scan_word_is(scan, word, "nay")))
		word++;
	if (word >= end)
		return false;
	size_t kept = scan->words.count;
	scan->words.count = end;
	const char *code = code_from(work, word);
	scan->words.count = kept;
	weigh_add(work, INTENT_REGISTER, CERTAIN, "asks to be taken in")->code = code;
	return true;
}

/* ── whole texts ─────────────────────────────────────────────────────────────────────────────── */

static bool is_alone(const struct weighing *work, enum concept concept, bool asked)
{
	const enum concept only[] = {
	    concept, CONCEPT_YES, CONCEPT_ALLOW, CONCEPT_HELP_ME, CONCEPT_THANKS, CONCEPT_NONE};
	return weigh_has(work, concept) && weigh_only(work, only) && !work->scan.words.cut &&
	       (asked || !work->scan.words.question_mark) && work->scan.document_number == NULL;
}

/* "NGUNG": "thôi" says many things, and "dung" may be "đúng". */
static bool says_stop_plainly(const struct weighing *work)
{
	for (size_t i = 0; i < work->scan.words.count; i++) {
		const struct word *word = &work->scan.words.items[i];
		bool marked = word->tone != TONE_NONE || word->marks != 0;
		if (scan_word_is(&work->scan, i, "ngung") || scan_word_is(&work->scan, i, "tat") ||
		    (scan_word_is(&work->scan, i, "dung") && (marked || word->shouted)))
			return true;
	}
	return false;
}

bool weigh_command(struct weighing *work)
{
	static const struct {
		enum concept concept;
		enum intent intent;
		bool asked;
	} commands[] = {
	    {CONCEPT_OPT_OUT, INTENT_OPT_OUT, false},
	    {CONCEPT_OPT_IN, INTENT_OPT_IN, false},
	    {CONCEPT_STATUS, INTENT_STATUS, true},
	    {CONCEPT_HELP, INTENT_HELP, true},
	};
	if (work->scan.item_count == 0) {
		if (strstr(work->scan.text, "👍") != NULL || strstr(work->scan.text, "👌") != NULL) {
			weigh_add(work, INTENT_ACKNOWLEDGE, CERTAIN, "a sign of having read it");
			return true;
		}
		if (!work->scan.words.question_mark)
			return false;
		weigh_add(work, INTENT_HELP, CERTAIN, "a question mark alone");
		return true;
	}
	bool shouted = work->scan.words.count == 1 && work->scan.words.items[0].shouted &&
		       scan_word_is(&work->scan, 0, "dung"); /* "DUNG" is "dừng", as we teach it */
	if (shouted || (is_alone(work, CONCEPT_STOP, false) && says_stop_plainly(work))) {
		weigh_add(work, INTENT_OPT_OUT, CONFIDENCE_SURE, "a command");
		return true;
	}
	for (size_t i = 0; i < COUNT_OF(commands) && !work->has_quotation; i++)
		if (commands[i].intent == INTENT_OPT_OUT && work->context->request_count > 0)
			continue; /* "từ chối" refuses then */
		else if (is_alone(work, commands[i].concept, commands[i].asked)) {
			weigh_set_named(
			    work, weigh_add(work, commands[i].intent, CERTAIN, "a command"));
			return true;
		}
	return false;
}
