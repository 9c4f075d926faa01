/*
 * Owns: the requests on the socket, listed in network.h.
 * May use: base/, text/, rehearsal/.
 * Must not know: how time moves.
 */
#include "rehearsal/internal.h"

#include "text/phone.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define WORDS_MAX 5

struct request {
	struct network *network;
	struct client *client;
	char *words[WORDS_MAX];
	int count;
};

typedef void request_fn(struct request *request);

static void refuse(struct request *request, const char *why)
{
	client_say(request->client, "error %s\n", why);
}

static void say_now(struct request *request)
{
	client_say(request->client, "ok %" PRId64 "\n", request->network->now.ms);
}

static void say_stats(struct request *request)
{
	const struct network *network = request->network;
	int stored = 0;
	for (size_t i = 0; i < network->modem_count; i++)
		stored += modem_used_slots(network->modems[i]);
	client_say(request->client,
	    "ok submissions=%" PRIu64 " verdicts_lost=%" PRIu64
	    " events=%zu stored=%d queued=%zu\n",
	    network->submissions, network->verdicts_lost, network->event_count, stored,
	    network->queue_count);
}

static void stop(struct request *request)
{
	request->network->quit = true;
	client_say(request->client, "ok\n");
}

static void wait_idle(struct request *request)
{
	request->client->wants_idle = true;
}

static void wait_done(struct request *request)
{
	request->client->wants_done = true;
}

static void set_step(struct request *request)
{
	request->network->hold = false;
	request->network->speed = 0;
	client_say(request->client, "ok\n");
}

static void set_hold(struct request *request)
{
	request->network->hold = true;
	client_say(request->client, "ok\n");
}

static void set_speed(struct request *request)
{
	double speed = request->count > 1 ? strtod(request->words[1], NULL) : 0;
	if (!(speed > 0 && speed <= 1e7)) {
		refuse(request, "the speed is a number above 0");
		return;
	}
	request->network->hold = false;
	request->network->speed = speed;
	request->network->speed_real_ms = mono_of_machine().ms;
	client_say(request->client, "ok\n");
}

static void pass_time(struct request *request, struct wall until)
{
	request->network->told_to_pass = true;
	request->network->pass_until = until;
	request->client->wants_idle = true;
}

static void advance(struct request *request)
{
	int64_t ms = request->count > 1 ? strtoll(request->words[1], NULL, 10) : -1;
	if (ms < 0)
		refuse(request, "advance takes milliseconds");
	else
		pass_time(request, wall_add(request->network->now, ms));
}

static void advance_until(struct request *request)
{
	int64_t ms = request->count > 1 ? strtoll(request->words[1], NULL, 10) : -1;
	if (ms < request->network->now.ms)
		refuse(request, "time does not go back");
	else
		pass_time(request, (struct wall){ms});
}

/* Nobody on the clock hears of this time before it is over. */
static void suspend_clients(struct request *request)
{
	struct network *network = request->network;
	int64_t ms = request->count > 1 ? strtoll(request->words[1], NULL, 10) : -1;
	if (ms < 0) {
		refuse(request, "suspend takes milliseconds");
		return;
	}
	struct wall until = wall_add(network->now, ms);
	while (network->event_count > 0 && !wall_before(until, network->events[0].moment)) {
		if (wall_before(network->now, network->events[0].moment))
			network->now = network->events[0].moment;
		network_run_due(network);
	}
	network->now = until;
	clients_tell_time(network);
	request->client->wants_idle = true;
}

static void shift_clock(struct request *request)
{
	if (request->count < 2) {
		refuse(request, "shift takes milliseconds");
		return;
	}
	request->network->shift_ms = strtoll(request->words[1], NULL, 10);
	clients_tell_time(request->network);
	request->client->wants_idle = true;
}

/* A number as people write it, in E.164; short codes and names stay as they are. */
static const char *number_of(const char *text, struct phone *phone)
{
	return phone_parse(text, phone, NULL) == RESULT_OK ? phone->e164 : text;
}

static void handset_send(struct request *request)
{
	struct phone from, to;
	struct network *network = request->network;
	if (request->count < 4) {
		refuse(request, "handset-send FROM TO TEXT");
		return;
	}
	for (int i = 1; i < 4; i++)
		network_decode(request->words[i]);
	struct modem *modem =
	    strcmp(request->words[2], "-") == 0
		? network->modems[0]
		: network_modem_of_number(network, number_of(request->words[2], &to));
	if (modem == NULL) {
		refuse(request, "no modem has that number");
		return;
	}
	if (!air_from_handset(
		network, number_of(request->words[1], &from), modem, request->words[3])) {
		refuse(request, "the text is longer than 10 parts");
		return;
	}
	client_say(request->client, "ok %s\n", modem->number);
}

static void handset_inbox(struct request *request)
{
	struct phone phone;
	if (request->count < 2) {
		refuse(request, "handset-inbox NUMBER");
		return;
	}
	const struct subscriber *subscriber =
	    air_subscriber(request->network, number_of(request->words[1], &phone));
	for (size_t i = 0; i < subscriber->inbox_count; i++)
		client_say(request->client, "text %" PRId64 " %s %s\n", subscriber->inbox[i].at.ms,
		    subscriber->inbox[i].from, network_encode(subscriber->inbox[i].text));
	client_say(request->client, "ok %zu\n", subscriber->inbox_count);
}

