/*
 * Owns: reading units, people and posts row by row, and what must agree between rows.
 * May use: base/, text/, plan/model.h, document/.
 * Must not know: the store.
 */
#include "document/recipients_file.h"

#include "document/csv.h"
#include "document/recipients_succession.h"
#include "document/text_index.h"
#include "text/letters.h"
#include "text/phone.h"

#include <string.h>
#include <strings.h>

#define ROWS_MAX 50000
#define NAME_BYTES_MAX 150
#define PREFERS_BYTES_MAX 80

enum column {
	UNIT_CODE,
	UNIT_NAME,
	UNIT_KIND,
	PARENT,
	VALID_FROM,
	VALID_UNTIL,
	SUCCESSOR,
	PERSON_CODE,
	PERSON_NAME,
	POST,
	PHONE,
	LANGUAGE,
	PREFERS,
	COLUMN_COUNT
};
static const char *const column_names[COLUMN_COUNT] = {"unit_code", "unit_name", "unit_kind",
    "parent", "valid_from", "valid_until", "successor", "person_code", "person_name", "post",
    "phone", "language", "prefers"};
/* Another name that a column may have. */
static const char *const other_names[COLUMN_COUNT] = {[PREFERS] = "ưu tiên"};
static const bool may_be_missing[COLUMN_COUNT] = {[PARENT] = true,
    [VALID_FROM] = true,
    [VALID_UNTIL] = true,
    [SUCCESSOR] = true,
    [LANGUAGE] = true,
    [PREFERS] = true};

struct recipients_reader {
	struct arena *arena;
	struct complaints *complaints;
	const char *file;
	struct recipients *out;
	size_t unit_room, person_room, post_room;
	struct text_index units, people, posts;
	size_t columns;                /* of the header */
	size_t field_of[COLUMN_COUNT]; /* CSV_FIELDS_MAX: the file has no such column */
	/* The row being read: its values, "" where empty or missing. */
	const char *value[COLUMN_COUNT];
	int line;
};

#define COMPLAIN(reader, ...)                                                                      \
	complain((reader)->complaints, (reader)->file, (reader)->line, __VA_ARGS__)

/* Makes room for one more item in arrays that live in the arena. */
static void *grown(struct arena *arena, void *items, size_t count, size_t *room, size_t size)
{
	if (count < *room)
		return items;
	*room = *room ? *room * 2 : 64;
	void *larger = arena_alloc(arena, *room * size);
	if (count > 0)
		memcpy(larger, items, count * size);
	return larger;
}

static bool is_called(const char *name, enum column column)
{
	return strcasecmp(name, column_names[column]) == 0 ||
	       (other_names[column] != NULL && strcasecmp(name, other_names[column]) == 0);
}

static bool read_header(struct recipients_reader *reader, struct csv *csv)
{
	struct csv_row row;
	bool ok = csv_take(csv, &row) == 1;
	if (!ok) {
		complain(reader->complaints, reader->file, 0,
		    "The file has no rows. Its first line must name the columns.");
		return false;
	}
	reader->line = row.line;
	reader->columns = row.count;
	for (size_t c = 0; c < COLUMN_COUNT; c++)
		reader->field_of[c] = CSV_FIELDS_MAX;
	for (size_t i = 0; i < row.count; i++) {
		size_t c = 0;
		while (c < COLUMN_COUNT && !is_called(row.fields[i], (enum column)c))
			c++;
		if (c == COLUMN_COUNT || reader->field_of[c] != CSV_FIELDS_MAX) {
			COMPLAIN(reader, "%s column `%.60s`. %s",
			    c == COLUMN_COUNT ? "Unknown" : "There is already a", row.fields[i],
			    c == COLUMN_COUNT ? document_advice(reader->arena, row.fields[i],
						    column_names, COLUMN_COUNT)
					      : "Keep one of them.");
			ok = false;
		} else
			reader->field_of[c] = i;
	}
	for (size_t c = 0; c < COLUMN_COUNT; c++) {
		if (reader->field_of[c] == CSV_FIELDS_MAX && !may_be_missing[c]) {
			COMPLAIN(reader, "The column `%s` is missing. Add it to the first line.",
			    column_names[c]);
			ok = false;
		}
	}
	return ok;
}

