/*
 * Owns: secrets by reference: file:PATH, env:NAME.
 * May use: base/, document/.
 * Must not know: which secrets there are. The secret itself never goes into a complaint.
 */
#ifndef DOCUMENT_CONFIG_SECRET_H
#define DOCUMENT_CONFIG_SECRET_H

#include "document/tree.h"

/* The PIN that `reference` stands for, 4 to 8 digits, in the arena. NULL after a complaint. A file
 * that everybody may read is a warning. Relative paths begin at `folder`. */
const char *config_secret_read(const struct tree_reader *reader, int line, const char *what,
    const char *reference, const char *folder);

/* The same of any secret: a token, a password, a key; the first line of a file. */
const char *config_secret_fetch(const struct tree_reader *reader, int line, const char *what,
    const char *reference, const char *folder);

#endif
