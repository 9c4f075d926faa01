/*
 * Owns: `nhacviec link` and `nhacviec unlink`.
 * May use: command/ (the operations), store/reader.h.
 * Must not know: how codes are drawn, SQL, providers.
 */
#include "command/environment.h"
#include "command/link_ways.h"
#include "command/listing.h"
#include "command/options.h"
#include "command/subcommands.h"
#include "command/words.h"

#include <stdio.h>
#include <string.h>
#include <sysexits.h>

/* ── what is linked ──────────────────────────────────────────────────────────────────────────── */

struct linked {
	struct listing listing;
	const struct environment *environment;
};

static bool add_row(const struct address_row *row, void *arg)
{
	struct linked *linked = arg;
	const struct environment *environment = linked->environment;
	bool blocked = strcmp(row->state, "blocked") == 0;
	listing_printf(&linked->listing, "%s %s", row->person_code, row->person_name);
	listing_add(&linked->listing, row->kind, COLOUR_NONE);
	listing_add(&linked->listing, row->address, COLOUR_NONE);
	listing_add(&linked->listing,
	    show_moment(row->linked_at, environment->config.zone_minutes).text, COLOUR_NONE);
	listing_add(&linked->listing,
	    blocked ? reason_in_words(environment->context->language, "address-blocked") : "",
	    COLOUR_NONE);
	return true;
}

static int list_linked(const struct command_context *context)
{
	const char *const head[] = {word(context, WORD_COLUMN_TO), word(context, WORD_COLUMN_SORT),
	    word(context, WORD_COLUMN_ADDRESS), word(context, WORD_COLUMN_WHEN),
	    word(context, WORD_COLUMN_REASON)};
	struct environment environment;
	struct linked linked = {.environment = &environment};
	struct failure failure;
	int status = environment_open(&environment, context, NEEDS_READER);
	if (status == EX_OK) {
		listing_begin(&linked.listing, environment.arena, head, COUNT_OF(head));
		enum result result =
		    reader_addresses(environment.reader, NULL, add_row, &linked, &failure);
		status = result == RESULT_OK ? EX_OK : failure_print(&failure, result);
		if (status == EX_OK && linked.listing.rows == 0)
			fputs(word(context, WORD_NO_LINKED), stdout);
		else if (status == EX_OK)
			listing_print(&linked.listing, stdout);
		listing_end(&linked.listing);
	}
	if (status == EX_OK)
		status = command_end_output(context);
	environment_close(&environment);
	return status;
}

/* ── linking ─────────────────────────────────────────────────────────────────────────────────── */

static int print_code(const struct environment *environment, const char *kind, json_t *body)
{
	const struct command_context *context = environment->context;
	const char *code = json_string_value(json_object_get(body, "code"));
	const char *name = json_string_value(json_object_get(body, "name"));
	const struct wall until = {json_integer_value(json_object_get(body, "until"))};
	printf(word(context, WORD_LINK_CODE), name != NULL ? name : "", code != NULL ? code : "",
	    show_moment(until, environment->config.zone_minutes).text);
	link_print_ways(environment, kind, code != NULL ? code : "");
	return command_end_output(context);
}

static int print_address(const struct environment *environment, json_t *body)
{
	const char *name = json_string_value(json_object_get(body, "name"));
	const char *address = json_string_value(json_object_get(body, "address"));
	const char *channel = json_string_value(json_object_get(body, "channel"));
	printf(word(environment->context, WORD_LINK_ADDRESS), name != NULL ? name : "",
	    address != NULL ? address : "", channel != NULL ? channel : "");
	return command_end_output(environment->context);
}

static int link_address(
    struct environment *environment, const char *person, const char *address, const char *channel)
{
	json_t *body = NULL;
	int status = client_run(environment, "link-address",
	    json_pack("{s:s, s:s, s:s}", "person", person, "address", address, "channel", channel),
	    &body, NULL);
	if (status == EX_OK)
		status = print_address(environment, body);
	json_decref(body);
	return status;
}

static int issue_code(struct environment *environment, const char *person, const char *kind)
{
	json_t *body = NULL;
	int status = client_run(environment, "link",
	    json_pack("{s:s, s:s?}", "person", person, "kind", kind), &body, NULL);
	if (status == EX_OK)
		status = print_code(environment, kind, body);
	json_decref(body);
	return status;
}

