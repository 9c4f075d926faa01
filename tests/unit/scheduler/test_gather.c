/*
 * Owns: tests of scheduler/gather and scheduler/merge: which pending notices share a text, which
 * way they go, which do not go.
 * May use: scheduler/gather.h, document/, cmocka.
 * Must not know: the store, the loop.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "document/texts_file.h"
#include "fixture.h"
#include "scheduler/gather.h"

#define MOST 6

/* Some obligations of one reporter, each with at most one pending notice of its own making. */
struct scene {
	struct fixture fixture;
	struct texts *texts;
	struct store_due_obligation obligations[MOST];
	const struct plan *plans[MOST];
	struct store_pending_notice notices[MOST];
	struct store_pending_notices_output pending;
	struct store_bind_notices_input out;
};

static const char *text_of(const char *language, const char *name, void *arg)
{
	return texts_get(arg, language, name);
}

static void scene_begin(struct scene *scene)
{
	memset(scene, 0, sizeof *scene);
	fixture_begin(&scene->fixture);
	struct complaints complaints = {.arena = scene->fixture.arena};
	scene->texts = texts_load(scene->fixture.arena, "config/texts", &complaints);
	assert_non_null(scene->texts);
	scene->fixture.policy.text = text_of;
	scene->fixture.policy.text_arg = scene->texts;
	scene->pending.items = scene->notices;
	scene->pending.obligations = scene->obligations;
}

static void scene_end(struct scene *scene)
{
	fixture_end(&scene->fixture);
}

#define SCENE(name)                                                                                \
	__attribute__((cleanup(scene_end))) struct scene name;                                     \
	scene_begin(&name)

/* An obligation like the fixture's, of another report. */
static struct store_due_obligation *add_obligation(
    struct scene *scene, const char *report, struct day named)
{
	size_t n = scene->pending.obligation_count++;
	scene->obligations[n] = scene->fixture.obligation;
	scene->obligations[n].id = 42 + (int64_t)n;
	scene->obligations[n].report_code = report;
	scene->obligations[n].named = named;
	scene->obligations[n].deadline = civil_moment(named, 0, ZONE);
	scene->plans[n] = scene->fixture.plan;
	return &scene->obligations[n];
}

/* A notice of the obligation added last, to the reporter. */
static struct store_pending_notice *add_notice(
    struct scene *scene, const char *step, struct wall due)
{
	size_t n = scene->pending.count++;
	scene->notices[n] = (struct store_pending_notice){
	    .id = 100 + (int64_t)n,
	    .obligation = scene->pending.obligation_count - 1,
	    .step = step,
	    .due = due,
	    .not_after = wall_add(due, 3 * DAY_MS),
	    .has_point = true,
	    .to = scene->fixture.contacts[0],
	};
	return &scene->notices[n];
}

static void gather(struct scene *scene, struct wall now)
{
	gather_messages(scene->fixture.arena, &scene->fixture.policy, &scene->pending, scene->plans,
	    now, &scene->out);
}

static const char *text_at(const struct scene *scene, size_t i)
{
	char joined[1000] = "";
	const struct store_new_message *message = &scene->out.messages[i].message;
	size_t len = 0;
	for (int part = 0; part < message->part_count; part++)
		len +=
		    (size_t)snprintf(joined + len, sizeof joined - len, "%s", message->parts[part]);
	return arena_copy(scene->fixture.arena, joined);
}

static void assert_ended(const struct scene *scene, size_t i, int64_t id, const char *reason)
{
	assert_true(i < scene->out.put_off_count);
	assert_int_equal(scene->out.put_off[i].notice_id, id);
	assert_int_equal(scene->out.put_off[i].until.ms, WALL_NEVER.ms);
	assert_string_equal(scene->out.put_off[i].reason, reason);
}

#define OCTOBER_8 moment(10, 8, 8, 0)

/* 8 October 2020: the reminder of TK10 (before 15/10) and the first notice of TK5 (before 22/10).
 */
