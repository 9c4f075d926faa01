/*
 * Owns: showing the exact request of one text, sending it if asked to, and how the answer is taken.
 * May use: base/, loop/, document/, channel/, command/.
 * Must not know: the daemon, the store.
 *
 * Secrets' values never appear, whatever they are encoded as.
 */
#include "command/provider_try.h"

#include "base/civil.h"
#include "channel/http_account.h"
#include "channel/http_answer.h"
#include "channel/http_ask.h"
#include "channel/http_length.h"
#include "command/options.h"
#include "document/config_secret.h"
#include "document/provider.h"
#include "loop/http_client.h"
#include "loop/loop.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#define SHOWN_MAX 2000 /* bytes of an answer's body */

struct trial {
	const struct command_context *context;
	struct arena *arena;
	const struct provider *provider;
	struct http_account account;
	struct loop *loop;
	struct http_client *client;
	const struct provider_request *request;
	struct http_parts pieces;
	const char *to, *ca_file;
	struct wall now;
	enum http_fate fate;
	struct http_verdict verdict;
};

/* ── settings ────────────────────────────────────────────────────────────────────────────────── */

static const struct provider_setting *find_setting(
    const struct provider *provider, const char *name, size_t len)
{
	for (size_t i = 0; i < provider->setting_count; i++)
		if (strlen(provider->settings[i].name) == len &&
		    strncmp(provider->settings[i].name, name, len) == 0)
			return &provider->settings[i];
	return NULL;
}

/* "name=value"; a secret by file: or env:, so that it is not seen in the list of processes. */
static int read_setting(struct trial *trial, const char *given, struct provider_pair *out)
{
	size_t len = strcspn(given, "=");
	const struct provider_setting *setting = find_setting(trial->provider, given, len);
	if (given[len] != '=')
		return command_error(EX_USAGE, "--set %.*s: write NAME=VALUE.", (int)len, given);
	if (setting == NULL)
		return command_error(EX_USAGE, "--set: %s has no setting “%.*s”.",
		    trial->provider->code, (int)len, given);
	*out = (struct provider_pair){setting->name, given + len + 1};
	if (!setting->secret && strncmp(out->value, "file:", 5) != 0 &&
	    strncmp(out->value, "env:", 4) != 0)
		return EX_OK;
	struct complaints *complaints = arena_alloc(trial->arena, sizeof *complaints);
	const struct tree_reader reader = {
	    .arena = trial->arena, .file = "--set", .complaints = complaints};
	complaints->arena = trial->arena;
	out->value = config_secret_fetch(&reader, 0, setting->name, out->value, ".");
	for (size_t i = 0; i < complaints->count; i++)
		complaint_print(stderr, "--set", 0, complaints->items[i].warning ? "warning: " : "",
		    complaints->items[i].text);
	return out->value != NULL ? EX_OK : EX_USAGE;
}

static int read_settings(struct trial *trial, const struct option_list *given)
{
	const struct provider *provider = trial->provider;
	struct provider_pair *settings =
	    arena_alloc(trial->arena, (given->count + 1) * sizeof *settings);
	for (size_t i = 0; i < given->count; i++) {
		int status = read_setting(trial, given->items[i], &settings[i]);
		if (status != EX_OK)
			return status;
	}
	trial->account = (struct http_account){.provider = provider,
	    .channel = provider->code,
	    .public_url = "",
	    .settings = settings,
	    .setting_count = given->count};
	for (size_t i = 0; i < provider->setting_count; i++) {
		const struct provider_setting *setting = &provider->settings[i];
		const char *value = http_account_setting(&trial->account, setting->name);
		if (!setting->optional && (value == NULL || value[0] == '\0'))
			return command_error(EX_USAGE,
			    "The setting “%s” is missing. Add --set %s=%s.", setting->name,
			    setting->name, setting->secret ? "file:PATH" : "VALUE");
	}
	return EX_OK;
}

/* ── showing ─────────────────────────────────────────────────────────────────────────────────── */

static const char *masked(const struct trial *trial, const char *text)
{
	size_t count;
	const char *const *secrets = http_account_secrets(trial->arena, &trial->account, &count);
	return http_mask(trial->arena, text, secrets, count);
}

