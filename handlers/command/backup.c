/*
 * Owns: `nhacviec backup`.
 * May use: store/reader.h.
 * Must not know: what a database is made of.
 */
#include "command/environment.h"
#include "command/options.h"
#include "command/subcommands.h"
#include "command/words.h"

#include <stdio.h>
#include <sysexits.h>

static const struct command_form form = {
    .usage_en = "FILE",
    .usage_vi = "TỆP",
    .about_en =
	"Copies the database into a new file, whole and consistent, also while the gateway\n"
	"runs. Never overwrites. To go back: stop the gateway and put the copy in place.\n",
    .about_vi =
	"Sao lưu cơ sở dữ liệu vào một tệp mới, trọn vẹn, cả khi dịch vụ đang chạy. Không ghi\n"
	"đè. Để khôi phục: dừng dịch vụ rồi đặt bản sao vào chỗ cũ.\n",
    .least = 1,
    .most = 1,
};

int command_backup(const struct command_context *context, int argc, char **argv)
{
	struct environment environment;
	struct failure failure;
	int words, status;
	if (!options_read(context, &form, argc, argv, &words, &status))
		return status;
	status = environment_open(&environment, context, NEEDS_READER);
	if (status == EX_OK) {
		enum result result = reader_backup(environment.reader, argv[1], &failure);
		status = result == RESULT_OK ? EX_OK : failure_print(&failure, result);
	}
	if (status == EX_OK) {
		printf(word(context, WORD_BACKUP_DONE), argv[1]);
		status = command_end_output(context);
	}
	environment_close(&environment);
	return status;
}
