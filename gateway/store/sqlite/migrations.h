/*
 * Owns: the numbered migrations of the embedded database.
 * May use: nothing.
 * Must not know: how they are run (open.c).
 */
#ifndef STORE_SQLITE_MIGRATIONS_H
#define STORE_SQLITE_MIGRATIONS_H

/* "nhvc": in the file's header, so that another program's database is not taken for ours. */
#define DATABASE_APPLICATION_ID 0x6e687663

/* Migration n (from 1) is migrations[n - 1]: statements ended by NULL. What has been released is
 * never edited; a change is a further migration. */
extern const char *const *const database_migrations[];
extern const int database_version; /* the number of migrations */

#endif
