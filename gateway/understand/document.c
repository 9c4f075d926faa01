/*
 * Owns: document numbers: "45/BC-UBND", "số 45", "45 bc ubnd" (Decree 30/2020, annex I).
 * May use: understand/scan.h.
 * Must not know: intents.
 *
 * A number that is somebody else's ("thực hiện CV số 211/UBND-LĐTBXH của huyện") is taken out of
 * the way, but is not the report's.
 */
#include "understand/scan.h"

#include <stdio.h>
#include <string.h>

#define SYMBOL_PART_MAX 12
#define NUMBER_DIGITS_MAX 5
#define NUMBER_BYTES_MAX 150

static const char *const types[] = {"bc", "cv", "kh", "qd", "tb", "ttr", "bb", "nq", "gm", "ct",
    "nd", "tt", "vp", "hd", "ubnd", "hdnd", "bcth", "bctk", "pldtbxh", "bcubnd", NULL};
static const char *const bodies[] = {"ubnd", "hdnd", "vhxh", "ldtbxh", "pldtbxh", "vp", "ubndx",
    "tgv", "lhpn", "hlhpn", "hnd", "dtn", "ccb", "ubmttq", "mttq", "thcs", "pgd", "gddt", "phc",
    "pvhtt", "vhtt", "tp", "nnptnt", "tnmt", "yt", "nv", "tckh", "ktht", "dt", "th", "tyt", "ca",
    "tr", NULL};
static const char *const never_in_symbol[] = {"chua", "chx", "khong", "ko", "mai", "se", "sap",
    "dang", "dinh", "gui", "nop", "da", "roi", "xong", "huy", "neu", NULL};
/* What "số" counts or names that is no document. */
static const char *const other_numbers[] = {"mau", "bieu", "muc", "cau", "phong", "nha", "trang",
    "phan", "dt", "dien", "thoai", "sdt", "yeu", "cau", "duyet", "khong", "may", "mot", "doi", "bi",
    "khu", "tuyen", "ap", "cum", "kho", "lop", "to", "chot", "qltt", "lan", "loai", NULL};
/* "biểu 01/BĐG" */
static const char *const forms[] = {"bieu", "mau", "muc", "luc", "phieu", NULL};
static const char *const counted[] = {"nguoi", "lop", "trang", "ban", "cuoc", "vu", "ho", "xom",
    "thon", "ngay", "hom", "tuan", "thang", "gio", "phut", "trieu", "nghin", "k", "dong", "cai",
    "nu", "nam", "hoc", "hs", "diem", "ca", "can", "buoi", "bua", "lan", "h", "g", "%", "phu",
    "don", "xa", "doan", NULL};

static bool is_one_of(const struct scan *scan, size_t index, const char *const *list)
{
	for (size_t i = 0; list[i] != NULL; i++)
		if (scan_word_is(scan, index, list[i]))
			return true;
	return false;
}

/* A number while it is put together; what does not fit any more is left out. */
struct number {
	char text[NUMBER_BYTES_MAX + 1];
	size_t length;
};

static void clear(struct number *number)
{
	number->length = 0;
	number->text[0] = '\0';
}

static void add_text(struct number *number, const char *text)
{
	size_t more = strlen(text);
	if (number->length + more > NUMBER_BYTES_MAX)
		return;
	memcpy(number->text + number->length, text, more + 1);
	number->length += more;
}

static void add_char(struct number *number, char c)
{
	add_text(number, (const char[]){c, '\0'});
}

static const struct word *word_at(const struct scan *scan, size_t index)
{
	static const struct word none = {.gap = GAP_LINE};
	return index < scan->words.count ? &scan->words.items[index] : &none;
}

static bool is_number(const struct scan *scan, size_t index)
{
	const struct word *word = word_at(scan, index);
	return index < scan->words.count && word->digits && !scan->taken[index] &&
	       word->count <= NUMBER_DIGITS_MAX;
}

static bool is_year(const struct word *word)
{
	return word->digits && word->count == 4 && word->value >= 1990 && word->value < 2100;
}

/* "BCUBND": where the type ends; 0: it is one. */
static size_t glued_type(const char *plain)
{
	if (strncmp(plain, "bc", 2) != 0)
		return 0;
	for (size_t i = 0; bodies[i] != NULL; i++)
		if (strcmp(plain + 2, bodies[i]) == 0 && plain[3] != '\0')
			return 2;
	return 0;
}

