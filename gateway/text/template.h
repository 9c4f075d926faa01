/*
 * Owns: message templates: "Kinh gui {person}, …" with named placeholders.
 * May use: base/.
 * Must not know: which placeholders exist for what (the caller's table), Vietnamese.
 *
 * "{name}" is replaced, "{{" and "}}" are a brace each. A name is a-z, 0-9, "_" and ".".
 */
#ifndef TEXT_TEMPLATE_H
#define TEXT_TEMPLATE_H

#include "base/buffer.h"
#include "base/result.h"

#include <stdbool.h>

/* Gives the value of a placeholder (borrowed until the next call), or NULL when it has none. */
typedef const char *template_lookup_fn(const char *name, void *arg);

/* Appends the filled-in text. RESULT_INVALID for a brace that does not close or a placeholder that
 * `lookup` does not know: the sentence names it and its column. */
MUST_CHECK enum result template_expand(const char *text, template_lookup_fn *lookup, void *arg,
    struct buffer *out, struct failure *failure);

#endif
