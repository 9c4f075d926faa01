/*
 * Owns: where one clause ends and the next begins, and whether it asks, doubts, sets a condition.
 * May use: understand/statement.h.
 * Must not know: what verbs say, intents.
 */
#include "understand/statement.h"

/* ── clauses ─────────────────────────────────────────────────────────────────────────────────── */

bool item_is_idle(const struct item *item)
{
	return item_is(item, CONCEPT_POLITE) || item_is(item, CONCEPT_ADDRESS) ||
	       item_is(item, CONCEPT_SELF) || item_is(item, CONCEPT_NAME) ||
	       item->concept == CONCEPT_NONE;
}

bool item_is_verb(const struct item *item)
{
	return item->concept == CONCEPT_SEND || item->concept == CONCEPT_DONE ||
	       item->concept == CONCEPT_MAKE || item->concept == CONCEPT_SIGN ||
	       item->concept == CONCEPT_PRESENT;
}

bool scan_idles_until_gap(const struct scan *scan, size_t index)
{
	for (size_t i = index; i < scan->item_count; i++) {
		if (i > index && scan->words.items[scan->items[i].first].gap >= GAP_COMMA)
			return true;
		if (!item_is_idle(&scan->items[i]) && !item_is(&scan->items[i], CONCEPT_TAG) &&
		    !item_is(&scan->items[i], CONCEPT_NOT_YET))
			return false;
	}
	return true;
}

/* "anh đang họp: bc xong rồi", but not "BC 6T: 33/BC-UBND". */
static bool colon_ends(const struct scan *scan, size_t index)
{
	static const enum concept labels[] = {CONCEPT_REPORT, CONCEPT_NAMED_REPORT, CONCEPT_HALF,
	    CONCEPT_YEAR, CONCEPT_NUMBER_WORD, CONCEPT_DOCUMENT_WORD, CONCEPT_REGISTER,
	    CONCEPT_NUMBER, CONCEPT_CLOCK};
	for (size_t i = 0; i < COUNT_OF(labels) && index > 0; i++)
		if (item_is(&scan->items[index - 1], labels[i]))
			return false;
	return index > 1;
}

/* "em gửi hôm qua chị nhận được chưa": whom it asks begins a clause. */
static bool turns_to_us(const struct scan *scan, size_t index)
{
	bool sends = false, asks = false;
	if (!item_is(&scan->items[index], CONCEPT_ADDRESS) &&
	    !item_is(&scan->items[index], CONCEPT_PLACE))
		return false;
	for (size_t i = index; i-- > 0 && scan->items[i].clause == scan->items[index - 1].clause;)
	sends |= scan->items[i].concept == CONCEPT_SEND;
	for (size_t i = index + 1;
	     i < scan->item_count && i <= index + 3 && scan->items[i].concept != CONCEPT_ALREADY;
	     i++)
		asks |= item_is(&scan->items[i], CONCEPT_RECEIVE) ||
			item_is(&scan->items[i], CONCEPT_CHECK) ||
			item_is(&scan->items[i], CONCEPT_STATUS) ||
			item_is(&scan->items[i], CONCEPT_HELP_ME);
	return sends && asks;
}

/* "gửi rồi mà": what follows is another matter. */
static bool ends_in_but(const struct scan *scan, const struct item *item)
{
	return item->count > 1 && scan_word_is(scan, item->first + item->count - 1U, "ma");
}

