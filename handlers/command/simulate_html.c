/*
 * Owns: the simulation as one page that can be read on a screen and on paper.
 * May use: base/, store/course.h, command/.
 * Must not know: how the simulation was run.
 *
 * The rows come before the totals are known, so the page has them in that order. It loads nothing
 * from anywhere.
 */
#include "command/simulation.h"

#include "command/options.h"
#include "command/show.h"
#include "command/words.h"

#include <inttypes.h>

static const char style[] =
    "body{font:14px/1.4 'Noto Sans',Arial,sans-serif;margin:2em;color:#111;background:#fff}"
    "h1{font-size:1.4em}h2{font-size:1.15em;margin-top:1.6em}"
    "table{border-collapse:collapse;margin:.6em 0}"
    "th,td{border:1px solid #999;padding:.2em .5em;text-align:left;vertical-align:top}"
    "thead{display:table-header-group}tr{break-inside:avoid}"
    "td.n{text-align:right}tr.not{color:#666}.warn{border:2px solid #111;padding:.4em .8em}"
    "@media print{body{margin:0;font-size:10px}}";

struct state {
	const struct simulation_view *view;
};

static void print_escaped(const char *text)
{
	for (const char *c = text; *c != '\0'; c++) {
		switch (*c) {
		case '&':
			fputs("&amp;", stdout);
			break;
		case '<':
			fputs("&lt;", stdout);
			break;
		case '>':
			fputs("&gt;", stdout);
			break;
		case '"':
			fputs("&quot;", stdout);
			break;
		default:
			putchar(*c);
		}
	}
}

static void print_element(const char *tag, const char *text)
{
	printf("<%s>", tag);
	print_escaped(text);
	printf("</%.2s>", tag); /* "td class=n" ends as "td" */
}

static void print_head(
    const struct simulation_view *view, const enum simulation_word *columns, size_t count)
{
	fputs("<table><thead><tr>", stdout);
	for (size_t i = 0; i < count; i++)
		print_element("th", simulation_word(view->context, columns[i]));
	fputs("</tr></thead><tbody>\n", stdout);
}

static void *begin(const struct simulation_view *view)
{
	static const enum simulation_word columns[] = {SIMULATION_WHEN, SIMULATION_UNIT,
	    SIMULATION_TO, SIMULATION_ABOUT, SIMULATION_STEP, SIMULATION_CHANNEL,
	    SIMULATION_SEGMENTS, SIMULATION_COST, SIMULATION_TEXT, SIMULATION_REASONS};
	struct state *state = arena_alloc(view->arena, sizeof *state);
	state->view = view;
	const char *title =
	    arena_printf(view->arena, simulation_word(view->context, SIMULATION_TITLE),
		show_moment(view->from, view->zone_minutes).text,
		show_moment(view->to, view->zone_minutes).text);
	printf("<!DOCTYPE html>\n<html lang=\"%s\"><head><meta charset=\"utf-8\"><title>",
	    command_is_vietnamese(view->context) ? "vi" : "en");
	print_escaped(title);
	printf("</title><style>%s</style></head><body>\n", style);
	print_element("h1", title);
	for (size_t i = 0; i < view->note_count; i++) {
		fputs("<p>", stdout);
		print_escaped(view->notes[i]);
		fputs("</p>\n", stdout);
	}
	print_head(view, columns, COUNT_OF(columns));
	return state;
}

