/*
 * Owns: the turn: all requests in one transaction, each in a savepoint, callbacks after the commit.
 * May use: base/, store/.
 * Must not know: what the operations do.
 */
#include "store/sqlite/internal.h"

#include <stdlib.h>
#include <string.h>

static const struct {
	operation_fn *run;
	size_t output_size;
	bool only_reads;
} operations[STORE_OPERATION_COUNT] = {
    [STORE_IMPORT_RECIPIENTS] = {operation_import_recipients,
	sizeof(struct store_import_recipients_output), false},
    [STORE_IMPORT_PLAN] = {operation_import_plan, sizeof(struct store_import_plan_output), false},
    [STORE_OPEN_OBLIGATIONS] = {operation_open_obligations,
	sizeof(struct store_open_obligations_output), false},
    [STORE_ASK_PAPERS] = {operation_ask_papers, sizeof(struct store_ask_papers_output), false},
    [STORE_PASS_UNITS] = {operation_pass_units, sizeof(struct store_pass_units_output), false},
    [STORE_SET_PLAN_STATE] = {operation_set_plan_state, sizeof(struct store_set_plan_state_output),
	false},
    [STORE_SET_PAUSED] = {operation_set_paused, 0, false},
    [STORE_DUE_OBLIGATIONS] = {operation_due_obligations,
	sizeof(struct store_due_obligations_output), true},
    [STORE_APPLY_DECISIONS] = {operation_apply_decisions,
	sizeof(struct store_apply_decisions_output), false},
    [STORE_PENDING_NOTICES] = {operation_pending_notices,
	sizeof(struct store_pending_notices_output), true},
    [STORE_BIND_NOTICES] = {operation_bind_notices, sizeof(struct store_bind_notices_output),
	false},
    [STORE_CLAIM_DUE] = {operation_claim_due, sizeof(struct store_claim_due_output), false},
    [STORE_REROUTE] = {operation_reroute, sizeof(struct store_reroute_output), false},
    [STORE_RECORD_OUTCOME] = {operation_record_outcome, sizeof(struct store_record_outcome_output),
	false},
    [STORE_RECORD_RECEIPT] = {operation_record_receipt, sizeof(struct store_record_receipt_output),
	false},
    [STORE_SWEEP] = {operation_sweep, sizeof(struct store_sweep_output), false},
    [STORE_RECOVER] = {operation_recover, sizeof(struct store_recover_output), false},
    [STORE_ADD_INBOUND] = {operation_add_inbound, sizeof(struct store_add_inbound_output), false},
    [STORE_INBOUND_CONTEXT] = {operation_inbound_context,
	sizeof(struct store_inbound_context_output), true},
    [STORE_SETTLE_INBOUND] = {operation_settle_inbound, 0, false},
    [STORE_CHANGE_LEDGER] = {operation_change_ledger, 0, false},
    [STORE_ENQUEUE] = {operation_enqueue, sizeof(struct store_enqueue_output), false},
    [STORE_OPEN_TASK] = {operation_open_task, sizeof(struct store_open_task_output), false},
    [STORE_CLOSE_TASK] = {operation_close_task, 0, false},
    [STORE_RESUME_NUMBER] = {operation_resume_number, 0, false},
    [STORE_DECIDE_REGISTRATION] = {operation_decide_registration, 0, false},
    [STORE_ISSUE_LINK_CODE] = {operation_issue_link_code,
	sizeof(struct store_issue_link_code_output), false},
    [STORE_LINK_ADDRESS] = {operation_link_address, sizeof(struct store_link_address_output),
	false},
    [STORE_UNLINK] = {operation_unlink, sizeof(struct store_unlink_output), false},
    [STORE_BLOCK_ADDRESS] = {operation_block_address, 0, false},
    [STORE_DUE_PROGRAM_RECEIPTS] = {operation_due_program_receipts,
	sizeof(struct store_due_program_receipts_output), false},
    [STORE_PROGRAM_TOLD] = {operation_program_told, 0, false},
    [STORE_SET_SIM] = {operation_set_sim, 0, false},
    [STORE_GET_SIM] = {operation_get_sim, sizeof(struct store_get_sim_output), true},
    [STORE_NEXT_MOMENTS] = {operation_next_moments, sizeof(struct store_next_moments_output), true},
};

