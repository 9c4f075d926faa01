/*
 * Owns: what document/operators.h promises.
 * May use: document/operators.h, cmocka.
 * Must not know: routes.
 */
#include "document/operators.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct world {
	struct arena *arena;
	struct complaints complaints;
	struct operators operators;
};

static struct world *parse(const char *text)
{
	struct world *world = memory_new(sizeof *world);
	world->arena = world->complaints.arena = arena_new();
	operators_parse(
	    world->arena, "o.yaml", text, strlen(text), &world->operators, &world->complaints);
	return world;
}

static void drop(struct world *world)
{
	arena_free(world->arena);
	free(world);
}

static void the_shipped_file_is_in_order(void **state)
{
	(void)state;
	struct world *world = memory_new(sizeof *world);
	world->arena = world->complaints.arena = arena_new();
	operators_load(
	    world->arena, "config/operators.yaml", &world->operators, &world->complaints);
	assert_int_equal(world->complaints.count, 0);
	assert_int_equal(world->operators.count, 7);
	assert_string_equal(world->operators.items[0].code, "viettel");
	assert_string_equal(world->operators.items[0].prefixes[0], "8432");
	drop(world);
}

static void ported_numbers_are_normalised(void **state)
{
	(void)state;
	struct world *world = parse("operators:\n  a: [\"091\"]\nported:\n  \"0912 345 678\": a\n");
	assert_int_equal(world->complaints.count, 0);
	assert_int_equal(world->operators.ported_count, 1);
	assert_string_equal(world->operators.ported[0].number, "+84912345678");
	drop(world);
}

static void what_is_wrong_is_told_with_its_line(void **state)
{
	(void)state;
	struct world *world = parse("operators:\n  a: [\"91\", \"09x\"]\nportd: {}\n"
				    "ported:\n  \"12\": a\n  \"0912345678\": b\n");
	assert_int_equal(world->complaints.errors, 5);
	int lines = 0;
	for (size_t i = 0; i < world->complaints.count; i++)
		lines += world->complaints.items[i].line;
	assert_int_equal(lines, 3 + 2 + 2 + 5 + 6);
	drop(world);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_shipped_file_is_in_order),
	    cmocka_unit_test(ported_numbers_are_normalised),
	    cmocka_unit_test(what_is_wrong_is_told_with_its_line),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
