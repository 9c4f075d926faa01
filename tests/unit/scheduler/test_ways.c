/*
 * Owns: tests of scheduler/ways and of recipients over several kinds of address.
 * May use: scheduler/recipients.h, cmocka.
 * Must not know: the store, the loop.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/buffer.h"
#include "fixture.h"
#include "scheduler/recipients.h"

static const struct way_channel channels[] = {
    {"viettel1", "phone", true, true, 350},
    {"oa", "zalo", true, true, 0},
    {"bot", "telegram", true, false, 0},
    {"oa2", "zalo", true, true, 55},
};
static const struct way_table table = {channels, COUNT_OF(channels)};
static const struct way_table sms_only;

/* "zalo telegram phone/viettel1": the slots as words. */
static const char *slots_of(struct fixture *fixture, const struct way_table *ways,
    const char *step_channels, const char *prefers, bool last_call)
{
	struct plan_step step = {0};
	struct way_slot slots[WAY_SLOTS_MAX];
	static const char *words[4];
	static char copy[80];
	OWNED_BUFFER text = BUFFER(400);
	snprintf(copy, sizeof copy, "%s", step_channels);
	for (char *rest = copy, *word; (word = strsep(&rest, " ")) != NULL && *word != '\0';)
		words[step.channel_count++] = word;
	step.channels = words;
	size_t count = ways_list(fixture->arena, ways, &step, prefers, last_call, slots);
	for (size_t i = 0; i < count; i++)
		buffer_printf(&text, "%s%s%s%s", i > 0 ? " " : "", slots[i].kind,
		    slots[i].channel != NULL ? "/" : "",
		    slots[i].channel != NULL ? slots[i].channel : "");
	return arena_copy(fixture->arena, buffer_text(&text));
}

static void test_the_order_of_ways(void **state)
{
	(void)state;
	struct fixture fixture;
	static const struct {
		const struct way_table *ways;
		const char *step, *prefers;
		bool last_call;
		const char *expected;
	} cases[] = {
	    {&sms_only, "", "", false, "phone"},
	    {&sms_only, "modem1 modem2", "", false, "phone/modem1 phone/modem2"},
	    {&sms_only, "sms", "", false, "phone"},
	    {&table, "", "", false, "zalo telegram phone"},
	    {&table, "", "telegram,sms", false, "telegram phone zalo"},
	    {&table, "", "sms, nothing , zalo", false, "phone zalo telegram"},
	    {&table, "", "oa2", false, "zalo/oa2 zalo telegram phone"},
	    {&table, "zalo sms", "telegram", false, "zalo phone"},
	    {&table, "oa viettel1 modem9", "", false, "zalo/oa phone/viettel1 phone/modem9"},
	    {&table, "", "zalo", true, "phone zalo telegram"},
	    {&table, "zalo sms", "", true, "phone zalo"},
	    {&table, "zalo", "", true, "zalo"},
	};
	fixture_begin(&fixture);
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		assert_string_equal(slots_of(&fixture, cases[i].ways, cases[i].step,
					cases[i].prefers, cases[i].last_call),
		    cases[i].expected);
	fixture_end(&fixture);
}

static void test_an_account_is_reached_only_through_the_channel_that_it_was_linked_by(void **state)
{
	(void)state;
	const struct store_address linked[] = {{"zalo", "111", "oa"}, {"telegram", "222", "bot"}};
	const struct store_contact contact = {
	    .phone = "+84900000001", .addresses = linked, .address_count = 2};
	struct store_address to;
	assert_true(ways_reach(&contact, &(struct way_slot){"zalo", NULL}, &to));
	assert_string_equal(to.address, "111");
	assert_string_equal(to.channel, "oa");
	assert_false(ways_reach(&contact, &(struct way_slot){"zalo", "oa2"}, &to));
	assert_true(ways_reach(&contact, &(struct way_slot){"phone", NULL}, &to));
	assert_null(to.channel);
	assert_false(ways_reach(&contact, &(struct way_slot){"email", NULL}, &to));
	assert_int_equal(ways_price(&table, &(struct store_address){"zalo", "1", "oa2"}), 55);
	assert_int_equal(ways_price(&table, &(struct store_address){"zalo", "1", NULL}), 0);
}

