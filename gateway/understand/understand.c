/*
 * Owns: the order in which a text is looked at, and the names of intents.
 * May use: base/, text/, understand/.
 * Must not know: I/O, clocks, how to answer.
 */
#include "understand/understand.h"

#include "understand/weigh.h"

#include <string.h>

static const char *const names[INTENT_COUNT] = {"unknown", "confirm", "not-yet",
    "extension-request", "cancel", "attend", "absent", "status", "help", "opt-out", "opt-in",
    "question", "acknowledge", "advert", "register", "link", "approve", "refuse"};

const char *intent_name(enum intent intent)
{
	return names[intent];
}

/* ── quotations of our own texts ─────────────────────────────────────────────────────────────── */

/* What may follow "xong nhắn:" in our reminders. */
static bool is_form(const struct scan *scan, const struct item *item)
{
	return item_is(item, CONCEPT_REPORT) || item->concept == CONCEPT_NAMED_REPORT ||
	       item_is(item, CONCEPT_NUMBER_WORD) || item_is(item, CONCEPT_HALF) ||
	       scan_word_is(scan, item->first, "ma") || item_is(item, CONCEPT_DATE) ||
	       item_is(item, CONCEPT_OURS) || item_is(item, CONCEPT_HELP);
}

/* "P.LĐTBXH Trùng Khánh: …" */
static bool is_signed_by_us(const struct scan *scan)
{
	if (scan->item_count < 2 || scan->items[0].concept != CONCEPT_PLACE ||
	    scan->words.items[0].quoted)
		return false;
	for (size_t i = 1; i < scan->item_count && i <= 4; i++)
		if (scan->words.items[scan->items[i].first].gap == GAP_COLON)
			return true;
	return false;
}

/* Everything up to the last turn of phrase that is ours is quoted. */
static void set_quotation_apart(struct weighing *work)
{
	struct scan *scan = &work->scan;
	size_t end = 0;
	bool all = true; /* "Rồi" in quotation marks, and nothing else */
	for (size_t i = 0; i < scan->item_count; i++)
		all &= scan->words.items[scan->items[i].first].quoted;
	for (size_t i = 0; i < scan->words.count && all; i++)
		scan->words.items[i].quoted = false;
	for (size_t i = 0; i < scan->item_count; i++)
		if (item_is(&scan->items[i], CONCEPT_OURS) &&
		    !scan->words.items[scan->items[i].first].quoted)
			end = i + 1;
	if (end == 0 && is_signed_by_us(scan))
		end = scan->item_count;
	work->has_quotation = end > 0;
	while (end > 0 && end < scan->item_count && is_form(scan, &scan->items[end]))
		end++;
	for (size_t i = 0; i < scan->item_count; i++) {
		const struct item *item = &scan->items[i];
		bool quoted = i < end || scan->words.items[item->first].quoted;
		if (!quoted)
			continue;
		scan->words.items[item->first].quoted = true;
		if (item->concept == CONCEPT_NAMED_REPORT && scan->reports[item->value].owed)
			work->quoted_report = item->value;
	}
}

/* What is quoted is not said. */
static void drop_quoted(struct scan *scan)
{
	size_t kept = 0;
	for (size_t i = 0; i < scan->item_count; i++)
		if (!scan->words.items[scan->items[i].first].quoted)
			scan->items[kept++] = scan->items[i];
	scan->item_count = kept;
}

/* ── the order ───────────────────────────────────────────────────────────────────────────────── */

static void scan_text(struct weighing *work, const char *text)
{
	struct scan *scan = &work->scan;
	scan->arena = work->arena;
	scan->text = text;
	scan->context = work->context;
	scan->document_day = WALL_NEVER;
	work->quoted_report = -1;
	words_read(&scan->words, text, lexicon_letters(work->context->vocabulary));
	scan_mend_spelling(scan);
	scan_take_documents(scan);
	scan_take_days(scan);
	scan_take_reports(scan);
	scan_take_units(scan);
	scan_take_figures(scan);
	scan_cover(scan);
	scan_name_agencies(scan);
	scan_take_bare_number(scan);
	scan_resolve_days(scan);
	set_quotation_apart(work);
	drop_quoted(scan);
	statements_find(scan, &work->statements);
	weigh_begin(work);
}

static void read_text(struct weighing *work)
{
	typedef bool weigh_fn(struct weighing * work);
	static weigh_fn *const order[] = {weigh_answer, weigh_code, weigh_advert, weigh_command,
	    weigh_decision, weigh_silence, weigh_misdirected, weigh_how, weigh_cancel,
	    weigh_extension, weigh_claim, weigh_attendance, weigh_asking, weigh_later,
	    weigh_courtesy};
	if (work->context->sender_is_robot) {
		weigh_add(work, INTENT_ADVERT, CERTAIN, "the sender is a service, not a person");
		return;
	}
	for (size_t i = 0; i < COUNT_OF(order); i++)
		if (order[i](work))
			return;
	struct reading *reading =
	    weigh_add(work, INTENT_UNKNOWN, 0, "nothing that says what is meant");
	weigh_set_named(work, reading);
}