static void print_row(void *arg, const struct course_row *row)
{
	const struct state *state = arg;
	const struct simulation_view *view = state->view;
	struct arena *arena = arena_new();
	const char *reasons = "", *reason;
	for (size_t i = 0; (reason = simulation_reason(row, i))[0] != '\0'; i++)
		reasons = arena_printf(arena, "%s%s%s", reasons, i > 0 ? "; " : "",
		    reason_in_words(view->context->language, reason));
	const char *reports = simulation_field_text(arena, row, FIELD_REPORT, "+");
	const char *events = simulation_field_text(arena, row, FIELD_EVENT, "+");
	fputs(row->what == COURSE_LEFT ? "<tr>" : "<tr class=\"not\">", stdout);
	print_element("td", show_moment(row->at, view->zone_minutes).text);
	print_element("td", row->unit_name);
	print_element("td", arena_printf(arena, "%s %s", row->person_name, row->address));
	print_element("td", arena_printf(arena, "%s%s%s", reports,
				reports[0] != '\0' && events[0] != '\0' ? "+" : "", events));
	print_element("td", simulation_field_text(arena, row, FIELD_STEP, "+"));
	print_element("td", row->channel);
	print_element("td class=n", arena_printf(arena, "%d", row->segments));
	print_element("td class=n", arena_printf(arena, "%d", row->cost));
	print_element("td", row->text);
	print_element("td", reasons);
	fputs("</tr>\n", stdout);
	arena_free(arena);
}

static void print_number(int64_t number)
{
	printf("<td class=n>%" PRId64 "</td>", number);
}

static void print_sum(const struct simulation_sum *sum, void *arg)
{
	(void)arg;
	fputs("<tr>", stdout);
	print_element("td", sum->name);
	print_number(sum->texts);
	print_number(sum->segments);
	print_number(sum->cost);
	fputs("</tr>\n", stdout);
}

static void print_sums(const struct simulation_view *view, const struct simulation_totals *totals,
    enum simulation_group group, enum simulation_word name)
{
	const enum simulation_word columns[] = {
	    name, SIMULATION_TEXTS, SIMULATION_SEGMENTS, SIMULATION_COST};
	struct simulation_sum all = totals->all;
	all.name = simulation_word(view->context, SIMULATION_ALL);
	print_element("h2", simulation_word(view->context, name));
	print_head(view, columns, COUNT_OF(columns));
	simulation_totals_each(totals, group, print_sum, NULL);
	print_sum(&all, NULL);
	fputs("</tbody></table>\n", stdout);
}

static void print_reason(const struct simulation_sum *sum, void *arg)
{
	const struct simulation_view *view = arg;
	fputs("<tr>", stdout);
	print_element("td", reason_in_words(view->context->language, sum->name));
	print_number(sum->texts);
	fputs("</tr>\n", stdout);
}

static void end(void *arg, const struct simulation_totals *totals)
{
	static const enum simulation_word columns[] = {SIMULATION_REASONS, SIMULATION_NUMBER};
	const struct state *state = arg;
	const struct simulation_view *view = state->view;
	fputs("</tbody></table>\n", stdout);
	print_element("h2", simulation_word(view->context, SIMULATION_REASONS));
	print_head(view, columns, COUNT_OF(columns));
	simulation_totals_each(totals, GROUP_REASON, print_reason, (void *)view);
	fputs("</tbody></table>\n", stdout);
	print_sums(view, totals, GROUP_MONTH, SIMULATION_MONTH);
	print_sums(view, totals, GROUP_CHANNEL, SIMULATION_CHANNEL);
	print_sums(view, totals, GROUP_UNIT, SIMULATION_UNIT);
	if (totals->all.texts > 0) {
		fputs("<p>", stdout);
		printf(simulation_word(view->context, SIMULATION_BUSIEST),
		    simulation_busiest_hour(totals).text, (long long)totals->busiest_parts,
		    (long long)totals->parts_per_hour);
		fputs("</p>\n", stdout);
	}
	if (simulation_is_too_much(totals)) {
		fputs("<p class=\"warn\">", stdout);
		print_escaped(simulation_word(view->context, SIMULATION_TOO_MUCH));
		fputs("</p>\n", stdout);
	}
	fputs("</body></html>\n", stdout);
}

const struct simulation_format simulation_html = {
    .name = "html", .shows_totals = true, .begin = begin, .row = print_row, .end = end};
