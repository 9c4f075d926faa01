/*
 * Owns: the tables: migration 1 makes them, the later ones change them.
 * May use: nothing.
 * Must not know: how migrations are run.
 *
 * Every table has owner_id: the tenant, and the shard key where one machine is outgrown. Moments
 * are milliseconds since 1970 UTC, NULL is never. Days are days since 1970.
 */
#include "store/sqlite/migrations.h"

#include <stddef.h>

static const char *const migration_1[] = {
    /* who */
    "CREATE TABLE unit ("
    " id INTEGER PRIMARY KEY, owner_id INTEGER NOT NULL, code TEXT NOT NULL, name TEXT NOT NULL,"
    " kind TEXT NOT NULL, parent_id INTEGER REFERENCES unit(id),"
    " successor_id INTEGER REFERENCES unit(id), valid_from INTEGER NOT NULL, valid_until INTEGER,"
    " UNIQUE (code, owner_id)) STRICT",
    "CREATE INDEX unit_owner ON unit (owner_id)",
    "CREATE TABLE person ("
    " id INTEGER PRIMARY KEY, owner_id INTEGER NOT NULL, code TEXT NOT NULL, name TEXT NOT NULL,"
    " phone TEXT NOT NULL, language TEXT NOT NULL, valid_from INTEGER NOT NULL,"
    " valid_until INTEGER, UNIQUE (code, owner_id)) STRICT",
    "CREATE INDEX person_phone ON person (phone)",
    "CREATE TABLE post ("
    " id INTEGER PRIMARY KEY, owner_id INTEGER NOT NULL,"
    " unit_id INTEGER NOT NULL REFERENCES unit(id),"
    " person_id INTEGER NOT NULL REFERENCES person(id), post TEXT NOT NULL,"
    " valid_from INTEGER NOT NULL, valid_until INTEGER,"
    " UNIQUE (unit_id, person_id, post)) STRICT",
    "CREATE INDEX post_person ON post (person_id)",
    "CREATE INDEX post_role ON post (owner_id, post)",
    "CREATE TABLE preference ("
    " owner_id INTEGER NOT NULL, address TEXT NOT NULL, name TEXT NOT NULL," /* opted-out,
										 suspended */
    " since INTEGER NOT NULL, detail TEXT, PRIMARY KEY (address, name)) STRICT, WITHOUT ROWID",

    /* what is owed */
    "CREATE TABLE plan ("
    " id INTEGER PRIMARY KEY, owner_id INTEGER NOT NULL, code TEXT NOT NULL, name TEXT NOT NULL,"
    " state TEXT NOT NULL, started INTEGER, version_id INTEGER REFERENCES plan_version(id),"
    " UNIQUE (code, owner_id)) STRICT",
    "CREATE TABLE plan_version ("
    " id INTEGER PRIMARY KEY, owner_id INTEGER NOT NULL,"
    " plan_id INTEGER NOT NULL REFERENCES plan(id), number INTEGER NOT NULL, body TEXT NOT NULL,"
    " imported INTEGER NOT NULL, actor TEXT NOT NULL, UNIQUE (plan_id, number)) STRICT",
    "CREATE TABLE obligation ("
    " id INTEGER PRIMARY KEY, owner_id INTEGER NOT NULL, revision INTEGER NOT NULL,"
    " plan_id INTEGER NOT NULL REFERENCES plan(id),"
    " plan_version_id INTEGER NOT NULL REFERENCES plan_version(id), kind TEXT NOT NULL,"
    " report_code TEXT NOT NULL, period TEXT NOT NULL,"
    " unit_id INTEGER NOT NULL REFERENCES unit(id), state TEXT NOT NULL,"
    " named INTEGER NOT NULL, deadline INTEGER, deadline_version INTEGER NOT NULL,"
    " wake_at INTEGER, claimed_at INTEGER, claimed_by_id INTEGER REFERENCES person(id),"
    " claimed_by TEXT, document_number TEXT, received_at INTEGER, created INTEGER NOT NULL,"
    " retired_at INTEGER, UNIQUE (plan_id, kind, report_code, period, unit_id)) STRICT",
    "CREATE INDEX obligation_wake ON obligation (plan_id, wake_at) WHERE wake_at IS NOT NULL",
    "CREATE INDEX obligation_unit ON obligation (unit_id, report_code)",
    "CREATE TABLE deadline ("
    " id INTEGER PRIMARY KEY, owner_id INTEGER NOT NULL,"
    " obligation_id INTEGER NOT NULL REFERENCES obligation(id), version INTEGER NOT NULL,"
    " named INTEGER NOT NULL, deadline INTEGER, created INTEGER NOT NULL, actor TEXT NOT NULL,"
    " UNIQUE (obligation_id, version)) STRICT",
    "CREATE TABLE ledger ("
    " id INTEGER PRIMARY KEY, owner_id INTEGER NOT NULL,"
    " obligation_id INTEGER NOT NULL REFERENCES obligation(id), action TEXT NOT NULL,"
    " from_state TEXT NOT NULL, to_state TEXT NOT NULL, document_number TEXT,"
    " inbound_id INTEGER, person_id INTEGER, actor TEXT NOT NULL, note TEXT,"
    " at INTEGER NOT NULL) STRICT",
    "CREATE INDEX ledger_obligation ON ledger (obligation_id)",

    /* what goes out */
    "CREATE TABLE notice ("
    " id INTEGER PRIMARY KEY, owner_id INTEGER NOT NULL,"
    " obligation_id INTEGER NOT NULL REFERENCES obligation(id),"
    " deadline_version INTEGER NOT NULL, step TEXT NOT NULL, occurrence INTEGER NOT NULL,"
    " person_id INTEGER NOT NULL," /* 0: nobody in particular */
    " moment INTEGER, nominal INTEGER, reason TEXT, created INTEGER NOT NULL,"
    " UNIQUE (obligation_id, deadline_version, step, occurrence, person_id)) STRICT",
    "CREATE INDEX notice_person ON notice (person_id)",
    "CREATE TABLE message ("
    " id INTEGER PRIMARY KEY, owner_id INTEGER NOT NULL, key TEXT NOT NULL UNIQUE,"
    " purpose INTEGER NOT NULL, state TEXT NOT NULL, reason TEXT, wait_reason TEXT,"
    " person_id INTEGER REFERENCES person(id), address TEXT NOT NULL, channel TEXT,"
    " encoding INTEGER NOT NULL, part_count INTEGER NOT NULL, cost INTEGER NOT NULL,"
    " not_after INTEGER, validity_minutes INTEGER NOT NULL, inbound_id INTEGER,"
    " last_call INTEGER NOT NULL, concat_reference INTEGER, not_before INTEGER NOT NULL,"
    " next_try INTEGER, attempts INTEGER NOT NULL, attempt_id INTEGER, node INTEGER,"
    " lease_until INTEGER, left_at INTEGER, unknown_since INTEGER, sent_at INTEGER,"
    " delivered_at INTEGER, created INTEGER NOT NULL, actor TEXT) STRICT",
    "CREATE INDEX message_queue ON message (purpose, next_try, id) WHERE state = 'queued'",
    "CREATE INDEX message_not_after ON message (not_after)"
    " WHERE state = 'queued' AND not_after IS NOT NULL",
    "CREATE INDEX message_lease ON message (lease_until) WHERE state = 'sending'",
    "CREATE INDEX message_unknown ON message (unknown_since) WHERE state = 'unknown'",
    "CREATE INDEX message_live ON message (address)"
    " WHERE state IN ('queued', 'sending', 'unknown')",
    "CREATE INDEX message_left ON message (address, left_at) WHERE left_at IS NOT NULL",
    "CREATE INDEX message_inbound ON message (inbound_id) WHERE inbound_id IS NOT NULL",
    "CREATE TABLE message_notice ("
    " owner_id INTEGER NOT NULL, message_id INTEGER NOT NULL REFERENCES message(id),"
    " notice_id INTEGER NOT NULL REFERENCES notice(id), rung INTEGER NOT NULL,"
    " PRIMARY KEY (message_id, notice_id), UNIQUE (notice_id, rung)) STRICT, WITHOUT ROWID",
    "CREATE TABLE part ("
    " message_id INTEGER NOT NULL REFERENCES message(id), number INTEGER NOT NULL," /* from 0 */
    " owner_id INTEGER NOT NULL, text TEXT NOT NULL, state TEXT NOT NULL, channel TEXT, sim TEXT,"
    " reference INTEGER, attempt_id INTEGER, started_at INTEGER, submitted_at INTEGER,"
    " unknown_since INTEGER, resent INTEGER NOT NULL DEFAULT 0,"
    " submissions INTEGER NOT NULL DEFAULT 0, delivered_at INTEGER,"
    " PRIMARY KEY (message_id, number)) STRICT, WITHOUT ROWID",
    "CREATE INDEX part_reference ON part (reference, submitted_at)"
    " WHERE state IN ('sent', 'unknown') AND reference IS NOT NULL",
    "CREATE TABLE attempt ("
    " id INTEGER PRIMARY KEY, owner_id INTEGER NOT NULL,"
    " message_id INTEGER NOT NULL REFERENCES message(id), attempt_id INTEGER, part INTEGER,"
    " what TEXT NOT NULL, channel TEXT, sim TEXT, code INTEGER, reference INTEGER, detail TEXT,"
    " at INTEGER NOT NULL) STRICT",
    "CREATE INDEX attempt_message ON attempt (message_id)",
    "CREATE TABLE receipt ("
    " id INTEGER PRIMARY KEY, owner_id INTEGER NOT NULL, channel TEXT NOT NULL,"
    " sim TEXT NOT NULL, reference INTEGER NOT NULL, recipient TEXT NOT NULL,"
    " status INTEGER NOT NULL, submit_time INTEGER NOT NULL, discharge_time INTEGER NOT NULL,"
    " message_id INTEGER REFERENCES message(id), part INTEGER, at INTEGER NOT NULL,"
    " UNIQUE (channel, reference, recipient, submit_time, discharge_time, status)) STRICT",
    "CREATE INDEX receipt_waiting ON receipt (recipient) WHERE message_id IS NULL",
    "CREATE TABLE concat_counter ("
    " owner_id INTEGER NOT NULL, channel TEXT NOT NULL, address TEXT NOT NULL,"
    " next INTEGER NOT NULL, PRIMARY KEY (channel, address)) STRICT, WITHOUT ROWID",
    "CREATE TABLE usage (" /* parts that left, by quarters of an hour */
    " owner_id INTEGER NOT NULL, bucket INTEGER NOT NULL, parts INTEGER NOT NULL,"
    " PRIMARY KEY (owner_id, bucket)) STRICT, WITHOUT ROWID",

    /* what comes in */
    "CREATE TABLE inbound_part ("
    " id INTEGER PRIMARY KEY, owner_id INTEGER NOT NULL, source TEXT NOT NULL,"
    " channel TEXT NOT NULL, sim TEXT NOT NULL, sender TEXT NOT NULL,"
    " sender_kind TEXT NOT NULL, network_time INTEGER NOT NULL,"
    " concat_reference INTEGER NOT NULL, parts INTEGER NOT NULL, part INTEGER NOT NULL,"
    " encoding INTEGER NOT NULL, text TEXT NOT NULL, text_hash INTEGER NOT NULL,"
    " received_at INTEGER NOT NULL, inbound_id INTEGER REFERENCES inbound(id)) STRICT",
    "CREATE UNIQUE INDEX inbound_part_once ON inbound_part"
    " (source, sender, network_time, concat_reference, parts, part, text_hash)",
    "CREATE INDEX inbound_part_waiting ON inbound_part (received_at) WHERE inbound_id IS NULL",
    "CREATE TABLE inbound ("
    " id INTEGER PRIMARY KEY, owner_id INTEGER NOT NULL, channel TEXT NOT NULL,"
    " sim TEXT NOT NULL, sender TEXT NOT NULL, sender_kind TEXT NOT NULL,"
    " network_time INTEGER NOT NULL, received_at INTEGER NOT NULL, encoding INTEGER NOT NULL,"
    " text TEXT NOT NULL, intent TEXT, confidence INTEGER, evidence TEXT, settled_as TEXT,"
    " settled_at INTEGER) STRICT",
    "CREATE INDEX inbound_waiting ON inbound (id) WHERE settled_at IS NULL",
    "CREATE INDEX inbound_sender ON inbound (sender, received_at)",
    "CREATE TABLE question ("
    " id INTEGER PRIMARY KEY, owner_id INTEGER NOT NULL, inbound_id INTEGER NOT NULL,"
    " person_id INTEGER, address TEXT NOT NULL, channel TEXT NOT NULL, choices TEXT NOT NULL,"
    " intent INTEGER NOT NULL, document_number TEXT, asked_at INTEGER NOT NULL, until INTEGER,"
    " closed_at INTEGER, closed_as TEXT) STRICT",
    "CREATE UNIQUE INDEX question_open ON question (address, channel) WHERE closed_at IS NULL",
    "CREATE INDEX question_until ON question (until) WHERE closed_at IS NULL",

    /* the rest */
    "CREATE TABLE task ("
    " id INTEGER PRIMARY KEY, owner_id INTEGER NOT NULL, key TEXT NOT NULL, kind TEXT NOT NULL,"
    " text TEXT NOT NULL, inbound_id INTEGER, obligation_id INTEGER, message_id INTEGER,"
    " opened INTEGER NOT NULL, until INTEGER, closed INTEGER, closed_by TEXT, note TEXT) STRICT",
    "CREATE UNIQUE INDEX task_open ON task (key) WHERE closed IS NULL",
    "CREATE TABLE audit ("
    " id INTEGER PRIMARY KEY, owner_id INTEGER NOT NULL, at INTEGER NOT NULL,"
    " actor TEXT NOT NULL, action TEXT NOT NULL, subject TEXT NOT NULL, detail TEXT) STRICT",
    "CREATE TABLE switch ("
    " owner_id INTEGER NOT NULL, scope TEXT PRIMARY KEY, paused INTEGER NOT NULL,"
    " actor TEXT NOT NULL, at INTEGER NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE TABLE sim ("
    " owner_id INTEGER NOT NULL, channel TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL,"
    " at INTEGER NOT NULL, PRIMARY KEY (channel, name)) STRICT, WITHOUT ROWID",
    NULL,
};

