/*
 * Owns: "what do I still owe" and "how do I answer".
 * May use: replies/handlers.h, text/, plan/.
 * Must not know: modems, SQL.
 */
#include "replies/handlers.h"

#include "base/buffer.h"
#include "plan/wording.h"
#include "text/utf8.h"

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
		decision->answer = reply_word(offer, "status_none", NULL);
		return;
	}
	sort_by_deadline(open, count);
	OWNED_BUFFER list = BUFFER(LIST_BYTES_MAX);
	list_open(offer, &list, open, count);
	decision->answer = reply_word(offer, "status_open",
	    &(struct wording){
		.count = arena_printf(offer->arena, "%zu", count), .list = buffer_text(&list)});
}

void reply_help(const struct reply_offer *offer, struct reply_decision *decision)
{
	const struct store_known_obligation *nearest = reply_nearest(offer);
	decision->settled_as = "acted";
	decision->answer = nearest == NULL ? reply_word(offer, "status_none", NULL)
					   : reply_word(offer, "help",
						 &(struct wording){.code = nearest->report_code});
}