static void take_values(struct recipients_reader *reader, const struct csv_row *row)
{
	reader->line = row->line;
	for (size_t c = 0; c < COLUMN_COUNT; c++) {
		size_t field = reader->field_of[c];
		reader->value[c] = field < row->count ? row->fields[field] : "";
	}
	for (size_t i = reader->columns; i < row->count; i++)
		if (row->fields[i][0] != '\0') {
			COMPLAIN(reader,
			    "This row has more fields than the first line: `%.60s`. Put a field "
			    "with a separator in it between quotes (\").",
			    row->fields[i]);
			break;
		}
	static const enum column names[] = {UNIT_NAME, PERSON_NAME};
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		const char *text = reader->value[names[i]];
		OWNED_TEXT normal = letters_normalise(text, strlen(text));
		reader->value[names[i]] = arena_copy(reader->arena, normal);
	}
}

static bool code_is_good(struct recipients_reader *reader, enum column column)
{
	const char *code = reader->value[column];
	if (document_code_is_good(code, PLAN_CODE_MAX))
		return true;
	COMPLAIN(reader,
	    "%s `%.60s` cannot be a code. Use 1 to %d letters A-Z, digits and hyphens.",
	    column_names[column], code, PLAN_CODE_MAX);
	return false;
}

static bool has_control(const char *text)
{
	for (const unsigned char *c = (const unsigned char *)text; *c != '\0'; c++)
		if (*c < ' ' || *c == 0x7F)
			return true;
	return false;
}

static bool name_is_good(struct recipients_reader *reader, enum column column, const char *of)
{
	const char *name = reader->value[column];
	size_t len = strlen(name);
	if (len > 0 && len <= NAME_BYTES_MAX && strpbrk(name, "{}") == NULL && !has_control(name))
		return true;
	COMPLAIN(reader,
	    "%s of %s must be one line of 1 to %d bytes, without braces and control characters.",
	    column_names[column], of, NAME_BYTES_MAX);
	return false;
}

/* What a later row says of a thing must be what an earlier one said; empty says nothing. */
static void check_agrees(struct recipients_reader *reader, enum column column, const char *of,
    const char **said, const char *now, int said_line)
{
	if (now[0] == '\0' || strcmp(*said, now) == 0)
		return;
	if ((*said)[0] == '\0') {
		*said = now;
		return;
	}
	COMPLAIN(reader, "%s of %s is `%.80s` here, but `%.80s` on line %d. Make them agree.",
	    column_names[column], of, now, *said, said_line);
}

static void add_unit(struct recipients_reader *reader)
{
	struct recipients *out = reader->out;
	const char *code = reader->value[UNIT_CODE], *kind = reader->value[UNIT_KIND];
	if (!name_is_good(reader, UNIT_NAME, code))
		return;
	if (!plan_unit_kind_exists(kind)) {
		size_t count;
		const char *const *kinds = plan_unit_kinds(&count);
		COMPLAIN(reader, "There is no kind of unit `%.60s`. %s", kind,
		    document_advice(reader->arena, kind, kinds, count));
		return;
	}
	out->units = grown(
	    reader->arena, out->units, out->unit_count, &reader->unit_room, sizeof *out->units);
	text_index_put(&reader->units, code, out->unit_count);
	out->units[out->unit_count++] = (struct recipient_unit){.code = code,
	    .name = reader->value[UNIT_NAME],
	    .kind = kind,
	    .parent = reader->value[PARENT],
	    .valid_from = DAY_NONE,
	    .valid_until = DAY_NONE,
	    .successor = reader->value[SUCCESSOR],
	    .line = reader->line};
}

/* A day of the unit, which other rows may have told or may leave open. */
static void read_day(struct recipients_reader *reader, enum column column,
    const struct recipient_unit *unit, struct day *said)
{
	struct day day;
	struct failure failure;
	const char *text = reader->value[column];
	if (text[0] == '\0')
		return;
	if (civil_parse_day(text, &day, &failure) != RESULT_OK)
		COMPLAIN(reader, "%s of %s: %s", column_names[column], unit->code, failure.text);
	else if (said->number == DAY_NONE.number)
		*said = day;
	else if (said->number != day.number)
		COMPLAIN(reader,
		    "%s of %s is %s here, but %s on another line (%d). Make them agree.",
		    column_names[column], unit->code, civil_iso_day(day).text,
		    civil_iso_day(*said).text, unit->line);
}

