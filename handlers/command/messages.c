/*
 * Owns: `nhacviec messages`.
 * May use: base/, base/civil.h, text/phone.h, store/reader.h.
 * Must not know: how messages come to be.
 */
#include "command/environment.h"
#include "command/listing.h"
#include "command/options.h"
#include "command/subcommands.h"
#include "command/words.h"

#include "base/buffer.h"
#include "text/phone.h"

#include <inttypes.h>
#include <string.h>
#include <sysexits.h>

#define SHOWN_BY_DEFAULT 50
#define SHOWN_AT_MOST 1000000

struct choices {
	const char *to, *state, *since;
	int64_t limit;
	bool csv, parts;
};

struct table {
	struct listing listing;
	const struct environment *environment;
};

static const char *const csv_head[] = {"id", "key", "purpose", "state", "reason", "address",
    "person", "channel", "parts", "cost", "attempts", "created", "sent", "delivered", "next_try",
    "text"};
static const char *const part_head[] = {"message_id", "part", "address", "state", "channel",
    "reference", "submissions", "submitted", "text"};

static void add_csv_moment(struct table *table, struct wall moment)
{
	listing_add(&table->listing,
	    show_csv_moment(moment, table->environment->config.zone_minutes).text, COLOUR_NONE);
}

static bool add_csv_row(const struct message_row *row, void *arg)
{
	struct table *table = arg;
	struct listing *listing = &table->listing;
	const char *const texts[] = {row->key, row->purpose, row->state, row->reason, row->address,
	    row->person_name, row->channel};
	listing_printf(listing, "%" PRId64, row->id);
	for (size_t i = 0; i < COUNT_OF(texts); i++)
		listing_add(listing, texts[i], COLOUR_NONE);
	listing_printf(listing, "%d", row->parts);
	listing_printf(listing, "%d", row->cost);
	listing_printf(listing, "%d", row->attempts);
	add_csv_moment(table, row->created);
	add_csv_moment(table, row->sent_at);
	add_csv_moment(table, row->delivered_at);
	add_csv_moment(table, row->next_try);
	listing_add(listing, row->text, COLOUR_NONE);
	return true;
}

static bool add_part(const struct part_row *row, void *arg)
{
	struct table *table = arg;
	struct listing *listing = &table->listing;
	listing_printf(listing, "%" PRId64, row->message_id);
	listing_printf(listing, "%d", row->part);
	listing_add(listing, row->address, COLOUR_NONE);
	listing_add(listing, row->state, COLOUR_NONE);
	listing_add(listing, row->channel, COLOUR_NONE);
	if (row->reference >= 0)
		listing_printf(listing, "%d", row->reference);
	else
		listing_add(listing, "", COLOUR_NONE);
	listing_printf(listing, "%d", row->submissions);
	add_csv_moment(table, row->submitted_at);
	listing_add(listing, row->text, COLOUR_NONE);
	return true;
}

static enum colour colour_of(const char *state)
{
	if (strcmp(state, "sent") == 0 || strcmp(state, "delivered") == 0)
		return COLOUR_GREEN;
	if (strcmp(state, "failed") == 0 || strcmp(state, "expired") == 0)
		return COLOUR_RED;
	return strcmp(state, "unknown") == 0 ? COLOUR_YELLOW : COLOUR_NONE;
}

static bool add_row(const struct message_row *row, void *arg)
{
	struct table *table = arg;
	struct listing *listing = &table->listing;
	const char *language = table->environment->context->language;
	bool left = row->sent_at.ms != WALL_NEVER.ms && row->sent_at.ms != 0;
	struct wall when = left ? row->sent_at : row->created;
	listing_add(
	    listing, show_moment(when, table->environment->config.zone_minutes).text, COLOUR_NONE);
	listing_printf(listing, "%s%s%s", row->person_name != NULL ? row->person_name : "",
	    row->person_name != NULL ? " " : "", row->address);
	listing_add(listing, message_state_in_words(language, row->state), colour_of(row->state));
	listing_add(listing, reason_in_words(language, row->reason), COLOUR_NONE);
	listing_printf(listing, "%d", row->parts);
	listing_add(listing, row->text, COLOUR_NONE);
	return true;
}

/* ── what is asked for ───────────────────────────────────────────────────────────────────────── */

static int refuse_state(const struct command_context *context, const char *state)
{
	OWNED_BUFFER known = BUFFER(300);
	for (int i = 0; i < MESSAGE_STATE_COUNT; i++)
		buffer_printf(
		    &known, "%s%s", i > 0 ? ", " : "", message_state_name((enum message_state)i));
	return command_error(EX_USAGE, word(context, WORD_BAD_STATE), state, buffer_text(&known));
}

