/*
 * Owns: units and people that a text names.
 * May use: understand/scan.h.
 * Must not know: what is said of them.
 *
 * Names hold words of the vocabulary ("anh Năm", "Đình Phong"); here they are taken out of the way.
 */
#include "understand/scan.h"

#include <string.h>

#define NAME_WORDS_MAX 3
#define UNIT_WORDS_MAX 10

static const struct word *word_at(const struct scan *scan, size_t index)
{
	return index < scan->words.count ? &scan->words.items[index] : NULL;
}

/* How many words of a unit's name say what kind it is: "UBND xã Ngọc Côn" has two, and the "Phong"
 * of "Xã Phong Nậm" is none. */
static size_t kind_words(const uint64_t *keys, size_t count)
{
	static const char *const kinds[] = {"xa", "phuong", "phong"};
	size_t skipped = count > 1 && keys[0] == words_key_of_text("ubnd");
	if (count > skipped + 2 && keys[skipped] == words_key_of_text("thi") &&
	    keys[skipped + 1] == words_key_of_text("tran"))
		return skipped + 2;
	for (size_t i = 0; i < COUNT_OF(kinds) && skipped + 1 < count; i++)
		if (keys[skipped] == words_key_of_text(kinds[i]))
			return skipped + 1;
	return skipped;
}

static const char *without_kind(const char *name)
{
	static const char *const kinds[] = {
	    "UBND xã ", "Xã ", "xã ", "Thị trấn ", "Phường ", "thị trấn ", "phường "};
	for (size_t i = 0; i < COUNT_OF(kinds); i++)
		if (strncmp(name, kinds[i], strlen(kinds[i])) == 0)
			return name + strlen(kinds[i]);
	return name;
}

static bool behind_kind(const struct scan *scan, size_t index)
{
	return index > 0 &&
	       (scan_word_is(scan, index - 1, "xa") || scan_word_is(scan, index - 1, "tran") ||
		   scan_word_is(scan, index - 1, "phuong") ||
		   scan_word_is(scan, index - 1, "phong"));
}

/* The place of a unit's bare name; the count of its words, 0: it is not named. A name of one word
 * counts only behind "xã". */
static size_t find_name(const struct scan *scan, const char *name, size_t *first)
{
	uint64_t keys[UNIT_WORDS_MAX];
	size_t all = words_keys_of_name(
	    name, lexicon_letters(scan->context->vocabulary), keys, UNIT_WORDS_MAX);
	size_t kind = kind_words(keys, all), count = all - kind;
	for (size_t i = 0; count > 0 && i + count <= scan->words.count; i++) {
		size_t same = 0;
		while (same < count && !scan->taken[i + same] &&
		       scan->words.items[i + same].key == keys[kind + same])
			same++;
		if (same == count && (count > 1 || behind_kind(scan, i))) {
			*first = i;
			return count;
		}
	}
	return 0;
}

void scan_keep_unit(struct scan *scan, const char *name, const char *code, bool own)
{
	if (scan->unit_name != NULL &&
	    (scan->unit_code == NULL || code == NULL || strcmp(scan->unit_code, code) == 0))
		return;
	scan->several_units |= scan->unit_name != NULL && scan->unit_is_own && own;
	if (scan->unit_name != NULL && !scan->unit_is_own && own)
		return; /* whom it speaks for stays what was found first */
	scan->unit_name = name;
	scan->unit_code = code;
	scan->unit_is_own = own;
}

static void take_known(struct scan *scan)
{
	const struct understand_context *context = scan->context;
	for (size_t i = 0; i < context->obligation_count + context->unit_count; i++) {
		bool own = i < context->obligation_count;
		const char *name = own ? context->obligations[i].unit_name
				       : context->units[i - context->obligation_count].name;
		const char *code = own ? context->obligations[i].unit_code
				       : context->units[i - context->obligation_count].code;
		size_t first = 0;
		bool again =
		    own && i > 0 && strcmp(code, context->obligations[i - 1].unit_code) == 0;
		size_t count = name != NULL && !again ? find_name(scan, name, &first) : 0;
		if (count == 0)
			continue;
		scan_add(scan, CONCEPT_OWN_UNIT, first, count);
		scan_keep_unit(scan, without_kind(name), code, own);
	}
}

/* ── names that nobody knows ─────────────────────────────────────────────────────────────────── */

