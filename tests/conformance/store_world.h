/*
 * Owns: a small office to test any store with: two communes, a plan, and short ways to run one
 * operation.
 * May use: base/, store/ (the port only), cmocka.
 * Must not know: which implementation it is.
 */
#ifndef TESTS_STORE_WORLD_H
#define TESTS_STORE_WORLD_H

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "store/operations.h"
#include "store/reader.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What an implementation gives: a store at a fresh place, and the same place again. */
struct store_maker {
	enum result (*open)(struct wall now, struct store **out, struct failure *failure);
	enum result (*open_reader)(struct reader **out, struct failure *failure);
	void (*forget)(void); /* the next open is at a fresh place */
};
static const struct store_maker maker;

#define NODE 3
#define START ((struct wall){1589414400000}) /* 14 May 2020 00:00 UTC */
#define NC_PHONE "+84900000001"
#define DT_PHONE "+84900000002"
#define PATIENCE (6 * HOUR_MS)
#define PATIENCE_LAST_CALL (30 * MINUTE_MS)
#define FALLBACK (4 * HOUR_MS)

struct world {
	struct store *store;
	struct arena *arena;
	struct wall now;
	enum result result;
	struct failure failure;
	int done;
	struct store_message_facts facts; /* of the last check */
	struct store_check_verdict verdict;
	int checks;
};

static void world_done(enum result result, const struct failure *failure, void *arg)
{
	struct world *world = arg;
	world->result = result;
	world->done++;
	world->failure = failure != NULL ? *failure : (struct failure){0};
}

static void submit(
    struct world *world, enum store_operation operation, const void *input, void *output)
{
	store_submit(world->store,
	    &(struct store_request){operation, input, output, world->arena, world_done, world});
}

static enum result run(
    struct world *world, enum store_operation operation, const void *input, void *output)
{
	int before = world->done;
	submit(world, operation, input, output);
	assert_int_equal(world->done, before); /* never from inside submit */
	world->store->ops->flush(world->store);
	assert_int_equal(world->done, before + 1);
	return world->result;
}

static void run_ok(
    struct world *world, enum store_operation operation, const void *input, void *output)
{
	if (run(world, operation, input, output) != RESULT_OK)
		fail_msg("operation %d: %s", (int)operation, world->failure.text);
}

static void later(struct world *world, int64_t ms)
{
	world->now = wall_add(world->now, ms);
}

/* ── the office ──────────────────────────────────────────────────────────────────────────────── */

static const struct store_unit office_units[] = {
    {.code = "TK", .name = "Phòng LĐTBXH", .kind = "office", .parent = ""},
    {.code = "NC", .name = "xã Ngọc Côn", .kind = "commune", .parent = "TK"},
    {.code = "DT", .name = "xã Đàm Thủy", .kind = "commune", .parent = "TK"},
};
static const struct store_person office_people[] = {
    {"P1", "Nông Thị An", NC_PHONE, "vi", NULL},
    {"P2", "Lý Văn Bình", DT_PHONE, "vi", NULL},
    {"P9", "Hoàng Thị Chi", "+84900000009", "vi", NULL},
};
static const struct store_post office_posts[] = {
    {"NC", "P1", "reporter"},
    {"DT", "P2", "reporter"},
    {"TK", "P9", "coordinator"},
};

static struct store_import_recipients_input office_recipients(const struct world *world)
{
	return (struct store_import_recipients_input){
	    .now = world->now,
	    .actor = "officer",
	    .owner = "TK",
	    .units = office_units,
	    .unit_count = COUNT_OF(office_units),
	    .people = office_people,
	    .person_count = COUNT_OF(office_people),
	    .posts = office_posts,
	    .post_count = COUNT_OF(office_posts),
	};
}

#define DEADLINE ((struct wall){INT64_C(1591747200000) - 7 * HOUR_MS})

static struct store_new_obligation office_obligation(const char *unit)
{
	return (struct store_new_obligation){.kind = "report",
	    .report_code = "6T",
	    .period = "2020",
	    .unit_code = unit,
	    .named = {18423 /* 10 June 2020 */},
	    .deadline = DEADLINE};
}

