/*
 * Owns: "the report has been sent": of which report, by which words.
 * May use: understand/claim.h.
 * Must not know: how sure that is (claim_sure.c), what is done about it.
 */
#include "understand/claim.h"

#include <string.h>

/* Who has just claimed and writes again may be correcting that, not claiming the next. */
#define CORRECTION_MS DAY_MS

static bool claimed_lately(
    const struct weighing *work, const struct understand_obligation *obligation)
{
	return obligation->claimed &&
	       wall_before(work->context->now, wall_add(obligation->claimed_at, CORRECTION_MS));
}

/* What was claimed lately comes first: its number may be corrected. */
static void drop_claimed_long_ago(const struct weighing *work, struct reading *reading)
{
	size_t kept = 0;
	for (int pass = 0; pass < 2; pass++)
		for (size_t i = kept; i < reading->obligation_count; i++) {
			const struct understand_obligation *item =
			    weigh_obligation(work, reading->obligations[i]);
			if (pass == 0 ? !claimed_lately(work, item) : item->claimed)
				continue;
			int64_t id = reading->obligations[i];
			memmove(&reading->obligations[kept + 1], &reading->obligations[kept],
			    (i - kept) * sizeof id);
			reading->obligations[kept++] = id;
		}
	reading->obligation_count = kept;
}

/* Leaves the open ones, unless one of them may just be corrected: then all, and it is asked. */
static void keep_open(struct weighing *work, struct reading *reading)
{
	size_t open = 0, kept = 0;
	bool corrects = false, mixed = false;
	const struct understand_obligation *first = NULL;
	for (size_t i = 0; i < reading->obligation_count; i++) {
		const struct understand_obligation *item =
		    weigh_obligation(work, reading->obligations[i]);
		open += !item->claimed;
		corrects |= claimed_lately(work, item);
		mixed |= first != NULL && strcmp(first->unit_code, item->unit_code) != 0;
		first = first == NULL ? item : first;
	}
	bool named = reading->report_code != NULL;
	bool numbered = work->scan.document_number != NULL;
	if (corrects && !named && numbered) {
		reading->confidence = RATHER;
		drop_claimed_long_ago(work, reading);
		return;
	}
	if (open == 0 || (corrects && mixed && named))
		return; /* a correction of a number, or perhaps */
	if (corrects && !named)
		reading->confidence = RATHER;
	for (size_t i = 0; i < reading->obligation_count; i++)
		if (!weigh_obligation(work, reading->obligations[i])->claimed)
			reading->obligations[kept++] = reading->obligations[i];
	reading->obligation_count = kept;
}

/* ── what is claimed ─────────────────────────────────────────────────────────────────────────── */

static bool is_claim(const struct statement *statement)
{
	return statement->said == SAID_SENT || statement->said == SAID_DONE;
}

static bool is_same_subject(
    const struct statement *one, const struct statement *other, const struct statements *statements)
{
	if (one->mention < 0 || other->mention < 0)
		return true;
	return statements->mentions[one->mention].report ==
	       statements->mentions[other->mention].report;
}

/* What may still be done when the report has gone: the seal, the copy on paper, an annex. A report
 * that is "not put together" has not gone, whoever has sent what. */
static bool is_beside_sending(const struct weighing *work, const struct statement *statement)
{
	const struct clause *clause = &work->statements.clauses[statement->clause];
	enum concept verb = (enum concept)work->scan.items[statement->item].concept;
	bool report = false;
	for (size_t i = clause->first; i < clause->end; i++)
		report |= item_is(&work->scan.items[i], CONCEPT_REPORT);
	return statement->paper || verb == CONCEPT_SIGN ||
	       (verb == CONCEPT_MAKE && !(statement->said == SAID_NOT && report));
}

/* "gửi bản nháp rồi", "đã gửi kế hoạch": no report has gone. */
static bool is_other_paper(const struct weighing *work, const struct statement *sent)
{
	const struct clause *clause = &work->statements.clauses[sent->clause];
	bool other = false;
	for (size_t i = clause->first; i < clause->end; i++) {
		const struct item *item = &work->scan.items[i];
		if (item_is(item, CONCEPT_REPORT) || item->concept == CONCEPT_NAMED_REPORT ||
		    item_is(item, CONCEPT_HALF) || item->concept == CONCEPT_DOCUMENT)
			return false;
		bool money = scan_word_is(&work->scan, item->first, "kinh") &&
			     scan_word_is(&work->scan, item->first + 1U, "phi");
		bool draft = scan_word_is(&work->scan, item->first + item->count - 1U, "nhap") ||
			     scan_word_is(&work->scan, item->first, "du");
		other |=
		    money || (item_is(item, CONCEPT_OTHER_PAPER) && (draft || i == sent->item + 1));
	}
	return other;
}

