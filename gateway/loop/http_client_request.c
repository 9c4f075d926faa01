/*
 * Owns: a request as libcurl's options; what is refused before anything leaves.
 * May use: base/, libcurl.
 * Must not know: the domain; connections, the answer.
 *
 * A body that must not leave twice is read through a callback that cannot be rewound, and the
 * second begin of a request that is not repeatable is aborted (before_request): the first holds
 * for bodies, the second also for what has none, and for HTTP/2's refused streams.
 */
#include "loop/http_client_internal.h"

#include "base/memory.h"

#include <ctype.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>

/* ── what is refused ─────────────────────────────────────────────────────────────────────────── */

static bool refuse(struct http_exchange *exchange, const char *what, const char *name)
{
	snprintf(exchange->refusal, sizeof exchange->refusal, "%s%s", what, name);
	return false;
}

static bool is_one_line(const char *text)
{
	for (; *text != '\0'; text++)
		if (((unsigned char)*text < ' ' && *text != '\t') || *text == 0x7f)
			return false;
	return true;
}

static bool is_token(const char *text)
{
	if (*text == '\0')
		return false;
	for (; *text != '\0'; text++)
		if (!isalnum((unsigned char)*text) && strchr("!#$%&'*+-.^_`|~", *text) == NULL)
			return false;
	return true;
}

static bool is_address(const char *text)
{
	return *text != '\0' && is_one_line(text) && strpbrk(text, "<> \t") == NULL;
}

static bool has_scheme(const char *url, const char *scheme)
{
	size_t len = strlen(scheme);
	return strncasecmp(url, scheme, len) == 0 && strncmp(url + len, "://", 3) == 0;
}

static bool check_headers(struct http_exchange *exchange, const struct http_request *request)
{
	for (size_t i = 0; i < request->header_count; i++) {
		const struct http_header *header = &request->headers[i];
		if (!is_token(header->name))
			return refuse(exchange, "a header's name is not one", "");
		if (!is_one_line(header->value))
			return refuse(
			    exchange, "a line break or control character in header ", header->name);
	}
	return true;
}

static bool check_request(struct http_exchange *exchange, const struct http_request *request)
{
	exchange->is_mail = has_scheme(request->url, "smtp") || has_scheme(request->url, "smtps");
	if (request->connect_ms <= 0 || request->whole_ms <= 0 || request->whole_ms > INT_MAX)
		return refuse(exchange, "a time limit is none", "");
	if (exchange->is_mail) {
		if (request->body == NULL || request->mail_from == NULL || request->mail_to == NULL)
			return refuse(exchange, "mail needs sender, recipient and message", "");
		if (!is_address(request->mail_from) || !is_address(request->mail_to))
			return refuse(exchange, "a mail address is malformed", "");
		return true;
	}
	if (!has_scheme(request->url, "http") && !has_scheme(request->url, "https"))
		return refuse(
		    exchange, "the address begins with none of http, https, smtp, smtps", "");
	if (request->method == NULL || !is_token(request->method))
		return refuse(exchange, "the method is not one", "");
	return check_headers(exchange, request);
}

/* ── the body ────────────────────────────────────────────────────────────────────────────────── */

static int before_request(void *arg, char *their_ip, char *our_ip, int their_port, int our_port)
{
	struct http_exchange *exchange = arg;
	(void)their_ip;
	(void)our_ip;
	(void)their_port;
	(void)our_port;
	bool again = ++exchange->times_begun > 1;
	return again && !exchange->repeatable ? CURL_PREREQFUNC_ABORT : CURL_PREREQFUNC_OK;
}

static size_t give_body(char *space, size_t size, size_t count, void *arg)
{
	struct http_exchange *exchange = arg;
	size_t len = exchange->body_len - exchange->body_given;
	if (len > size * count)
		len = size * count;
	memcpy(space, exchange->body + exchange->body_given, len);
	exchange->body_given += len;
	exchange->body_asked = true;
	return len;
}