static void two_reviews(struct scene *scene)
{
	add_obligation(scene, "TK10", civil_day(2020, 10, 15));
	add_notice(scene, "nhac-lai", OCTOBER_8);
	add_obligation(scene, "TK5", civil_day(2020, 10, 22));
	add_notice(scene, "bao-truoc", OCTOBER_8);
}

static void test_one_notice_is_one_message(void **state)
{
	(void)state;
	SCENE(scene);
	add_obligation(&scene, "6T", civil_day(2020, 6, 10));
	add_notice(&scene, "bao-truoc", moment(5, 27, 8, 0));
	gather(&scene, moment(5, 27, 8, 0));
	assert_int_equal(scene.out.message_count, 1);
	assert_int_equal(scene.out.put_off_count, 0);
	const struct store_bound_message *bound = &scene.out.messages[0];
	assert_string_equal(bound->message.key, "notice:42:0:bao-truoc:0:1");
	assert_string_equal(bound->message.address, "+84900000001");
	assert_int_equal(bound->message.person_id, 1);
	assert_int_equal(bound->message.purpose, PURPOSE_REMINDER);
	assert_int_equal(bound->message.not_after.ms, moment(5, 30, 8, 0).ms);
	assert_null(bound->message.channel);
	assert_int_equal(bound->notice_count, 1);
	assert_int_equal(bound->notices[0].id, 100);
	assert_null(bound->notices[0].reason);
}

static void test_different_reports_of_one_person_share_a_text(void **state)
{
	(void)state;
	SCENE(scene);
	two_reviews(&scene);
	gather(&scene, OCTOBER_8);
	assert_int_equal(scene.out.message_count, 1);
	const struct store_bound_message *bound = &scene.out.messages[0];
	assert_string_equal(text_at(&scene, 0),
	    "P.LDTBXH Trung Khanh: tong ket 10 nam cua Xa Ngoc Con (TK10) han thu Tu 14/10; tong "
	    "ket 5 nam cua Xa Ngoc Con (TK5) han thu Tu 21/10. Xong nhan: BC <ma> <so>");
	assert_int_equal(bound->message.part_count, 1);
	assert_string_equal(bound->message.key, "notice:42:0:nhac-lai:0:1");
	assert_int_equal(bound->notice_count, 2);
	assert_string_equal(bound->notices[0].reason, "merged");
	assert_string_equal(bound->notices[1].reason, "merged");
	assert_false(bound->last_call);
}

static void test_a_list_that_costs_more_than_its_texts_is_split_again(void **state)
{
	(void)state;
	SCENE(scene);
	scene.fixture.policy.parts_max = 1;
	scene.fixture.obligation.unit_name = "Thị trấn Trùng Khánh";
	two_reviews(&scene);
	gather(&scene, OCTOBER_8);
	assert_int_equal(scene.out.message_count, 2);
	for (size_t i = 0; i < 2; i++) {
		assert_int_equal(scene.out.messages[i].message.part_count, 1);
		assert_int_equal(scene.out.messages[i].notice_count, 1);
		assert_null(scene.out.messages[i].notices[0].reason);
	}
	assert_string_not_equal(
	    scene.out.messages[0].message.key, scene.out.messages[1].message.key);
}

static void test_a_list_with_a_last_call_is_a_last_call_and_ends_with_the_earliest(void **state)
{
	(void)state;
	SCENE(scene);
	two_reviews(&scene);
	scene.notices[0].step = "lan-cuoi";
	scene.notices[0].last_call = true;
	scene.notices[0].not_after = scene.obligations[0].deadline;
	gather(&scene, OCTOBER_8);
	const struct store_bound_message *bound = &scene.out.messages[0];
	assert_int_equal(scene.out.message_count, 1);
	assert_true(bound->last_call);
	assert_int_equal(bound->message.purpose, PURPOSE_LAST_CALL);
	assert_int_equal(bound->message.not_after.ms, scene.notices[1].not_after.ms);
	assert_non_null(strstr(text_at(&scene, 0), "LAN CUOI tong ket 10 nam cua Xa Ngoc Con"));
}