static bool begins_clause(const struct scan *scan, size_t index)
{
	const struct item *item = &scan->items[index];
	const struct word *word = &scan->words.items[item->first];
	bool tight_dot = word->gap == GAP_DOT && !word->spaced && index > 0 &&
			 (scan->items[index - 1].concept == CONCEPT_NONE ||
			     (word->digits && scan->items[index - 1].concept == CONCEPT_NUMBER));
	if ((word->gap >= GAP_COMMA && !tight_dot) || (word->gap == GAP_DASH && word->spaced))
		return true;
	if (item->concept == CONCEPT_BUT || (word->gap == GAP_COLON && colon_ends(scan, index)))
		return true;
	if (item->concept == CONCEPT_PERHAPS && index > 0 && item_is_verb(&scan->items[index - 1]))
		return true;
	if (turns_to_us(scan, index))
		return true;
	/* "gửi rồi chị xem hộ em": behind a finished verb something else begins. */
	static const enum concept subjects[] = {CONCEPT_SELF, CONCEPT_ADDRESS, CONCEPT_HELP_ME,
	    CONCEPT_CHECK, CONCEPT_THANKS, CONCEPT_POLITE, CONCEPT_REPORT, CONCEPT_HOW, CONCEPT_ASK,
	    CONCEPT_DONT, CONCEPT_REQUEST, CONCEPT_ALLOW, CONCEPT_NOT, CONCEPT_UNIT, CONCEPT_PLACE,
	    CONCEPT_PERHAPS, CONCEPT_RECEIVE, CONCEPT_IF, CONCEPT_PROGRESS, CONCEPT_WAIT,
	    CONCEPT_HINDERED, CONCEPT_BECAUSE};
	if (index > 0 && scan->items[index - 1].concept == CONCEPT_ALREADY &&
	    !scan_idles_until_gap(scan, index) && ends_in_but(scan, &scan->items[index - 1]))
		return true;
	if (index == 0 || scan->items[index - 1].concept != CONCEPT_ALREADY ||
	    scan_idles_until_gap(scan, index))
		return false;
	if (scan_word_is(scan, item->first, "ma"))
		return true;
	for (size_t i = 0; i < COUNT_OF(subjects); i++)
		if (item->concept == subjects[i])
			return true;
	return false;
}

static void divide(struct scan *scan, struct statements *out)
{
	for (size_t i = 0; i < scan->item_count; i++) {
		if (i == 0 || (begins_clause(scan, i) && out->clause_count < CLAUSES_MAX)) {
			if (out->clause_count > 0)
				out->clauses[out->clause_count - 1].end = i;
			out->clauses[out->clause_count++] = (struct clause){.first = i};
		}
		scan->items[i].clause = (uint8_t)(out->clause_count - 1);
	}
	if (out->clause_count > 0)
		out->clauses[out->clause_count - 1].end = scan->item_count;
}

/* ── questions ───────────────────────────────────────────────────────────────────────────────── */

/* "gửi chưa", "có nhận được không", "… hả chị": what stands last, particles apart, asks. */
static bool ends_asking(const struct scan *scan, const struct clause *clause)
{
	size_t last = clause->end;
	while (last > clause->first && item_is_idle(&scan->items[last - 1]) &&
	       !item_is(&scan->items[last - 1], CONCEPT_TAG))
		last--;
	if (last == clause->first)
		return false;
	const struct item *item = &scan->items[last - 1];
	if (item_is(item, CONCEPT_TAG))
		return true;
	bool negation = item->concept == CONCEPT_NOT_YET || item->concept == CONCEPT_NOT;
	/* "gửi mãi không được", "tưởng gửi rồi hóa ra chưa" */
	bool told = item->count > 1 && !scan_word_is(scan, item->first, "chua");
	if (!negation || told)
		return false;
	static const char *const arriving[] = {"den", "toi", "len", "ve", "vao", NULL};
	for (size_t i = 0; last >= clause->first + 2 && arriving[i] != NULL; i++)
		if (scan_word_is(scan, scan->items[last - 2].first, arriving[i]))
			return true; /* "báo cáo đến chưa" */
	for (size_t i = clause->first; i + 1 < last; i++) {
		const struct item *before = &scan->items[i];
		if (item_is_verb(before) || item_is(before, CONCEPT_PAST) ||
		    item_is(before, CONCEPT_EXIST) || item_is(before, CONCEPT_ABLE) ||
		    item_is(before, CONCEPT_RECEIVE) || item_is(before, CONCEPT_ALREADY) ||
		    item_is(before, CONCEPT_READ))
			return true;
	}
	return false;
}

static bool has_question_mark(const struct scan *scan, const struct clause *clause)
{
	for (size_t i = clause->first; i < clause->end; i++) {
		const struct item *item = &scan->items[i];
		for (size_t j = item->first; j < (size_t)item->first + item->count; j++)
			if (scan->words.items[j].asked)
				return true;
	}
	return false;
}

bool clause_holds(const struct scan *scan, const struct clause *clause, enum concept concept)
{
	for (size_t i = clause->first; i < clause->end; i++)
		if (item_is(&scan->items[i], concept))
			return true;
	return false;
}

