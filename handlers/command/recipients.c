/*
 * Owns: turning recipients of a file into those of the store, and back.
 * May use: base/, document/recipients_file.h, store/reader.h.
 * Must not know: who imports or exports.
 */
#include "command/recipients.h"

static struct wall moment_of(struct day day, int zone_minutes)
{
	return day.number == DAY_NONE.number ? (struct wall){0}
					     : civil_moment(day, 0, zone_minutes);
}

static struct day day_of(struct wall moment, int zone_minutes)
{
	return moment.ms == 0 ? DAY_NONE : civil_day_of_wall(moment, zone_minutes);
}

void recipients_to_store(struct arena *arena, const struct recipients *file, int zone_minutes,
    struct reader_recipients *out)
{
	*out = (struct reader_recipients){
	    .units = arena_alloc(arena, (file->unit_count + 1) * sizeof *out->units),
	    .people = arena_alloc(arena, (file->person_count + 1) * sizeof *out->people),
	    .posts = arena_alloc(arena, (file->post_count + 1) * sizeof *out->posts),
	};
	for (size_t i = 0; i < file->unit_count; i++) {
		const struct recipient_unit *unit = &file->units[i];
		out->units[out->unit_count++] = (struct store_unit){.code = unit->code,
		    .name = unit->name,
		    .kind = unit->kind,
		    .parent = unit->parent,
		    .valid_from = moment_of(unit->valid_from, zone_minutes),
		    .valid_until = moment_of(unit->valid_until, zone_minutes),
		    .successor = unit->successor};
	}
	for (size_t i = 0; i < file->person_count; i++)
		out->people[out->person_count++] =
		    (struct store_person){file->people[i].code, file->people[i].name,
			file->people[i].phone, file->people[i].language, file->people[i].prefers};
	for (size_t i = 0; i < file->post_count; i++)
		out->posts[out->post_count++] = (struct store_post){file->posts[i].unit_code,
		    file->posts[i].person_code, plan_post_name(file->posts[i].post)};
}

void recipients_from_store(struct arena *arena, const struct reader_recipients *stored,
    int zone_minutes, struct recipients *out)
{
	*out = (struct recipients){
	    .units = arena_alloc(arena, (stored->unit_count + 1) * sizeof *out->units),
	    .people = arena_alloc(arena, (stored->person_count + 1) * sizeof *out->people),
	    .posts = arena_alloc(arena, (stored->post_count + 1) * sizeof *out->posts),
	};
	for (size_t i = 0; i < stored->unit_count; i++) {
		const struct store_unit *unit = &stored->units[i];
		out->units[out->unit_count++] = (struct recipient_unit){.code = unit->code,
		    .name = unit->name,
		    .kind = unit->kind,
		    .parent = unit->parent != NULL ? unit->parent : "",
		    .valid_from = day_of(unit->valid_from, zone_minutes),
		    .valid_until = day_of(unit->valid_until, zone_minutes),
		    .successor = unit->successor != NULL ? unit->successor : ""};
	}
	for (size_t i = 0; i < stored->person_count; i++) {
		const struct store_person *person = &stored->people[i];
		out->people[out->person_count++] = (struct recipient_person){.code = person->code,
		    .name = person->name,
		    .phone = person->phone != NULL ? person->phone : "",
		    .language = person->language,
		    .prefers = person->prefers};
	}
	for (size_t i = 0; i < stored->post_count; i++) {
		struct recipient_post *post = &out->posts[out->post_count];
		post->unit_code = stored->posts[i].unit_code;
		post->person_code = stored->posts[i].person_code;
		out->post_count += plan_post_of_name(stored->posts[i].post, &post->post);
	}
}
