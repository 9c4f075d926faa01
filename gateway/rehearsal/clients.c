/*
 * Owns: the clients of the socket: clock clients and those who ask.
 * May use: base/, rehearsal/.
 * Must not know: what requests do.
 */
#include "rehearsal/internal.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

void client_say(struct client *client, const char *format, ...)
{
	char line[4096];
	va_list args;
	va_start(args, format);
	int len = vsnprintf(line, sizeof line, format, args);
	va_end(args);
	if (len >= (int)sizeof line)
		len = (int)sizeof line - 1;
	for (int at = 0; at < len && !client->gone;) {
		ssize_t n = send(client->fd, line + at, (size_t)(len - at), MSG_NOSIGNAL);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0) /* gone, or it reads nothing of a megabyte: not worth waiting for */
			client->gone = true;
		else
			at += (int)n;
	}
}

void clients_accept(struct network *network)
{
	int fd = accept4(network->listener, NULL, NULL, SOCK_CLOEXEC);
	if (fd < 0)
		return;
	if (network->client_count == COUNT_OF(network->clients)) {
		close(fd);
		return;
	}
	struct timeval patience = {.tv_sec = 1};
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
	struct client *client = memory_new(sizeof *client);
	*client = (struct client){.fd = fd, .in = BUFFER(64 * 1024), .next = WALL_NEVER};
	network->clients[network->client_count++] = client;
}

static void tell_time(struct network *network, struct client *client)
{
	client->state = CLIENT_BUSY;
	client_say(client, "time %" PRIu64 " %" PRId64 " %" PRId64 "\n", network->sequence,
	    network->now.ms, network->shift_ms);
}

void clients_tell_time(struct network *network)
{
	network->sequence++;
	for (size_t i = 0; i < network->client_count; i++)
		if (network->clients[i]->kind != CLIENT_NEW)
			tell_time(network, network->clients[i]);
}

static bool clock_line(struct network *network, struct client *client, const char *line)
{
	char name[32], role[16], moment[32];
	uint64_t sequence;
	if (sscanf(line, "join %31s %15s", name, role) == 2) {
		client->kind = strcmp(role, "driver") == 0 ? CLIENT_DRIVER : CLIENT_HELPER;
		snprintf(client->name, sizeof client->name, "%s", name);
		tell_time(network, client);
		return true;
	}
	if (client->kind == CLIENT_NEW)
		return false;
	if (strcmp(line, "busy") == 0) {
		client->state = CLIENT_BUSY;
		return true;
	}
	bool idle = sscanf(line, "idle %" SCNu64 " %31s", &sequence, moment) == 2;
	if (!idle && sscanf(line, "wait %" SCNu64 " %31s", &sequence, moment) != 2)
		return false;
	if (sequence != network->sequence)
		return true; /* it has not seen the present time yet */
	client->state = idle ? CLIENT_IDLE : CLIENT_WAITS;
	client->next =
	    strcmp(moment, "-") == 0 ? WALL_NEVER : (struct wall){strtoll(moment, NULL, 10)};
	return true;
}

void client_readable(struct network *network, struct client *client)
{
	char bytes[8192], *end;
	ssize_t n = recv(client->fd, bytes, sizeof bytes, MSG_DONTWAIT);
	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (n <= 0) {
		client->gone = true;
		return;
	}
	buffer_add(&client->in, bytes, (size_t)n);
	if (client->in.overflow)
		client->gone = true;
	while (!client->gone && client->in.len > 0 &&
	       (end = memchr(client->in.data, '\n', client->in.len)) != NULL) {
		size_t len = (size_t)(end - client->in.data);
		*end = '\0';
		if (!clock_line(network, client, client->in.data))
			request_run(network, client, client->in.data);
		buffer_consume(&client->in, len + 1);
	}
	network->last_event_real_ms = mono_of_machine().ms;
}

void clients_bury(struct network *network)
{
	for (size_t i = 0; i < network->client_count; i++) {
		struct client *client = network->clients[i];
		if (!client->gone)
			continue;
		close(client->fd);
		buffer_clear(&client->in);
		free(client);
		network->clients[i--] = network->clients[--network->client_count];
	}
}
