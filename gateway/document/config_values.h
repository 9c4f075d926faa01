/*
 * Owns: one value of the configuration: from its text to its place, by its key's type.
 * May use: base/, text/phone.h, base/civil.h, document/.
 * Must not know: which keys there are.
 */
#ifndef DOCUMENT_CONFIG_VALUES_H
#define DOCUMENT_CONFIG_VALUES_H

#include "document/config_keys.h"
#include "document/tree.h"

/* Reads `node` (NULL: the key's default) into `base` + the key's offset. Complains and returns
 * false when it is not what the key wants. `folder` is the configuration file's. */
bool config_read_value(const struct tree_reader *reader, const struct config_key *key,
    const struct tree *node, const char *folder, void *base);

/* True when the two structures have the same value for the key. */
bool config_values_equal(const struct config_key *key, const void *a, const void *b);

/* The value as one would write it, for messages. In the arena. Not for CONFIG_SECRET. */
const char *config_show_value(struct arena *arena, const struct config_key *key, const void *base);

/* "90s", "30m", "6h", "7d" → ms. */
bool config_parse_time(const char *text, int64_t *ms);

#endif