int command_link(const struct command_context *context, int argc, char **argv)
{
	const char *kind = NULL, *address = NULL, *channel = NULL;
	const struct option_form options[] = {
	    {"address", OPTION_TEXT, &address, "ADDRESS",
		"an address that the office vouches for, such as one of e-mail; with --channel",
		"địa chỉ do văn phòng xác nhận, như e-mail; kèm --channel"},
	    {"channel", OPTION_TEXT, &channel, "NAME", "through which it is reached; outgoing only",
		"gửi qua kênh nào; chỉ kênh một chiều"},
	    {"kind", OPTION_TEXT, &kind, "KIND", "only an account of this kind, such as zalo",
		"chỉ cho loại tài khoản này, như zalo"},
	};
	const struct command_form form = {
	    .usage_en = "[PERSON]",
	    .usage_vi = "[NGƯỜI]",
	    .about_en = "Issues a code for a person. Whoever texts it to the office's chat account "
			"within a week\nis linked to that person: reminders go there first, by SMS "
			"when they do not arrive.\nWithout a person: lists what is linked.\n",
	    .about_vi =
		"Cấp mã cho một người. Tài khoản nhắn mã này vào kênh chat của cơ quan "
		"trong một tuần\nđược liên kết với người đó: lời nhắc gửi vào đó trước, "
		"không tới thì gửi SMS.\nKhông ghi ai: liệt kê các tài khoản đã liên kết.\n",
	    .options = options,
	    .option_count = COUNT_OF(options),
	    .most = 1,
	};
	struct environment environment;
	int words, status;
	if (!options_read(context, &form, argc, argv, &words, &status))
		return status;
	if ((address == NULL) != (channel == NULL) || (address != NULL && words == 0))
		return command_error(EX_USAGE, "%s", word(context, WORD_LINK_ADDRESS_NEEDS));
	if (words == 0)
		return list_linked(context);
	status = environment_open(&environment, context, 0);
	if (status == EX_OK)
		status = address != NULL ? link_address(&environment, argv[1], address, channel)
					 : issue_code(&environment, argv[1], kind);
	environment_close(&environment);
	return status;
}

/* ── unlinking ───────────────────────────────────────────────────────────────────────────────── */

struct search {
	const char *person;
	bool found;
};

static bool is_persons(const struct address_row *row, void *arg)
{
	struct search *search = arg;
	search->found |= strcmp(row->person_code, search->person) == 0;
	return true;
}

/* A word that is no person's code is an address. */
static int unlink_one(struct environment *environment, const char *who)
{
	struct search search = {.person = who};
	struct failure failure;
	json_t *body = NULL;
	enum result result =
	    reader_addresses(environment->reader, who, is_persons, &search, &failure);
	if (result != RESULT_OK)
		return failure_print(&failure, result);
	int status = client_run(environment, "unlink",
	    json_pack("{s:s}", search.found ? "person" : "address", who), &body, NULL);
	if (status == EX_OK)
		printf(word(environment->context, WORD_UNLINKED), who,
		    (int)json_integer_value(json_object_get(body, "unlinked")));
	json_decref(body);
	return status == EX_OK ? command_end_output(environment->context) : status;
}

int command_unlink(const struct command_context *context, int argc, char **argv)
{
	const struct command_form form = {
	    .usage_en = "PERSON | ADDRESS",
	    .usage_vi = "NGƯỜI | ĐỊA_CHỈ",
	    .about_en = "Ends the links of a person's accounts, or of one account: what is sent "
			"goes by SMS from now on.\n",
	    .about_vi = "Bỏ liên kết mọi tài khoản của một người, hoặc một tài khoản: từ nay gửi "
			"bằng SMS.\n",
	    .least = 1,
	    .most = 1,
	};
	struct environment environment;
	int words, status;
	if (!options_read(context, &form, argc, argv, &words, &status))
		return status;
	status = environment_open(&environment, context, NEEDS_READER);
	if (status == EX_OK)
		status = unlink_one(&environment, argv[1]);
	environment_close(&environment);
	return status;
}