/* "chưa gửi đâu", "không có ai": behind a negation the word only strengthens it. */
static bool is_emphatic(const struct scan *scan, const struct clause *clause, size_t index)
{
	const struct item *item = &scan->items[index];
	if (!scan_word_is(scan, item->first, "dau") && !scan_word_is(scan, item->first, "ai") &&
	    !scan_word_is(scan, item->first, "gi") && !scan_word_is(scan, item->first, "nao"))
		return false;
	for (size_t i = clause->first; i < index; i++) {
		enum concept concept = (enum concept)scan->items[i].concept;
		if (concept == CONCEPT_NOT || concept == CONCEPT_NOT_YET ||
		    concept == CONCEPT_ABSENT || concept == CONCEPT_WRONG ||
		    concept == CONCEPT_DONT ||
		    (concept == CONCEPT_OPT_OUT && scan->items[i].value == 0) ||
		    concept == CONCEPT_NIL || (concept == CONCEPT_PAST && scan->items[i].count > 2))
			return true; /* "không có chuyện chưa gửi đâu" */
	}
	return false;
}

/* "hôm nào có đường thì gửi": a time that is not asked for. */
static bool is_condition(const struct scan *scan, const struct clause *clause, size_t index)
{
	/* "chưa nhận được thì báo em" */
	bool lacks = (scan->items[index].concept == CONCEPT_NOT_YET ||
			 scan->items[index].concept == CONCEPT_NOT) &&
		     index + 1 < clause->end &&
		     (item_is(&scan->items[index + 1], CONCEPT_RECEIVE) ||
			 item_is(&scan->items[index + 1], CONCEPT_READ));
	if (scan->items[index].concept != CONCEPT_WHEN && !lacks)
		return false;
	for (size_t i = index + 1; i < clause->end; i++)
		if (scan->items[i].count == 1 && scan_word_is(scan, scan->items[i].first, "thi"))
			return true;
	return false;
}

static bool is_question_word(const struct scan *scan, const struct item *item)
{
	static const enum concept questions[] = {
	    CONCEPT_ASK, CONCEPT_WHICH, CONCEPT_WHEN, CONCEPT_HOW, CONCEPT_TAG};
	for (size_t i = 0; i < COUNT_OF(questions); i++)
		if (item_is(item, questions[i]))
			return !scan_word_is(scan, item->first, "chu");
	return (item->concept == CONCEPT_HELP || item->concept == CONCEPT_STATUS) &&
	       item->count > 1;
}

/* "nghe bảo gửi rồi", but "đã bảo gửi rồi mà" is one's own word. */
static bool is_hearsay(const struct scan *scan, const struct clause *clause)
{
	for (size_t i = clause->first; i < clause->end; i++)
		if (item_is(&scan->items[i], CONCEPT_HEARSAY) &&
		    !(i > clause->first && scan->items[i - 1].concept == CONCEPT_PAST))
			return true;
	return false;
}

static void judge_clause(const struct scan *scan, struct clause *clause)
{
	bool temporal = true;
	clause->asks = ends_asking(scan, clause) || has_question_mark(scan, clause);
	for (size_t i = clause->first; i < clause->end; i++) {
		temporal &= scan->items[i].concept != CONCEPT_IF || scan->items[i].value == 1;
		if (is_emphatic(scan, clause, i))
			continue;
		if (is_condition(scan, clause, i))
			clause->condition = true;
		else
			clause->asks |= is_question_word(scan, &scan->items[i]);
	}
	clause->doubt = clause_holds(scan, clause, CONCEPT_PERHAPS) || is_hearsay(scan, clause);
	clause->condition |= clause_holds(scan, clause, CONCEPT_IF);
	clause->temporal = clause->condition && temporal;
	clause->waits = clause_holds(scan, clause, CONCEPT_WAIT);
	for (size_t i = clause->first; i < clause->end; i++)
	clause->unknown += scan->items[i].concept == CONCEPT_NONE;
}

void clauses_find(struct scan *scan, struct statements *out)
{
	divide(scan, out);
	for (size_t i = 0; i < out->clause_count; i++)
		judge_clause(scan, &out->clauses[i]);
}
