/*
 * Owns: the daemon's life: start in order, run, stop in order.
 * May use: every room.
 * Must not know: what the parts do when they are wired.
 */
#include "daemon/daemon.h"
#include "replies/replies.h"

#include "base/log.h"

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

/* ── the end of a turn ───────────────────────────────────────────────────────────────────────── */

/* The log of the store grows in real time, so it is tended in real time, on any clock. */
static bool turn_end(void *arg)
{
	struct daemon *daemon = arg;
	int64_t now = mono_of_machine().ms;
	if (now - daemon->tended_ms >= TEND_EVERY_MS) {
		daemon->tended_ms = now;
		daemon->machine.store->ops->tend(daemon->machine.store);
	}
	return daemon->machine.store->ops->flush(daemon->machine.store);
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
	loop_stop(daemon->machine.loop);
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
	loop_service_notify(daemon->machine.loop, "STOPPING=1");
	loop_timer_after(daemon->stop_timer, STOP_LIMIT_MS);
	outbox_drain(daemon->machine.outbox, outbox_is_idle, daemon);
}

static void take_down(struct daemon *daemon)
{
	if (daemon->machine.store != NULL)
		while (daemon->machine.store->ops->flush(daemon->machine.store))
			; /* completions of the last turn, while those they go to are there */
	control_free(daemon->control);
	http_server_free(daemon->server);
	daemon_free_channels(daemon);
	machine_free(&daemon->machine);
	loop_timer_free(daemon->stop_timer);
	if (daemon->machine.store != NULL)
		daemon->machine.store->ops->close(daemon->machine.store);
	reader_close(daemon->machine.reader);
	loop_free(daemon->machine.loop);
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
		daemon->machine.texts =
		    texts_load(daemon->texts_arena, daemon->config.texts_dir, complaints);
	print_complaints(complaints);
	bool fine = complaints->errors == 0;
	daemon->machine.config = &daemon->config;
	free(complaints);
	return fine;
}

static enum result open_store(struct daemon *daemon, struct failure *failure)
{
	enum result result =
	    store_open_sqlite(daemon->config.database, (unsigned)daemon->config.node,
		loop_now(daemon->machine.loop), &daemon->machine.store, failure);
	if (result == RESULT_OK)
		result =
		    reader_open_sqlite(daemon->config.database, &daemon->machine.reader, failure);
	return result;
}

static void wire(struct daemon *daemon)
{
	machine_wire(&daemon->machine);
	daemon->stop_timer = loop_timer_new(daemon->machine.loop, stop_now, daemon);
	daemon->place = (struct operation_place){
	    .loop = daemon->machine.loop,
	    .store = daemon->machine.store,
	    .reader = daemon->machine.reader,
	    .config = &daemon->config,
	    .poke = machine_changed,
	    .poke_arg = &daemon->machine,
	    .resumed = daemon_channel_resumed,
	    .resumed_arg = daemon,
	    .text = machine_text,
	    .text_arg = &daemon->machine,
	    .replies = &replies,
	};
	loop_set_turn_end(daemon->machine.loop, turn_end, daemon);
}

static void ready(enum result result, const struct failure *failure, void *arg)
{
	struct daemon *daemon = arg;
	if (result != RESULT_OK) {
		log_event(
		    LOG_ERROR, "daemon.recovery-failed", "why=%s", log_quote(failure->text).text);
		daemon->end = result;
		loop_stop(daemon->machine.loop);
		return;
	}
	daemon_make_channels(daemon);
	log_event(LOG_INFO, "daemon.ready", "database=%s modems=%zu", daemon->config.database,
	    daemon->config.modem_count);
	loop_service_notify(daemon->machine.loop, "READY=1");
}

static enum result bring_up(struct daemon *daemon, struct failure *failure)
{
	daemon->machine.loop = loop_new(daemon->clock_socket, "daemon", failure);
	if (daemon->machine.loop == NULL)
		return failure->code;
	enum result result = open_store(daemon, failure);
	if (result != RESULT_OK)
		return result;
	daemon->control = control_new(
	    daemon->machine.loop, daemon->config.control_socket, request_came, daemon, failure);
	if (daemon->control == NULL)
		return failure->code;
	wire(daemon);
	if (!daemon_open_server(daemon, failure))
		return failure->code;
	loop_on_signal(daemon->machine.loop, SIGTERM, stop_asked, daemon);
	loop_on_signal(daemon->machine.loop, SIGINT, stop_asked, daemon);
	loop_on_signal(daemon->machine.loop, SIGHUP, daemon_reload, daemon);
	machine_begin(&daemon->machine, ready, daemon);
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
		enum result end = loop_run(daemon->machine.loop);
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
