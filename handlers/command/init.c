/*
 * Owns: `nhacviec init`: three questions, or options; then the files.
 * May use: base/, document/, plan/, text/, command/init.h.
 * Must not know: what the configuration is used for.
 */
#include "command/environment.h"
#include "command/init.h"
#include "command/options.h"
#include "command/subcommands.h"
#include "command/words.h"

#include "base/buffer.h"
#include "document/recipients_file.h"
#include "text/utf8.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#define OFFICE_LETTERS_MAX 40
#define ANSWER_BYTES 400
#define FILES_COUNT 3
#define DEFAULT_DEVICE "/dev/ttyUSB0"
#define DEFAULT_OWNER "VP"

struct init {
	const struct command_context *context;
	struct arena *arena;
	const char *office, *device, *list, *state_dir;
	int64_t year;
	const char *folder, *plan_path, *list_path;
	const char *owner;
};

/* ── three questions ─────────────────────────────────────────────────────────────────────────── */

/* The line that is typed, trimmed; NULL at the end of input. In the arena. */
static const char *ask(const struct init *init)
{
	char line[ANSWER_BYTES];
	fflush(stdout);
	if (fgets(line, sizeof line, stdin) == NULL)
		return NULL;
	char *start = line, *end = line + strlen(line);
	while (*start == ' ' || *start == '\t')
		start++;
	while (end > start && strchr(" \t\r\n", end[-1]) != NULL)
		end--;
	return arena_copy_bytes(init->arena, start, (size_t)(end - start));
}

static void ask_what_is_missing(struct init *init)
{
	const char *answer;
	if (init->office != NULL)
		return; /* options answer; nobody is asked */
	fputs(word(init->context, WORD_INIT_HEAD), stdout);
	fputs(word(init->context, WORD_INIT_OFFICE), stdout);
	init->office = ask(init);
	if (init->office == NULL || init->office[0] == '\0') {
		init->office = NULL;
		return;
	}
	if (init->device == NULL) {
		printf(word(init->context, WORD_INIT_MODEM), DEFAULT_DEVICE);
		answer = ask(init);
		init->device = answer != NULL && answer[0] != '\0' ? answer : NULL;
	}
	if (init->list == NULL) {
		fputs(word(init->context, WORD_INIT_LIST), stdout);
		answer = ask(init);
		init->list = answer != NULL && answer[0] != '\0' ? answer : NULL;
	}
}

static int check_answers(struct init *init)
{
	const struct command_context *context = init->context;
	if (init->office == NULL)
		return command_error(EX_USAGE, "%s", word(context, WORD_INIT_NEEDS_OFFICE));
	if (init->device == NULL)
		init->device = DEFAULT_DEVICE;
	bool plain =
	    strpbrk(init->office, "{}\"\\") == NULL &&
	    utf8_length(init->office) <= OFFICE_LETTERS_MAX &&
	    document_utf8_error(init->office, strlen(init->office)) == strlen(init->office);
	for (const char *c = init->office; *c != '\0'; c++)
		plain = plain && (unsigned char)*c >= 0x20 && *c != 0x7f;
	if (!plain)
		return command_error(EX_USAGE, "%s", word(context, WORD_INIT_BAD_OFFICE));
	for (const char *c = init->device; *c != '\0'; c++)
		if (init->device[0] != '/' || (unsigned char)*c <= 0x20 || *c == '"' || *c == '\\')
			return command_error(
			    EX_USAGE, word(context, WORD_INIT_BAD_DEVICE), init->device);
	return EX_OK;
}

/* ── the list that is there already ──────────────────────────────────────────────────────────── */

static int find_owner(struct init *init)
{
	struct complaints *complaints = arena_alloc(init->arena, sizeof *complaints);
	struct failure failure;
	const char *text;
	size_t len, tops = 0;
	complaints->arena = init->arena;
	init->owner = DEFAULT_OWNER;
	if (init->list == NULL)
		return EX_OK;
	enum result result = document_read(init->arena, init->list, &text, &len, &failure);
	if (result != RESULT_OK)
		return failure_print(&failure, result);
	const struct recipients *recipients =
	    recipients_file_parse(init->arena, init->list, text, len, NULL, NULL, complaints);
	complaints_print(init->context, complaints, true);
	if (recipients == NULL)
		return EX_DATAERR;
	for (size_t i = 0; i < recipients->unit_count; i++) {
		if (recipients->units[i].parent[0] == '\0') {
			init->owner = recipients->units[i].code;
			tops++;
		}
	}
	return tops == 1
		   ? EX_OK
		   : command_error(EX_DATAERR, word(init->context, WORD_INIT_LIST_TOP), init->list);
}