static struct claim find_claim(const struct weighing *work)
{
	const struct statements *statements = &work->statements;
	struct claim claim = {0};
	for (size_t i = 0; i < statements->count; i++) {
		const struct statement *statement = &statements->items[i];
		if (is_claim(statement) &&
		    (claim.sent == NULL || (statement->strong && !claim.sent->strong)))
			claim.sent = statement;
	}
	if (claim.sent == NULL)
		return claim;
	if (is_other_paper(work, claim.sent))
		return (struct claim){0};
	claim.strong = claim.sent->strong;
	for (size_t i = 0; i < statements->count; i++) {
		const struct statement *statement = &statements->items[i];
		/* "gửi rồi, nếu thiếu gì chị báo em" takes nothing back. */
		bool against = statement->said == SAID_NOT || statement->said == SAID_LATER ||
			       (statement->said == SAID_IF && !claim.strong);
		bool formal = claim.strong && is_beside_sending(work, statement);
		if (against && !formal && is_same_subject(statement, claim.sent, statements)) {
			claim.later = true;
			claim.after |= statement->clause > claim.sent->clause ||
				       (statement->clause == claim.sent->clause &&
					   statement->item > claim.sent->item);
		}
		bool own = statement->mention >= 0 &&
			   statements->mentions[statement->mention].clause == statement->clause;
		if (statement->said == SAID_NOT && own && statement->clause != claim.sent->clause &&
		    statements->clauses[claim.sent->clause].unknown > 0 &&
		    claim.sent->mention == statement->mention)
			claim.later = claim.after =
			    true; /* "6T thì chưa, Tháng thanh niên đã nộp" */
		if (statement->said == SAID_NOT && claim.sent->by_day)
			claim.later = claim.after = true;
		claim.doubted |= statement->said == SAID_DOUBTED && !claim.strong;
	}
	claim.asked = statements->clauses[claim.sent->clause].asks;
	return claim;
}

static bool wonders(const struct weighing *work)
{
	for (size_t i = 0; i < work->scan.item_count; i++)
		if (item_is(&work->scan.items[i], CONCEPT_POLITE) && work->scan.items[i].value == 1)
			return true;
	return false;
}

static bool names_day_to_come(const struct weighing *work)
{
	for (size_t i = 0; i < work->scan.item_count; i++) {
		const struct item *item = &work->scan.items[i];
		if (item->concept == CONCEPT_DATE && item->day.ms != WALL_NEVER.ms &&
		    wall_before(work->context->now, item->day))
			return true;
	}
	return false;
}

/* "Ngân hàng CSXH: BC 6T số 305/BC-NHCS, 3 lớp 120 người": a report's full number, and whatever
 * else is told, nothing that could turn it. */
static bool is_plain_notice(const struct weighing *work)
{
	static const enum concept turning[] = {CONCEPT_NOT_YET, CONCEPT_NOT, CONCEPT_DONT,
	    CONCEPT_FUTURE, CONCEPT_PROGRESS, CONCEPT_SOON, CONCEPT_IF, CONCEPT_THEN, CONCEPT_WAIT,
	    CONCEPT_PERHAPS, CONCEPT_HEARSAY, CONCEPT_OTHERS, CONCEPT_WHICH, CONCEPT_HOW,
	    CONCEPT_WHEN, CONCEPT_ASK, CONCEPT_TAG, CONCEPT_GUIDE, CONCEPT_CHECK, CONCEPT_LACK,
	    CONCEPT_EXTEND, CONCEPT_CANCEL, CONCEPT_TAKE_BACK, CONCEPT_WRONG, CONCEPT_REQUEST,
	    CONCEPT_HINDERED, CONCEPT_BUT, CONCEPT_EVENT, CONCEPT_NONE};
	const char *number = work->scan.document_number;
	const char *slash = number != NULL ? strrchr(number, '/') : NULL;
	if (slash == NULL || strncmp(slash, "/BC", 3) != 0 || names_day_to_come(work) ||
	    work->scan.words.question_mark ||
	    (weigh_has(work, CONCEPT_READ) && !weigh_has(work, CONCEPT_HELP_ME)) ||
	    (!weigh_has(work, CONCEPT_REPORT) && !weigh_has(work, CONCEPT_NAMED_REPORT)))
		return false;
	return !weigh_has_any(work, turning);
}

