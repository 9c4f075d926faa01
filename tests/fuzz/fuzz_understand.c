/*
 * Owns: the fuzz target of understand/: whatever the text and the sender's circumstances, each
 * reading keeps what understand.h promises.
 * May use: understand/, base/.
 * Must not know: which texts mean what.
 *
 * The first two bytes choose the circumstances. Seeds: tests/fuzz/seeds/understand.
 */
#include "base/civil.h"
#include "base/memory.h"
#include "understand/understand.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define TEXT_MAX 5000
#define OWED_MAX 3
#define EVENT_ID 10
#define REPORT(number, code, words)                                                                \
	{                                                                                          \
		.id = number, .report_code = code, .report_words = words, .unit_code = "NGOC-CON", \
		.unit_name = "Xã Ngọc Côn", .period = "2020", .claimed_at = {INT64_MAX},           \
		.recorded_at = {                                                                   \
			INT64_MAX                                                                  \
		}                                                                                  \
	}

/* Bits of the first byte … */
enum {
	REMINDED = 1,
	CLAIMED = 2,
	TWO_UNITS = 4,
	OWES_ALL = 8,
	ASKED = 16,
	ASKED_UNDO = 32,
	ROBOT = 64,
	OWES_NOTHING = 128
};
/* … and of the second. */
enum {
	HAS_FIELDS = 1,
	HAS_UNITS = 2,
	HAS_EVENT = 4,
	HAS_REQUESTS = 8,
	ASKED_DAY = 16,
	RECORDED = 32,
	STRANGER = 64,
	NO_OTHERS = 128
};

static const int64_t choices[] = {1, 2, 3};
static const struct understand_field fields[] = {
    {"lop", "lop|lop tap huan"}, {"nguoi", "nguoi|luot nguoi"}};
static const struct understand_unit units[] = {
    {"DINH-PHONG", "Xã Đình Phong"}, {"PHONG-CHAU", "Xã Phong Châu"}};
static const struct understand_obligation other_reports[] = {
    REPORT(0, "TH6T", "tong hop 6 thang"), REPORT(0, "QUY", "bao cao quy|quy 2")};
static const struct understand_obligation event = REPORT(EVENT_ID, "TH", "tap huan binh dang gioi");

static void choose_owed(uint8_t first, uint8_t second, struct understand_obligation owed[OWED_MAX])
{
	const struct understand_obligation reports[OWED_MAX] = {
	    REPORT(1, "6T", "bao cao 6 thang|sau thang|6 thang dau nam"),
	    REPORT(2, "NAM", "bao cao nam|ca nam|nam 2020"),
	    REPORT(3, "TK5", "tong ket 5 nam|5 nam")};
	memcpy(owed, reports, sizeof reports);
	owed[0].reminded = first & REMINDED;
	owed[0].claimed = first & CLAIMED;
	owed[1].unit_code = first & TWO_UNITS ? "DINH-PHONG" : "NGOC-CON";
	owed[1].unit_name = first & TWO_UNITS ? "Xã Đình Phong" : "Xã Ngọc Côn";
	owed[1].recorded = second & RECORDED;
	for (size_t i = 0; i < OWED_MAX && (second & HAS_FIELDS); i++) {
		owed[i].fields = fields;
		owed[i].field_count = COUNT_OF(fields);
	}
}

static void choose_question(uint8_t first, uint8_t second, struct understand_context *context)
{
	if (!(first & (ASKED | ASKED_UNDO)))
		return;
	context->question = (struct understand_question){
	    .count = second & ASKED_DAY ? 1 : OWED_MAX,
	    .choices = choices,
	    .intent = second & ASKED_DAY   ? INTENT_NOT_YET
		      : first & ASKED_UNDO ? INTENT_CANCEL
					   : INTENT_CONFIRM,
	    .document_number = first & ASKED_UNDO ? NULL : "45/BC-UBND",
	    .promised = WALL_NEVER,
	};
}

