/*
 * Owns: the steps of a ladder, one by one: when, to whom, which text, how often.
 * May use: base/, plan/, document/.
 * Must not know: the store, people, which reports use the ladder.
 */
#include "document/plan_reader.h"

#include <stdlib.h>
#include <string.h>

#define CHANNELS_MAX 8
#define PARENT "parent-"
#define GROUP "group:"

static const char *const step_keys[] = {
    "step", "when", "at", "to", "text", "digest", "every", "times", "channels", "last_call"};

bool plan_parse_offset(const char *text, int *offset, enum plan_offset_unit *unit)
{
	bool signed_text = text[0] == '-' || text[0] == '+';
	const char *digits = text + signed_text;
	size_t count = strspn(digits, "0123456789");
	if (count == 0 || count > 5)
		return false;
	*offset = (int)strtol(digits, NULL, 10) * (text[0] == '-' ? -1 : 1);
	const char *name = digits + count;
	int limit = PLAN_OFFSET_MAX;
	if (strcmp(name, "d") == 0)
		*unit = OFFSET_DAYS;
	else if (strcmp(name, "wd") == 0)
		*unit = OFFSET_WORKING_DAYS;
	else if (strcmp(name, "h") == 0) {
		*unit = OFFSET_HOURS;
		limit *= 24;
	} else
		return false;
	return abs(*offset) <= limit;
}

static void read_when(struct plan_reader *reader, const struct tree *map, struct plan_step *step)
{
	const struct tree_reader *base = &reader->base;
	const char *when = tree_need_text(base, map, "when");
	if (when != NULL && !plan_parse_offset(when, &step->offset, &step->offset_unit))
		complain(base->complaints, base->file, tree_get(map, "when")->line,
		    "`when` cannot be `%.40s`. Write a number of days, working days or hours "
		    "against the day of the deadline or event: -14d, -2wd, +3wd, -4h, 0d.",
		    when);
	const struct tree *node = tree_get(map, "at");
	const char *at = tree_text_or(base, map, "at", "08:00");
	if (at != NULL && (civil_parse_time(at, &step->at, NULL) != RESULT_OK || step->at == 1440))
		complain(base->complaints, base->file, node->line,
		    "`at` cannot be `%.40s`. Write hours and minutes, 00:00 to 23:59.", at);
	if (when != NULL && node != NULL && step->offset_unit == OFFSET_HOURS)
		complain(base->complaints, base->file, node->line,
		    "`at` does not go with hours: `when: %.40s` gives the time of day already. "
		    "Remove `at`, or write `when` in days.",
		    when);
}

static void read_group(
    struct plan_reader *reader, int line, const char *code, struct plan_step *step)
{
	const struct tree_reader *base = &reader->base;
	const struct plan *plan = reader->plan;
	const char *known[PLAN_GROUPS_MAX];
	for (size_t i = 0; i < plan->group_count; i++) {
		known[i] = plan->groups[i].code;
		if (strcmp(known[i], code) == 0)
			step->group = &plan->groups[i];
	}
	if (step->group == NULL)
		complain(base->complaints, base->file, line,
		    "There is no group `%.40s` under `groups:`. %s", code,
		    document_advice(base->arena, code, known, plan->group_count));
}

static void read_to(struct plan_reader *reader, const struct tree *map, struct plan_step *step)
{
	const struct tree_reader *base = &reader->base;
	const char *to = tree_need_text(base, map, "to");
	if (to == NULL)
		return;
	int line = tree_get(map, "to")->line;
	if (strncmp(to, GROUP, strlen(GROUP)) == 0) {
		read_group(reader, line, to + strlen(GROUP), step);
		return;
	}
	step->to_parent = strncmp(to, PARENT, strlen(PARENT)) == 0;
	if (plan_post_of_name(to + (step->to_parent ? strlen(PARENT) : 0), &step->to))
		return;
	const char *known[2 * POST_COUNT];
	for (unsigned i = 0; i < POST_COUNT; i++) {
		known[i] = plan_post_name((enum plan_post)i);
		known[POST_COUNT + i] = arena_printf(base->arena, PARENT "%s", known[i]);
	}
	complain(base->complaints, base->file, line,
	    "There is no post `%.40s`. %s Groups are written group:CODE.", to,
	    document_advice(base->arena, to, known, COUNT_OF(known)));
}

