/*
 * Owns: the accounts at providers, and the programs that may send: the lists `channels` and
 * `programs` of nhacviec.yaml.
 * May use: document/.
 * Must not know: how they are used. Only config.c includes this file.
 */
#ifndef DOCUMENT_CONFIG_CHANNELS_H
#define DOCUMENT_CONFIG_CHANNELS_H

#include "document/config.h"
#include "document/tree.h"

/* Reads the list into `config`, whose modems and providers_dir are known already. Relative paths
 * begin at `folder`. */
void config_read_channels(const struct tree_reader *reader, const struct tree *list,
    const char *folder, struct config *config);

/* The list `programs`: a name and a password by file: or env: each. */
void config_read_programs(const struct tree_reader *reader, const struct tree *list,
    const char *folder, struct config *config);
bool config_programs_equal(const struct config *a, const struct config *b);

bool config_channels_equal(const struct config *a, const struct config *b);

#endif
