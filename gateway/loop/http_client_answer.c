/*
 * Owns: collecting an answer, bounded; what became of the exchange, and the words for it.
 * May use: base/, libcurl.
 * Must not know: the domain; how a request is put together.
 *
 * libcurl calls before_request (http_client_request.c) when a connection stands, TLS included, and
 * before the first byte of the request: what fails earlier was not sent, whatever the error is.
 * With mail nothing is to be acted on before the message itself begins.
 */
#include "loop/http_client_internal.h"

#include "base/memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* ── collecting ──────────────────────────────────────────────────────────────────────────────── */

static size_t take_body(char *bytes, size_t size, size_t count, void *arg)
{
	struct http_exchange *exchange = arg;
	struct buffer *answer = &exchange->answer;
	size_t len = size * count, room = answer->max - answer->len;
	buffer_add(answer, bytes, len < room ? len : room);
	if (len > room)
		answer->overflow = true;
	return answer->overflow ? 0 : len; /* anything but len ends the transfer */
}

static size_t trimmed(const char **text, size_t len)
{
	while (len > 0 && strchr(" \t", **text) != NULL) {
		++*text;
		len--;
	}
	while (len > 0 && strchr(" \t\r\n", (*text)[len - 1]) != NULL)
		len--;
	return len;
}

static size_t take_header(char *line, size_t size, size_t count, void *arg)
{
	struct http_exchange *exchange = arg;
	struct buffer *head = &exchange->head;
	size_t len = size * count;
	if (memchr(line, '\0', len) != NULL)
		return 0;
	if (len >= 5 && memcmp(line, "HTTP/", 5) == 0) { /* the last of several heads counts */
		buffer_reset(head);
		exchange->header_count = 0;
		return len;
	}
	const char *colon = memchr(line, ':', len);
	if (colon == NULL)
		return len;
	const char *value = colon + 1;
	size_t value_len = trimmed(&value, len - (size_t)(value - line));
	buffer_add(head, line, (size_t)(colon - line));
	buffer_add_char(head, '\0');
	buffer_add(head, value, value_len);
	buffer_add_char(head, '\0');
	exchange->header_count++;
	return head->overflow ? 0 : len;
}

static size_t take_reply(char *line, size_t size, size_t count, void *arg)
{
	struct http_exchange *exchange = arg;
	struct buffer *reply = &exchange->answer;
	size_t len = size * count;
	if (exchange->reply_ended)
		buffer_reset(reply);
	exchange->reply_ended = len < 4 || line[3] != '-';
	size_t room = reply->max - reply->len;
	buffer_add(reply, line, len < room ? len : room); /* the rest of a reply decides nothing */
	return len;
}

void http_exchange_listen(struct http_exchange *exchange, size_t answer_max)
{
	CURL *easy = exchange->easy;
	exchange->head = BUFFER(HTTP_HEAD_MAX);
	exchange->answer = BUFFER(answer_max);
	curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, exchange->error);
	curl_easy_setopt(
	    easy, CURLOPT_HEADERFUNCTION, exchange->is_mail ? take_reply : take_header);
	curl_easy_setopt(easy, CURLOPT_HEADERDATA, exchange);
	curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body);
	curl_easy_setopt(easy, CURLOPT_WRITEDATA, exchange);
}

/* ── what became of it ───────────────────────────────────────────────────────────────────────── */

static enum http_fate fate_of(const struct http_exchange *exchange, CURLcode code, int status)
{
	if (exchange->easy == NULL)
		return HTTP_NOT_SENT;
	if (code == CURLE_OK)
		return HTTP_ANSWERED;
	if (!exchange->is_mail)
		return exchange->times_begun == 0 ? HTTP_NOT_SENT : HTTP_UNKNOWN;
	if (status >= 400 && code != CURLE_OPERATION_TIMEDOUT)
		return HTTP_ANSWERED;
	return exchange->body_asked ? HTTP_UNKNOWN : HTTP_NOT_SENT;
}

