/*
 * Owns: tests of the subcommands as an officer uses them: from init to backup, with and without a
 * daemon.
 * May use: command/, loop/, store/, cmocka.
 * Must not know: how the commands do it.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "fixture.h"

#include "command/operation.h"
#include "loop/control.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sysexits.h>

static const char list[] =
    "unit_code,unit_name,unit_kind,parent,person_code,person_name,post,phone,language\n"
    "PHONG,Phòng Lao động,office,,P1,Bế Thị An,coordinator,+84900000001,vi\n"
    "DAM-THUY,Xã Đàm Thuỷ,commune,PHONG,P2,Hà Văn Bình,reporter,+84900000002,vi\n"
    "DAM-THUY,Xã Đàm Thuỷ,commune,PHONG,P3,Lý Thị Chi,leader,+84900000003,vi\n"
    "NGOC-CON,Xã Ngọc Côn,commune,PHONG,P4,Ma Văn Dũng,reporter,+84900000004,vi\n";

/* Two days from 14 May 2020 the first reminder of this one goes out. */
static const char plan[] =
    "plan: KH\nname: Thử\nowner: PHONG\noffice: PLDTBXH\n"
    "texts:\n  nhac: \"{office}: {unit} gui {report} truoc {deadline}\"\n"
    "  moi: \"{office}: moi {unit} du {event} {start}\"\n"
    "ladders:\n  l:\n    - {step: som, when: -14d, at: 08:00, to: reporter, text: nhac}\n"
    "    - {step: cuoi, when: -1wd, at: 08:00, to: reporter, text: nhac, last_call: true}\n"
    "  e:\n    - {step: moi, when: -2d, at: 09:00, to: reporter, text: moi}\n"
    "reports:\n  6T: {name: bao cao 6 thang, for: {kinds: [commune]}, before: 06-01, years: 2020, "
    "ladder: l}\n"
    "events:\n  LE: {name: Le ra quan, start: 2020-05-20, for: {kinds: [commune]}, ladder: e}\n";

/* The daemon's part in these tests: the same operations behind the control socket. */
struct daemon {
	struct operation_place place;
	struct control *control;
};

static bool commit(void *arg)
{
	struct daemon *daemon = arg;
	return daemon->place.store->ops->flush(daemon->place.store);
}

static void reply(enum result result, const struct failure *failure, json_t *body, void *arg)
{
	char *text = operation_reply_text(result, failure, body);
	control_reply(arg, text, strlen(text));
	free(text);
}

static void request_came(
    struct control_call *call, const char *caller, const char *request, size_t len, void *arg)
{
	struct daemon *daemon = arg;
	operation_start(&daemon->place, caller, request, len, reply, call);
}

static void run_daemon(const char *folder, int ready)
{
	static struct daemon daemon;
	static struct config config = {.encoding = "plain",
	    .parts_max = 3,
	    .price_per_part = 350,
	    .validity_ms = DAY_MS,
	    .holidays_dir = "/nonexistent"};
	struct failure failure;
	char database[200], socket[200];
	snprintf(database, sizeof database, "%s/state/nhacviec.db", folder);
	snprintf(socket, sizeof socket, "%s/state/control.sock", folder);
	daemon.place.config = &config;
	daemon.place.loop = loop_new(getenv("NHACVIEC_CLOCK"), "daemon", &failure);
	if (daemon.place.loop == NULL ||
	    store_open_sqlite(database, 1, loop_now(daemon.place.loop), &daemon.place.store,
		&failure) != RESULT_OK ||
	    reader_open_sqlite(database, &daemon.place.reader, &failure) != RESULT_OK)
		_exit(2);
	daemon.control = control_new(daemon.place.loop, socket, request_came, &daemon, &failure);
	loop_set_turn_end(daemon.place.loop, commit, &daemon);
	close(ready);
	if (daemon.control != NULL)
		(void)loop_run(daemon.place.loop);
	_exit(1);
}

static pid_t start_daemon(const char *folder)
{
	int ready[2];
	char byte;
	assert_int_equal(pipe(ready), 0);
	fflush(NULL);
	pid_t pid = fork();
	if (pid == 0)
		run_daemon(folder, ready[1]);
	close(ready[1]);
	assert_int_equal(read(ready[0], &byte, 1), 0);
	close(ready[0]);
	return pid;
}

