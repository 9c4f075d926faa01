/*
 * Owns: `nhacviec pause` and `nhacviec resume`.
 * May use: command/ (the operations), store/reader.h.
 * Must not know: what pausing means.
 */
#include "command/environment.h"
#include "command/listing.h"
#include "command/options.h"
#include "command/subcommands.h"
#include "command/words.h"

#include <stdio.h>
#include <sysexits.h>

static int switch_plan(struct environment *environment, const char *plan, bool paused)
{
	return client_run(environment, "plan-state",
	    json_pack("{s:s, s:s}", "plan", plan, "to", paused ? "paused" : "running"), NULL, NULL);
}

static int switch_channel(struct environment *environment, const char *channel, bool paused)
{
	return client_run(environment, "pause",
	    json_pack("{s:s?, s:b}", "channel", channel, "paused", paused), NULL, NULL);
}

struct suspended {
	struct listing listing;
	const struct environment *environment;
};

static bool add_row(const struct suspended_row *row, void *arg)
{
	struct suspended *suspended = arg;
	const struct environment *environment = suspended->environment;
	listing_add(&suspended->listing, row->address, COLOUR_NONE);
	listing_printf(&suspended->listing, "%s %s",
	    row->person_code != NULL ? row->person_code : "–",
	    row->person_name != NULL ? row->person_name : "");
	listing_add(&suspended->listing,
	    show_moment(row->since, environment->config.zone_minutes).text, COLOUR_NONE);
	listing_add(&suspended->listing,
	    reason_in_words(environment->context->language,
		row->why[0] != '\0' ? row->why : "number-suspended"),
	    COLOUR_NONE);
	return true;
}

/* The numbers that get no texts, and why. */
static int list_suspended(const struct command_context *context)
{
	const char *const head[] = {word(context, WORD_COLUMN_NUMBER),
	    word(context, WORD_COLUMN_TO), word(context, WORD_COLUMN_WHEN),
	    word(context, WORD_COLUMN_REASON)};
	struct environment environment;
	struct suspended suspended = {.environment = &environment};
	struct failure failure;
	int status = environment_open(&environment, context, NEEDS_READER);
	if (status == EX_OK) {
		listing_begin(&suspended.listing, environment.arena, head, COUNT_OF(head));
		enum result result =
		    reader_suspended(environment.reader, add_row, &suspended, &failure);
		status = result == RESULT_OK ? EX_OK : failure_print(&failure, result);
		if (status == EX_OK && suspended.listing.rows == 0)
			fputs(word(context, WORD_NO_SUSPENDED), stdout);
		else if (status == EX_OK)
			listing_print(&suspended.listing, stdout);
		listing_end(&suspended.listing);
	}
	if (status == EX_OK)
		status = command_end_output(context);
	environment_close(&environment);
	return status;
}

static int resume_number(struct environment *environment, const char *number)
{
	return client_run(
	    environment, "number-resume", json_pack("{s:s}", "number", number), NULL, NULL);
}

static int run(const struct command_context *context, int argc, char **argv, bool paused,
    const char *about_en, const char *about_vi)
{
	bool all = false;
	const char *channel = NULL, *number = NULL;
	const struct option_form options[] = {
	    {"all", OPTION_FLAG, &all, NULL, "everything, answers too",
		"tất cả, kể cả tin trả lời"},
	    {"channel", OPTION_TEXT, &channel, "NAME", "one channel, such as viettel1",
		"một kênh, như viettel1"},
	    {"number", OPTION_TEXT, &number, "NUMBER",
		"a number that was suspended: texts go there again",
		"một số đã ngừng nhắn: nhắn lại số đó"},
	};
	const struct command_form form = {
	    .usage_en = paused ? "PLAN | --all | --channel NAME"
			       : "PLAN | --all | --channel NAME | --number NUMBER",
	    .usage_vi = paused ? "KẾ_HOẠCH | --all | --channel TÊN"
			       : "KẾ_HOẠCH | --all | --channel TÊN | --number SỐ",
	    .about_en = about_en,
	    .about_vi = about_vi,
	    .options = options,
	    .option_count =
		COUNT_OF(options) - paused, /* numbers are suspended by what people say */
	    .most = 1,
	};
	struct environment environment;
	int words, status;
	if (!options_read(context, &form, argc, argv, &words, &status))
		return status;
	if (!paused && words + all == 0 && channel == NULL && number == NULL)
		return list_suspended(context);
	if (words + all + (channel != NULL) + (number != NULL) != 1)
		return command_error(EX_USAGE, "%s", word(context, WORD_ONE_SCOPE));
	status = environment_open(&environment, context, 0);
	if (status == EX_OK)
		status = number != NULL ? resume_number(&environment, number)
			 : words == 1   ? switch_plan(&environment, argv[1], paused)
					: switch_channel(&environment, channel, paused);
	const char *scope = number != NULL ? number : words == 1 ? argv[1] : channel;
	if (status == EX_OK)
		printf(word(context, paused ? WORD_PAUSED : WORD_RESUMED),
		    scope != NULL ? scope : word(context, WORD_EVERYTHING));
	environment_close(&environment);
	return status;
}

int command_pause(const struct command_context *context, int argc, char **argv)
{
	return run(context, argc, argv, true,
	    "Holds back what would be sent, within a second and until it is resumed, over restarts "
	    "too.\nNothing is lost: what has lost its point by then is cancelled.\n",
	    "Ngừng gửi trong vòng một giây cho đến khi chạy tiếp, kể cả qua khởi động lại. Không "
	    "mất\ngì: tin không còn ích lúc đó sẽ bị hủy.\n");
}

int command_resume(const struct command_context *context, int argc, char **argv)
{
	return run(context, argc, argv, false,
	    "Lets a plan, a channel or everything go on. Of missed reminders only the latest is "
	    "sent.\nWithout words: lists the numbers that get no texts, and why.\n",
	    "Cho kế hoạch, kênh hoặc tất cả chạy tiếp. Trong các lời nhắc bị lỡ chỉ gửi lời mới "
	    "nhất.\nKhông ghi gì: liệt kê các số đang ngừng nhắn và vì sao.\n");
}
