/*
 * Owns: the simulation as a calendar: an event a text.
 * May use: base/, store/course.h, command/.
 * Must not know: iCalendar itself (command/ical.h).
 */
#include "command/simulation.h"

#include "command/ical.h"

/* A text takes no time; calendars show what lasts a little. */
#define SHOWN_MS (5 * MINUTE_MS)

struct state {
	const struct simulation_view *view;
	struct ical_event *entries; /* heap */
	size_t count, capacity;
};

static void *begin(const struct simulation_view *view)
{
	struct state *state = arena_alloc(view->arena, sizeof *state);
	state->view = view;
	return state;
}

static void add_row(void *arg, const struct course_row *row)
{
	struct state *state = arg;
	struct arena *arena = state->view->arena;
	const char *to = row->person_name[0] != '\0' ? row->person_name : row->address;
	if (row->what != COURSE_LEFT)
		return;
	ARRAY_GROW(state->entries, state->count, state->capacity);
	state->entries[state->count] = (struct ical_event){
	    .uid = arena_printf(
		arena, "simulate-%lld-%zu@nhacviec", (long long)row->at.ms, state->count),
	    .timed = true,
	    .from = row->at,
	    .until = wall_add(row->at, SHOWN_MS),
	    .summary = arena_printf(arena, "%s %s → %s",
		simulation_field_text(arena, row, FIELD_REPORT, "+"),
		simulation_field_text(arena, row, FIELD_STEP, "+"), to),
	    .description = arena_printf(arena, "%s %s: %s", row->channel, row->address, row->text),
	    .category = "SMS",
	};
	state->count++;
}

static void end(void *arg, const struct simulation_totals *totals)
{
	struct state *state = arg;
	(void)totals;
	ical_write(stdout, "nhacviec", state->entries, state->count, state->view->from);
	memory_free(state->entries);
}

const struct simulation_format simulation_ics = {
    .name = "ics", .begin = begin, .row = add_row, .end = end};
