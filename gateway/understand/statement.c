/*
 * Owns: the tense, negation and mood of the verbs in each clause.
 * May use: understand/statement.h.
 * Must not know: intents.
 */
#include "understand/statement.h"

#include <string.h>

/* ── verbs ───────────────────────────────────────────────────────────────────────────────────── */

/* What surrounds a verb, from the verb before it to the next one. */
struct surroundings {
	bool negated, past, future, already, finished, denied_behind, others;
	bool plainly_past; /* "đã", not "mới" */
	bool joined;       /* to the verb before it: "đã ký và gửi" */
	bool at_once;      /* "ngay" behind it, and nothing more */
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

/* "sau 6 tháng", "sau tháng 6" */
static bool says_after(const struct scan *scan, size_t index)
{
	static const enum concept spans[] = {
	    CONCEPT_HALF, CONCEPT_NAMED_REPORT, CONCEPT_MONTH_WORD, CONCEPT_NUMBER, CONCEPT_DIGIT};
	const struct item *item = &scan->items[index];
	if (item->count != 1 || !scan_word_is(scan, item->first, "sau") ||
	    index + 1 == scan->item_count)
		return false;
	for (size_t i = 0; i < COUNT_OF(spans); i++)
		if (item_is(&scan->items[index + 1], spans[i]))
			return true;
	return false;
}

/* "em gửi ngay", and no more: it is about to go. */
static bool is_at_once(const struct scan *scan, size_t verb)
{
	size_t word = scan->items[verb].first + scan->items[verb].count;
	return verb + 1 < scan->item_count && scan->items[verb + 1].count == 1 &&
	       (scan_word_is(scan, word, "ngay") || scan_word_is(scan, word, "luon") ||
		   scan_word_is(scan, word, "lien")) &&
	       scan->words.items[word].tone == TONE_NONE && scan_idles_until_gap(scan, verb + 2);
}

/* "chưa nhận được", "không thấy thì" */
static bool is_about_receiving(const struct scan *scan, size_t index)
{
	const struct item *item = &scan->items[index];
	return scan_word_is(scan, item->first, "nhan") ||
	       (scan_word_is(scan, item->first, "thay") &&
		   scan_word_is(scan, item->first + item->count, "thi"));
}

static bool names_self(const struct scan *scan, size_t from, size_t end)
{
	for (size_t i = from; i < end; i++)
		if (item_is(&scan->items[i], CONCEPT_SELF))
			return true;
	return false;
}

static void look_left(const struct scan *scan, size_t from, size_t verb, struct surroundings *out)
{
	for (size_t i = from; i < verb; i++) {
		const struct item *item = &scan->items[i];
		out->future |= says_after(scan, i);
		/* "đồng ý cho gửi rồi": it may be sent. */
		const struct item *agreed = item->count == 1 && i > from ? item - 1 : item;
		out->others |= i + 1 == verb &&
			       scan_word_is(scan, item->first + item->count - 1U, "cho") &&
			       (item_is(agreed, CONCEPT_YES) || item_is(agreed, CONCEPT_APPROVE));
		switch ((enum concept)item->concept) {
		case CONCEPT_NOT_YET: /* but "chưa nhận được thì em gửi lại" */
		case CONCEPT_NOT:
		case CONCEPT_DONT:
			out->negated |=
			    i + 1 == verb ||
			    (!is_about_receiving(scan, i + 1) &&
				!(item->concept == CONCEPT_DONT && names_self(scan, i + 1, verb)));
			break;
		case CONCEPT_PAST:
			out->past = true;
			out->plainly_past |= item->value == 0;
			break;
		case CONCEPT_EXIST: /* "em có gửi" */
			out->past |= i + 1 == verb && item->count == 1;
			break;
		case CONCEPT_AND:
			out->joined = i > 0;
			break;
		case CONCEPT_WRONG: /* "không phải nộp" */
			out->others |= i + 1 == verb && item->count == 2;
			break;
		case CONCEPT_OTHERS: /* but "em nhờ xã bên gửi" */
			out->others |= i == from || !item_is(&scan->items[i - 1], CONCEPT_HELP_ME);
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
	bool idle = next != NULL && next->concept != CONCEPT_NONE && item_is_idle(next);
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
		case CONCEPT_YES: /* "gửi được rồi" */
			out->already |= i == verb + 1 && scan_word_is(scan, item->first, "duoc") &&
					scan_word_is(scan, item->first + 1U, "roi");
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

/* "em làm rồi chủ nhật gửi": then. */
static bool is_followed_by_verb(const struct scan *scan, size_t index)
{
	for (size_t i = index + 1;
	     i < scan->item_count && scan->items[i].clause == scan->items[index].clause; i++)
		if (item_is_verb(&scan->items[i]))
			return true;
	return false;
}

/* The text tells of something done, and of nothing else. */
static bool tells_of_past(const struct scan *scan, uint8_t clause)
{
	bool past = false;
	for (size_t i = 0; i < scan->item_count; i++) {
		enum concept concept = (enum concept)scan->items[i].concept;
		bool opening = scan->items[i].clause < clause && i < 3 &&
			       !item_is_verb(&scan->items[0]); /* "rồi ạ, em gửi thứ 6" */
		if (scan->items[i].clause != clause && !opening)
			continue;
		if (concept == CONCEPT_FUTURE || concept == CONCEPT_NOT_YET ||
		    concept == CONCEPT_PROGRESS || concept == CONCEPT_NOT)
			return false;
		past |= (concept == CONCEPT_PAST && scan->items[i].value == 0) ||
			(concept == CONCEPT_ALREADY && !is_followed_by_verb(scan, i));
	}
	return past;
}

static bool is_to_come(const struct scan *scan, int day)
{
	if (day < 0)
		return false;
	const struct item *item = &scan->items[day];
	bool numbered = scan->document_number != NULL;
	if (item->weekday != 0 && (numbered || tells_of_past(scan, item->clause)))
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
	bool numbered = scan->document_number != NULL;
	if (item->tendency < 0 ||
	    (item->weekday != 0 && (numbered || tells_of_past(scan, item->clause))))
		return true;
	return item->weekday == 0 && item->day.ms != WALL_NEVER.ms &&
	       wall_before(item->day, scan->context->now) && !today;
}

static enum said judge_verb(const struct scan *scan, const struct clause *clause,
    const struct item *verb, const struct surroundings *around)
{
	bool sends = verb->concept == CONCEPT_SEND || verb->concept == CONCEPT_PRESENT;
	bool told = around->past || around->already || around->finished ||
		    (sends && verb->value > 0) || has_passed(scan, around->day);
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
	return around->follows || around->at_once ? SAID_LATER : SAID_BARE;
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
		return !clause_holds(scan, clause, CONCEPT_ALREADY);
	bool moves = false;
	for (size_t i = 0; i < COUNT_OF(moving) && verb->value == 1; i++)
		moves |= scan_word_is(scan, verb->first, moving[i]) ||
			 (scan_word_is(scan, verb->first, "da") &&
			     scan_word_is(scan, verb->first + 1U, moving[i]));
	return moves && scan->document_number == NULL &&
	       !clause_holds(scan, clause, CONCEPT_REPORT) &&
	       (clause_holds(scan, clause, CONCEPT_HINDERED) || clause->unknown > 0);
}

/* "đã ký, đóng dấu và gửi": what was told as done before the comma goes on. */
static bool goes_on(const struct scan *scan, const struct statements *out, uint8_t number)
{
	const struct clause *clause = &out->clauses[number];
	const struct clause *before = number > 0 ? clause - 1 : NULL;
	bool past = false, list = false;
	for (size_t i = clause->first; i < clause->end; i++)
	list |= scan->items[i].concept == CONCEPT_AND;
	for (size_t i = before != NULL ? before->first : 0; before != NULL && i < before->end; i++)
	past |= scan->items[i].concept == CONCEPT_PAST && scan->items[i].value == 0;
	return past && list && item_is_verb(&scan->items[clause->first]);
}

static void state_clause(const struct scan *scan, struct statements *out, uint8_t number)
{
	const struct clause *clause = &out->clauses[number];
	size_t from = clause->first;
	bool told = false, past = goes_on(scan, out, number);
	int day = -1; /* of a verb before, while that is not told as done: "thứ 5 về ký mới gửi" */
	for (size_t i = clause->first; i < clause->end; i++) {
		struct item verb = scan->items[i];
		if (is_reporting(scan, clause, i))
		verb.concept = CONCEPT_SEND;
		if (!item_is_verb(&verb) || is_something_else(scan, clause, i))
			continue;
		size_t next = i + 1;
		while (next < clause->end &&
		       (!item_is_verb(&scan->items[next]) || finishes(scan, next)))
			next++;
		struct surroundings around = {
		    .day = told ? -1 : day, .follows = told, .at_once = is_at_once(scan, i)};
		look_left(scan, from, i, &around);
		look_right(scan, i, next, &around);
		around.past |= past && (around.joined || i == clause->first ||
					   item_is_verb(&scan->items[i - 1]));
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
		    .paper = clause_holds(scan, clause, CONCEPT_PAPER) &&
			     !clause_holds(scan, clause, CONCEPT_FILE),
		};
		told |= around.already || around.finished ||
			(verb.concept == CONCEPT_DONE && names_self(scan, i + 1, next));
		/* "họp xong em gửi": that is when. */
		struct statement *before = out->count > 0 ? &out->items[out->count - 1] : NULL;
		if (statement.said == SAID_LATER && around.follows && before != NULL &&
		    before->clause == number && before->said == SAID_DONE)
			before->said = SAID_IF;
		day = around.day;
		add(out, statement);
		from = i + 1;
		i = next - 1;
	}
}

/* "của xã em" is whose, not who. */
static bool is_owner(const struct scan *scan, size_t index)
{
	const struct item *before = index > 0 ? &scan->items[index - 1] : NULL;
	return before != NULL && (item_is(before, CONCEPT_REPORT) ||
				     scan_word_is(scan, before->first + before->count - 1U, "cua"));
}

static bool says_received(const struct scan *scan, const struct clause *clause, size_t index)
{
	const struct item *item = &scan->items[index];
	bool done = item_is(item, CONCEPT_READ);
	if (!done && !item_is(item, CONCEPT_RECEIVE))
		return false;
	for (size_t i = index; i < clause->end; i++)
		done |= item_is(&scan->items[i], CONCEPT_ALREADY);
	return done && (scan_word_is(scan, item->first, "nhan") ||
			   (scan_word_is(scan, item->first, "da") &&
			       scan_word_is(scan, item->first + 1U, "nhan")));
}

/* "bộ phận một cửa nhận rồi": not the sender has received something, but the office. */
static bool is_received(const struct scan *scan, const struct clause *clause)
{
	bool office = false;
	for (size_t i = clause->first; i < clause->end; i++) {
		const struct item *item = &scan->items[i];
		if (item_is(item, CONCEPT_TEXTING) || item->concept == CONCEPT_NOT_YET ||
		    item->concept == CONCEPT_NOT)
			return false;
		if (says_received(scan, clause, i)) {
			size_t last = item->first + item->count - 1U;
			return office && !scan_word_is(scan, last, "tin") && item->count <= 3 &&
			       !clause->asks;
		}
		if (item_is(item, CONCEPT_SELF) && !is_owner(scan, i))
			office = false;
		else
			office |= item_is(item, CONCEPT_PLACE) || item_is(item, CONCEPT_TITLE) ||
				  item_is(item, CONCEPT_NAME) ||
				  (item_is(item, CONCEPT_ADDRESS) && i + 1 < clause->end &&
				      scan->items[i + 1].concept == CONCEPT_NONE); /* "anh tuấn" */
	}
	return false;
}

/* "6T rồi", "năm chưa": the report and its tense, without a verb. */
static void state_without_verb(const struct scan *scan, struct statements *out, uint8_t number)
{
	const struct clause *clause = &out->clauses[number];
	bool report = clause_holds(scan, clause, CONCEPT_REPORT) ||
		      clause_holds(scan, clause, CONCEPT_NAMED_REPORT) ||
		      clause_holds(scan, clause, CONCEPT_HALF);
	bool not_yet = clause_holds(scan, clause, CONCEPT_NOT_YET);
	bool already = clause_holds(scan, clause, CONCEPT_ALREADY);
	bool receives =
	    clause_holds(scan, clause, CONCEPT_RECEIVE) ||
	    clause_holds(scan, clause, CONCEPT_READ) || clause_holds(scan, clause, CONCEPT_EVENT) ||
	    clause_holds(scan, clause, CONCEPT_EXTEND) ||
	    clause_holds(scan, clause, CONCEPT_REPORT_V) ||
	    clause_holds(scan, clause, CONCEPT_CANCEL) || clause_holds(scan, clause, CONCEPT_RIGHT);
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
	report |= already && (clause_holds(scan, clause, CONCEPT_PLACE) ||
				 clause_holds(scan, clause, CONCEPT_EXIST));
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
		     .paper = clause_holds(scan, clause, CONCEPT_PAPER)});
}

void statements_find(struct scan *scan, struct statements *out)
{
	memset(out, 0, sizeof *out);
	clauses_find(scan, out);
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
