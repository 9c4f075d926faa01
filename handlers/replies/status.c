/*
 * Owns: "what do I still owe", and what is recorded as sent.
 * May use: replies/handlers.h, text/, plan/.
 * Must not know: modems, SQL.
 */
#include "replies/handlers.h"

#include "base/buffer.h"
#include "plan/wording.h"
#include "text/utf8.h"

#include <string.h>

#define LIST_BYTES_MAX 2000

static void sort_by_deadline(const struct store_known_obligation **items, size_t count)
{
	for (size_t i = 1; i < count; i++)
		for (size_t j = i; j > 0 && wall_before(items[j]->deadline, items[j - 1]->deadline);
		     j--) {
			const struct store_known_obligation *swap = items[j];
			items[j] = items[j - 1];
			items[j - 1] = swap;
		}
}

/* "6T Xã Ngọc Côn (10/6), NAM Xã Ngọc Côn (10/12)"; without the unit when only so all of it fits.
 */
static void list_open(const struct reply_offer *offer, struct buffer *list,
    const struct store_known_obligation *const *open, size_t count)
{
	const char **names = reply_labels(offer, open, count, true);
	size_t letters = 0;
	for (size_t i = 0; i < count; i++) {
		names[i] = arena_printf(
		    offer->arena, "%s (%s)", names[i], civil_short_day(open[i]->named).text);
		letters += utf8_length(names[i]) + (i > 0 ? 2 : 0);
	}
	if (letters > WORDING_LIST_MAX && reply_same_unit(open, count)) {
		names = reply_labels(offer, open, count, false);
		for (size_t i = 0; i < count; i++)
			names[i] = arena_printf(offer->arena, "%s (%s)", names[i],
			    civil_short_day(open[i]->named).text);
	}
	wording_list(list, names, count, WORDING_LIST_MAX);
}

/* "6T số 45/BC-UBND, NAM": what was claimed and the office does not hold yet. NULL: nothing. */
static const char *list_claimed(const struct reply_offer *offer)
{
	const struct store_inbound_context_output *context = offer->context;
	const char *list = NULL;
	for (size_t i = 0; i < context->obligation_count; i++) {
		const struct store_known_obligation *one = &context->obligations[i];
		if (strcmp(one->kind, "report") != 0 || one->state != OBLIGATION_CLAIMED)
			continue;
		const char *number = one->document_number;
		const char *item = reply_word(offer,
		    number != NULL ? "status_claimed_item" : "status_claimed_bare",
		    &(struct wording){.code = one->report_code, .number = number});
		list = list == NULL ? item : arena_printf(offer->arena, "%s, %s", list, item);
	}
	return list;
}

/* Added only where all of it still fits: what is missing matters more. */
static const char *add_claimed(const struct reply_offer *offer, const char *answer)
{
	const char *claimed = list_claimed(offer);
	if (claimed == NULL)
		return answer;
	const char *both = reply_join(
	    offer, answer, reply_word(offer, "status_claimed", &(struct wording){.list = claimed}));
	return reply_fits_one_part(both) ? both : answer;
}

void reply_status(const struct reply_offer *offer, struct reply_decision *decision)
{
	const struct store_inbound_context_output *context = offer->context;
	const struct store_known_obligation **open =
	    arena_alloc(offer->arena, (context->obligation_count + 1) * sizeof *open);
	size_t count = 0;
	for (size_t i = 0; i < context->obligation_count; i++)
		if (reply_is_open_report(&context->obligations[i]))
			open[count++] = &context->obligations[i];
	decision->settled_as = "acted";
	if (count == 0) {
		decision->answer = add_claimed(offer, reply_word(offer, "status_none", NULL));
		return;
	}
	sort_by_deadline(open, count);
	OWNED_BUFFER list = BUFFER(LIST_BYTES_MAX);
	list_open(offer, &list, open, count);
	decision->answer = add_claimed(
	    offer, reply_word(offer, "status_open",
		       &(struct wording){.count = arena_printf(offer->arena, "%zu", count),
			   .list = buffer_text(&list)}));
}