static void stop_daemon(pid_t pid)
{
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
}

/* ── a fresh office ──────────────────────────────────────────────────────────────────────────── */

static int begin(void **state)
{
	struct place *place = memory_new(sizeof *place);
	place_begin(place);
	char text[600], here[300];
	assert_non_null(getcwd(here, sizeof here));
	snprintf(text, sizeof text,
	    "state_dir: state\nholidays_dir: %s\ntexts_dir: %s/config/texts\n", place->folder,
	    here);
	write_in_place(place, "nhacviec.yaml", text);
	assert_int_equal(mkdir(in_place(place, "state"), 0700), 0);
	write_in_place(place, "list.csv", list);
	write_in_place(place, "plan.yaml", plan);
	*state = place;
	return 0;
}

static int end(void **state)
{
	place_end(*state);
	free(*state);
	return 0;
}

static void import_both(struct place *place)
{
	assert_status(run("import", "--yes", in_place(place, "list.csv"), NULL), EX_OK);
	assert_status(run("import", "--yes", in_place(place, "plan.yaml"), NULL), EX_OK);
}

static void test_init_asks_three_questions_and_what_it_writes_is_right(void **state)
{
	struct place *place = *state;
	char config[200], plan_path[200], list_path[200], here[300];
	snprintf(config, sizeof config, "%s/new/nhacviec.yaml", place->folder);
	snprintf(plan_path, sizeof plan_path, "%s/new/plan-2020.yaml", place->folder);
	snprintf(list_path, sizeof list_path, "%s/new/recipients.csv", place->folder);
	const struct outcome *outcome = type("P.LĐTBXH Trùng Khánh\n/dev/ttyUSB0\n\n", "--config",
	    config, "--lang", "vi", "init", NULL);
	assert_status(outcome, EX_OK);
	assert_says(outcome->out, "1. Tên cơ quan");
	assert_says(outcome->out, plan_path);
	/* Nothing is installed on this machine. */
	FILE *file = fopen(config, "a");
	assert_non_null(file);
	assert_non_null(getcwd(here, sizeof here));
	fprintf(file, "\ntexts_dir: %s/config/texts\n", here);
	fclose(file);
	/* What it wrote can be imported and started as it is. */
	assert_status(run("--config", config, "import", "--yes", list_path, NULL), EX_OK);
	outcome = run("--config", config, "import", "--yes", plan_path, NULL);
	assert_status(outcome, EX_OK);
	assert_null(strstr(outcome->err, "The text")); /* of its texts and ladders all is well */
	assert_null(strstr(outcome->err, "ladder"));
	assert_says(outcome->out, "nhacviec start KH-2020");
	assert_status(run("--config", config, "start", "KH-2020", NULL), EX_OK);
	/* Never overwrites. */
	outcome = run("--config", config, "init", "--office", "X", NULL);
	assert_status(outcome, EX_CANTCREAT);
	assert_says(outcome->err, "exists already; nothing was written");
}

static void test_init_takes_a_list_and_leaves_nothing_half_written(void **state)
{
	struct place *place = *state;
	char config[200], list_path[200];
	snprintf(config, sizeof config, "%s/other.yaml", place->folder);
	snprintf(list_path, sizeof list_path, "%s/list.csv", place->folder);
	write_in_place(place, "plan-2021.yaml", "mine");
	assert_status(
	    run("--config", config, "init", "--office", "X", "--year", "2021", NULL), EX_CANTCREAT);
	assert_int_equal(access(config, F_OK), -1);
	assert_status(run("--config", config, "init", "--office", "X", "--list", list_path,
			  "--year", "2022", NULL),
	    EX_OK);
	assert_int_equal(access(in_place(place, "recipients.csv"), F_OK), -1);
	char text[5000] = "";
	FILE *file = fopen(in_place(place, "plan-2022.yaml"), "r");
	assert_non_null(file);
	assert_true(fread(text, 1, sizeof text - 1, file) > 0);
	fclose(file);
	assert_says(text, "owner: PHONG");
}

