/*
 * Owns: clauses, and the tense, negation and mood of the verbs in them.
 * May use: understand/statement.h.
 * Must not know: intents.
 */
#include "understand/statement.h"

#include <string.h>

/* ── clauses ─────────────────────────────────────────────────────────────────────────────────── */

/* Says nothing that would end a question or begin a sentence. */
static bool is_idle(const struct item *item)
{
	return item_is(item, CONCEPT_POLITE) || item_is(item, CONCEPT_ADDRESS) ||
	       item_is(item, CONCEPT_SELF) || item_is(item, CONCEPT_NAME) ||
	       item->concept == CONCEPT_NONE;
}

static bool is_verb(const struct item *item)
{
	return item->concept == CONCEPT_SEND || item->concept == CONCEPT_DONE ||
	       item->concept == CONCEPT_MAKE || item->concept == CONCEPT_SIGN ||
	       item->concept == CONCEPT_PRESENT;
}

static bool only_idle_until_gap(const struct scan *scan, size_t index)
{
	for (size_t i = index; i < scan->item_count; i++) {
		if (i > index && scan->words.items[scan->items[i].first].gap >= GAP_COMMA)
			return true;
		if (!is_idle(&scan->items[i]) && !item_is(&scan->items[i], CONCEPT_TAG) &&
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

static bool begins_clause(const struct scan *scan, size_t index)
{
	const struct item *item = &scan->items[index];
	const struct word *word = &scan->words.items[item->first];
	bool tight_dot = word->gap == GAP_DOT && !word->spaced && index > 0 &&
			 scan->items[index - 1].concept == CONCEPT_NONE;
	if ((word->gap >= GAP_COMMA && !tight_dot) || (word->gap == GAP_DASH && word->spaced))
		return true;
	if (item->concept == CONCEPT_BUT || (word->gap == GAP_COLON && colon_ends(scan, index)))
		return true;
	if (item->concept == CONCEPT_PERHAPS && index > 0 && is_verb(&scan->items[index - 1]))
		return true;
	if (turns_to_us(scan, index))
		return true;
	/* "gửi rồi chị xem hộ em": behind a finished verb something else begins. */
	static const enum concept subjects[] = {CONCEPT_SELF, CONCEPT_ADDRESS, CONCEPT_HELP_ME,
	    CONCEPT_CHECK, CONCEPT_THANKS, CONCEPT_POLITE, CONCEPT_REPORT, CONCEPT_HOW, CONCEPT_ASK,
	    CONCEPT_DONT, CONCEPT_REQUEST, CONCEPT_ALLOW, CONCEPT_NOT, CONCEPT_UNIT, CONCEPT_PLACE,
	    CONCEPT_PERHAPS, CONCEPT_RECEIVE, CONCEPT_IF, CONCEPT_PROGRESS, CONCEPT_WAIT,
	    CONCEPT_HINDERED, CONCEPT_BECAUSE};
	if (index == 0 || scan->items[index - 1].concept != CONCEPT_ALREADY ||
	    only_idle_until_gap(scan, index))
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
	while (last > clause->first && is_idle(&scan->items[last - 1]) &&
	       !item_is(&scan->items[last - 1], CONCEPT_TAG))
		last--;
	if (last == clause->first)
		return false;
	const struct item *item = &scan->items[last - 1];
	if (item_is(item, CONCEPT_TAG))
		return true;
	bool negation = item->concept == CONCEPT_NOT_YET || item->concept == CONCEPT_NOT;
	if (!negation)
		return false;
	static const char *const arriving[] = {"den", "toi", "len", "ve", "vao", NULL};
	for (size_t i = 0; last >= clause->first + 2 && arriving[i] != NULL; i++)
		if (scan_word_is(scan, scan->items[last - 2].first, arriving[i]))
			return true; /* "báo cáo đến chưa" */
	for (size_t i = clause->first; i + 1 < last; i++) {
		const struct item *before = &scan->items[i];
		if (is_verb(before) || item_is(before, CONCEPT_PAST) ||
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

static bool holds(const struct scan *scan, const struct clause *clause, enum concept concept)
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
		    concept == CONCEPT_NIL || (concept == CONCEPT_PAST && scan->items[i].count > 2))
			return true; /* "không có chuyện chưa gửi đâu" */
	}
	return false;
}

/* "hôm nào có đường thì gửi": a time that is not asked for. */
static bool is_condition(const struct scan *scan, const struct clause *clause, size_t index)
{
	if (scan->items[index].concept != CONCEPT_WHEN)
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
	clause->doubt =
	    holds(scan, clause, CONCEPT_PERHAPS) || holds(scan, clause, CONCEPT_HEARSAY);
	clause->condition |= holds(scan, clause, CONCEPT_IF);
	clause->temporal = clause->condition && temporal;
	clause->waits = holds(scan, clause, CONCEPT_WAIT);
	for (size_t i = clause->first; i < clause->end; i++)
	clause->unknown += scan->items[i].concept == CONCEPT_NONE;
}

/* ── verbs ───────────────────────────────────────────────────────────────────────────────────── */

/* What surrounds a verb, from the verb before it to the next one. */
struct surroundings {
	bool negated, past, future, already, finished, denied_behind, others;
	bool plainly_past; /* "đã", not "mới" */
	bool joined;       /* to the verb before it: "đã ký và gửi" */
	bool follows;      /* another verb of the clause, which is told as done */
	int day;
};

/* "xong" right behind a verb finishes it, and is no verb of its own. */
static bool finishes(const struct scan *scan, size_t index)
{
	return scan->items[index].concept == CONCEPT_DONE;
}

/* "trước hạn 10/6" */
static bool is_deadline(const struct scan *scan, size_t index)
{
	const struct item *before = index > 0 ? &scan->items[index - 1] : NULL;
	return before != NULL && (item_is(before, CONCEPT_DEADLINE) ||
				     scan_word_is(scan, before->first + before->count - 1U, "han"));
}

static void look_left(const struct scan *scan, size_t from, size_t verb, struct surroundings *out)
{
	for (size_t i = from; i < verb; i++) {
		const struct item *item = &scan->items[i];
		switch ((enum concept)item->concept) {
		case CONCEPT_NOT_YET:
		case CONCEPT_NOT:
		case CONCEPT_DONT:
			out->negated = true;
			break;
		case CONCEPT_PAST:
			out->past = true;
			out->plainly_past |= item->value == 0;
			break;
		case CONCEPT_AND:
			out->joined = i > 0;
			break;
		case CONCEPT_OTHERS: /* but "em nhờ xã bên gửi" */
			out->others = i == from || !item_is(&scan->items[i - 1], CONCEPT_HELP_ME);
			break;
		case CONCEPT_FUTURE:
		case CONCEPT_PROGRESS:
		case CONCEPT_SOON:
		case CONCEPT_THEN:
		case CONCEPT_HEED:
			out->future = true;
			break;
		case CONCEPT_DATE:
			if (!is_deadline(scan, i) && (out->day < 0 || item->tendency != 0 ||
							 scan->items[out->day].tendency == 0))
				out->day = (int)i;
			break;
		default:
			break;
		}
	}
}

/* "gửi chưa được", "nộp không kịp", but not "đưa rồi vì không có ai". */
static bool denies_before(const struct scan *scan, size_t index, size_t end)
{
	const struct item *next = index + 1 < end ? &scan->items[index + 1] : NULL;
	bool idle = next != NULL && next->concept != CONCEPT_NONE && is_idle(next);
	return next == NULL || idle || item_is(next, CONCEPT_ABLE) || item_is(next, CONCEPT_DONE) ||
	       item_is(next, CONCEPT_YES) || scan->items[index].count > 1;
}

static void look_right(const struct scan *scan, size_t verb, size_t end, struct surroundings *out)
{
	for (size_t i = verb + 1; i < end; i++) {
		const struct item *item = &scan->items[i];
		switch ((enum concept)item->concept) {
		case CONCEPT_ALREADY:
			out->already = true;
			break;
		case CONCEPT_DONE:
			out->finished = true;
			break;
		case CONCEPT_NOT_YET:
		case CONCEPT_NOT:
			out->denied_behind |= denies_before(scan, i, end);
			break;
		case CONCEPT_SOON:
			out->future = true;
			break;
		case CONCEPT_DATE:
			if (out->day < 0 && !is_deadline(scan, i))
				out->day = (int)i;
			break;
		default:
			break;
		}
	}
}

/* The text tells of something done, and of nothing else. */
static bool tells_of_past(const struct scan *scan, uint8_t clause)
{
	bool past = false;
	for (size_t i = 0; i < scan->item_count; i++) {
		enum concept concept = (enum concept)scan->items[i].concept;
		bool opening = scan->items[i].clause < clause && i < 3 &&
			       !is_verb(&scan->items[0]); /* "rồi ạ, em gửi thứ 6" */
		if (scan->items[i].clause != clause && !opening)
			continue;
		if (concept == CONCEPT_FUTURE || concept == CONCEPT_NOT_YET ||
		    concept == CONCEPT_PROGRESS || concept == CONCEPT_NOT)
			return false;
		past |= (concept == CONCEPT_PAST && scan->items[i].value == 0) ||
			concept == CONCEPT_ALREADY;
	}
	return past;
}

static bool is_to_come(const struct scan *scan, int day)
{
	if (day < 0)
		return false;
	const struct item *item = &scan->items[day];
	if (item->weekday != 0 && tells_of_past(scan, item->clause))
		return false;
	if (item->day.ms == WALL_NEVER.ms)
		return item->tendency > 0;
	return item->tendency > 0 ||
	       (wall_before(scan->context->now, item->day) && item->tendency >= 0);
}

static bool has_passed(const struct scan *scan, int day)
{
	if (day < 0)
		return false;
	const struct item *item = &scan->items[day];
	bool today = item->day.ms != WALL_NEVER.ms &&
		     wall_before(scan->context->now, wall_add(item->day, DAY_MS));
	if (item->tendency < 0 || (item->weekday != 0 && tells_of_past(scan, item->clause)))
		return true;
	return item->weekday == 0 && item->day.ms != WALL_NEVER.ms &&
	       wall_before(item->day, scan->context->now) && !today;
}

static enum said judge_verb(const struct scan *scan, const struct clause *clause,
    const struct item *verb, const struct surroundings *around)
{
	bool sends = verb->concept == CONCEPT_SEND || verb->concept == CONCEPT_PRESENT;
	bool told = around->past || around->already || around->finished ||
		    (sends && verb->value == 1) || has_passed(scan, around->day);
	if (around->negated || (around->denied_behind && !clause->asks))
		return SAID_NOT;
	if (clause->asks && !(around->past && around->already))
		return SAID_ASKED;
	bool to_come = is_to_come(scan, around->day);
	if (to_come && around->plainly_past && !around->already)
		return SAID_DOUBTED; /* "mai đã gửi" */
	bool told_after = sends && clause->temporal && (around->past || around->already);
	if (clause->condition && !told_after)
		return SAID_IF;
	if (around->future || (to_come && !(sends && around->already)) ||
	    (clause->waits && !(sends && around->already)))
		return SAID_LATER;
	if (clause->doubt || around->others)
		return SAID_DOUBTED;
	if (verb->concept == CONCEPT_DONE)
		return SAID_DONE;
	if (!sends)
		return SAID_MADE;
	if (told || verb->concept == CONCEPT_PRESENT)
		return SAID_SENT;
	return around->follows ? SAID_LATER : SAID_BARE;
}

static void add(struct statements *out, struct statement statement)
{
	if (out->count < STATEMENTS_MAX)
		out->items[out->count++] = statement;
}

/* "đã báo cáo", "báo cáo xong": the noun as a verb. */
static bool is_reporting(const struct scan *scan, const struct clause *clause, size_t index)
{
	if (!item_is(&scan->items[index], CONCEPT_REPORT))
		return false;
	const struct item *before = index > clause->first ? &scan->items[index - 1] : NULL;
	const struct item *behind = index + 1 < clause->end ? &scan->items[index + 1] : NULL;
	return (before != NULL && before->concept == CONCEPT_PAST) ||
	       (behind != NULL && behind->concept == CONCEPT_ALREADY);
}

/* "nghỉ phép về rồi" goes without a report; "chuyển em 500k" is asked of us. */
static bool is_something_else(const struct scan *scan, const struct clause *clause, size_t index)
{
	static const char *const moving[] = {"di", "ve", "len"};
	const struct item *verb = &scan->items[index];
	if (verb->concept != CONCEPT_SEND)
		return false;
	if (index + 1 < clause->end && item_is(&scan->items[index + 1], CONCEPT_SELF) &&
	    (index == clause->first || !item_is(&scan->items[index - 1], CONCEPT_SELF)))
		return !holds(scan, clause, CONCEPT_ALREADY);
	bool moves = false;
	for (size_t i = 0; i < COUNT_OF(moving) && verb->value == 1; i++)
		moves |= scan_word_is(scan, verb->first, moving[i]) ||
			 (scan_word_is(scan, verb->first, "da") &&
			     scan_word_is(scan, verb->first + 1U, moving[i]));
	return moves && !holds(scan, clause, CONCEPT_REPORT) &&
	       (holds(scan, clause, CONCEPT_HINDERED) || clause->unknown > 0);
}

static void state_clause(const struct scan *scan, struct statements *out, uint8_t number)
{
	const struct clause *clause = &out->clauses[number];
	size_t from = clause->first;
	bool told = false, past = false;
	int day = -1; /* of a verb before, while that is not told as done: "thứ 5 về ký mới gửi" */
	for (size_t i = clause->first; i < clause->end; i++) {
		struct item verb = scan->items[i];
		if (is_reporting(scan, clause, i))
		verb.concept = CONCEPT_SEND;
		if (!is_verb(&verb) || is_something_else(scan, clause, i))
			continue;
		size_t next = i + 1;
		while (next < clause->end && (!is_verb(&scan->items[next]) || finishes(scan, next)))
			next++;
		struct surroundings around = {.day = told ? -1 : day, .follows = told};
		look_left(scan, from, i, &around);
		look_right(scan, i, next, &around);
		around.past |= around.joined && past;
		past = around.past;
		struct statement statement = {
		    .said = judge_verb(scan, clause, &verb, &around),
		    .item = i,
		    .clause = number,
		    .mention = -1,
		    .day = around.day,
		    .strong = verb.concept == CONCEPT_SEND,
		    .by_day = verb.concept == CONCEPT_SEND && !around.past && !around.already &&
			      !around.finished,
		    .paper =
			holds(scan, clause, CONCEPT_PAPER) && !holds(scan, clause, CONCEPT_FILE),
		};
		told |= around.already || around.finished;
		day = around.day;
		add(out, statement);
		from = next;
		i = next - 1;
	}
}

/* "bộ phận một cửa nhận rồi": not the sender has received something, but the office. */
static bool is_received(const struct scan *scan, const struct clause *clause)
{
	bool office = false;
	for (size_t i = clause->first; i < clause->end; i++) {
		const struct item *item = &scan->items[i];
		if (item_is(item, CONCEPT_SELF) || item_is(item, CONCEPT_TEXTING))
			return false;
		bool receives = item_is(item, CONCEPT_READ) &&
				(scan_word_is(scan, item->first, "nhan") ||
				    (scan_word_is(scan, item->first, "da") &&
					scan_word_is(scan, item->first + 1U, "nhan")));
		bool about_us =
		    scan_word_is(scan, item->first + item->count - 1U, "tin") || item->count > 3;
		if (receives)
			return office && !about_us && !clause->asks;
		office |= item_is(item, CONCEPT_PLACE) || item_is(item, CONCEPT_TITLE);
	}
	return false;
}

/* "6T rồi", "năm chưa": the report and its tense, without a verb. */
static void state_without_verb(const struct scan *scan, struct statements *out, uint8_t number)
{
	const struct clause *clause = &out->clauses[number];
	bool report = holds(scan, clause, CONCEPT_REPORT) ||
		      holds(scan, clause, CONCEPT_NAMED_REPORT) ||
		      holds(scan, clause, CONCEPT_HALF);
	bool not_yet = holds(scan, clause, CONCEPT_NOT_YET);
	bool already = holds(scan, clause, CONCEPT_ALREADY);
	bool receives = holds(scan, clause, CONCEPT_RECEIVE) || holds(scan, clause, CONCEPT_READ) ||
			holds(scan, clause, CONCEPT_EVENT) ||
			holds(scan, clause, CONCEPT_REPORT_V) ||
			holds(scan, clause, CONCEPT_CANCEL) || holds(scan, clause, CONCEPT_RIGHT);
	bool later = number > 0 && out->count > 0;
	if (is_received(scan, clause)) {
		add(out, (struct statement){.said = clause->asks ? SAID_ASKED : SAID_DONE,
			     .item = clause->first,
			     .clause = number,
			     .mention = -1,
			     .day = -1});
		return;
	}
	/* "trên trục rồi ạ", "có rồi" */
	report |=
	    already && (holds(scan, clause, CONCEPT_PLACE) || holds(scan, clause, CONCEPT_EXIST));
	bool condition = clause->condition && !clause->temporal; /* "bao giờ xong em báo" */
	if (condition && !clause->asks && out->count == 0) {
		add(out, (struct statement){.said = SAID_IF,
			     .item = clause->first,
			     .clause = number,
			     .mention = -1,
			     .day = -1});
		return;
	}
	if (clause->asks || receives || (!not_yet && !(already && report)) ||
	    clause->unknown > (not_yet ? 0 : 1) || (not_yet && !report && !later))
		return;
	add(out, (struct statement){.said = not_yet             ? SAID_NOT
					    : clause->doubt     ? SAID_DOUBTED
					    : clause->condition ? SAID_IF
								: SAID_DONE,
		     .item = clause->first,
		     .clause = number,
		     .mention = -1,
		     .day = -1,
		     .paper = holds(scan, clause, CONCEPT_PAPER)});
}

void statements_find(struct scan *scan, struct statements *out)
{
	memset(out, 0, sizeof *out);
	divide(scan, out);
	for (size_t i = 0; i < out->clause_count; i++)
		judge_clause(scan, &out->clauses[i]);
	mentions_find(scan, out);
	for (size_t i = 0; i < out->clause_count; i++) {
		size_t before = out->count;
		state_clause(scan, out, (uint8_t)i);
		if (out->count == before)
			state_without_verb(scan, out, (uint8_t)i);
	}
	for (size_t i = 0; i < out->count; i++)
		out->items[i].mention = mentions_of_clause(out, out->items[i].clause);
}
