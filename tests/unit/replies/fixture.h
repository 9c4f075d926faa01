/*
 * Owns: an offer to the replies: the shipped plan and texts, one sender, what they owe.
 * May use: replies/replies.h, document/.
 * Must not know: the cases.
 */
#ifndef TESTS_REPLIES_FIXTURE_H
#define TESTS_REPLIES_FIXTURE_H

#include "base/buffer.h"
#include "document/plan_file.h"
#include "document/texts_file.h"
#include "replies/replies.h"
#include "text/letters.h"
#include "text/segment.h"

#include <string.h>

#define ZONE 420
#define SENDER "+84900000025"
#define APPROVER "+84900000009"
#define OFFICE "P.LĐTBXH Trùng Khánh"
#define MOST 12

struct fixture {
	struct arena *arena;
	struct texts *texts;
	const struct plan *plans[1];
	struct store_contact people[4], office[2];
	struct store_known_request requests[3];
	struct store_known_obligation obligations[MOST];
	struct store_inbound_context_output context;
	int64_t ids[MOST], choices[MOST];
	struct reading reading;
	struct readings readings;
	struct reply_offer offer;
	struct reply_decision decision;
};

static inline struct wall moment_of(const char *text)
{
	struct wall moment;
	struct failure failure;
	if (civil_parse_moment(text, ZONE, &moment, &failure) != RESULT_OK)
		fail_msg("%s", failure.text);
	return moment;
}

static inline const char *fixture_text(const char *language, const char *name, void *arg)
{
	const char *text = texts_get(arg, language, name);
	if (strcmp(text, name) == 0)
		fail_msg("there is no text %s", name);
	return text;
}

static inline void fixture_end(struct fixture *fixture)
{
	arena_free(fixture->arena);
}

/* One sender, reporter of Phong Nậm, on Monday 1 June 2020 at 09:00, who owes nothing. */
static inline void fixture_begin(struct fixture *fixture)
{
	struct complaints complaints = {0};
	struct failure failure;
	const char *body;
	size_t len;
	memset(fixture, 0, sizeof *fixture);
	fixture->arena = complaints.arena = arena_new();
	if (document_read(fixture->arena, "config/plans/trung-khanh-2020.yaml", &body, &len,
		&failure) != RESULT_OK)
		fail_msg("%s (the tests run in the source folder)", failure.text);
	fixture->plans[0] =
	    plan_file_parse(fixture->arena, "plan", body, len, "config/holidays", &complaints);
	fixture->texts = texts_load(fixture->arena, "config/texts", &complaints);
	assert_non_null(fixture->plans[0]);
	assert_non_null(fixture->texts);
	fixture->people[0] = (struct store_contact){7, "CB025", "Đàm Văn Ví Dụ Năm", SENDER, "vi",
	    "reporter", "PHONG-NAM", false, false, NULL, 0, ""};
	fixture->context = (struct store_inbound_context_output){
	    .inbound_id = 500,
	    .channel = "modem",
	    .sender = SENDER,
	    .sender_kind = "phone",
	    .text = "BC 6T",
	    .people = fixture->people,
	    .person_count = 1,
	    .obligations = fixture->obligations,
	    .office = fixture->office,
	    .office_count = 1,
	    .requests = fixture->requests,
	    .free_request_number = 3,
	};
	fixture->office[0] = (struct store_contact){9, "CV001", "Hoàng Thị Chi", APPROVER, "vi",
	    "coordinator", "PLDTBXH", false, false, NULL, 0, ""};
	fixture->reading = (struct reading){.obligations = fixture->ids,
	    .promised = WALL_NEVER,
	    .sent_on = WALL_NEVER,
	    .evidence = ""};
	fixture->readings = (struct readings){.items = &fixture->reading, .count = 1, .said = 1};
	fixture->offer = (struct reply_offer){
	    .arena = fixture->arena,
	    .now = moment_of("2020-06-01T09:00"),
	    .zone_minutes = ZONE,
	    .context = &fixture->context,
	    .readings = &fixture->readings,
	    .plans = fixture->plans,
	    .plan_count = 1,
	    .language = "vi",
	    .office = OFFICE,
	    .text = fixture_text,
	    .text_arg = fixture->texts,
	};
}

#define FIXTURE(name)                                                                              \
	__attribute__((cleanup(fixture_end))) struct fixture name;                                 \
	fixture_begin(&name)

/* One more open report, due on `named` 00:00, with the next id: 1, 2, … */
static inline struct store_known_obligation *add_open(struct fixture *fixture, const char *code,
    const char *unit_code, const char *unit_name, const char *named)
{
	struct day day;
	struct failure failure;
	assert_int_equal(civil_parse_day(named, &day, &failure), RESULT_OK);
	assert_true(fixture->context.obligation_count < MOST);
	struct store_known_obligation *obligation =
	    &fixture->obligations[fixture->context.obligation_count++];
	*obligation = (struct store_known_obligation){
	    .id = (int64_t)fixture->context.obligation_count,
	    .revision = 3,
	    .kind = "report",
	    .plan_code = "TK-2020",
	    .report_code = code,
	    .period = "2020",
	    .unit_code = unit_code,
	    .unit_name = unit_name,
	    .named = day,
	    .deadline = civil_moment(day, 0, ZONE),
	    .claimed_at = WALL_NEVER,
	};
	return obligation;
}

static inline struct store_known_obligation *add_6t(struct fixture *fixture)
{
	return add_open(fixture, "6T", "PHONG-NAM", "Xã Phong Nậm", "2020-06-10");
}

static inline void make_claimed(
    struct store_known_obligation *obligation, const char *number, const char *at, bool by_sender)
{
	obligation->state = OBLIGATION_CLAIMED;
	obligation->document_number = number;
	obligation->claimed_at = moment_of(at);
	obligation->claimed_by_sender = by_sender;
}

/* The reading: an intent about the obligations with these ids, "1 2 3". */
static inline void read_as(
    struct fixture *fixture, enum intent intent, int confidence, const char *ids)
{
	fixture->reading.intent = intent;
	fixture->reading.confidence = confidence;
	fixture->reading.obligation_count = 0;
	for (const char *at = ids; *at != '\0'; at++)
		if (*at != ' ')
			fixture->ids[fixture->reading.obligation_count++] = *at - '0';
}

/* A numbered question about these ids is open. */
static inline void ask_about(struct fixture *fixture, enum intent intent, const char *ids)
{
	fixture->context.question.id = 9;
	fixture->context.question.intent = (int)intent;
	fixture->context.question.choices = fixture->choices;
	fixture->context.question.count = (int)strlen(ids);
	for (size_t i = 0; ids[i] != '\0'; i++)
		fixture->choices[i] = ids[i] - '0';
}

static inline const struct reply_decision *decide(struct fixture *fixture)
{
	fixture->decision = (struct reply_decision){0};
	replies.decide(&fixture->offer, &fixture->decision);
	return &fixture->decision;
}

static inline bool fits_one_part(const char *text)
{
	OWNED_TEXT folded = letters_fold(text);
	return segment_encoding_of(folded) == SEGMENT_GSM7 && segment_count(folded) == 1;
}

#define assert_answer(decision, words)                                                             \
	do {                                                                                       \
		assert_non_null((decision)->answer);                                               \
		if (strstr((decision)->answer, words) == NULL)                                     \
			fail_msg("\"%s\" has no \"%s\"", (decision)->answer, words);               \
	} while (0)

#endif
