/*
 * Owns: what is answered when: the waiting replies, the model of people.
 * May use: rehearsal/script.h, channel/perfect.h, store/course.h, loop/.
 * Must not know: scheduler, outbox, inbox.
 */
#include "daemon/answers.h"

#include "base/log.h"
#include "loop/loop.h"
#include "rehearsal/script.h"

#include <search.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MODEL_DELAY_MS (2 * HOUR_MS)
#define NUMBER_AND_CODE 80

struct reply {
	struct wall moment;
	uint64_t order; /* of equal moments, the one asked first */
	struct channel *channel;
	char *number, *text;
};

/* How often somebody has been texted about a report. */
struct heard {
	char key[NUMBER_AND_CODE];
	int count;
};

struct answers {
	struct loop *loop;
	struct reader *reader;
	struct answers_config config;
	struct script *script;
	struct channel *first; /* what a script says at a moment goes here */
	struct loop_timer *timer;
	struct reply *replies; /* a binary heap */
	size_t count, capacity;
	uint64_t order;
	void *heard; /* a search tree */
};

/* ── waiting replies ─────────────────────────────────────────────────────────────────────────── */

static bool comes_before(const struct reply *a, const struct reply *b)
{
	return a->moment.ms != b->moment.ms ? a->moment.ms < b->moment.ms : a->order < b->order;
}

static void swap_replies(struct answers *answers, size_t a, size_t b)
{
	struct reply reply = answers->replies[a];
	answers->replies[a] = answers->replies[b];
	answers->replies[b] = reply;
}

static void push(struct answers *answers, const struct reply *reply)
{
	ARRAY_GROW(answers->replies, answers->count, answers->capacity);
	size_t i = answers->count++;
	answers->replies[i] = *reply;
	for (; i > 0 && comes_before(&answers->replies[i], &answers->replies[(i - 1) / 2]);
	     i = (i - 1) / 2)
		swap_replies(answers, i, (i - 1) / 2);
	loop_timer_at(answers->timer, answers->replies[0].moment);
}

static struct reply pop(struct answers *answers)
{
	struct reply first = answers->replies[0];
	answers->replies[0] = answers->replies[--answers->count];
	for (size_t i = 0;;) {
		size_t least = i;
		for (size_t child = 2 * i + 1; child <= 2 * i + 2; child++)
			if (child < answers->count &&
			    comes_before(&answers->replies[child], &answers->replies[least]))
				least = child;
		if (least == i)
			return first;
		swap_replies(answers, i, least);
		i = least;
	}
}

static void plan_reply(struct answers *answers, struct channel *channel, const char *number,
    struct wall moment, const char *text)
{
	push(answers, &(struct reply){.moment = moment,
			  .order = answers->order++,
			  .channel = channel,
			  .number = memory_copy_text(number),
			  .text = memory_copy_text(text)});
}

static void drop(struct reply *reply)
{
	free(reply->number);
	free(reply->text);
}

static void time_came(void *arg)
{
	struct answers *answers = arg;
	struct wall now = loop_now(answers->loop);
	while (answers->count > 0 && !wall_before(now, answers->replies[0].moment)) {
		struct failure failure;
		struct reply reply = pop(answers);
		if (perfect_channel_say(reply.channel, reply.number, reply.text, &failure) !=
		    RESULT_OK)
			log_event(LOG_WARNING, "simulate.answer-too-long", "why=%s",
			    log_quote(failure.text).text);
		drop(&reply);
	}
	loop_timer_at(answers->timer, answers->count > 0 ? answers->replies[0].moment : WALL_NEVER);
}

/* ── a script ────────────────────────────────────────────────────────────────────────────────── */

static void plan_moment(const char *number, struct wall moment, const char *text, void *arg)
{
	struct answers *answers = arg;
	if (!wall_before(moment, loop_now(answers->loop)))
		plan_reply(answers, answers->first, number, moment, text);
}

struct hearing {
	struct answers *answers;
	struct channel *channel;
};

static void plan_scripted(const char *number, int64_t after_ms, const char *text, void *arg)
{
	const struct hearing *hearing = arg;
	plan_reply(hearing->answers, hearing->channel, number,
	    wall_add(loop_now(hearing->answers->loop), after_ms), text);
}

/* ── a model ─────────────────────────────────────────────────────────────────────────────────── */

enum habit { HABIT_AT_ONCE, HABIT_ON_TIME, HABIT_LATE, HABIT_NEVER, HABIT_PROMISES };

/* Well-mixed bits of seed, number and `salt`: the same on every machine (FNV-1a, then the finisher
 * of splitmix64). */
static uint64_t mix(uint64_t seed, const char *number, uint64_t salt)
{
	uint64_t hash = 14695981039346656037u ^ seed;
	for (const char *c = number; *c != '\0'; c++)
		hash = (hash ^ (unsigned char)*c) * 1099511628211u;
	hash += salt * 0x9e3779b97f4a7c15u;
	hash = (hash ^ (hash >> 30)) * 0xbf58476d1ce4e5b9u;
	hash = (hash ^ (hash >> 27)) * 0x94d049bb133111ebu;
	return hash ^ (hash >> 31);
}

