/*
 * Owns: what is answered to each intent: the table.
 * May use: inbox/reply.h.
 * Must not know: modems, SQL.
 */
#ifndef REPLIES_REPLIES_H
#define REPLIES_REPLIES_H

#include "inbox/reply.h"

extern const struct reply_handlers replies;

#endif
