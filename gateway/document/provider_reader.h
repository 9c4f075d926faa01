/*
 * Owns: what the files that read a provider file share.
 * May use: document/.
 * Must not know: what is done with a provider. No other room includes this file.
 */
#ifndef DOCUMENT_PROVIDER_READER_H
#define DOCUMENT_PROVIDER_READER_H

#include "document/provider.h"
#include "document/tree.h"

struct provider_reader {
	struct tree_reader base;
	struct provider *provider;
	bool used[PROVIDER_SETTINGS_MAX]; /* settings that a template names */
};

/* Where a template stands: which placeholders have a value there. */
enum provider_place {
	PROVIDER_IN_SEND = 1,
	PROVIDER_IN_POLL = 2,
	PROVIDER_IN_REFRESH = 4,
	PROVIDER_IN_WEBHOOK = 8,
	PROVIDER_IN_OVER = 16, /* what is signed: {body} and paths, too */
	PROVIDER_IN_LINK = 32, /* shown to people: no secrets */
};

#define PROVIDER_COMPLAIN(reader, line, ...)                                                       \
	complain((reader)->base.complaints, (reader)->base.file, (line), __VA_ARGS__)

/* provider_check.c: complain of what is wrong; return the text (NULL when it is no text). */
const char *provider_read_template(struct provider_reader *reader, const struct tree *node,
    const char *what, enum provider_place place);
/* The same of a text that stands in `node` somewhere. */
void provider_check_template(struct provider_reader *reader, int line, const char *text,
    const char *what, enum provider_place place);
const char *provider_read_path(
    struct provider_reader *reader, const struct tree *node, const char *what);
/* JSON text whose leaves and keys are templates. */
const char *provider_read_json(struct provider_reader *reader, const struct tree *node,
    const char *what, enum provider_place place);

/* The value under `key` as a path or template; NULL when there is none. */
const char *provider_path_of(
    struct provider_reader *reader, const struct tree *map, const char *key);
const char *provider_template_of(struct provider_reader *reader, const struct tree *map,
    const char *key, enum provider_place place);
/* Is `word` one of the choices? Complains with the nearest; -1 then. `otherwise` when the key is
 * not there. */
int provider_choice_of(struct provider_reader *reader, const struct tree *map, const char *key,
    const char *const *choices, size_t count, int otherwise);
bool provider_bool_of(
    struct provider_reader *reader, const struct tree *map, const char *key, bool otherwise);
int64_t provider_time_of(struct provider_reader *reader, const struct tree *map, const char *key,
    int64_t least_ms, int64_t most_ms, int64_t otherwise);

/* provider_file_request.c; `known`: keys of the mapping that belong to others. */
void provider_read_request(struct provider_reader *reader, const struct tree *map,
    enum provider_place place, const char *const *known, size_t known_count,
    struct provider_request *request);
/* A mapping of names to templates. */
size_t provider_read_pairs(struct provider_reader *reader, const struct tree *map, const char *what,
    enum provider_place place, size_t most, struct provider_pair *pairs);

/* provider_file_rules.c */
/* `answer`: of an answer, where `status` means HTTP's. */
void provider_read_when(struct provider_reader *reader, const struct tree *node, bool answer,
    struct provider_when *when);
size_t provider_read_rules(
    struct provider_reader *reader, const struct tree *list, struct provider_rule *rules);

/* provider_file_incoming.c */
void provider_read_incoming(struct provider_reader *reader, const struct tree *root);
void provider_read_poll(struct provider_reader *reader, const struct tree *map);
void provider_read_webhook(struct provider_reader *reader, const struct tree *map);

#endif
