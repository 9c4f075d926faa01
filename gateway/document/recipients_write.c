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

static void write_row(FILE *out, const struct recipient_unit *unit,
    const struct recipient_person *person, const char *post)
{
	const char *const fields[] = {
	    unit ? unit->code : "",
	    unit ? unit->name : "",
	    unit ? unit->kind : "",
	    unit ? unit->parent : "",
	    person ? person->code : "",
	    person ? person->name : "",
	    post,
	    person ? person->phone : "",
	    person ? person->language : "",
	};
	for (size_t i = 0; i < COUNT_OF(fields); i++) {
		if (i > 0)
			fputc(',', out);
		csv_write_field(out, fields[i]);
	}
	fputc('\n', out);
}

void recipients_file_write(FILE *out, const struct recipients *recipients)
{
	struct arena *arena = arena_new();
	struct post_chains chains = chain_posts(arena, recipients);
	fputs("unit_code,unit_name,unit_kind,parent,person_code,person_name,post,phone,language\n",
	    out);
	for (size_t i = 0; i < recipients->unit_count; i++) {
		const struct recipient_unit *unit = &recipients->units[i];
		if (chains.first[i] == TEXT_INDEX_NONE)
			write_row(out, unit, NULL, "");
		for (size_t at = chains.first[i]; at != TEXT_INDEX_NONE; at = chains.next[at]) {
			const struct recipient_post *post = &recipients->posts[at];
			size_t person = text_index_find(&chains.people, post->person_code);
			write_row(
			    out, unit, &recipients->people[person], plan_post_name(post->post));
		}
	}
	for (size_t i = 0; i < recipients->person_count; i++)
		if (!chains.person_has_post[i])
			write_row(out, NULL, &recipients->people[i], "");
	arena_free(arena);
}