static void show_request(const struct trial *trial, const struct http_built *built)
{
	size_t count;
	const char *const *secrets = http_account_secrets(trial->arena, &trial->account, &count);
	const char *text = http_built_masked(trial->arena, built, secrets, count);
	while (*text != '\0') {
		size_t len = strcspn(text, "\n");
		printf("> %.*s\n", (int)len, text);
		text += len + (text[len] == '\n');
	}
}

static void show_answer(const struct trial *trial, const struct http_answer *answer)
{
	static const char *const fates[] = {
	    [HTTP_ANSWERED] = "answered",
	    [HTTP_NOT_SENT] = "nothing was sent",
	    [HTTP_UNKNOWN] = "the answer was lost: it may have been sent",
	};
	printf("\n< %s", fates[answer->fate]);
	if (answer->status != 0)
		printf(", status %d", answer->status);
	printf("%s%s\n", answer->detail[0] != '\0' ? ": " : "", answer->detail);
	size_t len = answer->body_len < SHOWN_MAX ? answer->body_len : SHOWN_MAX;
	const char *body = arena_copy_bytes(trial->arena, answer->body, len);
	if (len > 0)
		printf("<\n< %s%s\n", masked(trial, body), len < answer->body_len ? " …" : "");
}

static void show_verdict(const struct trial *trial)
{
	const struct http_verdict *verdict = &trial->verdict;
	printf("\n= %s", provider_class_name(verdict->class));
	if (verdict->rule_line > 0)
		printf(" (%s:%d)", trial->provider->file, verdict->rule_line);
	else
		printf(" (no rule of the file fits)");
	printf("\n");
	if (verdict->id != NULL)
		printf("= id %s\n", verdict->id);
	if (verdict->reason[0] != '\0' && verdict->class != PROVIDER_SENT)
		printf("= reason: %s\n", masked(trial, verdict->reason));
	if (verdict->wait_ms >= 0)
		printf("= wait %.1f s\n", (double)verdict->wait_ms / SECOND_MS);
}

/* ── sending ─────────────────────────────────────────────────────────────────────────────────── */

static void answered(const struct http_answer *answer, void *arg)
{
	struct trial *trial = arg;
	trial->fate = answer->fate;
	show_answer(trial, answer);
	if (answer->fate == HTTP_ANSWERED) {
		struct http_body body;
		http_ask_body(&body, trial->arena, answer);
		http_judge(&body, trial->provider->rules, trial->provider->rule_count,
		    trial->request->idempotent, trial->now, &trial->verdict);
		show_verdict(trial);
		http_body_clear(&body);
	}
	loop_stop(trial->loop);
}

static int send_it(struct trial *trial, const struct http_built *built)
{
	const struct http_request out =
	    http_ask_request(trial->arena, built, trial->ca_file, false);
	http_client_send(trial->client, &out, answered, trial);
	if (loop_run(trial->loop) != RESULT_OK)
		return EX_SOFTWARE;
	if (trial->fate == HTTP_NOT_SENT)
		return EX_UNAVAILABLE;
	return trial->fate == HTTP_ANSWERED && trial->verdict.class == PROVIDER_SENT ? EX_OK
										     : EX_TEMPFAIL;
}

static int try_piece(struct trial *trial, size_t piece, bool send)
{
	struct failure failure;
	struct http_built built;
	struct http_lookup lookup = {
	    .arena = trial->arena,
	    .account = &trial->account,
	    .now = trial->now,
	    .to = trial->to,
	    .text = trial->pieces.texts[piece],
	    .id = arena_printf(trial->arena, "try-%lld-%zu", (long long)trial->now.ms, piece + 1),
	    .part = (int)piece + 1,
	    .parts = (int)trial->pieces.count,
	    .validity_minutes = 60,
	};
	if (http_build(trial->arena, trial->request, http_account_value, &lookup, trial->now,
		&built, &failure) != RESULT_OK)
		return command_error(EX_DATAERR, "%s", failure.text);
	if (piece > 0)
		printf("\n");
	show_request(trial, &built);
	return send ? send_it(trial, &built) : EX_OK;
}

