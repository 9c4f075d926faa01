/*
 * Owns: "not yet", "will be", "may we have more time", and which day is meant.
 * May use: understand/weigh.h.
 * Must not know: deadlines' consequences.
 */
#include "understand/weigh.h"

#include <string.h>

/* ── the day ─────────────────────────────────────────────────────────────────────────────────── */

static bool is_deadline(const struct weighing *work, size_t index)
{
	const struct scan *scan = &work->scan;
	for (size_t back = 1; back <= 2 && back <= index; back++) {
		const struct item *item = &scan->items[index - back];
		if (item_is(item, CONCEPT_DEADLINE) || scan_word_is(scan, item->first, "han") ||
		    scan_word_is(scan, item->first, "tu"))
			return true;
		if (!item_is(item, CONCEPT_FILLER) && !item_is(item, CONCEPT_DAY_WORD))
			return false;
	}
	return false;
}

/* "mai em đi họp, chưa gửi được": the day of something else. */
static bool is_of_event(const struct weighing *work, const struct item *day)
{
	const struct clause *clause = &work->statements.clauses[day->clause];
	bool event = false;
	for (size_t i = clause->first; i < clause->end; i++) {
		const struct item *item = &work->scan.items[i];
		if (item_is(item, CONCEPT_SEND) || item_is(item, CONCEPT_DONE) ||
		    item_is(item, CONCEPT_MAKE) || item_is(item, CONCEPT_EXTEND) ||
		    item_is(item, CONCEPT_ALLOW))
			return false;
		event |= item_is(item, CONCEPT_EVENT) || item_is(item, CONCEPT_ATTEND) ||
			 item_is(item, CONCEPT_HINDERED);
	}
	return event;
}

/* The last day named that is no past one and no deadline; -1: none. */
static int day_item(const struct weighing *work, bool behind_word)
{
	const struct scan *scan = &work->scan;
	int found = -1;
	for (size_t i = 0; i < scan->item_count; i++) {
		const struct item *item = &scan->items[i];
		if (item->concept != CONCEPT_DATE || item->tendency < 0 ||
		    scan->words.items[item->first].quoted || is_deadline(work, i) ||
		    is_of_event(work, item))
			continue;
		bool passed = item->day.ms != WALL_NEVER.ms &&
			      wall_before(wall_add(item->day, DAY_MS), work->context->now);
		if (passed && !behind_word)
			continue;
		if (found >= 0 && scan->items[found].day.ms != WALL_NEVER.ms &&
		    item->day.ms == WALL_NEVER.ms)
			continue;
		found = (int)i;
	}
	return found;
}

static size_t days_named(const struct weighing *work)
{
	return weigh_count(work, CONCEPT_DATE);
}

static bool every_word_is_known(const struct weighing *work)
{
	return weigh_unknown(work) == 0 && !work->scan.words.cut && !work->scan.words.strange &&
	       !work->scan.words.question_mark;
}

static bool hedges(const struct weighing *work)
{
	return weigh_has(work, CONCEPT_IF) || weigh_has(work, CONCEPT_PERHAPS) ||
	       weigh_has(work, CONCEPT_HEARSAY) || weigh_has(work, CONCEPT_HOW) ||
	       weigh_has(work, CONCEPT_WHICH) || weigh_has(work, CONCEPT_WAIT) ||
	       weigh_has(work, CONCEPT_BECAUSE) || weigh_has(work, CONCEPT_HINDERED) ||
	       weigh_has(work, CONCEPT_NAME);
}

/* The negated verb is not the one that the day is about: "hôm nay chưa gửi được". */
static bool day_is_denied(const struct weighing *work, int day)
{
	for (size_t i = 0; i < work->statements.count; i++) {
		const struct statement *statement = &work->statements.items[i];
		if (statement->said == SAID_NOT && statement->day == day)
			return true;
	}
	return false;
}

/* "ngày 5" when that has gone by: some day is meant. */
static bool names_day_gone(const struct weighing *work)
{
	for (size_t i = 0; i < work->scan.item_count; i++) {
		const struct item *item = &work->scan.items[i];
		if (item->concept == CONCEPT_DATE && item->tendency >= 0 && !is_deadline(work, i))
			return true;
	}
	return false;
}

