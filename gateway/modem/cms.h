/*
 * Owns: what the error numbers of a refused submit mean for us.
 * May use: modem/protocol.h.
 * Must not know: libgammu, sessions.
 */
#ifndef MODEM_CMS_H
#define MODEM_CMS_H

#include "modem/protocol.h"

/* What to make of a +CMS ERROR or +CME ERROR number after a submit (3GPP TS 27.005, 3.2.5; 24.011,
 * annex E; 23.040, 9.2.3.22). `code` 0 or less stands for a plain ERROR. A number that is not in
 * the table is MODEM_REFUSED: the modem did answer, and repeating later may help. */
enum modem_outcome cms_outcome(int code);

/* The number's name in the standards, "unspecified" when it has none. Static text. */
const char *cms_name(int code);

#endif
