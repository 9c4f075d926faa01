/*
 * Owns: the example configuration, printed from the table of keys.
 * May use: base/, document/.
 * Must not know: what the values are used for.
 */
#include "document/config_keys.h"
#include "document/config_values.h"

#include <inttypes.h>
#include <string.h>

struct wording {
	const char *const *head;
	const char *standard; /* "default" */
	const char *reload;   /* "a reload (SIGHUP) changes it" */
	const char *restart;
	const char *modems;
	const char *const *channels;
	const char *programs;
};

static const char *const head_vi[] = {
    "nhacviec.yaml: cấu hình của máy này. Dòng bắt đầu bằng # chỉ là lời giải thích.",
    "Bỏ dấu # trước một khóa để đặt giá trị khác mặc định. Khóa lạ hay viết hai lần là lỗi.",
    "Kiểm tra sau khi sửa: nhacviec check",
    NULL,
};
static const char *const head_en[] = {
    "nhacviec.yaml: the configuration of this machine. Lines that begin with # only explain.",
    "Remove the # before a key to set it. Unknown and doubled keys are errors.",
    "Check after every change: nhacviec check",
    NULL,
};
static const char *const channels_vi[] = {
    "Các tài khoản chat và SMS qua HTTP, mỗi tài khoản một mục (nhiều nhất 16). `provider` là tên",
    "một tệp trong providers_dir hoặc đường dẫn; `settings` là những gì tệp đó cần, bí mật viết",
    "file:ĐƯỜNG_DẪN hoặc env:TÊN_BIẾN. Xem: nhacviec provider check TỆP",
    NULL,
};
static const char *const channels_en[] = {
    "Accounts for chat and SMS over HTTP, one entry each (at most 16). `provider` is the name of a",
    "file in providers_dir, or a path; `settings` is what that file asks for, secrets as file:PATH",
    "or env:NAME. See: nhacviec provider check FILE",
    NULL,
};
static const struct wording vietnamese = {
    .head = head_vi,
    .standard = "mặc định",
    .reload = "đổi được khi nạp lại (SIGHUP)",
    .restart = "đổi thì phải khởi động lại",
    .channels = channels_vi,
    .programs =
	"Các chương trình được gửi tin qua /cgi-bin/sendsms như với Kannel (nhiều nhất 16).",
    .modems = "Các modem của máy này, mỗi modem một mục (nhiều nhất 16).",
};
static const struct wording english = {
    .head = head_en,
    .standard = "default",
    .reload = "a reload (SIGHUP) changes it",
    .restart = "changing it needs a restart",
    .channels = channels_en,
    .programs = "Programs that may send through /cgi-bin/sendsms as with Kannel (at most 16).",
    .modems = "The modems of this machine, one entry each (at most 16).",
};

/* The bounds as one would write them: "1…10", "1m…6h", "vi | en"; nothing for free texts. */
static void print_bounds(FILE *out, struct arena *arena, const struct config_key *key)
{
	struct config_key least = *key, most = *key;
	least.offset = most.offset = 0;
	int64_t least_ms = key->least, most_ms = key->most;
	switch (key->type) {
	case CONFIG_CHOICE:
		for (const char *c = key->choices; *c != '\0'; c++)
			*c == '|' ? fputs(" | ", out) : fputc(*c, out);
		break;
	case CONFIG_INT:
		fprintf(out, "%" PRId64 "…%" PRId64, key->least, key->most);
		break;
	case CONFIG_TIME:
		fprintf(out, "%s…", config_show_value(arena, &least, &least_ms));
		fputs(config_show_value(arena, &most, &most_ms), out);
		break;
	default:
		return;
	}
	fputs("; ", out);
}

static void print_key(FILE *out, struct arena *arena, const struct config_key *key,
    const struct wording *words, const char *indent)
{
	const char *name = strrchr(key->path, '.') ? strrchr(key->path, '.') + 1 : key->path;
	fprintf(out, "%s# %s\n", indent, words == &vietnamese ? key->help_vi : key->help_en);
	fprintf(out, "%s# ", indent);
	print_bounds(out, arena, key);
	if (key->example == NULL)
		fprintf(out, "%s %s; ", words->standard, key->otherwise);
	fprintf(out, "%s\n", key->reloadable ? words->reload : words->restart);
	fprintf(out, "%s%s%s: %s\n", indent, key->example ? "#" : "", name,
	    key->example ? key->example : key->otherwise);
}

static void print_entry(
    FILE *out, const struct wording *words, const struct config_key *keys, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct config_key *key = &keys[i];
		const char *value = key->example ? key->example : key->otherwise;
		fprintf(out, "#    # %s", words == &vietnamese ? key->help_vi : key->help_en);
		if (key->choices != NULL)
			fprintf(out, " (%s)", key->choices);
		bool only_if_needed = key->example != NULL && key->otherwise != NULL;
		fprintf(out, "\n#  %s %s%s: %s\n", i == 0 ? "-" : " ", only_if_needed ? "#" : "",
		    key->path, value);
	}
}

static void print_modems(FILE *out, const struct wording *words)
{
	fprintf(out, "\n# %s\n# %s\n#modems:\n", words->modems, words->restart);
	print_entry(out, words, config_modem_keys, config_modem_key_count);
}

static void print_channels(FILE *out, const struct wording *words)
{
	fputc('\n', out);
	for (const char *const *line = words->channels; *line != NULL; line++)
		fprintf(out, "# %s\n", *line);
	fprintf(out, "# %s\n#channels:\n", words->restart);
	print_entry(out, words, config_channel_keys, config_channel_key_count);
	fputs("#    provider: telegram\n#    settings:\n"
	      "#      token: file:/etc/nhacviec/telegram-token\n"
	      "#      bot: nhacviec_bot\n",
	    out);
}

/* A group of which nothing is set would be no mapping. */
static bool is_all_commented(const char *group, size_t len)
{
	for (size_t i = 0; i < config_key_count; i++)
		if (strncmp(config_keys[i].path, group, len) == 0 &&
		    config_keys[i].path[len] == '.' && config_keys[i].example == NULL)
			return false;
	return true;
}

void config_print_example(FILE *out, const char *language)
{
	const struct wording *words = strcmp(language, "vi") == 0 ? &vietnamese : &english;
	struct arena *arena = arena_new();
	for (const char *const *line = words->head; *line != NULL; line++)
		fprintf(out, "# %s\n", *line);
	const char *group = "";
	size_t group_len = 0;
	for (size_t i = 0; i < config_key_count; i++) {
		const char *path = config_keys[i].path;
		size_t len = strchr(path, '.') ? strcspn(path, ".") : 0;
		fputc('\n', out);
		if (len > 0 && (len != group_len || strncmp(path, group, len) != 0))
			fprintf(out, "%s%.*s:\n", is_all_commented(path, len) ? "#" : "", (int)len,
			    path);
		group = path;
		group_len = len;
		print_key(out, arena, &config_keys[i], words, len > 0 ? "  " : "");
	}
	print_modems(out, words);
	print_channels(out, words);
	fprintf(out,
	    "\n# %s\n# %s\n#programs:\n#  - name: portal\n"
	    "#    password: file:/etc/nhacviec/portal-password\n",
	    words->programs, words->restart);
	arena_free(arena);
}