/* ── the files ───────────────────────────────────────────────────────────────────────────────── */

struct new_file {
	const char *path;
	char *text; /* heap */
	size_t len;
	bool written;
};

static void write_config(const struct init *init, FILE *out)
{
	config_print_example(out, init->context->language);
	fprintf(out, "\nstate_dir: \"%s\"\nmodems:\n  - name: modem1\n    device: \"%s\"\n",
	    init->state_dir, init->device);
}

static void write_plan(const struct init *init, FILE *out)
{
	const char *holidays = arena_printf(
	    init->arena, NHACVIEC_PREFIX "/share/nhacviec/holidays/vn-%d.ics", (int)init->year);
	const struct init_plan plan = {
	    .office = init->office,
	    .owner = init->owner,
	    .year = (int)init->year,
	    .has_holidays = access(holidays, R_OK) == 0,
	};
	init_write_plan(out, &plan);
}

static void write_list(const struct init *init, FILE *out)
{
	struct recipient_unit office = {.code = init->owner,
	    .name = init->office,
	    .kind = "office",
	    .parent = "",
	    .valid_from = DAY_NONE,
	    .valid_until = DAY_NONE,
	    .successor = ""};
	const struct recipients recipients = {.units = &office, .unit_count = 1};
	recipients_file_write(out, &recipients);
}

static void compose(const struct init *init, struct new_file *file, const char *path,
    void (*write)(const struct init *init, FILE *out))
{
	FILE *out = open_memstream(&file->text, &file->len);
	if (out == NULL)
		abort();
	write(init, out);
	if (fclose(out) != 0)
		abort();
	file->path = path;
}

/* Root writes what the service's own user must be able to read, once that user exists. */
static void give_to_service(int fd)
{
	const struct group *group = geteuid() == 0 ? getgrnam("nhacviec") : NULL;
	if (fd >= 0 && group != NULL && fchown(fd, (uid_t)-1, group->gr_gid) != 0)
		return; /* `serve` then says which file it cannot read */
}

static int write_file(const struct init *init, struct new_file *file)
{
	int fd = open(file->path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0640);
	if (fd < 0 && errno == EEXIST)
		return command_error(
		    EX_CANTCREAT, word(init->context, WORD_INIT_EXISTS), file->path);
	file->written = fd >= 0;
	give_to_service(fd);
	for (size_t at = 0; fd >= 0 && at < file->len;) {
		ssize_t wrote = write(fd, file->text + at, file->len - at);
		if (wrote < 0 && errno == EINTR)
			continue;
		if (wrote < 0) {
			int error = errno;
			close(fd);
			errno = error;
			fd = -1;
		}
		at += wrote > 0 ? (size_t)wrote : 0;
	}
	if (fd >= 0 && fsync(fd) == 0 && close(fd) == 0)
		return EX_OK;
	return command_error(
	    EX_CANTCREAT, word(init->context, WORD_INIT_CANNOT_WRITE), file->path, strerror(errno));
}

/* All of them, or none. */
static int write_files(const struct init *init, struct new_file *files, size_t count)
{
	int status = EX_OK;
	for (size_t i = 0; i < count && status == EX_OK; i++)
		if (access(files[i].path, F_OK) == 0)
			status = command_error(
			    EX_CANTCREAT, word(init->context, WORD_INIT_EXISTS), files[i].path);
	for (size_t i = 0; i < count && status == EX_OK; i++)
		status = write_file(init, &files[i]);
	for (size_t i = 0; i < count && status != EX_OK; i++)
		if (files[i].written)
			unlink(files[i].path);
	return status;
}

static int make_folder(const struct init *init, const char *path)
{
	if (mkdir(path, 0750) == 0 || errno == EEXIST)
		return EX_OK;
	return command_error(
	    EX_CANTCREAT, word(init->context, WORD_INIT_CANNOT_MAKE), path, strerror(errno));
}

