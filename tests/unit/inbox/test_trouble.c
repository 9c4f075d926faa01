/*
 * Owns: tests of the inbox when a text cannot be settled, and of answers that are too long.
 * May use: inbox/, loop/, store/store.h (a store of its own), cmocka.
 * Must not know: SQL, how intents are answered.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "inbox/inbox.h"
#include "loop/loop.h"

#include "base/memory.h"

#include <stdio.h>
#include <string.h>

/* A store with one text in it that cannot be settled `refusals` times. */
struct office {
	struct store port; /* first */
	struct loop *loop;
	struct store_request pending[4];
	size_t count;
	enum result refusal;
	int refusals, contexts, settles;
	bool settled;
	char settled_as[16], task[200];
	int answer_parts, answer_encoding;
	const char *answer;
};

static void submit(struct store *port, const struct store_request *request)
{
	struct office *office = (struct office *)port;
	assert_true(office->count < COUNT_OF(office->pending));
	office->pending[office->count++] = *request;
}

static void give_context(struct office *office, const struct store_request *request)
{
	const struct store_inbound_context_input *in = request->input;
	struct store_inbound_context_output *out = request->output;
	struct store_claim_asks asks = {0};
	*out = (struct store_inbound_context_output){0};
	office->contexts++;
	if (office->settled)
		return;
	out->inbound_id = 77;
	out->channel = "modem1";
	out->sender = "+84900000001";
	out->sender_kind = "phone";
	out->text = "BC 6T";
	in->read(out, request->arena, &asks, in->read_arg);
	assert_int_equal(asks.count, 0); /* nobody is known to have this number */
}

static enum result settle(struct office *office, const struct store_request *request)
{
	const struct store_settle_inbound_input *in = request->input;
	office->settles++;
	if (office->refusals-- > 0)
		return office->refusal;
	office->settled = true;
	snprintf(office->settled_as, sizeof office->settled_as, "%s", in->settled_as);
	snprintf(office->task, sizeof office->task, "%s", in->task != NULL ? in->task->text : "");
	if (in->answer != NULL) {
		office->answer_parts = in->answer->part_count;
		office->answer_encoding = in->answer->encoding;
	}
	return RESULT_OK;
}

static bool flush(struct store *port)
{
	struct office *office = (struct office *)port;
	struct store_request pending[COUNT_OF(office->pending)];
	size_t count = office->count;
	memcpy(pending, office->pending, sizeof pending);
	office->count = 0;
	for (size_t i = 0; i < count; i++) {
		enum result result = RESULT_OK;
		struct failure failure = {.text = "Refused by the test."};
		if (pending[i].operation == STORE_INBOUND_CONTEXT)
			give_context(office, &pending[i]);
		else
			result = settle(office, &pending[i]);
		failure.code = result;
		pending[i].done(result, result == RESULT_OK ? NULL : &failure, pending[i].arg);
	}
	return office->count > 0;
}

static const struct store_ops office_ops = {.kind = "test", .submit = submit, .flush = flush};

static void decide(const struct reply_offer *offer, struct reply_decision *decision)
{
	decision->settled_as = "acted";
	decision->answer = offer->text(offer->language, "", offer->text_arg);
}

static const struct reply_handlers handlers = {.decide = decide};

static const char *text_of_answer(const char *language, const char *name, void *arg)
{
	(void)language;
	(void)name;
	return ((struct office *)arg)->answer;
}

static void nothing(void *arg)
{
	(void)arg;
}

/* Pokes the inbox `times` times, each time until it has nothing more to do at once. */
static void run(struct office *office, int times)
{
	static const struct inbox_policy policy = {.language = "vi",
	    .office = "",
	    .zone_minutes = 420,
	    .parts_max = 1,
	    .price_per_part = 350};
	struct failure failure;
	office->port.ops = &office_ops;
	office->loop = loop_new(NULL, "test", &failure);
	struct inbox *inbox = inbox_new(
	    &(struct inbox_wiring){
		.loop = office->loop,
		.store = &office->port,
		.replies = &handlers,
		.text = text_of_answer,
		.text_arg = office,
		.settled = nothing,
	    },
	    &policy);
	for (int i = 0; i < times; i++) {
		inbox_poke(inbox);
		for (int rounds = 0; flush(&office->port); rounds++)
			assert_true(rounds < 100); /* it must come to rest */
	}
	inbox_free(inbox);
	loop_free(office->loop);
}

static void test_a_conflict_is_read_again_at_once(void **state)
{
	(void)state;
	struct office office = {.refusal = RESULT_CONFLICT, .refusals = 2};
	run(&office, 1);
	assert_true(office.settled);
	assert_string_equal(office.settled_as, "acted");
	assert_int_equal(office.settles, 3);
}

static void test_a_conflict_that_never_ends_does_not_keep_the_loop(void **state)
{
	(void)state;
	struct office office = {.refusal = RESULT_CONFLICT, .refusals = 1000};
	run(&office, 1);
	assert_false(office.settled);
	assert_true(office.settles < 10);
}

static void test_a_text_that_fails_again_and_again_becomes_a_task(void **state)
{
	(void)state;
	struct office office = {.refusal = RESULT_INTERNAL, .refusals = 3};
	run(&office, 4);
	assert_true(office.settled);
	assert_string_equal(office.settled_as, "task");
	assert_string_equal(office.task, "+84900000001: BC 6T");
}

static void test_a_full_disk_sets_no_text_aside(void **state)
{
	(void)state;
	struct office office = {.refusal = RESULT_IO, .refusals = 5};
	run(&office, 6);
	assert_true(office.settled);
	assert_string_equal(office.settled_as, "acted");
}

static void test_an_answer_too_long_goes_in_plain_letters(void **state)
{
	(void)state;
	char text[400] = "";
	for (int i = 0; i < 30; i++)
		strncat(text, "đã ghi ", sizeof text - strlen(text) - 1);
	struct office office = {.answer = text};
	run(&office, 1);
	assert_true(office.settled);
	assert_int_equal(office.answer_encoding, 0);
	assert_int_equal(office.answer_parts, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_a_conflict_is_read_again_at_once),
	    cmocka_unit_test(test_a_conflict_that_never_ends_does_not_keep_the_loop),
	    cmocka_unit_test(test_a_text_that_fails_again_and_again_becomes_a_task),
	    cmocka_unit_test(test_a_full_disk_sets_no_text_aside),
	    cmocka_unit_test(test_an_answer_too_long_goes_in_plain_letters),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
