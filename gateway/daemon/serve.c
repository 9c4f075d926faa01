/*
 * Owns: the daemon's life: start in order, run, stop in order.
 * May use: every room.
 * Must not know: what the parts do when they are wired.
 */
#include "daemon/daemon.h"

#include "base/log.h"
#include "replies/replies.h"

#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

/* How long a stop waits for the SMS in flight; the modem process finishes it alone after that, and
 * keeps its outcome for the next start. */
#define STOP_LIMIT_MS (8 * SECOND_MS)
#define TEND_EVERY_MS (5 * SECOND_MS)

/* ── what the parts tell each other ──────────────────────────────────────────────────────────── */

static void something_queued(void *arg)
{
	struct daemon *daemon = arg;
	outbox_poke(daemon->outbox);
}

static void something_changed(void *arg)
{
	struct daemon *daemon = arg;
	scheduler_poke(daemon->scheduler);
	outbox_poke(daemon->outbox);
}

static void texts_joined(void *arg)
{
	struct daemon *daemon = arg;
	inbox_poke(daemon->inbox);
}

const char *daemon_text(const char *language, const char *name, void *arg)
{
	const struct daemon *daemon = arg;
	return texts_get(daemon->texts, language, name);
}

/* The log of the store grows in real time, so it is tended in real time, on any clock. */
static bool turn_end(void *arg)
{
	struct daemon *daemon = arg;
	int64_t now = mono_of_machine().ms;
	if (now - daemon->tended_ms >= TEND_EVERY_MS) {
		daemon->tended_ms = now;
		daemon->store->ops->tend(daemon->store);
	}
	return daemon->store->ops->flush(daemon->store);
}

/* ── the control socket ──────────────────────────────────────────────────────────────────────── */

static void operation_done(
    enum result result, const struct failure *failure, json_t *body, void *arg)
{
	char *reply = operation_reply_text(result, failure, body);
	control_reply(arg, reply, strlen(reply));
	free(reply);
}

static void request_came(
    struct control_call *call, const char *caller, const char *request, size_t len, void *arg)
{
	struct daemon *daemon = arg;
	operation_start(&daemon->place, caller, request, len, operation_done, call);
}

/* ── stopping ────────────────────────────────────────────────────────────────────────────────── */

static void stop_now(void *arg)
{
	struct daemon *daemon = arg;
	log_event(LOG_WARNING, "daemon.stop-limit", "advice=%s",
	    log_quote("an SMS is still in flight; its outcome is kept for the next start").text);
	loop_stop(daemon->loop);
}

static void outbox_is_idle(void *arg)
{
	daemon_stop_channels(arg);
}

static void stop_asked(void *arg)
{
	struct daemon *daemon = arg;
	if (daemon->stop_asked)
		return;
	daemon->stop_asked = true;
	log_event(LOG_INFO, "daemon.stopping", "advice=%s",
	    log_quote("finishing what is in flight").text);
	loop_service_notify(daemon->loop, "STOPPING=1");
	loop_timer_after(daemon->stop_timer, STOP_LIMIT_MS);
	outbox_drain(daemon->outbox, outbox_is_idle, daemon);
}

static void take_down(struct daemon *daemon)
{
	if (daemon->store != NULL)
		while (daemon->store->ops->flush(daemon->store))
			; /* completions of the last turn, while those they go to are there */
	control_free(daemon->control);
	daemon_free_channels(daemon);
	scheduler_free(daemon->scheduler);
	inbox_free(daemon->inbox);
	outbox_free(daemon->outbox);
	loop_timer_free(daemon->stop_timer);
	if (daemon->store != NULL)
		daemon->store->ops->close(daemon->store);
	reader_close(daemon->reader);
	plan_cache_free(daemon->plans);
	loop_free(daemon->loop);
	arena_free(daemon->texts_arena);
	arena_free(daemon->config_arena);
}

/* ── starting ────────────────────────────────────────────────────────────────────────────────── */