static int write_all(const struct init *init)
{
	struct new_file files[FILES_COUNT] = {{0}};
	size_t count = 0;
	compose(init, &files[count++], init->context->config, write_config);
	compose(init, &files[count++], init->plan_path, write_plan);
	if (init->list == NULL)
		compose(init, &files[count++], init->list_path, write_list);
	int status = make_folder(init, init->folder);
	if (status == EX_OK)
		status = write_files(init, files, count);
	if (status == EX_OK)
		status =
		    make_folder(init, document_path_in(init->arena, init->folder, init->state_dir));
	for (size_t i = 0; i < count; i++) {
		if (status == EX_OK)
			printf(word(init->context, WORD_INIT_WRITTEN), files[i].path);
		free(files[i].text);
	}
	return status;
}

static void print_next(const struct init *init)
{
	const char *config = init->context->config;
	const char *list = init->list != NULL ? init->list : init->list_path;
	printf(word(init->context, WORD_INIT_NEXT), list, config, list, init->plan_path, config,
	    list, init->plan_path, config, arena_printf(init->arena, "KH-%d", (int)init->year));
}

/* ── the command ─────────────────────────────────────────────────────────────────────────────── */

static int fill_in(struct init *init)
{
	struct failure failure;
	struct wall now;
	bool standard =
	    strcmp(init->context->config, NHACVIEC_SYSCONFDIR "/nhacviec/nhacviec.yaml") == 0;
	if (init->year == 0) {
		enum result result = command_now(getenv("NHACVIEC_CLOCK"), &now, &failure);
		if (result != RESULT_OK)
			return failure_print(&failure, result);
		init->year = civil_of_wall(now, 420).year;
	}
	if (init->state_dir == NULL)
		init->state_dir = standard ? NHACVIEC_STATEDIR : "state";
	init->folder = document_folder(init->arena, init->context->config);
	init->plan_path = document_path_in(
	    init->arena, init->folder, arena_printf(init->arena, "plan-%d.yaml", (int)init->year));
	init->list_path = document_path_in(init->arena, init->folder, "recipients.csv");
	return EX_OK;
}

static int run(struct init *init)
{
	ask_what_is_missing(init);
	int status = check_answers(init);
	if (status == EX_OK)
		status = find_owner(init);
	if (status == EX_OK)
		status = fill_in(init);
	if (status == EX_OK)
		status = write_all(init);
	if (status != EX_OK)
		return status;
	print_next(init);
	return command_end_output(init->context);
}

int command_init(const struct command_context *context, int argc, char **argv)
{
	struct init init = {.context = context};
	const struct option_form options[] = {
	    {"office", OPTION_TEXT, &init.office, "NAME",
		"name of the office in texts; then nothing is asked",
		"tên cơ quan trong tin nhắn; khi có thì không hỏi gì"},
	    {"device", OPTION_TEXT, &init.device, "PATH", "device of the modem", "thiết bị modem"},
	    {"list", OPTION_TEXT, &init.list, "FILE", "the list of units and people (CSV)",
		"danh sách đơn vị và cán bộ (CSV)"},
	    {"year", OPTION_NUMBER, &init.year, "YEAR", "the plan's year (this year)",
		"năm của kế hoạch (năm nay)"},
	    {"state-dir", OPTION_TEXT, &init.state_dir, "FOLDER", "where the database goes",
		"nơi đặt cơ sở dữ liệu"},
	};
	const struct command_form form = {
	    .usage_en = "[OPTIONS]",
	    .usage_vi = "[TÙY CHỌN]",
	    .about_en =
		"Writes the configuration (where --config says), and beside it this year's plan "
		"and, when\nthere is none yet, a list of recipients to fill in. Asks three "
		"questions, or takes --office.\nNever overwrites.\n",
	    .about_vi =
		"Viết cấu hình (theo --config), cạnh đó là kế hoạch năm nay và, nếu chưa có, "
		"danh sách để\nđiền. Hỏi ba câu, hoặc dùng --office. Không ghi đè.\n",
	    .options = options,
	    .option_count = COUNT_OF(options),
	};
	int words, status;
	if (!options_read(context, &form, argc, argv, &words, &status))
		return status;
	if (init.year != 0 && (init.year < 2000 || init.year > 2100))
		return command_error(EX_USAGE, word(context, WORD_OPTION_WANTS_NUMBER), "year");
	init.arena = arena_new();
	status = run(&init);
	arena_free(init.arena);
	return status;
}
