/*
 * Owns: the two values of texts that need care: a day with its weekday, a list cut to fit.
 * May use: base/, base/civil.h.
 * Must not know: templates, the store, which text they go into.
 *
 * Pure, thread-safe.
 */
#ifndef PLAN_WORDING_H
#define PLAN_WORDING_H

#include "base/civil.h"

#include <stddef.h>

/* The most letters that {missing}, {list} and {choices} may take, so that a text with one of them
 * still fits one part; the tests of the texts assume them. */
#define WORDING_MISSING_MAX 60
#define WORDING_LIST_MAX 90
#define WORDING_CHOICES_MAX 100

/* "thứ Ba 9/6" ("vi"), "Tue 9/6" (any other language). */
struct civil_text wording_day(struct day day, const char *language);

/* Appends the names joined by ", " when that takes at most max_letters (UTF-8 code points), else as
 * many as fit and the number left out: "Ngọc Côn, Đoài Dương (+19)". When not even one fits, only
 * the number is written: "(+21)". */
void wording_list(struct buffer *out, const char *const *names, size_t count, size_t max_letters);

#endif
