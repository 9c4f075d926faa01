/*
 * Owns: reading the list `channels`: each with its provider file and the settings that file asks
 * for. May use: base/, document/. Must not know: how they are used.
 */
#include "document/config_channels.h"

#include "document/config_keys.h"
#include "document/config_secret.h"
#include "document/config_values.h"

#include <string.h>

#define SETTING_BYTES_MAX 4096
#define PROGRAM_NAME_MAX 24

/* ── settings ────────────────────────────────────────────────────────────────────────────────── */

static bool is_reference(const char *text)
{
	return strncmp(text, "file:", 5) == 0 || strncmp(text, "env:", 4) == 0;
}

static void read_setting(const struct tree_reader *reader, const struct tree *node,
    const char *folder, const struct provider_setting *setting, struct config_channel *channel)
{
	const char *value = node->text;
	if (!tree_is(reader, node, TREE_TEXT, setting->name))
		return;
	if (setting->secret || is_reference(value))
		value = config_secret_fetch(reader, node->line, setting->name, value, folder);
	if (value != NULL && strlen(value) > SETTING_BYTES_MAX)
		complain(reader->complaints, reader->file, node->line,
		    "`%s` is longer than %d bytes.", setting->name, SETTING_BYTES_MAX);
	if (value != NULL)
		channel->settings[channel->setting_count++] =
		    (struct provider_pair){setting->name, value};
}

static void read_settings(const struct tree_reader *reader, const struct tree *node,
    const char *folder, struct config_channel *channel)
{
	const struct provider *provider = channel->provider;
	const struct tree *map = tree_get(node, "settings");
	const char *names[PROVIDER_SETTINGS_MAX];
	if (map != NULL && !tree_is(reader, map, TREE_MAP, "settings"))
		return;
	for (size_t i = 0; i < provider->setting_count; i++) {
		const struct provider_setting *setting = &provider->settings[i];
		const struct tree *value = tree_get(map, setting->name);
		names[i] = setting->name;
		if (value != NULL)
			read_setting(reader, value, folder, setting, channel);
		else if (!setting->optional)
			complain(reader->complaints, reader->file, map ? map->line : node->line,
			    "%s needs the setting `%s`%s%s. Add it under `settings`%s.",
			    provider->title, setting->name, setting->help[0] ? ": " : "",
			    setting->help, setting->secret ? " as file:PATH or env:NAME" : "");
	}
	if (map != NULL)
		tree_check_keys(reader, map, names, provider->setting_count);
}

/* ── a channel ───────────────────────────────────────────────────────────────────────────────── */

/* A code means a file of providers_dir; what looks like a path is one. */
static const char *provider_path(
    struct arena *arena, const struct config *config, const char *folder, const char *named)
{
	if (strchr(named, '/') != NULL || strstr(named, ".yaml") != NULL)
		return document_path_in(arena, folder, named);
	return document_path_in(
	    arena, config->providers_dir, arena_printf(arena, "%s.yaml", named));
}

static void read_provider(const struct tree_reader *reader, const struct tree *node,
    const char *folder, const struct config *config, struct config_channel *channel)
{
	const char *named = tree_need_text(reader, node, "provider");
	size_t errors_before = reader->complaints->errors;
	if (named == NULL)
		return;
	const char *path = provider_path(reader->arena, config, folder, named);
	channel->provider = provider_load(reader->arena, path, reader->complaints);
	if (channel->provider == NULL && reader->complaints->errors > errors_before)
		complain(reader->complaints, reader->file, tree_get(node, "provider")->line,
		    "The provider `%.100s` cannot be used: see the errors of its file above.",
		    named);
	if (channel->provider != NULL)
		read_settings(reader, node, folder, channel);
}

static bool is_name_taken(const struct config *config, const struct config_channel *channel)
{
	for (size_t i = 0; i < config->modem_count; i++)
		if (config->modems[i].name != NULL &&
		    strcmp(config->modems[i].name, channel->name) == 0)
			return true;
	for (const struct config_channel *other = config->channels; other < channel; other++)
		if (other->name != NULL && strcmp(other->name, channel->name) == 0)
			return true;
	return false;
}

