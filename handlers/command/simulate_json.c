/*
 * Owns: the simulation as JSON, one object a line.
 * May use: base/, store/course.h, command/, jansson.
 * Must not know: totals.
 *
 * Each line has `at` (RFC 3339 with offset), `unit`, `person`, `address`, `channel`, `report` or
 * `event`, `step`, `text`, `segments`, `cost`, `reasons` (always a list), and nothing else. `unit`,
 * `report`, `event` and `step` are a list where a merged message has several of them, else a text;
 * `report` is null in an answer. What did not leave has no segments, and `channel` and `text` null.
 * A message that merges reports with events has both keys.
 */
#include "command/simulation.h"

#include "command/operation.h"

#include <stdio.h>
#include <stdlib.h>

struct state {
	const struct simulation_view *view;
};

static void *begin(const struct simulation_view *view)
{
	struct state *state = arena_alloc(view->arena, sizeof *state);
	state->view = view;
	return state;
}

static json_t *text_or_null(const char *text)
{
	return text[0] != '\0' ? json_string(text) : json_null();
}

static json_t *field_of(const struct course_row *row, enum simulation_field field)
{
	const char *value = simulation_field_value(row, field, 1);
	if (value[0] == '\0')
		return text_or_null(simulation_field_value(row, field, 0));
	json_t *list = json_array();
	for (size_t i = 0; (value = simulation_field_value(row, field, i))[0] != '\0'; i++)
		json_array_append_new(list, json_string(value));
	return list;
}

static json_t *reasons_of(const struct course_row *row)
{
	const char *reason;
	json_t *list = json_array();
	for (size_t i = 0; (reason = simulation_reason(row, i))[0] != '\0'; i++)
		json_array_append_new(list, json_string(reason));
	return list;
}

static void print_row(void *arg, const struct course_row *row)
{
	const struct state *state = arg;
	json_t *line = json_object();
	bool has_event = simulation_field_value(row, FIELD_EVENT, 0)[0] != '\0';
	bool has_report = simulation_field_value(row, FIELD_REPORT, 0)[0] != '\0';
	json_object_set_new(
	    line, "at", json_string(civil_rfc3339(row->at, state->view->zone_minutes).text));
	json_object_set_new(line, "unit", field_of(row, FIELD_UNIT));
	json_object_set_new(line, "person", text_or_null(row->person_code));
	json_object_set_new(line, "address", text_or_null(row->address));
	json_object_set_new(line, "channel", text_or_null(row->channel));
	if (has_report || !has_event)
		json_object_set_new(line, "report", field_of(row, FIELD_REPORT));
	if (has_event)
		json_object_set_new(line, "event", field_of(row, FIELD_EVENT));
	json_object_set_new(line, "step", field_of(row, FIELD_STEP));
	json_object_set_new(line, "text", text_or_null(row->text));
	json_object_set_new(line, "segments", json_integer(row->segments));
	json_object_set_new(line, "cost", json_integer(row->cost));
	json_object_set_new(line, "reasons", reasons_of(row));
	char *text = json_dumps(line, JSON_COMPACT);
	puts(text != NULL ? text : "{}");
	free(text);
	json_decref(line);
}

static void end(void *arg, const struct simulation_totals *totals)
{
	(void)arg;
	(void)totals;
}

const struct simulation_format simulation_json = {
    .name = "json", .begin = begin, .row = print_row, .end = end};