/* Letters of a symbol in capitals; Đ stays, and TTr is written so. */
static void add_part(
    const struct scan *scan, const struct word *word, bool type, struct number *out)
{
	const struct letter *letters = scan->words.letters + word->first;
	char plain[WORD_LETTERS_MAX + 1];
	words_plain(&scan->words, word, plain);
	if (type && strcmp(plain, "ttr") == 0) {
		add_text(out, "TTr");
		return;
	}
	size_t glued = type ? glued_type(plain) : 0;
	for (size_t i = 0; i < word->count; i++) {
		if (i == glued && i > 0)
			add_char(out, '-');
		if (letters[i].marks & MARK_BAR)
			add_text(out, "Đ");
		else
			add_char(out, letters[i].base >= 'a' ? (char)(letters[i].base - 'a' + 'A')
							     : letters[i].base);
	}
}

/* However wide they are written. */
static const char *plain_digits(const struct scan *scan, size_t index)
{
	char plain[WORD_LETTERS_MAX + 1];
	words_plain(&scan->words, &scan->words.items[index], plain);
	return arena_copy(scan->arena, plain);
}

/* May the word go on with the symbol that ends before it? */
static bool is_part(const struct scan *scan, size_t index)
{
	const struct word *word = word_at(scan, index);
	if (index >= scan->words.count || scan->taken[index] || word->count > SYMBOL_PART_MAX ||
	    is_one_of(scan, index, never_in_symbol))
		return false;
	if (word->gap == GAP_DOT && !word->spaced)
		return is_one_of(scan, index, bodies) || (word->shouted && word->count >= 2);
	if (word->gap == GAP_DASH || word->gap == GAP_SLASH)
		return word->spaced ? is_one_of(scan, index, bodies) : !word->digits;
	if (word->from > 0 && scan->text[word->from - 1] == '&')
		return !word->spaced;
	return (word->gap == GAP_SPACE || word->gap == GAP_NONE) && is_one_of(scan, index, bodies);
}

/* "BC-TAKV3" */
static bool ends_in_digits(const struct scan *scan, size_t index)
{
	const struct word *word = word_at(scan, index);
	return word->digits && word->gap == GAP_NONE && word->count <= 2 && index > 0 &&
	       !scan->taken[index] && word_at(scan, index - 1)->shouted;
}

/* The symbol from `index` on; returns how many words it takes, 0: there is none. */
static size_t read_symbol(
    const struct scan *scan, size_t index, bool behind_slash, struct number *out)
{
	const struct word *word = word_at(scan, index);
	if (index >= scan->words.count || word->digits || scan->taken[index])
		return 0;
	bool type = is_one_of(scan, index, types);
	enum gap next = (enum gap)word_at(scan, index + 1)->gap;
	bool linked = (next == GAP_DASH || next == GAP_DOT) && is_part(scan, index + 1);
	bool shouted = word->shouted && word->count >= 2;
	if (!type && !(behind_slash && (linked || shouted) && !word->spaced && word->count <= 8))
		return 0;
	size_t count = 1;
	add_part(scan, word, true, out);
	while (is_part(scan, index + count) || ends_in_digits(scan, index + count)) {
		size_t from = word_at(scan, index + count)->from;
		char before =
		    from > 0 ? scan->text[from - 1] : ' '; /* a glued word has one place */
		if (ends_in_digits(scan, index + count)) {
			add_text(out, scan_written(scan, index + count++, 1));
			continue;
		}
		add_char(out, before == '&'                           ? '&'
			      : before == '.' && (count > 1 || !type) ? '.'
								      : '-');
		add_part(scan, word_at(scan, index + count), false, out);
		count++;
	}
	return behind_slash || count > 1 ? count : 0;
}

/* "45/BC-UBND", "12/2026/BC-UBND", "45 BC-UBND"; returns how many words it takes. */
static size_t read_number(const struct scan *scan, size_t index, struct number *out)
{
	size_t at = index + 1;
	bool behind_slash =
	    word_at(scan, index)->gap == GAP_SLASH && index > 0 && word_at(scan, index - 1)->digits;
	if (!is_number(scan, index) || behind_slash)
		return 0;
	if (word_at(scan, index)->value == 0)
		return 0;
	add_text(out, plain_digits(scan, index));
	bool slash = word_at(scan, at)->gap == GAP_SLASH;
	if (slash && is_year(word_at(scan, at)) && word_at(scan, at + 1)->gap <= GAP_SLASH &&
	    at + 1 < scan->words.count) {
		add_char(out, '/');
		add_text(out, scan_written(scan, at, 1));
		at++;
	}
	enum gap gap = (enum gap)word_at(scan, at)->gap;
	slash = slash || gap == GAP_SLASH || word_at(scan, at + 1)->gap == GAP_SLASH;
	if (gap > GAP_SLASH || gap == GAP_SIGN)
		return 0;
	add_char(out, '/');
	size_t symbol = read_symbol(scan, at, slash, out);
	return symbol == 0 ? 0 : at - index + symbol;
}

