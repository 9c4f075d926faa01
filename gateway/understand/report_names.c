/*
 * Owns: reports that a text names by the codes and words of their plan.
 * May use: understand/scan.h.
 * Must not know: general words for half-years and years (vocabulary_reports.c).
 */
#include "understand/scan.h"

#include <string.h>

struct place {
	size_t report, first, count;
};

#define PLACES_MAX 64

static bool follows_report_word(const struct scan *scan, size_t index)
{
	return (index >= 1 && (scan_word_is(scan, index - 1, "bc") ||
				  scan_word_is(scan, index - 1, "bcao"))) ||
	       (index >= 2 && scan_word_is(scan, index - 1, "cao") &&
		   scan_word_is(scan, index - 2, "bao"));
}

static bool is_plain_word(const char *code, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (code[i] >= '0' && code[i] <= '9')
			return false;
	return true;
}

/* A name, not the word "năm": "anh Năm", "việt Nam". */
static bool is_written_as_other(const struct scan *scan, size_t index)
{
	const struct word *word = &scan->words.items[index];
	bool marked = word->tone != TONE_NONE || (word->marks & ~MARK_BREVE) != 0;
	return marked || (scan->exact && word->marks == 0 && !word->shouted);
}

/* "6t và nam gửi rồi", "6t gui roi, nam mai gui": beside a half-year's report the word is the other
 * one, unless it is a year. */
static bool is_beside_half(const struct scan *scan, size_t index, size_t count)
{
	static const char *const joining[] = {
	    "va", "voi", "lan", "cung", "con", "gui", "nop", "bc", "xong", "ma", "ca", NULL};
	static const char *const no_code[] = {"nay", "ngoai", "truoc", "sau", "hoc", "moi", "cai",
	    "bao", "tot", "ban", "lan", "ngay", "hom", "thang", "nguoi", "xom", "don", NULL};
	bool half = false, joined = scan->words.items[index].gap >= GAP_COMMA;
	for (size_t i = 0; i + 1 < scan->words.count; i++)
		half |= (scan_word_is(scan, i, "6") || scan_word_is(scan, i, "sau")) &&
			(scan_word_is(scan, i + 1, "t") || scan_word_is(scan, i + 1, "thang"));
	for (size_t i = 0; joining[i] != NULL; i++)
		joined |= scan_word_is(scan, index - 1, joining[i]);
	if (!half || !joined)
		return false;
	if (index + count >= scan->words.count)
		return true;
	for (size_t i = 0; no_code[i] != NULL; i++)
		if (scan_word_is(scan, index + count, no_code[i]))
			return false;
	const struct word *next = &scan->words.items[index + count];
	return !next->digits || next->gap > GAP_SPACE;
}

/* A code that is a plain word ("nam": year, five, a name) names the report only right behind
 * "báo cáo", or where it opens the text or follows what takes a code. */
static bool stands_as_code(const struct scan *scan, size_t index, size_t count)
{
	if (follows_report_word(scan, index))
		return true;
	const struct word *next =
	    index + count < scan->words.count ? &scan->words.items[index + count] : NULL;
	bool opens = index == 0 ||
		     (index == 1 && (scan_word_is(scan, 0, "huy") || scan_word_is(scan, 0, "bc")));
	bool ends =
	    next == NULL || next->gap >= GAP_COLON || scan_word_is(scan, index + count, "roi") ||
	    scan_word_is(scan, index + count, "xong") ||
	    scan_word_is(scan, index + count, "chua") || scan_word_is(scan, index + count, "thi") ||
	    scan_word_is(scan, index + count, "da");
	bool listed = index > 0 && ((scan->words.items[index].gap >= GAP_COMMA && ends) ||
				       is_beside_half(scan, index, count));
	return (opens && ends) || listed || scan->words.items[index].shouted;
}

static bool is_month(const struct scan *scan, size_t index)
{
	return index > 0 && scan->words.items[index].gap == GAP_NONE &&
	       scan_word_is(scan, index - 1, "t");
}

/* Most words do not even begin as the one that is looked for; "06" is 6. */
static inline bool begins_so(const struct scan *scan, size_t index, char letter)
{
	char base = scan->words.letters[scan->words.items[index].first].base;
	return base == letter || base == '0';
}

static void add_place(struct place *places, size_t *count, struct place place)
{
	if (*count < PLACES_MAX)
		places[(*count)++] = place;
}

static void find_code(const struct scan *scan, size_t report, struct place *places, size_t *count)
{
	const char *code = scan->reports[report].code;
	size_t length = strlen(code);
	char key[WORD_LETTERS_MAX + 1];
	if (length == 0 || length > WORD_LETTERS_MAX)
		return;
	for (size_t i = 0; i <= length; i++)
		key[i] = (char)(code[i] >= 'A' && code[i] <= 'Z'   ? code[i] - 'A' + 'a'
				: code[i] == '-' || code[i] == '_' ? ' '
								   : code[i]);
	for (size_t i = 0; i < scan->words.count; i++) {
		size_t words =
		    begins_so(scan, i, key[0]) ? scan_match_key(scan, i, key, length) : 0;
		if (words == 0 || is_month(scan, i))
			continue;
		if (is_plain_word(key, length) &&
		    (!stands_as_code(scan, i, words) || is_written_as_other(scan, i)))
			continue;
		add_place(places, count, (struct place){report, i, words});
	}
}

