/*
 * Owns: `nhacviec check`.
 * May use: base/, document/, store/reader.h.
 * Must not know: what the files are used for.
 */
#include "command/environment.h"
#include "command/file_kind.h"
#include "command/options.h"
#include "command/subcommands.h"
#include "command/words.h"

#include "document/plan_file.h"
#include "document/recipients_file.h"
#include "document/texts_file.h"

#include <stdio.h>
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
	"exit status is 78 when there is one. Nothing is changed.\n",
    .about_vi =
	"Kiểm tra cấu hình, lời trả lời, và các kế hoạch (.yaml), danh sách (.csv) được nêu.\n"
	"Mỗi lỗi được ghi TỆP:DÒNG: nội dung; mã thoát là 78 khi có lỗi. Không thay đổi gì.\n",
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

static bool is_stored(const char *code, void *arg)
{
	const struct reader_recipients *stored = arg;
	for (size_t i = 0; i < stored->unit_count; i++)
		if (strcmp(stored->units[i].code, code) == 0)
			return true;
	return false;
}

/* What is stored already may be a parent; without a database there is nothing. */
static void read_stored(
    const struct config *config, struct arena *arena, struct reader_recipients *stored)
{
	struct reader *reader = NULL;
	if (reader_open_sqlite(config->database, &reader, NULL) != RESULT_OK)
		return;
	if (reader_recipients(reader, arena, stored, NULL) != RESULT_OK)
		*stored = (struct reader_recipients){0};
	reader_close(reader);
}

static void check_file(const struct config *config, struct reader_recipients *stored,
    const char *path, struct complaints *complaints)
{
	struct arena *arena = complaints->arena;
	struct failure failure;
	const char *text;
	size_t len;
	if (document_read(arena, path, &text, &len, &failure) != RESULT_OK)
		complain(complaints, path, 0, "%s", failure.text);
	else if (file_is_recipients(text, len))
		recipients_file_parse(arena, path, text, len, is_stored, stored, complaints);
	else
		plan_file_parse(arena, path, text, len, config->holidays_dir, complaints);
}

static int check_all(
    const struct command_context *context, int words, char **argv, struct complaints *complaints)
{
	struct arena *arena = complaints->arena;
	struct reader_recipients stored = {0};
	struct config config;
	config_load(arena, context->config, &config, complaints);
	/* Without a folder of holidays or texts the rest would only repeat that. */
	if (complaints->errors == 0) {
		check_devices(context, &config, complaints);
		(void)texts_load(arena, config.texts_dir, complaints);
		read_stored(&config, arena, &stored);
		for (int i = 1; i <= words; i++)
			check_file(&config, &stored, argv[i], complaints);
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
