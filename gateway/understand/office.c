/*
 * Owns: the office's decisions on requests for more time.
 * May use: understand/.
 * Must not know: which requests there are, who may decide.
 */
#include "understand/office.h"

#include <stdlib.h>
#include <string.h>

#define NUMBER_DIGITS_MAX 3

static const char *const filler[] = {"dong y", "cho", "so", "nhe", "nha", "em", "anh", "chi", "a",
    "va", "lui han", "lui", "ok", NULL};

/* Takes the numbers out of what stands behind the word. */
static void take_numbers(struct tokens *rest, struct reading *reading)
{
	for (size_t i = 0; i < rest->count; i++) {
		struct token *token = &rest->items[i];
		size_t digits = strspn(token->key, "0123456789");
		if (token->known || digits == 0 || digits > NUMBER_DIGITS_MAX ||
		    token->key[digits] != '\0' || reading->number_count == UNDERSTAND_NUMBERS_MAX)
			continue;
		token->known = true;
		reading->numbers[reading->number_count++] = (int)strtol(token->key, NULL, 10);
	}
}

static bool opens_with(const struct tokens *tokens, const char *const *phrases, size_t *length)
{
	for (size_t i = 0; phrases[i] != NULL; i++)
		if (tokens_find(tokens, phrases[i], 0, length) == 0)
			return true;
	return false;
}

bool read_decision(
    const struct tokens *tokens, const struct understand_context *context, struct reading *reading)
{
	static const char *const approve[] = {"duyet", "dong y duyet", NULL};
	static const char *const refuse[] = {"khong duyet", "ko duyet", "khong dong y", NULL};
	static const char *const no[] = {"khong", "ko", NULL};
	size_t length = 0;
	bool refuses = opens_with(tokens, refuse, &length) ||
		       (context->request_count > 0 && opens_with(tokens, no, &length));
	if (!refuses && !opens_with(tokens, approve, &length))
		return false;
	struct tokens rest = *tokens;
	tokens_mark(&rest, 0, length);
	reading->all = tokens_mark_any(&rest, (const char *const[]){"het", "tat ca", "ca", NULL});
	tokens_mark_any(&rest, filler);
	take_numbers(&rest, reading);
	bool sure = tokens_are_known(&rest) && !rest.cut && !rest.question_mark &&
		    rest.document_number == NULL && rest.day_count == 0 &&
		    !(reading->all && reading->number_count > 0);
	reading->intent = refuses ? INTENT_REFUSE : INTENT_APPROVE;
	reading->confidence = sure ? 95 : CONFIDENCE_PLAUSIBLE;
	reading->evidence = sure ? "a decision on requests" : "a decision, but with further words";
	return true;
}