static void test_a_reason_for_moving_stays(void **state)
{
	(void)state;
	SCENE(scene);
	two_reviews(&scene);
	scene.notices[1].reason = "moved-later";
	gather(&scene, OCTOBER_8);
	assert_string_equal(scene.out.messages[0].notices[0].reason, "merged");
	assert_null(scene.out.messages[0].notices[1].reason);
}

static void test_an_event_does_not_stand_in_a_list_of_reports(void **state)
{
	(void)state;
	SCENE(scene);
	two_reviews(&scene);
	scene.obligations[1].kind = "event";
	scene.obligations[1].report_code = "THD";
	scene.obligations[1].deadline = WALL_NEVER;
	gather(&scene, OCTOBER_8);
	assert_int_equal(scene.out.message_count, 2);
}

static void test_several_units_of_one_step_become_its_digest(void **state)
{
	(void)state;
	SCENE(scene);
	struct plan_text *texts = arena_alloc(scene.fixture.arena, 40 * sizeof *texts);
	memcpy(texts, scene.fixture.plan->texts, scene.fixture.plan->text_count * sizeof *texts);
	texts[scene.fixture.plan->text_count++] = (struct plan_text){.code = "gop",
	    .body = "{office}: {count} đơn vị chưa gửi {report}: {list}. Hạn {deadline}"};
	scene.fixture.plan->texts = texts;
	for (size_t i = 0; i < scene.fixture.plan->ladders[0].step_count; i++)
		scene.fixture.plan->ladders[0].steps[i].digest = "gop";
	static const char *const units[] = {"Xã Ngọc Côn", "Xã Đình Phong", "Xã Đàm Thủy"};
	for (size_t i = 0; i < COUNT_OF(units); i++) {
		add_obligation(&scene, "6T", civil_day(2020, 6, 10))->unit_name = units[i];
		add_notice(&scene, "bao-truoc", moment(5, 27, 8, 0));
	}
	gather(&scene, moment(5, 27, 8, 0));
	assert_int_equal(scene.out.message_count, 1);
	assert_int_equal(scene.out.messages[0].notice_count, 3);
	assert_string_equal(text_at(&scene, 0),
	    "P.LDTBXH Trung Khanh: 3 don vi chua gui bao cao 6 thang: Xa Ngoc Con, Xa Dinh Phong, "
	    "Xa Dam Thuy. Han 10/6");
}

static void test_several_units_without_a_digest_are_listed(void **state)
{
	(void)state;
	SCENE(scene);
	add_obligation(&scene, "6T", civil_day(2020, 6, 10));
	add_notice(&scene, "bao-truoc", moment(5, 27, 8, 0));
	add_obligation(&scene, "6T", civil_day(2020, 6, 10))->unit_name = "Xã Đình Phong";
	add_notice(&scene, "bao-truoc", moment(5, 27, 8, 0));
	gather(&scene, moment(5, 27, 8, 0));
	assert_int_equal(scene.out.message_count, 1);
	assert_int_equal(scene.out.messages[0].notice_count, 2);
	assert_non_null(strstr(text_at(&scene, 0), "cua Xa Ngoc Con"));
	assert_non_null(strstr(text_at(&scene, 0), "cua Xa Dinh Phong"));
}

static void test_what_comes_later_in_this_window_goes_along(void **state)
{
	(void)state;
	SCENE(scene);
	two_reviews(&scene);
	scene.notices[1].due = moment(10, 8, 10, 30);
	gather(&scene, OCTOBER_8);
	assert_int_equal(scene.out.message_count, 1);
	assert_int_equal(scene.out.messages[0].notice_count, 2);
	scene.notices[1].due = moment(10, 8, 14, 0); /* the afternoon's stays */
	gather(&scene, OCTOBER_8);
	assert_int_equal(scene.out.message_count, 1);
	assert_int_equal(scene.out.messages[0].notice_count, 1);
	assert_int_equal(scene.out.put_off_count, 0);
}

