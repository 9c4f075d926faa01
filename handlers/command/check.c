/*
 * Owns: `nhacviec check`.
 * May use: base/, document/, store/reader.h.
 * Must not know: what the files are used for.
 */
#include "command/environment.h"
#include "command/file_kind.h"
#include "command/options.h"
#include "command/own_texts.h"
#include "command/subcommands.h"
#include "command/words.h"

#include "document/plan_file.h"
#include "document/plan_lint.h"
#include "document/recipients_file.h"
#include "document/texts_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>

#define FILES_MAX 100

static const struct command_form form = {
    .usage_en = "[FILE…]",
    .usage_vi = "[TỆP…]",
    .about_en =
	"Checks the configuration, the texts of answers, and the plans (.yaml) and lists of\n"
	"recipients (.csv) that are named. Every error is listed as FILE:LINE: text, and the\n"
	"exit status is 78 when there is one. Plans are also looked at for what would disappoint\n"
	"(texts that are too long, people nobody reaches); without plans or lists among the "
	"files,\n"
	"those that were imported are taken. Texts kept by `inbox teach` are read again, and "
	"those\n"
	"still misread are listed. Nothing is changed.\n",
    .about_vi =
	"Kiểm tra cấu hình, lời trả lời, và các kế hoạch (.yaml), danh sách (.csv) được nêu.\n"
	"Mỗi lỗi được ghi TỆP:DÒNG: nội dung; mã thoát là 78 khi có lỗi. Kế hoạch còn được soát\n"
	"những chỗ dễ hỏng việc (tin quá dài, người không liên lạc được); không nêu kế hoạch hay\n"
	"danh sách thì lấy bản đã nhập. Các tin giữ lại bằng `inbox teach` được đọc lại, tin nào\n"
	"còn bị hiểu sai thì được nêu. Không thay đổi gì.\n",
    .most = FILES_MAX,
};

static void check_devices(const struct command_context *context, const struct config *config,
    struct complaints *complaints)
{
	for (size_t i = 0; i < config->modem_count; i++) {
		const char *device = config->modems[i].device;
		struct stat status;
		if (device != NULL && (stat(device, &status) != 0 || !S_ISCHR(status.st_mode)))
			complain_mildly(complaints, config->path, 0,
			    word(context, WORD_NOT_A_DEVICE), device, config->modems[i].name);
	}
}

/* A provider cannot reach a box behind an office's router. */
static void check_webhooks(const struct command_context *context, const struct config *config,
    struct complaints *complaints)
{
	for (size_t i = 0; i < config->channel_count; i++) {
		const struct config_channel *channel = &config->channels[i];
		if (channel->provider == NULL || !channel->provider->webhook.there)
			continue;
		bool needs = channel->provider->two_way && !channel->provider->poll.there;
		bool listens = config->public_url[0] != '\0' && config->http_listen[0] != '\0';
		if (needs && !listens && config->relay[0] == '\0')
			complain_mildly(complaints, config->path, 0,
			    word(context, WORD_NO_PUBLIC_ADDRESS), channel->name);
	}
}

static bool is_stored(const char *code, void *arg)
{
	const struct reader_recipients *stored = arg;
	for (size_t i = 0; i < stored->unit_count; i++)
		if (strcmp(stored->units[i].code, code) == 0)
			return true;
	return false;
}

/* ── what would disappoint ───────────────────────────────────────────────────────────────────── */

struct checked_plan {
	const struct plan *plan;
	const char *file;
};

struct check {
	const struct config *config;
	struct complaints *complaints;
	struct reader_recipients stored;
	struct checked_plan plans[FILES_MAX];
	size_t plan_count;
	const struct recipients *lists[FILES_MAX];
	const char *list_files[FILES_MAX];
	size_t list_count;
};

static bool check_stored_plan(const struct plan_row *row, void *arg)
{
	struct check *check = arg;
	struct arena *arena = check->complaints->arena;
	if (check->plan_count == FILES_MAX)
		return false;
	/* The names of the files it came from are not kept. */
	const char *file = arena_printf(arena, "plan %s", row->code);
	const struct plan *plan = plan_file_parse(arena, file, arena_copy(arena, row->body),
	    strlen(row->body), check->config->holidays_dir, check->complaints);
	if (plan != NULL)
		check->plans[check->plan_count++] = (struct checked_plan){plan, file};
	return true;
}

