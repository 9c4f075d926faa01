/*
 * Owns: `nhacviec approve` and `nhacviec refuse`: decisions on requests for more time and on
 * registrations.
 * May use: command/ (the operations), store/reader.h.
 * Must not know: which decision is legal when.
 */
#include "command/environment.h"
#include "command/listing.h"
#include "command/options.h"
#include "command/subcommands.h"
#include "command/words.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#define NUMBERS_MAX 20

struct decision_kind {
	const char *name;
	enum word done, admitted;
	const char *about_en, *about_vi;
};

/* Without numbers: what waits. */
static int list(const struct environment *environment)
{
	const struct command_context *context = environment->context;
	const char *const head[] = {word(context, WORD_COLUMN_NUMBER), word(context, WORD_UNIT),
	    word(context, WORD_REPORT), word(context, WORD_COLUMN_UNTIL),
	    word(context, WORD_COLUMN_FROM)};
	struct store_known_request *requests;
	struct store_known_registration *registrations;
	size_t count, registration_count;
	struct failure failure;
	struct listing listing;
	enum result result =
	    reader_requests(environment->reader, environment->arena, &requests, &count, &failure);
	if (result == RESULT_OK)
		result = reader_registrations(environment->reader, environment->arena,
		    environment->now, &registrations, &registration_count, &failure);
	if (result != RESULT_OK)
		return failure_print(&failure, result);
	if (count + registration_count == 0) {
		fputs(word(context, WORD_NO_REQUESTS), stdout);
		return command_end_output(context);
	}
	listing_begin(&listing, environment->arena, head, COUNT_OF(head));
	for (size_t i = 0; i < count; i++) {
		const struct store_known_obligation *obligation = &requests[i].obligation;
		listing_printf(&listing, "%d", requests[i].number);
		listing_add(&listing, obligation->unit_name, COLOUR_NONE);
		listing_printf(&listing, "%s %s", obligation->report_code, obligation->period);
		listing_add(&listing, civil_full_day(requests[i].asked_day).text, COLOUR_NONE);
		listing_add(&listing, requests[i].asked_by, COLOUR_NONE);
	}
	for (size_t i = 0; i < registration_count; i++) {
		listing_printf(&listing, "%d", registrations[i].number);
		listing_add(&listing, registrations[i].unit_name, COLOUR_NONE);
		listing_add(&listing, "DK", COLOUR_NONE);
		listing_add(&listing, "", COLOUR_NONE);
		listing_add(&listing, registrations[i].address, COLOUR_NONE);
	}
	listing_print(&listing, stdout);
	listing_end(&listing);
	return command_end_output(context);
}

static int decide(const struct environment *environment, const struct decision_kind *kind,
    int64_t number, const char *plan)
{
	json_t *body = NULL;
	int status = client_run(environment, "request-decide",
	    json_pack("{s:s, s:I, s:s?}", "decision", kind->name, "number", (json_int_t)number,
		"plan", plan),
	    &body, NULL);
	if (status == EX_OK) {
		const char *report = json_string_value(json_object_get(body, "report"));
		const char *name = json_string_value(json_object_get(body, "name"));
		const char *day = json_string_value(json_object_get(body, "day"));
		const char *address = json_string_value(json_object_get(body, "address"));
		if (address != NULL)
			printf(word(environment->context, kind->admitted), address,
			    name != NULL ? name : "");
		else
			printf(word(environment->context, kind->done), report != NULL ? report : "",
			    name != NULL ? name : "", day != NULL ? day : "");
	}
	json_decref(body);
	return status;
}

/* False: the word is no number of a request. */
static bool read_number(const char *text, int64_t *number)
{
	char *end = NULL;
	errno = 0;
	long long value = strtoll(text, &end, 10);
	*number = value;
	return *text != '\0' && *end == '\0' && errno == 0 && value > 0;
}

static int run(
    const struct command_context *context, int argc, char **argv, const struct decision_kind *kind)
{
	const char *plan = NULL;
	const struct option_form options[] = {
	    {"plan", OPTION_TEXT, &plan, "PLAN", "whose request, when several offices have one",
		"của kế hoạch nào, khi nhiều nơi cùng số"},
	};
	const struct command_form form = {
	    .usage_en = "[NUMBER…]",
	    .usage_vi = "[SỐ…]",
	    .about_en = kind->about_en,
	    .about_vi = kind->about_vi,
	    .options = options,
	    .option_count = COUNT_OF(options),
	    .most = NUMBERS_MAX,
	};
	struct environment environment;
	int64_t numbers[NUMBERS_MAX];
	int words, status;
	if (!options_read(context, &form, argc, argv, &words, &status))
		return status;
	for (int i = 0; i < words; i++)
		if (!read_number(argv[i + 1], &numbers[i]))
			return command_error(
			    EX_USAGE, word(context, WORD_BAD_REQUEST_NUMBER), argv[i + 1]);
	status = environment_open(&environment, context, words == 0 ? NEEDS_READER | NEEDS_NOW : 0);
	if (status == EX_OK && words == 0)
		status = list(&environment);
	for (int i = 0; i < words && status == EX_OK; i++)
		status = decide(&environment, kind, numbers[i], plan);
	environment_close(&environment);
	return status;
}

int command_approve(const struct command_context *context, int argc, char **argv)
{
	static const struct decision_kind kind = {"approve", WORD_REQUEST_APPROVED,
	    WORD_REGISTRATION_APPROVED,
	    "Grants requests for more time by their numbers: the deadline moves, and the unit is "
	    "told.\nA registration's number becomes a person of the unit. Without numbers: lists "
	    "what waits.\n",
	    "Đồng ý lùi hạn theo số của đề nghị: hạn dời, đơn vị được báo tin. Với đăng ký: số "
	    "đó\nthành người của đơn vị. Không ghi số: liệt kê những gì đang chờ.\n"};
	return run(context, argc, argv, &kind);
}

int command_refuse(const struct command_context *context, int argc, char **argv)
{
	static const struct decision_kind kind = {"refuse", WORD_REQUEST_REFUSED,
	    WORD_REGISTRATION_REFUSED,
	    "Refuses requests for more time by their numbers: the deadline stands, and the unit is "
	    "told.\nWithout numbers: lists the requests that wait.\n",
	    "Không đồng ý lùi hạn theo số của đề nghị: hạn giữ nguyên, đơn vị được báo tin.\nKhông "
	    "ghi số: liệt kê các đề nghị đang chờ.\n"};
	return run(context, argc, argv, &kind);
}
