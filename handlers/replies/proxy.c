/*
 * Owns: who speaks for a unit that is not theirs: "thay mặt xã Đình Phong …".
 * May use: base/, plan/, replies/handlers.h.
 * Must not know: modems, SQL.
 *
 * The sender's own reports are never touched. Who coordinates or leads the unit above records for
 * it; of everybody else the office is asked.
 */
#include "replies/handlers.h"

#include <string.h>

bool reply_is_for_other_unit(const struct reading *reading)
{
	switch (reading->intent) {
	case INTENT_CONFIRM:
	case INTENT_NOT_YET:
	case INTENT_EXTENSION_REQUEST:
	case INTENT_CANCEL:
	case INTENT_ATTEND:
	case INTENT_ABSENT:
		return reading->other_unit;
	default:
		return false;
	}
}

/* The named unit's report that is meant: the one named, else the only one that is open; NULL when
 * that cannot be told. */
static const struct store_known_obligation *find_meant(
    const struct store_claim_facts *facts, const struct reading *reading)
{
	const struct store_known_obligation *open = NULL, *claimed = NULL;
	int open_count = 0;
	for (size_t i = 0; facts != NULL && i < facts->named_count; i++) {
		const struct store_known_obligation *item = &facts->named[i];
		if (reading->report_code != NULL &&
		    strcmp(item->report_code, reading->report_code) != 0)
			continue;
		if (item->state != OBLIGATION_OPEN) {
			claimed = item;
			continue;
		}
		open_count++;
		if (open == NULL)
			open = item;
	}
	bool named = reading->report_code != NULL;
	if (open != NULL)
		return named || open_count == 1 ? open : NULL;
	return named ? claimed : NULL;
}

static void ask_office(const struct reply_offer *offer, struct reply_decision *decision,
    const struct store_known_obligation *obligation, const char *unit)
{
	const struct reading *reading = offer->reading;
	struct store_new_task *task = reply_task(offer, "proxy-claim", obligation);
	if (obligation == NULL)
		task->text = arena_printf(offer->arena, "%s%s%s: %s",
		    reading->report_code != NULL ? reading->report_code : "",
		    reading->report_code != NULL ? " " : "", unit, task->text);
	decision->settled_as = "task";
	decision->task = task;
	decision->answer = reply_word(offer, "proxy_passed_on", &(struct wording){.unit = unit});
}

void reply_proxy(const struct reply_offer *offer, struct reply_decision *decision)
{
	const struct reading *reading = offer->reading;
	const struct store_claim_facts *facts = reply_facts(offer);
	const struct store_known_obligation *meant = find_meant(facts, reading);
	const char *unit = facts != NULL && facts->named_unit != NULL ? facts->named_unit
			   : reading->unit_name != NULL               ? reading->unit_name
								      : "";
	bool records = facts != NULL && facts->sender_is_above && meant != NULL &&
		       reading->intent == INTENT_CONFIRM && reading->confidence >= CONFIDENCE_SURE;
	if (records)
		reply_claim_for(offer, decision, meant);
	else
		ask_office(offer, decision, meant, unit);
}
