/*
 * Owns: `nhacviec inbox`: the list; `decide` and `teach` have files of their own.
 * May use: base/, store/reader.h.
 * Must not know: how texts are understood.
 */
#include "command/inbox.h"

#include "command/environment.h"
#include "command/listing.h"
#include "command/options.h"
#include "command/subcommands.h"
#include "command/words.h"

#include <inttypes.h>
#include <string.h>
#include <sysexits.h>

#define SHOWN_BY_DEFAULT 50
#define SHOWN_AT_MOST 1000000

struct table {
	struct listing listing;
	const struct environment *environment;
	bool csv;
};

static const char *const csv_head[] = {"id", "received", "network_time", "sender", "person",
    "intent", "settled_as", "text", "confidence", "evidence"};

static bool add_csv_row(const struct inbound_row *row, void *arg)
{
	struct table *table = arg;
	struct listing *listing = &table->listing;
	int zone = table->environment->config.zone_minutes;
	const char *const texts[] = {
	    row->sender, row->person_name, row->intent, row->settled_as, row->text};
	listing_printf(listing, "%" PRId64, row->id);
	listing_add(listing, show_csv_moment(row->received_at, zone).text, COLOUR_NONE);
	listing_add(listing, show_csv_moment(row->network_time, zone).text, COLOUR_NONE);
	for (size_t i = 0; i < COUNT_OF(texts); i++)
		listing_add(listing, texts[i], COLOUR_NONE);
	listing_printf(listing, "%d", row->confidence);
	listing_add(listing, row->evidence, COLOUR_NONE);
	return true;
}

static bool add_row(const struct inbound_row *row, void *arg)
{
	struct table *table = arg;
	struct listing *listing = &table->listing;
	listing_printf(listing, "%" PRId64, row->id);
	listing_add(listing,
	    show_moment(row->received_at, table->environment->config.zone_minutes).text,
	    COLOUR_NONE);
	listing_printf(listing, "%s%s%s", row->person_name != NULL ? row->person_name : "",
	    row->person_name != NULL ? " " : "", row->sender);
	if (row->intent != NULL)
		listing_printf(listing, "%s %d %%, %s", row->intent, row->confidence,
		    row->settled_as != NULL ? row->settled_as : "");
	else
		listing_add(listing, "", COLOUR_NONE);
	listing_add(listing, row->evidence, COLOUR_NONE);
	listing_add(listing, row->text, COLOUR_NONE);
	return true;
}

static int list(const struct environment *environment, int limit, bool waiting, bool csv)
{
	const struct command_context *context = environment->context;
	const char *const head[] = {word(context, WORD_COLUMN_NUMBER),
	    word(context, WORD_COLUMN_WHEN), word(context, WORD_COLUMN_FROM),
	    word(context, WORD_COLUMN_MADE_OF_IT), word(context, WORD_COLUMN_REASON),
	    word(context, WORD_COLUMN_TEXT)};
	struct table table = {.environment = environment};
	struct failure failure;
	listing_begin(&table.listing, environment->arena, csv ? csv_head : head,
	    csv ? COUNT_OF(csv_head) : COUNT_OF(head));
	table.listing.raw = csv;
	enum result result = reader_inbox(
	    environment->reader, limit, waiting, csv ? add_csv_row : add_row, &table, &failure);
	int status = result == RESULT_OK ? EX_OK : failure_print(&failure, result);
	if (status == EX_OK && csv)
		listing_print_csv(&table.listing, stdout);
	else if (status == EX_OK && table.listing.rows == 0)
		fputs(word(context, WORD_NO_INBOX), stdout);
	else if (status == EX_OK)
		listing_print(&table.listing, stdout);
	listing_end(&table.listing);
	return status == EX_OK ? command_end_output(context) : status;
}

int command_inbox(const struct command_context *context, int argc, char **argv)
{
	int64_t limit = -1;
	bool csv = false, waiting = false;
	const struct option_form options[] = {
	    {"limit", OPTION_NUMBER, &limit, "N", "so many, newest first (50); 0: all",
		"số tin, mới nhất trước (50); 0: tất cả"},
	    {"waiting", OPTION_FLAG, &waiting, NULL, "those alone that wait for a decision",
		"chỉ các tin chờ quyết định"},
	    {"csv", OPTION_FLAG, &csv, NULL, "as CSV, all of them", "dạng CSV, tất cả"},
	};
	const struct command_form form = {
	    .usage_en = "[decide ID … | teach ID …] [OPTIONS]",
	    .usage_vi = "[decide SỐ … | teach SỐ …] [TÙY CHỌN]",
	    .about_en =
		"Lists the texts that came in, newest first, what was made of each, how surely "
		"(from 90 it "
		"is\nacted upon) and why. `inbox decide --help` and `inbox teach --help` tell how "
		"a "
		"text that was\nmisread or not understood is settled, and kept as a test.\n",
	    .about_vi = "Liệt kê các tin đến, mới nhất trước, cách hiểu từng tin, chắc đến đâu (từ "
			"90 thì làm theo)\n"
			"và vì sao. `inbox decide --help` và `inbox teach --help`: cách xử lý tin "
			"bị hiểu sai "
			"hay không\nhiểu được, và giữ lại để kiểm tra.\n",
	    .options = options,
	    .option_count = COUNT_OF(options),
	};
	struct environment environment;
	int words, status;
	if (argc > 1 && strcmp(argv[1], "decide") == 0) {
		argv[1] = (char *)"inbox decide"; /* as the help calls it */
		return inbox_decide_command(context, argc - 1, argv + 1);
	}
	if (argc > 1 && strcmp(argv[1], "teach") == 0)
		return inbox_teach_command(context, argc - 1, argv + 1);
	if (!options_read(context, &form, argc, argv, &words, &status))
		return status;
	if (limit < 0)
		limit = csv ? 0 : SHOWN_BY_DEFAULT;
	if (limit > SHOWN_AT_MOST)
		limit = SHOWN_AT_MOST;
	status = environment_open(&environment, context, NEEDS_READER);
	if (status == EX_OK)
		status = list(&environment, (int)limit, waiting, csv);
	environment_close(&environment);
	return status;
}