static void import_office(struct world *world)
{
	struct store_import_recipients_input recipients = office_recipients(world);
	run_ok(world, STORE_IMPORT_RECIPIENTS, &recipients, NULL);
	const struct store_new_obligation obligations[] = {
	    office_obligation("NC"), office_obligation("DT")};
	const struct store_import_plan_input plan = {.now = world->now,
	    .actor = "officer",
	    .code = "KH2020",
	    .name = "Kế hoạch 2020",
	    .owner = "TK",
	    .body = "plan: 1\n",
	    .obligations = obligations,
	    .obligation_count = COUNT_OF(obligations)};
	run_ok(world, STORE_IMPORT_PLAN, &plan, NULL);
}

static void set_plan(struct world *world, const char *to)
{
	const struct store_set_plan_state_input in = {world->now, "officer", "KH2020", to};
	run_ok(world, STORE_SET_PLAN_STATE, &in, NULL);
}

static void start_office(struct world *world)
{
	import_office(world);
	set_plan(world, "running");
}

/* ── short ways ──────────────────────────────────────────────────────────────────────────────── */

static struct store_due_obligations_output due(struct world *world)
{
	const struct store_due_obligations_input in = {.now = world->now, .limit = 100};
	struct store_due_obligations_output out;
	run_ok(world, STORE_DUE_OBLIGATIONS, &in, &out);
	return out;
}

static const struct store_due_obligation *due_of(struct world *world, const char *unit)
{
	struct store_due_obligations_output out = due(world);
	for (size_t i = 0; i < out.count; i++)
		if (strcmp(out.items[i].unit_code, unit) == 0)
			return &out.items[i];
	return NULL;
}

static const char *const one_part[] = {"Nop bao cao 6T truoc 10/6"};
static const char *const three_parts[] = {"mot", "hai", "ba"};

static struct store_new_message new_message(const char *key, enum message_purpose purpose,
    const char *address, const char *const *parts, int count)
{
	return (struct store_new_message){.key = key,
	    .purpose = purpose,
	    .address = address,
	    .parts = parts,
	    .part_count = count,
	    .cost = 300 * count,
	    .not_after = WALL_NEVER,
	    .validity_minutes = 1440};
}

static struct store_pending_notices_output pending(struct world *world)
{
	const struct store_pending_notices_input in = {.now = world->now, .limit = 100};
	struct store_pending_notices_output out;
	run_ok(world, STORE_PENDING_NOTICES, &in, &out);
	return out;
}

/* Sends the message for the notices, all of them. */
static struct store_bind_notices_output bind_all(
    struct world *world, const struct store_new_message *message, const int64_t *ids, size_t count)
{
	struct store_bound_notice notices[8] = {0};
	assert_true(count <= COUNT_OF(notices));
	for (size_t i = 0; i < count; i++)
		notices[i].id = ids[i];
	const struct store_bound_message bound = {.message = *message,
	    .notices = notices,
	    .notice_count = count,
	    .last_call = message->purpose == PURPOSE_LAST_CALL};
	const struct store_bind_notices_input in = {
	    .now = world->now, .messages = &bound, .message_count = 1};
	struct store_bind_notices_output out;
	run_ok(world, STORE_BIND_NOTICES, &in, &out);
	return out;
}

/* The step is decided; pending when `pending`, of use for three days. */
static struct store_apply_decisions_output decide_step(
    struct world *world, const struct store_due_obligation *item, const char *step, bool is_pending)
{
	const struct store_decided_step decided = {.step = step,
	    .moment = world->now,
	    .nominal = world->now,
	    .reason = is_pending ? NULL : "superseded",
	    .person_id = item->contacts[0].person_id,
	    .send = is_pending,
	    .not_after = wall_add(world->now, 3 * DAY_MS)};
	const struct store_decided decision = {
	    item->id, item->revision, wall_add(world->now, DAY_MS), &decided, 1, false};
	const struct store_apply_decisions_input in = {world->now, &decision, 1};
	struct store_apply_decisions_output out;
	run_ok(world, STORE_APPLY_DECISIONS, &in, &out);
	return out;
}

