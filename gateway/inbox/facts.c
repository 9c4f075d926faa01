/*
 * Owns: what is looked up about a text that has been read and is not answered yet.
 * May use: base/, understand/, store/operations.h.
 * Must not know: which number is doubtful, how intents are answered.
 */
#include "inbox/internal.h"

static bool ask_of(const struct reading *reading, struct store_claim_ask *ask)
{
	if (reading->intent == INTENT_CONFIRM && reading->document_number != NULL) {
		ask->document_number = reading->document_number;
		ask->obligations = reading->obligations;
		ask->obligation_count = reading->obligation_count;
	}
	if (reading->other_unit)
		ask->unit_code = reading->unit_code;
	return ask->obligation_count > 0 || ask->unit_code != NULL;
}

const char *inbox_link_code(const struct readings *readings)
{
	for (size_t i = 0; i < readings->said; i++)
		if (readings->items[i].intent == INTENT_LINK)
			return readings->items[i].code;
	return NULL;
}

void inbox_ask_facts(struct arena *arena, const struct readings *readings, struct wall now,
    int zone_minutes, struct store_claim_asks *asks)
{
	struct store_claim_ask *items = arena_alloc(arena, (readings->said + 1) * sizeof *items);
	int year = civil_of_day(civil_day_of_wall(now, zone_minutes)).year;
	bool any = false;
	for (size_t i = 0; i < readings->said; i++)
		any |= ask_of(&readings->items[i], &items[i]);
	*asks = (struct store_claim_asks){
	    .year_start = civil_moment(civil_day(year, 1, 1), 0, zone_minutes),
	    .items = items,
	    .count = any ? readings->said : 0,
	};
}