static bool is_any(const struct scan *scan, size_t index, const char *const *list)
{
	for (size_t i = 0; list[i] != NULL; i++)
		if (scan_word_is(scan, index, list[i]))
			return true;
	return false;
}

static bool is_unit_kind(const struct scan *scan, size_t index, size_t *length)
{
	static const char *const kinds[] = {"xa", "phuong", "truong", "thon", "xom", "ban", NULL};
	const struct word *word = word_at(scan, index);
	*length = 1;
	if (scan_word_is(scan, index, "tt") && index + 1 < scan->words.count &&
	    scan->words.items[index + 1].capital && !scan->taken[index])
		return true;
	if (scan_word_is(scan, index, "thi") && scan_word_is(scan, index + 1, "tran")) {
		*length = 2;
		return true;
	}
	/* "bạn", "bán", "trưởng" are no units. */
	return is_any(scan, index, kinds) && !scan->taken[index] &&
	       (word->tone == TONE_NONE || word->tone == TONE_TILDE || word->tone == TONE_HOOK ||
		   (word->marks & MARK_HORN) != 0) &&
	       !(scan_word_is(scan, index, "ban") && word->tone != TONE_HOOK) &&
	       !(scan_word_is(scan, index, "truong") && word->tone == TONE_HOOK);
}

static bool is_names_word(const struct scan *scan, size_t index, bool capitals)
{
	const struct word *word = word_at(scan, index);
	return word != NULL && !word->digits && !scan->taken[index] && word->gap == GAP_SPACE &&
	       (!capitals || word->capital);
}

/* Small letters without marks: two words that mean nothing else here, as most names are. */
static size_t small_name(const struct scan *scan, size_t index)
{
	static const char *const no_names[] = {"em", "minh", "toi", "da", "nop", "gui", "chua",
	    "roi", "se", "chau", "a", "va", "bao", "bc", "xin", "co", "dang", "nay", "khac", "ben",
	    "nao", "con", "ta", "khong", "ko", "thi", "lam", "cung", "ho", "hoi", "ve", "nhan",
	    "vua", "tui", "chung", "do", "cho", "van", "hom", "mai", "duoc", "dc", "nha", "cu",
	    "bi", "so", "thieu", "kinh", "anh", "chi", "can", "vang", "gap", "tu", "muon", "moi",
	    "chi", "o", "len", "mat", "den", "thu", "dau", "cuoi", "truoc", "sau", "tuan", "thang",
	    "ngay", "quy", "nam", "gia", "han", "lui", "hoan", "may", "k", "ok", "phai", "cam",
	    "het", "xong", "thong", "doi", "viet", "thuoc", "nho", "giup", "chuan", "du", "tham",
	    "di", "huy", "no", NULL};
	size_t count = 0;
	/* Written with all marks, a word of the vocabulary is itself, no name. */
	while (count < 2 && is_names_word(scan, index + count, false) &&
	       !(scan->exact && scan->candidates[index + count].count > 0) &&
	       !is_any(scan, index + count, no_names))
		count++;
	return count == 2 ? 2 : 0;
}

static size_t capital_name(const struct scan *scan, size_t index)
{
	size_t count = 0;
	while (count < NAME_WORDS_MAX && is_names_word(scan, index + count, true) &&
	       !(count > 0 && scan->words.items[index + count].shouted &&
		   !scan->words.items[index].shouted))
		count++;
	return count;
}

static bool is_shouted(const struct scan *scan)
{
	size_t capitals = 0, letters = 0;
	for (size_t i = 0; i < scan->words.count; i++) {
		letters += !scan->words.items[i].digits && scan->words.items[i].count > 1;
		capitals += scan->words.items[i].shouted;
	}
	return capitals * 3 > letters * 2 && letters > 3;
}

/* "Gửi Rồi Nhé": every word has its capital. */
static bool is_titled(const struct scan *scan)
{
	size_t capitals = 0, letters = 0;
	for (size_t i = 0; i < scan->words.count; i++) {
		letters += !scan->words.items[i].digits;
		capitals += scan->words.items[i].capital;
	}
	return capitals * 3 > letters * 2 && letters > 5;
}

