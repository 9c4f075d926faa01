/*
 * Owns: filling a text with the longest values it can get, and counting its parts.
 * May use: base/, text/, plan/, document/.
 * Must not know: who is reached how.
 *
 * Longest is what takes most characters after normalising: folded letters are one each, and a text
 * with a single Vietnamese letter is counted in another alphabet as a whole, whatever else is in
 * it.
 */
#include "document/plan_lint_texts.h"

#include "plan/wording.h"
#include "text/letters.h"
#include "text/segment.h"
#include "text/template.h"

#include <string.h>

#define FILLED_MAX 8000
#define LONGEST_DAY "30/12"
#define LONGEST_NAMED_DAY "Chủ nhật 30/12"
#define LONGEST_ADDRESS "+841234567890123"

struct longest {
	const struct plan *plan;
	const char *code, *name, *place; /* of the report or event */
	const char *unit, *person;
	char number[12]; /* of the units */
	struct buffer missing, list;
};

static size_t characters(const char *text)
{
	size_t count = 0;
	for (; *text != '\0'; text++)
		count += ((unsigned char)*text & 0xC0) != 0x80;
	return count;
}

static const char *longer(const char *one, const char *other)
{
	return characters(other) > characters(one) ? other : one;
}

static const char *look_up(const char *name, void *arg)
{
	const struct longest *longest = arg;
	const struct {
		const char *name, *value;
	} values[] = {
	    {"office", longest->plan->office},
	    {"unit", longest->unit},
	    {"person", longest->person},
	    {"code", longest->code},
	    {"report", longest->name},
	    {"event", longest->name},
	    {"place", longest->place},
	    {"time", "00:00"},
	    {"deadline", LONGEST_DAY},
	    {"start", LONGEST_DAY},
	    {"end", LONGEST_DAY},
	    {"last_day", LONGEST_NAMED_DAY},
	    {"reply_to", LONGEST_ADDRESS},
	    {"count", longest->number},
	    {"missing_count", longest->number},
	    {"missing", buffer_text(&longest->missing)},
	    {"list", buffer_text(&longest->list)},
	};
	for (size_t i = 0; i < COUNT_OF(values); i++)
		if (strcmp(values[i].name, name) == 0)
			return values[i].value;
	return NULL;
}

/* 0 when it cannot be filled, which has been complained of as an error elsewhere. */
static int count_parts(const char *body, struct longest *longest, bool fold)
{
	OWNED_BUFFER text = BUFFER(FILLED_MAX);
	if (template_expand(body, look_up, longest, &text, NULL) != RESULT_OK)
		return 0;
	const char *filled = buffer_text(&text);
	OWNED_TEXT sent = fold ? letters_fold(filled) : letters_normalise(filled, strlen(filled));
	return segment_count(sent);
}

static bool check_body(const struct plan_text *text, const char *body, const char *language,
    const char *file, struct longest *longest, const struct lint_world *world,
    struct complaints *complaints)
{
	int parts = count_parts(body, longest, world->fold);
	if (parts <= world->parts_max)
		return false;
	complain_mildly(complaints, file, text->line,
	    "The text `%s`%s%s takes %d parts for `%s` of %s, more than the %d that are allowed; "
	    "it would not be sent. Shorten it, or raise sending.parts_max.",
	    text->code, language[0] ? " in " : "", language, parts, longest->code,
	    longest->unit[0] ? longest->unit : "any unit", world->parts_max);
	return true;
}

struct texts_check {
	const struct plan *plan;
	const char *file;
	const struct lint_world *world;
	struct complaints *complaints;
	bool *told; /* by text */
};

static void check_text(const struct texts_check *check, const char *code, struct longest *longest)
{
	const struct plan_text *text = code ? plan_find_text(check->plan, code) : NULL;
	if (text == NULL || check->told[text - check->plan->texts])
		return;
	bool told =
	    check_body(text, text->body, "", check->file, longest, check->world, check->complaints);
	for (size_t i = 0; i < text->language_count && !told; i++)
		told = check_body(text, text->bodies[i], text->languages[i], check->file, longest,
		    check->world, check->complaints);
	check->told[text - check->plan->texts] = told;
}

static void check_ladder(const struct texts_check *check, const struct plan_ladder *ladder,
    const struct plan_audience *audience, struct longest *longest)
{
	const struct lint_world *world = check->world;
	longest->plan = check->plan;
	longest->unit = longest->person = "";
	for (size_t i = 0; i < world->unit_count; i++)
		if (plan_audience_has(audience, world->units[i].code, world->units[i].kind))
			longest->unit = longer(longest->unit, world->units[i].name);
	for (size_t i = 0; i < world->person_count; i++)
		longest->person = longer(longest->person, world->people[i].name);
	OWNED_BUFFER number = BUFFER(sizeof longest->number - 1);
	buffer_printf(&number, "%zu", world->unit_count);
	memcpy(longest->number, buffer_text(&number), number.len + 1);
	longest->missing = BUFFER(WORDING_MISSING_MAX * 4);
	longest->list = BUFFER(WORDING_LIST_MAX * 4);
	for (int i = 0; i < WORDING_MISSING_MAX; i++)
		buffer_add_text(&longest->missing, "ế");
	for (int i = 0; i < WORDING_LIST_MAX; i++)
		buffer_add_text(&longest->list, "ế");
	for (size_t i = 0; i < ladder->step_count; i++) {
		check_text(check, ladder->steps[i].text, longest);
		check_text(check, ladder->steps[i].digest, longest);
	}
	buffer_clear(&longest->missing);
	buffer_clear(&longest->list);
}

void plan_lint_texts(const struct plan *plan, const char *file, const struct lint_world *world,
    struct complaints *complaints)
{
	struct texts_check check = {.plan = plan,
	    .file = file,
	    .world = world,
	    .complaints = complaints,
	    .told = memory_new((plan->text_count + 1) * sizeof *check.told)};
	for (size_t i = 0; i < plan->report_count; i++) {
		const struct plan_report *report = &plan->reports[i];
		struct longest longest = {.code = report->code, .name = report->name, .place = ""};
		check_ladder(&check, report->ladder, &report->audience, &longest);
	}
	for (size_t i = 0; i < plan->event_count; i++) {
		const struct plan_event *event = &plan->events[i];
		struct longest longest = {
		    .code = event->code, .name = event->name, .place = event->place};
		check_ladder(&check, event->ladder, &event->audience, &longest);
	}
	memory_free(check.told);
}
