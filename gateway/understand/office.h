/*
 * Owns: "DUYET 3", "KHONG 3 4": the office's decisions on requests for more time.
 * May use: understand/tokens.h, understand/understand.h.
 * Must not know: which requests there are, who may decide.
 */
#ifndef UNDERSTAND_OFFICE_H
#define UNDERSTAND_OFFICE_H

#include "understand/tokens.h"
#include "understand/understand.h"

/* True when the text is a decision: fills intent, confidence, numbers, all and evidence. "KHONG" is
 * one only behind requests that wait; sure is only a text without further words. */
bool read_decision(
    const struct tokens *tokens, const struct understand_context *context, struct reading *reading);

#endif
