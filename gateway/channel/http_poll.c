/*
 * Owns: asking a provider for what came in, and where that stands.
 * May use: base/, loop/, channel/.
 * Must not know: any particular provider.
 *
 * The next question is asked only when everything of the last answer is durable, and the cursor
 * after that: a crash in between has the same texts come again, and the store knows them by their
 * id.
 */
#include "channel/http_internal.h"

#include "base/log.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define AFTER_FAILURE_MS (5 * SECOND_MS)
#define FAILURE_LONGEST_MS (5 * MINUTE_MS)
#define PLACES_MAX 1000

static void ask(void *arg);

static void ask_after(struct http_channel *http, int64_t ms)
{
	if (!http->stopping)
		loop_timer_after(http->polling.timer, ms);
}

static void end_answer(struct http_channel *http)
{
	arena_free(http->polling.arena);
	http->polling.arena = NULL;
	http->polling.next_cursor = NULL;
}

static void fail(struct http_channel *http, int64_t wait_ms, const char *why)
{
	struct http_polling *polling = &http->polling;
	int64_t wait = polling->backoff_ms > 0 ? polling->backoff_ms * 2 : AFTER_FAILURE_MS;
	polling->backoff_ms = wait < FAILURE_LONGEST_MS ? wait : FAILURE_LONGEST_MS;
	if (wait_ms > polling->backoff_ms)
		polling->backoff_ms = wait_ms;
	log_event(LOG_WARNING, "http.poll-failed", "channel=%s again_ms=%" PRId64 " why=%s",
	    http->channel.name, polling->backoff_ms, log_quote(why).text);
	end_answer(http);
	ask_after(http, polling->backoff_ms);
}

/* ── the cursor ──────────────────────────────────────────────────────────────────────────────── */

static const char *highest(const struct http_channel *http, const struct http_body *body)
{
	const struct provider_poll *poll = &http->provider->poll;
	struct http_place *places = arena_alloc(body->arena, PLACES_MAX * sizeof *places);
	bool too_many;
	size_t count = http_places(body, poll->cursor_from, places, PLACES_MAX, &too_many);
	bool found = false;
	int64_t most = 0;
	for (size_t i = 0; i < count; i++) {
		const char *text = http_text_at(body, &places[i], "");
		char *end;
		int64_t number = text != NULL ? strtoll(text, &end, 10) : 0;
		if (text == NULL || end == text || *end != '\0')
			continue;
		most = found && most > number ? most : number;
		found = true;
	}
	if (!found || most == INT64_MAX)
		return NULL;
	return arena_printf(
	    body->arena, "%" PRId64, poll->cursor == PROVIDER_CURSOR_AFTER_MAX ? most + 1 : most);
}

/* NULL: it stays where it is. */
static const char *next_cursor(const struct http_channel *http, const struct http_body *body)
{
	switch (http->provider->poll.cursor) {
	case PROVIDER_CURSOR_VALUE:
		return http_text_at(body, NULL, http->provider->poll.cursor_from);
	case PROVIDER_CURSOR_MAX:
	case PROVIDER_CURSOR_AFTER_MAX:
		return highest(http, body);
	case PROVIDER_CURSOR_NONE:
		break;
	}
	return NULL;
}

static void cursor_kept(bool stored, void *arg)
{
	struct http_channel *http = arg;
	struct http_polling *polling = &http->polling;
	if (!stored) {
		fail(http, 0, "where the poll stands could not be stored");
		return;
	}
	struct arena *arena = arena_new();
	polling->cursor = arena_copy(arena, polling->next_cursor);
	arena_free(polling->cursor_arena);
	polling->cursor_arena = arena;
	end_answer(http);
	ask_after(http, http->provider->poll.every_ms);
}

