/*
 * Owns: writing log lines.
 * May use: base/buffer.
 * Must not know: the product.
 */
#include "base/log.h"

#include "base/buffer.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static enum log_level least = LOG_INFO;

static const struct {
	const char *word, *prefix;
} levels[] = {
    [LOG_ERROR] = {"error", "<3>"},
    [LOG_WARNING] = {"warning", "<4>"},
    [LOG_INFO] = {"info", "<6>"},
    [LOG_DEBUG] = {"debug", "<7>"},
};

void log_set_level(enum log_level level)
{
	least = level;
}

enum log_level log_level_now(void)
{
	return least;
}

void log_event(enum log_level level, const char *event, const char *format, ...)
{
	char pairs[1600];
	va_list args;
	if (level > least)
		return;
	va_start(args, format);
	vsnprintf(pairs, sizeof pairs, format, args);
	va_end(args);
	OWNED_BUFFER line = BUFFER(2048);
	if (getenv("JOURNAL_STREAM") != NULL)
		buffer_add_text(&line, levels[level].prefix);
	else
		buffer_printf(&line, "%s ", levels[level].word);
	buffer_printf(&line, "%s%s%s\n", event, pairs[0] ? " " : "", pairs);
	if (write(STDERR_FILENO, line.data, line.len) < 0)
		return; /* nowhere left to complain */
}

struct log_number_text log_number(const char *number)
{
	struct log_number_text out;
	size_t len = number == NULL ? 0 : strlen(number);
	if (len == 0)
		snprintf(out.text, sizeof out.text, "-");
	else if (least >= LOG_DEBUG || len < 7)
		snprintf(out.text, sizeof out.text, "%.30s", number);
	else
		snprintf(out.text, sizeof out.text, "%.*s****%s", len >= 12 ? 5 : (int)len - 7,
		    number, number + len - 3);
	return out;
}

struct log_quote_text log_quote(const char *value)
{
	struct log_quote_text out;
	size_t n = 0;
	out.text[n++] = '"';
	for (size_t i = 0; value != NULL && value[i] != '\0' && i < 200 && n < sizeof out.text - 3;
	     i++) {
		unsigned char c = (unsigned char)value[i];
		if (c == '"' || c == '\\')
			out.text[n++] = '\\';
		out.text[n++] = c < 0x20 || c == 0x7f ? ' ' : (char)c;
	}
	out.text[n++] = '"';
	out.text[n] = '\0';
	return out;
}