static void print_complaints(const struct complaints *complaints)
{
	for (size_t i = 0; i < complaints->count; i++)
		complaint_print(stderr, complaints->items[i].file, complaints->items[i].line,
		    complaints->items[i].warning ? "warning: " : "", complaints->items[i].text);
}

static bool read_files(struct daemon *daemon)
{
	struct complaints *complaints = memory_new(sizeof *complaints);
	daemon->config_arena = arena_new();
	daemon->texts_arena = arena_new();
	complaints->arena = daemon->config_arena;
	config_load(daemon->config_arena, daemon->context->config, &daemon->config, complaints);
	if (complaints->errors == 0)
		daemon->texts =
		    texts_load(daemon->texts_arena, daemon->config.texts_dir, complaints);
	print_complaints(complaints);
	bool fine = complaints->errors == 0;
	free(complaints);
	return fine;
}

static enum result open_store(struct daemon *daemon, struct failure *failure)
{
	enum result result = store_open_sqlite(daemon->config.database,
	    (unsigned)daemon->config.node, loop_now(daemon->loop), &daemon->store, failure);
	if (result == RESULT_OK)
		result = reader_open_sqlite(daemon->config.database, &daemon->reader, failure);
	return result;
}

static void wire(struct daemon *daemon)
{
	struct loop *loop = daemon->loop;
	const struct outbox_policy outbox_policy = policy_of_outbox(&daemon->config);
	struct compose_policy compose_policy = policy_of_compose(&daemon->config);
	compose_policy.text = daemon_text;
	compose_policy.text_arg = daemon;
	const struct inbox_policy inbox_policy = policy_of_inbox(&daemon->config);
	daemon->plans = plan_cache_new(daemon->config.holidays_dir);
	daemon->outbox = outbox_new(
	    loop, daemon->store, daemon->plans, &outbox_policy, (unsigned)daemon->config.node);
	daemon->scheduler = scheduler_new(loop, daemon->store, daemon->reader, daemon->plans,
	    &compose_policy, something_queued, daemon);
	daemon->inbox = inbox_new(
	    &(struct inbox_wiring){
		.loop = loop,
		.store = daemon->store,
		.plans = daemon->plans,
		.replies = &replies,
		.text = daemon_text,
		.text_arg = daemon,
		.settled = something_changed,
		.settled_arg = daemon,
	    },
	    &inbox_policy);
	outbox_on_joined(daemon->outbox, texts_joined, daemon);
	daemon->stop_timer = loop_timer_new(loop, stop_now, daemon);
	daemon->place = (struct operation_place){
	    .loop = loop,
	    .store = daemon->store,
	    .reader = daemon->reader,
	    .config = &daemon->config,
	    .poke = something_changed,
	    .poke_arg = daemon,
	    .text = daemon_text,
	    .text_arg = daemon,
	};
	loop_set_turn_end(loop, turn_end, daemon);
}

struct recovery {
	struct daemon *daemon;
	struct store_recover_input input;
	struct store_recover_output output;
};

/* Nothing is sent before it is known what an earlier daemon left in flight. */
static void recovered(enum result result, const struct failure *failure, void *arg)
{
	struct recovery *recovery = arg;
	struct daemon *daemon = recovery->daemon;
	if (result != RESULT_OK) {
		log_event(
		    LOG_ERROR, "daemon.recovery-failed", "why=%s", log_quote(failure->text).text);
		daemon->end = result;
		loop_stop(daemon->loop);
		return;
	}
	if (recovery->output.unknown > 0)
		log_event(
		    LOG_WARNING, "daemon.recovered", "parts_unknown=%d", recovery->output.unknown);
	daemon_make_channels(daemon);
	inbox_poke(daemon->inbox);
	scheduler_roll(daemon->scheduler);
	log_event(LOG_INFO, "daemon.ready", "database=%s modems=%zu", daemon->config.database,
	    daemon->config.modem_count);
	loop_service_notify(daemon->loop, "READY=1");
}

