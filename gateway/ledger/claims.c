/*
 * Owns: claims: what changes by one, and which numbers are doubtful.
 * May use: base/, text/, store/operations.h.
 * Must not know: who is asked how.
 */
#include "ledger/claims.h"

#include "text/letters.h"

#include <string.h>

#define FIGURES_BYTES_MAX 400

/* ── what is said ────────────────────────────────────────────────────────────────────────────── */

static bool is_new(const char *said, const char *recorded)
{
	return said != NULL && (recorded == NULL || strcmp(said, recorded) != 0);
}

static bool says_something_new(
    const struct ledger_said *said, const struct store_known_obligation *obligation)
{
	return is_new(said->document_number, obligation->document_number) ||
	       is_new(said->figures, obligation->figures) ||
	       (said->sent_on.number > 0 && said->sent_on.number != obligation->sent_on.number) ||
	       (said->nothing_to_report && !obligation->nothing_to_report);
}

enum result ledger_claim(const struct store_known_obligation *obligation,
    const struct ledger_said *said, const struct ledger_source *source, struct store_change *out,
    bool *already, struct failure *failure)
{
	bool corrects =
	    obligation->state == OBLIGATION_CLAIMED && says_something_new(said, obligation);
	enum result result = ledger_change(corrects ? LEDGER_CORRECT : LEDGER_CLAIM, obligation,
	    said->document_number, source, out, already, failure);
	if (result != RESULT_OK)
		return result;
	out->sent_on = said->sent_on;
	out->figures = said->figures;
	out->nothing_to_report = said->nothing_to_report && said->figures == NULL;
	return RESULT_OK;
}

/* Whether the list says something of the field that "code=…" begins with. */
static bool names_field(const char *figures, const char *item, size_t code_len)
{
	for (const char *at = figures; at != NULL && *at != '\0';) {
		if (strncmp(at, item, code_len + 1) == 0)
			return true;
		at = strchr(at, ' ');
		at = at != NULL ? at + 1 : NULL;
	}
	return false;
}

const char *ledger_merge_figures(struct arena *arena, const char *recorded, const char *said)
{
	if (recorded == NULL || said == NULL)
		return said != NULL ? said : recorded;
	OWNED_BUFFER all = BUFFER(FIGURES_BYTES_MAX);
	for (const char *at = recorded; *at != '\0';) {
		size_t len = strcspn(at, " "), code = strcspn(at, "=");
		if (code < len && !names_field(said, at, code))
			buffer_printf(&all, "%.*s ", (int)len, at);
		at += len + (at[len] == ' ');
	}
	buffer_add_text(&all, said);
	return all.overflow ? said : arena_copy(arena, buffer_text(&all));
}

/* ── doubtful numbers ────────────────────────────────────────────────────────────────────────── */

static bool is_one_of(const char *word, const char *const *words)
{
	for (; *words != NULL; words++)
		if (strcmp(word, *words) == 0)
			return true;
	return false;
}

/* Who signs, of "bc-pvhttt": a division ("phòng") or department ("sở") of the level above. */
static bool is_division(const char *issuer)
{
	return (issuer[0] == 'p' || issuer[0] == 's') && strlen(issuer) >= 3;
}

/* Numbers without a symbol, and symbols that are not understood, fit everybody. */
static bool fits_unit(const char *document_number, const char *kind)
{
	static const char *const local[] = {"commune", "township", "ward", NULL};
	static const char *const councils[] = {"ubnd", "hdnd", NULL};
	const char *slash = strchr(document_number, '/');
	const char *dash = slash != NULL ? strchr(slash, '-') : NULL;
	if (dash == NULL || kind == NULL)
		return true;
	OWNED_TEXT key = letters_key(dash + 1);
	key[strcspn(key, " -/.")] = '\0';
	if (strcmp(kind, "agency") == 0)
		return !is_one_of(key, councils);
	return !is_one_of(kind, local) || !is_division(key);
}

enum ledger_doubt ledger_doubt_number(
    const char *document_number, const struct store_number_facts *facts)
{
	if (document_number == NULL)
		return LEDGER_DOUBT_NONE;
	if (facts->other_period != NULL)
		return LEDGER_DOUBT_OTHER_PERIOD;
	if (facts->other_unit != NULL)
		return LEDGER_DOUBT_OTHER_UNIT;
	if (!fits_unit(document_number, facts->unit_kind))
		return LEDGER_DOUBT_SYMBOL;
	return facts->higher != NULL ? LEDGER_DOUBT_LOWER : LEDGER_DOUBT_NONE;
}
