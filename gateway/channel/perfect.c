/*
 * Owns: the perfect network: verdict, receipt and delivery of a part; texts that come in.
 * May use: base/, loop/, text/, channel/.
 * Must not know: the domain.
 */
#include "channel/perfect.h"

#include "base/memory.h"
#include "loop/loop.h"
#include "text/phone.h"

#include <string.h>
#include "text/segment.h"

#include <stdlib.h>

struct saying {
	struct saying *next;
	struct arena *arena;
	const char *sender;
	struct segments segments;
	int concat_reference;
};

struct perfect {
	struct channel channel; /* first: the port's view of this struct */
	struct loop *loop;
	struct arena *arena; /* of the name */
	struct perfect_config config;
	const struct channel_events *events;
	void *owner;
	struct loop_timer *ready, *verdict, *says, *stops;
	struct arena *part_arena; /* of the part in flight; NULL: none is */
	struct channel_part part;
	struct wall submitted;
	int next_reference, next_concat;
	struct saying *sayings, **last_saying;
	loop_fn *stopped;
	void *stopped_arg;
};

static struct wall whole_second(struct wall moment)
{
	return (struct wall){moment.ms - moment.ms % SECOND_MS};
}

/* ── going out ───────────────────────────────────────────────────────────────────────────────── */

static void begin(void *arg)
{
	struct perfect *perfect = arg;
	perfect->channel.health = CHANNEL_READY;
	perfect->events->health(perfect->owner, perfect->channel.name, CHANNEL_READY, "", "");
}

static void start(struct channel *channel)
{
	loop_timer_after(((struct perfect *)channel)->ready, 0);
}

static enum result submit(struct channel *channel, const struct channel_part *part)
{
	struct perfect *perfect = (struct perfect *)channel;
	if (perfect->part_arena != NULL)
		return RESULT_CONFLICT;
	if (channel->health != CHANNEL_READY)
		return RESULT_TEMPORARY;
	perfect->part_arena = arena_new();
	perfect->part = *part;
	perfect->part.address = arena_copy(perfect->part_arena, part->address);
	perfect->part.text = arena_copy(perfect->part_arena, part->text);
	perfect->submitted = loop_now(perfect->loop);
	loop_timer_after(perfect->verdict, perfect->config.part_ms);
	return RESULT_OK;
}

static void refuse(struct perfect *perfect, const struct channel_part *part)
{
	perfect->events->outcome(perfect->owner, perfect->channel.name,
	    &(struct channel_outcome){
		.attempt = part->attempt,
		.part = part->part,
		.kind = CHANNEL_REFUSED_FOREVER,
		.reference = -1,
		.detail = "this is not a phone number",
		.number_is_wrong = true,
	    });
}

static void accept(struct perfect *perfect, const struct channel_part *part)
{
	const char *name = perfect->channel.name;
	int reference = perfect->next_reference;
	perfect->next_reference = (reference + 1) % 256;
	struct wall submitted = whole_second(perfect->submitted);
	perfect->events->outcome(perfect->owner, name,
	    &(struct channel_outcome){
		.attempt = part->attempt,
		.part = part->part,
		.kind = CHANNEL_SENT,
		.reference = reference,
		.detail = "",
	    });
	if (part->want_receipt)
		perfect->events->receipt(perfect->owner, name,
		    &(struct channel_receipt){
			.slot = "",
			.reference = reference,
			.recipient = part->address,
			.status = 0,
			.submit_time = submitted,
			.discharge_time = whole_second(loop_now(perfect->loop)),
		    });
	if (perfect->config.delivered != NULL)
		perfect->config.delivered(perfect->owner, name, part);
}

/* What the callbacks submit next is another part, so this one is put aside first. */
static void verdict_comes(void *arg)
{
	struct perfect *perfect = arg;
	struct arena *arena = perfect->part_arena;
	struct channel_part part = perfect->part;
	struct phone phone;
	perfect->part_arena = NULL;
	if (strcmp(perfect->channel.address_kind, "phone") != 0 ||
	    phone_parse(part.address, &phone, NULL) == RESULT_OK)
		accept(perfect, &part);
	else
		refuse(perfect, &part);
	arena_free(arena);
	if (perfect->stopped != NULL)
		loop_timer_after(perfect->stops, 0);
}

/* ── coming in ───────────────────────────────────────────────────────────────────────────────── */

