/*
 * Owns: the table of keys of nhacviec.yaml, from which they are read, checked, compared, explained.
 * May use: base/, document/config.h.
 * Must not know: YAML.
 */
#ifndef DOCUMENT_CONFIG_KEYS_H
#define DOCUMENT_CONFIG_KEYS_H

#include "document/config.h"

enum config_type {
	CONFIG_CODE,    /* const char *: letters, digits, hyphens */
	CONFIG_CHOICE,  /* const char *: one of `choices` */
	CONFIG_PATH,    /* const char *; relative ones begin at the configuration's folder */
	CONFIG_NUMBERS, /* const char *: phone numbers, E.164, comma between */
	CONFIG_LINE,    /* const char *: anything, at most `most` bytes */
	CONFIG_WORDS,   /* const char *: codes, or beginnings of numbers "+8491"; comma between */
	CONFIG_TOKEN,   /* const char *: any secret by file: or env: */
	CONFIG_SECRET,  /* const char *: a PIN by file: or env: */
	CONFIG_INT,     /* int, least … most */
	CONFIG_TIME,    /* int64_t ms, least … most: "90s", "30m", "6h", "7d" */
	CONFIG_ZONE,    /* int, minutes east of UTC */
};

struct config_key {
	const char *path; /* "money.monthly_cap": at most one group deep */
	enum config_type type;
	size_t offset; /* into struct config, or struct config_modem */
	int64_t least, most;
	const char *choices;   /* CONFIG_CHOICE: "vi|en" */
	const char *otherwise; /* the default as one would write it; NULL: the key is required */
	const char *in_state;  /* CONFIG_PATH: the default is this file in state_dir */
	const char *example;   /* shown commented out; NULL: the default is shown as a live line */
	bool reloadable;
	const char *help_vi, *help_en;
};

extern const struct config_key config_keys[];
extern const size_t config_key_count;

/* The keys of one entry of `channels` besides `provider` and `settings`; never reloadable. */
extern const struct config_key config_channel_keys[];
extern const size_t config_channel_key_count;

/* The keys of one entry of `modems`; never reloadable. */
extern const struct config_key config_modem_keys[];
extern const size_t config_modem_key_count;

#endif