/* Promises, extension requests, attendance. */
static const char *const migration_ledger[] = {
    "ALTER TABLE obligation ADD COLUMN promised_day INTEGER",
    "ALTER TABLE obligation ADD COLUMN promised_at INTEGER",
    "ALTER TABLE obligation ADD COLUMN promised_by_id INTEGER REFERENCES person(id)",
    "ALTER TABLE obligation ADD COLUMN promised_by TEXT",
    "ALTER TABLE obligation ADD COLUMN promises INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE obligation ADD COLUMN promises_in_row INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE obligation ADD COLUMN attendance TEXT", /* coming, absent */
    "ALTER TABLE obligation ADD COLUMN attendance_at INTEGER",
    "ALTER TABLE obligation ADD COLUMN attendance_by_id INTEGER REFERENCES person(id)",
    "ALTER TABLE obligation ADD COLUMN attendance_by TEXT",
    "ALTER TABLE ledger ADD COLUMN day INTEGER",
    "ALTER TABLE ledger ADD COLUMN request_id INTEGER",
    "ALTER TABLE question ADD COLUMN day INTEGER",
    "CREATE TABLE extension_request ("
    " id INTEGER PRIMARY KEY, owner_id INTEGER NOT NULL,"
    " obligation_id INTEGER NOT NULL REFERENCES obligation(id), number INTEGER NOT NULL,"
    " asked_day INTEGER NOT NULL, asked_by_id INTEGER REFERENCES person(id),"
    " asked_by TEXT NOT NULL, asked_at INTEGER NOT NULL, inbound_id INTEGER,"
    " lapse_at INTEGER, state TEXT NOT NULL," /* pending, approved, refused, withdrawn, lapsed */
    " decided_by_id INTEGER REFERENCES person(id), decided_by TEXT, decided_at INTEGER,"
    " decided_inbound_id INTEGER) STRICT",
    "CREATE UNIQUE INDEX extension_request_number ON extension_request (owner_id, number)"
    " WHERE state = 'pending'",
    "CREATE UNIQUE INDEX extension_request_open ON extension_request (obligation_id)"
    " WHERE state = 'pending'",
    "CREATE INDEX extension_request_lapse ON extension_request (lapse_at)"
    " WHERE state = 'pending'",
    NULL,
};

