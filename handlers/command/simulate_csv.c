/*
 * Owns: the simulation as CSV for spreadsheets, a row a text or a step that has none.
 * May use: base/, store/course.h, command/.
 * Must not know: totals.
 *
 * The columns are those of the JSON, with `report` and `event` each in one of its own; where a
 * merged message has several values, a blank stands between them.
 */
#include "command/simulation.h"

#include "command/show.h"

struct state {
	const struct simulation_view *view;
};

static void *begin(const struct simulation_view *view)
{
	struct state *state = arena_alloc(view->arena, sizeof *state);
	state->view = view;
	fputs("at,unit,person,address,channel,report,event,step,text,segments,cost,reasons\r\n",
	    stdout);
	return state;
}

static void print_field(const char *text)
{
	show_csv_field(stdout, text);
	putchar(',');
}

static void print_row(void *arg, const struct course_row *row)
{
	const struct state *state = arg;
	struct arena *arena = arena_new();
	const char *reasons = simulation_reason(row, 0), *reason;
	for (size_t i = 1; (reason = simulation_reason(row, i))[0] != '\0'; i++)
		reasons = arena_printf(arena, "%s %s", reasons, reason);
	print_field(civil_rfc3339(row->at, state->view->zone_minutes).text);
	print_field(simulation_field_text(arena, row, FIELD_UNIT, " "));
	print_field(row->person_code);
	print_field(row->address);
	print_field(row->channel);
	print_field(simulation_field_text(arena, row, FIELD_REPORT, " "));
	print_field(simulation_field_text(arena, row, FIELD_EVENT, " "));
	print_field(simulation_field_text(arena, row, FIELD_STEP, " "));
	print_field(row->text);
	printf("%d,%d,", row->segments, row->cost);
	show_csv_field(stdout, reasons);
	fputs("\r\n", stdout);
	arena_free(arena);
}

static void end(void *arg, const struct simulation_totals *totals)
{
	(void)arg;
	(void)totals;
}

const struct simulation_format simulation_csv = {
    .name = "csv", .begin = begin, .row = print_row, .end = end};
