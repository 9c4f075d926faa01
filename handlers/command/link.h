/*
 * Owns: how a link is shown to whoever hands it to an official.
 * May use: base/.
 * Must not know: providers: templates come from the caller.
 */
#ifndef COMMAND_LINK_H
#define COMMAND_LINK_H

#include "base/memory.h"

/* The link by which a person's own program sends the code: `template` with "{code}" in it replaced,
 * such as "https://t.me/a_bot?start={code}". NULL when the template is NULL or has no "{code}". In
 * the arena. */
const char *link_fill_template(struct arena *arena, const char *template, const char *code);

#endif