static void set_day(struct weighing *work, struct reading *reading, int own)
{
	int day = own >= 0 && work->scan.items[own].day.ms != WALL_NEVER.ms
		      ? own
		      : day_item(work, reading->intent == INTENT_EXTENSION_REQUEST);
	if (day < 0 && reading->intent == INTENT_NOT_YET)
		reading->day_is_vague = names_day_gone(work);
	if (day < 0 || (reading->intent == INTENT_NOT_YET && day_is_denied(work, day)))
		return;
	/* "xin 2 hôm nữa" counts from a deadline that is not said. */
	if (reading->intent == INTENT_EXTENSION_REQUEST && work->scan.items[day].value != 0)
		return;
	reading->promised = work->scan.items[day].day;
	reading->day_is_vague = reading->promised.ms == WALL_NEVER.ms;
	bool verb = weigh_has(work, CONCEPT_SEND) || weigh_has(work, CONCEPT_DONE) ||
		    reading->intent == INTENT_EXTENSION_REQUEST;
	/* "thứ 2", said on a Monday */
	bool today = work->scan.items[day].weekday != 0 &&
		     reading->promised.ms - work->context->now.ms > 6 * DAY_MS;
	reading->day_is_sure = !today && !reading->day_is_vague && verb && days_named(work) == 1 &&
			       every_word_is_known(work) && !hedges(work) &&
			       work->scan.document_number == NULL;
}

/* Who names no report speaks of what we have just reminded of. */
static void set_subject(struct weighing *work, struct reading *reading, int mention)
{
	const struct understand_context *context = work->context;
	size_t kept = 0;
	weigh_set_subject(work, reading, mention);
	if (reading->report_code != NULL || reading->names_other ||
	    work->statements.mention_count > 0)
		return;
	for (size_t i = 0; i < reading->obligation_count; i++)
		for (size_t j = 0; j < context->obligation_count; j++)
			if (context->obligations[j].id == reading->obligations[i] &&
			    context->obligations[j].reminded && !context->obligations[j].claimed)
				reading->obligations[kept++] = reading->obligations[i];
	if (kept > 0)
		reading->obligation_count = kept;
}

static bool has_day_to_come(const struct weighing *work)
{
	int day = day_item(work, false);
	if (day < 0)
		return false;
	const struct item *item = &work->scan.items[day];
	return item->tendency > 0 ||
	       (item->day.ms != WALL_NEVER.ms && wall_before(work->context->now, item->day));
}

/* ── more time ───────────────────────────────────────────────────────────────────────────────── */

/* "xin đến thứ 6", "cho em 2 hôm nữa": asks for a day, though no word of delay is said. */
static bool asks_for_day(const struct weighing *work)
{
	const struct scan *scan = &work->scan;
	for (size_t i = 0; i + 1 < scan->item_count; i++) {
		if (scan->items[i].concept != CONCEPT_ALLOW)
			continue;
		for (size_t j = i + 1; j < scan->item_count && j <= i + 6; j++) {
			bool span = scan->items[j].concept == CONCEPT_NUMBER &&
				    j + 1 < scan->item_count &&
				    (item_is(&scan->items[j + 1], CONCEPT_DAY_WORD) ||
					item_is(&scan->items[j + 1], CONCEPT_WEEK_WORD));
			if (span || (scan->items[j].concept == CONCEPT_DATE &&
					scan->items[j].tendency >= 0))
				return true;
			if (!item_is(&scan->items[j], CONCEPT_FILLER) &&
			    !item_is(&scan->items[j], CONCEPT_SELF) &&
			    !item_is(&scan->items[j], CONCEPT_DAY_WORD) &&
			    !item_is(&scan->items[j], CONCEPT_BEFORE) &&
			    !item_is(&scan->items[j], CONCEPT_NAMED_REPORT) &&
			    !item_is(&scan->items[j], CONCEPT_REPORT) &&
			    !item_is(&scan->items[j], CONCEPT_HALF) &&
			    !item_is(&scan->items[j], CONCEPT_DAYTIME) &&
			    scan->items[j].concept != CONCEPT_ALLOW &&
			    !item_is(&scan->items[j], CONCEPT_YEAR) &&
			    scan->items[j].concept != CONCEPT_OWN_UNIT &&
			    !item_is(&scan->items[j], CONCEPT_ADDRESS) &&
			    !item_is(&scan->items[j], CONCEPT_POLITE) &&
			    !item_is(&scan->items[j], CONCEPT_ALL) &&
			    !item_is(&scan->items[j], CONCEPT_PLACE) &&
			    !item_is(&scan->items[j], CONCEPT_SEND) &&
			    scan->items[j].concept != CONCEPT_NONE)
				break;
		}
	}
	return false;
}