static void read_body_once(struct http_exchange *exchange)
{
	curl_easy_setopt(exchange->easy, CURLOPT_READFUNCTION, give_body);
	curl_easy_setopt(exchange->easy, CURLOPT_READDATA, exchange);
}

static bool has_body(const char *method)
{
	return strcmp(method, "POST") == 0 || strcmp(method, "PUT") == 0 ||
	       strcmp(method, "PATCH") == 0;
}

static void set_method(struct http_exchange *exchange, const struct http_request *request)
{
	CURL *easy = exchange->easy;
	if (strcmp(request->method, "HEAD") == 0) {
		curl_easy_setopt(easy, CURLOPT_NOBODY, 1L);
		return;
	}
	if (request->body != NULL || has_body(request->method)) {
		curl_easy_setopt(easy, CURLOPT_POST, 1L);
		curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)exchange->body_len);
		if (exchange->repeatable || exchange->body_len == 0)
			curl_easy_setopt(easy, CURLOPT_POSTFIELDS, exchange->body);
		else
			read_body_once(exchange);
	}
	if (strcmp(request->method, request->body != NULL ? "POST" : "GET") != 0)
		curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, request->method);
}

/* ── headers ─────────────────────────────────────────────────────────────────────────────────── */

static struct curl_slist *with_line(struct curl_slist *list, const char *line)
{
	list = curl_slist_append(list, line);
	if (list == NULL)
		abort(); /* as everywhere when memory is out */
	return list;
}

static void add_header(struct http_exchange *exchange, const char *line)
{
	exchange->headers = with_line(exchange->headers, line);
}

static void set_headers(struct http_exchange *exchange, const struct http_request *request)
{
	bool has_type = false;
	OWNED_BUFFER line = BUFFER(SIZE_MAX);
	for (size_t i = 0; i < request->header_count; i++) {
		const struct http_header *header = &request->headers[i];
		has_type = has_type || strcasecmp(header->name, "Content-Type") == 0;
		buffer_reset(&line);
		if (header->value[strspn(header->value, " \t")] == '\0')
			buffer_printf(&line, "%s;", header->name); /* libcurl's way to say empty */
		else
			buffer_printf(&line, "%s: %s", header->name, header->value);
		add_header(exchange, buffer_text(&line));
	}
	add_header(exchange, "Expect:");
	if (!has_type)
		add_header(exchange, "Content-Type:");
	curl_easy_setopt(exchange->easy, CURLOPT_HTTPHEADER, exchange->headers);
}

/* ── mail ────────────────────────────────────────────────────────────────────────────────────── */

static int socket_opened(void *arg, curl_socket_t socket, curlsocktype purpose)
{
	struct http_exchange *exchange = arg;
	(void)purpose;
	int same = fcntl(socket, F_DUPFD_CLOEXEC, 0);
	if (same < 0)
		return CURL_SOCKOPT_ERROR;
	ARRAY_GROW(exchange->sockets, exchange->socket_count, exchange->socket_capacity);
	exchange->sockets[exchange->socket_count++] = same;
	return CURL_SOCKOPT_OK;
}

/* libcurl says QUIT and then waits for the answer with the whole process, up to two minutes. Nobody
 * needs that answer: the connection is made to end there. libcurl does not tell which socket it is;
 * descriptors of our own are never somebody else's by now. */
static int mail_said(CURL *easy, curl_infotype kind, char *bytes, size_t len, void *arg)
{
	struct http_exchange *exchange = arg;
	(void)easy;
	if (kind == CURLINFO_HEADER_OUT && len >= 4 && memcmp(bytes, "QUIT", 4) == 0)
		for (size_t i = 0; i < exchange->socket_count; i++)
			shutdown(exchange->sockets[i], SHUT_RD);
	return 0;
}