/* The notice of that step that is pending; 0 none. */
static int64_t pending_id(struct world *world, const char *step)
{
	struct store_pending_notices_output out = pending(world);
	for (size_t i = 0; i < out.count; i++)
		if (strcmp(out.items[i].step, step) == 0)
			return out.items[i].id;
	return 0;
}

/* A step is decided and, with a message, queued by itself: both phases. */
static int decide(struct world *world, const struct store_due_obligation *item, const char *step,
    const struct store_new_message *message)
{
	struct store_apply_decisions_output out = decide_step(world, item, step, message != NULL);
	int64_t id = out.pending > 0 ? pending_id(world, step) : 0;
	return id != 0 ? bind_all(world, message, &id, 1).queued : 0;
}

/* One reminder of the unit's obligation, queued. Returns the obligation's id. */
static int64_t remind(struct world *world, const char *unit, const char *key)
{
	const struct store_due_obligation *item = due_of(world, unit);
	assert_non_null(item);
	struct store_new_message message =
	    new_message(key, PURPOSE_REMINDER, item->contacts[0].phone, one_part, 1);
	message.person_id = item->contacts[0].person_id;
	assert_int_equal(decide(world, item, key, &message), 1);
	return item->id;
}

static void enqueue(struct world *world, const struct store_new_message *message)
{
	const struct store_enqueue_input in = {world->now, "officer", message, 1};
	struct store_enqueue_output out;
	run_ok(world, STORE_ENQUEUE, &in, &out);
	assert_int_equal(out.queued, 1);
}

static struct store_check_verdict check(const struct store_message_facts *facts, void *arg)
{
	struct world *world = arg;
	world->facts = *facts;
	world->checks++;
	return world->verdict;
}

static struct store_claim_due_output claim(struct world *world)
{
	const struct store_claim_due_input in = {.now = world->now,
	    .day_start = {world->now.ms - world->now.ms % DAY_MS},
	    .month_start = {world->now.ms - 20 * DAY_MS},
	    .channel = "modem1",
	    .node = NODE,
	    .lease_ms = 5 * MINUTE_MS,
	    .look_at = 16,
	    .check = check,
	    .check_arg = world};
	struct store_claim_due_output out;
	run_ok(world, STORE_CLAIM_DUE, &in, &out);
	return out;
}

static struct store_record_outcome_output outcome_of(
    struct world *world, int64_t attempt, int part, enum store_outcome outcome, int reference)
{
	const struct store_record_outcome_input in = {.now = world->now,
	    .channel = "modem1",
	    .sim = "sim1",
	    .attempt_id = attempt,
	    .part = part,
	    .outcome = outcome,
	    .code = 38,
	    .reference = reference,
	    .detail = "",
	    .retry_at = wall_add(world->now, MINUTE_MS)};
	struct store_record_outcome_output out;
	run_ok(world, STORE_RECORD_OUTCOME, &in, &out);
	return out;
}

static struct store_record_receipt_output receipt(
    struct world *world, const char *recipient, int reference, int status, struct wall submitted)
{
	const struct store_record_receipt_input in = {.now = world->now,
	    .channel = "modem1",
	    .sim = "sim1",
	    .recipient = recipient,
	    .reference = reference,
	    .status = status,
	    .submit_time = submitted,
	    .discharge_time = world->now};
	struct store_record_receipt_output out;
	run_ok(world, STORE_RECORD_RECEIPT, &in, &out);
	return out;
}

static struct store_sweep_output sweep(struct world *world)
{
	const struct store_sweep_input in = {.now = world->now,
	    .patience_ms = PATIENCE,
	    .patience_last_call_ms = PATIENCE_LAST_CALL,
	    .fallback_ms = FALLBACK,
	    .no_receipts = "mute|dumb"};
	struct store_sweep_output out;
	run_ok(world, STORE_SWEEP, &in, &out);
	return out;
}

