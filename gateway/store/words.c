/*
 * Owns: the words of the store: names of states, purposes and actions, the legal moves.
 * May use: store/operations.h.
 * Must not know: SQL.
 */
#include "store/operations.h"

#include <string.h>

static const char *const obligation_states[] = {
    [OBLIGATION_OPEN] = "open",
    [OBLIGATION_CLAIMED] = "claimed",
    [OBLIGATION_RECEIVED] = "received",
    [OBLIGATION_WAIVED] = "waived",
};

static const char *const message_states[] = {
    [MESSAGE_QUEUED] = "queued",
    [MESSAGE_SENDING] = "sending",
    [MESSAGE_UNKNOWN] = "unknown",
    [MESSAGE_SENT] = "sent",
    [MESSAGE_DELIVERED] = "delivered",
    [MESSAGE_FAILED] = "failed",
    [MESSAGE_EXPIRED] = "expired",
    [MESSAGE_CANCELLED] = "cancelled",
};

static const char *const purposes[] = {
    [PURPOSE_ANSWER] = "answer",
    [PURPOSE_LAST_CALL] = "last-call",
    [PURPOSE_TASK] = "task",
    [PURPOSE_REMINDER] = "reminder",
    [PURPOSE_AD_HOC] = "ad-hoc",
};

static const char *const ledger_actions[] = {
    [LEDGER_CLAIM] = "claim",
    [LEDGER_CORRECT] = "correct",
    [LEDGER_UNDO] = "undo",
    [LEDGER_RECEIVE] = "receive",
    [LEDGER_REOPEN] = "reopen",
    [LEDGER_WAIVE] = "waive",
    [LEDGER_PROMISE] = "promise",
    [LEDGER_UNPROMISE] = "unpromise",
    [LEDGER_REQUEST] = "request-extension",
    [LEDGER_WITHDRAW] = "withdraw-request",
    [LEDGER_EXTEND] = "extend",
    [LEDGER_REFUSE] = "refuse-extension",
    [LEDGER_ATTEND] = "attend",
    [LEDGER_ABSENT] = "absent",
    [LEDGER_UNANSWER] = "unanswer",
    [LEDGER_PASS] = "pass",
};

#define MOVE(state) (1u << (state))

/* A queued message may become sent or delivered only by late proof about an attempt that was
 * unknown and has been given back to the queue; the ordinary way out of the queue is `sending`. */
static const unsigned legal_moves[MESSAGE_STATE_COUNT] = {
    [MESSAGE_QUEUED] = MOVE(MESSAGE_SENDING) | MOVE(MESSAGE_SENT) | MOVE(MESSAGE_DELIVERED) |
		       MOVE(MESSAGE_FAILED) | MOVE(MESSAGE_EXPIRED) | MOVE(MESSAGE_CANCELLED),
    [MESSAGE_SENDING] =
	MOVE(MESSAGE_SENT) | MOVE(MESSAGE_UNKNOWN) | MOVE(MESSAGE_QUEUED) | MOVE(MESSAGE_FAILED),
    [MESSAGE_UNKNOWN] =
	MOVE(MESSAGE_SENT) | MOVE(MESSAGE_DELIVERED) | MOVE(MESSAGE_QUEUED) | MOVE(MESSAGE_FAILED),
    [MESSAGE_SENT] = MOVE(MESSAGE_DELIVERED) | MOVE(MESSAGE_FAILED),
};

bool sender_kind_is_person(const char *sender_kind)
{
	return strcmp(sender_kind, "phone") == 0 || strcmp(sender_kind, "chat") == 0;
}

const char *obligation_state_name(enum obligation_state state)
{
	return obligation_states[state];
}

const char *message_state_name(enum message_state state)
{
	return message_states[state];
}

bool message_state_can_move(enum message_state from, enum message_state to)
{
	return from < MESSAGE_STATE_COUNT && to < MESSAGE_STATE_COUNT &&
	       (legal_moves[from] & MOVE(to)) != 0;
}

const char *message_purpose_name(enum message_purpose purpose)
{
	return purposes[purpose];
}

const char *ledger_action_name(enum ledger_action action)
{
	return ledger_actions[action];
}