/* Units that change: until now valid_from was only the moment of the first import, which says
 * nothing of when a unit came to be. passed_at: what it owed has passed on. */
static const char *const migration_units[] = {
    "UPDATE unit SET valid_from = 0",
    "ALTER TABLE unit ADD COLUMN passed_at INTEGER",
    "CREATE INDEX unit_end ON unit (valid_until) WHERE valid_until IS NOT NULL",
    "ALTER TABLE obligation ADD COLUMN closing INTEGER",
    NULL,
};

/* Notices that are pending until a message carries them. */
static const char *const migration_pending[] = {
    "ALTER TABLE notice ADD COLUMN due INTEGER", /* to be composed then; NULL: not pending */
    "ALTER TABLE notice ADD COLUMN way INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE notice ADD COLUMN last_call INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE notice ADD COLUMN not_after INTEGER",
    "ALTER TABLE notice ADD COLUMN withheld TEXT", /* why it ended without being told */
    "ALTER TABLE notice ADD COLUMN ended INTEGER", /* when */
    "ALTER TABLE obligation ADD COLUMN until_received INTEGER NOT NULL DEFAULT 0",
    "CREATE INDEX notice_due ON notice (due) WHERE due IS NOT NULL",
    "CREATE INDEX notice_pending ON notice (person_id) WHERE due IS NOT NULL",
    "UPDATE notice SET (last_call, not_after) = (SELECT message.last_call, message.not_after"
    " FROM message_notice AS link JOIN message ON message.id = link.message_id"
    " WHERE link.notice_id = notice.id) WHERE EXISTS (SELECT 1 FROM message_notice AS link"
    " JOIN message ON message.id = link.message_id WHERE link.notice_id = notice.id"
    " AND message.state = 'queued')",
    NULL,
};

