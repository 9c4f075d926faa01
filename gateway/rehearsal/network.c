/*
 * Owns: the virtual network's process: polling, and moving time.
 * May use: base/, rehearsal/.
 * Must not know: what clients and modems do with it.
 */
#include "rehearsal/internal.h"

#include "rehearsal/step.h"

#include <poll.h>
#include <string.h>
#include <sysexits.h>

/* Nothing happened for so long (real time): no answer will come. */
#define STUCK_MS 10000
/* The same when a modem is unplugged or silent; a program needs as long to start and notice. */
#define DEAF_MS 500
/* A helper that works for so long without any event hangs: time does not wait for it. */
#define HELPER_STUCK_MS 20000
#define TICK_MS 50

struct modem *network_find_modem(struct network *network, const char *name)
{
	for (size_t i = 0; i < network->modem_count; i++)
		if (strcmp(network->modems[i]->name, name) == 0)
			return network->modems[i];
	return NULL;
}

struct modem *network_modem_of_number(struct network *network, const char *number)
{
	for (size_t i = 0; i < network->modem_count; i++)
		if (strcmp(network->modems[i]->number, number) == 0)
			return network->modems[i];
	return NULL;
}

/* ── the state of everybody ──────────────────────────────────────────────────────────────────── */

static void look_at_clients(
    const struct network *network, struct step_state *state, int64_t quiet_ms)
{
	for (size_t i = 0; i < network->client_count; i++) {
		const struct client *client = network->clients[i];
		if (client->kind == CLIENT_NEW)
			continue;
		bool hangs = client->kind == CLIENT_HELPER && quiet_ms > HELPER_STUCK_MS;
		state->driver |= client->kind == CLIENT_DRIVER;
		state->busy |= client->state == CLIENT_BUSY && !hangs;
		state->waiting |= client->state == CLIENT_WAITS;
		if (client->state != CLIENT_BUSY)
			state->client_next = wall_earlier(state->client_next, client->next);
	}
	state->wait_until = state->client_next;
}

static void look_at_modems(
    const struct network *network, struct step_state *state, int64_t quiet_ms)
{
	bool anybody = false;
	for (size_t i = 0; i < network->client_count; i++)
		anybody |= network->clients[i]->kind != CLIENT_NEW;
	for (size_t i = 0; i < network->modem_count; i++) {
		const struct modem *modem = network->modems[i];
		/* With nobody on the clock, nobody is going to fetch it. */
		state->busy |= anybody && modem_has_unfetched(modem);
		state->no_answer |= modem->outstanding.there && modem->outstanding.lost;
		state->no_answer |= (modem->silent || modem->master < 0) && quiet_ms > DEAF_MS;
	}
}

static struct step_state look_around(const struct network *network)
{
	int64_t quiet_ms = mono_of_machine().ms - network->last_event_real_ms;
	struct step_state state = {
	    .now = network->now,
	    .driver = network->told_to_pass || network->flows,
	    .no_answer = quiet_ms > STUCK_MS,
	    .wait_until = WALL_NEVER,
	    .client_next = WALL_NEVER,
	    .latency_next = WALL_NEVER,
	    .event_next = network->event_count > 0 ? network->events[0].moment : WALL_NEVER,
	};
	for (size_t i = 0; i < network->event_count; i++)
		if (network->events[i].latency)
			state.latency_next =
			    wall_earlier(state.latency_next, network->events[i].moment);
	look_at_clients(network, &state, quiet_ms);
	look_at_modems(network, &state, quiet_ms);
	return state;
}

/* ── moving ──────────────────────────────────────────────────────────────────────────────────── */

static void move_to(struct network *network, struct wall moment)
{
	network->now = moment;
	network_run_due(network);
	clients_tell_time(network);
	if (network->told_to_pass && !wall_before(moment, network->pass_until))
		network->told_to_pass = false;
	if (!wall_before(moment, network->until))
		network->done = true;
}