/* The number of a paper that the text only refers to. */
static bool is_others(const struct scan *scan, size_t first, size_t count)
{
	static const char *const theirs[] = {
	    "cua huyen", "cua phong", "cua so", "cua tinh", "cua ubnd huyen", "cua pldtbxh", NULL};
	static const char *const referring[] = {
	    "theo", "can cu", "thuc hien", "tra loi", "nghi dinh", "thong tu", "quyet dinh", NULL};
	for (size_t i = 0; theirs[i] != NULL; i++)
		if (scan_match_key(scan, first + count, theirs[i], strlen(theirs[i])) > 0)
			return true;
	for (size_t back = 1; back <= 4 && back <= first; back++)
		for (size_t i = 0; referring[i] != NULL; i++)
			if (scan_match_key(scan, first - back, referring[i], strlen(referring[i])) >
			    0)
				return true;
	return false;
}

static bool is_report_number(const char *number)
{
	return strstr(number, "/BC") != NULL;
}

static void note(struct scan *scan, struct item *item, const char *number)
{
	item->value = SCAN_DOCUMENTS_MAX;
	if (item->concept != CONCEPT_DOCUMENT || scan->document_count == SCAN_DOCUMENTS_MAX)
		return;
	item->value = (int)scan->document_count;
	scan->documents[scan->document_count++] = number;
}

static void keep(struct scan *scan, const char *number, size_t first, size_t count)
{
	bool others = is_others(scan, first, count);
	bool better = scan->document_number == NULL ||
		      (is_report_number(number) && !is_report_number(scan->document_number));
	note(
	    scan, scan_add(scan, others ? CONCEPT_FILLER : CONCEPT_DOCUMENT, first, count), number);
	if (!others && better)
		scan->document_number = number;
}

/* "số 39, ký hiệu BC-UBND", "BC-UBND số 76": the symbol stands apart. */
static const char *with_symbol(struct scan *scan, const char *number)
{
	struct number symbol;
	for (size_t i = 0; i < scan->words.count; i++) {
		clear(&symbol);
		size_t count = scan->taken[i] ? 0 : read_symbol(scan, i, false, &symbol);
		if (count < 2 || word_at(scan, i + 1)->gap != GAP_DASH)
			continue;
		scan_add(scan, CONCEPT_DOCUMENT_WORD, i, count);
		return arena_printf(scan->arena, "%s/%s", number, symbol.text);
	}
	return number;
}

/* "số công văn là 45": the word "số" up to four words before "là"; else where it was looked for. */
static size_t said_before_is(const struct scan *scan, size_t index)
{
	for (size_t back = 1; scan_word_is(scan, index, "la") && back <= 4 && back <= index; back++)
		if (scan_word_is(scan, index - back, "so"))
			return index - back;
	return index;
}

/* "số 45", "số vb: 45": not a telephone's, a form's, a count's. */
static void take_said(struct scan *scan)
{
	static const char *const dated[] = {"gui", "ky", "ban", "phat", "nop", NULL};
	static const char *const between[] = {"vb", "cv", "hieu", "bc", "la", "di", "den", NULL};
	for (size_t i = 1; i < scan->words.count; i++) {
		size_t so = i - 1;
		if (so > 0 && is_one_of(scan, so, between) && scan_word_is(scan, so - 1, "so"))
			so--;
		const struct word *number = word_at(scan, i);
		bool paper = scan_word_is(scan, so, "vb") || scan_word_is(scan, so, "cv");
		so = said_before_is(scan, so);
		bool said = (scan_word_is(scan, so, "so") || paper) && !scan->taken[so] &&
			    word_at(scan, so)->tone != TONE_HOOK;
		bool day = (scan_word_is(scan, i + 1, "ngay") &&
			       (word_at(scan, i + 2)->digits || is_one_of(scan, i + 2, dated))) ||
			   (scan_word_is(scan, i + 1, "nam") && is_year(word_at(scan, i + 2)));
		bool choice = number->value <= scan->context->question.count ||
			      (is_year(number) && word_at(scan, i + 1)->gap == GAP_DOT);
		if (!said || !is_number(scan, i) || number->count > 4 || choice ||
		    number->gap >= GAP_DOT ||
		    (so > 0 && word_at(scan, so)->gap < GAP_COMMA &&
			is_one_of(scan, so - 1, other_numbers)) ||
		    (so > 1 && scan_word_is(scan, so - 1, "nhan") &&
			scan_word_is(scan, so - 2, "bien")) ||
		    (word_at(scan, i + 1)->gap <= GAP_SPACE && is_one_of(scan, i + 1, counted) &&
			!day) ||
		    (word_at(scan, i + 1)->gap == GAP_COLON && word_at(scan, i + 1)->digits) ||
		    word_at(scan, i + 1)->gap == GAP_SLASH || word_at(scan, i + 1)->gap == GAP_NONE)
			continue;
		keep(scan, with_symbol(scan, plain_digits(scan, i)), so, i + 1 - so);
	}
}