static void test_init_refuses_what_would_not_work(void **state)
{
	struct place *place = *state;
	char config[200];
	snprintf(config, sizeof config, "%s/other.yaml", place->folder);
	assert_status(type("", "--config", config, "init", NULL), EX_USAGE);
	assert_status(type("\n", "--config", config, "init", NULL), EX_USAGE);
	static const char *const offices[] = {
	    "a{b}", "a\"b", "a\nb", "tên quá dài tên quá dài tên quá dài tên quá dài", "\xFF"};
	for (size_t i = 0; i < COUNT_OF(offices); i++)
		assert_status(
		    run("--config", config, "init", "--office", offices[i], NULL), EX_USAGE);
	assert_status(run("--config", config, "init", "--office", "X", "--device", "ttyUSB0", NULL),
	    EX_USAGE);
	assert_status(run("--config", config, "init", "--office", "X", "--list",
			  write_in_place(place, "bad.csv", "x,y\n"), NULL),
	    EX_DATAERR);
	assert_status(
	    run("--config", "/proc/nowhere/x.yaml", "init", "--office", "X", NULL), EX_CANTCREAT);
	assert_int_equal(access(config, F_OK), -1);
}

/* ── files ───────────────────────────────────────────────────────────────────────────────────── */

static void test_check_lists_every_error_by_line(void **state)
{
	struct place *place = *state;
	char bad_plan[200], bad_list[200], expected[300];
	char *texts = realpath("config/texts", NULL);
	if (texts == NULL)
		skip();
	char text[600];
	snprintf(text, sizeof text, "state_dir: state\nholidays_dir: %s\ntexts_dir: %s\n",
	    place->folder, texts);
	free(texts);
	write_in_place(place, "nhacviec.yaml", text);
	snprintf(bad_plan, sizeof bad_plan, "%s",
	    write_in_place(place, "bad.yaml", "plan: X\nnmae: Y\nowner: Z\noffice: V\n"));
	snprintf(bad_list, sizeof bad_list, "%s",
	    write_in_place(place, "bad.csv",
		"unit_code,unit_name,unit_kind,parent,person_code,person_name,post,phone,"
		"language\nA,A,commune,NOWHERE,P1,An,reporter,12,vi\n"));
	const struct outcome *outcome = run("check", bad_plan, bad_list, NULL);
	assert_status(outcome, EX_CONFIG);
	snprintf(expected, sizeof expected, "%s:2: ", bad_plan);
	assert_says(outcome->err, expected);
	snprintf(expected, sizeof expected, "%s:2: ", bad_list);
	assert_says(outcome->err, expected);
	write_in_place(place, "nhacviec.yaml", "state_dir: state\nfoo: 1\n");
	outcome = run("check", NULL);
	assert_status(outcome, EX_CONFIG);
	assert_says(outcome->err, "nhacviec.yaml:2: ");
}

static void test_check_tells_of_people_whom_nothing_reaches(void **state)
{
	struct place *place = *state;
	char config[1000], list_path[200], expected[300];
	char *texts = realpath("config/texts", NULL), *holidays = realpath("config/holidays", NULL);
	if (texts == NULL || holidays == NULL)
		skip();
	snprintf(config, sizeof config, "state_dir: state\nholidays_dir: %s\ntexts_dir: %s\n",
	    holidays, texts);
	free(texts);
	free(holidays);
	write_in_place(place, "nhacviec.yaml", config);
	snprintf(list_path, sizeof list_path, "%s",
	    write_in_place(place, "silent.csv",
		"unit_code,unit_name,unit_kind,parent,person_code,person_name,post,phone,"
		"language\nA,Xã A,commune,,P1,An,leader,,vi\n"));
	const struct outcome *outcome =
	    run("check", list_path, "config/plans/trung-khanh-2020.yaml", NULL);
	assert_status(outcome, EX_OK);
	snprintf(expected, sizeof expected, "%s:2: ", list_path);
	assert_says(outcome->err, expected);
	assert_says(outcome->err, "An (P1) cannot be reached");
	assert_says(outcome->err, "owes 6T but has no reporter");
}

