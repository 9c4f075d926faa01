/*
 * Owns: tests of arenas.
 * May use: base/memory.h, cmocka.
 * Must not know: who uses them.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/memory.h"

#include <stdint.h>
#include <string.h>

static void what_is_allocated_after_a_reset_is_zeroed(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	for (int round = 0; round < 3; round++) {
		for (size_t size = 1; size < 20000; size *= 3) {
			unsigned char *bytes = arena_alloc(arena, size);
			for (size_t i = 0; i < size; i++)
				assert_int_equal(bytes[i], 0);
			memset(bytes, 0xff, size);
		}
		arena_reset(arena);
	}
	arena_free(arena);
}

static void memory_stays_for_what_comes_after_a_reset(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	const uintptr_t first = (uintptr_t)arena_alloc(arena, 10000);
	arena_reset(arena);
	assert_true((uintptr_t)arena_alloc(arena, 10000) == first);
	arena_free(arena);
}

static void an_adopted_arena_lives_with_the_other(void **state)
{
	(void)state;
	struct arena *arena = arena_new(), *other = arena_new();
	(void)arena_alloc(other, 9000);
	arena_reset(other);
	char *text = arena_copy(other, "kept");
	arena_adopt(arena, other);
	assert_string_equal(text, "kept");
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_is_allocated_after_a_reset_is_zeroed),
	    cmocka_unit_test(memory_stays_for_what_comes_after_a_reset),
	    cmocka_unit_test(an_adopted_arena_lives_with_the_other),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
