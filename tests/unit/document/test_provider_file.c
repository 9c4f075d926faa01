/*
 * Owns: what reading a provider file promises: the shipped ones are in order, each fault has its
 * line. May use: document/provider.h, cmocka. Must not know: how providers are run.
 */
#include "document/provider.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct complaints *new_complaints(void)
{
	struct complaints *complaints = memory_new(sizeof *complaints);
	complaints->arena = arena_new();
	return complaints;
}

static void drop(struct complaints *complaints)
{
	arena_free(complaints->arena);
	free(complaints);
}

static void the_shipped_files_are_in_order(void **state)
{
	(void)state;
	DIR *folder = opendir("config/providers");
	int count = 0;
	assert_non_null(folder);
	for (const struct dirent *entry; (entry = readdir(folder)) != NULL;) {
		char path[400];
		if (entry->d_name[0] == '.')
			continue;
		struct complaints *complaints = new_complaints();
		snprintf(path, sizeof path, "config/providers/%s", entry->d_name);
		const struct provider *provider =
		    provider_load(complaints->arena, path, complaints);
		if (provider == NULL || complaints->count > 0)
			fail_msg("%s:%d: %s", path, complaints->items[0].line,
			    complaints->items[0].text);
		assert_true(strncmp(entry->d_name, provider->code, strlen(provider->code)) == 0);
		count++;
		drop(complaints);
	}
	closedir(folder);
	assert_int_equal(count, 18);
}

#define HEAD "provider: x\naddress: phone\nsettings:\n  base: {help: y}\n"
#define SEND "send:\n  url: \"{base}/s\"\n  json: '{\"to\": \"{to}\", \"t\": \"{text}\"}'\n"
#define SENT "answers:\n  - {when: {ok: \"true\"}, is: sent}\n"

static const struct {
	const char *text;
	int line;
	const char *says;
} faults[] = {
    {HEAD SEND, 6, "No answer is `sent`"},
    {HEAD SENT, 1, "no `send`"},
    {HEAD SEND SENT "lenght: 4\n", 10, "Unknown key"},
    {HEAD "send:\n  url: \"{bass}/s\"\n" SENT, 6, "{bass} has no value"},
    {HEAD "send:\n  url: \"{base}/s\"\n  json: '{\"a\": }'\n" SENT, 7, "no JSON"},
    {HEAD "send:\n  url: \"{base}/s\"\n  json: '{\"a\": \"{tex}\"}'\n" SENT, 7,
	"{tex} has no value"},
    {HEAD "send:\n  url: \"{base}/s\"\n  query: {a: \"{to\"}\n" SENT, 7,
	"belongs to no {placeholder}"},
    {HEAD "send:\n  url: \"ftp://a/{base}\"\n" SENT, 6, "must begin with https://"},
    {HEAD SEND "answers:\n  - {when: {ok: \"1\"}, is: sendt}\n", 9, "cannot be “sendt”"},
    {HEAD SEND "answers:\n  - {is: sent}\n  - {when: {a: b}, is: quota}\n", 10, "never looked at"},
    {HEAD SEND "answers:\n  - {when: {status: \"2000\"}, is: sent}\n", 9, "no status"},
    {HEAD SEND "answers:\n  - {when: {\"a[x]\": b}, is: sent}\n", 9, "is no path"},
    {HEAD SEND SENT "two_way: true\n", 1, "no answer can come in"},
    {HEAD SEND SENT "receipts: true\n", 1, "none can come in"},
    {HEAD SEND SENT "webhook:\n  verify: {kind: none}\nmessages:\n  - {sender: a, text: b}\n", 11,
	"Anybody could call"},
    {HEAD SEND SENT "webhook:\n  verify: {kind: hmac-sha256, given: a, over: \"{body}\"}\n"
		    "messages:\n  - {sender: a, text: b}\n",
	11, "needs a `secret`"},
    {HEAD SEND SENT "poll:\n  url: \"{base}/p\"\nmessages:\n  - {sender: a, text: b}\n", 11,
	"needs `answers`"},
    {HEAD SEND SENT "poll:\n  url: \"{base}/{cursor}{to}\"\n  answers: [{is: sent}]\n"
		    "messages:\n  - {sender: a, text: b}\n",
	11, "{to} has no value"},
    {HEAD SEND SENT "messages:\n  - {sender: a}\n", 11, "needs a `sender` and a `text`"},
    {HEAD SEND SENT "limits: {per_second: fast}\n", 10, "number above 0"},
    {HEAD SEND SENT "limits: {too_long: drop}\n", 10, "cannot be “drop”"},
    {HEAD SEND SENT "deep_link: \"https://x/{base}/{text}\"\n", 10, "{text} has no value"},
    {"provider: x\naddress: phone\nsettings:\n  key: {secret: true}\n" SEND SENT
     "deep_link: \"https://x/{key}\"\n",
	10, "{key} has no value"},
    {"provider: x\naddress: phone\nsettings:\n  key: {secret: true, default: a}\n  base:\n" SEND
	    SENT,
	4, "cannot have a default"},
    {"- a\n", 1, "the file"},
};

static void each_fault_is_told_with_its_line_and_advice(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(faults); i++) {
		struct complaints *complaints = new_complaints();
		bool found = false;
		assert_null(provider_parse(complaints->arena, "x.yaml", faults[i].text,
		    strlen(faults[i].text), complaints));
		for (size_t k = 0; k < complaints->count; k++)
			found |= complaints->items[k].line == faults[i].line &&
				 strstr(complaints->items[k].text, faults[i].says) != NULL;
		if (!found)
			fail_msg("%s\nwanted line %d: %s\ngot line %d: %s", faults[i].text,
			    faults[i].line, faults[i].says, complaints->items[0].line,
			    complaints->items[0].text);
		drop(complaints);
	}
}

static void the_least_that_is_needed_is_enough(void **state)
{
	(void)state;
	struct complaints *complaints = new_complaints();
	const char *text = HEAD SEND SENT;
	const struct provider *provider =
	    provider_parse(complaints->arena, "x.yaml", text, strlen(text), complaints);
	assert_non_null(provider);
	assert_int_equal(complaints->count, 0);
	assert_string_equal(provider->send.method, "POST");
	assert_int_equal(provider->limits.connections, 4);
	assert_false(provider->two_way);
	drop(complaints);
}

static void a_setting_that_nothing_uses_is_a_warning(void **state)
{
	(void)state;
	struct complaints *complaints = new_complaints();
	const char *text = "provider: x\naddress: phone\nsettings:\n  base:\n  more:\n" SEND SENT;
	assert_non_null(
	    provider_parse(complaints->arena, "x.yaml", text, strlen(text), complaints));
	assert_int_equal(complaints->count, 1);
	assert_int_equal(complaints->items[0].line, 5);
	assert_true(complaints->items[0].warning);
	drop(complaints);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_shipped_files_are_in_order),
	    cmocka_unit_test(each_fault_is_told_with_its_line_and_advice),
	    cmocka_unit_test(the_least_that_is_needed_is_enough),
	    cmocka_unit_test(a_setting_that_nothing_uses_is_a_warning),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
