/*
 * Owns: reading nhacviec.yaml by its table of keys, and comparing two of them for a reload.
 * May use: base/, document/.
 * Must not know: what the values are used for.
 */
#include "document/config.h"

#include "document/config_channels.h"
#include "document/config_keys.h"
#include "document/config_values.h"
#include "document/tree.h"

#include <string.h>

#define NAMES_MAX 64

struct config_reader {
	struct tree_reader base;
	struct config *config;
	const char *folder;
};

/* Adds a name once; `len` bytes of it. */
static void add_name(
    struct arena *arena, const char **names, size_t *count, const char *name, size_t len)
{
	for (size_t i = 0; i < *count; i++)
		if (strlen(names[i]) == len && strncmp(names[i], name, len) == 0)
			return;
	if (*count < NAMES_MAX)
		names[(*count)++] = arena_copy_bytes(arena, name, len);
}

/* The names known at the top (group NULL), or in a group. */
static size_t known_names(struct arena *arena, const char *group, const char **names)
{
	size_t count = 0, group_len = group ? strlen(group) : 0;
	for (size_t i = 0; i < config_key_count; i++) {
		const char *path = config_keys[i].path;
		if (group == NULL)
			add_name(arena, names, &count, path, strcspn(path, "."));
		else if (strncmp(path, group, group_len) == 0 && path[group_len] == '.')
			add_name(arena, names, &count, path + group_len + 1,
			    strlen(path + group_len + 1));
	}
	if (group == NULL) {
		add_name(arena, names, &count, "modems", strlen("modems"));
		add_name(arena, names, &count, "channels", strlen("channels"));
		add_name(arena, names, &count, "programs", strlen("programs"));
	}
	return count;
}

static void check_names(const struct config_reader *reader, const struct tree *root)
{
	const char *top[NAMES_MAX], *inside[NAMES_MAX];
	size_t top_count = known_names(reader->base.arena, NULL, top);
	tree_check_keys(&reader->base, root, top, top_count);
	for (size_t i = 0; i < top_count; i++) {
		const struct tree *group = tree_get(root, top[i]);
		size_t count = known_names(reader->base.arena, top[i], inside);
		if (group != NULL && count > 0 && tree_is(&reader->base, group, TREE_MAP, top[i]))
			tree_check_keys(&reader->base, group, inside, count);
	}
}

static const struct tree *find_node(struct arena *arena, const struct tree *root, const char *path)
{
	size_t dot = strcspn(path, ".");
	const struct tree *node = tree_get(root, arena_copy_bytes(arena, path, dot));
	return path[dot] == '.' ? tree_get(node, path + dot + 1) : node;
}

static void read_keys(const struct config_reader *reader, const struct tree *root)
{
	struct arena *arena = reader->base.arena;
	for (size_t i = 0; i < config_key_count; i++) {
		const struct config_key *key = &config_keys[i];
		const struct tree *node = find_node(arena, root, key->path);
		struct config_key in_state = *key;
		const char *folder = reader->folder;
		if (node == NULL && key->in_state != NULL && reader->config->state_dir != NULL) {
			in_state.otherwise =
			    document_path_in(arena, reader->config->state_dir, key->in_state);
			folder = "."; /* state_dir has been looked at from the folder already */
		}
		config_read_value(&reader->base, &in_state, node, folder, reader->config);
	}
}

static void read_modem(const struct config_reader *reader, const struct tree *node)
{
	const char *names[NAMES_MAX];
	size_t count = 0;
	if (!tree_is(&reader->base, node, TREE_MAP, "modems"))
		return;
	struct config_modem *modem = &reader->config->modems[reader->config->modem_count++];
	for (size_t i = 0; i < config_modem_key_count; i++) {
		const struct config_key *key = &config_modem_keys[i];
		const struct tree *value = tree_get(node, key->path);
		names[count++] = key->path;
		if (value == NULL && key->otherwise == NULL)
			complain(reader->base.complaints, reader->base.file, node->line,
			    "This modem has no `%s`. Add `%s: %s`.", key->path, key->path,
			    key->example);
		else
			config_read_value(&reader->base, key, value, reader->folder, modem);
	}
	tree_check_keys(&reader->base, node, names, count);
	if (modem->name == NULL || modem->device == NULL)
		return;
	for (const struct config_modem *other = reader->config->modems; other < modem; other++) {
		bool same_name = other->name && strcmp(other->name, modem->name) == 0;
		bool same_device = other->device && strcmp(other->device, modem->device) == 0;
		if (same_name || same_device)
			complain(reader->base.complaints, reader->base.file, node->line,
			    "Two modems have the same %s (%.100s). Each needs its own.",
			    same_name ? "name" : "device", same_name ? modem->name : modem->device);
	}
}

