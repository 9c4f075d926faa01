/*
 * Owns: taking back what was said before: "HUY", "em nhắn nhầm".
 * May use: understand/weigh.h.
 * Must not know: until when something can be taken back.
 */
#include "understand/weigh.h"

#include <string.h>

static int64_t recorded_ms(const struct understand_obligation *item)
{
	return item->claimed ? item->claimed_at.ms : item->recorded_at.ms;
}

/* Latest first. */
static void insert(const struct understand_obligation **items, size_t *count,
    const struct understand_obligation *item)
{
	size_t at = (*count)++;
	for (; at > 0 && recorded_ms(items[at - 1]) < recorded_ms(item); at--)
		items[at] = items[at - 1];
	items[at] = item;
}

static void add_recorded(struct weighing *work, struct reading *reading)
{
	const struct understand_context *context = work->context;
	const struct scan *scan = &work->scan;
	const struct understand_obligation **items = arena_alloc(
	    work->arena, (context->obligation_count + context->event_count + 1) * sizeof *items);
	size_t count = 0;
	for (size_t i = 0; i < context->obligation_count; i++) {
		const struct understand_obligation *item = &context->obligations[i];
		bool named = reading->report_code == NULL ||
			     strcmp(reading->report_code, item->report_code) == 0;
		bool unit = !scan->unit_is_own || scan->unit_code == NULL ||
			    strcmp(scan->unit_code, item->unit_code) == 0;
		if ((item->claimed || item->recorded) && named && unit)
			insert(items, &count, item);
	}
	for (size_t i = 0; i < context->event_count && reading->report_code == NULL; i++)
		if (context->events[i].recorded)
			insert(items, &count, &context->events[i]);
	reading->obligation_count = count;
	for (size_t i = 0; i < count; i++)
		reading->obligations[i] = items[i]->id;
}

/* Huy is a name too: in small letters without marks the word counts where it opens or ends the
 * text. */
static bool says_cancel(const struct weighing *work, size_t *where)
{
	const struct scan *scan = &work->scan;
	for (size_t i = 0; i < scan->item_count; i++) {
		const struct item *item = &scan->items[i];
		enum concept before =
		    i > 0 ? (enum concept)scan->items[i - 1].concept : CONCEPT_NONE;
		if (!item_is(item, CONCEPT_CANCEL) || before == CONCEPT_PAST ||
		    before == CONCEPT_NOT || before == CONCEPT_DONT)
			continue; /* "đã hủy", "không hủy" */
		*where = i;
		return true;
	}
	return false;
}

static bool is_beside_cancel(const struct weighing *work)
{
	static const enum concept beside[] = {CONCEPT_CANCEL, CONCEPT_TAKE_BACK, CONCEPT_WRONG,
	    CONCEPT_REPORT, CONCEPT_NAMED_REPORT, CONCEPT_HALF, CONCEPT_YEAR, CONCEPT_OWN_UNIT,
	    CONCEPT_UNIT, CONCEPT_TEXTING, CONCEPT_HELP_ME, CONCEPT_TOPIC, CONCEPT_ALL,
	    CONCEPT_ALLOW, CONCEPT_YES, CONCEPT_ALREADY, CONCEPT_BECAUSE, CONCEPT_BEFORE,
	    CONCEPT_LAST_WEEK, CONCEPT_THANKS, CONCEPT_PAST, CONCEPT_DATE, CONCEPT_NONE};
	return weigh_only(work, beside);
}

static struct reading *take_back(struct weighing *work, int confidence, const char *evidence)
{
	struct reading *reading = weigh_add(work, INTENT_CANCEL, confidence, evidence);
	int mention = weigh_only_mention(work);
	if (mention >= 0)
		weigh_set_subject(work, reading, mention);
	add_recorded(work, reading);
	if (work->scan.document_number != NULL)
		reading->document_number = work->scan.document_number;
	return reading;
}