static void test_import_shows_what_changes_and_twice_changes_nothing(void **state)
{
	struct place *place = *state;
	const struct outcome *outcome =
	    run("import", "--dry-run", in_place(place, "list.csv"), NULL);
	assert_status(outcome, EX_OK);
	assert_says(outcome->out, "would be made; nothing was changed yet");
	assert_says(outcome->out, "+ unit DAM-THUY Xã Đàm Thuỷ");
	import_both(place);
	assert_says(
	    run("import", "--yes", in_place(place, "list.csv"), NULL)->out, "Nothing to change.");
	assert_says(
	    run("import", "--yes", in_place(place, "plan.yaml"), NULL)->out, "Nothing to change.");
	/* Who is absent is left alone unless --retire. */
	char shorter[sizeof list];
	memcpy(shorter, list, sizeof list);
	*(strstr(shorter, "NGOC-CON")) = '\0';
	write_in_place(place, "list.csv", shorter);
	outcome = run("import", "--yes", in_place(place, "list.csv"), NULL);
	assert_says(outcome->out, "? unit NGOC-CON");
	assert_says(outcome->out, "left alone");
	assert_says(run("board", NULL)->out, "Ngọc Côn");
	outcome = run("import", "--yes", "--retire", in_place(place, "list.csv"), NULL);
	assert_says(outcome->out, "- unit NGOC-CON");
	assert_null(strstr(run("board", NULL)->out, "Ngọc Côn"));
}

static void test_import_without_a_yes_applies_nothing_and_says_so(void **state)
{
	struct place *place = *state;
	const struct outcome *outcome = run("import", in_place(place, "list.csv"), NULL);
	assert_status(outcome, 1);
	assert_says(outcome->out, "+ unit DAM-THUY");
	assert_says(outcome->out, "nothing was applied");
	/* What is typed counts on a terminal alone. */
	assert_status(type("y\n", "import", in_place(place, "list.csv"), NULL), 1);
	assert_status(run("import", "--yes", in_place(place, "list.csv"), NULL), EX_OK);
	/* What changes nothing needs no yes. */
	outcome = run("import", in_place(place, "list.csv"), NULL);
	assert_status(outcome, EX_OK);
	assert_says(outcome->out, "Nothing to change.");
}

static void test_plan_diff_names_what_changes_and_refuses_a_list(void **state)
{
	struct place *place = *state;
	import_both(place);
	char changed[sizeof plan + 20];
	memcpy(changed, plan, sizeof plan);
	memcpy(strstr(changed, "06-01"), "06-03", 5);
	const struct outcome *outcome =
	    run("plan", "diff", write_in_place(place, "new.yaml", changed), NULL);
	assert_status(outcome, EX_OK);
	assert_says(outcome->out, "~ obligation 6T 2020 DAM-THUY: 2020-06-01 → 2020-06-03");
	assert_says(outcome->out, "~ step 6T 2020 cuoi: 08:00 29/5/2020 → 08:00 2/6/2020");
	assert_says(outcome->out, "nothing was changed yet");
	assert_says(
	    run("import", "--yes", in_place(place, "plan.yaml"), NULL)->out, "Nothing to change.");
	assert_status(run("plan", "diff", in_place(place, "list.csv"), NULL), EX_DATAERR);
	assert_status(run("plan", "show", in_place(place, "plan.yaml"), NULL), EX_USAGE);
}

static void test_import_of_bad_files_lists_errors_and_changes_nothing(void **state)
{
	struct place *place = *state;
	const struct outcome *outcome = run("import",
	    write_in_place(place, "bad.csv",
		"unit_code,unit_name,unit_kind,parent,person_code,person_name,post,phone,"
		"language\nA,A,moon,,P1,An,reporter,12,vi\nB,B,commune,NOWHERE,,,,,\n"),
	    NULL);
	assert_status(outcome, EX_DATAERR);
	assert_says(outcome->err, "bad.csv:2: ");
	assert_says(outcome->err, "nothing was changed");
	assert_status(run("import", "/nonexistent.csv", NULL), EX_NOINPUT);
	assert_status(
	    run("import", "--yes", write_in_place(place, "bad.csv", "unit_code,\xFFx\n"), NULL),
	    EX_DATAERR);
	/* The plan's units are not known yet. */
	outcome = run("import", "--yes", in_place(place, "plan.yaml"), NULL);
	assert_status(outcome, EX_DATAERR);
	assert_says(outcome->err, "Import the recipients first");
}