/* "cho trường em nộp sau bế giảng" */
static bool asks_to_send_later(const struct weighing *work)
{
	const struct scan *scan = &work->scan;
	bool allow = false;
	for (size_t i = 0; i < scan->item_count; i++) {
		const struct item *item = &scan->items[i];
		allow |= item_is(item, CONCEPT_ALLOW) || item_is(item, CONCEPT_REQUEST) ||
			 work->statements.clauses[item->clause].asks ||
			 (scan_word_is(scan, item->first, "cho") && i + 1 < scan->item_count &&
			     item_is(&scan->items[i + 1], CONCEPT_SELF));
		if (allow && item_is(item, CONCEPT_SOON) && item->count > 1 &&
		    (scan_word_is(scan, item->first, "nop") ||
			scan_word_is(scan, item->first, "gui")))
			return true;
	}
	return false;
}

/* "mai em nộp được không ạ": asks leave to send on a day to come. */
static bool asks_leave(const struct weighing *work)
{
	bool may = false;
	for (size_t i = 0; i < work->scan.item_count; i++)
	may |= work->scan.items[i].concept == CONCEPT_TAG && work->scan.items[i].value == 1;
	if (may && weigh_has(work, CONCEPT_LATE))
		return true;
	return may && has_day_to_come(work) &&
	       (weigh_has(work, CONCEPT_SEND) || weigh_has(work, CONCEPT_ALLOW) ||
		   weigh_has(work, CONCEPT_PRESENT)) &&
	       !weigh_has(work, CONCEPT_EVENT);
}

static bool has_sent(const struct weighing *work)
{
	for (size_t i = 0; i < work->statements.count; i++)
		if ((work->statements.items[i].said == SAID_SENT &&
			work->statements.items[i].strong))
			return true;
	return false;
}

/* "nộp muộn có bị trừ điểm không": asks about being late, not for more time. */
static bool only_wonders(const struct weighing *work)
{
	bool wonders = false;
	for (size_t i = 0; i < work->scan.item_count; i++) {
		const struct item *item = &work->scan.items[i];
		if (item_is(item, CONCEPT_EXTEND) && item->value == 0)
			return false;
		wonders |=
		    item_is(item, CONCEPT_EXTEND) && work->statements.clauses[item->clause].asks;
		if (item->concept == CONCEPT_TAG && item->value == 1)
			return false;
	}
	return wonders && !weigh_has(work, CONCEPT_ALLOW);
}

/* "đã được gia hạn rồi", "nghe bảo phòng lùi hạn": somebody has, or does. */
static bool only_tells(const struct weighing *work)
{
	const struct scan *scan = &work->scan;
	bool told = false;
	for (size_t i = 0; i < scan->item_count; i++) {
		if (!item_is(&scan->items[i], CONCEPT_EXTEND))
			continue;
		told = false;
		const struct clause *clause = &work->statements.clauses[scan->items[i].clause];
		for (size_t j = clause->first; j < i; j++)
			told |=
			    (scan->items[j].concept == CONCEPT_PAST && scan->items[j].value == 0) ||
			    item_is(&scan->items[j], CONCEPT_APPROVE) ||
			    item_is(&scan->items[j], CONCEPT_HEARSAY);
		for (size_t j = clause->first; j < i; j++)
			told &= !(j + 1 == i && item_is(&scan->items[j], CONCEPT_SELF));
		told |= clause->asks && i + 1 < clause->end &&
			scan_word_is(scan, scan->items[i + 1].first, "thi");
		if (!told)
			return false;
	}
	return told;
}

