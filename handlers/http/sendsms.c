/*
 * Owns: /cgi-bin/sendsms: programs that speak to Kannel send through this gateway.
 * May use: base/, loop/, text/, scheduler/compose.h, store/, document/config.h, libsodium.
 * Must not know: modems, providers.
 *
 * Source: Kannel 1.4.5 User's Guide, "SMS Push (send-sms) CGI Variables"; its answers as seen.
 * The text goes through the outbox and every check of it, like `nhacviec send`. It is accepted when
 * it is durable. `coding` 2 keeps all letters; else the office's way of writing counts.
 */
#include "http/http.h"

#include "base/log.h"
#include "http/charset.h"
#include "loop/http_fields.h"
#include "loop/loop.h"
#include "scheduler/compose.h"
#include "text/phone.h"

#include <inttypes.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#define RECEIVERS_MAX 100
#define TEXT_MAX 4000
#define RECEIPT_URL_MAX 2000
/* As of `nhacviec send`: what comes on a Friday evening still leaves on the next working day. */
#define USE_MS (14 * DAY_MS)
#define MINUTES_MAX (30 * 24 * 60)

struct push {
	struct http_call *call;
	const struct http_context *context;
	struct arena *arena;
	const struct http_field *fields;
	size_t field_count;
	struct store_enqueue_input input;
	struct store_enqueue_output output;
};

static const char *field(const struct push *push, const char *name)
{
	const struct http_field *found = http_fields_find(push->fields, push->field_count, name);
	return found != NULL ? found->value : "";
}

static void end(struct push *push, int status, const char *text)
{
	http_say(push->call, status, text);
	arena_free(push->arena);
}

/* ── who asks ────────────────────────────────────────────────────────────────────────────────── */

/* Takes the same time whatever is right, and whichever program it is. */
static bool is_equal(const char *a, const char *b)
{
	unsigned char of_a[crypto_generichash_BYTES], of_b[crypto_generichash_BYTES];
	crypto_generichash(of_a, sizeof of_a, (const unsigned char *)a, strlen(a), NULL, 0);
	crypto_generichash(of_b, sizeof of_b, (const unsigned char *)b, strlen(b), NULL, 0);
	return sodium_memcmp(of_a, of_b, sizeof of_a) == 0;
}

static const struct config_program *find_program(const struct push *push)
{
	const struct config *config = push->context->config;
	const struct config_program *found = NULL;
	const char *user = field(push, "username");
	const char *password = field(push, "password");
	if (user[0] == '\0')
		user = field(push, "user");
	if (password[0] == '\0')
		password = field(push, "pass");
	for (size_t i = 0; i < config->program_count; i++) {
		bool same_name = is_equal(config->programs[i].name, user);
		bool same_password = is_equal(config->programs[i].password, password);
		if (same_name && same_password)
			found = &config->programs[i];
	}
	return found;
}

/* ── what is to be sent ──────────────────────────────────────────────────────────────────────── */

static bool read_minutes(const struct push *push, const char *name, int64_t *minutes)
{
	const char *text = field(push, name);
	char *rest;
	if (text[0] == '\0')
		return true;
	*minutes = strtoll(text, &rest, 10);
	return *rest == '\0' && *minutes >= 0 && *minutes <= MINUTES_MAX;
}

static const char *read_text(struct push *push)
{
	const struct http_field *text = http_fields_find(push->fields, push->field_count, "text");
	const char *charset = field(push, "charset");
	if (text == NULL)
		return "";
	return charset_to_utf8(
	    push->arena, text->value, text->len, charset[0] != '\0' ? charset : "UTF-8", TEXT_MAX);
}

/* Where the program wants to be told what becomes of it. */
static bool read_receipt(struct push *push, struct store_new_message *message)
{
	const char *url = field(push, "dlr-url"), *mask = field(push, "dlr-mask");
	char *rest;
	if (url[0] == '\0' || mask[0] == '\0')
		return true;
	long bits = strtol(mask, &rest, 10);
	if (*rest != '\0' || bits < 0 || bits > 31 || strlen(url) > RECEIPT_URL_MAX ||
	    (strncmp(url, "http://", 7) != 0 && strncmp(url, "https://", 8) != 0))
		return false;
	message->receipt_url = url;
	message->receipt_mask = (int)bits;
	return true;
}

static bool is_channel(const struct push *push, const char *name)
{
	for (size_t i = 0; i < *push->context->channel_count; i++)
		if (strcmp(push->context->channels[i]->name, name) == 0)
			return true;
	return false;
}

static enum result compose(
    struct push *push, const char *text, struct store_new_message *message, struct failure *failure)
{
	const struct config *config = push->context->config;
	const struct compose_policy policy = {
	    .fold =
		strcmp(config->encoding, "plain") == 0 && strcmp(field(push, "coding"), "2") != 0,
	    .parts_max = config->parts_max,
	    .price_per_part = config->price_per_part,
	    .validity_minutes = (int)(config->validity_ms / MINUTE_MS),
	};
	*message = (struct store_new_message){.purpose = PURPOSE_AD_HOC};
	return compose_text(push->arena, &policy, text, message, failure);
}