static bool is_about_certificates(CURLcode code)
{
	return code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_SSL_CONNECT_ERROR ||
	       code == CURLE_SSL_CACERT_BADFILE || code == CURLE_USE_SSL_FAILED;
}

/* libcurl's words for everybody; its words for this case only where they can hold no address and
 * no credential. */
static void describe_error(
    const struct http_exchange *exchange, CURLcode code, struct buffer *detail)
{
	long machine_error = 0;
	buffer_add_text(detail, curl_easy_strerror(code));
	if (is_about_certificates(code) && exchange->error[0] != '\0')
		buffer_printf(detail, ": %s", exchange->error);
	curl_easy_getinfo(exchange->easy, CURLINFO_OS_ERRNO, &machine_error);
	if (code == CURLE_COULDNT_CONNECT && machine_error != 0)
		buffer_printf(detail, ": %s", strerror((int)machine_error));
}

static void describe(const struct http_exchange *exchange, CURLcode code,
    const struct http_answer *answer, struct buffer *detail)
{
	bool begun = exchange->times_begun > 0;
	if (exchange->easy == NULL)
		buffer_add_text(detail, exchange->refusal);
	else if (answer->fate == HTTP_ANSWERED)
		buffer_printf(detail, "answered %d", answer->status);
	else if (exchange->answer.overflow)
		buffer_printf(detail, "the answer is longer than %zu bytes", exchange->answer.max);
	else if (exchange->head.overflow)
		buffer_printf(detail, "the answer's head is longer than %zu bytes", HTTP_HEAD_MAX);
	else if (code == CURLE_OPERATION_TIMEDOUT && begun)
		buffer_printf(
		    detail, "no whole answer within %lld ms", (long long)exchange->whole_ms);
	else if (code == CURLE_OPERATION_TIMEDOUT)
		buffer_printf(
		    detail, "no connection within %lld ms", (long long)exchange->connect_ms);
	else if (code == CURLE_ABORTED_BY_CALLBACK || code == CURLE_SEND_FAIL_REWIND)
		buffer_add_text(detail, "the connection died before an answer came");
	else
		describe_error(exchange, code, detail);
}

static struct http_header *split_head(const struct http_exchange *exchange)
{
	struct http_header *headers = memory_new((exchange->header_count + 1) * sizeof *headers);
	const char *text = exchange->head.data;
	for (size_t i = 0; i < exchange->header_count; i++) {
		headers[i].name = text;
		headers[i].value = text + strlen(text) + 1;
		text = headers[i].value + strlen(headers[i].value) + 1;
	}
	return headers;
}

void http_exchange_tell(struct http_exchange *exchange, CURLcode code)
{
	long status = 0;
	OWNED_BUFFER detail = BUFFER(600);
	if (exchange->head.overflow)
		exchange->header_count = 0; /* the last may be cut off anywhere */
	struct http_header *headers = split_head(exchange);
	if (exchange->easy != NULL)
		curl_easy_getinfo(exchange->easy, CURLINFO_RESPONSE_CODE, &status);
	struct http_answer answer = {
	    .fate = fate_of(exchange, code, (int)status),
	    .status = status >= 200 ? (int)status : 0, /* "continue" answers nothing */
	    .body = buffer_text(&exchange->answer),
	    .body_len = exchange->answer.len,
	    .headers = headers,
	    .header_count = exchange->header_count,
	};
	describe(exchange, code, &answer, &detail);
	answer.detail = buffer_text(&detail);
	exchange->done(&answer, exchange->arg);
	free(headers);
}

/* ── reading one ─────────────────────────────────────────────────────────────────────────────── */

const char *http_answer_header(const struct http_answer *answer, const char *name)
{
	for (size_t i = 0; i < answer->header_count; i++)
		if (strcasecmp(answer->headers[i].name, name) == 0)
			return answer->headers[i].value;
	return NULL;
}

const char *http_fate_name(enum http_fate fate)
{
	switch (fate) {
	case HTTP_ANSWERED:
		return "answered";
	case HTTP_NOT_SENT:
		return "not-sent";
	case HTTP_UNKNOWN:
		break;
	}
	return "unknown";
}
