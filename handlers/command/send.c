/*
 * Owns: `nhacviec send`.
 * May use: base/, command/ (the operations).
 * Must not know: how texts leave.
 */
#include "command/environment.h"
#include "command/options.h"
#include "command/show.h"
#include "command/subcommands.h"
#include "command/words.h"

#include <stdio.h>
#include <sys/random.h>
#include <sysexits.h>

#define KEY_BYTES 8

/* Two requests of which nobody says that they are one are two. */
static const char *make_key(struct arena *arena)
{
	unsigned char bytes[KEY_BYTES];
	char text[2 * KEY_BYTES + 1];
	if (getrandom(bytes, sizeof bytes, 0) != (ssize_t)sizeof bytes)
		return NULL;
	for (size_t i = 0; i < sizeof bytes; i++)
		snprintf(text + 2 * i, 3, "%02x", bytes[i]);
	return arena_copy(arena, text);
}

static int number_of(json_t *body, const char *name)
{
	return (int)json_integer_value(json_object_get(body, name));
}

static int print_result(const struct environment *environment, json_t *body, bool dry_run)
{
	const struct command_context *context = environment->context;
	size_t i;
	json_t *item;
	json_array_foreach(json_object_get(body, "skipped"), i, item)
	{
		const char *name = json_string_value(json_object_get(item, "name"));
		const char *reason = json_string_value(json_object_get(item, "reason"));
		printf(word(context, WORD_SEND_SKIPPED), show_clean(environment->arena, name),
		    reason_in_words(context->language, reason));
	}
	const char *key = json_string_value(json_object_get(body, "key"));
	if (dry_run)
		printf(word(context, WORD_SEND_WOULD), number_of(body, "messages"),
		    number_of(body, "parts"), (long long)number_of(body, "cost"));
	else
		printf(word(context, WORD_SEND_QUEUED), number_of(body, "queued"),
		    number_of(body, "already"), number_of(body, "parts"),
		    (long long)number_of(body, "cost"), key != NULL ? key : "");
	return command_end_output(context);
}

struct choices {
	const char *to, *group, *key;
	bool dry_run;
};

static int send_text(
    const struct environment *environment, const struct choices *choices, const char *text)
{
	json_t *body = NULL;
	bool by_daemon;
	const char *key = choices->key != NULL ? choices->key : make_key(environment->arena);
	int status = client_run(environment, "send",
	    json_pack("{s:s?, s:s?, s:s, s:s?, s:b}", "person", choices->to, "group",
		choices->group, "text", text, "key", key, "preview", choices->dry_run),
	    &body, &by_daemon);
	if (status == EX_OK)
		status = print_result(environment, body, choices->dry_run);
	if (status == EX_OK && !by_daemon && !choices->dry_run)
		fputs(word(environment->context, WORD_NO_DAEMON), stdout);
	json_decref(body);
	return status;
}

int command_send(const struct command_context *context, int argc, char **argv)
{
	struct choices choices = {0};
	const struct option_form options[] = {
	    {"to", OPTION_TEXT, &choices.to, "PERSON", "the code of one person",
		"mã của một người"},
	    {"group", OPTION_TEXT, &choices.group, "POST/KIND",
		"everybody of a post in units of a kind: reporter/commune",
		"mọi người giữ chức trách ở loại đơn vị: reporter/commune"},
	    {"key", OPTION_TEXT, &choices.key, "CODE",
		"name of this request: the same name sends once, however often it is asked",
		"tên yêu cầu: cùng tên chỉ gửi một lần, dù lặp lại lệnh"},
	    {"dry-run", OPTION_FLAG, &choices.dry_run, NULL, "only show how many and what it costs",
		"chỉ xem số tin và chi phí"},
	};
	const struct command_form form = {
	    .usage_en = "TEXT",
	    .usage_vi = "NỘI_DUNG",
	    .about_en =
		"Texts one person or a group, outside every plan; for an Action Month text, "
		"say. It leaves\nin working hours, and not to those who asked for silence.\n",
	    .about_vi =
		"Nhắn một người hoặc một nhóm, ngoài kế hoạch; ví dụ một thông điệp Tháng hành "
		"động. Tin\nđược gửi trong giờ làm việc, không gửi người đã xin không nhận.\n",
	    .options = options,
	    .option_count = COUNT_OF(options),
	    .least = 1,
	    .most = 1,
	};
	struct environment environment;
	int words, status;
	if (!options_read(context, &form, argc, argv, &words, &status))
		return status;
	if ((choices.to == NULL) == (choices.group == NULL))
		return command_error(EX_USAGE, "%s", word(context, WORD_ONE_RECIPIENT));
	status = environment_open(&environment, context, 0);
	if (status == EX_OK)
		status = send_text(&environment, &choices, argv[1]);
	environment_close(&environment);
	return status;
}