/* The code of a text that exists, under `key`. */
static const char *read_text_code(
    struct plan_reader *reader, const struct tree *map, const char *key)
{
	const struct tree_reader *base = &reader->base;
	const struct plan *plan = reader->plan;
	const char *code = tree_need_text(base, map, key);
	if (code == NULL || plan_find_text(plan, code) != NULL)
		return code;
	const char *known[PLAN_TEXTS_MAX];
	for (size_t i = 0; i < plan->text_count; i++)
		known[i] = plan->texts[i].code;
	complain(base->complaints, base->file, tree_get(map, key)->line,
	    "There is no text `%.40s` under `texts:`. %s", code,
	    document_advice(base->arena, code, known, plan->text_count));
	return code;
}

static void check_digest_lists(struct plan_reader *reader, const struct plan_step *step, int line)
{
	const struct plan_text *text = plan_find_text(reader->plan, step->digest);
	bool lists = text == NULL || strstr(text->body, "{list}") != NULL;
	for (size_t i = 0; text != NULL && i < text->language_count; i++)
		lists = lists && strstr(text->bodies[i], "{list}") != NULL;
	if (!lists)
		complain(reader->base.complaints, reader->base.file, line,
		    "The digest `%s` has no {list}: nobody would know which units are meant. Put "
		    "{list} into the text, in every language.",
		    step->digest);
}

static void read_texts(struct plan_reader *reader, const struct tree *map, struct plan_step *step)
{
	const struct tree *digest = tree_get(map, "digest");
	step->text = read_text_code(reader, map, "text");
	if (digest == NULL)
		return;
	step->digest = read_text_code(reader, map, "digest");
	if (step->digest != NULL)
		check_digest_lists(reader, step, digest->line);
}

static void read_every(struct plan_reader *reader, const struct tree *map, struct plan_step *step)
{
	const struct tree_reader *base = &reader->base;
	const struct tree *every = tree_get(map, "every"), *times = tree_get(map, "times");
	int64_t count = 0;
	if (every == NULL && times == NULL)
		return;
	if (every == NULL || times == NULL) {
		complain(base->complaints, base->file, (every ? every : times)->line,
		    every
			? "A step that repeats needs an end. Add `times: 4`: how often it is "
			  "sent in all."
			: "`times` needs to know how far apart. Add `every: 3d` or `every: 3wd`.");
		return;
	}
	if (!tree_is(base, every, TREE_TEXT, "every"))
		return;
	if (!plan_parse_offset(every->text, &step->every, &step->every_unit) || step->every < 1 ||
	    step->every_unit == OFFSET_HOURS)
		complain(base->complaints, base->file, every->line,
		    "`every` cannot be `%.40s`. Write days or working days: 3d, 3wd.", every->text);
	if (tree_read_int(base, times, "times", 2, PLAN_TIMES_MAX, &count))
		step->times = (int)count;
}

static void read_channels(
    struct plan_reader *reader, const struct tree *node, struct plan_step *step)
{
	const struct tree_reader *base = &reader->base;
	if (node == NULL)
		return;
	step->channel_count = tree_texts(base, node, "channels", CHANNELS_MAX, &step->channels);
	if (node->kind == TREE_LIST && node->count == 0) {
		step->channels = NULL;
		complain(base->complaints, base->file, node->line,
		    "`channels` is empty. Name channels in the order they are tried, or remove the "
		    "line: then any is taken.");
	}
	for (size_t i = 1; i < step->channel_count; i++)
		for (size_t k = 0; k < i; k++)
			if (strcmp(step->channels[i], step->channels[k]) == 0)
				complain(base->complaints, base->file, node->line,
				    "`channels` names `%.40s` twice. Keep one.", step->channels[i]);
}