static void choose_context(uint8_t first, uint8_t second,
    struct understand_obligation owed[OWED_MAX], struct understand_context *context)
{
	choose_owed(first, second, owed);
	*context = (struct understand_context){
	    .now = civil_moment(civil_day(2020, 6, 8), 540, 420),
	    .zone_minutes = 420,
	    .sender_is_robot = first & ROBOT,
	    .sender_is_known = !(second & STRANGER),
	    .obligations = owed,
	    .obligation_count = first & OWES_NOTHING ? 0
				: first & OWES_ALL   ? OWED_MAX
						     : 1,
	    .other_reports = other_reports,
	    .other_report_count = second & NO_OTHERS ? 0 : COUNT_OF(other_reports),
	    .events = &event,
	    .event_count = second & HAS_EVENT ? 1 : 0,
	    .request_count = second & HAS_REQUESTS ? 3 : 0,
	    .units = units,
	    .unit_count = second & HAS_UNITS ? COUNT_OF(units) : 0,
	};
	choose_question(first, second, context);
}

/* ── what is promised ────────────────────────────────────────────────────────────────────────── */

static void require(bool holds)
{
	if (!holds)
		abort();
}

static bool is_known(const struct understand_context *context, int64_t id)
{
	for (size_t i = 0; i < context->obligation_count; i++)
		if (context->obligations[i].id == id)
			return true;
	for (int i = 0; i < context->question.count; i++)
		if (context->question.choices[i] == id)
			return true;
	return context->event_count > 0 && id == EVENT_ID;
}

static void check_obligations(
    const struct reading *reading, const struct understand_context *context)
{
	for (size_t i = 0; i < reading->obligation_count; i++) {
		require(is_known(context, reading->obligations[i]));
		for (size_t k = 0; k < i; k++)
			require(reading->obligations[k] != reading->obligations[i]);
	}
	if (reading->intent == INTENT_CONFIRM && reading->confidence >= CONFIDENCE_SURE &&
	    context->question.count == 0)
		require(reading->obligation_count == 1);
}

static bool is_field(const char *code)
{
	for (size_t i = 0; i < COUNT_OF(fields); i++)
		if (strcmp(fields[i].code, code) == 0)
			return true;
	return false;
}

static void check_named(const struct reading *reading, const struct understand_context *context)
{
	if (reading->document_number != NULL)
		require(strspn(reading->document_number, "0123456789") > 0);
	require(reading->figure_count <= UNDERSTAND_FIGURES_MAX);
	for (size_t i = 0; i < reading->figure_count; i++)
		require(is_field(reading->figures[i].field));
	if (reading->figure_count > 0)
		require(context->obligation_count > 0 && context->obligations[0].field_count > 0);
	require(reading->number_count <= UNDERSTAND_NUMBERS_MAX);
	if (reading->unit_code != NULL)
		require(reading->unit_name != NULL);
	if (reading->other_unit)
		require(reading->unit_name != NULL);
	require((unsigned)reading->misdirected <= MISDIRECTED_TRANSFERRED);
	if (reading->misdirected != MISDIRECTED_NO)
		require(reading->intent == INTENT_UNKNOWN);
}

static void check(const struct reading *reading, const struct understand_context *context)
{
	require((int)reading->intent >= 0 && reading->intent < INTENT_COUNT);
	require(reading->confidence >= 0 && reading->confidence <= 100);
	require(reading->evidence != NULL);
	/* A robot claims nothing, and asks for nothing. */
	if (context->sender_is_robot)
		require(reading->intent == INTENT_ADVERT || reading->intent == INTENT_UNKNOWN);
	check_obligations(reading, context);
	check_named(reading, context);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct understand_vocabulary *vocabulary;
	if (size < 2 || size > TEXT_MAX)
		return 0;
	if (vocabulary == NULL)
		vocabulary = understand_vocabulary_new();
	/* A new one each time: the sanitizer sees what is read past its end. */
	struct arena *arena = arena_new();
	struct understand_obligation owed[OWED_MAX];
	struct understand_context context;
	choose_context(data[0], data[1], owed, &context);
	context.vocabulary = vocabulary;
	const char *text = arena_copy_bytes(arena, data + 2, size - 2);
	struct readings readings = understand(arena, text, &context);
	require(readings.said >= 1 && readings.said <= readings.count);
	for (size_t i = 0; i < readings.count; i++)
		check(&readings.items[i], &context);
	arena_free(arena);
	return 0;
}