static int make_filter(const struct environment *environment, const struct choices *choices,
    struct message_filter *filter)
{
	struct phone phone;
	struct day day;
	*filter = (struct message_filter){.address = choices->to, .state = choices->state};
	if (choices->to != NULL && phone_parse(choices->to, &phone, NULL) == RESULT_OK)
		filter->address = arena_copy(environment->arena, phone.e164);
	bool known = choices->state == NULL;
	for (int i = 0; i < MESSAGE_STATE_COUNT && !known; i++)
		known = strcmp(message_state_name((enum message_state)i), choices->state) == 0;
	if (!known)
		return refuse_state(environment->context, choices->state);
	if (choices->since != NULL) {
		if (civil_parse_day(choices->since, &day, NULL) != RESULT_OK)
			return command_error(
			    EX_USAGE, word(environment->context, WORD_BAD_DAY), choices->since);
		filter->since = civil_moment(day, 0, environment->config.zone_minutes);
	}
	int64_t limit = choices->limit;
	if (limit < 0)
		limit = choices->csv ? 0 : SHOWN_BY_DEFAULT;
	filter->limit = (int)(limit < SHOWN_AT_MOST ? limit : SHOWN_AT_MOST);
	return EX_OK;
}

static enum result read_rows(struct table *table, const struct choices *choices,
    const struct message_filter *filter, struct failure *failure)
{
	const struct command_context *context = table->environment->context;
	const char *const head[] = {word(context, WORD_COLUMN_WHEN), word(context, WORD_COLUMN_TO),
	    word(context, WORD_COLUMN_STATE), word(context, WORD_COLUMN_REASON),
	    word(context, WORD_COLUMN_PARTS), word(context, WORD_COLUMN_TEXT)};
	struct reader *reader = table->environment->reader;
	struct arena *arena = table->environment->arena;
	if (choices->parts) {
		listing_begin(&table->listing, arena, part_head, COUNT_OF(part_head));
		table->listing.raw = true;
		return reader_parts(reader, add_part, table, failure);
	}
	if (choices->csv) {
		listing_begin(&table->listing, arena, csv_head, COUNT_OF(csv_head));
		table->listing.raw = true;
		return reader_messages(reader, filter, add_csv_row, table, failure);
	}
	listing_begin(&table->listing, arena, head, COUNT_OF(head));
	return reader_messages(reader, filter, add_row, table, failure);
}

static int list(const struct environment *environment, const struct choices *choices)
{
	struct message_filter filter;
	struct failure failure;
	int status = make_filter(environment, choices, &filter);
	if (status != EX_OK)
		return status;
	struct table table = {.environment = environment};
	enum result result = read_rows(&table, choices, &filter, &failure);
	if (result != RESULT_OK)
		status = failure_print(&failure, result);
	else if (choices->csv || choices->parts)
		listing_print_csv(&table.listing, stdout);
	else if (table.listing.rows == 0)
		fputs(word(environment->context, WORD_NO_MESSAGES), stdout);
	else
		listing_print(&table.listing, stdout);
	listing_end(&table.listing);
	return status == EX_OK ? command_end_output(environment->context) : status;
}

int command_messages(const struct command_context *context, int argc, char **argv)
{
	struct choices choices = {.limit = -1};
	const struct option_form options[] = {
	    {"to", OPTION_TEXT, &choices.to, "NUMBER", "only those to this number",
		"chỉ tin đến số này"},
	    {"state", OPTION_TEXT, &choices.state, "STATE",
		"queued, sending, unknown, sent, delivered, failed, expired, cancelled",
		"queued, sending, unknown, sent, delivered, failed, expired, cancelled"},
	    {"since", OPTION_TEXT, &choices.since, "YYYY-MM-DD", "made on that day or later",
		"tạo từ ngày đó"},
	    {"limit", OPTION_NUMBER, &choices.limit, "N",
		"so many, newest first (50); 0: all, oldest first",
		"số tin, mới nhất trước (50); 0: tất cả, cũ nhất trước"},
	    {"csv", OPTION_FLAG, &choices.csv, NULL, "as CSV, all of them", "dạng CSV, tất cả"},
	    {"parts", OPTION_FLAG, &choices.parts, NULL, "every part with its reference, as CSV",
		"từng phần kèm số tham chiếu, dạng CSV"},
	};
	const struct command_form form = {
	    .usage_en = "[OPTIONS]",
	    .usage_vi = "[TÙY CHỌN]",
	    .about_en = "Lists messages: when, to whom, what became of them and why.\n",
	    .about_vi = "Liệt kê tin nhắn: lúc nào, cho ai, kết quả và lý do.\n",
	    .options = options,
	    .option_count = COUNT_OF(options),
	};
	struct environment environment;
	int words, status;
	if (!options_read(context, &form, argc, argv, &words, &status))
		return status;
	status = environment_open(&environment, context, NEEDS_READER);
	if (status == EX_OK)
		status = list(&environment, &choices);
	environment_close(&environment);
	return status;
}