static int try_all(struct trial *trial, const char *text, bool send)
{
	int status = EX_OK;
	struct failure failure;
	if (http_fit_text(trial->arena, &trial->provider->limits, text, &trial->pieces, &failure) !=
	    RESULT_OK)
		return command_error(EX_DATAERR, "%s", failure.text);
	for (size_t i = 0; i < trial->pieces.count && status == EX_OK; i++)
		status = try_piece(trial, i, send);
	if (!send)
		printf("\nNothing was sent. Add --send to send it.\n");
	return status;
}

/* ── the command ─────────────────────────────────────────────────────────────────────────────── */

static const struct provider *load(struct arena *arena, const char *path)
{
	struct complaints *complaints = memory_new(sizeof *complaints);
	complaints->arena = arena;
	const struct provider *provider = provider_load(arena, path, complaints);
	for (size_t i = 0; i < complaints->count; i++)
		complaint_print(stderr, complaints->items[i].file, complaints->items[i].line,
		    complaints->items[i].warning ? "warning: " : "", complaints->items[i].text);
	free(complaints);
	return provider;
}

static int run(struct trial *trial, const char *file, const struct option_list *settings,
    const char *text, bool send)
{
	struct failure failure;
	trial->provider = load(trial->arena, file);
	if (trial->provider == NULL)
		return EX_DATAERR;
	trial->request = &trial->provider->send;
	int status = read_settings(trial, settings);
	if (status != EX_OK)
		return status;
	trial->loop = loop_new(NULL, "try", &failure);
	if (trial->loop == NULL)
		return command_error(EX_OSERR, "%s", failure.text);
	trial->now = loop_now(trial->loop);
	trial->client = http_client_new(trial->loop, 1, &failure);
	if (trial->client == NULL)
		return command_error(EX_OSERR, "%s", failure.text);
	return try_all(trial, text, send);
}

int command_provider_try(const struct command_context *context, int argc, char **argv)
{
	const char *text = NULL;
	bool send = false;
	struct option_list *settings = memory_new(sizeof *settings);
	struct trial trial = {.context = context, .arena = arena_new()};
	const struct option_form options[] = {
	    {"to", OPTION_TEXT, &trial.to, "ADDRESS", "who it goes to, as the provider knows them",
		"gửi đến ai, theo cách nhà cung cấp gọi"},
	    {"text", OPTION_TEXT, &text, "TEXT", "what is said", "nội dung"},
	    {"set", OPTION_TEXTS, settings, "NAME=VALUE",
		"a setting of the account; secrets as NAME=file:PATH or NAME=env:VARIABLE",
		"một thông số của tài khoản; bí mật: TÊN=file:ĐƯỜNG_DẪN hoặc TÊN=env:BIẾN"},
	    {"ca", OPTION_TEXT, &trial.ca_file, "FILE",
		"certificates to trust instead of the system's",
		"chứng thư được tin thay cho của hệ thống"},
	    {"send", OPTION_FLAG, &send, NULL, "really send it", "gửi thật"},
	};
	const struct command_form form = {
	    .usage_en = "FILE",
	    .usage_vi = "TỆP",
	    .about_en = "Shows the exact request that a text leads to, secrets masked; with --send "
			"sends it,\nand shows how the answer is taken.\n",
	    .about_vi = "Cho xem đúng yêu cầu mà một tin dẫn đến, bí mật được che; với --send thì "
			"gửi thật\nvà cho xem câu trả lời được hiểu ra sao.\n",
	    .options = options,
	    .option_count = COUNT_OF(options),
	    .least = 1,
	    .most = 1,
	};
	int words, status;
	if (options_read(context, &form, argc, argv, &words, &status))
		status = trial.to == NULL || text == NULL
			     ? command_error(EX_USAGE, "--to and --text are needed.")
			     : run(&trial, argv[1], settings, text, send);
	http_client_free(trial.client);
	loop_free(trial.loop);
	arena_free(trial.arena);
	free(settings);
	return status;
}
