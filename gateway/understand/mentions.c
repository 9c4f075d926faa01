/*
 * Owns: which reports a text names, by code, by the plan's words, or by what kind they are.
 * May use: understand/statement.h.
 * Must not know: what is said of them.
 */
#include "understand/statement.h"

#include "base/civil.h"

#include <stdlib.h>
#include <string.h>

/* The only report of a half-year (or a year) that is owed; -1 none, or several. */
static int owed_of_kind(const struct scan *scan, bool half)
{
	int found = -1;
	for (size_t i = 0; i < scan->report_count; i++) {
		const struct named_report *report = &scan->reports[i];
		if (!report->owed || !(half ? report->half : report->year))
			continue;
		if (found >= 0)
			return -1;
		found = (int)i;
	}
	return found;
}

static const struct item *item_at(const struct scan *scan, size_t index)
{
	return index < scan->item_count ? &scan->items[index] : NULL;
}

/* The year that is named right behind the mention; 0: none; -1: "năm ngoái". */
static int year_behind(const struct scan *scan, size_t index)
{
	const struct item *item = &scan->items[index];
	size_t at = item->first + item->count;
	if (at < scan->words.count && scan_word_is(scan, at, "nam"))
		at++;
	if (at >= scan->words.count)
		return 0;
	const struct word *word = &scan->words.items[at];
	if (word->digits && word->count == 4 && word->value > 1990 && word->value < 2100 &&
	    word->gap <= GAP_SPACE)
		return word->value;
	return scan_word_is(scan, at, "ngoai") ||
		       (scan_word_is(scan, at, "truoc") && at > item->first + item->count)
		   ? -1
		   : 0;
}

static bool is_owed_year(const struct scan *scan, const struct named_report *report, int year)
{
	if (year == 0)
		return true;
	int now = civil_of_wall(scan->context->now, scan->context->zone_minutes).year;
	return year > 0 && year == (report->period != NULL ? atoi(report->period) : now);
}

static bool follows_report(const struct scan *scan, size_t index)
{
	size_t word = scan->items[index].first;
	if (word > 0 && (scan_word_is(scan, word - 1, "bc") || scan_word_is(scan, word - 1, "cao")))
		return true; /* "gửi báo cáo", one turn of phrase */
	for (size_t back = 1; back <= 2 && back <= index; back++) {
		const struct item *item = &scan->items[index - back];
		if (item_is(item, CONCEPT_REPORT))
			return true;
		if (!item_is(item, CONCEPT_TOPIC) && !item_is(item, CONCEPT_FILLER) &&
		    !item_is(item, CONCEPT_YEAR) && !item_is(item, CONCEPT_MAKE))
			return false;
	}
	return false;
}

static bool holds_report_word(const struct scan *scan, const struct item *item)
{
	return scan_word_is(scan, item->first, "bc") || scan_word_is(scan, item->first, "bao");
}

/* "năm nay", "cuối năm", "hằng năm" name a report only behind "báo cáo". */
static bool year_names_report(const struct scan *scan, size_t index)
{
	const struct item *item = &scan->items[index];
	return holds_report_word(scan, item) || follows_report(scan, index);
}

/* "cả 6T cả năm" */
static bool follows_half(const struct scan *scan, size_t index)
{
	const struct item *before = index > 0 ? &scan->items[index - 1] : NULL;
	return before != NULL && scan_word_is(scan, scan->items[index].first, "ca") &&
	       (before->concept == CONCEPT_NAMED_REPORT || item_is(before, CONCEPT_HALF));
}

/* "sau thang" without marks may be after the month; "6 tháng" may be how long. */
static bool half_is_doubtful(const struct scan *scan, size_t index)
{
	const struct item *item = &scan->items[index];
	const struct word *word = &scan->words.items[item->first];
	const struct item *next = item_at(scan, index + 1);
	if (follows_report(scan, index))
		return false;
	bool after = scan_word_is(scan, item->first, "sau") && word->tone == TONE_NONE;
	bool counted = next != NULL && item_is(next, CONCEPT_NUMBER) && after;
	bool rest = next != NULL && item_is(next, CONCEPT_MORE);
	return counted || rest || (after && item->count == 2 && scan->exact);
}

static bool is_second_half(const struct scan *scan, size_t index)
{
	const struct item *next = item_at(scan, index + 1);
	return next != NULL && scan_word_is(scan, next->first, "cuoi");
}

/* "phòng Tư pháp" is who writes, not what about. */
static bool is_office(const struct scan *scan, size_t index)
{
	if (index == 0 || scan->items[index].concept != CONCEPT_OTHER_REPORT)
		return false;
	const struct item *before = &scan->items[index - 1];
	size_t last = before->first + before->count - 1U;
	return scan_word_is(scan, last, "phong") || scan_word_is(scan, last, "tram") ||
	       scan_word_is(scan, last, "hoi") || scan_word_is(scan, last, "ban") ||
	       scan_word_is(scan, last, "truong") || scan_word_is(scan, last, "so");
}