/* What a claim says besides its number; whose paper was asked for: paper_asked is the moment of
 * that claim. */
static const char *const migration_claims[] = {
    "ALTER TABLE obligation ADD COLUMN sent_on INTEGER",
    "ALTER TABLE obligation ADD COLUMN figures TEXT",
    "ALTER TABLE obligation ADD COLUMN nothing_to_report INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE obligation ADD COLUMN paper_asked INTEGER",
    "ALTER TABLE ledger ADD COLUMN sent_on INTEGER",
    "ALTER TABLE ledger ADD COLUMN figures TEXT",
    "ALTER TABLE ledger ADD COLUMN nothing_to_report INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE question ADD COLUMN figures TEXT",
    "ALTER TABLE question ADD COLUMN nothing_to_report INTEGER NOT NULL DEFAULT 0",
    "CREATE INDEX obligation_number ON obligation (document_number, report_code)"
    " WHERE document_number IS NOT NULL",
    "CREATE INDEX obligation_paper ON obligation (plan_id, claimed_at)"
    " WHERE state = 'claimed' AND claimed_at IS NOT NULL",
    "CREATE INDEX unit_parent ON unit (parent_id) WHERE parent_id IS NOT NULL",
    NULL,
};

/* Strangers who ask for a place in a unit. */
static const char *const migration_people[] = {
    "CREATE TABLE registration ("
    " id INTEGER PRIMARY KEY, owner_id INTEGER NOT NULL, unit_id INTEGER NOT NULL REFERENCES"
    " unit(id), number INTEGER NOT NULL, address TEXT NOT NULL, channel TEXT,"
    " inbound_id INTEGER, asked_at INTEGER NOT NULL, lapse_at INTEGER, state TEXT NOT NULL,"
    /* pending, approved, refused, lapsed */
    " person_id INTEGER REFERENCES person(id), decided_by_id INTEGER REFERENCES person(id),"
    " decided_by TEXT, decided_at INTEGER, decided_inbound_id INTEGER) STRICT",
    "CREATE INDEX registration_asked ON registration (address, asked_at)",
    "CREATE UNIQUE INDEX registration_number ON registration (owner_id, number)"
    " WHERE state = 'pending'",
    "CREATE UNIQUE INDEX registration_address ON registration (address) WHERE state = 'pending'",
    NULL,
};