static void test_export_gives_back_what_was_imported(void **state)
{
	struct place *place = *state;
	import_both(place);
	assert_string_equal(run("export", "plan", "KH", NULL)->out, plan);
	assert_string_equal(run("export", "recipients", NULL)->out, list);
	const struct outcome *outcome = run("export", "plan", "HK", NULL);
	assert_status(outcome, EX_NOINPUT);
	assert_says(outcome->err, "Plans: KH");
}

/* ── a plan's life ───────────────────────────────────────────────────────────────────────────── */

static void test_start_shows_the_week_then_runs(void **state)
{
	struct place *place = *state;
	import_both(place);
	const struct outcome *outcome = run("start", "KH", "--dry-run", NULL);
	assert_status(outcome, EX_OK);
	/* 14 days before 1 June is 18 May; two days before 20 May is 18 May. */
	assert_says(outcome->out, "08:00 18/5/2020  6T 2020");
	assert_says(outcome->out, "09:00 18/5/2020  LE 2020");
	assert_says(outcome->out, "PLDTBXH: Xa Dam Thuy gui bao cao 6 thang truoc 1/6");
	assert_says(outcome->out, "4 messages, 4 parts, 1400 đ");
	assert_says(outcome->out, "was not started");
	outcome = run("start", "KH", NULL);
	assert_says(outcome->out, "runs since 08:00 14/5/2020");
	assert_says(outcome->out, "nhacviec serve");
	assert_says(run("start", "KH", NULL)->out, "running already");
	assert_says(run("pause", "KH", NULL)->out, "KH: paused");
	outcome = run("start", "KH", NULL);
	assert_status(outcome, EX_DATAERR);
	assert_says(outcome->err, "nhacviec resume KH");
	assert_status(run("resume", "KH", NULL), EX_OK);
	assert_status(run("pause", "--all", NULL), EX_OK);
	assert_status(run("resume", "--all", NULL), EX_OK);
	assert_status(run("pause", "--channel", "none", NULL), EX_NOINPUT);
	assert_status(run("start", "NONE", NULL), EX_NOINPUT);
}

static void test_entries_of_the_office_reach_the_board(void **state)
{
	struct place *place = *state;
	import_both(place);
	const struct outcome *outcome = run("board", NULL);
	assert_says(outcome->out, "6T 2020 (1/6)");
	assert_says(outcome->out, "6T 2020: 0 of 2 have reported.");
	outcome = run("claim", "DAM-THUY", "6T", "--number", "45/BC-UBND", NULL);
	assert_status(outcome, EX_OK);
	assert_says(outcome->out, "Xã Đàm Thuỷ: reported");
	assert_says(run("claim", "DAM-THUY", "6T", NULL)->out, "already");
	assert_status(run("receive", "NGOC-CON", "6T", "--number", "=1+1", NULL), EX_OK);
	outcome = run("board", NULL);
	assert_says(outcome->out, "reported 08:00 14/5/2020, 45/BC-UBND");
	assert_says(outcome->out, "6T 2020: GREEN, all 2 have reported.");
	assert_null(strchr(outcome->out, '\033')); /* no colours in a file */
	outcome = run("board", "--csv", NULL);
	assert_says(outcome->out, "KH,6T,2020,DAM-THUY,Xã Đàm Thuỷ,commune,2020-06-01,"
				  "2020-06-01 00:00,claimed,,2020-05-14 08:00,");
	assert_says(outcome->out, ",'=1+1,2020-05-14 08:00\r\n");
	outcome = run("reopen", "NGOC-CON", "6T", "--note", "nhầm", NULL);
	assert_status(outcome, EX_OK);
	assert_says(run("board", NULL)->out, "6T 2020: 1 of 2 have reported.");
	outcome = run("reopen", "NGOC-CON", "6T", NULL);
	assert_status(outcome, EX_DATAERR);
	assert_says(outcome->err, "nothing is recorded yet");
	assert_status(run("claim", "NOWHERE", "6T", NULL), EX_NOINPUT);
	assert_says(run("board", "--totals", NULL)->out, "Messages: 0");
}