/* "6T rồi", "rồi ạ", "BC 6T", "45/BC-UBND": a claim without a verb. */
static bool is_short_form(const struct weighing *work)
{
	static const enum concept allowed[] = {CONCEPT_REPORT, CONCEPT_NAMED_REPORT, CONCEPT_HALF,
	    CONCEPT_YEAR, CONCEPT_DOCUMENT, CONCEPT_NUMBER_WORD, CONCEPT_ALREADY, CONCEPT_TOPIC,
	    CONCEPT_DATE, CONCEPT_DAY_WORD, CONCEPT_OWN_UNIT, CONCEPT_UNIT, CONCEPT_YES,
	    CONCEPT_FIGURE, CONCEPT_NIL, CONCEPT_DOCUMENT_WORD, CONCEPT_PLACE, CONCEPT_SIGN,
	    CONCEPT_ALL, CONCEPT_THANKS, CONCEPT_PRESENT, CONCEPT_FILE, CONCEPT_PAPER, CONCEPT_PAST,
	    CONCEPT_EXIST, CONCEPT_NUMBER, CONCEPT_OTHER_REPORT, CONCEPT_PROXY, CONCEPT_MAKE,
	    CONCEPT_AND, CONCEPT_WRONG, CONCEPT_HELP_ME, CONCEPT_RECEIVE, CONCEPT_NONE};
	bool already = weigh_has(work, CONCEPT_ALREADY) ||
		       (weigh_has(work, CONCEPT_PAST) && work->scan.item_count <= 2); /* "Đã ạ" */
	bool number = work->scan.document_number != NULL;
	bool report = work->statements.mention_count > 0 && weigh_has(work, CONCEPT_REPORT);
	bool code = weigh_has(work, CONCEPT_NAMED_REPORT);
	bool words = weigh_has(work, CONCEPT_MAKE) || weigh_has(work, CONCEPT_SIGN);
	bool form = weigh_has(work, CONCEPT_NUMBER_WORD) && !number; /* "BC 6T <so>" */
	bool signed_text = number && (report || code) && weigh_unknown(work) <= 4;
	bool fits = signed_text ? weigh_only_known(work, allowed) : weigh_only(work, allowed);
	if ((!fits && !is_plain_notice(work)) || (words && !number) || form)
		return false;
	if (!already && !number && wonders(work))
		return false; /* "1 là báo cáo cuối năm à" */
	bool said = already && work->scan.item_count <= 6;
	if (!said && !number && (names_day_to_come(work) || wonders(work)))
		return false; /* "BC 6T 10/6", "1 là báo cáo cuối năm à" */
	return said || number || (report && work->scan.item_count <= 6) ||
	       (code && work->scan.item_count == 2);
}

static bool asks_anywhere(const struct weighing *work)
{
	for (size_t i = 0; i < work->statements.clause_count; i++)
		if (work->statements.clauses[i].asks)
			return true;
	return false;
}

/* "em gửi BC 6T số 45/BC-UBND": a bare verb with what was sent. */
static const struct statement *bare_statement(const struct weighing *work)
{
	const struct statement *found = NULL;
	for (size_t i = 0; i < work->statements.count; i++) {
		const struct statement *statement = &work->statements.items[i];
		if (statement->said == SAID_BARE)
			found = statement;
		else if (statement->said != SAID_MADE)
			return NULL;
	}
	return found;
}

/* A bare verb beside one of these is no claim. */
bool claim_is_put_off(const struct weighing *work)
{
	static const enum concept against[] = {CONCEPT_PERHAPS, CONCEPT_HEARSAY, CONCEPT_IF,
	    CONCEPT_DONT, CONCEPT_FUTURE, CONCEPT_PROGRESS, CONCEPT_WAIT, CONCEPT_EXTEND,
	    CONCEPT_CANCEL, CONCEPT_TAKE_BACK, CONCEPT_WHICH, CONCEPT_HOW, CONCEPT_WHEN,
	    CONCEPT_SOON, CONCEPT_NONE};
	return weigh_has_any(work, against) || asks_anywhere(work);
}

/* "kiểm tra tình hình nộp báo cáo": a bare verb in a text that wants something of us. */
static bool wants_something(const struct weighing *work)
{
	static const enum concept wants[] = {CONCEPT_CHECK, CONCEPT_STATUS, CONCEPT_GUIDE,
	    CONCEPT_HELP_ME, CONCEPT_REQUEST, CONCEPT_ASK, CONCEPT_HELP, CONCEPT_ALLOW,
	    CONCEPT_TEXTING, CONCEPT_RECEIVE, CONCEPT_NONE};
	return weigh_has_any(work, wants);
}

/* ── the reading ─────────────────────────────────────────────────────────────────────────────── */