/* At a pace, time moves as far as real time allows. Returns WALL_NEVER when it is too soon. */
static struct wall pace(struct network *network, const struct step_state *state, struct wall next)
{
	int64_t real = mono_of_machine().ms;
	bool free = state->driver && !state->busy && !state->waiting;
	if (state->busy || (next.ms == INT64_MAX && !free)) {
		network->speed_real_ms = real;
		return WALL_NEVER;
	}
	int64_t passed = (int64_t)((double)(real - network->speed_real_ms) * network->speed);
	struct wall allowed = wall_add(network->now, passed);
	if (wall_before(allowed, next) && real - network->speed_real_ms < TICK_MS)
		return WALL_NEVER;
	network->speed_real_ms = real;
	return wall_earlier(allowed, next);
}

static struct wall next_move(struct network *network)
{
	struct step_state state = look_around(network);
	struct wall next = step_next(&state);
	if (network->done || (network->hold && !network->told_to_pass))
		return WALL_NEVER;
	if (state.driver && !state.busy && !state.waiting)
		next = wall_earlier(next, network->until);
	if (network->told_to_pass && state.driver && !state.busy &&
	    (!state.waiting || state.no_answer))
		next = wall_earlier(next, network->pass_until);
	else if (network->speed > 0)
		next = pace(network, &state, next);
	return next;
}

static void answer_those_who_wait(struct network *network)
{
	struct step_state state = look_around(network);
	bool idle = !state.busy && (!state.waiting || state.no_answer) && !network->told_to_pass &&
		    wall_before(network->now, state.event_next);
	for (size_t i = 0; i < network->client_count; i++) {
		struct client *client = network->clients[i];
		if ((client->wants_idle && idle) || (client->wants_done && network->done)) {
			client->wants_idle = client->wants_done = false;
			client_say(client, "ok %lld\n", (long long)network->now.ms);
		}
	}
}

/* ── polling ─────────────────────────────────────────────────────────────────────────────────── */

static bool poll_once(struct network *network, int timeout_ms)
{
	struct pollfd fds[1 + 64 + 16];
	nfds_t count = 0;
	size_t clients = network->client_count;
	fds[count++] = (struct pollfd){.fd = network->listener, .events = POLLIN};
	for (size_t i = 0; i < clients; i++)
		fds[count++] = (struct pollfd){.fd = network->clients[i]->fd, .events = POLLIN};
	for (size_t i = 0; i < network->modem_count; i++)
		fds[count++] = (struct pollfd){.fd = network->modems[i]->master,
		    .events = (short)(POLLIN | (network->modems[i]->out.len > 0 ? POLLOUT : 0))};
	if (poll(fds, count, timeout_ms) <= 0)
		return false;
	for (size_t i = 0; i < network->modem_count; i++) {
		struct modem *modem = network->modems[i];
		short ready = fds[1 + clients + i].revents;
		if (modem->master >= 0 && ready & POLLOUT)
			modem_flush(modem);
		if (modem->master >= 0 && ready & POLLIN) {
			network->last_event_real_ms = mono_of_machine().ms;
			modem_readable(modem);
		}
	}
	for (size_t i = 0; i < clients; i++)
		if (fds[1 + i].revents != 0)
			client_readable(network, network->clients[i]);
	if (fds[0].revents & POLLIN)
		clients_accept(network);
	clients_bury(network);
	network_run_due(network);
	return true;
}

/* Until something can be expected by time alone. */
static int wait_limit(const struct network *network)
{
	if (network->speed <= 0)
		return network->client_count > 0 || network->told_to_pass ? 200 : 1000;
	int64_t limit = network->client_count > 0 ? TICK_MS : 1000;
	if (network->event_count > 0) {
		double ms =
		    (double)(network->events[0].moment.ms - network->now.ms) / network->speed;
		int64_t passed = mono_of_machine().ms - network->speed_real_ms;
		if (ms - (double)passed < (double)limit)
			limit = (int64_t)ms - passed;
	}
	return limit < 0 ? 0 : (int)limit;
}

int network_run(struct network *network)
{
	network->last_event_real_ms = network->speed_real_ms = mono_of_machine().ms;
	while (!network->quit) {
		answer_those_who_wait(network);
		struct wall next = next_move(network);
		if (next.ms == INT64_MAX) {
			poll_once(network, wait_limit(network));
			continue;
		}
		/* What somebody has caused must be seen before time moves over it. */
		if (network->speed <= 0 && poll_once(network, 0))
			continue;
		move_to(network, next);
	}
	return EX_OK;
}
