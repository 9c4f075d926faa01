/*
 * Owns: `nhacviec provider`: checking, listing and trying provider files.
 * May use: base/, document/, command/.
 * Must not know: how a provider is run.
 */
#include "command/options.h"
#include "command/provider_try.h"
#include "command/subcommands.h"
#include "document/config.h"
#include "document/provider.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#define FILES_MAX 200

/* ── one file ────────────────────────────────────────────────────────────────────────────────── */

static void show(const struct provider *provider)
{
	printf("%s: %s\n", provider->code, provider->title);
	printf("  addresses: %s; answers %s; receipts %s; texts %s\n", provider->address_kind,
	    provider->two_way ? "come in" : "do not come in", provider->receipts ? "yes" : "no",
	    provider->limits.length > 0 ? "are bounded" : "of any length");
	printf("  comes in by:%s%s%s\n", provider->poll.there ? " poll" : "",
	    provider->webhook.there ? " webhook" : "",
	    provider->poll.there || provider->webhook.there ? "" : " nothing");
	for (size_t i = 0; i < provider->setting_count; i++) {
		const struct provider_setting *setting = &provider->settings[i];
		printf("  %-24s %s%s%s%s\n", setting->name, setting->secret ? "secret" : "",
		    setting->secret && setting->optional ? ", " : "",
		    setting->optional ? "optional" : "",
		    setting->secret || setting->optional ? "" : "needed");
		if (setting->help[0] != '\0')
			printf("      %s\n", setting->help);
	}
}

/* NULL after its complaints were printed. */
static const struct provider *load(struct arena *arena, const char *path)
{
	struct complaints *complaints = arena_alloc(arena, sizeof *complaints);
	complaints->arena = arena;
	const struct provider *provider = provider_load(arena, path, complaints);
	for (size_t i = 0; i < complaints->count; i++)
		complaint_print(stderr, complaints->items[i].file, complaints->items[i].line,
		    complaints->items[i].warning ? "warning: " : "", complaints->items[i].text);
	return provider;
}

static int check(const struct command_context *context, int argc, char **argv)
{
	const struct command_form form = {
	    .usage_en = "FILE…",
	    .usage_vi = "TỆP…",
	    .about_en = "Checks provider files and shows what an account needs. Each error is "
			"written FILE:LINE;\nthe exit status is 78 when there is one.\n",
	    .about_vi = "Soát các tệp mô tả nhà cung cấp và cho biết một tài khoản cần gì. Mỗi lỗi "
			"được ghi\nTỆP:DÒNG; mã thoát là 78 khi có lỗi.\n",
	    .least = 1,
	    .most = FILES_MAX,
	};
	int words, status;
	if (!options_read(context, &form, argc, argv, &words, &status))
		return status;
	status = EX_OK;
	for (int i = 1; i <= words; i++) {
		struct arena *arena = arena_new();
		const struct provider *provider = load(arena, argv[i]);
		if (provider != NULL)
			show(provider);
		else
			status = EX_CONFIG;
		arena_free(arena);
	}
	return status;
}

/* ── all of a folder ─────────────────────────────────────────────────────────────────────────── */

static int is_provider_file(const struct dirent *entry)
{
	size_t len = strlen(entry->d_name);
	return entry->d_name[0] != '.' && len > 5 && strcmp(entry->d_name + len - 5, ".yaml") == 0;
}

static void show_line(const struct provider *provider)
{
	printf("%-14s %-34s %-12s %-4s %-9s %s\n", provider->code, provider->title,
	    provider->address_kind, provider->two_way ? "yes" : "no",
	    provider->receipts ? "yes" : "no",
	    provider->poll.there && provider->webhook.there ? "poll, webhook"
	    : provider->poll.there                          ? "poll"
	    : provider->webhook.there                       ? "webhook"
							    : "-");
}

/* Of the configuration, if there is one; else where `make install` puts them. */
static const char *usual_folder(const struct command_context *context, struct arena *arena)
{
	struct config *config = arena_alloc(arena, sizeof *config);
	struct complaints *complaints = arena_alloc(arena, sizeof *complaints);
	complaints->arena = arena;
	config_load(arena, context->config, config, complaints);
	return config->providers_dir != NULL ? config->providers_dir
					     : NHACVIEC_PREFIX "/share/nhacviec/providers";
}

static int list_folder(struct arena *arena, const char *folder)
{
	struct dirent **names;
	int count = scandir(folder, &names, is_provider_file, alphasort);
	int status = EX_OK;
	if (count < 0)
		return command_error(EX_NOINPUT, "%s cannot be read. Name the folder.", folder);
	printf("%-14s %-34s %-12s %-4s %-9s %s\n", "CODE", "TITLE", "ADDRESSES", "IN", "RECEIPTS",
	    "BY");
	for (int i = 0; i < count; i++) {
		const struct provider *provider =
		    load(arena, document_path_in(arena, folder, names[i]->d_name));
		if (provider != NULL)
			show_line(provider);
		else
			status = EX_CONFIG;
		free(names[i]);
	}
	free(names);
	return status;
}

static int list(const struct command_context *context, int argc, char **argv)
{
	const struct command_form form = {
	    .usage_en = "[FOLDER]",
	    .usage_vi = "[THƯ_MỤC]",
	    .about_en = "Lists the providers that there are files for.\n",
	    .about_vi = "Liệt kê các nhà cung cấp đã có tệp mô tả.\n",
	    .most = 1,
	};
	int words, status;
	if (!options_read(context, &form, argc, argv, &words, &status))
		return status;
	struct arena *arena = arena_new();
	status = list_folder(arena, words == 1 ? argv[1] : usual_folder(context, arena));
	arena_free(arena);
	return status;
}

/* ── the command ─────────────────────────────────────────────────────────────────────────────── */

static int show_help(const struct command_context *context)
{
	printf(
	    "%s", command_is_vietnamese(context)
		      ? "Cách dùng: nhacviec provider check TỆP…\n"
			"           nhacviec provider list [THƯ_MỤC]\n"
			"           nhacviec provider try TỆP --to ĐỊA_CHỈ --text TIN [--send]\n"
			"Các tệp mô tả nhà cung cấp chat và SMS: soát, liệt kê, thử một tin.\n"
			"Mỗi lệnh con có --help.\n"
		      : "Usage: nhacviec provider check FILE…\n"
			"       nhacviec provider list [FOLDER]\n"
			"       nhacviec provider try FILE --to ADDRESS --text TEXT [--send]\n"
			"The files that describe providers of chat and SMS: check, list, try one "
			"text.\nEach has a --help of its own.\n");
	return EX_OK;
}

int command_provider(const struct command_context *context, int argc, char **argv)
{
	static const struct {
		const char *name;
		int (*run)(const struct command_context *context, int argc, char **argv);
	} kinds[] = {{"check", check}, {"list", list}, {"try", command_provider_try}};
	if (argc < 2 || strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)
		return argc < 2 ? command_error(EX_USAGE, "Say what: check, list or try. See: "
							  "nhacviec provider --help")
				: show_help(context);
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		if (strcmp(kinds[i].name, argv[1]) == 0)
			return kinds[i].run(context, argc - 1, argv + 1);
	return command_error(EX_USAGE,
	    "There is no “provider %.40s”: check, list or try. See: nhacviec provider --help",
	    argv[1]);
}
