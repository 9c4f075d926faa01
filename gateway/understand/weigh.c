/*
 * Owns: what the kinds of readings have in common.
 * May use: understand/weigh.h.
 * Must not know: the kinds.
 */
#include "understand/weigh.h"

#include "base/buffer.h"

#include <string.h>

const struct understand_obligation *weigh_obligation(const struct weighing *work, int64_t id)
{
	for (size_t i = 0; i < work->context->obligation_count; i++)
		if (work->context->obligations[i].id == id)
			return &work->context->obligations[i];
	return NULL;
}

size_t weigh_count(const struct weighing *work, enum concept concept)
{
	size_t count = 0;
	for (size_t i = 0; i < work->scan.item_count; i++)
		count += item_is(&work->scan.items[i], concept) &&
			 !work->scan.words.items[work->scan.items[i].first].quoted;
	return count;
}

static void note(struct weighing *work, uint8_t concept)
{
	work->present[concept / 64] |= UINT64_C(1) << concept % 64;
}

void weigh_begin(struct weighing *work)
{
	for (size_t i = 0; i < work->scan.item_count; i++) {
		const struct item *item = &work->scan.items[i];
		note(work, item->concept);
		for (size_t j = 0; j < LEXICON_CONCEPTS_MAX - 1; j++)
			note(work, item->others[j].concept);
	}
}

bool weigh_has(const struct weighing *work, enum concept concept)
{
	return work->present[concept / 64] >> concept % 64 & 1;
}

bool weigh_has_any(const struct weighing *work, const enum concept *concepts)
{
	for (size_t i = 0; concepts[i] != CONCEPT_NONE; i++)
		if (weigh_has(work, concepts[i]))
			return true;
	return false;
}

bool weigh_says_nothing(const struct item *item)
{
	return item_is(item, CONCEPT_POLITE) || item_is(item, CONCEPT_SELF) ||
	       item_is(item, CONCEPT_ADDRESS) || item_is(item, CONCEPT_NAME) ||
	       item_is(item, CONCEPT_FILLER) || item_is(item, CONCEPT_TITLE) ||
	       item_is(item, CONCEPT_GREETING);
}

static bool is_listed(const struct item *item, const enum concept *concepts)
{
	if (weigh_says_nothing(item))
		return true;
	for (size_t i = 0; concepts[i] != CONCEPT_NONE; i++)
		if (item_is(item, concepts[i]))
			return true;
	return false;
}

bool weigh_only(const struct weighing *work, const enum concept *concepts)
{
	for (size_t i = 0; i < work->scan.item_count; i++)
		if (!is_listed(&work->scan.items[i], concepts))
			return false;
	return true;
}

bool weigh_only_known(const struct weighing *work, const enum concept *concepts)
{
	for (size_t i = 0; i < work->scan.item_count; i++)
		if (work->scan.items[i].concept != CONCEPT_NONE &&
		    !is_listed(&work->scan.items[i], concepts))
			return false;
	return true;
}

size_t weigh_unknown(const struct weighing *work)
{
	size_t count = 0;
	for (size_t i = 0; i < work->scan.item_count; i++)
	count += work->scan.items[i].concept == CONCEPT_NONE;
	return count;
}

const char *weigh_words_of(struct weighing *work, size_t item)
{
	return scan_written(
	    &work->scan, work->scan.items[item].first, work->scan.items[item].count);
}

const char *weigh_unknown_words(struct weighing *work)
{
	char list[200];
	size_t length = 0;
	for (size_t i = 0; i < work->scan.item_count; i++) {
		if (work->scan.items[i].concept != CONCEPT_NONE)
			continue;
		const char *word = weigh_words_of(work, i);
		size_t more = strlen(word);
		if (length + more + 2 > sizeof list)
			break;
		if (length > 0)
			list[length++] = ' ';
		memcpy(list + length, word, more);
		length += more;
	}
	return arena_copy_bytes(work->arena, list, length);
}

/* ── readings ────────────────────────────────────────────────────────────────────────────────── */

struct reading *weigh_add(
    struct weighing *work, enum intent intent, int confidence, const char *evidence)
{
	const struct understand_context *context = work->context;
	struct reading *reading = &work->readings[work->count++];
	*reading = (struct reading){.intent = intent,
	    .confidence = confidence,
	    .promised = WALL_NEVER,
	    .sent_on = WALL_NEVER,
	    .document_number = work->scan.document_number,
	    .evidence = evidence};
	reading->obligations = arena_alloc(
	    work->arena, (context->obligation_count + context->event_count + 2) * sizeof(int64_t));
	work->said = work->count;
	weigh_set_unit(work, reading);
	return reading;
}

