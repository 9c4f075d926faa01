/*
 * Owns: legality of changes of an obligation.
 * May use: base/, store/operations.h.
 * Must not know: who called.
 */
#include "ledger/ledger.h"

#include <string.h>

#define FROM(state) (1u << (state))

/* From which states an action is legal. Everything is undone by another change, never by deletion.
 */
static const unsigned legal_from[LEDGER_ACTION_COUNT] = {
    [LEDGER_CLAIM] = FROM(OBLIGATION_OPEN),
    [LEDGER_CORRECT] = FROM(OBLIGATION_CLAIMED),
    [LEDGER_UNDO] = FROM(OBLIGATION_CLAIMED),
    [LEDGER_RECEIVE] = FROM(OBLIGATION_OPEN) | FROM(OBLIGATION_CLAIMED),
    [LEDGER_REOPEN] =
	FROM(OBLIGATION_CLAIMED) | FROM(OBLIGATION_RECEIVED) | FROM(OBLIGATION_WAIVED),
    [LEDGER_WAIVE] = FROM(OBLIGATION_OPEN) | FROM(OBLIGATION_CLAIMED),
    [LEDGER_PROMISE] = FROM(OBLIGATION_OPEN),
    [LEDGER_UNPROMISE] = FROM(OBLIGATION_OPEN),
    [LEDGER_REQUEST] = FROM(OBLIGATION_OPEN),
    [LEDGER_WITHDRAW] = FROM(OBLIGATION_OPEN),
    [LEDGER_EXTEND] = FROM(OBLIGATION_OPEN),
    [LEDGER_REFUSE] = FROM(OBLIGATION_OPEN) | FROM(OBLIGATION_CLAIMED),
    [LEDGER_ATTEND] = FROM(OBLIGATION_OPEN),
    [LEDGER_ABSENT] = FROM(OBLIGATION_OPEN),
    [LEDGER_UNANSWER] = FROM(OBLIGATION_OPEN),
    [LEDGER_PASS] = FROM(OBLIGATION_OPEN),
};

static bool same_number(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

/* What is taken back must be there. */
static bool is_there(enum ledger_action action, const struct store_known_obligation *obligation)
{
	switch (action) {
	case LEDGER_UNPROMISE:
		return obligation->promised_day.number > 0;
	case LEDGER_WITHDRAW:
	case LEDGER_REFUSE:
		return obligation->request_id != 0;
	case LEDGER_UNANSWER:
		return obligation->attendance != ATTENDANCE_NONE;
	default:
		return true;
	}
}

static enum result refuse(enum ledger_action action,
    const struct store_known_obligation *obligation, struct failure *failure)
{
	const char *advice = obligation->state == OBLIGATION_RECEIVED ? "reopen it first"
			     : obligation->state == OBLIGATION_OPEN   ? "nothing is recorded yet"
			     : obligation->state == OBLIGATION_WAIVED
				 ? "it was waived; reopen it first"
				 : "it is recorded already";
	return failure_set(failure, RESULT_CONFLICT, "Cannot %s report %s of %s: it is %s; %s.",
	    ledger_action_name(action), obligation->report_code, obligation->unit_name,
	    obligation_state_name(obligation->state), advice);
}

enum result ledger_change(enum ledger_action action,
    const struct store_known_obligation *obligation, const char *document_number,
    const struct ledger_source *source, struct store_change *out, bool *already,
    struct failure *failure)
{
	*already = false;
	if (action == LEDGER_CLAIM && obligation->state == OBLIGATION_CLAIMED) {
		if (document_number == NULL ||
		    same_number(document_number, obligation->document_number)) {
			*already = true;
			return refuse(action, obligation, failure);
		}
		action = LEDGER_CORRECT;
	}
	if (!(legal_from[action] & FROM(obligation->state)) || !is_there(action, obligation))
		return refuse(action, obligation, failure);
	*out = (struct store_change){
	    .obligation_id = obligation->id,
	    .revision = obligation->revision,
	    .action = action,
	    .document_number =
		document_number != NULL ? document_number : obligation->document_number,
	    .inbound_id = source->inbound_id,
	    .person_id = source->person_id,
	    .actor = source->actor,
	    .note = source->note,
	};
	if (action == LEDGER_WITHDRAW || action == LEDGER_REFUSE) {
		out->request_id = obligation->request_id;
		out->day = obligation->requested_day;
	}
	return RESULT_OK;
}
