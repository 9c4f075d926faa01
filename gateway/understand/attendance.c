/*
 * Owns: whether somebody comes to an event: "tham gia", "em bận không đi được".
 * May use: understand/weigh.h.
 * Must not know: reports.
 */
#include "understand/weigh.h"

#include <string.h>

static size_t waiting(const struct understand_context *context)
{
	size_t count = 0;
	for (size_t i = 0; i < context->event_count; i++)
		count += context->events[i].reminded && !context->events[i].recorded;
	return count;
}

static void add_named_events(struct weighing *work, struct reading *reading)
{
	const struct understand_context *context = work->context;
	for (size_t i = 0; i < context->event_count; i++) {
		const struct understand_obligation *event = &context->events[i];
		bool named = false;
		for (size_t j = 0; j < work->scan.item_count; j++) {
			const struct item *item = &work->scan.items[j];
			named |=
			    item->concept == CONCEPT_NAMED_REPORT &&
			    strcmp(work->scan.reports[item->value].code, event->report_code) == 0;
		}
		if (named)
			reading->obligations[reading->obligation_count++] = event->id;
	}
}

static bool names_owed_report(const struct weighing *work)
{
	for (size_t i = 0; i < work->statements.mention_count; i++)
		if (work->statements.mentions[i].owed)
			return true;
	return false;
}

static bool sends(const struct weighing *work)
{
	return weigh_has(work, CONCEPT_SEND) || work->scan.document_number != NULL;
}

/* A negation in the clause of the word, before it. */
static bool is_denied(const struct weighing *work, enum concept concept)
{
	const struct scan *scan = &work->scan;
	for (size_t i = 0; i < scan->item_count; i++) {
		if (!item_is(&scan->items[i], concept))
			continue;
		for (size_t j = i; j-- > 0 && scan->items[j].clause == scan->items[i].clause;)
			if (scan->items[j].concept == CONCEPT_NOT ||
			    scan->items[j].concept == CONCEPT_NOT_YET)
				return true;
	}
	return false;
}

static bool is_alone(const struct weighing *work, const char *plain)
{
	size_t said = 0, other = 0;
	for (size_t i = 0; i < work->scan.words.count; i++)
		said += scan_word_is(&work->scan, i, plain);
	for (size_t i = 0; i < work->scan.item_count; i++) {
		const struct item *item = &work->scan.items[i];
		other += !scan_word_is(&work->scan, item->first, plain) &&
			 !item_is(item, CONCEPT_POLITE) && !item_is(item, CONCEPT_SELF) &&
			 !item_is(item, CONCEPT_ADDRESS);
	}
	return said > 0 && other == 0;
}

static bool weigh_bare(struct weighing *work)
{
	bool one = waiting(work->context) == 1 && work->context->question.count == 0;
	bool absent = work->scan.words.count > 0 && (work->scan.words.items[0].marks & MARK_BREVE);
	if (!absent && is_alone(work, "vang") &&
	    (one || (work->scan.words.items[0].shouted && work->scan.words.count == 1))) {
		bool marked = work->scan.words.marked > 0;
		bool yes = marked && work->scan.words.items[0].marks != 0 &&
			   (work->scan.words.items[0].marks & MARK_HAT);
		if (yes && !one)
			return false;
		weigh_add(work,
		    one && !marked ? INTENT_ATTEND
		    : yes          ? INTENT_ATTEND
				   : INTENT_ABSENT,
		    CONFIDENCE_PLAUSIBLE, "yes, or absent");
		return true;
	}
	if (one && (is_alone(work, "co") || is_alone(work, "di"))) {
		weigh_add(work, INTENT_ATTEND, CERTAIN, "comes to the only event");
		return true;
	}
	return false;
}

static bool asks(const struct weighing *work)
{
	for (size_t i = 0; i < work->statements.clause_count; i++)
		if (work->statements.clauses[i].asks)
			return true;
	return false;
}

bool weigh_attendance(struct weighing *work)
{
	const struct understand_context *context = work->context;
	bool event = context->event_count > 0 || weigh_has(work, CONCEPT_EVENT);
	if (weigh_bare(work))
		return true;
	bool attends = weigh_has(work, CONCEPT_ATTEND), absent = weigh_has(work, CONCEPT_ABSENT);
	bool goes = weigh_has(work, CONCEPT_GO);
	/* "hôm tập huấn em có đám cưới, không xuống được" */
	bool hindered = weigh_has(work, CONCEPT_EVENT) && weigh_has(work, CONCEPT_HINDERED) &&
			weigh_has(work, CONCEPT_NOT) && work->statements.mention_count == 0;
	absent |= hindered;
	if ((!attends && !absent && !goes) || asks(work) || sends(work) ||
	    (weigh_has(work, CONCEPT_EXTEND) && !event) || weigh_has(work, CONCEPT_READ) ||
	    (names_owed_report(work) && !weigh_has(work, CONCEPT_EVENT)) ||
	    ((weigh_has(work, CONCEPT_MAKE) || weigh_has(work, CONCEPT_SIGN)) &&
		context->event_count == 0))
		return false;
	if (!attends && !absent && !event && weigh_has(work, CONCEPT_REPORT))
		return false;
	bool denied = is_denied(work, CONCEPT_ATTEND) || is_denied(work, CONCEPT_GO);
	bool comes = absent ? is_denied(work, CONCEPT_ABSENT) : !denied;
	if (attends && absent && !is_denied(work, CONCEPT_ABSENT))
		comes = false;
	bool clear = weigh_unknown(work) <= 1 && !work->scan.words.cut &&
		     !weigh_has(work, CONCEPT_PERHAPS) && !weigh_has(work, CONCEPT_IF) &&
		     (attends || absent || waiting(context) == 1);
	struct reading *reading = weigh_add(work, comes ? INTENT_ATTEND : INTENT_ABSENT,
	    clear ? CERTAIN : RATHER, comes ? "comes to an event" : "does not come");
	add_named_events(work, reading);
	return true;
}
