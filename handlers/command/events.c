/*
 * Owns: `nhacviec events`: what is coming, where, and who comes.
 * May use: base/, store/reader.h, document/plan_file.h, plan/.
 * Must not know: how answers arise.
 */
#include "command/environment.h"
#include "command/listing.h"
#include "command/options.h"
#include "command/subcommands.h"
#include "command/words.h"
#include "document/plan_file.h"

#include <string.h>
#include <sysexits.h>

struct table {
	struct listing listing;
	const struct environment *environment;
	bool csv;
};

/* What the plan's text says of the event; NULL when it cannot be read any more. */
static const struct plan_event *event_of(
    const struct environment *environment, const struct event_row *row)
{
	struct complaints complaints = {.arena = environment->arena};
	const struct plan *plan = plan_file_parse(environment->arena, row->plan_code,
	    arena_copy(environment->arena, row->plan_body), strlen(row->plan_body),
	    environment->config.holidays_dir, &complaints);
	return plan != NULL ? plan_find_event(plan, row->event_code) : NULL;
}

static bool add_row(const struct event_row *row, void *arg)
{
	struct table *table = arg;
	struct listing *listing = &table->listing;
	const struct plan_event *event = event_of(table->environment, row);
	const char *place = event != NULL && event->place != NULL ? event->place : "";
	bool asks = event != NULL && event->attendance;
	struct civil_text day = table->csv ? civil_iso_day(row->start) : civil_full_day(row->start);
	if (table->csv)
		listing_add(listing, row->plan_code, COLOUR_NONE);
	listing_add(listing, row->event_code, COLOUR_NONE);
	listing_add(listing, event != NULL ? event->name : "", COLOUR_NONE);
	if (event != NULL && event->at > 0)
		listing_printf(listing, "%s %02d:%02d", day.text, event->at / 60, event->at % 60);
	else
		listing_add(listing, day.text, COLOUR_NONE);
	listing_add(listing, place, COLOUR_NONE);
	listing_printf(listing, "%d", row->invited);
	if (!asks && row->coming + row->absent == 0) {
		for (int i = 0; i < 3; i++)
			listing_add(listing, "", COLOUR_NONE);
		return true;
	}
	listing_printf(listing, "%d", row->coming);
	listing_printf(listing, "%d", row->absent);
	listing_printf(listing, "%d", row->invited - row->coming - row->absent);
	return true;
}

static int list(const struct environment *environment, const char *code, bool csv)
{
	static const char *const csv_head[] = {"plan", "event", "name", "start", "place", "invited",
	    "coming", "not_coming", "no_answer"};
	const struct command_context *context = environment->context;
	const char *const head[] = {word(context, WORD_COLUMN_EVENT), "",
	    word(context, WORD_COLUMN_WHEN), word(context, WORD_COLUMN_PLACE),
	    word(context, WORD_COLUMN_INVITED), word(context, WORD_COLUMN_COMING),
	    word(context, WORD_COLUMN_ABSENT), word(context, WORD_COLUMN_NO_ANSWER)};
	struct table table = {.environment = environment, .csv = csv};
	struct failure failure;
	listing_begin(&table.listing, environment->arena, csv ? csv_head : head,
	    csv ? COUNT_OF(csv_head) : COUNT_OF(head));
	table.listing.raw = csv;
	enum result result = reader_events(environment->reader, code, add_row, &table, &failure);
	int status = result == RESULT_OK ? EX_OK : failure_print(&failure, result);
	if (status == EX_OK && csv)
		listing_print_csv(&table.listing, stdout);
	else if (status == EX_OK && table.listing.rows == 0)
		fputs(word(context, WORD_NO_EVENTS), stdout);
	else if (status == EX_OK)
		listing_print(&table.listing, stdout);
	listing_end(&table.listing);
	return status == EX_OK ? command_end_output(context) : status;
}

int command_events(const struct command_context *context, int argc, char **argv)
{
	bool csv = false;
	const struct option_form options[] = {
	    {"csv", OPTION_FLAG, &csv, NULL, "as CSV", "dạng CSV"},
	};
	const struct command_form form = {
	    .usage_en = "[EVENT]",
	    .usage_vi = "[SỰ_KIỆN]",
	    .about_en = "Lists the events: when, where, how many units are invited, come, do not "
			"come, have\nnot answered.\n",
	    .about_vi =
		"Liệt kê sự kiện: khi nào, ở đâu, mời bao nhiêu đơn vị, bao nhiêu dự, vắng, "
		"chưa trả\nlời.\n",
	    .options = options,
	    .option_count = COUNT_OF(options),
	    .most = 1,
	};
	struct environment environment;
	int words, status;
	if (!options_read(context, &form, argc, argv, &words, &status))
		return status;
	status = environment_open(&environment, context, NEEDS_READER);
	if (status == EX_OK)
		status = list(&environment, words > 0 ? argv[1] : NULL, csv);
	environment_close(&environment);
	return status;
}
