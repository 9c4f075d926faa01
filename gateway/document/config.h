/*
 * Owns: the node's own configuration, nhacviec.yaml: one table of keys.
 * May use: base/, text/, base/civil.h, document/.
 * Must not know: what the values are used for.
 */
#ifndef DOCUMENT_CONFIG_H
#define DOCUMENT_CONFIG_H

#include "document/document.h"
#include "document/provider.h"

#include <stdint.h>
#include <stdio.h>

#define CONFIG_MODEMS_MAX 16
#define CONFIG_CHANNELS_MAX 16
#define CONFIG_PROGRAMS_MAX 16

struct config_modem {
	const char *name;       /* "viettel1" */
	const char *device;     /* /dev/serial/by-path/… */
	const char *connection; /* "at115200" */
	const char *pin;        /* resolved from file:/env:, or "" */
	const char *pace;       /* auto | patient | brisk */
	const char *prefers;    /* operators, beginnings of numbers; "," between */
};

/* An account at a provider. */
struct config_channel {
	const char *name;
	const struct provider *provider;
	int price;           /* of a text, đồng */
	const char *prefers; /* as of a modem */
	const char *ca_file; /* certificates to trust instead of the system's; "" none */
	struct provider_pair settings[PROVIDER_SETTINGS_MAX]; /* secrets resolved */
	size_t setting_count;
};

/* A program that may send through /cgi-bin/sendsms. */
struct config_program {
	const char *name, *password;
};

/* Values as read; strings live in the arena given to config_load. Lengths of time in ms. */
struct config {
	const char *path;
	const char *state_dir;      /* database, locks: /var/lib/nhacviec */
	const char *database;       /* default STATE/nhacviec.db */
	const char *control_socket; /* default STATE/control.sock */
	const char *own_texts;      /* the office's test file; default STATE/replies.tsv */
	const char *log_level;      /* error | warning | info | debug */
	const char *language;       /* of the office: vi | en */
	const char *texts_dir;      /* texts of answers; default PREFIX/share/nhacviec/texts */
	const char *holidays_dir;
	const char *providers_dir;  /* provider files; default PREFIX/share/nhacviec/providers */
	const char *operators_file; /* which operator has which numbers */
	const char *http_listen;    /* "127.0.0.1:8080"; "": no server */
	const char *public_url;     /* where webhooks reach us; "" nowhere */
	const char *relay, *relay_secret; /* "https://relay.example.vn", "": none */
	const char *proxies;              /* trusted reverse proxies' addresses, "," between */
	const char *only_to;   /* comma-separated numbers a trial is confined to, or "" */
	int node;              /* 0…1023 */
	int zone_minutes;      /* of logs and listings; plans have their own */
	const char *encoding;  /* plain (folded to GSM-7) | full (diacritics) */
	const char *strangers; /* once | never: whether numbers that nobody has are answered */
	int parts_max;         /* a text that needs more is refused */
	int price_per_part;    /* đồng */
	int daily_brake;       /* reminders to one number a day */
	int hourly_answers;    /* answers to one number an hour */
	int monthly_cap;       /* parts a month, 0: none */
	int64_t verdict_limit_ms, patience_ms, patience_last_call_ms;
	int64_t retry_first_ms, retry_longest_ms;
	int attempts_max;
	int64_t validity_ms; /* of reminders; answers: 1 day */
	int retention_days;
	struct config_modem modems[CONFIG_MODEMS_MAX];
	size_t modem_count;
	struct config_channel channels[CONFIG_CHANNELS_MAX];
	size_t channel_count;
	struct config_program programs[CONFIG_PROGRAMS_MAX];
	size_t program_count;
	int64_t
	    fallback_ms; /* a chat text that has not arrived so long goes another way; 0 never */
};

/* Reads and checks the file; `config` is complete when no error was added to `complaints`. Unknown
 * keys, doubled keys, wrong types and values out of range are errors with line and advice; secrets
 * given inline are an error ("use file: or env:"). */
void config_load(
    struct arena *arena, const char *path, struct config *config, struct complaints *complaints);

/* The same from text already read; `path` names it in complaints, and relative paths begin at its
 * folder. */
void config_parse(struct arena *arena, const char *path, const char *text, size_t len,
    struct config *config, struct complaints *complaints);

/* Complains about every key that differs and that a reload may not change. */
void config_compare_for_reload(
    const struct config *now, const struct config *wanted, struct complaints *complaints);

/* Writes the commented example file from the table of keys (language "vi" or "en"). state_dir and
 * modems stand in it commented out, so live ones may be appended. */
void config_print_example(FILE *out, const char *language);

#endif