bool weigh_extension(struct weighing *work)
{
	if (only_tells(work))
		return false;
	bool asks = weigh_has(work, CONCEPT_EXTEND) && !only_wonders(work);
	bool allows = asks_for_day(work) || asks_leave(work) || asks_to_send_later(work) ||
		      (weigh_has(work, CONCEPT_ALLOW) && weigh_has(work, CONCEPT_LATE));
	bool event = weigh_has(work, CONCEPT_EVENT) && work->statements.mention_count == 0 &&
		     (weigh_has(work, CONCEPT_ATTEND) || weigh_has(work, CONCEPT_GO) ||
			 weigh_has(work, CONCEPT_ABSENT));
	if (event || (!asks && !allows) || (has_sent(work) && !asks) ||
	    (has_sent(work) && weigh_count(work, CONCEPT_EXTEND) < 2 &&
		!weigh_has(work, CONCEPT_ALLOW)))
		return false;
	if (has_sent(work) && weigh_statements_end_sent(work))
		return false;
	struct reading *reading =
	    weigh_add(work, INTENT_EXTENSION_REQUEST, CONFIDENCE_SURE, "asks for more time");
	set_subject(work, reading, weigh_only_mention(work));
	set_day(work, reading, -1);
	return true;
}

/* ── not yet ─────────────────────────────────────────────────────────────────────────────────── */

bool weigh_later(struct weighing *work)
{
	const struct statement *found = NULL;
	const char *evidence = "";
	for (size_t i = 0; i < work->statements.count; i++) {
		const struct statement *statement = &work->statements.items[i];
		bool bare = (statement->said == SAID_BARE || statement->said == SAID_MADE) &&
			    has_day_to_come(work);
		if (statement->said != SAID_NOT && statement->said != SAID_LATER &&
		    statement->said != SAID_IF && !bare)
			continue;
		if (found == NULL || (found->mention < 0 && statement->mention >= 0))
			found = statement;
	}
	if (found != NULL)
		evidence = found->said == SAID_NOT ? "not sent" : "will be sent";
	bool lacks = weigh_has(work, CONCEPT_LACK) && weigh_has(work, CONCEPT_SIGN);
	bool denied = lacks || weigh_has(work, CONCEPT_NOT_YET) ||
		      weigh_has(work, CONCEPT_PROGRESS) || weigh_has(work, CONCEPT_WAIT) ||
		      (weigh_has(work, CONCEPT_HINDERED) && !work->scan.words.question_mark);
	bool day_only = day_item(work, false) >= 0 && work->statements.count == 0 &&
			weigh_unknown(work) <= 1 && !weigh_has(work, CONCEPT_EVENT) &&
			(work->scan.item_count > 1 ||
			    !work->scan.words.items[work->scan.items[0].first].digits);
	bool soon = weigh_has(work, CONCEPT_SOON) || weigh_has(work, CONCEPT_FUTURE);
	bool courteous = weigh_has(work, CONCEPT_READ) || weigh_has(work, CONCEPT_HEED);
	bool about = weigh_has(work, CONCEPT_NOT_YET) || weigh_has(work, CONCEPT_REPORT) ||
		     work->statements.mention_count > 0 || work->scan.item_count <= 4 ||
		     weigh_has(work, CONCEPT_MAKE) || weigh_has(work, CONCEPT_HINDERED);
	about |= weigh_has(work, CONCEPT_PROGRESS) && weigh_unknown(work) == 0;
	bool idle_talk = weigh_unknown(work) > 0 && !weigh_has(work, CONCEPT_REPORT) &&
			 !weigh_has(work, CONCEPT_PROGRESS) && !weigh_has(work, CONCEPT_MAKE) &&
			 !weigh_has(work, CONCEPT_HINDERED) && work->statements.mention_count == 0;
	if (found == NULL && denied && idle_talk && !day_only)
		return false; /* "chị ăn cơm chưa" */
	if (found == NULL &&
	    ((!denied && !day_only && !soon) || courteous || (!about && !day_only)))
		return false;
	if (found == NULL)
		evidence = denied ? "a negation" : "speaks of later";
	struct reading *reading = weigh_add(work, INTENT_NOT_YET, CONFIDENCE_SURE, evidence);
	int mention = found != NULL ? found->mention : weigh_only_mention(work);
	set_subject(work, reading, mention);
	set_day(work, reading,
	    found != NULL && (found->said == SAID_LATER || found->said == SAID_IF) ? found->day
										   : -1);
	if (found == NULL && !day_only && !weigh_has(work, CONCEPT_NOT_YET))
		reading->confidence = RATHER;
	return true;
}
