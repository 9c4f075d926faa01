/*
 * Owns: reading conditions, and the rules by which answers are judged.
 * May use: base/, document/.
 * Must not know: how answers come.
 */
#include "document/provider_reader.h"

#include <string.h>

static const char *const class_names[PROVIDER_CLASS_COUNT] = {
    [PROVIDER_SENT] = "sent",
    [PROVIDER_PERMANENT_RECIPIENT] = "permanent-recipient",
    [PROVIDER_PERMANENT_TEXT] = "permanent-text",
    [PROVIDER_TEMPORARY] = "temporary",
    [PROVIDER_THROTTLED] = "throttled",
    [PROVIDER_CREDENTIALS] = "credentials",
    [PROVIDER_ACCOUNT] = "account",
    [PROVIDER_QUOTA] = "quota",
    [PROVIDER_UNKNOWN] = "unknown",
    [PROVIDER_EMPTY] = "empty",
};

const char *provider_class_name(enum provider_class class)
{
	return class_names[class];
}

/* "200", "4xx", "500-599". */
static bool status_is_good(const char *text)
{
	size_t len = strlen(text);
	if (len == 3 && text[0] >= '1' && text[0] <= '5' && strcmp(text + 1, "xx") == 0)
		return true;
	if (strspn(text, "0123456789") == len)
		return len == 3;
	return len == 7 && text[3] == '-' && strspn(text, "0123456789") == 3 &&
	       strspn(text + 4, "0123456789") == 3;
}

/* `status` is that of HTTP in an answer; what comes in has fields of that name. */
static void read_condition(struct provider_reader *reader, const struct tree *node, bool answer,
    struct provider_condition *condition)
{
	bool is_status =
	    answer && (strcmp(node->key, "status") == 0 || strcmp(node->key, "$status") == 0);
	const struct tree key = {
	    .kind = TREE_TEXT, .line = node->key_line, .text = node->key, .key = "when"};
	condition->path = is_status ? "$status" : provider_read_path(reader, &key, "when");
	condition->wanted_count =
	    tree_texts(&reader->base, node, node->key, PROVIDER_WANTED_MAX, &condition->wanted);
	if (condition->wanted_count == 0)
		PROVIDER_COMPLAIN(reader, node->line,
		    "`%s`: say what must be there: a text, a list of texts, (present) or (absent).",
		    node->key);
	for (size_t i = 0; is_status && i < condition->wanted_count; i++)
		if (!status_is_good(condition->wanted[i]))
			PROVIDER_COMPLAIN(reader, node->line,
			    "“%.40s” is no status. Write 200, 4xx or 500-599.",
			    condition->wanted[i]);
}

void provider_read_when(struct provider_reader *reader, const struct tree *node, bool answer,
    struct provider_when *when)
{
	*when = (struct provider_when){0};
	if (node == NULL || !tree_is(&reader->base, node, TREE_MAP, "when"))
		return;
	for (const struct tree *item = node->first; item != NULL; item = item->next) {
		if (when->count == PROVIDER_CONDITIONS_MAX) {
			PROVIDER_COMPLAIN(reader, item->key_line,
			    "`when` has more than %d conditions.", PROVIDER_CONDITIONS_MAX);
			return;
		}
		read_condition(reader, item, answer, &when->conditions[when->count++]);
	}
}

static void read_rule(
    struct provider_reader *reader, const struct tree *node, struct provider_rule *rule)
{
	static const char *const known[] = {"when", "is", "id", "reason", "wait", "wait_unit"};
	static const char *const units[] = {"s", "ms"};
	*rule = (struct provider_rule){.line = node->line, .class = PROVIDER_UNKNOWN};
	if (!tree_is(&reader->base, node, TREE_MAP, "an answer"))
		return;
	tree_check_keys(&reader->base, node, known, COUNT_OF(known));
	provider_read_when(reader, tree_get(node, "when"), true, &rule->when);
	if (tree_get(node, "is") == NULL)
		PROVIDER_COMPLAIN(reader, node->line,
		    "This answer does not say what it `is`: sent, temporary, throttled …");
	int class = provider_choice_of(reader, node, "is", class_names, COUNT_OF(class_names), -1);
	if (class >= 0)
		rule->class = (enum provider_class) class;
	rule->id = provider_path_of(reader, node, "id");
	rule->reason = provider_path_of(reader, node, "reason");
	rule->wait = provider_path_of(reader, node, "wait");
	rule->wait_unit_ms =
	    provider_choice_of(reader, node, "wait_unit", units, COUNT_OF(units), 0) == 1 ? 1
											  : 1000;
}

size_t provider_read_rules(
    struct provider_reader *reader, const struct tree *list, struct provider_rule *rules)
{
	size_t count = 0;
	bool ended = false;
	if (list == NULL || !tree_is(&reader->base, list, TREE_LIST, "answers"))
		return 0;
	for (const struct tree *node = list->first; node != NULL; node = node->next) {
		if (count == PROVIDER_RULES_MAX) {
			PROVIDER_COMPLAIN(reader, node->line, "There are more than %d answers.",
			    PROVIDER_RULES_MAX);
			break;
		}
		if (ended)
			PROVIDER_COMPLAIN(reader, node->line,
			    "This answer is never looked at: one above has no condition.");
		read_rule(reader, node, &rules[count]);
		ended = rules[count++].when.count == 0;
	}
	return count;
}
