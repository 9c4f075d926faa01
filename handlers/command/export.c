/*
 * Owns: `nhacviec export`.
 * May use: base/, document/recipients_file.h, store/reader.h.
 * Must not know: how the store keeps things.
 */
#include "command/environment.h"
#include "command/options.h"
#include "command/plans.h"
#include "command/subcommands.h"
#include "command/words.h"

#include "document/recipients_file.h"

#include <stdio.h>
#include <string.h>
#include <sysexits.h>

static const struct command_form form = {
    .usage_en = "plan CODE | recipients",
    .usage_vi = "plan MÃ | recipients",
    .about_en =
	"Writes a plan as it was imported, byte for byte, or the list of units, people and\n"
	"posts as CSV, to stdout. Importing that again changes nothing.\n",
    .about_vi =
	"Ghi kế hoạch đúng như khi nhập, hoặc danh sách đơn vị, cán bộ, chức trách dạng CSV,\n"
	"ra stdout. Nhập lại tệp đó không thay đổi gì.\n",
    .least = 1,
    .most = 2,
};

static int export_plan(struct environment *environment, const char *code)
{
	struct stored_plan plan;
	int status = plan_look_up(environment, code, &plan);
	if (status != EX_OK)
		return status;
	fputs(plan.body, stdout);
	return command_end_output(environment->context);
}

static void convert(
    struct arena *arena, const struct reader_recipients *stored, struct recipients *out)
{
	*out = (struct recipients){
	    .units = arena_alloc(arena, (stored->unit_count + 1) * sizeof *out->units),
	    .people = arena_alloc(arena, (stored->person_count + 1) * sizeof *out->people),
	    .posts = arena_alloc(arena, (stored->post_count + 1) * sizeof *out->posts),
	};
	for (size_t i = 0; i < stored->unit_count; i++) {
		const struct store_unit *unit = &stored->units[i];
		out->units[out->unit_count++] = (struct recipient_unit){
		    .code = unit->code,
		    .name = unit->name,
		    .kind = unit->kind,
		    .parent = unit->parent != NULL ? unit->parent : "",
		};
	}
	for (size_t i = 0; i < stored->person_count; i++) {
		const struct store_person *person = &stored->people[i];
		out->people[out->person_count++] = (struct recipient_person){
		    .code = person->code,
		    .name = person->name,
		    .phone = person->phone != NULL ? person->phone : "",
		    .language = person->language,
		};
	}
	for (size_t i = 0; i < stored->post_count; i++) {
		struct recipient_post *post = &out->posts[out->post_count];
		post->unit_code = stored->posts[i].unit_code;
		post->person_code = stored->posts[i].person_code;
		out->post_count += plan_post_of_name(stored->posts[i].post, &post->post);
	}
}

static int export_recipients(struct environment *environment)
{
	struct reader_recipients stored;
	struct recipients recipients;
	struct failure failure;
	enum result result =
	    reader_recipients(environment->reader, environment->arena, &stored, &failure);
	if (result != RESULT_OK)
		return failure_print(&failure, result);
	convert(environment->arena, &stored, &recipients);
	recipients_file_write(stdout, &recipients);
	return command_end_output(environment->context);
}

int command_export(const struct command_context *context, int argc, char **argv)
{
	struct environment environment;
	int words, status;
	if (!options_read(context, &form, argc, argv, &words, &status))
		return status;
	bool plan = strcmp(argv[1], "plan") == 0 && words == 2;
	bool recipients = strcmp(argv[1], "recipients") == 0 && words == 1;
	if (!plan && !recipients)
		return command_error(EX_USAGE, word(context, WORD_BAD_EXPORT), argv[1]);
	status = environment_open(&environment, context, NEEDS_READER);
	if (status == EX_OK)
		status =
		    plan ? export_plan(&environment, argv[2]) : export_recipients(&environment);
	environment_close(&environment);
	return status;
}