void store_submit_sqlite(struct store *port, const struct store_request *request)
{
	struct sqlite_store *store = (struct sqlite_store *)port;
	ARRAY_GROW(store->pending, store->pending_count, store->pending_capacity);
	store->pending[store->pending_count++] = (struct pending){.request = *request};
}

/* The transaction is gone: SQLite itself rolls back when the disk is full or fails. */
static bool transaction_is_lost(const struct database *db)
{
	return sqlite3_get_autocommit(db->handle) != 0;
}

static void run_operation(
    struct sqlite_store *store, struct pending *pending, struct arena *scratch)
{
	union {
		struct store_claim_due_output claim;
		struct store_inbound_context_output context;
		max_align_t aligned;
	} spare;
	const struct store_request *request = &pending->request;
	size_t size = operations[request->operation].output_size;
	struct job job = {
	    .db = &store->db,
	    .identity = &store->identity,
	    .arena = request->arena != NULL ? request->arena : scratch,
	    .failure = &pending->failure,
	};
	void *output = request->output != NULL ? request->output : &spare;
	memset(output, 0, size);
	pending->result = operations[request->operation].run(&job, request->input, output);
	if (store->db.error != SQLITE_OK)
		pending->result = database_result(&store->db, &pending->failure);
}

/* Runs one request so that its failure leaves nothing of it. False: the transaction is lost. */
static bool run_alone(struct sqlite_store *store, struct pending *pending, struct arena *scratch)
{
	struct database *db = &store->db;
	if (operations[pending->request.operation].only_reads) {
		run_operation(store, pending, scratch);
	} else {
		sql_run(db, "SAVEPOINT request", NO_VALUES);
		if (db->error == SQLITE_OK)
			run_operation(store, pending, scratch);
		else
			pending->result = database_result(db, &pending->failure);
	}
	if (pending->result != RESULT_OK)
		database_reset_statements(db);
	if (transaction_is_lost(db))
		return false;
	database_forget_error(db);
	if (operations[pending->request.operation].only_reads)
		return true;
	if (pending->result != RESULT_OK)
		sql_run(db, "ROLLBACK TO request", NO_VALUES);
	sql_run(db, "RELEASE request", NO_VALUES);
	return db->error == SQLITE_OK;
}

static bool run_all(struct sqlite_store *store, struct pending *items, size_t count)
{
	struct database *db = &store->db;
	bool only_reads = true;
	for (size_t i = 0; i < count; i++)
		only_reads &= operations[items[i].request.operation].only_reads;
	if (only_reads)
		sql_run(db, "BEGIN", NO_VALUES);
	else
		sql_run(db, "BEGIN IMMEDIATE", NO_VALUES);
	if (db->error != SQLITE_OK)
		return false;
	struct arena *scratch = arena_new();
	bool alive = true;
	for (size_t i = 0; i < count && alive; i++)
		alive = run_alone(store, &items[i], scratch);
	arena_free(scratch);
	if (alive)
		sql_run(db, "COMMIT", NO_VALUES);
	return alive && db->error == SQLITE_OK;
}

/* Every request of the turn fails for the reason that ended the transaction. */
static void fail_all(struct sqlite_store *store, struct pending *items, size_t count)
{
	struct database *db = &store->db;
	struct failure failure = {.code = RESULT_INTERNAL, .text = "The transaction was lost."};
	if (db->error != SQLITE_OK)
		(void)database_result(db, &failure);
	for (size_t i = 0; i < count; i++) {
		items[i].result = failure.code;
		items[i].failure = failure;
	}
	database_reset_statements(db);
	database_forget_error(db);
	if (!transaction_is_lost(db))
		sql_run(db, "ROLLBACK", NO_VALUES);
	database_forget_error(db);
}

bool store_flush_sqlite(struct store *port)
{
	struct sqlite_store *store = (struct sqlite_store *)port;
	if (store->pending_count == 0)
		return false;
	struct pending *items = store->pending;
	size_t count = store->pending_count;
	store->pending = NULL;
	store->pending_count = store->pending_capacity = 0;
	if (!run_all(store, items, count))
		fail_all(store, items, count);
	for (size_t i = 0; i < count; i++) {
		const struct pending *done = &items[i];
		done->request.done(done->result, done->result == RESULT_OK ? NULL : &done->failure,
		    done->request.arg);
	}
	free(items);
	return store->pending_count > 0;
}