static void set_mail(struct http_exchange *exchange, const struct http_request *request)
{
	CURL *easy = exchange->easy;
	exchange->recipients = with_line(NULL, request->mail_to);
	curl_easy_setopt(easy, CURLOPT_MAIL_FROM, request->mail_from);
	curl_easy_setopt(easy, CURLOPT_MAIL_RCPT, exchange->recipients);
	curl_easy_setopt(easy, CURLOPT_UPLOAD, 1L);
	curl_easy_setopt(easy, CURLOPT_INFILESIZE_LARGE, (curl_off_t)exchange->body_len);
	curl_easy_setopt(easy, CURLOPT_USE_SSL,
	    (long)(request->starttls_required ? CURLUSESSL_ALL : CURLUSESSL_TRY));
	read_body_once(exchange);
	/* One mail a connection: what libcurl closes later it closes without mail_said. */
	curl_easy_setopt(easy, CURLOPT_FORBID_REUSE, 1L);
	curl_easy_setopt(easy, CURLOPT_SOCKOPTFUNCTION, socket_opened);
	curl_easy_setopt(easy, CURLOPT_SOCKOPTDATA, exchange);
	curl_easy_setopt(easy, CURLOPT_VERBOSE, 1L);
	curl_easy_setopt(easy, CURLOPT_DEBUGFUNCTION, mail_said);
	curl_easy_setopt(easy, CURLOPT_DEBUGDATA, exchange);
}

/* ── everything ──────────────────────────────────────────────────────────────────────────────── */

static void set_trust(CURL *easy, const struct http_request *request)
{
	curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https,smtp,smtps");
	curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
	curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
	curl_easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	if (request->ca_file != NULL) {
		curl_easy_setopt(easy, CURLOPT_CAINFO, request->ca_file);
		curl_easy_setopt(easy, CURLOPT_CAPATH, NULL);
	}
	if (request->user != NULL) {
		curl_easy_setopt(easy, CURLOPT_USERNAME, request->user);
		curl_easy_setopt(
		    easy, CURLOPT_PASSWORD, request->password != NULL ? request->password : "");
		curl_easy_setopt(easy, CURLOPT_HTTPAUTH, (long)CURLAUTH_BASIC);
	}
}

static void set_limits(const struct http_exchange *exchange)
{
	CURL *easy = exchange->easy;
	curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, (long)exchange->connect_ms);
	curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, (long)exchange->whole_ms);
	/* Else giving up on a name waits, with the whole process, until the resolver gives up. */
	curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
	curl_easy_setopt(easy, CURLOPT_TCP_KEEPALIVE, 1L);
	curl_easy_setopt(easy, CURLOPT_UPLOAD_BUFFERSIZE, 16L * 1024);
	curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS);
	curl_easy_setopt(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
}

bool http_exchange_prepare(struct http_exchange *exchange, const struct http_request *request)
{
	if (!check_request(exchange, request))
		return false;
	exchange->repeatable = request->repeatable && !exchange->is_mail;
	exchange->connect_ms =
	    request->connect_ms < request->whole_ms ? request->connect_ms : request->whole_ms;
	exchange->whole_ms = request->whole_ms;
	exchange->body_len = request->body != NULL ? request->body_len : 0;
	exchange->body = memory_new(exchange->body_len + 1);
	if (exchange->body_len > 0)
		memcpy(exchange->body, request->body, exchange->body_len);
	set_trust(exchange->easy, request);
	set_limits(exchange);
	curl_easy_setopt(exchange->easy, CURLOPT_PREREQFUNCTION, before_request);
	curl_easy_setopt(exchange->easy, CURLOPT_PREREQDATA, exchange);
	if (exchange->is_mail) {
		set_mail(exchange, request);
	} else {
		set_method(exchange, request);
		set_headers(exchange, request);
	}
	return curl_easy_setopt(exchange->easy, CURLOPT_URL, request->url) == CURLE_OK ||
	       refuse(exchange, "libcurl does not take the address", "");
}
