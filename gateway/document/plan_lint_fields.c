/*
 * Owns: figures whose words could be taken for a report.
 * May use: base/, text/, plan/, document/.
 * Must not know: how texts are read.
 */
#include "document/plan_lint_fields.h"

#include "text/letters.h"

#include <string.h>

/* The words of a field, one after another; NULL behind the last. */
static const char *word_at(const struct plan_field *field, size_t at)
{
	if (at < 2)
		return at == 0 ? field->code : field->name;
	return at - 2 < field->word_count ? field->words[at - 2] : NULL;
}

static bool names_report(const char *word, const struct plan_report *report)
{
	OWNED_TEXT key = letters_key(word);
	OWNED_TEXT code = letters_key(report->code);
	OWNED_TEXT name = letters_key(report->name);
	bool same = strcmp(key, code) == 0 || strcmp(key, name) == 0;
	for (size_t i = 0; i < report->word_count && !same; i++) {
		OWNED_TEXT other = letters_key(report->words[i]);
		same = strcmp(key, other) == 0;
	}
	return same;
}

static void check_field(const struct plan *plan, const struct plan_report *owner,
    const struct plan_field *field, const char *file, struct complaints *complaints)
{
	for (size_t r = 0; r < plan->report_count; r++)
		for (size_t i = 0; word_at(field, i) != NULL; i++) {
			if (!names_report(word_at(field, i), &plan->reports[r]))
				continue;
			complain_mildly(complaints, file, field->line,
			    "The field `%s` of `%s` has the word `%.40s`, which names the report "
			    "`%s` too: texts with it will be asked about. Choose another word.",
			    field->code, owner->code, word_at(field, i), plan->reports[r].code);
			return;
		}
}

void plan_lint_fields(const struct plan *plan, const char *file, struct complaints *complaints)
{
	for (size_t r = 0; r < plan->report_count; r++)
		for (size_t i = 0; i < plan->reports[r].field_count; i++)
			check_field(
			    plan, &plan->reports[r], &plan->reports[r].fields[i], file, complaints);
}
