/*
 * Owns: checking the beginning, the end and the successors of units in a file.
 * May use: base/, document/.
 * Must not know: rows, the store.
 */
#include "document/recipients_succession.h"

#include <string.h>

struct succession {
	const char *file;
	const struct recipients *recipients;
	const struct text_index *by_code;
	bool (*known_unit)(const char *code, void *arg);
	void *arg;
	struct complaints *complaints;
};

static bool is_given(struct day day)
{
	return day.number != DAY_NONE.number;
}

static void check_days(const struct succession *succession, const struct recipient_unit *unit)
{
	if (is_given(unit->valid_from) && is_given(unit->valid_until) &&
	    unit->valid_until.number <= unit->valid_from.number)
		complain(succession->complaints, succession->file, unit->line,
		    "%s ends on %s (valid_until), but begins on %s (valid_from). valid_until must "
		    "be a later day: the first on which the unit is no more.",
		    unit->code, civil_iso_day(unit->valid_until).text,
		    civil_iso_day(unit->valid_from).text);
	if (unit->successor[0] != '\0' && !is_given(unit->valid_until))
		complain(succession->complaints, succession->file, unit->line,
		    "%s has the successor %s, but no end. Fill in valid_until: the first day on "
		    "which it is no more.",
		    unit->code, unit->successor);
}

static void check_successor(const struct succession *succession, const struct recipient_unit *unit)
{
	size_t at = text_index_find(succession->by_code, unit->successor);
	if (strcmp(unit->code, unit->successor) == 0) {
		complain(succession->complaints, succession->file, unit->line,
		    "%s cannot be its own successor. Name the unit that follows, or leave "
		    "successor empty.",
		    unit->code);
	} else if (at != TEXT_INDEX_NONE) {
		const struct recipient_unit *next = &succession->recipients->units[at];
		if (is_given(next->valid_from) && is_given(unit->valid_until) &&
		    next->valid_from.number > unit->valid_until.number)
			complain(succession->complaints, succession->file, unit->line,
			    "%s ends on %s, but its successor %s begins only on %s. Between them "
			    "nobody would owe anything: make the days meet.",
			    unit->code, civil_iso_day(unit->valid_until).text, next->code,
			    civil_iso_day(next->valid_from).text);
	} else if (succession->known_unit == NULL ||
		   !succession->known_unit(unit->successor, succession->arg)) {
		complain(succession->complaints, succession->file, unit->line,
		    "successor of %s: there is no unit `%.40s`. Add a row for it, or correct the "
		    "code.",
		    unit->code, unit->successor);
	}
}

/* Follows each unit to its last successor; `seen[i]` is the round in which unit i was met. */
static void check_circles(const struct succession *succession, struct arena *arena)
{
	const struct recipients *recipients = succession->recipients;
	size_t *seen = arena_alloc(arena, (recipients->unit_count + 1) * sizeof *seen);
	for (size_t i = 0; i < recipients->unit_count; i++) {
		size_t at = i;
		while (at != TEXT_INDEX_NONE && seen[at] == 0) {
			const struct recipient_unit *unit = &recipients->units[at];
			seen[at] = i + 1;
			at = unit->successor[0] != '\0' && strcmp(unit->successor, unit->code) != 0
				 ? text_index_find(succession->by_code, unit->successor)
				 : TEXT_INDEX_NONE;
			if (at != TEXT_INDEX_NONE && seen[at] == i + 1)
				complain(succession->complaints, succession->file, unit->line,
				    "The successors of %s lead back to itself (%s). Correct one of "
				    "them; the last unit has none.",
				    unit->code, unit->successor);
		}
	}
}

void recipients_check_succession(struct arena *arena, const char *file,
    const struct recipients *recipients, const struct text_index *by_code,
    bool (*known_unit)(const char *code, void *arg), void *arg, struct complaints *complaints)
{
	const struct succession succession = {.file = file,
	    .recipients = recipients,
	    .by_code = by_code,
	    .known_unit = known_unit,
	    .arg = arg,
	    .complaints = complaints};
	for (size_t i = 0; i < recipients->unit_count; i++) {
		check_days(&succession, &recipients->units[i]);
		if (recipients->units[i].successor[0] != '\0')
			check_successor(&succession, &recipients->units[i]);
	}
	check_circles(&succession, arena);
}