static enum habit habit_of(const struct answers_config *config, const char *number)
{
	uint64_t share = mix(config->seed, number, 0) % 100;
	if (config->model == ANSWER_ALL)
		return HABIT_AT_ONCE;
	return share < 55   ? HABIT_ON_TIME
	       : share < 75 ? HABIT_LATE
	       : share < 90 ? HABIT_NEVER
			    : HABIT_PROMISES;
}

static int compare_heard(const void *a, const void *b)
{
	return strcmp(((const struct heard *)a)->key, ((const struct heard *)b)->key);
}

/* The how-manieth text this is that the number gets about the report. */
static int count_text(struct answers *answers, const char *number, const char *code)
{
	struct heard *heard = memory_new(sizeof *heard);
	snprintf(heard->key, sizeof heard->key, "%s %s", number, code);
	struct heard **found = tsearch(heard, &answers->heard, compare_heard);
	if (found == NULL)
		abort();
	if (*found != heard)
		free(heard);
	return ++(*found)->count;
}

/* Answers the nth text about a report that is still open, or does not. */
static void answer_as_person(struct answers *answers, struct channel *channel, const char *number,
    const struct course_subject *subject, int nth)
{
	struct wall now = loop_now(answers->loop);
	enum habit habit = habit_of(&answers->config, number);
	int64_t hours = 1 + (int64_t)(mix(answers->config.seed, number, (uint64_t)nth) % 30);
	bool overdue = !wall_before(now, subject->deadline);
	char text[NUMBER_AND_CODE];
	/* Without a number: one that many give would be doubted. */
	snprintf(text, sizeof text, "da gui BC %s", subject->code);
	if (habit == HABIT_AT_ONCE && nth == 1)
		plan_reply(answers, channel, number, wall_add(now, MODEL_DELAY_MS), text);
	else if ((habit == HABIT_ON_TIME && nth == 1) || (habit == HABIT_LATE && overdue) ||
		 (habit == HABIT_PROMISES && nth == 2))
		plan_reply(answers, channel, number, wall_add(now, hours * HOUR_MS), text);
	else if (habit == HABIT_PROMISES && nth == 1)
		plan_reply(answers, channel, number, wall_add(now, MODEL_DELAY_MS), "mai gui");
}

/* A long text is heard once: by its first part. */
static void hear_as_person(
    struct answers *answers, struct channel *channel, const struct channel_part *part)
{
	struct arena *arena = arena_new();
	struct course_subject *subjects;
	struct failure failure;
	size_t count = 0;
	if (part->part == 0 && reader_subjects(answers->reader, arena, part->attempt, &subjects,
				   &count, &failure) != RESULT_OK)
		log_event(
		    LOG_ERROR, "simulate.model-failed", "why=%s", log_quote(failure.text).text);
	for (size_t i = 0; i < count; i++)
		if (strcmp(subjects[i].kind, "report") == 0 && subjects[i].state == OBLIGATION_OPEN)
			answer_as_person(answers, channel, part->address, &subjects[i],
			    count_text(answers, part->address, subjects[i].code));
	arena_free(arena);
}

bool answers_read_model(const char *text, struct answers_config *config)
{
	char *end = NULL;
	config->model = strcmp(text, "all") == 0 ? ANSWER_ALL : ANSWER_NONE;
	if (strncmp(text, "mixed:", 6) == 0 && text[6] >= '0' && text[6] <= '9') {
		config->model = ANSWER_MIXED;
		config->seed = strtoull(text + 6, &end, 10);
		return *end == '\0';
	}
	return config->model == ANSWER_ALL || strcmp(text, "none") == 0;
}

/* ── life ────────────────────────────────────────────────────────────────────────────────────── */

struct answers *answers_new(struct loop *loop, struct reader *reader,
    const struct answers_config *config, struct failure *failure)
{
	struct script *script = NULL;
	if (config->script != NULL) {
		script = script_read(config->script, config->zone_minutes, failure);
		if (script == NULL)
			return NULL;
	}
	struct answers *answers = memory_new(sizeof *answers);
	*answers =
	    (struct answers){.loop = loop, .reader = reader, .config = *config, .script = script};
	answers->timer = loop_timer_new(loop, time_came, answers);
	return answers;
}

void answers_begin(struct answers *answers, struct channel *first)
{
	answers->first = first;
	if (answers->script != NULL)
		script_tell_moments(answers->script, plan_moment, answers);
}

void answers_heard(
    struct answers *answers, struct channel *channel, const struct channel_part *part)
{
	struct hearing hearing = {answers, channel};
	if (answers->script != NULL)
		script_hear(answers->script, part->address, part->text, plan_scripted, &hearing);
	else if (answers->config.model != ANSWER_NONE)
		hear_as_person(answers, channel, part);
}

void answers_free(struct answers *answers)
{
	if (answers == NULL)
		return;
	for (size_t i = 0; i < answers->count; i++)
		drop(&answers->replies[i]);
	free(answers->replies);
	tdestroy(answers->heard, free);
	loop_timer_free(answers->timer);
	script_free(answers->script);
	free(answers);
}