static void test_why_tells_what_will_come(void **state)
{
	struct place *place = *state;
	import_both(place);
	assert_says(run("why", "DAM-THUY", NULL)->out, "a draft: nothing of it is sent now");
	assert_status(run("start", "KH", NULL), EX_OK);
	const struct outcome *outcome = run("why", "0900000002", "6T", NULL);
	assert_status(outcome, EX_OK);
	assert_says(outcome->out, "08:00 18/5/2020  6T 2020 Xã Đàm Thuỷ, som");
	assert_says(outcome->out, "Hà Văn Bình +84900000002");
	assert_says(outcome->out, "08:00 29/5/2020  6T 2020 Xã Đàm Thuỷ, cuoi");
	assert_null(strstr(outcome->out, "Ngọc Côn"));
	assert_null(strstr(outcome->out, "LE 2020"));
	assert_says(run("why", "P2", NULL)->out, "LE 2020");
	assert_says(run("why", "P3", NULL)->out, "Nothing was sent and nothing will be");
	assert_status(run("claim", "DAM-THUY", "6T", NULL), EX_OK);
	assert_says(run("why", "P2", "6T", NULL)->out, "Nothing was sent and nothing will be");
	assert_status(run("why", "nobody", NULL), EX_NOINPUT);
}

static void test_send_is_listed_and_sent_once_a_key(void **state)
{
	struct place *place = *state;
	import_both(place);
	const struct outcome *outcome =
	    run("send", "--group", "reporter/commune", "--dry-run", "Chào", NULL);
	assert_says(outcome->out, "2 messages, 2 parts, 700 đ");
	assert_says(run("messages", NULL)->out, "No messages.");
	assert_status(run("send", "--to", "P2", "--key", "k", "Chào", NULL), EX_OK);
	assert_says(
	    run("send", "--to", "P2", "--key", "k", "Chào", NULL)->out, "0 messages queued");
	outcome = run("messages", "--to", "0900 000 002", "--state", "queued", NULL);
	assert_says(outcome->out, "Hà Văn Bình +84900000002");
	assert_says(outcome->out, "Chao");
	assert_says(run("messages", "--state", "sent", NULL)->out, "No messages.");
	assert_says(
	    run("messages", "--csv", NULL)->out, ",ad-hoc:k:P2,ad-hoc,queued,,'+84900000002,");
	assert_says(run("messages", "--parts", NULL)->out, ",0,'+84900000002,queued,,,0,,Chao");
	assert_status(run("messages", "--state", "lost", NULL), EX_USAGE);
	assert_status(run("messages", "--since", "10/6", NULL), EX_USAGE);
	assert_says(run("inbox", NULL)->out, "No text has come in.");
	assert_says(run("tasks", NULL)->out, "No task is open.");
	assert_status(run("tasks", "close", "5", NULL), EX_NOINPUT);
	assert_status(run("send", "--to", "P9", "Chào", NULL), EX_NOINPUT);
}

static void test_backup_copies_and_never_overwrites(void **state)
{
	struct place *place = *state;
	char copy[200];
	snprintf(copy, sizeof copy, "%s/copy.db", place->folder);
	assert_status(run("backup", copy, NULL), EX_NOINPUT); /* there is no database yet */
	import_both(place);
	assert_status(run("backup", copy, NULL), EX_OK);
	assert_status(run("backup", copy, NULL), EX_DATAERR);
	assert_int_equal(unlink(in_place(place, "state/nhacviec.db")), 0);
	unlink(in_place(place, "state/nhacviec.db-wal"));
	unlink(in_place(place, "state/nhacviec.db-shm"));
	assert_int_equal(rename(copy, in_place(place, "state/nhacviec.db")), 0);
	assert_string_equal(run("export", "recipients", NULL)->out, list);
}

/* ── beside a daemon ─────────────────────────────────────────────────────────────────────────── */

