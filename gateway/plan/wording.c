/*
 * Owns: how a day is named in a text, and how a list is cut to fit.
 * May use: base/, base/civil.h.
 * Must not know: templates, the store, which text they go into.
 */
#include "plan/wording.h"

#include <stdio.h>
#include <string.h>

struct civil_text wording_day(struct day day, const char *language)
{
	static const char *const vietnamese[] = {
	    "Chủ nhật", "thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy"};
	static const char *const english[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
	struct civil civil = civil_of_day(day);
	bool is_vietnamese = strcmp(language, "vi") == 0;
	struct civil_text out;
	snprintf(out.text, sizeof out.text, "%s %d/%d",
	    (is_vietnamese ? vietnamese : english)[civil.weekday], civil.day, civil.month);
	return out;
}

static size_t letters_of(const char *text)
{
	size_t count = 0;
	for (; *text != '\0'; text++)
		count += ((unsigned char)*text & 0xC0) != 0x80;
	return count;
}

/* Letters of " (+N)". */
static size_t letters_of_rest(size_t left_out)
{
	char text[40];
	return left_out == 0 ? 0 : (size_t)snprintf(text, sizeof text, " (+%zu)", left_out);
}

void wording_list(struct buffer *out, const char *const *names, size_t count, size_t max_letters)
{
	size_t shown = 0, letters = 0;
	for (size_t i = 0; i < count && letters <= max_letters; i++) {
		letters += letters_of(names[i]) + (i > 0 ? 2 : 0);
		if (letters + letters_of_rest(count - i - 1) <= max_letters)
			shown = i + 1;
	}
	for (size_t i = 0; i < shown; i++) {
		buffer_add_text(out, i > 0 ? ", " : "");
		buffer_add_text(out, names[i]);
	}
	if (shown < count)
		buffer_printf(out, "%s(+%zu)", shown > 0 ? " " : "", count - shown);
}