static const char *new_key(struct push *push, const char *program, size_t number)
{
	uint64_t random;
	if (getrandom(&random, sizeof random, 0) != (ssize_t)sizeof random)
		abort();
	return arena_printf(push->arena, "program:%s:%016" PRIx64 ":%zu", program, random, number);
}

/* False: one of them is no number; *count is how many were read before. */
static bool address(struct push *push, const char *program, const struct store_new_message *one,
    struct store_new_message *messages, size_t *count)
{
	char *rest = arena_copy(push->arena, field(push, "to"));
	for (char *word; (word = strsep(&rest, " +,;")) != NULL;) {
		struct phone phone;
		if (word[0] == '\0')
			continue;
		/* What followed a "+" has lost it to the splitting: 84912345678. */
		if (*count == RECEIVERS_MAX || phone_parse(word, &phone, NULL) != RESULT_OK)
			return false;
		messages[*count] = *one;
		messages[*count].key = new_key(push, program, *count);
		messages[*count].address = arena_copy(push->arena, phone.e164);
		++*count;
	}
	return true;
}

/* ── the call ────────────────────────────────────────────────────────────────────────────────── */

static void enqueued(enum result result, const struct failure *failure, void *arg)
{
	struct push *push = arg;
	if (result != RESULT_OK) {
		log_event(
		    LOG_ERROR, "http.sendsms-failed", "why=%s", log_quote(failure->text).text);
		end(push, 503, "Temporal failure, try again later.");
		return;
	}
	push->context->poke(push->context->poke_arg);
	end(push, 202, "0: Accepted for delivery");
}

static void queue(struct push *push, const struct config_program *program, const char *text)
{
	struct store_new_message one, *messages;
	struct failure failure;
	int64_t validity = -1, deferred = 0;
	size_t count = 0;
	const char *channel = field(push, "smsc");
	if (!read_minutes(push, "validity", &validity) ||
	    !read_minutes(push, "deferred", &deferred)) {
		end(push, 400, "validity and deferred are minutes, rejected");
		return;
	}
	if (channel[0] != '\0' && !is_channel(push, channel)) {
		end(push, 400, "Unknown smsc, rejected");
		return;
	}
	if (compose(push, text, &one, &failure) != RESULT_OK) {
		end(push, 400, arena_printf(push->arena, "%s rejected", failure.text));
		return;
	}
	if (!read_receipt(push, &one)) {
		end(push, 400, "dlr-url must be http:// or https://, dlr-mask 0 to 31, rejected");
		return;
	}
	one.channel = channel[0] != '\0' ? arena_copy(push->arena, channel) : NULL;
	one.not_before = wall_add(push->input.now, deferred * MINUTE_MS);
	one.not_after = wall_add(one.not_before, validity > 0 ? validity * MINUTE_MS : USE_MS);
	if (validity > 0)
		one.validity_minutes = (int)validity;
	messages = arena_alloc(push->arena, RECEIVERS_MAX * sizeof *messages);
	if (!address(push, program->name, &one, messages, &count)) {
		end(push, 400, "Wrong receiver number, rejected");
		return;
	}
	push->input.actor = arena_printf(push->arena, "program %s", program->name);
	push->input.messages = messages;
	push->input.count = count;
	store_submit(push->context->store, &(struct store_request){STORE_ENQUEUE, &push->input,
					       &push->output, push->arena, enqueued, push});
}

void http_sendsms(struct http_call *call, const struct http_context *context, const char *rest)
{
	struct arena *arena = arena_new();
	struct push *push = arena_alloc(arena, sizeof *push);
	(void)rest;
	*push = (struct push){.call = call,
	    .context = context,
	    .arena = arena,
	    .input = {.now = loop_now(context->loop)}};
	push->fields = http_call_query(call, &push->field_count);
	if (strcmp(http_call_method(call), "POST") == 0 && push->field_count == 0)
		push->fields = http_call_form(call, &push->field_count);
	const struct config_program *program = find_program(push);
	if (program == NULL) {
		log_event(LOG_WARNING, "http.sendsms-denied", "from=%s",
		    log_quote(http_call_peer(call)).text);
		end(push, 403, "Authorization failed for sendsms");
		return;
	}
	const char *text = read_text(push);
	if (field(push, "to")[strspn(field(push, "to"), " +,;")] == '\0')
		end(push, 400, "Missing receiver number, rejected");
	else if (field(push, "udh")[0] != '\0')
		end(push, 400, "udh is not supported, rejected");
	else if (text == NULL)
		end(push, 400, "Charset or body misformed, rejected");
	else if (text[strspn(text, " \r\n\t")] == '\0')
		end(push, 400, "Empty text, rejected");
	else
		queue(push, program, text);
}
