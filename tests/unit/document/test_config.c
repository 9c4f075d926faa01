/*
 * Owns: tests of document/config: defaults, every kind of mistake, secrets, reload, the example.
 * May use: document/, cmocka.
 * Must not know: what the values are used for.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/buffer.h"
#include "base/clock.h"
#include "document/config.h"
#include "document/config_keys.h"
#include "fixture.h"

static struct config parse(struct fixture *fixture, const char *text)
{
	struct config config;
	config_parse(fixture->arena, "/etc/nhacviec/nhacviec.yaml", text, strlen(text), &config,
	    &fixture->complaints);
	return config;
}

static void test_an_almost_empty_file_gives_the_defaults(void **state)
{
	(void)state;
	FIXTURE(fixture);
	struct config config = parse(&fixture, "state_dir: /srv/nv\n");
	assert_errors(&fixture, 0);
	assert_complaint(&fixture, 0, "No modem is configured");
	assert_string_equal(config.state_dir, "/srv/nv");
	assert_string_equal(config.database, "/srv/nv/nhacviec.db");
	assert_string_equal(config.control_socket, "/srv/nv/control.sock");
	assert_string_equal(config.texts_dir, NHACVIEC_PREFIX "/share/nhacviec/texts");
	assert_string_equal(config.holidays_dir, NHACVIEC_PREFIX "/share/nhacviec/holidays");
	assert_string_equal(config.log_level, "info");
	assert_string_equal(config.language, "vi");
	assert_string_equal(config.encoding, "plain");
	assert_string_equal(config.only_to, "");
	assert_int_equal(config.zone_minutes, 420);
	assert_int_equal(config.node, 0);
	assert_int_equal(config.parts_max, 3);
	assert_int_equal(config.patience_ms, 6 * HOUR_MS);
	assert_int_equal(config.patience_last_call_ms, 30 * MINUTE_MS);
	assert_int_equal(config.validity_ms, 2 * DAY_MS);
	assert_int_equal(config.monthly_cap, 3000);
	assert_int_equal(config.retention_days, 365);
	assert_int_equal(config.modem_count, 0);
}

static void test_a_full_file_is_read(void **state)
{
	(void)state;
	FIXTURE(fixture);
	struct config config =
	    parse(&fixture, "state_dir: state\n"
			    "database: other/x.db\n"
			    "texts_dir: ../texts\n"
			    "zone: +08:00\n"
			    "node: 7\n"
			    "only_to: [0900 000 001, +84900000002]\n"
			    "sending:\n"
			    "  encoding: full\n"
			    "  patience: 2h\n"
			    "  retry_first: 90s\n"
			    "money: {price_per_part: 0, monthly_cap: 0}\n"
			    "modems:\n"
			    "  - {name: viettel1, device: /dev/ttyUSB0}\n"
			    "  - {name: vina, device: modem2, connection: at, pace: brisk}\n");
	assert_errors(&fixture, 0);
	assert_int_equal(fixture.complaints.count, 0);
	assert_string_equal(config.state_dir, "/etc/nhacviec/state");
	assert_string_equal(config.database, "/etc/nhacviec/other/x.db");
	assert_string_equal(config.control_socket, "/etc/nhacviec/state/control.sock");
	assert_string_equal(config.texts_dir, "/etc/nhacviec/../texts");
	assert_string_equal(config.only_to, "+84900000001,+84900000002");
	assert_int_equal(config.zone_minutes, 480);
	assert_int_equal(config.retry_first_ms, 90 * SECOND_MS);
	assert_string_equal(config.encoding, "full");
	assert_int_equal(config.modem_count, 2);
	assert_string_equal(config.modems[0].connection, "at115200");
	assert_string_equal(config.modems[0].pin, "");
	assert_string_equal(config.modems[1].device, "/etc/nhacviec/modem2");
	assert_string_equal(config.modems[1].pace, "brisk");
}

static void test_every_mistake_is_named_with_its_line_and_what_to_do(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int line;
		const char *words;
	} cases[] = {
	    {"node: 0\nlog_levle: info\n", 2, "Did you mean `log_level`?"},
	    {"sending:\n  patence: 6h\n", 2, "Did you mean `patience`?"},
	    {"node: 0\nnode: 1\n", 2, "here twice"},
	    {"node: 1024\n", 1, "from 0 to 1023"},
	    {"node: one\n", 1, "whole number"},
	    {"node: [1]\n", 1, "single value"},
	    {"log_level: informative\n", 1, "Choose one of"},
	    {"log_level: inf\n", 1, "Did you mean `info`?"},
	    {"language:\n", 1, "remove the line"},
	    {"zone: Europe/Paris\n", 1, "daylight saving"},
	    {"sending: yes\n", 1, "`sending` must be a group"},
	    {"sending:\n  patience: 6 hours\n", 2, "from 10m to 2d"},
	    {"sending:\n  patience: 9m\n", 2, "from 10m to 2d"},
	    {"sending:\n  retry_first: 1h\n  retry_longest: 1m\n", 0, "Exchange them"},
	    {"only_to: 12345\n", 1, "only_to"},
	    {"only_to: []\n", 0, "No modem"},
	    {"modems: {}\n", 1, "`modems` must be a list"},
	    {"modems:\n  - {name: a}\n", 2, "has no `device`"},
	    {"modems:\n  - {device: /dev/x}\n", 2, "has no `name`"},
	    {"modems:\n  - {name: a b, device: /dev/x}\n", 2, "letters a-z"},
	    {"modems:\n  - {name: a, device: /dev/x, speed: 1}\n", 2, "Unknown key `speed`"},
	    {"modems:\n  - {name: a, device: /dev/x}\n  - {name: a, device: /dev/y}\n", 3,
		"same name"},
	    {"modems:\n  - {name: a, device: /dev/x}\n  - {name: b, device: /dev/x}\n", 3,
		"same device"},
	    {"modems:\n  - {name: a, device: /dev/x, pace: quick}\n", 2, "pace"},
	    {"modems:\n  - {name: a, device: /dev/x, pin: 1234}\n", 2, "pin: file:PATH"},
	    {"modems:\n  - {name: a, device: /dev/x, pin: \"env:NO_SUCH_THING\"}\n", 2,
		"no variable NO_SUCH_THING"},
	    {"modems:\n  - {name: a, device: /dev/x, pin: \"file:/no/such\"}\n", 2,
		"Cannot read /no/such"},
	    {"- a\n", 1, "group of"},
	    {"a: b: c\n", 1, "not valid YAML"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		FIXTURE(fixture);
		(void)parse(&fixture, cases[i].text);
		assert_complaint(&fixture, cases[i].line, cases[i].words);
	}
}

static void test_too_many_modems_and_too_long_sockets_are_refused(void **state)
{
	(void)state;
	FIXTURE(fixture);
	OWNED_BUFFER text = BUFFER(4000);
	buffer_add_text(&text, "modems:\n");
	for (int i = 0; i <= CONFIG_MODEMS_MAX; i++)
		buffer_printf(&text, "  - {name: m%d, device: /dev/m%d}\n", i, i);
	(void)parse(&fixture, text.data);
	assert_complaint(&fixture, 2, "at most 16");
	buffer_reset(&text);
	buffer_add_text(&text, "state_dir: /");
	for (int i = 0; i < 100; i++)
		buffer_add_char(&text, 'd');
	(void)parse(&fixture, text.data);
	assert_complaint(&fixture, 0, "at most 107 bytes");
}

static void test_a_pin_comes_from_a_file_or_the_environment(void **state)
{
	(void)state;
	FIXTURE(fixture);
	const char *folder = make_folder(fixture.arena);
	const char *pin = write_file(fixture.arena, folder, "pin", "4321\nnot read\n");
	assert_int_equal(chmod(pin, 0600), 0);
	const char *path = write_file(fixture.arena, folder, "nhacviec.yaml",
	    "modems:\n  - {name: a, device: /dev/x, pin: \"file:pin\"}\n"
	    "  - {name: b, device: /dev/y, pin: \"env:NHACVIEC_TEST_PIN\"}\n");
	setenv("NHACVIEC_TEST_PIN", "98765432", 1);
	struct config config;
	config_load(fixture.arena, path, &config, &fixture.complaints);
	assert_int_equal(fixture.complaints.count, 0);
	assert_string_equal(config.modems[0].pin, "4321");
	assert_string_equal(config.modems[1].pin, "98765432");
	assert_int_equal(chmod(pin, 0644), 0);
	config_load(fixture.arena, path, &config, &fixture.complaints);
	assert_errors(&fixture, 0);
	assert_complaint(&fixture, 2, "chmod 640");
	write_file(fixture.arena, folder, "pin", "12x4\n");
	setenv("NHACVIEC_TEST_PIN", "123", 1);
	config_load(fixture.arena, path, &config, &fixture.complaints);
	assert_errors(&fixture, 2);
	for (size_t i = 0; i < fixture.complaints.count; i++)
		assert_null(strstr(fixture.complaints.items[i].text, "12x4"));
	config_load(fixture.arena, "/no/such/file.yaml", &config, &fixture.complaints);
	assert_complaint(&fixture, 0, "Check the path");
	remove_folder(folder, (const char *const[]){"pin", "nhacviec.yaml"}, 2);
}

static void test_a_reload_says_what_it_cannot_change(void **state)
{
	(void)state;
	FIXTURE(fixture);
	static const char modem[] = "modems:\n  - {name: a, device: /dev/x}\n";
	struct config now = parse(&fixture, modem);
	struct config same =
	    parse(&fixture, "log_level: debug\nmoney: {monthly_cap: 9}\nmodems:\n  - {name: a, "
			    "device: /dev/x}\n");
	config_compare_for_reload(&now, &same, &fixture.complaints);
	assert_int_equal(fixture.complaints.count, 0);
	struct config other =
	    parse(&fixture, "node: 3\nmodems:\n  - {name: a, device: /dev/other}\n");
	config_compare_for_reload(&now, &other, &fixture.complaints);
	assert_errors(&fixture, 2);
	assert_complaint(&fixture, 0, "`node` is 0 now and 3 in the file");
	assert_complaint(&fixture, 0, "`modems` differs");
}

static const char *print_example(struct arena *arena, const char *language)
{
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);
	config_print_example(out, language);
	fclose(out);
	const char *copy = arena_copy_bytes(arena, text, len);
	free(text);
	return copy;
}

static void test_the_shipped_example_is_what_the_table_prints(void **state)
{
	(void)state;
	FIXTURE(fixture);
	size_t len;
	assert_string_equal(read_whole(fixture.arena, "config/nhacviec.yaml", &len),
	    print_example(fixture.arena, "vi"));
}

static void test_the_example_gives_the_defaults_and_names_every_key(void **state)
{
	(void)state;
	static const char *const languages[] = {"vi", "en"};
	for (size_t l = 0; l < COUNT_OF(languages); l++) {
		FIXTURE(fixture);
		const char *text = print_example(fixture.arena, languages[l]);
		struct config example = parse(&fixture, text),
			      defaults = parse(&fixture, "node: 0\n");
		assert_errors(&fixture, 0);
		config_compare_for_reload(&defaults, &example, &fixture.complaints);
		assert_errors(&fixture, 0);
		assert_int_equal(example.patience_ms, defaults.patience_ms);
		assert_int_equal(example.monthly_cap, defaults.monthly_cap);
		for (size_t i = 0; i < config_key_count; i++) {
			const char *dot = strchr(config_keys[i].path, '.');
			assert_non_null(strstr(text, dot ? dot + 1 : config_keys[i].path));
			assert_true(config_keys[i].help_vi[0] && config_keys[i].help_en[0]);
		}
		struct config appended = parse(&fixture,
		    arena_printf(fixture.arena,
			"%sstate_dir: /x\nmodems:\n  - {name: a, device: /dev/x}\n", text));
		assert_errors(&fixture, 0);
		assert_string_equal(appended.database, "/x/nhacviec.db");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_an_almost_empty_file_gives_the_defaults),
	    cmocka_unit_test(test_a_full_file_is_read),
	    cmocka_unit_test(test_every_mistake_is_named_with_its_line_and_what_to_do),
	    cmocka_unit_test(test_too_many_modems_and_too_long_sockets_are_refused),
	    cmocka_unit_test(test_a_pin_comes_from_a_file_or_the_environment),
	    cmocka_unit_test(test_a_reload_says_what_it_cannot_change),
	    cmocka_unit_test(test_the_shipped_example_is_what_the_table_prints),
	    cmocka_unit_test(test_the_example_gives_the_defaults_and_names_every_key),
	};
	return cmocka_run_group_tests_name("document/config", tests, NULL, NULL);
}