static void read_unit(struct recipients_reader *reader)
{
	const char *code = reader->value[UNIT_CODE];
	if (!code_is_good(reader, UNIT_CODE))
		return;
	if (reader->value[PARENT][0] != '\0' && !code_is_good(reader, PARENT))
		return;
	if (reader->value[SUCCESSOR][0] != '\0' && !code_is_good(reader, SUCCESSOR))
		return;
	if (text_index_find(&reader->units, code) == TEXT_INDEX_NONE)
		add_unit(reader);
	size_t at = text_index_find(&reader->units, code);
	if (at == TEXT_INDEX_NONE)
		return; /* it was refused */
	struct recipient_unit *unit = &reader->out->units[at];
	read_day(reader, VALID_FROM, unit, &unit->valid_from);
	read_day(reader, VALID_UNTIL, unit, &unit->valid_until);
	check_agrees(reader, UNIT_NAME, code, &unit->name, reader->value[UNIT_NAME], unit->line);
	check_agrees(reader, UNIT_KIND, code, &unit->kind, reader->value[UNIT_KIND], unit->line);
	check_agrees(reader, PARENT, code, &unit->parent, reader->value[PARENT], unit->line);
	check_agrees(
	    reader, SUCCESSOR, code, &unit->successor, reader->value[SUCCESSOR], unit->line);
}

/* The row's number as E.164, "" for none, NULL after a complaint. */
static const char *read_phone(struct recipients_reader *reader)
{
	const char *text = reader->value[PHONE];
	struct phone phone;
	struct failure failure;
	if (text[0] == '\0')
		return "";
	if (phone_parse(text, &phone, &failure) != RESULT_OK) {
		COMPLAIN(reader, "phone of %s: %s", reader->value[PERSON_CODE], failure.text);
		return NULL;
	}
	if (phone.was_old)
		complain_mildly(reader->complaints, reader->file, reader->line,
		    "phone of %s: %.40s is a number of before 2018; it is read as %s. Check it.",
		    reader->value[PERSON_CODE], text, phone.e164);
	if (phone.is_foreign)
		complain_mildly(reader->complaints, reader->file, reader->line,
		    "phone of %s: %s is a number of another country. Check it.",
		    reader->value[PERSON_CODE], phone.e164);
	return arena_copy(reader->arena, phone.e164);
}

/* Which channels there are is not known here: a word that names none is passed over later. */
static bool preference_is_good(struct recipients_reader *reader)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "0123456789-_, ";
	const char *text = reader->value[PREFERS];
	if (strlen(text) <= PREFERS_BYTES_MAX && text[strspn(text, letters)] == '\0')
		return true;
	COMPLAIN(reader,
	    "prefers of %s cannot be `%.40s`. Write names of channels in the order to try them, "
	    "such as \"zalo,sms\".",
	    reader->value[PERSON_CODE], text);
	return false;
}

static void read_person(struct recipients_reader *reader)
{
	struct recipients *out = reader->out;
	const char *code = reader->value[PERSON_CODE], *language = reader->value[LANGUAGE];
	if (!code_is_good(reader, PERSON_CODE))
		return;
	if (language[0] != '\0' && strcmp(language, "vi") != 0 && strcmp(language, "en") != 0) {
		COMPLAIN(
		    reader, "language of %s cannot be `%.20s`. Write vi or en.", code, language);
		return;
	}
	const char *phone = read_phone(reader);
	if (phone == NULL || !preference_is_good(reader))
		return;
	const char *prefers =
	    reader->field_of[PREFERS] != CSV_FIELDS_MAX ? reader->value[PREFERS] : NULL;
	size_t at = text_index_find(&reader->people, code);
	if (at != TEXT_INDEX_NONE) {
		struct recipient_person *person = &out->people[at];
		check_agrees(reader, PERSON_NAME, code, &person->name, reader->value[PERSON_NAME],
		    person->line);
		check_agrees(reader, PHONE, code, &person->phone, phone, person->line);
		check_agrees(reader, LANGUAGE, code, &person->language, language, person->line);
		if (prefers != NULL)
			check_agrees(
			    reader, PREFERS, code, &person->prefers, prefers, person->line);
		return;
	}
	if (!name_is_good(reader, PERSON_NAME, code))
		return;
	out->people = grown(reader->arena, out->people, out->person_count, &reader->person_room,
	    sizeof *out->people);
	text_index_put(&reader->people, code, out->person_count);
	out->people[out->person_count++] = (struct recipient_person){.code = code,
	    .name = reader->value[PERSON_NAME],
	    .phone = phone,
	    .language = language,
	    .prefers = prefers,
	    .line = reader->line};
}