static void read_modems(const struct config_reader *reader, const struct tree *root)
{
	const struct tree *list = tree_get(root, "modems");
	const struct tree *others = tree_get(root, "channels");
	if (list == NULL || (list->kind == TREE_LIST && list->count == 0)) {
		if (others == NULL || others->count == 0)
			complain_mildly(reader->base.complaints, reader->base.file,
			    list ? list->line : 0,
			    "No modem is configured, so nothing can be sent. Add one under "
			    "`modems:`, or an account under `channels:`.");
		return;
	}
	if (!tree_is(&reader->base, list, TREE_LIST, "modems"))
		return;
	if (list->count > CONFIG_MODEMS_MAX) {
		complain(reader->base.complaints, reader->base.file, list->line,
		    "%zu modems; at most %d are possible on one machine.", list->count,
		    CONFIG_MODEMS_MAX);
		return;
	}
	for (const struct tree *node = list->first; node != NULL; node = node->next)
		read_modem(reader, node);
}

void config_parse(struct arena *arena, const char *path, const char *text, size_t len,
    struct config *config, struct complaints *complaints)
{
	*config = (struct config){.path = arena_copy(arena, path)};
	struct config_reader reader = {
	    .base = {.arena = arena, .file = path, .complaints = complaints},
	    .config = config,
	    .folder = document_folder(arena, path),
	};
	const struct tree *root = tree_parse(&reader.base, text, len);
	if (root == NULL || !tree_is(&reader.base, root, TREE_MAP, "the configuration"))
		return;
	check_names(&reader, root);
	read_keys(&reader, root);
	read_modems(&reader, root);
	config_read_channels(&reader.base, tree_get(root, "channels"), reader.folder, config);
	config_read_programs(&reader.base, tree_get(root, "programs"), reader.folder, config);
	if (config->retry_longest_ms < config->retry_first_ms)
		complain(complaints, path, 0,
		    "`sending.retry_longest` is shorter than `sending.retry_first`. Exchange "
		    "them.");
}

void config_load(
    struct arena *arena, const char *path, struct config *config, struct complaints *complaints)
{
	struct failure failure;
	const char *text;
	size_t len;
	*config = (struct config){.path = arena_copy(arena, path)};
	if (document_read(arena, path, &text, &len, &failure) != RESULT_OK)
		complain(complaints, path, 0, "%s", failure.text);
	else
		config_parse(arena, path, text, len, config, complaints);
}

static bool modems_equal(const struct config_modem *a, const struct config_modem *b)
{
	for (size_t i = 0; i < config_modem_key_count; i++)
		if (!config_values_equal(&config_modem_keys[i], a, b))
			return false;
	return true;
}

void config_compare_for_reload(
    const struct config *now, const struct config *wanted, struct complaints *complaints)
{
	for (size_t i = 0; i < config_key_count; i++) {
		const struct config_key *key = &config_keys[i];
		if (!key->reloadable && !config_values_equal(key, now, wanted))
			complain(complaints, wanted->path, 0,
			    "`%s` is %.200s now and %.200s in the file. A reload cannot change it: "
			    "restart the daemon.",
			    key->path, config_show_value(complaints->arena, key, now),
			    config_show_value(complaints->arena, key, wanted));
	}
	bool same = now->modem_count == wanted->modem_count;
	for (size_t i = 0; same && i < now->modem_count; i++)
		same = modems_equal(&now->modems[i], &wanted->modems[i]);
	if (!config_programs_equal(now, wanted))
		complain(complaints, wanted->path, 0,
		    "`programs` differs from what runs now. A reload cannot change it: restart the "
		    "daemon.");
	if (!config_channels_equal(now, wanted))
		complain(complaints, wanted->path, 0,
		    "`channels` differs from what runs now. A reload cannot change it: restart the "
		    "daemon.");
	if (!same)
		complain(complaints, wanted->path, 0,
		    "`modems` differs from what runs now. A reload cannot change it: restart the "
		    "daemon.");
}
