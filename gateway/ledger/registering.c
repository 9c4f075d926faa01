/*
 * Owns: who may decide that a number gets a place in a unit, and what the number is told.
 * May use: base/, text/, plan/, store/operations.h.
 * Must not know: who decided through what.
 */
#include "ledger/registering.h"

#include "base/buffer.h"
#include "text/template.h"

#include <string.h>

#define TOLD_BYTES_MAX 2000

static bool decides_at_owner(
    const struct plan *const *plans, size_t plan_count, const char *owner_code, const char *post)
{
	bool has_plan = false;
	for (size_t i = 0; i < plan_count; i++) {
		if (plans[i] == NULL || strcmp(plans[i]->owner, owner_code) != 0)
			continue;
		has_plan = true;
		if (strcmp(post, plan_post_name(plans[i]->approver)) == 0)
			return true;
	}
	return !has_plan && strcmp(post, plan_post_name(POST_COORDINATOR)) == 0;
}

bool ledger_decides_registration(const struct plan *const *plans, size_t plan_count,
    const struct store_contact *contact, const char *unit_code, const char *owner_code)
{
	bool in_unit = strcmp(contact->unit_code, unit_code) == 0;
	if (in_unit && (strcmp(contact->post, plan_post_name(POST_REPORTER)) == 0 ||
			   strcmp(contact->post, plan_post_name(POST_LEADER)) == 0))
		return true;
	return strcmp(contact->unit_code, owner_code) == 0 &&
	       decides_at_owner(plans, plan_count, owner_code, contact->post);
}

const char *ledger_registration_label(
    struct arena *arena, const struct store_known_registration *registration)
{
	return arena_printf(arena, "%d DK %s %s", registration->number, registration->address,
	    registration->unit_name);
}

struct filling {
	const char *office;
	const struct store_known_registration *registration;
};

static const char *look_up(const char *name, void *arg)
{
	const struct filling *filling = arg;
	if (strcmp(name, "office") == 0)
		return filling->office;
	if (strcmp(name, "unit") == 0)
		return filling->registration->unit_name;
	return "";
}

const char *ledger_word_registration(struct arena *arena, const struct ledger_texts *texts,
    const char *language, const char *office, const struct store_known_registration *registration,
    bool granted)
{
	struct filling filling = {office, registration};
	const char *body = texts->text(
	    language, granted ? "register_granted" : "register_denied", texts->text_arg);
	struct failure failure;
	OWNED_BUFFER text = BUFFER(TOLD_BYTES_MAX);
	if (template_expand(body, look_up, &filling, &text, &failure) != RESULT_OK)
		return arena_copy(arena, body); /* texts are checked when loaded */
	return arena_copy(arena, buffer_text(&text));
}
