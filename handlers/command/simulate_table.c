/*
 * Owns: the simulation as tables for a terminal: the texts, the totals, the busiest hour.
 * May use: base/, store/course.h, command/.
 * Must not know: how the simulation was run.
 */
#include "command/simulation.h"

#include "command/listing.h"
#include "command/words.h"

#include <inttypes.h>

struct state {
	const struct simulation_view *view;
	struct listing listing;
};

static void *begin(const struct simulation_view *view)
{
	static const enum simulation_word columns[] = {SIMULATION_WHEN, SIMULATION_UNIT,
	    SIMULATION_TO, SIMULATION_ABOUT, SIMULATION_STEP, SIMULATION_CHANNEL,
	    SIMULATION_SEGMENTS, SIMULATION_REASONS, SIMULATION_TEXT};
	const char *head[COUNT_OF(columns)];
	struct state *state = arena_alloc(view->arena, sizeof *state);
	state->view = view;
	for (size_t i = 0; i < COUNT_OF(columns); i++)
		head[i] = simulation_word(view->context, columns[i]);
	listing_begin(&state->listing, view->arena, head, COUNT_OF(head));
	return state;
}

static const char *about(struct arena *arena, const struct course_row *row)
{
	const char *reports = simulation_field_text(arena, row, FIELD_REPORT, "+");
	const char *events = simulation_field_text(arena, row, FIELD_EVENT, "+");
	bool both = reports[0] != '\0' && events[0] != '\0';
	return arena_printf(arena, "%s%s%s", reports, both ? "+" : "", events);
}

static const char *reasons_in_words(
    struct arena *arena, const struct command_context *context, const struct course_row *row)
{
	const char *text = "", *reason;
	for (size_t i = 0; (reason = simulation_reason(row, i))[0] != '\0'; i++)
		text = arena_printf(arena, "%s%s%s", text, i > 0 ? "; " : "",
		    reason_in_words(context->language, reason));
	return text;
}

static void add_row(void *arg, const struct course_row *row)
{
	struct state *state = arg;
	const struct simulation_view *view = state->view;
	struct listing *listing = &state->listing;
	struct arena *arena = arena_new();
	enum colour colour = row->what == COURSE_LEFT ? COLOUR_GREEN : COLOUR_NONE;
	listing_add(listing, show_moment(row->at, view->zone_minutes).text, colour);
	listing_add(listing, simulation_field_text(arena, row, FIELD_UNIT, "+"), COLOUR_NONE);
	listing_printf(listing, "%s %s", row->person_code, row->address);
	listing_add(listing, about(arena, row), COLOUR_NONE);
	listing_add(listing, simulation_field_text(arena, row, FIELD_STEP, "+"), COLOUR_NONE);
	listing_add(listing, row->channel, COLOUR_NONE);
	listing_printf(listing, "%d", row->segments);
	listing_add(listing, reasons_in_words(arena, view->context, row), COLOUR_NONE);
	listing_add(listing, row->text, COLOUR_NONE);
	arena_free(arena);
}

static void add_sum(const struct simulation_sum *sum, void *arg)
{
	struct listing *listing = arg;
	listing_add(listing, sum->name, COLOUR_NONE);
	listing_printf(listing, "%" PRId64, sum->texts);
	listing_printf(listing, "%" PRId64, sum->segments);
	listing_printf(listing, "%" PRId64, sum->cost);
}

static void print_sums(const struct simulation_view *view, const struct simulation_totals *totals,
    enum simulation_group group, enum simulation_word name)
{
	const struct command_context *context = view->context;
	const char *const head[] = {simulation_word(context, name),
	    simulation_word(context, SIMULATION_TEXTS),
	    simulation_word(context, SIMULATION_SEGMENTS),
	    simulation_word(context, SIMULATION_COST)};
	struct simulation_sum all = totals->all;
	struct listing listing;
	all.name = simulation_word(context, SIMULATION_ALL);
	listing_begin(&listing, view->arena, head, COUNT_OF(head));
	simulation_totals_each(totals, group, add_sum, &listing);
	add_sum(&all, &listing);
	putchar('\n');
	listing_print(&listing, stdout);
	listing_end(&listing);
}

struct reasons {
	struct listing listing;
	const char *language;
};

static void add_reason(const struct simulation_sum *sum, void *arg)
{
	struct reasons *reasons = arg;
	listing_add(&reasons->listing, reason_in_words(reasons->language, sum->name), COLOUR_NONE);
	listing_printf(&reasons->listing, "%" PRId64, sum->texts);
}

static void print_reasons(
    const struct simulation_view *view, const struct simulation_totals *totals)
{
	const char *const head[] = {simulation_word(view->context, SIMULATION_REASONS),
	    simulation_word(view->context, SIMULATION_NUMBER)};
	struct reasons reasons = {.language = view->context->language};
	listing_begin(&reasons.listing, view->arena, head, COUNT_OF(head));
	simulation_totals_each(totals, GROUP_REASON, add_reason, &reasons);
	putchar('\n');
	if (reasons.listing.rows > 0)
		listing_print(&reasons.listing, stdout);
	listing_end(&reasons.listing);
}

static void end(void *arg, const struct simulation_totals *totals)
{
	struct state *state = arg;
	const struct simulation_view *view = state->view;
	printf(simulation_word(view->context, SIMULATION_TITLE),
	    show_moment(view->from, view->zone_minutes).text,
	    show_moment(view->to, view->zone_minutes).text);
	putchar('\n');
	for (size_t i = 0; i < view->note_count; i++)
		puts(view->notes[i]);
	putchar('\n');
	if (state->listing.rows > 0)
		listing_print(&state->listing, stdout);
	listing_end(&state->listing);
	print_reasons(view, totals);
	if (totals->all.texts == 0) {
		puts(simulation_word(view->context, SIMULATION_NOTHING));
		return;
	}
	print_sums(view, totals, GROUP_MONTH, SIMULATION_MONTH);
	print_sums(view, totals, GROUP_CHANNEL, SIMULATION_CHANNEL);
	print_sums(view, totals, GROUP_UNIT, SIMULATION_UNIT);
	putchar('\n');
	printf(simulation_word(view->context, SIMULATION_BUSIEST),
	    simulation_busiest_hour(totals).text, (long long)totals->busiest_parts,
	    (long long)totals->parts_per_hour);
	putchar('\n');
	if (simulation_is_too_much(totals))
		puts(simulation_word(view->context, SIMULATION_TOO_MUCH));
}

const struct simulation_format simulation_table = {
    .name = "table", .shows_totals = true, .begin = begin, .row = add_row, .end = end};
