/*
 * Owns: tests of base/identity: ids grow, whatever the clock does and whoever made the last one.
 * May use: base/, cmocka.
 * Must not know: what ids identify.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/identity.h"

#define MAY_2020 INT64_C(1589421600000)

static void test_ids_grow_while_time_stands_jumps_and_goes_back(void **state)
{
	(void)state;
	static const int64_t moves[] = {0, 0, 1, 0, -5000, 3600000, -86400000, 0, 86400000};
	struct identity identity;
	struct wall now = {MAY_2020};
	int64_t last = 0;
	identity_init(&identity, 3, 0);
	for (int round = 0; round < 50000; round++) {
		if (round % 700 == 0)
			now.ms += moves[(size_t)(round / 700) % (sizeof moves / sizeof moves[0])];
		int64_t id = identity_next(&identity, now);
		if (id <= last)
			fail_msg("%lld follows %lld", (long long)id, (long long)last);
		last = id;
	}
}

static void test_two_nodes_never_make_the_same_id(void **state)
{
	(void)state;
	struct identity one, other;
	identity_init(&one, 1, 0);
	identity_init(&other, 2, 0);
	for (int round = 0; round < 20000; round++) {
		struct wall now = {MAY_2020 + round / 5000};
		int64_t a = identity_next(&one, now), b = identity_next(&other, now);
		assert_int_equal((a >> 12) & 1023, 1);
		assert_int_equal((b >> 12) & 1023, 2);
	}
}

static void test_the_next_id_is_larger_than_any_nodes_last(void **state)
{
	(void)state;
	for (unsigned last_node = 0; last_node < 1024; last_node += 31) {
		struct identity before, after;
		identity_init(&before, last_node, 0);
		int64_t last = 0;
		for (int i = 0; i < 4097; i++)
			last = identity_next(&before, (struct wall){MAY_2020});
		identity_init(&after, 5, last);
		assert_true(identity_next(&after, (struct wall){MAY_2020}) > last);
	}
}

static void test_a_clock_of_before_2020_still_gives_positive_ids(void **state)
{
	(void)state;
	struct identity identity;
	identity_init(&identity, 1023, 0);
	assert_true(identity_next(&identity, (struct wall){0}) > 0);
	assert_true(identity_next(&identity, (struct wall){-1}) > 0);
	identity_init(&identity, 5000, 0); /* more than 10 bits */
	assert_true(identity_next(&identity, (struct wall){MAY_2020}) > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_ids_grow_while_time_stands_jumps_and_goes_back),
	    cmocka_unit_test(test_two_nodes_never_make_the_same_id),
	    cmocka_unit_test(test_the_next_id_is_larger_than_any_nodes_last),
	    cmocka_unit_test(test_a_clock_of_before_2020_still_gives_positive_ids),
	};
	return cmocka_run_group_tests_name("base/identity", tests, NULL, NULL);
}