static struct store_next_moments_output next_moments(struct world *world)
{
	const struct store_next_moments_input in = {
	    world->now, PATIENCE, PATIENCE_LAST_CALL, FALLBACK};
	struct store_next_moments_output out;
	run_ok(world, STORE_NEXT_MOMENTS, &in, &out);
	return out;
}

static enum result change(
    struct world *world, int64_t obligation, enum ledger_action action, const char *number)
{
	const struct store_change item = {.obligation_id = obligation,
	    .action = action,
	    .document_number = number,
	    .actor = "officer"};
	const struct store_change_ledger_input in = {
	    .now = world->now, .changes = &item, .change_count = 1};
	return run(world, STORE_CHANGE_LEDGER, &in, NULL);
}

static struct store_add_inbound_output receive_part(
    struct world *world, const char *sender, const char *text, int reference, int parts, int part)
{
	const struct store_add_inbound_input in = {.now = world->now,
	    .channel = "modem1",
	    .sim = "sim1",
	    .sender = sender,
	    .sender_kind = "phone",
	    .network_time = world->now,
	    .concat_reference = reference,
	    .parts = parts,
	    .part = part,
	    .text = text};
	struct store_add_inbound_output out;
	run_ok(world, STORE_ADD_INBOUND, &in, &out);
	return out;
}

static int64_t receive(struct world *world, const char *sender, const char *text)
{
	return receive_part(world, sender, text, -1, 1, 1).inbound_id;
}

static struct store_inbound_context_output context(struct world *world, int64_t inbound_id)
{
	const struct store_inbound_context_input in = {.now = world->now, .inbound_id = inbound_id};
	struct store_inbound_context_output out;
	run_ok(world, STORE_INBOUND_CONTEXT, &in, &out);
	return out;
}

/* ── what people would see ───────────────────────────────────────────────────────────────────── */

struct seen_message {
	bool found;
	char state[16], reason[40];
	int attempts;
};

struct looking {
	const char *key;
	struct seen_message seen;
};

static bool look_at_message(const struct message_row *row, void *arg)
{
	struct looking *looking = arg;
	if (strcmp(row->key, looking->key) != 0)
		return true;
	looking->seen.found = true;
	looking->seen.attempts = row->attempts;
	snprintf(looking->seen.state, sizeof looking->seen.state, "%s", row->state);
	snprintf(looking->seen.reason, sizeof looking->seen.reason, "%s",
	    row->reason != NULL ? row->reason : "");
	return false;
}

static struct reader *open_reader(void)
{
	struct reader *reader;
	struct failure failure = {0};
	if (maker.open_reader(&reader, &failure) != RESULT_OK)
		fail_msg("%s", failure.text);
	return reader;
}

static struct seen_message message_seen(const char *key)
{
	struct looking looking = {.key = key};
	struct reader *reader = open_reader();
	assert_int_equal(
	    reader_messages(reader, &(struct message_filter){0}, look_at_message, &looking, NULL),
	    RESULT_OK);
	reader_close(reader);
	return looking.seen;
}

static void assert_message(const char *key, const char *state, const char *reason)
{
	struct seen_message seen = message_seen(key);
	assert_true(seen.found);
	assert_string_equal(seen.state, state);
	assert_string_equal(seen.reason, reason);
}

/* ── each test has a store of its own ────────────────────────────────────────────────────────── */

static int world_setup(void **state)
{
	struct world *world = memory_new(sizeof *world);
	world->arena = arena_new();
	world->now = START;
	maker.forget();
	if (maker.open(world->now, &world->store, &world->failure) != RESULT_OK) {
		fprintf(stderr, "%s\n", world->failure.text);
		return -1;
	}
	*state = world;
	return 0;
}

static int world_teardown(void **state)
{
	struct world *world = *state;
	if (world->store != NULL)
		world->store->ops->close(world->store);
	arena_free(world->arena);
	free(world);
	return 0;
}

static void reopen(struct world *world)
{
	world->store->ops->close(world->store);
	world->store = NULL;
	if (maker.open(world->now, &world->store, &world->failure) != RESULT_OK)
		fail_msg("%s", world->failure.text);
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, world_setup, world_teardown)

#endif
