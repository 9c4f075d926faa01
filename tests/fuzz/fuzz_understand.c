/*
 * Owns: the fuzz target of understand/: any text in any context gives a reading about the sender's
 * own obligations, and a sure claim is about exactly one, unless it answers our question.
 * May use: understand/, base/.
 * Must not know: which texts mean what.
 *
 * The first byte chooses the context. Seeds: tests/fuzz/seeds/understand.
 */
#include "base/civil.h"
#include "understand/understand.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define TEXT_MAX 5000
#define REPORT(number, code, words)                                                                \
	{                                                                                          \
		.id = number, .report_code = code, .report_words = words, .unit_code = "NGOC-CON", \
		.unit_name = "Xã Ngọc Côn", .claimed_at = {                                        \
			INT64_MAX                                                                  \
		}                                                                                  \
	}

static const int64_t choices[] = {1, 2, 3};

static void choose_context(uint8_t choice, struct understand_obligation owed[3],
    struct understand_obligation *other, struct understand_context *context)
{
	const struct understand_obligation reports[3] = {
	    REPORT(1, "6T", "bao cao 6 thang|sau thang|6 thang dau nam"),
	    REPORT(2, "NAM", "bao cao nam|ca nam|nam 2020"),
	    REPORT(3, "TK5", "tong ket 5 nam|5 nam")};
	memcpy(owed, reports, sizeof reports);
	*other = (struct understand_obligation)REPORT(0, "TH6T", "tong hop 6 thang");
	owed[0].reminded = choice & 1;
	owed[0].claimed = choice & 2;
	owed[1].unit_code = choice & 4 ? "DINH-PHONG" : "NGOC-CON";
	owed[1].unit_name = choice & 4 ? "Xã Đình Phong" : "Xã Ngọc Côn";
	*context = (struct understand_context){
	    .now = civil_moment(civil_day(2020, 6, 8), 540, 420),
	    .zone_minutes = 420,
	    .sender_is_known = true,
	    .obligations = owed,
	    .obligation_count = choice & 8 ? 3 : 1,
	    .other_reports = other,
	    .other_report_count = 1,
	};
	if (choice & 16)
		context->question = (struct understand_question){
		    .count = 3, .choices = choices, .intent = INTENT_CONFIRM};
}

static void check(const struct reading *reading, const struct understand_context *context)
{
	if (reading->confidence < 0 || reading->confidence > 100 || reading->evidence == NULL ||
	    (int)reading->intent < 0 || reading->intent >= INTENT_COUNT)
		abort();
	for (size_t i = 0; i < reading->obligation_count; i++)
		if (reading->obligations[i] < 1 || reading->obligations[i] > 3)
			abort();
	if (reading->intent == INTENT_CONFIRM && reading->confidence >= CONFIDENCE_SURE &&
	    context->question.count == 0 && reading->obligation_count != 1)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size == 0 || size > TEXT_MAX)
		return 0;
	static struct understand_vocabulary *vocabulary;
	if (vocabulary == NULL)
		vocabulary = understand_vocabulary_new();
	struct arena *arena = arena_new();
	struct understand_obligation owed[3], other;
	struct understand_context context;
	choose_context(data[0], owed, &other, &context);
	context.vocabulary = vocabulary;
	const char *text = arena_copy_bytes(arena, data + 1, size - 1);
	struct readings readings = understand(arena, text, &context);
	if (readings.count == 0)
		abort();
	for (size_t i = 0; i < readings.count; i++)
		check(&readings.items[i], &context);
	arena_free(arena);
	return 0;
}
