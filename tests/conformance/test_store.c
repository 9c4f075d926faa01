/*
 * Owns: running the store's conformance cases against the embedded store.
 * May use: tests/conformance/, store/, cmocka.
 * Must not know: what the cases check.
 */
#include "store_plan_cases.h"
#include "store_units_cases.h"
#include "store_sending_cases.h"
#include "store_inbound_cases.h"
#include "store_ledger_cases.h"
#include "store_claim_cases.h"
#include "store_notice_cases.h"
#include "store_people_cases.h"
#include "store_address_cases.h"
#include "store_route_cases.h"
#include "store_fallback_cases.h"

#include <unistd.h>

static char directory[64];
static char path[96];
static int fresh;

static void forget(void)
{
	snprintf(path, sizeof path, "%s/store-%d.db", directory, ++fresh);
}

static enum result open_store(struct wall now, struct store **out, struct failure *failure)
{
	return store_open_sqlite(path, NODE, now, out, failure);
}

static enum result open_store_reader(struct reader **out, struct failure *failure)
{
	return reader_open_sqlite(path, out, failure);
}

static const struct store_maker maker = {open_store, open_store_reader, forget};

static int make_directory(void **state)
{
	(void)state;
	snprintf(directory, sizeof directory, "/tmp/nhacviec-store-XXXXXX");
	return mkdtemp(directory) != NULL ? 0 : -1;
}

static int remove_directory(void **state)
{
	(void)state;
	static const char *const suffixes[] = {"", "-wal", "-shm", ".lock"};
	for (; fresh > 0; fresh--)
		for (size_t i = 0; i < COUNT_OF(suffixes); i++) {
			char name[128];
			snprintf(
			    name, sizeof name, "%s/store-%d.db%s", directory, fresh, suffixes[i]);
			unlink(name);
		}
	return rmdir(directory);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    STORE_PLAN_CASES,
	    STORE_UNITS_CASES,
	    STORE_SENDING_CASES,
	    STORE_INBOUND_CASES,
	    STORE_LEDGER_CASES,
	    STORE_NOTICE_CASES,
	    STORE_CLAIM_CASES,
	    STORE_PEOPLE_CASES,
	    STORE_ADDRESS_CASES,
	    STORE_ROUTE_CASES,
	    STORE_FALLBACK_CASES,
	};
	return cmocka_run_group_tests_name("store/sqlite", tests, make_directory, remove_directory);
}
