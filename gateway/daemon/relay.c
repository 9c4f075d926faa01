/*
 * Owns: `nhacviec relay`: a small process on a host with a public address.
 * May use: every room.
 * Must not know: any provider.
 */
#include "daemon/relay.h"

#include "base/log.h"
#include "command/options.h"
#include "document/config_secret.h"
#include "http/relay.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>

#define RECORDS_MAX 100000
#define HEADERS_MAX ((size_t)32 * 1024)
#define CONNECTIONS_MAX 256
#define IDLE_MS (60 * SECOND_MS)

struct relaying {
	struct loop *loop;
	struct spool *spool;
	struct relay *relay;
	struct http_server *server;
};

static void stop_asked(void *arg)
{
	loop_stop(arg);
}

static const char *fetch_secret(struct arena *arena, const char *option, const char *reference)
{
	struct complaints *complaints = arena_alloc(arena, sizeof *complaints);
	const struct tree_reader reader = {
	    .arena = arena, .file = option, .complaints = complaints};
	complaints->arena = arena;
	const char *secret = config_secret_fetch(&reader, 0, option, reference, ".");
	for (size_t i = 0; i < complaints->count; i++)
		complaint_print(stderr, option, 0, complaints->items[i].warning ? "warning: " : "",
		    complaints->items[i].text);
	return secret;
}

static enum result open_all(struct relaying *relaying, const char *listen, const char *folder,
    const char *secret, const char *verify_token, struct failure *failure)
{
	relaying->loop = loop_new(NULL, "relay", failure);
	if (relaying->loop == NULL)
		return failure->code;
	relaying->spool = spool_open(folder, RECORDS_MAX, failure);
	if (relaying->spool == NULL)
		return failure->code;
	relaying->relay = relay_new(relaying->loop, relaying->spool, secret, verify_token);
	relaying->server = http_server_new(relaying->loop,
	    &(struct http_server_config){
		.listen = listen,
		.headers_max = HEADERS_MAX,
		.body_max = HTTP_BODY_MAX,
		.connections_max = CONNECTIONS_MAX,
		.idle_ms = IDLE_MS,
		.proxies = "",
	    },
	    relay_called, relaying->relay, failure);
	return relaying->server != NULL ? RESULT_OK : failure->code;
}

static void close_all(struct relaying *relaying)
{
	http_server_free(relaying->server);
	relay_free(relaying->relay);
	spool_close(relaying->spool);
	loop_free(relaying->loop);
}

static int run(struct relaying *relaying, const char *listen, const char *folder,
    const char *secret, const char *verify_token)
{
	struct failure failure;
	enum result result = open_all(relaying, listen, folder, secret, verify_token, &failure);
	if (result != RESULT_OK)
		return command_error(result_exit_status(result), "%s", failure.text);
	loop_on_signal(relaying->loop, SIGTERM, stop_asked, relaying->loop);
	loop_on_signal(relaying->loop, SIGINT, stop_asked, relaying->loop);
	log_event(LOG_INFO, "relay.listening", "address=%s port=%d waiting=%zu",
	    log_quote(listen).text, http_server_port(relaying->server),
	    spool_count(relaying->spool));
	loop_service_notify(relaying->loop, "READY=1");
	result = loop_run(relaying->loop);
	log_event(LOG_INFO, "relay.stopped", "waiting=%zu", spool_count(relaying->spool));
	return result_exit_status(result);
}

int daemon_relay(const struct command_context *context, int argc, char **argv)
{
	const char *listen = NULL, *folder = NULL, *secret = NULL, *verify_token = NULL;
	const struct option_form options[] = {
	    {"listen", OPTION_TEXT, &listen, "HOST:PORT", "where webhooks come in",
		"nơi nhận webhook"},
	    {"spool", OPTION_TEXT, &folder, "FOLDER", "where they wait", "nơi giữ"},
	    {"secret", OPTION_TEXT, &secret, "file:PATH",
		"what the office's node shows, or env:NAME",
		"mật khẩu của máy văn phòng, hoặc env:TÊN"},
	    {"verify-token", OPTION_TEXT, &verify_token, "file:PATH",
		"of providers that ask for a challenge (Meta), or env:NAME",
		"mã của nhà cung cấp có hỏi thử (Meta), hoặc env:TÊN"},
	};
	const struct command_form form = {
	    .about_en =
		"Runs on a host with a public address: keeps webhooks until the office's "
		"node fetches\nthem (`http.relay` in its nhacviec.yaml). TLS ends at a proxy in "
		"front of it.\n",
	    .about_vi = "Chạy trên máy có địa chỉ công khai: giữ webhook cho đến khi máy văn phòng "
			"lấy về\n(`http.relay` trong nhacviec.yaml). TLS do proxy phía trước lo.\n",
	    .options = options,
	    .option_count = COUNT_OF(options),
	};
	struct relaying relaying = {0};
	int words, status;
	log_set_level(context->debug ? LOG_DEBUG : LOG_INFO);
	if (!options_read(context, &form, argc, argv, &words, &status))
		return status;
	if (listen == NULL || folder == NULL || secret == NULL)
		return command_error(EX_USAGE, "--listen, --spool and --secret are needed.");
	struct arena *arena = arena_new();
	const char *shown = fetch_secret(arena, "secret", secret);
	const char *token =
	    verify_token != NULL ? fetch_secret(arena, "verify-token", verify_token) : "";
	status = shown != NULL && token != NULL ? run(&relaying, listen, folder, shown, token)
						: EX_CONFIG;
	close_all(&relaying);
	arena_free(arena);
	return status;
}