static void read_step(struct plan_reader *reader, const struct tree *map, struct plan_step *step)
{
	const struct tree_reader *base = &reader->base;
	tree_check_keys(base, map, step_keys, COUNT_OF(step_keys));
	step->line = map->line;
	step->code = tree_need_text(base, map, "step");
	if (step->code != NULL && !document_code_is_good(step->code, PLAN_CODE_MAX)) {
		complain(base->complaints, base->file, tree_get(map, "step")->line,
		    "`step` cannot be `%.60s`. Use 1 to %d letters, digits and hyphens.",
		    step->code, PLAN_CODE_MAX);
		step->code = NULL;
	}
	read_when(reader, map, step);
	read_to(reader, map, step);
	read_texts(reader, map, step);
	read_every(reader, map, step);
	read_channels(reader, tree_get(map, "channels"), step);
	const struct tree *last_call = tree_get(map, "last_call");
	if (last_call != NULL)
		(void)tree_read_bool(base, last_call, "last_call", &step->last_call);
	if (step->last_call && tree_get(map, "every") != NULL)
		complain(base->complaints, base->file, last_call->line,
		    "A last call comes once. Remove `every` and `times`, or `last_call`.");
}

static bool go_to_the_same(const struct plan_step *one, const struct plan_step *other)
{
	if (one->group != NULL || other->group != NULL)
		return one->group == other->group;
	return one->to == other->to && one->to_parent == other->to_parent;
}

static const char *target_of(struct plan_reader *reader, const struct plan_step *step)
{
	if (step->group != NULL)
		return arena_printf(reader->base.arena, "group %s", step->group->code);
	return arena_printf(
	    reader->base.arena, "%s%s", step->to_parent ? PARENT : "", plan_post_name(step->to));
}

static void check_against_earlier(
    struct plan_reader *reader, const struct plan_ladder *ladder, size_t step, int line)
{
	const struct plan_step *mine = &ladder->steps[step];
	struct complaints *complaints = reader->base.complaints;
	for (size_t i = 0; i < step; i++) {
		const struct plan_step *other = &ladder->steps[i];
		if (mine->code && other->code && strcmp(mine->code, other->code) == 0)
			complain(complaints, reader->base.file, line,
			    "The ladder `%s` has two steps `%s`. Give each its own name.",
			    ladder->code, mine->code);
		if (!go_to_the_same(mine, other))
			continue;
		if (mine->last_call && other->last_call)
			complain(complaints, reader->base.file, line,
			    "The ladder `%s` has two last calls to the %s. Keep one.", ladder->code,
			    target_of(reader, mine));
		else if (mine->code && other->code && mine->offset == other->offset &&
			 mine->offset_unit == other->offset_unit && mine->at == other->at)
			complain(complaints, reader->base.file, line,
			    "The steps `%s` and `%s` go to the %s at the same moment; only one "
			    "could be sent. Move one of them.",
			    other->code, mine->code, target_of(reader, mine));
	}
}

const int *plan_read_steps(
    struct plan_reader *reader, const struct tree *list, struct plan_ladder *ladder)
{
	const struct tree_reader *base = &reader->base;
	int *lines = arena_alloc(base->arena, (PLAN_STEPS_MAX + 1) * sizeof *lines);
	ladder->steps = arena_alloc(base->arena, PLAN_STEPS_MAX * sizeof *ladder->steps);
	if (list->count == 0 || list->count > PLAN_STEPS_MAX) {
		complain(base->complaints, base->file, list->line,
		    "The ladder `%s` has %zu steps; it needs 1 to %d.", ladder->code, list->count,
		    PLAN_STEPS_MAX);
		return lines;
	}
	for (const struct tree *item = list->first; item != NULL; item = item->next) {
		if (!tree_is(base, item, TREE_MAP, "each step"))
			continue;
		size_t step = ladder->step_count++;
		lines[step] = item->line;
		read_step(reader, item, &ladder->steps[step]);
		check_against_earlier(reader, ladder, step, item->line);
	}
	return lines;
}
