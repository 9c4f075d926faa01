/*
 * Owns: having an operation run: by the daemon when there is one, else here under the same lock.
 * May use: base/, loop/, store/, command/operation.h, jansson.
 * Must not know: which operations there are.
 */
#include "command/environment.h"
#include "document/texts_file.h"
#include "command/operation.h"
#include "command/options.h"
#include "command/words.h"
#include "loop/control.h"
#include "loop/loop.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

/* ── reading a reply ─────────────────────────────────────────────────────────────────────────── */

static enum result result_of_name(const char *name)
{
	for (int code = RESULT_OK; code <= RESULT_INTERNAL; code++)
		if (strcmp(result_name((enum result)code), name) == 0)
			return (enum result)code;
	return RESULT_INTERNAL;
}

static enum result read_reply(const char *text, size_t len, json_t **body, struct failure *failure)
{
	json_t *reply = json_loadb(text, len, JSON_REJECT_DUPLICATES, NULL);
	const char *name = json_string_value(json_object_get(reply, "result"));
	const char *sentence = json_string_value(json_object_get(reply, "failure"));
	*body = json_incref(json_object_get(reply, "body"));
	enum result result = name != NULL ? result_of_name(name) : RESULT_INTERNAL;
	if (result != RESULT_OK)
		failure_set(failure, result, "%s",
		    sentence != NULL ? sentence
				     : "The daemon's answer cannot be read. Are daemon and "
				       "command of the same version?");
	json_decref(reply);
	return result;
}

/* ── running it here ─────────────────────────────────────────────────────────────────────────── */

struct local {
	struct operation_place place;
	const struct texts *texts;
	enum result result;
	struct failure *failure;
	json_t **body;
};

static bool commit(void *arg)
{
	struct local *local = arg;
	return local->place.store->ops->flush(local->place.store);
}

static void finished(enum result result, const struct failure *failure, json_t *body, void *arg)
{
	struct local *local = arg;
	local->result = result;
	if (failure != NULL)
		*local->failure = *failure;
	*local->body = json_incref(body);
	loop_stop(local->place.loop);
}

static void take_down(struct local *local)
{
	if (local->place.reader != NULL)
		reader_close(local->place.reader);
	if (local->place.store != NULL)
		local->place.store->ops->close(local->place.store);
	loop_free(local->place.loop);
}

/* What root would create in the daemon's folder the daemon could not open: root becomes the
 * folder's owner for the rest of the command. */
static enum result become_owner(const char *state_dir, struct failure *failure)
{
	struct stat status;
	if (geteuid() != 0 || stat(state_dir, &status) != 0 || status.st_uid == 0)
		return RESULT_OK;
	if (setgroups(0, NULL) == 0 && setgid(status.st_gid) == 0 && setuid(status.st_uid) == 0)
		return RESULT_OK;
	return failure_set(failure, RESULT_DENIED,
	    "Cannot become the owner of %.300s: %s. Run this command as that user.", state_dir,
	    strerror(errno));
}

static const char *local_text(const char *language, const char *name, void *arg)
{
	const struct local *local = arg;
	return texts_get(local->texts, language, name);
}

/* Without sound texts the operations that need them refuse; what is wrong `check` tells. */
static void load_texts(struct local *local, const struct environment *environment)
{
	struct complaints complaints = {.arena = environment->arena};
	local->texts = texts_load(environment->arena, environment->config.texts_dir, &complaints);
	if (local->texts == NULL)
		return;
	local->place.text = local_text;
	local->place.text_arg = local;
}

static enum result bring_up(
    struct local *local, const struct environment *environment, struct failure *failure)
{
	struct operation_place *place = &local->place;
	const struct config *config = &environment->config;
	place->config = config;
	place->replies = environment->context->replies;
	if (become_owner(config->state_dir, failure) != RESULT_OK)
		return failure->code;
	place->loop = loop_new(environment->clock_socket, "command", failure);
	if (place->loop == NULL)
		return failure->code;
	enum result result = store_open_sqlite(config->database, (unsigned)config->node,
	    loop_now(place->loop), &place->store, failure);
	if (result == RESULT_OK)
		result = reader_open_sqlite(config->database, &place->reader, failure);
	load_texts(local, environment);
	return result;
}

/* As the control socket names its callers. */
static const char *name_myself(struct arena *arena)
{
	const struct passwd *entry = getpwuid(getuid());
	return arena_printf(arena, "%.40s(%u) pid %d", entry != NULL ? entry->pw_name : "?",
	    (unsigned)getuid(), (int)getpid());
}

static enum result run_here(const struct environment *environment, const char *request, size_t len,
    json_t **body, struct failure *failure)
{
	struct local local = {.failure = failure, .body = body};
	const char *actor = name_myself(environment->arena);
	enum result result = bring_up(&local, environment, failure);
	if (result == RESULT_OK) {
		loop_set_turn_end(local.place.loop, commit, &local);
		operation_start(&local.place, actor, request, len, finished, &local);
		result = loop_run(local.place.loop);
		if (result == RESULT_OK)
			result = local.result;
		else
			failure_set(failure, result, "The rehearsal's clock went away.");
	}
	take_down(&local);
	return result;
}

/* ── asking ──────────────────────────────────────────────────────────────────────────────────── */

enum result client_ask(const struct environment *environment, const char *operation,
    json_t *arguments, json_t **body, bool *by_daemon, struct failure *failure)
{
	json_t *root = json_pack("{s:s, s:o}", "operation", operation, "arguments", arguments);
	*body = NULL;
	if (root == NULL)
		return failure_set(failure, RESULT_INVALID,
		    "Something of what was given is not valid UTF-8. Save it as UTF-8 and try "
		    "again.");
	char *request = json_dumps(root, JSON_COMPACT);
	json_decref(root);
	if (request == NULL)
		return failure_set(failure, RESULT_INTERNAL, "The request cannot be written.");
	char *reply = NULL;
	size_t reply_len = 0;
	enum result result = control_ask(environment->config.control_socket, request,
	    strlen(request), &reply, &reply_len, failure);
	if (by_daemon != NULL)
		*by_daemon = result != RESULT_NOT_FOUND;
	if (result == RESULT_NOT_FOUND)
		result = run_here(environment, request, strlen(request), body, failure);
	else if (result == RESULT_OK)
		result = read_reply(reply, reply_len, body, failure);
	free(request);
	free(reply);
	return result;
}

static void print_complaints(const struct environment *environment, json_t *complaints)
{
	size_t i;
	json_t *item;
	json_array_foreach(complaints, i, item)
	{
		const char *file = json_string_value(json_object_get(item, "file"));
		const char *text = json_string_value(json_object_get(item, "text"));
		bool warning = json_is_true(json_object_get(item, "warning"));
		complaint_print(stderr, file != NULL ? file : "",
		    (int)json_integer_value(json_object_get(item, "line")),
		    warning ? word(environment->context, WORD_WARNING) : "",
		    text != NULL ? text : "");
	}
}

int client_tell(const struct environment *environment, enum result result,
    const struct failure *failure, json_t *body)
{
	print_complaints(environment, json_object_get(body, "complaints"));
	return result == RESULT_OK ? EX_OK : failure_print(failure, result);
}

int client_run(const struct environment *environment, const char *operation, json_t *arguments,
    json_t **body, bool *by_daemon)
{
	struct failure failure;
	json_t *got;
	enum result result =
	    client_ask(environment, operation, arguments, &got, by_daemon, &failure);
	int status = client_tell(environment, result, &failure, got);
	if (status == EX_OK && body != NULL)
		*body = got;
	else
		json_decref(got);
	return status;
}
