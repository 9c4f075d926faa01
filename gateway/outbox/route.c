/*
 * Owns: choosing a channel.
 * May use: base/.
 * Must not know: the store, how channels work.
 */
#include "outbox/route.h"

#include "base/hash.h"

#include <string.h>

static bool begins_with(const char *number, const char *prefix)
{
	if (number[0] == '+' && prefix[0] != '+')
		number++;
	return strncmp(number, prefix, strlen(prefix)) == 0;
}

/* The longest prefix counts: 0993 may belong to another operator than 099. */
static size_t longest_prefix(const struct route_operator *operator_, const char *address)
{
	size_t longest = 0;
	for (size_t i = 0; i < operator_->prefix_count; i++) {
		size_t len = strlen(operator_->prefixes[i]);
		if (len > longest && begins_with(address, operator_->prefixes[i]))
			longest = len;
	}
	return longest;
}

const char *route_operator_of(const struct route_table *table, const char *address)
{
	const char *code = NULL;
	size_t longest = 0;
	for (size_t i = 0; i < table->ported_count; i++)
		if (strcmp(table->ported[i].number, address) == 0)
			return table->ported[i].code;
	for (size_t i = 0; i < table->operator_count; i++) {
		size_t len = longest_prefix(&table->operators[i], address);
		if (len > longest) {
			longest = len;
			code = table->operators[i].code;
		}
	}
	return code;
}

static bool prefers(const struct route_channel *channel, const char *address, const char *operator_)
{
	for (size_t i = 0; i < channel->prefers_count; i++) {
		const char *what = channel->prefers[i];
		if (what[0] == '+' ? begins_with(address, what)
				   : operator_ != NULL && strcmp(what, operator_) == 0)
			return true;
	}
	return false;
}

/* In flight of what may be, in thousandths. */
static int busy(const struct route_channel *channel)
{
	return channel->at_once > 0 ? channel->in_flight * 1000 / channel->at_once : 1000;
}

/* Rendezvous hashing: a channel that comes or goes moves only its own numbers. */
static uint64_t share(const struct route_channel *channel, const char *address)
{
	uint64_t mixed = hash_text(address) ^ hash_text(channel->name) * UINT64_C(31);
	mixed ^= mixed >> 33;
	mixed *= UINT64_C(0xff51afd7ed558ccd);
	return mixed ^ mixed >> 33;
}

struct choice {
	const struct route_channel *channel;
	bool known, preferred;
	uint64_t share;
};

static bool is_better(const struct choice *one, const struct choice *other)
{
	if (one->known != other->known)
		return one->known;
	if (one->preferred != other->preferred)
		return one->preferred;
	if (one->channel->price != other->channel->price)
		return one->channel->price < other->channel->price;
	if (busy(one->channel) != busy(other->channel))
		return busy(one->channel) < busy(other->channel);
	return one->share > other->share;
}

const char *route_choose(const struct route_table *table, const struct route_channel *channels,
    size_t count, const char *address_kind, const char *address, const char *last)
{
	const char *operator_ = route_operator_of(table, address);
	struct choice best = {0};
	for (size_t i = 0; i < count; i++) {
		const struct route_channel *channel = &channels[i];
		if (!channel->healthy || strcmp(channel->address_kind, address_kind) != 0)
			continue;
		struct choice choice = {
		    .channel = channel,
		    .known = last != NULL && strcmp(channel->name, last) == 0,
		    .preferred = prefers(channel, address, operator_),
		    .share = share(channel, address),
		};
		if (best.channel == NULL || is_better(&choice, &best))
			best = choice;
	}
	return best.channel != NULL ? best.channel->name : NULL;
}