static void read_channel(const struct tree_reader *reader, const struct tree *node,
    const char *folder, struct config *config)
{
	const char *names[16] = {"provider", "settings"};
	size_t count = 2;
	if (!tree_is(reader, node, TREE_MAP, "channels"))
		return;
	struct config_channel *channel = &config->channels[config->channel_count++];
	for (size_t i = 0; i < config_channel_key_count; i++) {
		const struct config_key *key = &config_channel_keys[i];
		const struct tree *value = tree_get(node, key->path);
		names[count++] = key->path;
		if (value == NULL && key->otherwise == NULL)
			complain(reader->complaints, reader->file, node->line,
			    "This channel has no `%s`. Add `%s: %s`.", key->path, key->path,
			    key->example);
		else
			config_read_value(reader, key, value, folder, channel);
	}
	tree_check_keys(reader, node, names, count);
	read_provider(reader, node, folder, config, channel);
	if (channel->name != NULL && is_name_taken(config, channel))
		complain(reader->complaints, reader->file, node->line,
		    "The name `%.40s` is given twice. Modems and channels each need their own.",
		    channel->name);
}

void config_read_channels(const struct tree_reader *reader, const struct tree *list,
    const char *folder, struct config *config)
{
	if (list == NULL || !tree_is(reader, list, TREE_LIST, "channels"))
		return;
	if (list->count > CONFIG_CHANNELS_MAX) {
		complain(reader->complaints, reader->file, list->line,
		    "%zu channels; at most %d are possible on one machine.", list->count,
		    CONFIG_CHANNELS_MAX);
		return;
	}
	for (const struct tree *node = list->first; node != NULL; node = node->next)
		read_channel(reader, node, folder, config);
}

/* ── programs ────────────────────────────────────────────────────────────────────────────────── */

static void read_program(const struct tree_reader *reader, const struct tree *node,
    const char *folder, struct config *config)
{
	static const char *const known[] = {"name", "password"};
	if (!tree_is(reader, node, TREE_MAP, "programs"))
		return;
	tree_check_keys(reader, node, known, COUNT_OF(known));
	struct config_program *program = &config->programs[config->program_count];
	const char *name = tree_need_text(reader, node, "name");
	const char *reference = tree_need_text(reader, node, "password");
	if (name == NULL || reference == NULL)
		return;
	if (!document_code_is_good(name, PROGRAM_NAME_MAX))
		complain(reader->complaints, reader->file, node->line,
		    "“%.60s” is no name of a program: letters, digits and hyphens.", name);
	program->name = name;
	program->password = config_secret_fetch(reader, node->line, "password", reference, folder);
	if (program->password != NULL)
		config->program_count++;
}

void config_read_programs(const struct tree_reader *reader, const struct tree *list,
    const char *folder, struct config *config)
{
	if (list == NULL || !tree_is(reader, list, TREE_LIST, "programs"))
		return;
	if (list->count > CONFIG_PROGRAMS_MAX) {
		complain(reader->complaints, reader->file, list->line,
		    "%zu programs; at most %d are possible.", list->count, CONFIG_PROGRAMS_MAX);
		return;
	}
	for (const struct tree *node = list->first; node != NULL; node = node->next)
		read_program(reader, node, folder, config);
}

bool config_programs_equal(const struct config *a, const struct config *b)
{
	if (a->program_count != b->program_count)
		return false;
	for (size_t i = 0; i < a->program_count; i++)
		if (strcmp(a->programs[i].name, b->programs[i].name) != 0 ||
		    strcmp(a->programs[i].password, b->programs[i].password) != 0)
			return false;
	return true;
}

/* ── comparing ───────────────────────────────────────────────────────────────────────────────── */

static bool is_equal(const struct config_channel *a, const struct config_channel *b)
{
	for (size_t i = 0; i < config_channel_key_count; i++)
		if (!config_values_equal(&config_channel_keys[i], a, b))
			return false;
	if (strcmp(a->provider->file, b->provider->file) != 0 ||
	    a->setting_count != b->setting_count)
		return false;
	for (size_t i = 0; i < a->setting_count; i++)
		if (strcmp(a->settings[i].name, b->settings[i].name) != 0 ||
		    strcmp(a->settings[i].value, b->settings[i].value) != 0)
			return false;
	return true;
}

bool config_channels_equal(const struct config *a, const struct config *b)
{
	bool equal = a->channel_count == b->channel_count;
	for (size_t i = 0; equal && i < a->channel_count; i++)
		equal = is_equal(&a->channels[i], &b->channels[i]);
	return equal;
}
