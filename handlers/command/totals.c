/*
 * Owns: the totals below the board.
 * May use: base/, store/reader.h.
 * Must not know: how they are counted.
 */
#include "command/board.h"
#include "command/listing.h"
#include "command/words.h"

#include <inttypes.h>
#include <sysexits.h>

static void add_count(struct listing *listing, const char *what, const char *reason, int64_t count)
{
	listing_add(listing, what, COLOUR_NONE);
	listing_add(listing, reason, COLOUR_NONE);
	listing_printf(listing, "%" PRId64, count);
}

static void print_csv(struct arena *arena, const struct reader_totals *totals)
{
	static const char *const head[] = {"what", "reason", "count"};
	struct listing listing;
	listing_begin(&listing, arena, head, COUNT_OF(head));
	for (int i = 0; i < MESSAGE_STATE_COUNT; i++)
		add_count(&listing,
		    arena_printf(arena, "messages-%s", message_state_name((enum message_state)i)),
		    "", totals->messages[i]);
	add_count(&listing, "parts-sent", "", totals->parts_sent);
	add_count(&listing, "parts-resent", "", totals->parts_resent);
	add_count(&listing, "cost", "", totals->cost);
	add_count(&listing, "inbound", "", totals->inbound);
	add_count(&listing, "tasks-open", "", totals->tasks_open);
	for (size_t i = 0; i < totals->reason_count; i++)
		add_count(&listing, totals->reasons[i].what, totals->reasons[i].reason,
		    totals->reasons[i].count);
	listing_print_csv(&listing, stdout);
	listing_end(&listing);
}

static void print_text(const struct command_context *context, const struct reader_totals *totals)
{
	const char *language = context->language;
	const char *between = ": ";
	printf("\n%s", word(context, WORD_TOTALS_MESSAGES));
	for (int i = 0; i < MESSAGE_STATE_COUNT; i++) {
		if (totals->messages[i] == 0)
			continue;
		printf("%s%d %s", between, totals->messages[i],
		    message_state_in_words(language, message_state_name((enum message_state)i)));
		between = ", ";
	}
	puts(between[0] == ':' ? ": 0" : "");
	printf(word(context, WORD_TOTALS_PARTS), totals->parts_sent, totals->parts_resent);
	printf(word(context, WORD_TOTALS_COST), (long long)totals->cost);
	printf(word(context, WORD_TOTALS_INBOUND), totals->inbound);
	printf(word(context, WORD_TOTALS_TASKS), totals->tasks_open);
	fputs(word(context,
		  totals->reason_count > 0 ? WORD_TOTALS_WITHHELD : WORD_TOTALS_NOTHING_WITHHELD),
	    stdout);
	for (size_t i = 0; i < totals->reason_count; i++)
		printf("  %5d  %s: %s\n", totals->reasons[i].count,
		    message_state_in_words(language, totals->reasons[i].what),
		    reason_in_words(language, totals->reasons[i].reason));
}

int totals_print(const struct environment *environment, bool csv)
{
	struct reader_totals totals;
	struct failure failure;
	enum result result =
	    reader_totals(environment->reader, environment->arena, &totals, &failure);
	if (result != RESULT_OK)
		return failure_print(&failure, result);
	if (csv)
		print_csv(environment->arena, &totals);
	else
		print_text(environment->context, &totals);
	return EX_OK;
}