/* What is stored already may be a parent, and is what is looked at when no file is named; without a
 * database there is nothing. */
static void read_stored(struct check *check, bool plans_too)
{
	struct reader *reader = NULL;
	if (reader_open_sqlite(check->config->database, &reader, NULL) != RESULT_OK)
		return;
	if (reader_recipients(reader, check->complaints->arena, &check->stored, NULL) != RESULT_OK)
		check->stored = (struct reader_recipients){0};
	struct failure failure;
	if (plans_too && reader_plans(reader, check_stored_plan, check, &failure) != RESULT_OK)
		complain(check->complaints, check->config->database, 0, "%s", failure.text);
	reader_close(reader);
}

static void check_file(struct check *check, const char *path)
{
	struct arena *arena = check->complaints->arena;
	struct failure failure;
	const char *text;
	size_t len;
	if (document_read(arena, path, &text, &len, &failure) != RESULT_OK) {
		complain(check->complaints, path, 0, "%s", failure.text);
		return;
	}
	if (file_is_recipients(text, len)) {
		const struct recipients *list = recipients_file_parse(
		    arena, path, text, len, is_stored, &check->stored, check->complaints);
		if (list == NULL)
			return;
		check->list_files[check->list_count] = path;
		check->lists[check->list_count++] = list;
		return;
	}
	const struct plan *plan =
	    plan_file_parse(arena, path, text, len, check->config->holidays_dir, check->complaints);
	if (plan != NULL)
		check->plans[check->plan_count++] = (struct checked_plan){plan, path};
}

/* The lists that are named, else what was imported. */
static void take_lists(const struct check *check, struct lint_unit *units,
    struct lint_person *people, struct lint_post *posts, struct lint_world *world)
{
	for (size_t l = 0; l < check->list_count; l++) {
		const struct recipients *list = check->lists[l];
		const char *file = check->list_files[l];
		for (size_t i = 0; i < list->unit_count; i++)
			units[world->unit_count++] = (struct lint_unit){list->units[i].code,
			    list->units[i].name, list->units[i].kind, file, list->units[i].line};
		for (size_t i = 0; i < list->person_count; i++)
			people[world->person_count++] =
			    (struct lint_person){list->people[i].code, list->people[i].name,
				list->people[i].phone[0] != '\0', file, list->people[i].line};
		for (size_t i = 0; i < list->post_count; i++)
			posts[world->post_count++] = (struct lint_post){list->posts[i].unit_code,
			    list->posts[i].person_code, list->posts[i].post};
	}
}

static void take_stored(const struct check *check, struct lint_unit *units,
    struct lint_person *people, struct lint_post *posts, struct lint_world *world)
{
	const struct reader_recipients *stored = &check->stored;
	const char *file = check->config->database;
	for (size_t i = 0; i < stored->unit_count; i++)
		units[world->unit_count++] = (struct lint_unit){
		    stored->units[i].code, stored->units[i].name, stored->units[i].kind, file, 0};
	for (size_t i = 0; i < stored->person_count; i++)
		people[world->person_count++] = (struct lint_person){stored->people[i].code,
		    stored->people[i].name,
		    stored->people[i].phone != NULL && stored->people[i].phone[0] != '\0', file, 0};
	for (size_t i = 0; i < stored->post_count; i++) {
		struct lint_post post = {
		    stored->posts[i].unit_code, stored->posts[i].person_code, POST_REPORTER};
		if (plan_post_of_name(stored->posts[i].post, &post.post))
			posts[world->post_count++] = post;
	}
}

