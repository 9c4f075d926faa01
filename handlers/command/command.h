/*
 * Owns: the table of subcommands and what they are given.
 * May use: base/, document/.
 * Must not know: the daemon.
 */
#ifndef COMMAND_COMMAND_H
#define COMMAND_COMMAND_H

#include <stdbool.h>

struct foresight;
struct reply_handlers;

/* Options that stand before or after any subcommand's name. */
struct command_context {
	const char *program; /* argv[0] */
	const char
	    *config; /* --config, else $NHACVIEC_CONFIG, else SYSCONFDIR/nhacviec/nhacviec.yaml */
	const char *language; /* --lang vi|en, else LC_ALL / LC_MESSAGES / LANG, else en */
	bool debug;
	const struct foresight *foresight;    /* command/foresight.h */
	const struct reply_handlers *replies; /* inbox/reply.h: for what the office decides */
};

struct command {
	const char *name;
	const char *summary_en, *summary_vi;
	/* argv[0] is the subcommand's name. Returns a sysexits status. */
	int (*run)(const struct command_context *context, int argc, char **argv);
};

/* Every subcommand except those of the daemon's room, in the order --help shows them; ends with a
 * NULL name. */
extern const struct command commands[];

/* The whole program: global options (--config, --lang, --debug anywhere; --version, --help before
 * the subcommand), then the subcommand, found in `commands` or in `extra` (ends with a NULL name;
 * NULL: none). `foresight` is how commands look ahead, `replies` how officials are answered.
 * Returns the exit status. */
int command_main(int argc, char **argv, const struct command *extra,
    const struct foresight *foresight, const struct reply_handlers *replies);

#endif