static bool speaks_of_papers(const struct scan *scan)
{
	static const char *const papers[] = {"bc", "bao", "cv", "vb", "van", "gui", "nop", "thang",
	    "t", "nam", "xong", "roi", "chuyen", NULL};
	static const char *const decisions[] = {"duyet", "choi", "yc", NULL};
	bool speaks = scan_word_is(scan, 0, "so") && scan->words.count <= 6; /* "Số 45 ạ" */
	for (size_t i = 0; i < scan->words.count; i++) {
		speaks |= is_one_of(scan, i, papers);
		if ((i < 2 || scan_word_is(scan, i, "yc")) && is_one_of(scan, i, decisions))
			return false;
	}
	return speaks;
}

/* One to nine, as they are said alone and behind "mươi"; 0: none. */
static int spelled_digit(const struct scan *scan, size_t index)
{
	static const char *const words[] = {
	    "mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin", NULL};
	for (int i = 0; words[i] != NULL; i++)
		if (scan_word_is(scan, index, words[i]))
			return i + 1;
	return scan_word_is(scan, index, "tu") ? 4 : scan_word_is(scan, index, "lam") ? 5 : 0;
}

/* "số mười bốn", "số ba mươi hai"; one word alone may be much else. */
static void take_spelled(struct scan *scan)
{
	for (size_t so = 0; so + 2 < scan->words.count; so++) {
		int tens = scan_word_is(scan, so + 1, "muoi") ? 1 : spelled_digit(scan, so + 1);
		size_t next = so + 2;
		if (!scan_word_is(scan, so, "so") || scan->taken[so] || tens == 0)
			continue;
		if (tens != 1 || !scan_word_is(scan, so + 1, "muoi")) {
			if (!scan_word_is(scan, next, "muoi"))
				continue;
			next++;
		}
		int units = spelled_digit(scan, next);
		if (units == 0 && next == so + 2)
			continue;
		keep(scan, arena_printf(scan->arena, "%d", tens * 10 + units), so,
		    next + (units > 0) - so);
		return;
	}
}

/* "BC-UBND 45 đã gửi" */
static bool is_behind_symbol(const struct scan *scan, size_t index)
{
	const struct word *word = word_at(scan, index), *next = word_at(scan, index + 1);
	return word->count <= 4 && !is_year(word) && word->value > 0 && word->gap == GAP_SPACE &&
	       next->gap != GAP_SLASH && next->gap != GAP_NONE &&
	       !(next->gap <= GAP_SPACE && is_one_of(scan, index + 1, counted));
}

void scan_take_documents(struct scan *scan)
{
	struct number number;
	bool digits = false;
	for (size_t i = 0; i < scan->words.count; i++)
		digits |= scan->words.items[i].digits || scan_word_is(scan, i, "muoi");
	if (!digits)
		return;
	for (size_t i = 0; i < scan->words.count; i++) {
		clear(&number);
		size_t symbol = read_symbol(scan, i, false, &number);
		if (symbol > 1 && is_number(scan, i + symbol) &&
		    is_behind_symbol(scan, i + symbol)) {
			keep(scan,
			    arena_printf(
				scan->arena, "%s/%s", plain_digits(scan, i + symbol), number.text),
			    i, symbol + 1);
			i += symbol;
			continue;
		}
		clear(&number);
		size_t count = read_number(scan, i, &number);
		if (count == 0 || (i > 0 && is_one_of(scan, i - 1, forms)))
			continue;
		size_t first = i;
		bool said = i > 0 && scan_word_is(scan, i - 1, "so") && !scan->taken[i - 1];
		keep(scan, arena_copy(scan->arena, number.text), first - said, count + said);
		i += count - 1;
	}
	if (scan->document_number == NULL && speaks_of_papers(scan)) {
		take_said(scan);
		take_spelled(scan);
	}
}