static void set_day(const struct weighing *work, const struct claim *claim, struct reading *reading)
{
	const struct scan *scan = &work->scan;
	int found = claim->sent != NULL ? claim->sent->day : -1;
	for (size_t i = 0; i < scan->item_count && found < 0; i++)
		if (scan->items[i].concept == CONCEPT_DATE &&
		    !scan->words.items[scan->items[i].first].quoted)
			found = (int)i;
	if (found < 0 || scan->items[found].day.ms == WALL_NEVER.ms)
		return;
	struct wall day = scan->items[found].day;
	if (scan->items[found].weekday != 0) /* behind "gửi hôm thứ 6": the last one */
		day = wall_add(day, -7 * DAY_MS);
	if (!wall_before(work->context->now, day))
		reading->sent_on = day;
}

static void set_figures(const struct weighing *work, struct reading *reading)
{
	reading->figure_count = work->scan.figure_count;
	memcpy(reading->figures, work->scan.figures, sizeof reading->figures);
	reading->nothing_to_report = weigh_has(work, CONCEPT_NIL);
}

static void claim_report(
    struct weighing *work, const struct claim *claim, int mention, const char *evidence)
{
	struct reading *reading = weigh_add(work, INTENT_CONFIRM, CERTAIN, evidence);
	weigh_set_subject(work, reading, mention);
	reading->document_number = work->scan.document_number;
	set_day(work, claim, reading);
	set_figures(work, reading);
	keep_open(work, reading);
	int confidence = claim_confidence(work, claim, reading);
	if (confidence < reading->confidence)
		reading->confidence = confidence;
	if (reading->obligation_count == 0 && !reading->names_other)
		reading->confidence = HARDLY;
	if (work->scan.document_count > 1 &&
	    (work->scan.several_units ||
		(work->statements.mention_count > 1 && reading->report_code == NULL)))
		reading->document_number = NULL; /* nobody can tell whose it is */
}

struct reading *claim_report_numbered(
    struct weighing *work, int mention, const char *number, const char *evidence)
{
	struct claim none = {0};
	struct reading *reading = weigh_add(work, INTENT_CONFIRM, RATHER, evidence);
	weigh_set_subject(work, reading, mention);
	reading->document_number = number;
	set_day(work, &none, reading);
	keep_open(work, reading);
	return reading;
}

void claim_keep_claimed(const struct weighing *work, struct reading *reading)
{
	int64_t lately[UNDERSTAND_NUMBERS_MAX];
	size_t count = 0;
	for (size_t i = 0; i < work->context->obligation_count; i++) {
		const struct understand_obligation *item = &work->context->obligations[i];
		bool named = reading->report_code == NULL ||
			     strcmp(reading->report_code, item->report_code) == 0;
		if (claimed_lately(work, item) && named && count < COUNT_OF(lately))
			lately[count++] = item->id;
	}
	if (count == 0)
		return;
	memcpy(reading->obligations, lately, count * sizeof *lately);
	reading->obligation_count = count;
	if (count == 1 && weigh_unknown(work) == 0 && !work->has_quotation &&
	    !claim_has_doubt(work) && !reading->names_other &&
	    claim_is_report_number(reading->document_number))
		reading->confidence = CERTAIN;
}

/* The other report that the same text speaks of: "6T gửi rồi, năm chưa". */
static const struct statement *find_second(const struct weighing *work, const struct claim *claim)
{
	const struct statements *statements = &work->statements;
	for (size_t i = 0; i < statements->count; i++) {
		const struct statement *statement = &statements->items[i];
		bool says = is_claim(statement) || statement->said == SAID_NOT ||
			    statement->said == SAID_LATER;
		if (statement != claim->sent && says && statement->mention >= 0 &&
		    claim->sent->mention >= 0 &&
		    !is_same_subject(statement, claim->sent, statements))
			return statement;
	}
	return NULL;
}

static void judge_alone(
    const struct weighing *work, const struct claim *claim, struct reading *reading)
{
	if (reading->obligation_count == 1 && !reading->names_other && claim->strong &&
	    claim_is_plain_alone(work, claim))
		reading->confidence = CERTAIN;
}

static void add_second(struct weighing *work, const struct claim *claim)
{
	const struct statement *second = find_second(work, claim);
	if (second == NULL)
		return;
	judge_alone(work, claim, &work->readings[0]);
	if (is_claim(second)) {
		struct claim other = {.sent = second, .strong = second->strong};
		claim_report(work, &other, second->mention, "the other report, too");
		judge_alone(work, &other, &work->readings[1]);
	} else {
		struct reading *reading = weigh_add(
		    work, INTENT_NOT_YET, CONFIDENCE_SURE, "the other report is not sent");
		weigh_set_subject(work, reading, second->mention);
		if (second->day >= 0)
			reading->promised = work->scan.items[second->day].day;
	}
	work->readings[1].document_number = NULL;
	if (second->clause < claim->sent->clause) { /* in the order they are said */
		struct reading first = work->readings[0];
		work->readings[0] = work->readings[1];
		work->readings[1] = first;
	}
}

