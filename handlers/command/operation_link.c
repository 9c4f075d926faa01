/*
 * Owns: the operations `link` and `unlink`: a code for a person's account, and its end.
 * May use: base/, loop/, store/.
 * Must not know: who asked, how codes are shown, providers.
 */
#include "command/arguments.h"
#include "loop/loop.h"

#include <stdio.h>
#include <string.h>
#include <sys/random.h>

#define KIND_MAX ADDRESS_KIND_BYTES_MAX
#define DRAWN 8 /* so many at once: one of them is free unless nearly all codes are taken */
#define CODE_RANGE 1000000u

struct linking {
	struct operation *operation;
	struct store_issue_link_code_input input;
	struct store_issue_link_code_output output;
	char codes[DRAWN][LINK_CODE_SIZE];
	const char *drawn[DRAWN];
};

/* Every code equally likely: what would favour the low ones is drawn anew. */
static bool draw(char code[LINK_CODE_SIZE])
{
	uint32_t number;
	do {
		if (getrandom(&number, sizeof number, 0) != (ssize_t)sizeof number)
			return false;
	} while (number >= UINT32_MAX - UINT32_MAX % CODE_RANGE);
	snprintf(code, LINK_CODE_SIZE, "%0*u", LINK_CODE_DIGITS, number % CODE_RANGE);
	return true;
}

static void issued(enum result result, const struct failure *failure, void *arg)
{
	struct linking *linking = arg;
	if (result != RESULT_OK) {
		operation_fail(linking->operation, result, failure);
		return;
	}
	operation_finish(linking->operation,
	    json_pack("{s:s, s:s, s:I}", "code", linking->output.code, "name",
		linking->output.person_name, "until", (json_int_t)linking->output.until.ms));
}

void operation_link_run(struct operation *operation)
{
	struct linking *linking = arena_alloc(operation->arena, sizeof *linking);
	const char *person = NULL, *kind = NULL;
	struct failure failure;
	const struct argument arguments[] = {
	    {"person", ARGUMENT_TEXT, true, ARGUMENT_NAME_MAX, &person},
	    {"kind", ARGUMENT_TEXT, false, KIND_MAX, &kind},
	};
	if (!arguments_read(operation, arguments, COUNT_OF(arguments)))
		return;
	for (size_t i = 0; i < DRAWN; i++) {
		if (!draw(linking->codes[i])) {
			failure_set(&failure, RESULT_IO,
			    "The system gives no random numbers, so no code can be drawn.");
			operation_fail(operation, failure.code, &failure);
			return;
		}
		linking->drawn[i] = linking->codes[i];
	}
	linking->operation = operation;
	linking->input = (struct store_issue_link_code_input){
	    .now = loop_now(operation->place->loop),
	    .actor = operation->actor,
	    .person_code = person,
	    .kind = kind,
	    .codes = linking->drawn,
	    .code_count = DRAWN,
	};
	store_submit(
	    operation->place->store, &(struct store_request){STORE_ISSUE_LINK_CODE, &linking->input,
					 &linking->output, operation->arena, issued, linking});
}

/* ── an address that the office vouches for ──────────────────────────────────────────────────── */

struct vouching {
	struct operation *operation;
	struct store_link_address_input input;
	struct store_link_address_output output;
};

static void vouched(enum result result, const struct failure *failure, void *arg)
{
	struct vouching *vouching = arg;
	if (result != RESULT_OK) {
		operation_fail(vouching->operation, result, failure);
		return;
	}
	operation_finish(vouching->operation,
	    json_pack("{s:s, s:s, s:s}", "name", vouching->output.person_name, "address",
		vouching->input.address, "channel", vouching->input.channel));
}

/* Who can text a code proves by it that the account is theirs; where nothing comes in, nobody can.
 */
static const struct config_channel *find_one_way(
    const struct config *config, const char *name, struct failure *failure)
{
	for (size_t i = 0; i < config->channel_count; i++) {
		const struct config_channel *channel = &config->channels[i];
		if (strcmp(channel->name, name) != 0)
			continue;
		if (!channel->provider->two_way &&
		    strcmp(channel->provider->address_kind, "phone") != 0)
			return channel;
		failure_set(failure, RESULT_INVALID,
		    "Accounts of the channel %s are linked by a code that the official texts: "
		    "nhacviec link PERSON.",
		    name);
		return NULL;
	}
	failure_set(failure, RESULT_NOT_FOUND, "There is no channel %s under `channels`.", name);
	return NULL;
}

void operation_link_address_run(struct operation *operation)
{
	struct vouching *vouching = arena_alloc(operation->arena, sizeof *vouching);
	const char *person = NULL, *address = NULL, *name = NULL;
	struct failure failure;
	const struct argument arguments[] = {
	    {"person", ARGUMENT_TEXT, true, ARGUMENT_NAME_MAX, &person},
	    {"address", ARGUMENT_TEXT, true, ADDRESS_BYTES_MAX, &address},
	    {"channel", ARGUMENT_CODE, true, 24, &name},
	};
	if (!arguments_read(operation, arguments, COUNT_OF(arguments)))
		return;
	const struct config_channel *channel =
	    find_one_way(operation->place->config, name, &failure);
	if (channel == NULL) {
		operation_fail(operation, failure.code, &failure);
		return;
	}
	vouching->operation = operation;
	vouching->input = (struct store_link_address_input){
	    .now = loop_now(operation->place->loop),
	    .actor = operation->actor,
	    .person_code = person,
	    .kind = channel->provider->address_kind,
	    .address = address,
	    .channel = name,
	};
	store_submit(
	    operation->place->store, &(struct store_request){STORE_LINK_ADDRESS, &vouching->input,
					 &vouching->output, operation->arena, vouched, vouching});
}

/* ── unlink ──────────────────────────────────────────────────────────────────────────────────── */

struct unlinking {
	struct operation *operation;
	struct store_unlink_input input;
	struct store_unlink_output output;
};

static void unlinked(enum result result, const struct failure *failure, void *arg)
{
	struct unlinking *unlinking = arg;
	if (result != RESULT_OK) {
		operation_fail(unlinking->operation, result, failure);
		return;
	}
	operation_poke(unlinking->operation);
	operation_finish(
	    unlinking->operation, json_pack("{s:i}", "unlinked", unlinking->output.unlinked));
}

void operation_unlink_run(struct operation *operation)
{
	struct unlinking *unlinking = arena_alloc(operation->arena, sizeof *unlinking);
	const char *person = NULL, *address = NULL;
	struct failure failure;
	const struct argument arguments[] = {
	    {"person", ARGUMENT_TEXT, false, ARGUMENT_NAME_MAX, &person},
	    {"address", ARGUMENT_TEXT, false, ADDRESS_BYTES_MAX, &address},
	};
	if (!arguments_read(operation, arguments, COUNT_OF(arguments)))
		return;
	if (person == NULL && address == NULL) {
		failure_set(&failure, RESULT_INVALID, "Name a person or an address.");
		operation_fail(operation, failure.code, &failure);
		return;
	}
	unlinking->operation = operation;
	unlinking->input = (struct store_unlink_input){
	    .now = loop_now(operation->place->loop),
	    .actor = operation->actor,
	    .person_code = person,
	    .address = address,
	};
	store_submit(operation->place->store,
	    &(struct store_request){STORE_UNLINK, &unlinking->input, &unlinking->output,
		operation->arena, unlinked, unlinking});
}
