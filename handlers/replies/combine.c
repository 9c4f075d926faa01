/*
 * Owns: making one decision of those on the several things that one text says.
 * May use: replies/handlers.h.
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

void reply_combine(const struct reply_offer *offer, struct reply_decision *decision,
    const struct reply_decision *next)
{
	if (decision->settled_as == NULL) {
		*decision = *next;
		return;
	}
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
	if (next->answer != NULL &&
	    (decision->answer == NULL || strcmp(decision->answer, next->answer) != 0))
		decision->answer = reply_join(offer, decision->answer, next->answer);
	if (decision->question == NULL)
		decision->question = next->question;
	decision->close_question =
	    decision->question == NULL && (decision->close_question || next->close_question);
	if (decision->task == NULL)
		decision->task = next->task;
	if (decision->opt == 0)
		decision->opt = next->opt;
}