/* ── "BC 6T 45" ──────────────────────────────────────────────────────────────────────────────── */

static bool names_report(const struct item *item)
{
	return item->concept == CONCEPT_NAMED_REPORT || item_is(item, CONCEPT_HALF) ||
	       item_is(item, CONCEPT_YEAR);
}

static bool speaks_of_report(const struct scan *scan)
{
	for (size_t i = 0; i < scan->item_count; i++)
		if (item_is(&scan->items[i], CONCEPT_REPORT))
			return true;
	return false;
}

/* "6T 88": the code is no word that a number could follow. */
static bool is_digit_code(const struct scan *scan, const struct item *item)
{
	return item->concept == CONCEPT_NAMED_REPORT && scan->words.items[item->first].digits &&
	       item->count <= 2;
}

/* May follow the number of a report; anything else could be what the number counts. */
static bool may_follow(const struct scan *scan, size_t index)
{
	static const enum concept following[] = {CONCEPT_POLITE, CONCEPT_ADDRESS, CONCEPT_SELF,
	    CONCEPT_ALREADY, CONCEPT_DATE, CONCEPT_YES, CONCEPT_DAY_WORD, CONCEPT_SEND,
	    CONCEPT_PAST, CONCEPT_WRONG, CONCEPT_TAG, CONCEPT_NAMED_REPORT, CONCEPT_HALF,
	    CONCEPT_UNIT, CONCEPT_NUMBER_WORD};
	if (index >= scan->item_count)
		return true;
	const struct item *item = &scan->items[index];
	if (scan->words.items[item->first].gap >= GAP_COMMA)
		return true;
	for (size_t i = 0; i < COUNT_OF(following); i++)
		if (item_is(item, following[i]))
			return true;
	return false;
}

/* "Xong 6t. 45.": a short text that ends in it. */
static bool is_lone_number(const struct scan *scan, size_t index)
{
	const struct word *word = &scan->words.items[scan->items[index].first];
	bool report = false;
	for (size_t i = 0; i < index; i++) {
		report |= names_report(&scan->items[i]);
		if (!names_report(&scan->items[i]) && !item_is(&scan->items[i], CONCEPT_DONE) &&
		    !item_is(&scan->items[i], CONCEPT_ALREADY) &&
		    !item_is(&scan->items[i], CONCEPT_SEND) &&
		    !item_is(&scan->items[i], CONCEPT_PAST) &&
		    !item_is(&scan->items[i], CONCEPT_REPORT))
			return false;
	}
	return report && index + 1 == scan->item_count && word->count >= 2 && word->count <= 4 &&
	       (word->gap == GAP_DOT || word->gap == GAP_COMMA || word->gap == GAP_COLON) &&
	       word->spaced;
}

void scan_take_bare_number(struct scan *scan)
{
	for (size_t i = 1; i < scan->item_count && scan->document_number == NULL; i++) {
		struct item *item = &scan->items[i];
		const struct item *before = &scan->items[i - 1];
		const struct word *word = &scan->words.items[item->first];
		bool is = i > 1 && scan_word_is(scan, before->first, "la") &&
			  names_report(&scan->items[i - 2]);
		bool behind = names_report(before) || item_is(before, CONCEPT_REPORT) || is;
		bool bare_code = i == 1 && before->concept == CONCEPT_NAMED_REPORT;
		size_t behind_word = item->first + item->count;
		bool glued = behind_word < scan->words.count &&
			     scan->words.items[behind_word].gap == GAP_NONE;
		if (item->concept == CONCEPT_NUMBER && !glued && !is_year(word) &&
		    is_lone_number(scan, i)) {
			item->concept = CONCEPT_DOCUMENT;
			scan->document_number = plain_digits(scan, item->first);
			note(scan, item, scan->document_number);
			return;
		}
		if (item->concept != CONCEPT_NUMBER || word->count > 4 || is_year(word) || glued ||
		    !behind || word->gap >= GAP_DOT || word->gap == GAP_SLASH ||
		    (!speaks_of_report(scan) && !bare_code && !is_digit_code(scan, before)) ||
		    !may_follow(scan, i + 1))
			continue;
		item->concept = CONCEPT_DOCUMENT;
		scan->document_number = plain_digits(scan, item->first);
		note(scan, item, scan->document_number);
	}
}
