/*
 * Owns: letters and their marks.
 * May use: base/, utf8proc.
 * Must not know: words.
 */
#include "text/letter.h"

#include "base/memory.h"

#include <utf8proc.h>

#define PARTS_MAX 8

static void add_mark(struct letter *letter, utf8proc_int32_t codepoint)
{
	static const struct {
		utf8proc_int32_t codepoint;
		uint8_t mark, tone;
	} marks[] = {
	    {0x0300, 0, TONE_GRAVE},
	    {0x0340, 0, TONE_GRAVE},
	    {0x0301, 0, TONE_ACUTE},
	    {0x0341, 0, TONE_ACUTE},
	    {0x0309, 0, TONE_HOOK},
	    {0x0303, 0, TONE_TILDE},
	    {0x0323, 0, TONE_DOT},
	    {0x0302, MARK_HAT, 0},
	    {0x0306, MARK_BREVE, 0},
	    {0x031B, MARK_HORN, 0},
	};
	for (size_t i = 0; i < COUNT_OF(marks); i++) {
		if (marks[i].codepoint != codepoint)
			continue;
		letter->marks |= marks[i].mark;
		if (marks[i].tone != 0)
			letter->tone = marks[i].tone;
	}
}

static bool is_combining(utf8proc_int32_t codepoint)
{
	utf8proc_category_t category = utf8proc_category(codepoint);
	return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_ME;
}

static void add_base(struct letter *letter, utf8proc_int32_t codepoint)
{
	switch (codepoint) {
	case 0x0110:
	case 0x00D0:
	case 0x0189:
		letter->upper = true;
		/* fallthrough */
	case 0x0111:
	case 0x00F0:
	case 0x0256:
		letter->base = 'd';
		letter->marks |= MARK_BAR;
		return;
	default:
		break;
	}
	if (codepoint >= 'A' && codepoint <= 'Z') {
		letter->upper = true;
		letter->base = (char)(codepoint - 'A' + 'a');
	} else if ((codepoint >= 'a' && codepoint <= 'z') ||
		   (codepoint >= '0' && codepoint <= '9')) {
		letter->base = (char)codepoint;
	}
}

struct letter letter_of_codepoint(uint32_t codepoint)
{
	struct letter letter = {0};
	utf8proc_int32_t parts[PARTS_MAX];
	int boundary = UTF8PROC_BOUNDCLASS_START;
	utf8proc_ssize_t count = utf8proc_decompose_char((utf8proc_int32_t)codepoint, parts,
	    PARTS_MAX, UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT, &boundary);
	if (count < 1 || count > PARTS_MAX)
		return letter;
	letter.combining = is_combining(parts[0]);
	if (!letter.combining)
		add_base(&letter, parts[0]);
	for (utf8proc_ssize_t i = letter.combining ? 0 : 1; i < count; i++) {
		if (!is_combining(parts[i]))
			return (struct letter){0}; /* "½", "㎏": no letter */
		add_mark(&letter, parts[i]);
	}
	return letter;
}

/* Bytes 0xA0 to 0xFF (TCVN 5712:1993, VN3). */
static const uint16_t tcvn3[] = {
    0,
    0x0102,
    0x00C2,
    0x00CA,
    0x00D4,
    0x01A0,
    0x01AF,
    0x0110,
    0x0103,
    0x00E2,
    0x00EA,
    0x00F4,
    0x01A1,
    0x01B0,
    0x0111,
    0,
    0,
    0,
    0,
    0,
    0,
    0x00E0,
    0x1EA3,
    0x00E3,
    0x00E1,
    0x1EA1,
    0,
    0x1EB1,
    0x1EB3,
    0x1EB5,
    0x1EAF,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0x1EB7,
    0x1EA7,
    0x1EA9,
    0x1EAB,
    0x1EA5,
    0x1EAD,
    0x00E8,
    0,
    0x1EBB,
    0x1EBD,
    0x00E9,
    0x1EB9,
    0x1EC1,
    0x1EC3,
    0x1EC5,
    0x1EBF,
    0x1EC7,
    0x00EC,
    0x1EC9,
    0,
    0,
    0,
    0x0129,
    0x00ED,
    0x1ECB,
    0x00F2,
    0,
    0x1ECF,
    0x00F5,
    0x00F3,
    0x1ECD,
    0x1ED3,
    0x1ED5,
    0x1ED7,
    0x1ED1,
    0x1ED9,
    0x1EDD,
    0x1EDF,
    0x1EE1,
    0x1EDB,
    0x1EE3,
    0x00F9,
    0,
    0x1EE7,
    0x0169,
    0x00FA,
    0x1EE5,
    0x1EEB,
    0x1EED,
    0x1EEF,
    0x1EE9,
    0x1EF1,
    0x1EF3,
    0x1EF7,
    0x1EF9,
    0x00FD,
    0x1EF5,
    0,
};

struct letter letter_of_tcvn3(uint8_t byte)
{
	if (byte < 0xA0 || tcvn3[byte - 0xA0] == 0)
		return (struct letter){0};
	return letter_of_codepoint(tcvn3[byte - 0xA0]);
}