void weigh_set_unit(struct weighing *work, struct reading *reading)
{
	reading->unit_name = work->scan.unit_name;
	reading->unit_code = work->scan.unit_code;
	reading->other_unit = work->scan.unit_name != NULL && !work->scan.unit_is_own &&
			      work->context->unit_count > 0;
}

int weigh_mention_at(const struct weighing *work, size_t item)
{
	for (size_t i = 0; i < work->statements.mention_count; i++)
		if (work->statements.mentions[i].item == item)
			return (int)i;
	return -1;
}

int weigh_only_mention(const struct weighing *work)
{
	int found = -1;
	for (size_t i = 0; i < work->statements.mention_count; i++) {
		const struct mention *mention = &work->statements.mentions[i];
		const struct mention *first = found >= 0 ? &work->statements.mentions[found] : NULL;
		if (first != NULL &&
		    (first->report != mention->report || first->owed != mention->owed))
			return -1;
		found = found < 0 ? (int)i : found;
	}
	return found;
}

static bool is_own_unit(const struct weighing *work, const struct understand_obligation *obligation)
{
	const struct scan *scan = &work->scan;
	return !scan->unit_is_own || scan->several_units || scan->unit_code == NULL ||
	       strcmp(scan->unit_code, obligation->unit_code) == 0;
}

/* Without a code: whatever is open, or the reports that the text names when it names several. */
static bool is_meant(const struct weighing *work, const char *code, const char *wanted)
{
	const struct statements *statements = &work->statements;
	bool any = false;
	if (wanted != NULL)
		return strcmp(code, wanted) == 0;
	for (size_t i = 0; i < statements->mention_count; i++) {
		if (!statements->mentions[i].owed)
			continue;
		if (strcmp(work->scan.reports[statements->mentions[i].report].code, code) == 0)
			return true;
		any = true;
	}
	return !any || weigh_only_mention(work) >= 0;
}

static void add_obligations(struct weighing *work, struct reading *reading, const char *code)
{
	const struct understand_context *context = work->context;
	for (int pass = 0; pass < 2; pass++) /* what was reminded of comes first */
		for (size_t i = 0; i < context->obligation_count; i++) {
			const struct understand_obligation *item = &context->obligations[i];
			if (item->reminded != (pass == 0) || !is_own_unit(work, item) ||
			    !is_meant(work, item->report_code, code))
				continue;
			reading->obligations[reading->obligation_count++] = item->id;
		}
}

void weigh_set_named(struct weighing *work, struct reading *reading)
{
	int mention = weigh_only_mention(work);
	int report = mention >= 0 && work->statements.mentions[mention].owed
			 ? work->statements.mentions[mention].report
		     : mention < 0 ? work->quoted_report
				   : -1;
	if (report >= 0 && work->scan.reports[report].owed)
		reading->report_code = work->scan.reports[report].code;
}

static bool names_only_others(const struct weighing *work)
{
	const struct statements *statements = &work->statements;
	for (size_t i = 0; i < statements->mention_count; i++)
		if (statements->mentions[i].owed || statements->mentions[i].report < 0)
			return false;
	return statements->mention_count > 0;
}

void weigh_set_subject(struct weighing *work, struct reading *reading, int mention)
{
	const struct mention *named = mention >= 0 ? &work->statements.mentions[mention] : NULL;
	if (named != NULL && !named->owed) {
		reading->names_other = true;
		if (named->report >= 0)
			reading->report_code = work->scan.reports[named->report].code;
		else
			add_obligations(work, reading, NULL); /* "BC QUY": perhaps one of these */
		return;
	}
	if (named == NULL && names_only_others(work)) {
		reading->names_other = true; /* several, and none is the sender's to send */
		return;
	}
	int report = named != NULL ? named->report : work->quoted_report;
	const char *code =
	    report >= 0 && work->scan.reports[report].owed ? work->scan.reports[report].code : NULL;
	reading->report_code = code;
	add_obligations(work, reading, code);
}

bool weigh_statements_end_sent(const struct weighing *work)
{
	const struct statement *last = NULL;
	for (size_t i = 0; i < work->statements.count; i++)
		if (work->statements.items[i].said != SAID_MADE)
			last = &work->statements.items[i];
	return last != NULL && (last->said == SAID_SENT || last->said == SAID_DONE);
}