static void test_two_steps_of_one_report_do_not_go_at_once(void **state)
{
	(void)state;
	SCENE(scene);
	add_obligation(&scene, "TK10", civil_day(2020, 10, 15));
	add_notice(&scene, "bao-truoc", OCTOBER_8);
	add_notice(&scene, "nhac-lai", moment(10, 8, 10, 0));
	gather(&scene, OCTOBER_8); /* the later one waits for its moment */
	assert_int_equal(scene.out.message_count, 1);
	assert_int_equal(scene.out.messages[0].notices[0].id, 100);
	assert_int_equal(scene.out.put_off_count, 0);
	gather(&scene, moment(10, 8, 10, 0)); /* both are due: the later says it all */
	assert_int_equal(scene.out.message_count, 1);
	assert_int_equal(scene.out.messages[0].notices[0].id, 101);
	assert_ended(&scene, 0, 100, "superseded");
	scene.notices[0].last_call = true;
	gather(&scene, moment(10, 8, 10, 0));
	assert_ended(&scene, 0, 101, "superseded");
}

static void test_outside_the_send_window_everything_waits_while_it_is_of_use(void **state)
{
	(void)state;
	SCENE(scene);
	two_reviews(&scene);
	scene.notices[1].not_after = moment(10, 8, 13, 0);
	gather(&scene, moment(10, 8, 12, 0));
	assert_int_equal(scene.out.message_count, 0);
	assert_int_equal(scene.out.put_off_count, 2);
	assert_int_equal(scene.out.put_off[0].until.ms, moment(10, 8, 13, 30).ms);
	assert_ended(&scene, 1, 101, "not-after");
}

static void test_what_has_lost_its_point_or_cannot_be_read_does_not_go(void **state)
{
	(void)state;
	SCENE(scene);
	two_reviews(&scene);
	scene.notices[0].has_point = false;
	scene.notices[1].step = "no-such-step";
	add_obligation(&scene, "6T", civil_day(2020, 6, 10));
	add_notice(&scene, "bao-truoc", OCTOBER_8)->not_after = OCTOBER_8;
	add_obligation(&scene, "NAM", civil_day(2020, 12, 10));
	add_notice(&scene, "bao-truoc", OCTOBER_8);
	scene.plans[3] = NULL;
	gather(&scene, OCTOBER_8);
	assert_int_equal(scene.out.message_count, 0);
	assert_ended(&scene, 0, 100, "obligation-closed");
	assert_ended(&scene, 1, 101, "step-gone");
	assert_ended(&scene, 2, 102, "not-after");
	assert_int_equal(scene.out.put_off[3].until.ms, wall_add(OCTOBER_8, HOUR_MS).ms);
}

static void test_a_text_too_long_is_a_task_for_the_office(void **state)
{
	(void)state;
	SCENE(scene);
	char *name = arena_alloc(scene.fixture.arena, 500);
	memset(name, 'x', 499);
	name[499] = '\0';
	add_obligation(&scene, "6T", civil_day(2020, 6, 10))->unit_name = name;
	add_notice(&scene, "bao-truoc", moment(5, 27, 8, 0));
	gather(&scene, moment(5, 27, 8, 0));
	assert_int_equal(scene.out.message_count, 0);
	assert_ended(&scene, 0, 100, "text-too-long");
	assert_string_equal(scene.out.put_off[0].task->kind, "text-too-long");
	assert_string_equal(scene.out.put_off[0].task->key, "text-too-long:TK-2020:6T:bao-truoc");
}

