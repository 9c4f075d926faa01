/*
 * Owns: making one decision of those on the several things that one text says.
 * May use: base/, replies/handlers.h.
 * Must not know: what was decided, why.
 */
#include "replies/handlers.h"

#include <string.h>

/* What is left to somebody outweighs what is done: the text then still waits for that. */
static int weight(const char *settled_as)
{
	static const char *const order[] = {"ignored", "acted", "asked", "task"};
	for (size_t i = 0; i < COUNT_OF(order); i++)
		if (strcmp(order[i], settled_as) == 0)
			return (int)i;
	return 0;
}

static void *append(struct arena *arena, const void *first, size_t first_size, const void *second,
    size_t second_size)
{
	if (second_size == 0)
		return (void *)first;
	char *all = arena_alloc(arena, first_size + second_size);
	if (first_size > 0)
		memcpy(all, first, first_size);
	memcpy(all + first_size, second, second_size);
	return all;
}

/* ── one answer ──────────────────────────────────────────────────────────────────────────────── */

/* "Sai? Nhắn HUY" is said once, at the end. */
static const char *without_hint(
    const struct reply_offer *offer, const char *before, const char *after)
{
	const char *hint = reply_word(offer, "undo_hint", NULL);
	size_t len = strlen(hint), before_len = strlen(before), after_len = strlen(after);
	if (len == 0 || before_len <= len || after_len < len ||
	    strcmp(before + before_len - len, hint) != 0 ||
	    strcmp(after + after_len - len, hint) != 0)
		return before;
	size_t end = before_len - len;
	while (end > 0 && (before[end - 1] == ' ' || before[end - 1] == '.'))
		end--;
	return arena_copy_bytes(offer->arena, before, end);
}

static const char *join(const struct reply_offer *offer, const char *before, const char *after)
{
	if (before == NULL || after == NULL || strcmp(before, after) == 0)
		return before != NULL ? before : after;
	return reply_join(offer, without_hint(offer, before, after), after);
}

static const char *brief_of(const struct reply_decision *decision)
{
	return decision->brief != NULL ? decision->brief : decision->answer;
}

/* ── what cannot be done together ────────────────────────────────────────────────────────────── */

static bool touches(const struct reply_decision *decision, const struct store_change *change)
{
	for (size_t i = 0; i < decision->change_count; i++)
		if (decision->changes[i].obligation_id == change->obligation_id ||
		    (decision->changes[i].action == LEDGER_REQUEST &&
			change->action == LEDGER_REQUEST))
			return true;
	return false;
}

/* Two questions, two changes of one report, two requests that would get one number. */
static bool clash(const struct reply_decision *decision, const struct reply_decision *next)
{
	if (decision->question != NULL && next->question != NULL)
		return true;
	for (size_t i = 0; i < next->change_count; i++)
		if (touches(decision, &next->changes[i]))
			return true;
	return false;
}

/* The second thing is not done: who says "later" is reminded as before, all else is the office's.
 */
static struct reply_decision leave(
    const struct reply_offer *offer, const struct reply_decision *next)
{
	if (next->question != NULL && next->question->intent == INTENT_NOT_YET)
		return (struct reply_decision){
		    .settled_as = "acted", .answer = reply_word(offer, "rest_reminded", NULL)};
	int64_t id = next->question != NULL && next->question->count > 0
			 ? next->question->choices[0]
		     : next->change_count > 0 ? next->changes[0].obligation_id
					      : 0;
	return (struct reply_decision){
	    .settled_as = "task",
	    .task = reply_task(offer, "question-not-asked", reply_find(offer, id)),
	    .answer = reply_word(offer, "rest_passed_on", NULL),
	};
}

/* ── together ────────────────────────────────────────────────────────────────────────────────── */

static void add(const struct reply_offer *offer, struct reply_decision *decision,
    const struct reply_decision *next)
{
	if (weight(next->settled_as) > weight(decision->settled_as))
		decision->settled_as = next->settled_as;
	decision->changes =
	    append(offer->arena, decision->changes, decision->change_count * sizeof *next->changes,
		next->changes, next->change_count * sizeof *next->changes);
	decision->change_count += next->change_count;
	decision->messages = append(offer->arena, decision->messages,
	    decision->message_count * sizeof *next->messages, next->messages,
	    next->message_count * sizeof *next->messages);
	decision->message_count += next->message_count;
	decision->brief = join(offer, brief_of(decision), brief_of(next));
	decision->answer = join(offer, decision->answer, next->answer);
	if (decision->question == NULL)
		decision->question = next->question;
	decision->close_question =
	    decision->question == NULL && (decision->close_question || next->close_question);
	if (decision->task == NULL)
		decision->task = next->task;
	if (decision->opt == 0)
		decision->opt = next->opt;
}

void reply_combine(const struct reply_offer *offer, struct reply_decision *decision,
    const struct reply_decision *next)
{
	if (decision->settled_as == NULL) {
		*decision = *next;
		return;
	}
	if (clash(decision, next)) {
		struct reply_decision left = leave(offer, next);
		add(offer, decision, &left);
	} else {
		add(offer, decision, next);
	}
}

void reply_shorten(struct reply_decision *decision)
{
	if (decision->answer != NULL && decision->brief != NULL &&
	    !reply_fits_one_part(decision->answer) &&
	    strlen(decision->brief) < strlen(decision->answer))
		decision->answer = decision->brief;
}