/* ── over people ─────────────────────────────────────────────────────────────────────────────── */

struct asked {
	struct fixture fixture;
	struct plan_step step;
	struct store_address linked;
	struct way way;
};

static void asked_begin(struct asked *asked)
{
	fixture_begin(&asked->fixture);
	asked->step = asked->fixture.plan->ladders[0].steps[0];
	asked->linked = (struct store_address){"zalo", "111", "oa"};
	asked->fixture.contacts[0].addresses = &asked->linked;
	asked->fixture.contacts[0].address_count = 1;
}

static void asked_end(struct asked *asked)
{
	fixture_end(&asked->fixture);
}

#define ASKED(name)                                                                                \
	__attribute__((cleanup(asked_end))) struct asked name;                                     \
	asked_begin(&name)

static bool find(struct asked *asked, int first, bool last_call)
{
	const struct way_question question = {.table = &table,
	    .step = &asked->step,
	    .obligation = &asked->fixture.obligation,
	    .meant = &asked->fixture.contacts[0],
	    .last_call = last_call};
	return recipients_find_way(asked->fixture.arena, &question, first, &asked->way);
}

static void test_a_linked_account_comes_before_the_phone(void **state)
{
	(void)state;
	ASKED(asked);
	assert_true(find(&asked, 0, false));
	assert_string_equal(asked.way.to.address, "111");
	assert_int_equal(asked.way.index, 0);
	assert_true(find(&asked, 1, false)); /* telegram is passed over */
	assert_string_equal(asked.way.to.address, asked.fixture.contacts[0].phone);
	assert_int_equal(asked.way.index, 2);
}

static void test_a_last_call_goes_by_sms_at_once(void **state)
{
	(void)state;
	ASKED(asked);
	assert_true(find(&asked, 0, true));
	assert_string_equal(asked.way.to.kind, "phone");
	assert_true(find(&asked, 1, true));
	assert_string_equal(asked.way.to.kind, "zalo");
}

static void test_an_account_that_is_gone_leaves_the_later_ways_as_they_were(void **state)
{
	(void)state;
	ASKED(asked);
	asked.fixture.contacts[0].address_count = 0;
	assert_true(find(&asked, 1, false));
	assert_int_equal(asked.way.index, 2);
	assert_string_equal(asked.way.to.kind, "phone");
}

static void test_who_has_no_phone_is_reached_by_chat_and_their_deputy_after_that(void **state)
{
	(void)state;
	ASKED(asked);
	asked.fixture.contacts[0].phone = "";
	add_contact(&asked.fixture, "deputy", "+84900000002");
	assert_true(find(&asked, 0, true));
	assert_string_equal(asked.way.to.address, "111");
	assert_true(find(&asked, 3, false));
	assert_string_equal(asked.way.to.address, "+84900000002");
	assert_string_equal(asked.way.reason, "reporter-unreachable");
	assert_int_equal(
	    recipients_of_step(asked.fixture.arena, &asked.step, &asked.fixture.obligation).count,
	    1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_the_order_of_ways),
	    cmocka_unit_test(
		test_an_account_is_reached_only_through_the_channel_that_it_was_linked_by),
	    cmocka_unit_test(test_a_linked_account_comes_before_the_phone),
	    cmocka_unit_test(test_a_last_call_goes_by_sms_at_once),
	    cmocka_unit_test(test_an_account_that_is_gone_leaves_the_later_ways_as_they_were),
	    cmocka_unit_test(test_who_has_no_phone_is_reached_by_chat_and_their_deputy_after_that),
	};
	return cmocka_run_group_tests_name("scheduler/ways", tests, NULL, NULL);
}
