/*
 * Owns: the daemon's HTTP server.
 * May use: every room.
 * Must not know: what the resources do.
 */
#include "daemon/daemon.h"

#include "base/log.h"
#include "http/http.h"

#define HEADERS_MAX ((size_t)32 * 1024)
#define CONNECTIONS_MAX 256
#define IDLE_MS (60 * SECOND_MS)

bool daemon_open_server(struct daemon *daemon, struct failure *failure)
{
	const struct config *config = &daemon->config;
	if (config->http_listen[0] == '\0')
		return true;
	daemon->http = (struct http_context){
	    .loop = daemon->machine.loop,
	    .store = daemon->machine.store,
	    .reader = daemon->machine.reader,
	    .config = config,
	    .started = loop_now(daemon->machine.loop),
	    .channels = daemon->channels,
	    .channel_count = &daemon->channel_count,
	    .poke = machine_changed,
	    .poke_arg = &daemon->machine,
	};
	daemon->server = http_server_new(daemon->machine.loop,
	    &(struct http_server_config){
		.listen = config->http_listen,
		.headers_max = HEADERS_MAX,
		.body_max = HTTP_BODY_MAX,
		.connections_max = CONNECTIONS_MAX,
		.idle_ms = IDLE_MS,
		.proxies = config->proxies,
	    },
	    http_route_call, &daemon->http, failure);
	if (daemon->server == NULL)
		return false;
	log_event(LOG_INFO, "http.listening", "address=%s port=%d",
	    log_quote(config->http_listen).text, http_server_port(daemon->server));
	return true;
}