static void test_with_a_daemon_the_change_is_made_by_it(void **state)
{
	struct place *place = *state;
	import_both(place);
	pid_t daemon = start_daemon(place->folder);
	const struct outcome *outcome = run("start", "KH", NULL);
	assert_status(outcome, EX_OK);
	assert_null(strstr(outcome->out, "nhacviec serve"));
	assert_status(run("claim", "DAM-THUY", "6T", NULL), EX_OK);
	assert_says(run("board", NULL)->out, "6T 2020: 1 of 2 have reported.");
	outcome = run("import", "--yes",
	    write_in_place(place, "bad.csv", "unit_code,unit_name\nA,A\n"), NULL);
	assert_status(outcome, EX_DATAERR);
	assert_says(outcome->err, "bad.csv:1: ");
	assert_status(run("reopen", "NGOC-CON", "6T", NULL), EX_DATAERR);
	/* Killed, it leaves its socket and its lock file; the next command takes over. */
	stop_daemon(daemon);
	assert_int_equal(access(in_place(place, "state/control.sock"), F_OK), 0);
	assert_status(run("claim", "NGOC-CON", "6T", NULL), EX_OK);
	assert_says(run("board", NULL)->out, "GREEN, all 2");
}

static void test_a_lock_without_a_daemon_to_ask_is_respected(void **state)
{
	struct place *place = *state;
	import_both(place);
	pid_t daemon = start_daemon(place->folder);
	unlink(in_place(place, "state/control.sock"));
	const struct outcome *outcome = run("claim", "DAM-THUY", "6T", NULL);
	assert_status(outcome, EX_NOPERM);
	assert_says(outcome->err, "in use by process");
	assert_says(run("board", NULL)->out, "0 of 2"); /* reading goes on */
	stop_daemon(daemon);
}

static void test_without_its_clock_a_rehearsal_says_so(void **state)
{
	struct place *place = *state;
	import_both(place);
	setenv("NHACVIEC_CLOCK", in_place(place, "no-clock"), 1);
	const struct outcome *outcome = run("board", NULL);
	assert_status(outcome, EX_IOERR);
	assert_says(outcome->err, "no-clock");
	assert_status(run("claim", "DAM-THUY", "6T", NULL), EX_IOERR);
}

static void test_output_that_cannot_be_written_is_an_error(void **state)
{
	struct place *place = *state;
	import_both(place);
	int kept = dup(1), full = open("/dev/full", O_WRONLY);
	if (full < 0)
		skip();
	char name[] = "nhacviec", command[] = "export", what[] = "recipients";
	char *argv[] = {name, command, what, NULL};
	fflush(stdout);
	dup2(full, 1);
	int status = command_main(3, argv, NULL, &daemon_foresight, &replies);
	clearerr(stdout);
	dup2(kept, 1);
	close(kept);
	close(full);
	assert_int_equal(status, EX_IOERR);
}

int main(void)
{
#define IN_AN_OFFICE(test) cmocka_unit_test_setup_teardown(test, begin, end)
	const struct CMUnitTest tests[] = {
	    IN_AN_OFFICE(test_init_asks_three_questions_and_what_it_writes_is_right),
	    IN_AN_OFFICE(test_init_takes_a_list_and_leaves_nothing_half_written),
	    IN_AN_OFFICE(test_init_refuses_what_would_not_work),
	    IN_AN_OFFICE(test_check_lists_every_error_by_line),
	    IN_AN_OFFICE(test_check_tells_of_people_whom_nothing_reaches),
	    IN_AN_OFFICE(test_import_shows_what_changes_and_twice_changes_nothing),
	    IN_AN_OFFICE(test_import_without_a_yes_applies_nothing_and_says_so),
	    IN_AN_OFFICE(test_plan_diff_names_what_changes_and_refuses_a_list),
	    IN_AN_OFFICE(test_import_of_bad_files_lists_errors_and_changes_nothing),
	    IN_AN_OFFICE(test_export_gives_back_what_was_imported),
	    IN_AN_OFFICE(test_start_shows_the_week_then_runs),
	    IN_AN_OFFICE(test_entries_of_the_office_reach_the_board),
	    IN_AN_OFFICE(test_why_tells_what_will_come),
	    IN_AN_OFFICE(test_send_is_listed_and_sent_once_a_key),
	    IN_AN_OFFICE(test_backup_copies_and_never_overwrites),
	    IN_AN_OFFICE(test_with_a_daemon_the_change_is_made_by_it),
	    IN_AN_OFFICE(test_a_lock_without_a_daemon_to_ask_is_respected),
	    IN_AN_OFFICE(test_without_its_clock_a_rehearsal_says_so),
	    IN_AN_OFFICE(test_output_that_cannot_be_written_is_an_error),
	};
	return cmocka_run_group_tests_name("command/commands", tests, NULL, NULL);
}
