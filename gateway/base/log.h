/*
 * Owns: the log: one line an event, "level module.event key=value …", on stderr.
 * May use: base/buffer.
 * Must not know: who reads it. Bodies of texts and secrets never come here; numbers go through
 * log_number().
 */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include <stdbool.h>

enum log_level { LOG_ERROR, LOG_WARNING, LOG_INFO, LOG_DEBUG };

/* Sets the least important level that is written; under systemd (JOURNAL_STREAM set) lines carry
 * the priority prefix "<N>" instead of a level word. Call once at start, and on reload. */
void log_set_level(enum log_level level);
enum log_level log_level_now(void);

/* Writes one event. `event` is "module.what"; `format` makes the key=value pairs: values with
 * spaces are the caller's to quote with log_quote(). One write(2) a line. */
void log_event(enum log_level level, const char *event, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* A number fit for the log: "+8490****123", whole when debugging. Returns `out`. */
struct log_number_text {
	char text[40];
};
struct log_number_text log_number(const char *number);

/* A value fit for the log: in double quotes, control characters and quotes escaped, cut at 200
 * bytes. */
struct log_quote_text {
	char text[256];
};
struct log_quote_text log_quote(const char *value);

#endif