/* "phòng nhận được chưa ạ, em gửi hôm 3/6": the claim only explains the question. */
static bool asks_first(const struct weighing *work, const struct claim *claim)
{
	bool receives = weigh_has(work, CONCEPT_RECEIVE) || weigh_has(work, CONCEPT_STATUS);
	const struct item *verb =
	    claim->sent->item < work->scan.item_count ? &work->scan.items[claim->sent->item] : NULL;
	bool plain = verb != NULL && claim->sent->item > 0 &&
		     (work->scan.items[claim->sent->item - 1].concept == CONCEPT_PAST ||
			 weigh_has(work, CONCEPT_ALREADY));
	return receives && !plain && claim->sent->clause > 0 && work->statements.clauses[0].asks;
}

/* "sửa giúp: BC 6T số 54" */
static bool only_made(const struct weighing *work)
{
	for (size_t i = 0; i < work->statements.count; i++)
		if (work->statements.items[i].said != SAID_MADE)
			return false;
	return work->scan.document_number != NULL;
}

/* The report is named only where it is said not to be sent. */
static bool is_denied_elsewhere(const struct weighing *work, const struct statement *sent)
{
	const struct statements *statements = &work->statements;
	if (sent->mention < 0 || statements->mentions[sent->mention].clause == sent->clause)
		return false;
	for (size_t i = 0; i < statements->count; i++)
		if (statements->items[i].said == SAID_NOT &&
		    statements->items[i].clause == statements->mentions[sent->mention].clause &&
		    statements->items[i].clause + 1 == sent->clause &&
		    statements->clauses[sent->clause].unknown > 0)
			return true;
	return false;
}

static bool claim_is_told(const struct weighing *work, const struct claim *claim)
{
	return claim->strong && claim_says_done(work) && !claim->later && !claim->doubted;
}

/* In a clause that is understood. */
static bool says_already(const struct weighing *work)
{
	const struct statements *statements = &work->statements;
	for (size_t i = 0; i < statements->clause_count; i++)
		if (statements->clauses[i].unknown == 0 &&
		    clause_holds(&work->scan, &statements->clauses[i], CONCEPT_ALREADY))
			return true;
	return false;
}

bool weigh_claim(struct weighing *work)
{
	if (claim_numbered_reports(work) || claim_correction(work))
		return true;
	struct claim claim = find_claim(work);
	if (claim.sent == NULL) {
		const struct statement *bare = bare_statement(work);
		bool named =
		    work->scan.document_number != NULL || (bare != NULL && says_already(work)) ||
		    (bare != NULL && (bare->mention >= 0 || weigh_has(work, CONCEPT_REPORT)) &&
			!weigh_has(work, CONCEPT_ALLOW));
		if (bare != NULL && named && !claim_is_put_off(work) && !wants_something(work)) {
			claim_report(work, &claim, bare->mention, "sends it");
			if (work->scan.document_number == NULL)
				work->readings[0].confidence = CONFIDENCE_PLAUSIBLE + 10;
			else
				work->readings[0].confidence =
				    claim_is_plain_sending(work, bare) ? CERTAIN : RATHER;
			return true;
		}
		if ((work->statements.count > 0 && !only_made(work)) || !is_short_form(work) ||
		    asks_anywhere(work))
			return false;
		claim_report(work, &claim, weigh_only_mention(work),
		    work->scan.document_number != NULL ? "the report and its number"
						       : "a report, in the short form");
		return true;
	}
	if (claim.asked || claim.doubted || asks_first(work, &claim))
		return false;
	if (claim.later && (claim.after || !claim.strong) && !claim.sent->paper)
		return false;
	if (is_denied_elsewhere(work, claim.sent))
		return false; /* "chưa gửi 6T, đã gửi cái kia" */
	if (claim_is_told(work, &claim) && claim_several(work, claim.sent->clause))
		return true;
	bool several = claim_lists_several(work, claim.sent->clause);
	claim_report(work, &claim, several ? -1 : claim.sent->mention,
	    arena_printf(
		work->arena, "says it is sent: %s", weigh_words_of(work, claim.sent->item)));
	add_second(work, &claim);
	return true;
}
