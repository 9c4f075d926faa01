/*
 * Owns: recording one claim: what it says, what is doubtful about its number, how it is read back.
 * May use: base/, text/, plan/, ledger/, replies/handlers.h.
 * Must not know: modems, SQL; which reports a text is about.
 */
#include "replies/handlers.h"

#include "base/buffer.h"
#include "ledger/claims.h"

#include <inttypes.h>
#include <string.h>

#define FIGURES_BYTES_MAX 400

/* ── what is said ────────────────────────────────────────────────────────────────────────────── */

static bool is_choice(const struct reply_offer *offer, int64_t id)
{
	const struct store_inbound_context_output *context = offer->context;
	for (int i = 0; i < context->question.count && id != 0; i++)
		if (context->question.choices[i] == id)
			return true;
	return false;
}

static bool same_text(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

/* The claim is the one that led to the open question: answered, or said once more. */
static bool continues_question(
    const struct reply_offer *offer, const struct store_known_obligation *obligation)
{
	const struct store_inbound_context_output *context = offer->context;
	return context->question.id != 0 && context->question.intent == INTENT_CONFIRM &&
	       is_choice(offer, obligation->id) &&
	       same_text(context->question.document_number, offer->reading->document_number);
}

static const struct plan_field *find_field(const struct plan_report *report, const char *code)
{
	for (size_t i = 0; report != NULL && i < report->field_count; i++)
		if (strcmp(report->fields[i].code, code) == 0)
			return &report->fields[i];
	return NULL;
}

static const struct plan_report *report_of(
    const struct reply_offer *offer, const struct store_known_obligation *obligation)
{
	const struct plan *plan = reply_plan_of(offer, obligation);
	return plan != NULL ? plan_find_report(plan, obligation->report_code) : NULL;
}

/* "lop=3 nguoi=120": those of the figures that the report asks for; NULL none. */
static const char *figures_said(
    const struct reply_offer *offer, const struct store_known_obligation *obligation)
{
	const struct reading *reading = offer->reading;
	OWNED_BUFFER text = BUFFER(FIGURES_BYTES_MAX);
	for (size_t i = 0; i < reading->figure_count; i++)
		if (find_field(report_of(offer, obligation), reading->figures[i].field) != NULL)
			buffer_printf(&text, "%s%s=%" PRId64, text.len > 0 ? " " : "",
			    reading->figures[i].field, reading->figures[i].value);
	return text.len > 0 ? arena_copy(offer->arena, buffer_text(&text)) : NULL;
}

static struct ledger_said said_of(
    const struct reply_offer *offer, const struct store_known_obligation *obligation)
{
	const struct reading *reading = offer->reading;
	const struct store_inbound_context_output *context = offer->context;
	struct ledger_said said = {
	    .document_number = reading->document_number,
	    .sent_on = reply_sent_on(offer),
	    .figures = figures_said(offer, obligation),
	    .nothing_to_report = reading->nothing_to_report,
	};
	if (continues_question(offer, obligation)) {
		if (said.sent_on.number <= 0)
			said.sent_on = context->question.day;
		if (said.figures == NULL && !said.nothing_to_report) {
			said.figures = context->question.figures;
			said.nothing_to_report = context->question.nothing_to_report;
		}
	}
	said.figures = said.figures == NULL
			   ? NULL
			   : ledger_merge_figures(offer->arena, obligation->figures, said.figures);
	return said;
}

struct day reply_sent_on(const struct reply_offer *offer)
{
	struct wall sent = offer->reading->sent_on;
	return sent.ms == WALL_NEVER.ms || sent.ms == 0
		   ? (struct day){0}
		   : civil_day_of_wall(sent, offer->zone_minutes);
}

const char *reply_figures_to_keep(
    const struct reply_offer *offer, const struct store_known_obligation *obligation)
{
	return said_of(offer, obligation).figures;
}

/* ── reading back ────────────────────────────────────────────────────────────────────────────── */

static const char *number_words(const struct reply_offer *offer, const char *number)
{
	if (number == NULL)
		return "";
	return reply_word(offer, "number_words", &(struct wording){.number = number});
}

/* ", số lớp 3, số người 120" of "lop=3 nguoi=120". */
static const char *figure_words(const struct reply_offer *offer,
    const struct store_known_obligation *obligation, const char *figures)
{
	const struct plan_report *report = report_of(offer, obligation);
	OWNED_BUFFER text = BUFFER(2 * FIGURES_BYTES_MAX);
	for (const char *at = figures; at != NULL && *at != '\0';) {
		size_t len = strcspn(at, " "), code_len = strcspn(at, "=");
		const char *code = arena_copy_bytes(offer->arena, at, code_len);
		const struct plan_field *field = find_field(report, code);
		if (code_len < len)
			buffer_printf(&text, ", %s %.*s", field != NULL ? field->name : code,
			    (int)(len - code_len - 1), at + code_len + 1);
		at += len + (at[len] == ' ');
	}
	return text.overflow ? "" : arena_copy(offer->arena, buffer_text(&text));
}

/* The named text with the number and as much of the rest as fits one part. */
static const char *read_back(const struct reply_offer *offer, const char *text_name,
    const struct store_known_obligation *obligation, const struct store_change *change)
{
	struct wording wording = reply_wording_of(offer, obligation);
	const char *details[] = {
	    change->nothing_to_report ? reply_word(offer, "nothing_words", NULL) : "",
	    change->sent_on.number > 0
		? reply_word(offer, "sent_words",
		      &(struct wording){.day = reply_day_words(offer, change->sent_on)})
		: "",
	    figure_words(offer, obligation, change->figures),
	};
	wording.number = number_words(offer, change->document_number);
	const char *text = reply_word(offer, text_name, &wording);
	for (size_t i = 0; i < COUNT_OF(details); i++) {
		struct wording longer = wording;
		longer.number = arena_printf(offer->arena, "%s%s", wording.number, details[i]);
		const char *candidate = reply_word(offer, text_name, &longer);
		if (details[i][0] == '\0' || !reply_fits_one_part(candidate))
			continue;
		text = candidate;
		wording = longer;
	}
	return text;
}

static const char *tell_unchanged(const struct reply_offer *offer,
    const struct store_known_obligation *obligation, const struct ledger_said *said, bool already)
{
	struct wording wording = reply_wording_of(offer, obligation);
	wording.number = number_words(offer, obligation->document_number);
	if (obligation->state == OBLIGATION_RECEIVED)
		return reply_word(offer, "claim_received", &wording);
	bool keeps =
	    already && said->document_number == NULL && obligation->document_number != NULL;
	return reply_word(offer, keeps ? "number_kept" : "claim_again", &wording);
}

/* ── recording, or asking ────────────────────────────────────────────────────────────────────── */

static const struct store_number_facts *number_facts(const struct reply_offer *offer, int64_t id)
{
	const struct store_claim_facts *facts = reply_facts(offer);
	for (size_t i = 0; facts != NULL && i < facts->number_count; i++)
		if (facts->numbers[i].obligation_id == id)
			return &facts->numbers[i];
	return NULL;
}

static enum ledger_doubt doubt_of(const struct reply_offer *offer,
    const struct store_known_obligation *obligation, const struct ledger_said *said)
{
	const struct store_number_facts *facts = number_facts(offer, obligation->id);
	bool asked_already = continues_question(offer, obligation) && reply_is_doubt_open(offer);
	bool changes = obligation->state == OBLIGATION_OPEN ||
		       (obligation->state == OBLIGATION_CLAIMED &&
			   !same_text(said->document_number, obligation->document_number));
	return facts == NULL || asked_already || !changes
		   ? LEDGER_DOUBT_NONE
		   : ledger_doubt_number(said->document_number, facts);
}

static void ask_number(const struct reply_offer *offer, struct reply_decision *decision,
    const struct store_known_obligation *obligation, const struct ledger_said *said,
    enum ledger_doubt doubt)
{
	static const char *const texts[] = {
	    [LEDGER_DOUBT_OTHER_UNIT] = "doubt_other_unit",
	    [LEDGER_DOUBT_OTHER_PERIOD] = "doubt_other_period",
	    [LEDGER_DOUBT_SYMBOL] = "doubt_symbol",
	    [LEDGER_DOUBT_LOWER] = "doubt_lower",
	};
	const struct store_number_facts *facts = number_facts(offer, obligation->id);
	struct wording wording = reply_wording_of(offer, obligation);
	wording.number = said->document_number;
	wording.other = doubt == LEDGER_DOUBT_OTHER_UNIT     ? facts->other_unit
			: doubt == LEDGER_DOUBT_OTHER_PERIOD ? facts->other_period
							     : facts->higher;
	int64_t *choices = arena_alloc(offer->arena, 2 * sizeof *choices);
	choices[0] = obligation->id;
	choices[1] = 0;
	reply_put_question(offer, decision,
	    &(struct store_new_question){
		.person_id = reply_person_for(offer, obligation),
		.choices = choices,
		.count = 2,
		.intent = INTENT_CONFIRM,
		.document_number = said->document_number,
		.day = said->sent_on,
		.figures = said->figures,
		.nothing_to_report = said->nothing_to_report,
	    });
	decision->answer = reply_word(offer, texts[doubt], &wording);
}

static void record(const struct reply_offer *offer, struct reply_decision *decision,
    const struct store_known_obligation *obligation, const struct ledger_said *said,
    const char *text_name)
{
	const struct ledger_source source = reply_source(offer, obligation);
	struct store_change *change = arena_alloc(offer->arena, sizeof *change);
	struct failure failure;
	bool already;
	decision->settled_as = "acted";
	decision->close_question = reply_settles_question(offer, obligation->id);
	if (ledger_claim(obligation, said, &source, change, &already, &failure) != RESULT_OK) {
		decision->answer = tell_unchanged(offer, obligation, said, already);
		return;
	}
	bool corrects = change->action == LEDGER_CORRECT;
	const char *brief = corrects ? "correction_brief" : "claim_brief";
	if (text_name == NULL)
		text_name = corrects ? "claim_corrected" : "claim_recorded";
	struct wording wording = reply_wording_of(offer, obligation);
	wording.number = number_words(offer, change->document_number);
	decision->changes = change;
	decision->change_count = 1;
	decision->answer = read_back(offer, text_name, obligation, change);
	decision->brief = reply_word(offer, brief, &wording);
}

void reply_claim(const struct reply_offer *offer, struct reply_decision *decision,
    const struct store_known_obligation *obligation)
{
	const struct ledger_said said = said_of(offer, obligation);
	enum ledger_doubt doubt = doubt_of(offer, obligation, &said);
	if (doubt != LEDGER_DOUBT_NONE)
		ask_number(offer, decision, obligation, &said, doubt);
	else
		record(offer, decision, obligation, &said, NULL);
}

void reply_claim_for(const struct reply_offer *offer, struct reply_decision *decision,
    const struct store_known_obligation *obligation)
{
	const struct ledger_said said = said_of(offer, obligation);
	record(offer, decision, obligation, &said, "claim_recorded_for");
}
