/*
 * Owns: finding a stored plan by its code, and reading its text.
 * May use: base/, store/reader.h, document/.
 * Must not know: what is done with it.
 */
#include "command/plans.h"

#include "base/buffer.h"
#include "command/options.h"
#include "command/words.h"
#include "document/plan_file.h"

#include <string.h>
#include <sysexits.h>

struct list {
	struct arena *arena;
	struct stored_plan *items; /* heap while it grows */
	size_t count, capacity;
};

static bool add(const struct plan_row *row, void *arg)
{
	struct list *list = arg;
	ARRAY_GROW(list->items, list->count, list->capacity);
	list->items[list->count++] = (struct stored_plan){
	    .code = arena_copy(list->arena, row->code),
	    .name = arena_copy(list->arena, row->name),
	    .state = arena_copy(list->arena, row->state),
	    .body = arena_copy(list->arena, row->body),
	    .owner = arena_copy(list->arena, row->owner),
	    .version = row->version,
	    .started = row->started,
	};
	return true;
}

int plans_read(struct environment *environment, const struct stored_plan **plans, size_t *count)
{
	struct list list = {.arena = environment->arena};
	struct failure failure;
	enum result result = reader_plans(environment->reader, add, &list, &failure);
	struct stored_plan *copy = arena_alloc(environment->arena, (list.count + 1) * sizeof *copy);
	for (size_t i = 0; i < list.count; i++)
		copy[i] = list.items[i];
	memory_free(list.items);
	*plans = copy;
	*count = list.count;
	return result == RESULT_OK ? EX_OK : failure_print(&failure, result);
}

int plan_look_up(struct environment *environment, const char *code, struct stored_plan *out)
{
	const struct stored_plan *plans;
	size_t count;
	int status = plans_read(environment, &plans, &count);
	if (status != EX_OK)
		return status;
	OWNED_BUFFER known = BUFFER(1000);
	for (size_t i = 0; i < count; i++) {
		if (strcmp(plans[i].code, code) == 0) {
			*out = plans[i];
			return EX_OK;
		}
		buffer_printf(&known, "%s%s", i > 0 ? ", " : "", plans[i].code);
	}
	if (count == 0)
		buffer_add_text(&known, word(environment->context, WORD_NO_PLANS));
	return command_error(
	    EX_NOINPUT, word(environment->context, WORD_NO_SUCH_PLAN), code, buffer_text(&known));
}

const struct plan *plan_parse(struct environment *environment, const struct stored_plan *stored)
{
	struct complaints *complaints = arena_alloc(environment->arena, sizeof *complaints);
	complaints->arena = environment->arena;
	const struct plan *plan = plan_file_parse(environment->arena, stored->code, stored->body,
	    strlen(stored->body), environment->config.holidays_dir, complaints);
	if (plan == NULL)
		complaints_print(environment->context, complaints, false);
	return plan;
}
