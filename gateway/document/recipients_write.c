/*
 * Owns: writing units, people and posts as CSV in one canonical order.
 * May use: base/, plan/model.h, document/.
 * Must not know: the store.
 *
 * Units in their order, each with its posts; then the people who hold none.
 */
#include "document/csv.h"
#include "document/recipients_file.h"
#include "document/text_index.h"

#include <string.h>

/* Which posts belong to a unit: a chain through `next`, in their order. */
struct post_chains {
	size_t *first, *last; /* by unit */
	size_t *next;         /* by post */
	bool *person_has_post;
	struct text_index units, people;
};

static struct post_chains chain_posts(struct arena *arena, const struct recipients *recipients)
{
	struct post_chains chains = {
	    .first = arena_alloc(arena, (recipients->unit_count + 1) * sizeof(size_t)),
	    .last = arena_alloc(arena, (recipients->unit_count + 1) * sizeof(size_t)),
	    .next = arena_alloc(arena, (recipients->post_count + 1) * sizeof(size_t)),
	    .person_has_post = arena_alloc(arena, recipients->person_count + 1),
	    .units = {.arena = arena},
	    .people = {.arena = arena},
	};
	for (size_t i = 0; i < recipients->unit_count; i++) {
		text_index_put(&chains.units, recipients->units[i].code, i);
		chains.first[i] = chains.last[i] = TEXT_INDEX_NONE;
	}
	for (size_t i = 0; i < recipients->person_count; i++)
		text_index_put(&chains.people, recipients->people[i].code, i);
	for (size_t i = 0; i < recipients->post_count; i++) {
		size_t unit = text_index_find(&chains.units, recipients->posts[i].unit_code);
		size_t person = text_index_find(&chains.people, recipients->posts[i].person_code);
		chains.next[i] = TEXT_INDEX_NONE;
		if (unit == TEXT_INDEX_NONE || person == TEXT_INDEX_NONE)
			continue; /* the post of a thing that is not being written */
		chains.person_has_post[person] = true;
		if (chains.last[unit] == TEXT_INDEX_NONE)
			chains.first[unit] = i;
		else
			chains.next[chains.last[unit]] = i;
		chains.last[unit] = i;
	}
	return chains;
}

/* A list in which no unit begins or ends stays as simple as it was. */
static bool has_succession(const struct recipients *recipients)
{
	for (size_t i = 0; i < recipients->unit_count; i++)
		if (recipients->units[i].valid_from.number != DAY_NONE.number ||
		    recipients->units[i].valid_until.number != DAY_NONE.number ||
		    recipients->units[i].successor[0] != '\0')
			return true;
	return false;
}

static bool has_preferences(const struct recipients *recipients)
{
	for (size_t i = 0; i < recipients->person_count; i++)
		if (recipients->people[i].prefers != NULL &&
		    recipients->people[i].prefers[0] != '\0')
			return true;
	return false;
}

static void write_field(FILE *out, const char *field, bool last)
{
	csv_write_field(out, field);
	fputc(last ? '\n' : ',', out);
}

static void write_day(FILE *out, struct day day)
{
	write_field(out, day.number != DAY_NONE.number ? civil_iso_day(day).text : "", false);
}

static void write_unit(FILE *out, const struct recipient_unit *unit, bool succession)
{
	static const struct recipient_unit nothing = {.code = "",
	    .name = "",
	    .kind = "",
	    .parent = "",
	    .valid_from = {INT32_MIN},
	    .valid_until = {INT32_MIN},
	    .successor = ""};
	unit = unit != NULL ? unit : &nothing;
	write_field(out, unit->code, false);
	write_field(out, unit->name, false);
	write_field(out, unit->kind, false);
	write_field(out, unit->parent, false);
	if (!succession)
		return;
	write_day(out, unit->valid_from);
	write_day(out, unit->valid_until);
	write_field(out, unit->successor, false);
}

static void write_person(
    FILE *out, const struct recipient_person *person, const char *post, bool preferences)
{
	write_field(out, person != NULL ? person->code : "", false);
	write_field(out, person != NULL ? person->name : "", false);
	write_field(out, post, false);
	write_field(out, person != NULL ? person->phone : "", false);
	write_field(out, person != NULL ? person->language : "", !preferences);
	if (preferences)
		write_field(
		    out, person != NULL && person->prefers != NULL ? person->prefers : "", true);
}

void recipients_file_write(FILE *out, const struct recipients *recipients)
{
	struct arena *arena = arena_new();
	struct post_chains chains = chain_posts(arena, recipients);
	bool succession = has_succession(recipients);
	bool preferences = has_preferences(recipients);
	fprintf(out,
	    "unit_code,unit_name,unit_kind,parent,%sperson_code,person_name,post,phone,"
	    "language%s\n",
	    succession ? "valid_from,valid_until,successor," : "", preferences ? ",prefers" : "");
	for (size_t i = 0; i < recipients->unit_count; i++) {
		const struct recipient_unit *unit = &recipients->units[i];
		if (chains.first[i] == TEXT_INDEX_NONE) {
			write_unit(out, unit, succession);
			write_person(out, NULL, "", preferences);
		}
		for (size_t at = chains.first[i]; at != TEXT_INDEX_NONE; at = chains.next[at]) {
			const struct recipient_post *post = &recipients->posts[at];
			size_t person = text_index_find(&chains.people, post->person_code);
			write_unit(out, unit, succession);
			write_person(out, &recipients->people[person], plan_post_name(post->post),
			    preferences);
		}
	}
	for (size_t i = 0; i < recipients->person_count; i++) {
		if (chains.person_has_post[i])
			continue;
		write_unit(out, NULL, succession);
		write_person(out, &recipients->people[i], "", preferences);
	}
	arena_free(arena);
}