static enum result bring_up(struct daemon *daemon, struct failure *failure)
{
	daemon->loop = loop_new(daemon->clock_socket, "daemon", failure);
	if (daemon->loop == NULL)
		return failure->code;
	enum result result = open_store(daemon, failure);
	if (result != RESULT_OK)
		return result;
	daemon->control =
	    control_new(daemon->loop, daemon->config.control_socket, request_came, daemon, failure);
	if (daemon->control == NULL)
		return failure->code;
	wire(daemon);
	loop_on_signal(daemon->loop, SIGTERM, stop_asked, daemon);
	loop_on_signal(daemon->loop, SIGINT, stop_asked, daemon);
	loop_on_signal(daemon->loop, SIGHUP, daemon_reload, daemon);
	struct recovery *recovery = arena_alloc(daemon->config_arena, sizeof *recovery);
	*recovery = (struct recovery){
	    .daemon = daemon,
	    .input = {.now = loop_now(daemon->loop), .node = (unsigned)daemon->config.node},
	};
	store_submit(
	    daemon->store, &(struct store_request){STORE_RECOVER, &recovery->input,
			       &recovery->output, daemon->config_arena, recovered, recovery});
	return RESULT_OK;
}

static int run(struct daemon *daemon)
{
	struct failure failure = {0};
	if (!read_files(daemon)) {
		take_down(daemon);
		return EX_CONFIG;
	}
	policy_set_log(&daemon->config, daemon->context->debug);
	daemon->end = bring_up(daemon, &failure);
	if (daemon->end != RESULT_OK) {
		fprintf(stderr, "nhacviec: %s\n", failure.text);
	} else {
		enum result end = loop_run(daemon->loop);
		if (daemon->end == RESULT_OK)
			daemon->end = end;
		log_event(LOG_INFO, "daemon.stopped", "result=%s", result_name(daemon->end));
	}
	int status = result_exit_status(daemon->end);
	take_down(daemon);
	return status;
}

static int refuse_words(const char *given, bool vietnamese)
{
	fprintf(stderr,
	    vietnamese ? "nhacviec: serve không nhận %s. Xem: nhacviec serve --help\n"
		       : "nhacviec: serve cannot take %s. See: nhacviec serve --help\n",
	    given);
	return EX_USAGE;
}

int daemon_serve(const struct command_context *context, int argc, char **argv)
{
	static const struct option options[] = {
	    {"clock", required_argument, NULL, 'c'}, {"help", no_argument, NULL, 'h'}, {0}};
	bool vietnamese = strcmp(context->language, "vi") == 0;
	struct daemon daemon = {.context = context, .clock_socket = getenv("NHACVIEC_CLOCK")};
	int option;
	optind = 0;
	opterr = 0;
	while ((option = getopt_long(argc, argv, "h", options, NULL)) != -1) {
		if (option == 'c') {
			daemon.clock_socket = optarg;
		} else if (option == '?') {
			return refuse_words(argv[optind - 1], vietnamese);
		} else {
			fputs(
			    vietnamese
				? "Cách dùng: nhacviec [--config TỆP] serve [--clock SOCKET]\n"
				  "Chạy cổng nhắc việc cho đến khi nhận SIGTERM; SIGHUP đọc lại "
				  "cấu "
				  "hình.\n"
				  "  --clock SOCKET   theo đồng hồ của mạng ảo (xem "
				  "virtual-modem)\n"
				: "Usage: nhacviec [--config FILE] serve [--clock SOCKET]\n"
				  "Runs the gateway until SIGTERM; SIGHUP reads the configuration "
				  "again.\n"
				  "  --clock SOCKET   follow the virtual network's clock (see "
				  "virtual-modem)\n",
			    stdout);
			return EX_OK;
		}
	}
	if (optind < argc)
		return refuse_words(argv[optind], vietnamese);
	return run(&daemon);
}
