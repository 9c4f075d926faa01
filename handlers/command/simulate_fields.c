/*
 * Owns: what a row of the course is about, as every format shows it; finding a format.
 * May use: base/, store/course.h, command/.
 * Must not know: how the formats look.
 */
#include "command/simulation.h"

#include "base/buffer.h"

#include <string.h>

const struct simulation_format *simulation_format_find(const char *name)
{
	static const struct simulation_format *const formats[] = {&simulation_table,
	    &simulation_json, &simulation_csv, &simulation_ics, &simulation_html};
	for (size_t i = 0; i < COUNT_OF(formats); i++)
		if (strcmp(formats[i]->name, name) == 0)
			return formats[i];
	return NULL;
}

static const char *step_value(const struct course_step *step, enum simulation_field field)
{
	bool is_event = strcmp(step->kind, "event") == 0;
	switch (field) {
	case FIELD_REPORT:
		return is_event ? NULL : step->code;
	case FIELD_EVENT:
		return is_event ? step->code : NULL;
	case FIELD_STEP:
		return step->step;
	case FIELD_UNIT:
	case FIELD_COUNT:
		break;
	}
	return step->unit_code;
}

static const char *value_without_steps(const struct course_row *row, enum simulation_field field)
{
	static const char *const purposes[] = {
	    [PURPOSE_ANSWER] = "answer",
	    [PURPOSE_LAST_CALL] = "reminder",
	    [PURPOSE_TASK] = "task",
	    [PURPOSE_REMINDER] = "reminder",
	    [PURPOSE_AD_HOC] = "send",
	};
	if (field == FIELD_STEP)
		return purposes[row->purpose];
	return field == FIELD_UNIT ? row->unit_code : "";
}

static bool stood_before(
    const struct course_row *row, enum simulation_field field, size_t before, const char *value)
{
	for (size_t i = 0; i < before; i++) {
		const char *other = step_value(&row->steps[i], field);
		if (other != NULL && strcmp(other, value) == 0)
			return true;
	}
	return false;
}

const char *simulation_field_value(
    const struct course_row *row, enum simulation_field field, size_t index)
{
	if (row->step_count == 0)
		return index == 0 ? value_without_steps(row, field) : "";
	for (size_t i = 0; i < row->step_count; i++) {
		const char *value = step_value(&row->steps[i], field);
		if (value == NULL || stood_before(row, field, i, value))
			continue;
		if (index-- == 0)
			return value;
	}
	return "";
}

const char *simulation_field_text(struct arena *arena, const struct course_row *row,
    enum simulation_field field, const char *separator)
{
	const char *text = arena_copy(arena, simulation_field_value(row, field, 0));
	const char *value;
	for (size_t i = 1; (value = simulation_field_value(row, field, i))[0] != '\0'; i++)
		text = arena_printf(arena, "%s%s%s", text, separator, value);
	return text;
}

const char *simulation_reason(const struct course_row *row, size_t index)
{
	const char *of_message = row->reason != NULL && row->reason[0] != '\0' ? row->reason : NULL;
	if (of_message != NULL && index-- == 0)
		return of_message;
	for (size_t i = 0; i < row->step_count; i++) {
		const char *reason = row->steps[i].reason;
		bool known = reason == NULL || reason[0] == '\0' ||
			     (of_message != NULL && strcmp(reason, of_message) == 0);
		for (size_t j = 0; j < i && !known; j++)
			known = row->steps[j].reason != NULL &&
				strcmp(row->steps[j].reason, reason) == 0;
		if (!known && index-- == 0)
			return reason;
	}
	return "";
}