static void test_after_failures_it_goes_over_other_channels_then_to_who_stands_in(void **state)
{
	(void)state;
	SCENE(scene);
	static const char *channels[] = {"modem1", "modem2"};
	static const struct {
		const char *phone, *channel, *reason;
	} ways[] = {
	    {"+84900000001", "modem1", NULL},
	    {"+84900000001", "modem2", NULL},
	    {"+84900000002", "modem1", "reporter-unreachable"},
	    {"+84900000002", "modem2", "reporter-unreachable"},
	    {"+84900000003", "modem1", "deputy-unreachable"},
	    {"+84900000003", "modem2", "deputy-unreachable"},
	};
	struct plan_step *step = &scene.fixture.plan->ladders[0].steps[0];
	add_contact(&scene.fixture, "deputy", "+84900000002");
	add_contact(&scene.fixture, "leader", "+84900000002"); /* nobody new */
	add_contact(&scene.fixture, "leader", "+84900000003");
	add_obligation(&scene, "6T", civil_day(2020, 6, 10));
	struct store_pending_notice *notice = add_notice(&scene, step->code, moment(5, 27, 8, 0));
	step->channels = channels;
	step->channel_count = 2;
	for (size_t i = 0; i < COUNT_OF(ways); i++) {
		notice->rung = notice->way = (int)i;
		gather(&scene, moment(5, 27, 9, 0));
		assert_int_equal(scene.out.message_count, 1);
		const struct store_bound_message *bound = &scene.out.messages[0];
		assert_string_equal(bound->message.address, ways[i].phone);
		assert_string_equal(bound->message.channel, ways[i].channel);
		assert_int_equal(bound->notices[0].way, i);
		if (ways[i].reason == NULL)
			assert_null(bound->notices[0].reason);
		else
			assert_string_equal(bound->notices[0].reason, ways[i].reason);
	}
	assert_string_equal(scene.out.messages[0].message.key, "notice:42:0:bao-truoc:0:1:5");
	notice->way = 6;
	gather(&scene, moment(5, 27, 9, 0));
	assert_ended(&scene, 0, 100, "no-recipient");
	assert_string_equal(scene.out.put_off[0].task->kind, "unreachable");
}

/* By chat: whole, with its marks, at that channel's price, addressed to the account. */
static void test_a_linked_account_gets_the_text_whole_and_the_phone_gets_it_after_a_failure(
    void **state)
{
	(void)state;
	SCENE(scene);
	static const struct way_channel channels[] = {{"oa", "zalo", true, true, 55}};
	static const struct store_address linked = {"zalo", "111", "oa"};
	scene.fixture.policy.ways = (struct way_table){channels, 1};
	scene.fixture.contacts[0].addresses = &linked;
	scene.fixture.contacts[0].address_count = 1;
	add_obligation(&scene, "6T", civil_day(2020, 6, 10));
	struct store_pending_notice *notice = add_notice(&scene, "bao-truoc", moment(5, 27, 8, 0));
	gather(&scene, moment(5, 27, 8, 0));
	const struct store_new_message *message = &scene.out.messages[0].message;
	assert_string_equal(message->address_kind, "zalo");
	assert_string_equal(message->address, "111");
	assert_string_equal(message->channel, "oa");
	assert_int_equal(message->part_count, 1);
	assert_int_equal(message->cost, 55);
	assert_non_null(strstr(message->parts[0], "Xã Ngọc Côn"));
	notice->way = 1;
	notice->rung = 1;
	gather(&scene, moment(5, 27, 10, 0));
	message = &scene.out.messages[0].message;
	assert_string_equal(message->address_kind, "phone");
	assert_string_equal(message->address, "+84900000001");
	assert_null(message->channel);
	assert_null(strstr(message->parts[0], "Xã Ngọc Côn"));
}

static void test_a_number_known_to_be_wrong_is_passed_over(void **state)
{
	(void)state;
	SCENE(scene);
	add_contact(&scene.fixture, "deputy", "+84900000002");
	scene.fixture.contacts[0].suspended = true;
	add_obligation(&scene, "6T", civil_day(2020, 6, 10));
	add_notice(&scene, "bao-truoc", moment(5, 27, 8, 0));
	gather(&scene, moment(5, 27, 8, 0));
	assert_string_equal(scene.out.messages[0].message.address, "+84900000002");
	assert_int_equal(scene.out.messages[0].message.person_id, 2);
	assert_int_equal(scene.out.messages[0].notices[0].way, 1);
}

