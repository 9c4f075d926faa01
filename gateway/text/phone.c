/*
 * Owns: reading phone numbers of Viet Nam.
 * May use: base/.
 * Must not know: people, modems.
 */
#include "text/phone.h"

#include <stdio.h>
#include <string.h>

#define DIGITS_MAX 16
#define NATIONAL_DIGITS 10 /* with the 0 */

/* 11-digit numbers of before 15 September 2018: prefix without 0 → new prefix without 0. */
static const struct {
	const char *old, *new;
} moved[] = {{"162", "32"}, {"163", "33"}, {"164", "34"}, {"165", "35"}, {"166", "36"},
    {"167", "37"}, {"168", "38"}, {"169", "39"}, {"120", "70"}, {"121", "79"}, {"122", "77"},
    {"126", "76"}, {"128", "78"}, {"123", "83"}, {"124", "84"}, {"125", "85"}, {"127", "81"},
    {"129", "82"}, {"186", "56"}, {"188", "58"}, {"199", "59"}};

/* Digits only; *plus when it began with "+" or "00". Fails on anything that is no number. */
static enum result take_digits(
    const char *text, char digits[DIGITS_MAX + 1], bool *plus, struct failure *failure)
{
	size_t n = 0;
	*plus = false;
	for (const char *c = text; *c != '\0'; c++) {
		if (*c >= '0' && *c <= '9') {
			if (n == DIGITS_MAX)
				return failure_set(failure, RESULT_INVALID,
				    "The phone number \"%.40s\" has too many digits.", text);
			digits[n++] = *c;
		} else if (*c == '+' && n == 0 && !*plus) {
			*plus = true;
		} else if (strchr(" .-()/\t", *c) == NULL &&
			   !((unsigned char)c[0] == 0xC2 && (unsigned char)c[1] == 0xA0) &&
			   !((unsigned char)c[0] == 0xA0 && c > text &&
			       (unsigned char)c[-1] == 0xC2)) {
			return failure_set(failure, RESULT_INVALID,
			    "\"%.40s\" is not a phone number: write digits, like 0912345678.",
			    text);
		}
	}
	digits[n] = '\0';
	if (!*plus && digits[0] == '0' && digits[1] == '0') {
		/* As long as a number from here: more likely 09… or 03… with a slip. */
		if (n <= NATIONAL_DIGITS)
			return failure_set(failure, RESULT_INVALID,
			    "%.40s cannot be a mobile number: they begin with 03, 05, 07, 08 or "
			    "09. Write a foreign number with +.",
			    text);
		memmove(digits, digits + 2, n - 1);
		*plus = true;
	}
	return RESULT_OK;
}

static bool is_mobile(const char *national) /* 9 digits after the 0 */
{
	return strlen(national) == 9 && strchr("35789", national[0]) != NULL;
}

static bool convert_old(const char *national, char out[10])
{
	if (strlen(national) != 10)
		return false;
	for (size_t i = 0; i < sizeof moved / sizeof moved[0]; i++)
		if (strncmp(national, moved[i].old, 3) == 0) {
			snprintf(out, 10, "%.2s%.7s", moved[i].new, national + 3);
			return true;
		}
	return false;
}

static enum result from_national(
    const char *text, const char *national, struct phone *out, struct failure *failure)
{
	char converted[10];
	out->was_old = convert_old(national, converted);
	if (out->was_old)
		national = converted;
	if (is_mobile(national)) {
		snprintf(out->e164, sizeof out->e164, "+84%s", national);
		return RESULT_OK;
	}
	if (national[0] == '2')
		return failure_set(failure, RESULT_INVALID,
		    "%.40s is a landline: SMS needs a mobile number.", text);
	if (strlen(national) < 9)
		return failure_set(failure, RESULT_INVALID,
		    "%.40s is too short for a mobile number: 10 digits, like 0912345678.", text);
	if (strlen(national) > 9)
		return failure_set(failure, RESULT_INVALID,
		    "%.40s is too long for a mobile number: 10 digits, like 0912345678.", text);
	return failure_set(failure, RESULT_INVALID,
	    "%.40s cannot be a mobile number: they begin with 03, 05, 07, 08 or 09.", text);
}

enum result phone_parse(const char *text, struct phone *out, struct failure *failure)
{
	char digits[DIGITS_MAX + 1];
	bool plus;
	*out = (struct phone){0};
	enum result result = take_digits(text, digits, &plus, failure);
	if (result != RESULT_OK)
		return result;
	size_t n = strlen(digits);
	if (n == 0)
		return failure_set(failure, RESULT_INVALID, "The phone number is empty.");
	/* "+84 …", also with a stray 0 behind it; without a plus, length tells 84… from 084…. */
	if (strncmp(digits, "84", 2) == 0 && (plus || n >= 11))
		return from_national(text, digits + 2 + (digits[2] == '0'), out, failure);
	if (plus) {
		if (n < 8 || n > 15 || digits[0] == '0')
			return failure_set(failure, RESULT_INVALID,
			    "%.40s cannot be a number: after + come 8 to 15 digits.", text);
		snprintf(out->e164, sizeof out->e164, "+%s", digits);
		out->is_foreign = true;
		return RESULT_OK;
	}
	if (digits[0] == '0')
		return from_national(text, digits + 1, out, failure);
	if (n == 9 || n == 10) /* a spreadsheet ate the 0 */
		return from_national(text, digits, out, failure);
	return failure_set(failure, RESULT_INVALID,
	    "%.40s cannot be a mobile number: 10 digits, like 0912345678.", text);
}

enum sender_kind phone_sender_kind(const char *sender, bool alphanumeric, struct phone *out)
{
	*out = (struct phone){0};
	if (!alphanumeric && phone_parse(sender, out, NULL) == RESULT_OK)
		return SENDER_PHONE;
	if (!alphanumeric && sender[0] != '\0' && strspn(sender, "+0123456789*#") == strlen(sender))
		return SENDER_SHORT_CODE;
	return SENDER_NAME;
}