static void take_unknown_units(struct scan *scan)
{
	bool shouted = is_shouted(scan);
	for (size_t i = 0; i < scan->words.count; i++) {
		size_t kind;
		if (!is_unit_kind(scan, i, &kind))
			continue;
		size_t at = i + kind;
		bool hamlet = scan_word_is(scan, i, "thon") || scan_word_is(scan, i, "xom") ||
			      scan_word_is(scan, i, "ban");
		size_t count = shouted ? small_name(scan, at) : capital_name(scan, at);
		if (count == 0 && !shouted && !hamlet)
			count = small_name(scan, at);
		if (count == 0)
			continue;
		bool school = scan_word_is(scan, i, "truong");
		bool commune = !scan_word_is(scan, i, "thon") && !scan_word_is(scan, i, "xom") &&
			       !scan_word_is(scan, i, "ban");
		scan_add(scan, commune ? CONCEPT_OWN_UNIT : CONCEPT_NAME, at, count);
		if (commune && scan->unit_name == NULL && !scan->words.items[at].quoted)
			scan_keep_unit(scan,
			    school ? scan_written(scan, i, kind + count)
				   : scan_written(scan, at, count),
			    NULL, false);
	}
}

/* "anh Năm", "chị Mai": behind how people are addressed, with a capital. */
static void take_people(struct scan *scan)
{
	static const char *const titles[] = {"anh", "chi", "co", "chu", "bac", "ong", "ba", "chau",
	    "thay", "dc", "c", "a", "em", "ten", "tich", "toan", "thu", "cu", "may", "la", "pct",
	    NULL};
	static const char *const weekdays[] = {"hai", "ba", "tu", "nam", "sau", "bay", NULL};
	bool shouted = is_shouted(scan) || is_titled(scan);
	for (size_t i = 1; i < scan->words.count && !shouted; i++) {
		const struct word *word = &scan->words.items[i];
		if (scan->taken[i] || scan->taken[i - 1] || word->digits || !word->capital ||
		    (word->shouted && word->count > 1) || word->gap != GAP_SPACE ||
		    !is_any(scan, i - 1, titles))
			continue;
		if (scan_word_is(scan, i - 1, "thu") && is_any(scan, i, weekdays))
			continue; /* "thứ Năm" */
		size_t count = capital_name(scan, i);
		if (count > 0)
			scan_add(scan, CONCEPT_NAME, i, count);
	}
}

/* "đi Hà Nội", "Nông Văn Páo": several capitals in a row, and no word of ours among them. */
static void take_proper_names(struct scan *scan)
{
	static const char *const ours[] = {"bao", "cao", "thang", "nam", "phong", "xa", "huyen",
	    "ubnd", "bc", "kinh", "gui", "so", "thu", "chi", "anh", "em", "da", "roi", "nop", "hoi",
	    "truong", "ban", "dang", "hdnd", "cam", "dau", "sau", "quy", "tong", "hanh", "dong",
	    "binh", "gioi", NULL};
	if (is_shouted(scan) || is_titled(scan))
		return;
	for (size_t i = 1; i < scan->words.count; i++) {
		size_t count = 0;
		while (i + count < scan->words.count && count < 4 &&
		       scan->words.items[i + count].capital &&
		       !(scan->words.items[i + count].shouted &&
			   scan->words.items[i + count].count > 1) &&
		       is_names_word(scan, i + count, true) && !is_any(scan, i + count, ours))
			count++;
		if (count >= 2)
			scan_add(scan, CONCEPT_NAME, i, count);
		i += count;
	}
}

/* "ldtbxh.tk@caobang.gov.vn" */
static void take_mail_addresses(struct scan *scan)
{
	for (size_t i = 1; i < scan->words.count; i++) {
		size_t first = i - 1, end = i + 1;
		if (scan->words.items[i].gap != GAP_AT || scan->taken[i] || scan->taken[i - 1])
			continue;
		while (first > 0 && !scan->words.items[first].spaced && !scan->taken[first - 1] &&
		       scan->words.items[first].gap <= GAP_DOT)
			first--;
		while (end < scan->words.count && !scan->words.items[end].spaced &&
		       !scan->taken[end] && scan->words.items[end].gap <= GAP_DOT)
			end++;
		scan_add(scan, CONCEPT_NAME, first, end - first);
	}
}

void scan_take_units(struct scan *scan)
{
	take_mail_addresses(scan);
	take_known(scan);
	take_unknown_units(scan);
	take_people(scan);
	take_proper_names(scan);
}