static struct lint_world make_world(const struct check *check)
{
	struct arena *arena = check->complaints->arena;
	const struct config *config = check->config;
	size_t units = check->stored.unit_count, people = check->stored.person_count;
	size_t posts = check->stored.post_count;
	for (size_t l = 0; l < check->list_count; l++) {
		units += check->lists[l]->unit_count;
		people += check->lists[l]->person_count;
		posts += check->lists[l]->post_count;
	}
	struct lint_unit *unit_room = arena_alloc(arena, (units + 1) * sizeof *unit_room);
	struct lint_person *person_room = arena_alloc(arena, (people + 1) * sizeof *person_room);
	struct lint_post *post_room = arena_alloc(arena, (posts + 1) * sizeof *post_room);
	struct lint_channel *channels = arena_alloc(
	    arena, (config->modem_count + config->channel_count + 1) * sizeof *channels);
	for (size_t i = 0; i < config->modem_count; i++)
		channels[i] = (struct lint_channel){config->modems[i].name, true};
	for (size_t i = 0; i < config->channel_count; i++)
		channels[config->modem_count + i] = (struct lint_channel){
		    config->channels[i].name, config->channels[i].provider->two_way};
	struct lint_world world = {.units = unit_room,
	    .people = person_room,
	    .posts = post_room,
	    .channels = channels,
	    .channel_count = config->modem_count + config->channel_count,
	    .fold = strcmp(config->encoding, "plain") == 0,
	    .parts_max = config->parts_max};
	if (check->list_count > 0)
		take_lists(check, unit_room, person_room, post_room, &world);
	else
		take_stored(check, unit_room, person_room, post_room, &world);
	return world;
}

static void lint_plans(const struct check *check)
{
	struct lint_world world = make_world(check);
	struct failure failure;
	struct wall now;
	bool timed = command_now(getenv("NHACVIEC_CLOCK"), &now, &failure) == RESULT_OK;
	if (!timed)
		complain(check->complaints, check->config->path, 0, "%s", failure.text);
	for (size_t i = 0; i < check->plan_count; i++) {
		const struct checked_plan *checked = &check->plans[i];
		plan_lint(checked->plan, checked->file, &world, check->complaints);
		if (timed)
			plan_lint_holidays(checked->plan, checked->file,
			    calendar_day(&checked->plan->calendar, now), check->complaints);
	}
}

/* The office's own texts, by the plans at hand. */
static void check_own_texts(const struct command_context *context, const struct check *check)
{
	const struct plan *plans[FILES_MAX];
	for (size_t i = 0; i < check->plan_count; i++)
		plans[i] = check->plans[i].plan;
	own_texts_check(
	    context, check->config->own_texts, plans, check->plan_count, check->complaints);
}

static bool has_plan_file(int words, char **argv)
{
	for (int i = 1; i <= words; i++) {
		size_t len = strlen(argv[i]);
		if (len < 4 || strcmp(argv[i] + len - 4, ".csv") != 0)
			return true;
	}
	return false;
}

static int check_all(
    const struct command_context *context, int words, char **argv, struct complaints *complaints)
{
	struct config config;
	config_load(complaints->arena, context->config, &config, complaints);
	/* Without a folder of holidays or texts the rest would only repeat that. */
	if (complaints->errors == 0) {
		struct check *check = arena_alloc(complaints->arena, sizeof *check);
		*check = (struct check){.config = &config, .complaints = complaints};
		check_devices(context, &config, complaints);
		check_webhooks(context, &config, complaints);
		(void)texts_load(complaints->arena, config.texts_dir, complaints);
		read_stored(check, !has_plan_file(words, argv));
		for (int i = 1; i <= words; i++)
			check_file(check, argv[i]);
		lint_plans(check);
		check_own_texts(context, check);
	}
	complaints_print(context, complaints, true);
	if (complaints->errors > 0)
		return EX_CONFIG;
	fputs(word(context, WORD_CHECK_FINE), stdout);
	return command_end_output(context);
}

int command_check(const struct command_context *context, int argc, char **argv)
{
	int words, status;
	if (!options_read(context, &form, argc, argv, &words, &status))
		return status;
	struct complaints *complaints = memory_new(sizeof *complaints);
	complaints->arena = arena_new();
	status = check_all(context, words, argv, complaints);
	arena_free(complaints->arena);
	memory_free(complaints);
	return status;
}