static void test_each_is_spoken_to_in_their_language(void **state)
{
	(void)state;
	SCENE(scene);
	const char *languages[] = {"en"}, *bodies[] = {"{report} of {unit} by {last_day}"};
	scene.fixture.plan->texts[0].languages = languages;
	scene.fixture.plan->texts[0].bodies = bodies;
	scene.fixture.plan->texts[0].language_count = 1;
	scene.fixture.contacts[0].language = "en";
	add_obligation(&scene, "6T", civil_day(2020, 6, 10));
	add_notice(&scene, "bao-truoc", moment(5, 27, 8, 0));
	gather(&scene, moment(5, 27, 8, 0));
	assert_string_equal(text_at(&scene, 0), "bao cao 6 thang of Xa Ngoc Con by Tue 9/6");
}

static void test_the_summary_counts_its_own_reports_missing_alone(void **state)
{
	(void)state;
	SCENE(scene);
	struct store_missing missing[] = {
	    {"TK-2020", "6T", "2020", "Xã Ngọc Côn"},
	    {"TK-2020", "NAM", "2020", "Xã Đình Phong"}, /* another report */
	    {"TK-2020", "6T", "2019", "Xã Phong Châu"},  /* another period */
	    {"KHAC-2020", "6T", "2020", "Xã Đàm Thủy"},  /* another plan */
	};
	scene.fixture.contacts[0].post = "coordinator";
	scene.pending.missing = missing;
	scene.pending.missing_count = COUNT_OF(missing);
	add_obligation(&scene, "TH6T", civil_day(2020, 6, 20));
	add_notice(&scene, "bat-dau", moment(6, 11, 8, 30));
	gather(&scene, moment(6, 11, 8, 30));
	assert_int_equal(scene.out.message_count, 1);
	assert_non_null(strstr(text_at(&scene, 0), "Thieu 1: Xa Ngoc Con."));
}

static void test_a_nudge_quotes_the_promise_and_stands_alone(void **state)
{
	(void)state;
	SCENE(scene);
	two_reviews(&scene);
	scene.obligations[0].promised_day = civil_day(2020, 10, 7);
	scene.obligations[0].promised_by = "Lý Văn Bình";
	scene.notices[0].step = "promise";
	gather(&scene, OCTOBER_8);
	assert_int_equal(scene.out.message_count, 2);
	assert_non_null(strstr(text_at(&scene, 0), "Ly Van Binh hen gui tong ket 10 nam"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_one_notice_is_one_message),
	    cmocka_unit_test(test_different_reports_of_one_person_share_a_text),
	    cmocka_unit_test(test_a_list_that_costs_more_than_its_texts_is_split_again),
	    cmocka_unit_test(
		test_a_list_with_a_last_call_is_a_last_call_and_ends_with_the_earliest),
	    cmocka_unit_test(test_a_reason_for_moving_stays),
	    cmocka_unit_test(test_an_event_does_not_stand_in_a_list_of_reports),
	    cmocka_unit_test(test_several_units_of_one_step_become_its_digest),
	    cmocka_unit_test(test_several_units_without_a_digest_are_listed),
	    cmocka_unit_test(test_what_comes_later_in_this_window_goes_along),
	    cmocka_unit_test(test_two_steps_of_one_report_do_not_go_at_once),
	    cmocka_unit_test(test_outside_the_send_window_everything_waits_while_it_is_of_use),
	    cmocka_unit_test(test_what_has_lost_its_point_or_cannot_be_read_does_not_go),
	    cmocka_unit_test(test_a_text_too_long_is_a_task_for_the_office),
	    cmocka_unit_test(test_after_failures_it_goes_over_other_channels_then_to_who_stands_in),
	    cmocka_unit_test(
		test_a_linked_account_gets_the_text_whole_and_the_phone_gets_it_after_a_failure),
	    cmocka_unit_test(test_a_number_known_to_be_wrong_is_passed_over),
	    cmocka_unit_test(test_each_is_spoken_to_in_their_language),
	    cmocka_unit_test(test_the_summary_counts_its_own_reports_missing_alone),
	    cmocka_unit_test(test_a_nudge_quotes_the_promise_and_stands_alone),
	};
	return cmocka_run_group_tests_name("scheduler/gather", tests, NULL, NULL);
}