static void all_stored(void *arg)
{
	struct http_channel *http = arg;
	struct http_polling *polling = &http->polling;
	polling->taking = false;
	if (http->stopping)
		return;
	const char *next = polling->next_cursor;
	if (next == NULL || (polling->cursor != NULL && strcmp(next, polling->cursor) == 0)) {
		end_answer(http);
		ask_after(http, http->provider->poll.every_ms);
		return;
	}
	http->events->remember(
	    http->owner, http->channel.name, HTTP_MEMORY_CURSOR, next, cursor_kept, http);
}

/* ── the answer ──────────────────────────────────────────────────────────────────────────────── */

static void take(struct http_channel *http, const struct http_body *body)
{
	struct http_polling *polling = &http->polling;
	polling->backoff_ms = 0;
	polling->renewed = false;
	polling->next_cursor = arena_copy(polling->arena, next_cursor(http, body));
	polling->taking = true;
	if (http->provider->poll.skip_first && polling->cursor == NULL)
		all_stored(http);
	else
		http_take_in(http, body, all_stored, http);
}

static void obey(
    struct http_channel *http, const struct http_body *body, const struct http_verdict *verdict)
{
	struct http_polling *polling = &http->polling;
	switch (verdict->class) {
	case PROVIDER_SENT:
		take(http, body);
		return;
	case PROVIDER_EMPTY:
		polling->backoff_ms = 0;
		end_answer(http);
		ask_after(http, http->provider->poll.every_ms);
		return;
	case PROVIDER_CREDENTIALS:
		if (!polling->renewed && http_credentials_renew(http)) {
			polling->renewed = polling->waits_for_credentials = true;
			end_answer(http);
			return;
		}
		http_halt(http, verdict->reason);
		end_answer(http);
		return;
	case PROVIDER_ACCOUNT:
		http_halt(http, verdict->reason);
		end_answer(http);
		return;
	default:
		fail(http, verdict->wait_ms, verdict->reason);
		return;
	}
}

static void answered(const struct http_answer *answer, void *arg)
{
	struct http_channel *http = arg;
	struct http_polling *polling = &http->polling;
	const struct provider_poll *poll = &http->provider->poll;
	polling->exchange = NULL;
	if (answer->fate != HTTP_ANSWERED) {
		fail(http, 0, answer->detail);
		return;
	}
	struct http_body body;
	struct http_verdict verdict;
	http_ask_body(&body, polling->arena, answer);
	http_judge(&body, poll->rules, poll->rule_count, true, loop_now(http->loop), &verdict);
	obey(http, &body, &verdict);
	http_body_clear(&body);
}

static void ask(void *arg)
{
	struct http_channel *http = arg;
	struct http_polling *polling = &http->polling;
	const struct provider_poll *poll = &http->provider->poll;
	struct failure failure;
	if (polling->exchange != NULL || polling->taking || http->halted || http->stopping)
		return;
	polling->waits_for_credentials = !http_credentials_ready(http);
	if (polling->waits_for_credentials)
		return;
	polling->arena = arena_new();
	struct http_lookup lookup = {
	    .arena = polling->arena,
	    .cursor = polling->cursor != NULL ? polling->cursor : poll->cursor_start,
	};
	const struct http_built *built = http_prepare(http, &lookup, &poll->request, &failure);
	if (built == NULL)
		fail(http, 0, failure.text);
	else
		polling->exchange =
		    http_hand_over(http, polling->arena, built, true, answered, http);
}

void http_poll_start(struct http_channel *http)
{
	if (!http->provider->poll.there)
		return;
	if (http->polling.timer == NULL)
		http->polling.timer = loop_timer_new(http->loop, ask, http);
	ask_after(http, 0);
}

void http_poll_go_on(struct http_channel *http)
{
	if (http->polling.timer != NULL && !loop_timer_is_set(http->polling.timer))
		ask_after(http, 0);
}

void http_poll_stop(struct http_channel *http)
{
	struct http_polling *polling = &http->polling;
	if (polling->timer != NULL)
		loop_timer_cancel(polling->timer);
	if (polling->exchange != NULL)
		http_exchange_cancel(polling->exchange);
	polling->exchange = NULL;
	end_answer(http);
}
