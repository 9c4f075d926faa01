/*
 * Owns: writing a mail message: RFC 5322 headers, RFC 2047 words, a base64 text.
 * May use: base/, text/utf8.h, channel/http_digest.h.
 * Must not know: SMTP, providers.
 */
#include "channel/http_mail.h"

#include "base/civil.h"
#include "base/memory.h"
#include "channel/http_digest.h"
#include "text/utf8.h"

#include <ctype.h>
#include <string.h>

#define ADDRESS_MAX 254 /* RFC 5321 4.5.3.1.3 */
/* RFC 2047: a line with a word is at most 76 letters, with "Subject: ", "=?UTF-8?B?" and "?=" among
 * them; 39 bytes become 52. */
#define WORD_BYTES 39
#define PLAIN_MAX 60
#define LINE_BYTES 57 /* become 76 letters */

static bool address_is_good(const char *address)
{
	size_t len = strlen(address);
	const char *at = strchr(address, '@');
	if (len > ADDRESS_MAX || at == NULL || at == address || at[1] == '\0' ||
	    strchr(at + 1, '@') != NULL)
		return false;
	for (const char *c = address; *c != '\0'; c++)
		if (!isgraph((unsigned char)*c) || strchr("()<>[]:;,\\\"", *c) != NULL)
			return false;
	return true;
}

/* Can it stand in a header as it is? */
static bool is_plain(const char *text)
{
	size_t len = strlen(text);
	for (const char *c = text; *c != '\0'; c++)
		if ((unsigned char)*c < 0x20 || (unsigned char)*c > 0x7E)
			return false;
	return len <= PLAIN_MAX && len > 0 && text[0] != ' ' && text[len - 1] != ' ' &&
	       strstr(text, "=?") == NULL;
}

static void add_word(struct buffer *out, const struct buffer *word)
{
	buffer_add_text(out, "=?UTF-8?B?");
	http_add_base64(out, buffer_text(word), word->len);
	buffer_add_text(out, "?=");
}

/* As RFC 2047 words, each of whole letters, one a line; control characters become blanks. */
static void add_words(struct buffer *out, const char *text)
{
	OWNED_BUFFER word = BUFFER(WORD_BYTES);
	while (*text != '\0') {
		char letter[5];
		uint32_t codepoint = utf8_next(&text);
		int len = utf8_put(codepoint < 0x20 || codepoint == 0x7F ? ' ' : codepoint, letter);
		if (word.len + (size_t)len > WORD_BYTES) {
			add_word(out, &word);
			buffer_add_text(out, "\r\n ");
			buffer_reset(&word);
		}
		buffer_add(&word, letter, (size_t)len);
	}
	add_word(out, &word);
}

static void add_from(struct buffer *out, const struct http_mail *mail)
{
	buffer_add_text(out, "From: ");
	if (mail->from_name[0] == '\0') {
		buffer_printf(out, "%s\r\n", mail->from);
		return;
	}
	if (is_plain(mail->from_name)) {
		buffer_add_char(out, '"');
		for (const char *c = mail->from_name; *c != '\0'; c++) {
			if (*c == '"' || *c == '\\')
				buffer_add_char(out, '\\');
			buffer_add_char(out, *c);
		}
		buffer_add_char(out, '"');
	} else {
		add_words(out, mail->from_name);
		buffer_add_text(out, "\r\n");
	}
	buffer_printf(out, " <%s>\r\n", mail->from);
}

static void add_date(struct buffer *out, struct wall date)
{
	static const char *const days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
	static const char *const months[] = {
	    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
	struct civil civil = civil_of_wall(date, 0);
	buffer_printf(out, "Date: %s, %02d %s %04d %02d:%02d:%02d +0000\r\n", days[civil.weekday],
	    civil.day, months[civil.month - 1], civil.year, civil.hour, civil.minute, civil.second);
}

static void add_message_id(struct buffer *out, const struct http_mail *mail)
{
	buffer_add_text(out, "Message-ID: <");
	for (const char *c = mail->id; *c != '\0'; c++)
		buffer_add_char(
		    out, isalnum((unsigned char)*c) || strchr("-_", *c) != NULL ? *c : '-');
	buffer_printf(out, "%s>\r\n", strchr(mail->from, '@'));
}

/* With CRLF line ends, as mail has them, so that no server on the way changes what was encoded. */
static void add_text(struct buffer *out, const char *text)
{
	OWNED_BUFFER lines = BUFFER(strlen(text) * 2 + 3);
	for (; *text != '\0'; text++) {
		bool begins_line_end = text[0] == '\r' && text[1] == '\n';
		if (*text == '\n' || (*text == '\r' && !begins_line_end))
			buffer_add_text(&lines, "\r\n");
		else if (!begins_line_end)
			buffer_add_char(&lines, *text);
	}
	buffer_add_text(&lines, "\r\n");
	for (size_t at = 0; at < lines.len; at += LINE_BYTES) {
		size_t left = lines.len - at;
		http_add_base64(out, lines.data + at, left < LINE_BYTES ? left : LINE_BYTES);
		buffer_add_text(out, "\r\n");
	}
}

enum result http_write_mail(
    const struct http_mail *mail, struct buffer *out, struct failure *failure)
{
	if (!address_is_good(mail->from))
		return failure_set(failure, RESULT_INVALID, "`from` is not one mail address.");
	if (!address_is_good(mail->to))
		return failure_set(failure, RESULT_INVALID, "`to` is not one mail address.");
	if (mail->id[0] == '\0')
		return failure_set(failure, RESULT_INVALID, "A mail needs {id}, which is empty.");
	add_date(out, mail->date);
	add_message_id(out, mail);
	add_from(out, mail);
	buffer_printf(out, "To: %s\r\nSubject: ", mail->to);
	if (is_plain(mail->subject))
		buffer_add_text(out, mail->subject);
	else if (mail->subject[0] != '\0')
		add_words(out, mail->subject);
	buffer_add_text(out, "\r\nMIME-Version: 1.0\r\n"
			     "Content-Type: text/plain; charset=utf-8\r\n"
			     "Content-Transfer-Encoding: base64\r\n"
			     "Auto-Submitted: auto-generated\r\n\r\n");
	add_text(out, mail->text);
	return RESULT_OK;
}
