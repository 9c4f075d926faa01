/*
 * Owns: reading which operator has which numbers: operators.yaml.
 * May use: base/, text/phone.h, document/.
 * Must not know: what it is used for.
 */
#ifndef DOCUMENT_OPERATORS_H
#define DOCUMENT_OPERATORS_H

#include "document/document.h"

struct operator_numbers {
	const char *code;
	const char *const *prefixes; /* E.164 without "+": "8486" */
	size_t prefix_count;
};
struct operator_ported {
	const char *number, *code; /* E.164 */
};
struct operators {
	struct operator_numbers *items;
	size_t count;
	struct operator_ported *ported;
	size_t ported_count;
};

/* Everything wrong is added to `complaints`; what could be read is there. Strings live in `arena`.
 */
void operators_load(struct arena *arena, const char *path, struct operators *operators,
    struct complaints *complaints);
void operators_parse(struct arena *arena, const char *path, const char *text, size_t len,
    struct operators *operators, struct complaints *complaints);

#endif
