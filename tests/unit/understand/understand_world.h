/*
 * Owns: the officials' contexts that the tests of understand/ read texts in: the plan of 2020.
 * May use: understand/understand.h, base/civil.h.
 * Must not know: which texts are tried.
 */
#ifndef TESTS_UNDERSTAND_WORLD_H
#define TESTS_UNDERSTAND_WORLD_H

#include "base/civil.h"
#include "understand/understand.h"

#include <string.h>

#define ZONE 420

enum official {
	COMMUNE,    /* Ngọc Côn: 6T, NAM, TK10, TK5 open, 6T reminded */
	LAST_ONE,   /* only 6T is open, reminded */
	CLAIMED,    /* as COMMUNE, 6T claimed */
	TWO_UNITS,  /* 6T of Ngọc Côn (1, claimed) and of Đình Phong (11, reminded) */
	TWO_LATER,  /* as TWO_UNITS, the claim is a week old */
	TWO_OPEN,   /* both open */
	ASKED,      /* COMMUNE, and asked "1 6T, 2 NAM" about number 45/BC-UBND */
	ASKED_FIVE, /* asked with five choices */
	ASKED_UNDO, /* asked which of two claims to undo */
	ROBOT,      /* a short code */
	NOBODY,     /* owes nothing */
	OFFICE,     /* the coordinating office: TH6T, THNAM */
};

#define WORDS_6T "bao cao 6 thang|sau thang|6 thang|6 thang dau nam|giua nam|so ket"
#define WORDS_NAM "bao cao nam|ca nam|1 nam|mot nam|cuoi nam|nam 2020|12 thang"
#define WORDS_TK10 "tong ket 10 nam|muoi nam|10 nam|chien luoc|tong ket chien luoc"
#define WORDS_TK5 "tong ket 5 nam|5 nam|chuong trinh hanh dong|tong ket chuong trinh"
#define WORDS_TH6T "tong hop 6 thang|tong hop sau thang"
#define WORDS_THNAM "tong hop nam|tong hop ca nam"

#define REPORT(number, code, unit, name)                                                           \
	{                                                                                          \
		.id = number, .report_code = #code, .report_words = WORDS_##code,                  \
		.unit_code = unit, .unit_name = name, .deadline = {INT64_C(1591722000000)},        \
		.claimed_at = {                                                                    \
			INT64_MAX                                                                  \
		}                                                                                  \
	}

struct world {
	struct understand_obligation owed[5], others[4];
	int64_t choices[5];
	struct understand_context context;
};

/* Compiled once for all tests. */
static inline const struct understand_vocabulary *world_vocabulary(void)
{
	static struct understand_vocabulary *vocabulary;
	if (vocabulary == NULL)
		vocabulary = understand_vocabulary_new();
	return vocabulary;
}

static inline void world_owe(
    struct world *world, const struct understand_obligation *owed, size_t n)
{
	memcpy(world->owed, owed, n * sizeof *owed);
	world->context.obligation_count = n;
}

static inline void world_others(
    struct world *world, const struct understand_obligation *others, size_t n)
{
	memcpy(world->others, others, n * sizeof *others);
	world->context.other_report_count = n;
}

static inline void world_claim(struct world *world, size_t index)
{
	world->owed[index].claimed = true;
	world->owed[index].claimed_at = world->context.now;
	world->owed[index].claimed_at.ms -= 3600000;
}

static inline void world_ask(struct world *world, enum intent intent, int count, const char *number)
{
	static const int64_t choices[] = {1, 2, 3, 4, 5};
	memcpy(world->choices, choices, sizeof choices);
	world->context.question = (struct understand_question){
	    .count = count, .choices = world->choices, .intent = intent, .document_number = number};
}

/* Monday 8 June 2020, 09:00. */
static inline void world_make(struct world *world, enum official official)
{
	static const struct understand_obligation commune[] = {
	    REPORT(1, 6T, "NGOC-CON", "Xã Ngọc Côn"), REPORT(2, NAM, "NGOC-CON", "Xã Ngọc Côn"),
	    REPORT(3, TK10, "NGOC-CON", "Xã Ngọc Côn"), REPORT(4, TK5, "NGOC-CON", "Xã Ngọc Côn")};
	static const struct understand_obligation two[] = {REPORT(1, 6T, "NGOC-CON", "Xã Ngọc Côn"),
	    REPORT(11, 6T, "DINH-PHONG", "Xã Đình Phong")};
	static const struct understand_obligation office[] = {
	    REPORT(21, TH6T, "PLDTBXH", "Phòng LĐ-TB&XH"),
	    REPORT(22, THNAM, "PLDTBXH", "Phòng LĐ-TB&XH")};
	static const struct understand_obligation event = {.report_code = "THD",
	    .report_words = "thang hanh dong vi binh dang gioi",
	    .unit_code = "",
	    .unit_name = ""};
	memset(world, 0, sizeof *world);
	struct understand_context *context = &world->context;
	context->now = civil_moment(civil_day(2020, 6, 8), 9 * 60, ZONE);
	context->vocabulary = world_vocabulary();
	context->zone_minutes = ZONE;
	context->sender_is_known = true;
	context->sender_is_robot = official == ROBOT;
	context->obligations = world->owed;
	context->other_reports = world->others;
	if (official == OFFICE) {
		world_owe(world, office, 2);
		world_others(world, commune, 4);
		return;
	}
	world_others(world, office, 2);
	world->others[2] = event;
	world->context.other_report_count = 3;
	if (official == NOBODY)
		return;
	if (official == TWO_UNITS || official == TWO_LATER || official == TWO_OPEN)
		world_owe(world, two, 2);
	else
		world_owe(world, commune, official == LAST_ONE ? 1 : 4);
	world->owed[0].reminded = true;
	world->owed[1].reminded = world->context.obligation_count == 2;
	if (official == CLAIMED || official == TWO_UNITS || official == TWO_LATER ||
	    official == ASKED_UNDO)
		world_claim(world, 0);
	if (official == TWO_LATER)
		world->owed[0].claimed_at.ms -= 7 * DAY_MS;
	if (official == ASKED_UNDO)
		world_claim(world, 1);
	if (official == ASKED)
		world_ask(world, INTENT_CONFIRM, 2, "45/BC-UBND");
	if (official == ASKED_FIVE)
		world_ask(world, INTENT_CONFIRM, 5, NULL);
	if (official == ASKED_UNDO)
		world_ask(world, INTENT_CANCEL, 2, NULL);
}

#endif
