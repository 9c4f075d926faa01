/*
 * Owns: telling programs what became of their messages (Kannel's dlr-url).
 * May use: every room.
 * Must not know: who the programs are.
 *
 * Source: Kannel 1.4.5 User's Guide, "Delivery reports": the escapes %d %p %P %t %T %i %A %F and
 * %%.
 */
#include "daemon/daemon.h"

#include "base/log.h"
#include "channel/http_value.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define AT_ONCE 32
#define URL_MAX 4096
#define CONNECT_MS (10 * SECOND_MS)
#define WHOLE_MS (20 * SECOND_MS)
#define FIRST_RETRY_MS (30 * SECOND_MS)
#define TRIES_MAX 8

struct telling {
	struct program_receipts *all;
	struct telling *next;
	struct http_exchange *exchange;
	struct store_program_receipt receipt; /* strings in the arena of `all` */
	struct store_program_told_input told;
};

struct program_receipts {
	struct daemon *daemon;
	struct loop_timer *timer;
	struct arena *arena; /* of the question and its answer */
	bool asking, again;
	size_t open; /* being told */
	struct telling *tellings;
	struct store_due_program_receipts_input input;
	struct store_due_program_receipts_output output;
};

static void look(void *arg);

static void look_again(struct program_receipts *all)
{
	struct wall next = all->output.next;
	bool full = all->output.count == AT_ONCE;
	all->asking = false;
	all->tellings = NULL;
	if (all->again || full)
		look(all);
	else if (next.ms != WALL_NEVER.ms)
		loop_timer_at(all->timer, next);
}

static void one_told(enum result result, const struct failure *failure, void *arg)
{
	struct telling *telling = arg;
	struct program_receipts *all = telling->all;
	if (result != RESULT_OK)
		log_event(
		    LOG_ERROR, "program.receipt-not-kept", "why=%s", log_quote(failure->text).text);
	else
		all->again = true; /* the same message may have its end to tell, too */
	if (--all->open == 0)
		look_again(all);
}

static void answered(const struct http_answer *answer, void *arg)
{
	struct telling *telling = arg;
	struct program_receipts *all = telling->all;
	struct daemon *daemon = all->daemon;
	struct wall now = loop_now(daemon->machine.loop);
	bool fine = answer->fate == HTTP_ANSWERED && answer->status / 100 == 2;
	int tries = telling->receipt.tries + 1;
	telling->exchange = NULL;
	telling->told = (struct store_program_told_input){
	    .now = now,
	    .message_id = telling->receipt.message_id,
	    .event = telling->receipt.event,
	    .retry_at = fine                 ? (struct wall){0}
			: tries >= TRIES_MAX ? WALL_NEVER
					     : wall_add(now, FIRST_RETRY_MS << (tries - 1)),
	};
	log_event(fine ? LOG_INFO : LOG_WARNING, "program.receipt",
	    "message=%" PRId64 " event=%d told=%d status=%d", telling->receipt.message_id,
	    telling->receipt.event, fine, answer->status);
	store_submit(
	    daemon->machine.store, &(struct store_request){STORE_PROGRAM_TOLD, &telling->told, NULL,
				       all->arena, one_told, telling});
}

static void add_escape(struct buffer *url, char escape, const struct store_program_receipt *receipt)
{
	int64_t seconds = receipt->at.ms / SECOND_MS;
	OWNED_BUFFER value = BUFFER(256);
	if (escape == 'd')
		buffer_printf(&value, "%d", receipt->event);
	else if (escape == 'P' || escape == 'p')
		buffer_printf(&value, "%s", receipt->address);
	else if (escape == 'T' || escape == 't')
		buffer_printf(&value, "%" PRId64, seconds);
	else if (escape == 'i')
		buffer_printf(&value, "%s", receipt->channel != NULL ? receipt->channel : "");
	else if (escape == 'I')
		buffer_printf(&value, "%" PRId64, receipt->message_id);
	struct failure failure;
	if (http_encode(buffer_text(&value), HTTP_PERCENT, url, &failure) != RESULT_OK)
		url->overflow = true; /* a digit and a number always fit */
}

/* What is percent-encoded already ("%2B") stays as it is. */
static void fill_url(struct buffer *url, const struct store_program_receipt *receipt)
{
	for (const char *at = receipt->url; *at != '\0'; at++) {
		if (*at != '%' || at[1] == '\0' || strchr("dpPtTiIAF%", at[1]) == NULL) {
			buffer_add_char(url, *at);
			continue;
		}
		if (*++at == '%')
			buffer_add_text(url, "%25");
		else
			add_escape(url, *at, receipt);
	}
}

static void tell(struct program_receipts *all, const struct store_program_receipt *receipt)
{
	struct telling *telling = arena_alloc(all->arena, sizeof *telling);
	OWNED_BUFFER url = BUFFER(URL_MAX);
	*telling = (struct telling){.all = all, .next = all->tellings, .receipt = *receipt};
	all->tellings = telling;
	fill_url(&url, receipt);
	telling->exchange = http_client_send(all->daemon->client,
	    &(struct http_request){
		.method = "GET",
		.url = buffer_text(&url),
		.connect_ms = CONNECT_MS,
		.whole_ms = WHOLE_MS,
		.answer_max = 64 * 1024,
		.repeatable = true, /* said twice it says the same */
	    },
	    answered, telling);
}

static void due(enum result result, const struct failure *failure, void *arg)
{
	struct program_receipts *all = arg;
	if (result != RESULT_OK) {
		log_event(
		    LOG_ERROR, "program.receipts-failed", "why=%s", log_quote(failure->text).text);
		all->asking = false;
		loop_timer_after(all->timer, FIRST_RETRY_MS);
		return;
	}
	all->open = all->output.count;
	for (size_t i = 0; i < all->output.count; i++)
		tell(all, &all->output.items[i]);
	if (all->open == 0)
		look_again(all);
}

static void look(void *arg)
{
	struct program_receipts *all = arg;
	if (all->asking) {
		all->again = true;
		return;
	}
	arena_free(all->arena);
	all->arena = arena_new();
	all->asking = true;
	all->again = false;
	all->input = (struct store_due_program_receipts_input){
	    .now = loop_now(all->daemon->machine.loop), .most = AT_ONCE};
	all->output = (struct store_due_program_receipts_output){.next = WALL_NEVER};
	store_submit(
	    all->daemon->machine.store, &(struct store_request){STORE_DUE_PROGRAM_RECEIPTS,
					    &all->input, &all->output, all->arena, due, all});
}

static void changed(void *arg)
{
	struct program_receipts *all = arg;
	loop_timer_after(all->timer, 0);
}

void daemon_tell_programs(struct daemon *daemon)
{
	if (daemon->config.program_count == 0 || daemon->client == NULL)
		return;
	struct program_receipts *all = memory_new(sizeof *all);
	*all = (struct program_receipts){
	    .daemon = daemon, .timer = loop_timer_new(daemon->machine.loop, look, all)};
	daemon->program_receipts = all;
	outbox_on_changed(daemon->machine.outbox, changed, all);
	changed(all);
}

void daemon_stop_telling(struct daemon *daemon)
{
	struct program_receipts *all = daemon->program_receipts;
	if (all == NULL)
		return;
	for (struct telling *telling = all->tellings; telling != NULL; telling = telling->next)
		http_exchange_cancel(telling->exchange);
	outbox_on_changed(daemon->machine.outbox, NULL, NULL);
	loop_timer_free(all->timer);
	arena_free(all->arena);
	free(all);
	daemon->program_receipts = NULL;
}