/* Accounts by which people are reached besides their phone, and the codes that link them; what the
 * providers call the messages that go through them. A text with an id of the provider's is the same
 * as another when that is the same, whatever its words and its second. */
static const char *const migration_addresses[] = {
    "CREATE TABLE address ("
    " id INTEGER PRIMARY KEY, owner_id INTEGER NOT NULL,"
    " person_id INTEGER NOT NULL REFERENCES person(id), kind TEXT NOT NULL,"
    " address TEXT NOT NULL, channel TEXT NOT NULL,"
    " state TEXT NOT NULL," /* linked, blocked, unlinked */
    " linked_at INTEGER NOT NULL, ended_at INTEGER, detail TEXT) STRICT",
    "CREATE UNIQUE INDEX address_live ON address (address, kind, person_id)"
    " WHERE state <> 'unlinked'",
    "CREATE INDEX address_of ON address (address, kind)",
    "CREATE INDEX address_person ON address (person_id)",
    "CREATE TABLE link_code ("
    " id INTEGER PRIMARY KEY, owner_id INTEGER NOT NULL,"
    " person_id INTEGER NOT NULL REFERENCES person(id), code TEXT NOT NULL, kind TEXT,"
    " created INTEGER NOT NULL, until INTEGER NOT NULL, actor TEXT NOT NULL,"
    " used_at INTEGER, ended_as TEXT) STRICT", /* used, replaced, expired */
    "CREATE UNIQUE INDEX link_code_live ON link_code (code) WHERE used_at IS NULL",
    "CREATE UNIQUE INDEX link_code_person ON link_code (person_id) WHERE used_at IS NULL",
    "CREATE TABLE link_try (" /* of a code that was not right */
    " id INTEGER PRIMARY KEY, owner_id INTEGER NOT NULL, kind TEXT NOT NULL,"
    " address TEXT NOT NULL, at INTEGER NOT NULL) STRICT",
    "CREATE INDEX link_try_address ON link_try (address, kind, at)",
    "ALTER TABLE person ADD COLUMN prefers TEXT",
    "ALTER TABLE message ADD COLUMN address_kind TEXT NOT NULL DEFAULT 'phone'",
    "ALTER TABLE message ADD COLUMN route TEXT",
    "ALTER TABLE message ADD COLUMN fell_back_at INTEGER",
    "ALTER TABLE message ADD COLUMN whole INTEGER NOT NULL DEFAULT 0", /* its parts leave as one */
    "CREATE INDEX message_fall_back ON message (sent_at) WHERE state = 'sent'"
    " AND address_kind <> 'phone' AND fell_back_at IS NULL",
    "CREATE INDEX message_chat_waits ON message (created) WHERE state = 'queued'"
    " AND address_kind <> 'phone'",
    "CREATE INDEX message_route ON message (route) WHERE state = 'queued' AND route IS NOT NULL",
    "ALTER TABLE part ADD COLUMN external_id TEXT",
    "CREATE INDEX part_external ON part (external_id) WHERE external_id IS NOT NULL",
    "ALTER TABLE attempt ADD COLUMN external_id TEXT",
    "CREATE TABLE program_receipt (" /* what programs want to be told of their messages */
    " message_id INTEGER PRIMARY KEY REFERENCES message(id), owner_id INTEGER NOT NULL,"
    " url TEXT NOT NULL, mask INTEGER NOT NULL, told INTEGER NOT NULL,"
    " next_try INTEGER, tries INTEGER NOT NULL) STRICT",
    "CREATE INDEX program_receipt_due ON program_receipt (next_try)"
    " WHERE next_try IS NOT NULL",
    "ALTER TABLE registration ADD COLUMN address_kind TEXT NOT NULL DEFAULT 'phone'",
    "ALTER TABLE inbound ADD COLUMN address_kind TEXT NOT NULL DEFAULT 'phone'",
    "ALTER TABLE inbound_part ADD COLUMN address_kind TEXT NOT NULL DEFAULT 'phone'",
    "ALTER TABLE inbound_part ADD COLUMN external_id TEXT",
    "DROP INDEX inbound_part_once",
    "CREATE UNIQUE INDEX inbound_part_once ON inbound_part"
    " (source, sender, network_time, concat_reference, parts, part, text_hash)"
    " WHERE external_id IS NULL",
    "CREATE UNIQUE INDEX inbound_part_external ON inbound_part (channel, sender, external_id)"
    " WHERE external_id IS NOT NULL",
    "ALTER TABLE receipt RENAME TO receipt_before",
    "CREATE TABLE receipt ("
    " id INTEGER PRIMARY KEY, owner_id INTEGER NOT NULL, channel TEXT NOT NULL,"
    " sim TEXT NOT NULL, reference INTEGER NOT NULL, recipient TEXT NOT NULL,"
    " status INTEGER NOT NULL, submit_time INTEGER NOT NULL, discharge_time INTEGER NOT NULL,"
    " message_id INTEGER REFERENCES message(id), part INTEGER, at INTEGER NOT NULL,"
    " external_id TEXT) STRICT",
    "INSERT INTO receipt SELECT *, NULL FROM receipt_before",
    "DROP TABLE receipt_before",
    "CREATE UNIQUE INDEX receipt_once ON receipt"
    " (channel, reference, recipient, submit_time, discharge_time, status)"
    " WHERE external_id IS NULL",
    "CREATE UNIQUE INDEX receipt_external ON receipt (external_id, channel, recipient, status)"
    " WHERE external_id IS NOT NULL",
    "CREATE INDEX receipt_waiting ON receipt (recipient) WHERE message_id IS NULL",
    NULL,
};

const char *const *const database_migrations[] = {migration_1, migration_ledger, migration_units,
    migration_pending, migration_claims, migration_people, migration_addresses};
const int database_version = sizeof database_migrations / sizeof database_migrations[0];
