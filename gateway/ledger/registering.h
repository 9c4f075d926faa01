/*
 * Owns: who may decide that a number gets a place in a unit, and what the number is told.
 * May use: base/, text/, plan/, store/operations.h.
 * Must not know: who decided through what; Vietnamese: it stands in the texts.
 */
#ifndef LEDGER_REGISTERING_H
#define LEDGER_REGISTERING_H

#include "ledger/telling.h"
#include "plan/model.h"
#include "store/operations.h"

/* The post that a registered number gets. Who held it before keeps it until the office says
 * otherwise: two who are reminded do less harm than nobody. */
#define LEDGER_REGISTERED_POST "reporter"

/* The present reporter or leader of the unit decides, and who decides on extensions at its owner:
 * the approver of a plan of that owner, without any such plan the coordinator. `plans` may have
 * NULLs. */
bool ledger_decides_registration(const struct plan *const *plans, size_t plan_count,
    const struct store_contact *contact, const char *unit_code, const char *owner_code);

/* A registration in a list: "7 DK 0900000031 Xã Ngọc Côn". In the arena. */
const char *ledger_registration_label(
    struct arena *arena, const struct store_known_registration *registration);

/* What the number is told. In the arena. */
const char *ledger_word_registration(struct arena *arena, const struct ledger_texts *texts,
    const char *language, const char *office, const struct store_known_registration *registration,
    bool granted);

#endif
