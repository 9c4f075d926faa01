/*
 * Owns: making the tables of channels and operators from the configuration.
 * May use: document/, the parts' policies.
 * Must not know: how the parts work.
 */
#include "daemon/tables.h"

#include "base/log.h"
#include "document/operators.h"

#include <stdlib.h>
#include <unistd.h>

#define NO_RECEIPTS_MAX 1024

static void list_ways(
    struct arena *arena, const struct config *config, struct policy_tables *tables)
{
	size_t count = config->modem_count + config->channel_count, at = 0;
	struct way_channel *ways = arena_alloc(arena, (count + 1) * sizeof *ways);
	for (size_t i = 0; i < config->channel_count; i++) {
		const struct config_channel *channel = &config->channels[i];
		ways[at++] = (struct way_channel){
		    .name = channel->name,
		    .kind = channel->provider->address_kind,
		    .two_way = channel->provider->two_way,
		    .receipts = channel->provider->receipts,
		    .price = channel->price,
		};
	}
	for (size_t i = 0; i < config->modem_count; i++)
		ways[at++] = (struct way_channel){
		    .name = config->modems[i].name,
		    .kind = "phone",
		    .two_way = true,
		    .receipts = true,
		    .price = config->price_per_part,
		};
	tables->ways = (struct way_table){ways, count};
}

static void list_silent(
    struct arena *arena, const struct config *config, struct policy_tables *tables)
{
	OWNED_BUFFER list = BUFFER(NO_RECEIPTS_MAX);
	for (size_t i = 0; i < config->channel_count; i++)
		if (!config->channels[i].provider->receipts)
			buffer_printf(
			    &list, "%s%s", list.len > 0 ? "|" : "", config->channels[i].name);
	tables->no_receipts = arena_copy(arena, buffer_text(&list));
}

static void take_operators(
    struct arena *arena, const struct operators *operators, struct policy_tables *tables)
{
	struct route_operator *items = arena_alloc(arena, (operators->count + 1) * sizeof *items);
	struct route_ported *ported =
	    arena_alloc(arena, (operators->ported_count + 1) * sizeof *ported);
	for (size_t i = 0; i < operators->count; i++)
		items[i] = (struct route_operator){operators->items[i].code,
		    operators->items[i].prefixes, operators->items[i].prefix_count};
	for (size_t i = 0; i < operators->ported_count; i++)
		ported[i] =
		    (struct route_ported){operators->ported[i].number, operators->ported[i].code};
	tables->routes =
	    (struct route_table){items, operators->count, ported, operators->ported_count};
}

static void read_operators(
    struct arena *arena, const struct config *config, struct policy_tables *tables)
{
	struct operators operators;
	struct complaints *complaints = arena_alloc(arena, sizeof *complaints);
	complaints->arena = arena;
	if (access(config->operators_file, R_OK) != 0) {
		log_event(LOG_INFO, "routes.no-operators", "file=%s",
		    log_quote(config->operators_file).text);
		return;
	}
	operators_load(arena, config->operators_file, &operators, complaints);
	for (size_t i = 0; i < complaints->count; i++)
		log_event(LOG_WARNING, "routes.operators", "file=%s line=%d why=%s",
		    log_quote(config->operators_file).text, complaints->items[i].line,
		    log_quote(complaints->items[i].text).text);
	take_operators(arena, &operators, tables);
}

void policy_tables_make(
    struct arena *arena, const struct config *config, struct policy_tables *tables)
{
	*tables = (struct policy_tables){0};
	list_ways(arena, config, tables);
	list_silent(arena, config, tables);
	read_operators(arena, config, tables);
}