/* "nhầm, chưa gửi đâu" */
static bool denies_mistake(const struct weighing *work)
{
	bool mistake = false;
	for (size_t i = 0; i < work->scan.item_count; i++)
		mistake |= item_is(&work->scan.items[i], CONCEPT_WRONG) &&
			   (scan_word_is(&work->scan, work->scan.items[i].first, "nham") ||
			       scan_word_is(&work->scan, work->scan.items[i].first, "lon"));
	if (!mistake || work->scan.document_number != NULL)
		return false;
	for (size_t i = 0; i < work->statements.count; i++)
		if (work->statements.items[i].said == SAID_NOT)
			return true;
	return false;
}

/* "không xin gia hạn nữa" */
static bool gives_up_request(const struct weighing *work)
{
	const struct scan *scan = &work->scan;
	for (size_t i = 1; i + 1 < scan->item_count; i++) {
		bool again = item_is(&scan->items[i + 1], CONCEPT_MORE) ||
			     scan_word_is(scan, scan->items[i + 1].first, "nua");
		if (item_is(&scan->items[i], CONCEPT_EXTEND) && again &&
		    item_is(&scan->items[i - 1], CONCEPT_NOT))
			return true;
	}
	return false;
}

/* "đã gửi nhầm sang Nội vụ, để em gửi lại", "gửi rồi, hay phòng nhắn nhầm": nothing is taken back.
 */
static bool is_about_sending(const struct weighing *work)
{
	const struct scan *scan = &work->scan;
	bool later = false, sent = false;
	for (size_t i = 0; i < work->statements.count; i++) {
		later |= work->statements.items[i].said == SAID_LATER;
		sent |= work->statements.items[i].said == SAID_SENT;
	}
	for (size_t i = 0; i < scan->item_count; i++) {
		const struct item *item = &scan->items[i];
		if (!item_is(item, CONCEPT_TAKE_BACK))
			continue;
		if (later && scan_word_is(scan, item->first, "gui"))
			return true;
		if (sent && i > 0 && item_is(&scan->items[i - 1], CONCEPT_PLACE))
			return true;
	}
	return false;
}

/* "xin thu hồi văn bản 45/BC-UBND gửi hôm thứ sáu" */
static bool withdraws(const struct weighing *work)
{
	for (size_t i = 0; i < work->scan.item_count; i++)
		if (item_is(&work->scan.items[i], CONCEPT_TAKE_BACK) &&
		    (scan_word_is(&work->scan, work->scan.items[i].first, "thu") ||
			scan_word_is(&work->scan, work->scan.items[i].first, "rut")))
			return true;
	return false;
}

bool weigh_cancel(struct weighing *work)
{
	const struct scan *scan = &work->scan;
	size_t where = 0;
	bool cancels = says_cancel(work, &where);
	bool takes_back =
	    weigh_has(work, CONCEPT_TAKE_BACK) || denies_mistake(work) || gives_up_request(work);
	bool asks = weigh_has(work, CONCEPT_HOW) || weigh_has(work, CONCEPT_ASK) ||
		    scan->words.question_mark;
	if (!cancels && (!takes_back || is_about_sending(work)))
		return false;
	if (asks) {
		if (!cancels)
			return false;
		weigh_add(work, INTENT_HELP, RATHER, "asks about taking back");
		return true;
	}
	/* "em nhắn nhầm, gửi rồi ạ" says that it is sent. */
	bool sent = false;
	for (size_t i = 0; i < work->statements.count; i++)
		sent |=
		    work->statements.items[i].said == SAID_SENT && work->statements.items[i].strong;
	if (!cancels && scan->document_number != NULL && !withdraws(work) &&
	    (sent || weigh_has(work, CONCEPT_WRONG)))
		return false;
	bool opens =
	    cancels && (where == 0 || scan->items[where - 1].clause != scan->items[where].clause ||
			   is_beside_cancel(work));
	bool clear = is_beside_cancel(work) && !scan->words.cut && !scan->words.strange &&
		     weigh_unknown(work) == 0 && scan->document_number == NULL;
	if (cancels && !opens && !takes_back && weigh_unknown(work) > 2)
		return false;
	int mention = weigh_only_mention(work);
	bool other = mention >= 0 && !work->statements.mentions[mention].owed;
	clear &= !work->has_quotation;
	take_back(work, clear && !other ? CERTAIN : RATHER,
	    clear
		? "takes back what was said"
		: arena_printf(work->arena, "takes back, but also: %s", weigh_unknown_words(work)));
	return true;
}
