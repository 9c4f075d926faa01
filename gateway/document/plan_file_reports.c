/*
 * Owns: a plan's reports: who owes what.
 * May use: base/, plan/, document/.
 * Must not know: the store, people.
 */
#include "document/plan_reader.h"

#include <string.h>

#define WORDS_MAX 20
#define NAME_BYTES_MAX 120

static const char *const report_keys[] = {"name", "words", "for", "before", "by", "due", "years",
    "from", "until", "except", "period", "covers", "cutoff", "day_off", "closing", "ladder",
    "compiles", "fields", "duty"};

const char *plan_read_name(struct plan_reader *reader, const struct tree *map)
{
	const char *name = tree_need_text(&reader->base, map, "name");
	if (name != NULL && (strlen(name) > NAME_BYTES_MAX || strpbrk(name, "\r\n") != NULL))
		complain(reader->base.complaints, reader->base.file, tree_get(map, "name")->line,
		    "`name` must be one line of at most %d bytes.", NAME_BYTES_MAX);
	return name;
}

static void read_report(
    struct plan_reader *reader, const struct tree *map, struct plan_report *report)
{
	const struct tree_reader *base = &reader->base;
	tree_check_keys(base, map, report_keys, COUNT_OF(report_keys));
	report->code = map->key;
	report->line = map->key_line;
	report->name = plan_read_name(reader, map);
	report->word_count =
	    tree_texts(base, tree_get(map, "words"), "words", WORDS_MAX, &report->words);
	report->compile_count = tree_texts(
	    base, tree_get(map, "compiles"), "compiles", PLAN_REPORTS_MAX, &report->compiles);
	plan_read_fields(reader, tree_get(map, "fields"), report);
	report->voluntary = plan_read_duty(reader, tree_get(map, "duty"), reader->plan->voluntary);
	plan_read_audience(reader, map, &report->audience);
	plan_read_deadline(reader, map, report);
	report->ladder = plan_use_ladder(
	    reader, map, report->compile_count > 0 ? USED_BY_SUMMARY : USED_BY_REPORT);
}

/* Reports may compile such as come later in the file. */
static void check_compiles(struct plan_reader *reader, const struct plan_report *report)
{
	const struct tree_reader *base = &reader->base;
	const struct plan *plan = reader->plan;
	const char *known[PLAN_REPORTS_MAX];
	for (size_t i = 0; i < plan->report_count; i++)
		known[i] = plan->reports[i].code;
	for (size_t i = 0; i < report->compile_count; i++) {
		const struct plan_report *other = plan_find_report(plan, report->compiles[i]);
		if (other == NULL)
			complain(base->complaints, base->file, report->line,
			    "`%s` compiles the report `%.40s`, which is not here. %s", report->code,
			    report->compiles[i],
			    document_advice(
				base->arena, report->compiles[i], known, plan->report_count));
		else if (other == report)
			complain(base->complaints, base->file, report->line,
			    "`%s` cannot compile itself.", report->code);
	}
}

void plan_read_reports(struct plan_reader *reader, const struct tree *node)
{
	const struct tree **children;
	struct plan *plan = reader->plan;
	size_t count = plan_read_codes(
	    reader, node, "reports", TREE_MAP, TREE_MAP, PLAN_REPORTS_MAX, &children);
	plan->reports = arena_alloc(reader->base.arena, (count + 1) * sizeof *plan->reports);
	plan->report_count = count;
	for (size_t i = 0; i < count; i++)
		read_report(reader, children[i], &plan->reports[i]);
	for (size_t i = 0; i < count; i++)
		check_compiles(reader, &plan->reports[i]);
}
