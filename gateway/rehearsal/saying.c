/*
 * Owns: playing a script on the virtual network: when its officials speak, to which modem.
 * May use: base/, rehearsal/.
 * Must not know: AT commands, what the words mean.
 */
#include "rehearsal/internal.h"

#include "rehearsal/script.h"

#include <stdlib.h>

struct saying {
	char number[NUMBER_MAX];
	struct modem *to;
	char *text;
};

static void drop_saying(void *arg)
{
	struct saying *saying = arg;
	free(saying->text);
	free(saying);
}

static void say(struct network *network, void *arg)
{
	struct saying *saying = arg;
	(void)air_from_handset(network, saying->number, saying->to, saying->text);
	drop_saying(saying);
}

static struct saying *new_saying(const char *number, struct modem *to, const char *text)
{
	struct saying *saying = memory_new(sizeof *saying);
	saying->to = to;
	saying->text = memory_copy_text(text);
	snprintf(saying->number, sizeof saying->number, "%s", number);
	return saying;
}

static void plan_moment(const char *number, struct wall moment, const char *text, void *arg)
{
	struct network *network = arg;
	network_plan_at(
	    network, moment, say, drop_saying, new_saying(number, network->modems[0], text));
}

bool saying_begin(struct network *network, const char *path, struct failure *failure)
{
	network->script = script_read(path, network->zone_minutes, failure);
	if (network->script == NULL)
		return false;
	script_tell_moments(network->script, plan_moment, network);
	return true;
}

static void plan_reply(const char *number, int64_t after_ms, const char *text, void *arg)
{
	struct modem *modem = arg;
	network_plan(
	    modem->network, after_ms, false, say, drop_saying, new_saying(number, modem, text));
}

void saying_text_came(
    struct network *network, struct modem *from_modem, const char *number, const char *text)
{
	if (network->script != NULL)
		script_hear(network->script, number, text, plan_reply, from_modem);
}