static void read_post(struct recipients_reader *reader)
{
	struct recipients *out = reader->out;
	const char *unit = reader->value[UNIT_CODE], *person = reader->value[PERSON_CODE];
	enum plan_post post;
	if (!plan_post_of_name(reader->value[POST], &post)) {
		const char *known[POST_COUNT];
		for (unsigned i = 0; i < POST_COUNT; i++)
			known[i] = plan_post_name((enum plan_post)i);
		COMPLAIN(reader, "There is no post `%.60s`. %s", reader->value[POST],
		    document_advice(reader->arena, reader->value[POST], known, POST_COUNT));
		return;
	}
	const char *key =
	    arena_printf(reader->arena, "%s/%s/%s", unit, person, plan_post_name(post));
	size_t at = text_index_find(&reader->posts, key);
	if (at != TEXT_INDEX_NONE) {
		COMPLAIN(reader, "%s is %s of %s on line %d already. Remove one of the rows.",
		    person, plan_post_name(post), unit, out->posts[at].line);
		return;
	}
	out->posts = grown(
	    reader->arena, out->posts, out->post_count, &reader->post_room, sizeof *out->posts);
	text_index_put(&reader->posts, key, out->post_count);
	out->posts[out->post_count++] = (struct recipient_post){
	    .unit_code = unit, .person_code = person, .post = post, .line = reader->line};
}

static void read_row(struct recipients_reader *reader)
{
	bool has_unit = reader->value[UNIT_CODE][0] != '\0';
	bool has_person = reader->value[PERSON_CODE][0] != '\0';
	bool has_post = reader->value[POST][0] != '\0';
	if (has_unit)
		read_unit(reader);
	if (has_person)
		read_person(reader);
	if (!has_unit && !has_person)
		COMPLAIN(reader, "This row has neither unit_code nor person_code. Fill in one, or "
				 "remove the row.");
	else if (has_unit && has_person && !has_post)
		COMPLAIN(reader, "post is empty. Write reporter, deputy, leader or coordinator.");
	else if (has_post && !(has_unit && has_person))
		COMPLAIN(reader, "A post needs unit_code and person_code. Fill in both.");
	else if (has_post)
		read_post(reader);
}

/* Climbs from each unit to the top; `seen[i]` is the round in which unit i was met. */
static void check_parents(
    struct recipients_reader *reader, bool (*known_unit)(const char *code, void *arg), void *arg)
{
	struct recipients *out = reader->out;
	size_t *seen = arena_alloc(reader->arena, (out->unit_count + 1) * sizeof *seen);
	for (size_t i = 0; i < out->unit_count; i++) {
		for (size_t at = i; seen[at] == 0;) {
			const struct recipient_unit *unit = &out->units[at];
			seen[at] = i + 1;
			if (unit->parent[0] == '\0')
				break;
			reader->line = unit->line;
			at = text_index_find(&reader->units, unit->parent);
			if (at != TEXT_INDEX_NONE && seen[at] == i + 1)
				COMPLAIN(reader,
				    "The parents of %s lead back to itself (%s). Correct one "
				    "of them.",
				    unit->code, unit->parent);
			if (at == TEXT_INDEX_NONE) {
				if (known_unit == NULL || !known_unit(unit->parent, arg))
					COMPLAIN(reader,
					    "parent of %s: there is no unit `%.40s`. Add a row "
					    "for it, or correct the code.",
					    unit->code, unit->parent);
				break;
			}
		}
	}
}

static void read_rows(struct recipients_reader *reader, struct csv *csv)
{
	struct csv_row row;
	size_t rows = 0;
	int result;
	while ((result = csv_take(csv, &row)) == 1) {
		if (++rows > ROWS_MAX) {
			complain(reader->complaints, reader->file, row.line,
			    "More than %d rows. Split the file.", ROWS_MAX);
			return;
		}
		take_values(reader, &row);
		read_row(reader);
	}
}

struct recipients *recipients_file_parse(struct arena *arena, const char *file, const char *text,
    size_t len, bool (*known_unit)(const char *code, void *arg), void *arg,
    struct complaints *complaints)
{
	size_t errors_before = complaints->errors;
	struct recipients_reader reader = {.arena = arena,
	    .complaints = complaints,
	    .file = file,
	    .out = arena_alloc(arena, sizeof *reader.out),
	    .units = {.arena = arena},
	    .people = {.arena = arena},
	    .posts = {.arena = arena}};
	struct csv csv;
	if (!csv_begin(&csv, arena, file, text, len, complaints) || !read_header(&reader, &csv))
		return NULL;
	read_rows(&reader, &csv);
	if (complaints->errors > errors_before)
		return NULL; /* parents of units that could not be read would only mislead */
	check_parents(&reader, known_unit, arg);
	recipients_check_succession(
	    arena, file, reader.out, &reader.units, known_unit, arg, complaints);
	for (size_t i = 0; i < reader.out->person_count; i++)
		if (reader.out->people[i].language[0] == '\0')
			reader.out->people[i].language = "vi";
	return complaints->errors > errors_before ? NULL : reader.out;
}