/* "sau thang" may be after the month, "ngay 6 thang nay" is a day. */
static bool is_doubtful(const struct scan *scan, size_t index, size_t count)
{
	const struct word *word = &scan->words.items[index];
	bool after = scan_word_is(scan, index, "sau") && word->tone == TONE_NONE &&
		     (scan->exact || !follows_report_word(scan, index));
	bool day = index > 0 && scan_word_is(scan, index - 1, "ngay");
	bool number = index + count < scan->words.count &&
		      scan->words.items[index + count].digits && scan_word_is(scan, index, "sau");
	return after || day || number;
}

static bool is_year(const struct word *word)
{
	return word->digits && word->count == 4;
}

/* "số 18/BC-UBND năm 2026" is when, "5 nam 7 nữ" how many: not which report. */
static bool is_beside_count(const struct scan *scan, size_t index, size_t count)
{
	size_t behind = index + count;
	const struct word *words = scan->words.items;
	bool dated = count == 2 && index > 0 && scan_word_is(scan, index, "nam") &&
		     is_year(&words[index + 1]) &&
		     (scan->taken[index - 1] || words[index - 1].digits);
	bool people = behind + 1 < scan->words.count && words[behind].digits &&
		      scan_word_is(scan, behind + 1, "nu");
	return dated || people;
}

static void find_words(
    const struct scan *scan, size_t report, const char *list, struct place *places, size_t *count)
{
	while (list != NULL && *list != '\0') {
		size_t length = strcspn(list, "|");
		bool several = memchr(list, ' ', length) != NULL;
		for (size_t i = 0; several && i < scan->words.count; i++) {
			size_t words =
			    begins_so(scan, i, list[0]) ? scan_match_key(scan, i, list, length) : 0;
			if (words == 0 || is_beside_count(scan, i, words))
				continue;
			size_t more = scan_match_key(scan, i + words, "dau nam", 7);
			if (more > 0 || !is_doubtful(scan, i, words))
				add_place(places, count, (struct place){report, i, words + more});
		}
		list += length + (list[length] == '|');
	}
}

/* One entry a code; the index in scan->reports. */
static size_t entry_of(struct scan *scan, const struct understand_obligation *obligation, bool owed)
{
	for (size_t i = 0; i < scan->report_count; i++)
		if (strcmp(scan->reports[i].code, obligation->report_code) == 0)
			return i;
	if (scan->report_count == SCAN_REPORTS_MAX)
		return SCAN_REPORTS_MAX;
	const char *words = obligation->report_words != NULL ? obligation->report_words : "";
	const char *period = obligation->period;
	struct named_report *report = &scan->reports[scan->report_count];
	*report =
	    (struct named_report){.code = obligation->report_code, .period = period, .owed = owed};
	if (!owed)
		return scan->report_count++; /* what kind it is matters for those owed */
	report->half = (period != NULL && strstr(period, "-H") != NULL) ||
		       strstr(words, "6 thang") != NULL || strstr(words, "nua nam") != NULL;
	report->year = !report->half &&
		       (strstr(words, "ca nam") != NULL || strstr(words, "bao cao nam") != NULL);
	return scan->report_count++;
}

static void take_longest_first(struct scan *scan, struct place *places, size_t count)
{
	for (size_t taken = 0; taken < count; taken++) {
		size_t best = count;
		for (size_t i = 0; i < count; i++)
			if (places[i].count > 0 &&
			    (best == count || places[i].count > places[best].count))
				best = i;
		if (best == count)
			return;
		struct place place = places[best];
		places[best].count = 0;
		bool free = true;
		for (size_t i = place.first; i < place.first + place.count; i++)
			free &= !scan->taken[i];
		if (free)
			scan_add(scan, CONCEPT_NAMED_REPORT, place.first, place.count)->value =
			    (int)place.report;
	}
}

void scan_take_reports(struct scan *scan)
{
	const struct understand_context *context = scan->context;
	struct place places[PLACES_MAX];
	size_t count = 0;
	size_t all = context->obligation_count + context->other_report_count;
	for (size_t i = 0; i < all + context->event_count; i++) {
		bool owed = i < context->obligation_count;
		const struct understand_obligation *obligation =
		    owed      ? &context->obligations[i]
		    : i < all ? &context->other_reports[i - context->obligation_count]
			      : &context->events[i - all];
		size_t before = scan->report_count;
		size_t report = entry_of(scan, obligation, owed);
		if (report == SCAN_REPORTS_MAX || report < before)
			continue;
		find_code(scan, report, places, &count);
		find_words(scan, report, obligation->report_words, places, &count);
	}
	take_longest_first(scan, places, count);
}