static void handset_follow(struct request *request)
{
	struct phone phone;
	if (request->count < 2)
		refuse(request, "handset-follow NUMBER");
	else
		snprintf(request->client->follows, sizeof request->client->follows, "%s",
		    number_of(request->words[1], &phone));
}

static void set_number(struct request *request)
{
	static const char *const words[] = {"ok", "barred", "unreachable", "off-until"};
	struct phone phone;
	for (size_t i = 0; request->count >= 3 && i < COUNT_OF(words); i++) {
		if (strcmp(request->words[2], words[i]) != 0)
			continue;
		struct subscriber *subscriber =
		    air_subscriber(request->network, number_of(request->words[1], &phone));
		subscriber->reach = (enum reach)i;
		if (request->count > 3)
			subscriber->off_until = (struct wall){strtoll(request->words[3], NULL, 10)};
		client_say(request->client, "ok\n");
		return;
	}
	refuse(request, "number NUMBER ok|barred|unreachable|off-until MS");
}

static void set_fault(struct modem *modem, const struct request *request)
{
	if (strcmp(request->words[2], "clear") == 0) {
		modem->fault_count = 0;
		modem->silent = false;
		return;
	}
	if (modem->fault_count == FAULTS_MAX)
		return;
	struct fault *fault = &modem->faults[modem->fault_count++];
	*fault = (struct fault){0};
	snprintf(fault->kind, sizeof fault->kind, "%s", request->words[2]);
	for (int i = 3; i < request->count; i++) {
		if (strcmp(request->words[i], "always") == 0)
			fault->always = true;
		else
			fault->argument = strtoll(request->words[i], NULL, 10);
	}
}

static bool is_fault(const char *kind)
{
	static const char *const kinds[] = {"clear", "no-verdict", "swallow", "late", "cms", "cme",
	    "no-prompt", "silent", "garbage", "wrong-reference", "no-reference", "lost-receipt",
	    "duplicate-receipt", "duplicate-indication", "no-indication"};
	for (size_t i = 0; i < COUNT_OF(kinds); i++)
		if (strcmp(kinds[i], kind) == 0)
			return true;
	return false;
}

static void fault(struct request *request)
{
	struct network *network = request->network;
	if (request->count < 3 || !is_fault(request->words[2])) {
		refuse(request, "fault MODEM|* KIND [ARGUMENT] [always]");
		return;
	}
	bool all = strcmp(request->words[1], "*") == 0;
	for (size_t i = 0; i < network->modem_count; i++)
		if (all || strcmp(network->modems[i]->name, request->words[1]) == 0)
			set_fault(network->modems[i], request);
	client_say(request->client, "ok\n");
}

static void unplug(struct request *request)
{
	struct modem *modem =
	    request->count > 1 ? network_find_modem(request->network, request->words[1]) : NULL;
	if (modem == NULL || modem->master < 0) {
		refuse(request, "no such modem is plugged in");
		return;
	}
	modem_close(modem);
	client_say(request->client, "ok\n");
}

static void replug(struct request *request)
{
	struct failure failure;
	struct modem *modem =
	    request->count > 1 ? network_find_modem(request->network, request->words[1]) : NULL;
	if (modem == NULL || modem->master >= 0)
		refuse(request, "no such modem is unplugged");
	else if (!modem_open(modem, &failure))
		refuse(request, failure.text);
	else {
		air_slot_free(modem);
		client_say(request->client, "ok\n");
	}
}

static void list_modems(struct request *request)
{
	const struct network *network = request->network;
	for (size_t i = 0; i < network->modem_count; i++)
		client_say(request->client, "modem %s %s %s\n", network->modems[i]->name,
		    network->modems[i]->number, network_encode(network->modems[i]->link));
	client_say(request->client, "ok %zu\n", network->modem_count);
}

static const struct {
	const char *name;
	request_fn *run;
} requests[] = {
    {"now", say_now},
    {"stats", say_stats},
    {"quit", stop},
    {"wait-idle", wait_idle},
    {"wait-done", wait_done},
    {"step", set_step},
    {"hold", set_hold},
    {"speed", set_speed},
    {"advance", advance},
    {"until", advance_until},
    {"suspend", suspend_clients},
    {"shift", shift_clock},
    {"handset-send", handset_send},
    {"handset-inbox", handset_inbox},
    {"handset-follow", handset_follow},
    {"number", set_number},
    {"fault", fault},
    {"unplug", unplug},
    {"replug", replug},
    {"modems", list_modems},
};

void request_run(struct network *network, struct client *client, char *line)
{
	struct request request = {.network = network, .client = client};
	char *rest = line, *word;
	while (request.count < WORDS_MAX && (word = strsep(&rest, " ")) != NULL)
		if (word[0] != '\0')
			request.words[request.count++] = word;
	for (size_t i = 0; request.count > 0 && i < COUNT_OF(requests); i++)
		if (strcmp(requests[i].name, request.words[0]) == 0) {
			requests[i].run(&request);
			return;
		}
	client_say(client, "error unknown request\n");
}
