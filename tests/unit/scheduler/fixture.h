/*
 * Owns: the shipped plan and one obligation of it, for the tests of scheduler/.
 * May use: document/plan_file.h, store/operations.h, base/.
 * Must not know: the cases.
 */
#ifndef TESTS_SCHEDULER_FIXTURE_H
#define TESTS_SCHEDULER_FIXTURE_H

#include "document/plan_file.h"
#include "scheduler/compose.h"

#include <stdlib.h>
#include <string.h>

#define ZONE 420

struct fixture {
	struct arena *arena;
	struct plan *plan;
	struct compose_policy policy;
	struct store_contact contacts[6];
	struct store_due_obligation obligation;
};

static inline void fixture_end(struct fixture *fixture)
{
	arena_free(fixture->arena);
}

static inline struct wall moment(int month, int day, int hour, int minute)
{
	return civil_moment(civil_day(2020, month, day), hour * 60 + minute, ZONE);
}

static inline void add_contact(struct fixture *fixture, const char *post, const char *phone)
{
	size_t n = fixture->obligation.contact_count++;
	fixture->contacts[n] = (struct store_contact){.person_id = (int64_t)n + 1,
	    .person_code = "P",
	    .name = "Nông Thị Hoa",
	    .phone = phone,
	    .language = "vi",
	    .post = post,
	    .unit_code = "NGOC-CON"};
}

/* 6T of Ngọc Côn, plan started on 14 May, one reporter. */
static inline void fixture_begin(struct fixture *fixture)
{
	memset(fixture, 0, sizeof *fixture);
	fixture->arena = arena_new();
	struct complaints complaints = {.arena = fixture->arena};
	struct failure failure;
	const char *path = "config/plans/trung-khanh-2020.yaml", *text;
	size_t len;
	if (document_read(fixture->arena, path, &text, &len, &failure) != RESULT_OK)
		abort();
	fixture->plan =
	    plan_file_parse(fixture->arena, path, text, len, "config/holidays", &complaints);
	if (fixture->plan == NULL)
		abort();
	fixture->policy = (struct compose_policy){
	    .fold = true, .parts_max = 2, .price_per_part = 350, .validity_minutes = 1440};
	fixture->obligation = (struct store_due_obligation){.id = 42,
	    .revision = 7,
	    .kind = "report",
	    .report_code = "6T",
	    .period = "2020",
	    .plan_code = "TK-2020",
	    .plan_running = true,
	    .plan_started = moment(5, 14, 8, 0),
	    .unit_code = "NGOC-CON",
	    .unit_name = "Xã Ngọc Côn",
	    .unit_kind = "commune",
	    .parent_code = "PLDTBXH",
	    .named = civil_day(2020, 6, 10),
	    .deadline = moment(6, 10, 0, 0),
	    .state = OBLIGATION_OPEN,
	    .contacts = fixture->contacts};
	add_contact(fixture, "reporter", "+84900000001");
}

static inline void make_event(struct fixture *fixture)
{
	fixture->obligation.kind = "event";
	fixture->obligation.report_code = "THD";
	fixture->obligation.named = civil_day(2020, 11, 15);
	fixture->obligation.deadline = WALL_NEVER;
}

#define FIXTURE(name)                                                                              \
	__attribute__((cleanup(fixture_end))) struct fixture name;                                 \
	fixture_begin(&name)

#endif