/* ── what is said first, and sure ────────────────────────────────────────────────────────────── */

/* "BC 6T 5/BC-UBND. Cho em hỏi …": the clause where the sentence begins that asks; 0: none. */
static size_t asking_part(const struct weighing *work)
{
	const struct statements *statements = &work->statements;
	for (size_t i = 1; i < statements->clause_count; i++) {
		const struct item *item = &work->scan.items[statements->clauses[i].first];
		const struct word *word = &work->scan.words.items[item->first];
		if (statements->clauses[i - 1].asks)
			return 0;
		if (word->gap >= GAP_COMMA && word->spaced)
			return i;
	}
	return 0;
}

/* "BC 6T số 12, còn năm mai gửi": the clause that begins with the other report; 0: none. */
static size_t other_part(const struct weighing *work)
{
	const struct statements *statements = &work->statements;
	const char *code = work->readings[0].report_code;
	for (size_t i = 0; code != NULL && i < statements->mention_count; i++) {
		const struct mention *mention = &statements->mentions[i];
		if (mention->report >= 0 &&
		    strcmp(work->scan.reports[mention->report].code, code) == 0)
			return mention->clause;
	}
	return 0;
}

static bool asks(enum intent intent)
{
	return intent == INTENT_QUESTION || intent == INTENT_HELP || intent == INTENT_STATUS;
}

static struct weighing *read_part(const struct weighing *work, const char *text)
{
	struct weighing *part = arena_alloc(work->arena, sizeof *part);
	part->arena = work->arena;
	part->context = work->context;
	scan_text(part, text);
	read_text(part);
	return part;
}

static void put_first(struct weighing *work, const struct reading *first)
{
	work->readings[1] = work->readings[0];
	work->readings[1].document_number = NULL;
	work->readings[0] = *first;
	work->count = work->said = 2;
}

/* "BC 6T 5/BC-UBND, em sẽ dự lễ ra quân": as a whole nothing; the parts are a claim and an answer.
 */
static void read_apart(struct weighing *work, size_t from, const struct reading *first)
{
	const char *slash =
	    first->document_number != NULL ? strchr(first->document_number, '/') : NULL;
	if (slash == NULL)
		return;
	const struct weighing *rest = read_part(work, work->scan.text + from);
	enum intent intent = rest->readings[0].intent;
	if ((intent != INTENT_ATTEND && intent != INTENT_ABSENT && !asks(intent)) ||
	    rest->readings[0].confidence < RATHER)
		return;
	work->readings[0] = rest->readings[0];
	put_first(work, first);
}

/* A sure claim in front of a question, of what is said of another report, of an answer to an
 * invitation, is said as well. */
static void read_first_part(struct weighing *work)
{
	enum intent intent = work->readings[0].intent;
	bool later = intent == INTENT_NOT_YET || intent == INTENT_EXTENSION_REQUEST;
	bool nothing = intent == INTENT_UNKNOWN && work->readings[0].confidence == 0 &&
		       work->scan.document_number != NULL && work->statements.clause_count > 1;
	size_t clause = work->count != 1 ? 0
			: asks(intent)   ? asking_part(work)
			: later          ? other_part(work)
			: nothing        ? 1
					 : 0;
	if (clause == 0)
		return;
	const struct item *item = &work->scan.items[work->statements.clauses[clause].first];
	size_t end = work->scan.words.items[item->first].from;
	const struct weighing *part =
	    read_part(work, arena_copy_bytes(work->arena, work->scan.text, end));
	const struct reading *first = &part->readings[0];
	const char *code = work->readings[0].report_code;
	bool denies = asks(intent) && first->intent == INTENT_NOT_YET && part->statements.count > 0;
	if ((first->intent != INTENT_CONFIRM && !denies) || first->confidence < CONFIDENCE_SURE ||
	    (later && (first->report_code == NULL || strcmp(first->report_code, code) == 0)))
		return;
	if (nothing)
		read_apart(work, end, first);
	else
		put_first(work, first);
}

struct readings understand(
    struct arena *arena, const char *text, const struct understand_context *context)
{
	struct weighing *work = arena_alloc(arena, sizeof *work);
	work->arena = arena;
	work->context = context;
	scan_text(work, text);
	read_text(work);
	read_first_part(work);
	return (struct readings){.items = work->readings,
	    .count = work->count,
	    .said = work->said,
	    .with_marks = work->scan.words.marked > 0};
}
