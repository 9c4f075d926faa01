/*
 * Owns: what outbox/route.h promises.
 * May use: outbox/route.h, cmocka.
 * Must not know: channels.
 */
#include "outbox/route.h"

#include "base/memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const char *const viettel[] = {"8486", "8497", "8498"};
static const char *const vinaphone[] = {"8491", "8494"};
static const char *const gmobile[] = {"8499"};
static const char *const other[] = {"84993"};
static const struct route_operator operators[] = {
    {"viettel", viettel, COUNT_OF(viettel)},
    {"vinaphone", vinaphone, COUNT_OF(vinaphone)},
    {"gmobile", gmobile, COUNT_OF(gmobile)},
    {"other", other, COUNT_OF(other)},
};
static const struct route_ported ported[] = {{"+84912345678", "viettel"}};
static const struct route_table table = {operators, COUNT_OF(operators), ported, COUNT_OF(ported)};

static const char *const to_viettel[] = {"viettel"};
static const char *const to_vinaphone[] = {"vinaphone"};
static const char *const to_one[] = {"+84941"};

static struct route_channel modem(const char *name, const char *const *prefers, int price)
{
	return (struct route_channel){.name = name,
	    .address_kind = "phone",
	    .healthy = true,
	    .price = price,
	    .prefers = prefers,
	    .prefers_count = prefers != NULL ? 1 : 0,
	    .at_once = 1};
}

static void a_number_belongs_to_the_operator_with_the_longest_prefix(void **state)
{
	(void)state;
	assert_string_equal(route_operator_of(&table, "+84971234567"), "viettel");
	assert_string_equal(route_operator_of(&table, "+84991234567"), "gmobile");
	assert_string_equal(route_operator_of(&table, "+84993234567"), "other");
	assert_null(route_operator_of(&table, "+84501234567"));
	assert_null(route_operator_of(&table, "chat-17"));
}

static void a_ported_number_belongs_to_where_it_went(void **state)
{
	(void)state;
	assert_string_equal(route_operator_of(&table, "+84912345678"), "viettel");
	assert_string_equal(route_operator_of(&table, "+84912345679"), "vinaphone");
}

static void a_number_goes_by_the_modem_of_its_operator(void **state)
{
	(void)state;
	const struct route_channel channels[] = {
	    modem("sim1", to_viettel, 350), modem("sim2", to_vinaphone, 350)};
	assert_string_equal(
	    route_choose(&table, channels, 2, "phone", "+84971234567", NULL), "sim1");
	assert_string_equal(
	    route_choose(&table, channels, 2, "phone", "+84911234567", NULL), "sim2");
	assert_string_equal(
	    route_choose(&table, channels, 2, "phone", "+84912345678", NULL), "sim1");
}

static void a_preferred_beginning_counts_like_an_operator(void **state)
{
	(void)state;
	const struct route_channel channels[] = {
	    modem("sim1", NULL, 100), modem("sim2", to_one, 350)};
	assert_string_equal(
	    route_choose(&table, channels, 2, "phone", "+84941234567", NULL), "sim2");
	assert_string_equal(
	    route_choose(&table, channels, 2, "phone", "+84942234567", NULL), "sim1");
}

static void the_sender_that_a_person_knows_stays_while_it_is_healthy(void **state)
{
	(void)state;
	struct route_channel channels[] = {
	    modem("sim1", to_viettel, 100), modem("sim2", to_vinaphone, 350)};
	assert_string_equal(
	    route_choose(&table, channels, 2, "phone", "+84971234567", "sim2"), "sim2");
	channels[1].healthy = false;
	assert_string_equal(
	    route_choose(&table, channels, 2, "phone", "+84971234567", "sim2"), "sim1");
}

static void the_cheaper_then_the_idler_goes_first(void **state)
{
	(void)state;
	struct route_channel channels[] = {modem("sim1", NULL, 300), modem("sim2", NULL, 200)};
	assert_string_equal(
	    route_choose(&table, channels, 2, "phone", "+84501234567", NULL), "sim2");
	channels[0].price = 200;
	channels[1].in_flight = 1;
	assert_string_equal(
	    route_choose(&table, channels, 2, "phone", "+84501234567", NULL), "sim1");
}

static void equal_channels_share_the_numbers_and_each_keeps_its_own(void **state)
{
	(void)state;
	const struct route_channel channels[] = {
	    modem("sim1", NULL, 1), modem("sim2", NULL, 1), modem("sim3", NULL, 1)};
	int counts[3] = {0};
	for (int i = 0; i < 3000; i++) {
		char number[16];
		snprintf(number, sizeof number, "+8450%07d", i * 37);
		const char *with = route_choose(&table, channels, 3, "phone", number, NULL);
		assert_string_equal(route_choose(&table, channels, 3, "phone", number, NULL), with);
		const char *without = route_choose(&table, channels, 2, "phone", number, NULL);
		if (strcmp(with, "sim3") != 0)
			assert_string_equal(without, with);
		counts[with[3] - '1']++;
	}
	for (int i = 0; i < 3; i++)
		assert_in_range(counts[i], 800, 1200);
}

static void nothing_fits_when_none_is_healthy_or_of_the_kind(void **state)
{
	(void)state;
	struct route_channel channels[] = {modem("sim1", NULL, 1)};
	assert_null(route_choose(&table, channels, 1, "zalo", "123", NULL));
	channels[0].healthy = false;
	assert_null(route_choose(&table, channels, 1, "phone", "+84501234567", NULL));
	assert_null(route_choose(&table, NULL, 0, "phone", "+84501234567", NULL));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_number_belongs_to_the_operator_with_the_longest_prefix),
	    cmocka_unit_test(a_ported_number_belongs_to_where_it_went),
	    cmocka_unit_test(a_number_goes_by_the_modem_of_its_operator),
	    cmocka_unit_test(a_preferred_beginning_counts_like_an_operator),
	    cmocka_unit_test(the_sender_that_a_person_knows_stays_while_it_is_healthy),
	    cmocka_unit_test(the_cheaper_then_the_idler_goes_first),
	    cmocka_unit_test(equal_channels_share_the_numbers_and_each_keeps_its_own),
	    cmocka_unit_test(nothing_fits_when_none_is_healthy_or_of_the_kind),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