/* The other subject that stands beside it: "giảm nghèo 6 tháng", "6 tháng về trẻ em". */
static bool is_of_other_subject(const struct scan *scan, size_t index)
{
	uint8_t clause = scan->items[index].clause;
	for (size_t i = 0; i < scan->item_count; i++) {
		const struct item *item = &scan->items[i];
		size_t apart = i > index ? i - index : index - i;
		if (item->clause == clause && item->concept == CONCEPT_OTHER_REPORT && apart <= 3 &&
		    !is_office(scan, i))
			return true;
	}
	return false;
}

static void add(struct statements *out, struct mention mention)
{
	for (size_t i = 0; i < out->mention_count; i++)
		if (out->mentions[i].clause == mention.clause &&
		    out->mentions[i].report == mention.report &&
		    out->mentions[i].owed == mention.owed)
			return;
	if (out->mention_count < MENTIONS_MAX)
		out->mentions[out->mention_count++] = mention;
}

static void add_kind(const struct scan *scan, struct statements *out, size_t index, bool half)
{
	struct mention mention = {.item = index, .clause = scan->items[index].clause, .report = -1};
	int report = owed_of_kind(scan, half);
	mention.report = report;
	mention.owed = report >= 0 &&
		       is_owed_year(scan, &scan->reports[report], year_behind(scan, index)) &&
		       !is_of_other_subject(scan, index) && !(half && is_second_half(scan, index));
	add(out, mention);
}

/* A word ("Nam") or a time ("cuối năm") names a report plainly only behind "báo cáo". */
static bool may_be_else(const struct scan *scan, size_t index)
{
	const struct item *item = &scan->items[index];
	if (follows_report(scan, index) || holds_report_word(scan, item))
		return false;
	for (size_t i = item->first; i < (size_t)item->first + item->count; i++)
		if (scan->words.items[i].digits && scan->words.items[i].count < 4)
			return false; /* but "năm 2026" may be when */
	return true;
}

void mentions_find(struct scan *scan, struct statements *out)
{
	for (size_t i = 0; i < scan->item_count; i++) {
		const struct item *item = &scan->items[i];
		struct mention mention = {.item = i, .clause = item->clause, .report = -1};
		if (scan->words.items[item->first].quoted || is_office(scan, i))
			continue;
		if (item->concept == CONCEPT_NAMED_REPORT) {
			const struct named_report *report = &scan->reports[item->value];
			mention.report = item->value;
			mention.doubted = may_be_else(scan, i);
			mention.owed = report->owed &&
				       is_owed_year(scan, report, year_behind(scan, i)) &&
				       !is_of_other_subject(scan, i) &&
				       !(report->half && is_second_half(scan, i));
			add(out, mention);
		} else if (item_is(item, CONCEPT_HALF) && !half_is_doubtful(scan, i)) {
			add_kind(scan, out, i, true);
		} else if (item_is(item, CONCEPT_YEAR) &&
			   (year_names_report(scan, i) || follows_half(scan, i))) {
			add_kind(scan, out, i, false);
		} else if (item->concept == CONCEPT_OTHER_REPORT) {
			add(out, mention);
		}
	}
	/* A subject that is not ours stands alone only where no report of ours is named beside it.
	 */
	size_t kept = 0;
	for (size_t i = 0; i < out->mention_count; i++) {
		bool covered = false;
		for (size_t j = 0; j < out->mention_count; j++)
			covered |= j != i && out->mentions[j].clause == out->mentions[i].clause &&
				   out->mentions[j].report >= 0;
		if (out->mentions[i].report >= 0 || !covered)
			out->mentions[kept++] = out->mentions[i];
	}
	out->mention_count = kept;
}

static bool is_same(const struct mention *one, const struct mention *other)
{
	return one->report == other->report && one->owed == other->owed;
}

int mentions_of_clause(const struct statements *statements, uint8_t clause)
{
	int here = -1, anywhere = -1;
	bool several_here = false, several = false;
	for (size_t i = 0; i < statements->mention_count; i++) {
		const struct mention *mention = &statements->mentions[i];
		if (mention->clause != clause && statements->clauses[mention->clause].asks)
			continue; /* what is asked about is another matter */
		if (mention->clause != clause && mention->report < 0)
			continue; /* "đừng trừ điểm thi đua" */
		if (mention->clause == clause) {
			several_here |= here >= 0 && !is_same(mention, &statements->mentions[here]);
			here = here < 0 ? (int)i : here;
		}
		several |= anywhere >= 0 && !is_same(mention, &statements->mentions[anywhere]);
		anywhere = anywhere < 0 ? (int)i : anywhere;
	}
	if (here >= 0)
		return several_here ? -1 : here;
	return several ? -1 : anywhere;
}
