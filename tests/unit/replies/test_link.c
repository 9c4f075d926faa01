/*
 * Owns: tests of linking a chat account to a person by a code.
 * May use: the fixture, cmocka.
 * Must not know: modems, SQL, providers.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "fixture.h"

struct scene {
	struct fixture fixture;
	struct store_link_facts facts;
};

static void scene_end(struct scene *scene)
{
	fixture_end(&scene->fixture);
}

/* A stranger's chat account texts a code that comes to `result`. */
static void scene_begin(struct scene *scene, enum store_link_result result)
{
	struct fixture *fixture = &scene->fixture;
	fixture_begin(fixture);
	scene->facts = (struct store_link_facts){.result = result,
	    .person_id = 7,
	    .person_name = "Nông Thị Sen",
	    .language = "vi",
	    .unit_name = "xã Ngọc Côn"};
	fixture->context.address_kind = "zalo";
	fixture->context.sender_kind = "chat";
	fixture->context.sender = "4466282318";
	fixture->context.person_count = 0;
	fixture->offer.link = &scene->facts;
	fixture->offer.answer_strangers = true;
	read_as(fixture, INTENT_LINK, CONFIDENCE_SURE, "");
	fixture->reading.code = "482913";
}

#define SCENE(name, result)                                                                        \
	__attribute__((cleanup(scene_end))) struct scene name;                                     \
	scene_begin(&name, result)

static void test_the_right_code_links_and_says_to_whom(void **state)
{
	(void)state;
	SCENE(scene, LINK_RIGHT);
	const struct reply_decision *decision = decide(&scene.fixture);
	assert_answer(decision, "Nông Thị Sen");
	assert_answer(decision, "xã Ngọc Côn");
	assert_non_null(scene.fixture.decision.link);
	assert_true(scene.fixture.decision.link->right);
	assert_string_equal(scene.fixture.decision.link->code, "482913");
	assert_string_equal(scene.fixture.decision.settled_as, "acted");
	assert_null(scene.fixture.decision.task);
}

static void test_a_wrong_code_is_counted_and_said_to_be_wrong(void **state)
{
	(void)state;
	SCENE(scene, LINK_WRONG);
	assert_answer(decide(&scene.fixture), "không đúng");
	assert_non_null(scene.fixture.decision.link);
	assert_false(scene.fixture.decision.link->right);
}

static void test_after_too_many_wrong_codes_none_is_tried(void **state)
{
	(void)state;
	SCENE(scene, LINK_LOCKED);
	assert_answer(decide(&scene.fixture), "nhiều lần");
	assert_null(scene.fixture.decision.link);
}

static void test_somebody_known_may_link_another_account(void **state)
{
	(void)state;
	SCENE(scene, LINK_RIGHT);
	scene.fixture.context.person_count = 1;
	assert_answer(decide(&scene.fixture), "Nông Thị Sen");
	assert_true(scene.fixture.decision.link->right);
}

static void test_a_code_by_sms_is_left_to_the_office(void **state)
{
	(void)state;
	SCENE(scene, LINK_RIGHT);
	scene.fixture.context.address_kind = "phone";
	scene.fixture.context.sender_kind = "phone";
	scene.fixture.context.person_count = 1;
	decide(&scene.fixture);
	assert_null(scene.fixture.decision.link);
	assert_non_null(scene.fixture.decision.task);
}

static void test_every_answer_fits_one_part(void **state)
{
	(void)state;
	static const char *const languages[] = {"vi", "en"};
	for (int result = LINK_WRONG; result <= LINK_LOCKED; result++)
		for (size_t i = 0; i < COUNT_OF(languages); i++) {
			SCENE(scene, (enum store_link_result)result);
			scene.facts.language = scene.fixture.offer.language = languages[i];
			scene.facts.person_name = "Hoàng Thị Ngọc Phương Thảo";
			scene.facts.unit_name = "thị trấn Trùng Khánh";
			assert_true(fits_one_part(decide(&scene.fixture)->answer));
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_the_right_code_links_and_says_to_whom),
	    cmocka_unit_test(test_a_wrong_code_is_counted_and_said_to_be_wrong),
	    cmocka_unit_test(test_after_too_many_wrong_codes_none_is_tried),
	    cmocka_unit_test(test_somebody_known_may_link_another_account),
	    cmocka_unit_test(test_a_code_by_sms_is_left_to_the_office),
	    cmocka_unit_test(test_every_answer_fits_one_part),
	};
	return cmocka_run_group_tests_name("replies/link", tests, NULL, NULL);
}