enum result perfect_channel_say(
    struct channel *channel, const char *sender, const char *text, struct failure *failure)
{
	struct perfect *perfect = (struct perfect *)channel;
	struct arena *arena = arena_new();
	struct saying *saying = arena_alloc(arena, sizeof *saying);
	*saying = (struct saying){.arena = arena, .sender = arena_copy(arena, sender)};
	enum result result =
	    segment_split(arena, text, SEGMENT_PARTS_MAX, &saying->segments, failure);
	if (result != RESULT_OK) {
		arena_free(arena);
		return result;
	}
	saying->concat_reference = -1;
	if (saying->segments.count > 1) {
		saying->concat_reference = perfect->next_concat;
		perfect->next_concat = (perfect->next_concat + 1) % 256;
	}
	*perfect->last_saying = saying;
	perfect->last_saying = &saying->next;
	loop_timer_after(perfect->says, 0);
	return RESULT_OK;
}

static void tell(struct perfect *perfect, const struct saying *saying)
{
	for (int i = 0; i < saying->segments.count; i++)
		perfect->events->inbound(perfect->owner, perfect->channel.name,
		    &(struct channel_inbound){
			.slot = "sim",
			.sender = saying->sender,
			.network_time = whole_second(loop_now(perfect->loop)),
			.encoding = (int)saying->segments.encoding,
			.concat_reference = saying->concat_reference,
			.parts = saying->segments.count,
			.part = i + 1,
			.text = saying->segments.parts[i],
		    });
}

static struct saying *take_sayings(struct perfect *perfect)
{
	struct saying *sayings = perfect->sayings;
	perfect->sayings = NULL;
	perfect->last_saying = &perfect->sayings;
	return sayings;
}

static void say_them(void *arg)
{
	struct perfect *perfect = arg;
	for (struct saying *saying = take_sayings(perfect), *next; saying != NULL; saying = next) {
		next = saying->next;
		tell(perfect, saying);
		arena_free(saying->arena);
	}
}

/* Nothing is kept here that could be given back. */
static void accept_inbound(struct channel *channel, const char *slot)
{
	(void)channel;
	(void)slot;
}

/* ── life ────────────────────────────────────────────────────────────────────────────────────── */

static void has_stopped(void *arg)
{
	struct perfect *perfect = arg;
	loop_fn *stopped = perfect->stopped;
	perfect->stopped = NULL;
	stopped(perfect->stopped_arg);
}

static void stop(struct channel *channel, void (*stopped)(void *arg), void *arg)
{
	struct perfect *perfect = (struct perfect *)channel;
	perfect->stopped = stopped;
	perfect->stopped_arg = arg;
	channel->health = CHANNEL_DOWN;
	loop_timer_cancel(perfect->ready);
	if (perfect->part_arena == NULL)
		loop_timer_after(perfect->stops, 0);
}

static void free_perfect(struct channel *channel)
{
	struct perfect *perfect = (struct perfect *)channel;
	for (struct saying *saying = take_sayings(perfect), *next; saying != NULL; saying = next) {
		next = saying->next;
		arena_free(saying->arena);
	}
	loop_timer_free(perfect->ready);
	loop_timer_free(perfect->verdict);
	loop_timer_free(perfect->says);
	loop_timer_free(perfect->stops);
	arena_free(perfect->part_arena);
	arena_free(perfect->arena);
	free(perfect);
}

static const struct channel_ops perfect_ops = {
    .kind = "perfect",
    .start = start,
    .submit = submit,
    .accept_inbound = accept_inbound,
    .stop = stop,
    .free = free_perfect,
};

struct channel *perfect_channel_new(struct loop *loop, const struct perfect_config *config,
    const struct channel_events *events, void *owner)
{
	struct perfect *perfect = memory_new(sizeof *perfect);
	struct arena *arena = arena_new();
	*perfect = (struct perfect){
	    .channel = {.ops = &perfect_ops,
		.name = arena_copy(arena, config->name),
		.health = CHANNEL_CONNECTING,
		.address_kind = config->address_kind != NULL ? config->address_kind : "phone",
		.at_once = 1,
		.at_once_max = 1},
	    .loop = loop,
	    .arena = arena,
	    .config = *config,
	    .events = events,
	    .owner = owner,
	};
	perfect->last_saying = &perfect->sayings;
	perfect->ready = loop_timer_new(loop, begin, perfect);
	perfect->verdict = loop_timer_new(loop, verdict_comes, perfect);
	perfect->says = loop_timer_new(loop, say_them, perfect);
	perfect->stops = loop_timer_new(loop, has_stopped, perfect);
	return &perfect->channel;
}
