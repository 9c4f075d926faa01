/*
 * Owns: phone numbers of Viet Nam and senders' addresses.
 * May use: base/.
 * Must not know: people, modems.
 *
 * Source: numbering plan after Decision 798/QD-BTTTT of 2018 (11-digit numbers moved to 10).
 */
#ifndef TEXT_PHONE_H
#define TEXT_PHONE_H

#include "base/result.h"

#include <stdbool.h>

#define PHONE_MAX 24

struct phone {
	char e164[PHONE_MAX]; /* "+84912345678" */
	bool was_old;         /* an 11-digit number of before 2018, converted */
	bool is_foreign;      /* not of Viet Nam */
};

/* Reads a mobile number as people and spreadsheets write it: "0912 345 678", "+84-912…",
 * "84912345678", "0084…", "(+84) 0912…", "912345678" (the leading 0 eaten by a spreadsheet), old
 * 11-digit ones. Landlines, short codes and numbers of a wrong length are RESULT_INVALID, with a
 * sentence that says why. Foreign numbers with "+" (or 00 and more than 8 digits) and 8 to 15
 * digits are accepted as they are.
 * Numbers of Viet Nam's form whose prefix belongs to nobody, e.g. 0900 000 xxx test numbers, are
 * accepted by form only: 0 + [35789] + 8 digits. */
MUST_CHECK enum result phone_parse(const char *text, struct phone *out, struct failure *failure);

enum sender_kind { SENDER_PHONE, SENDER_SHORT_CODE, SENDER_NAME };

/* What the sender's address of an inbound text is; for SENDER_PHONE `out` holds it normalised so
 * that national and international forms compare equal. */
enum sender_kind phone_sender_kind(const char *sender, bool alphanumeric, struct phone *out);

#endif
