/*
 * Owns: building requests.
 * May use: base/, document/provider.h, channel/http_value.h, channel/http_mail.h.
 * Must not know: the network, particular providers.
 */
#include "channel/http_request.h"

#include "base/hash.h"
#include "channel/http_mail.h"

#include <inttypes.h>
#include <string.h>
#include <strings.h>

struct building {
	struct arena *arena;
	const struct provider_request *request;
	http_lookup_fn *lookup;
	void *arg;
	struct wall now;
	struct http_built *built;
	struct failure *failure;
};

/* ── filling in ── */

/* Says where it happened, in front of what happened. */
static enum result at_place(
    const struct building *building, enum result result, const char *what, const char *name)
{
	struct failure *failure = building->failure;
	if (result == RESULT_OK || failure == NULL)
		return result;
	char said[sizeof failure->text];
	memcpy(said, failure->text, sizeof said);
	return failure_set(
	    failure, result, "%s%s%s: %s", what, name[0] != '\0' ? " " : "", name, said);
}

/* The filled-in template in the arena, as *out. */
static enum result fill(const struct building *building, const char *template,
    enum http_encoding encoding, size_t max, const char **out)
{
	OWNED_BUFFER text = BUFFER(max);
	enum result result = http_fill(
	    template, encoding, building->lookup, building->arg, &text, building->failure);
	*out = arena_copy(building->arena, buffer_text(&text));
	return result;
}

/* Does it name {receipt_url} while there is none? */
static bool lacks_receipt_url(const struct building *building, const char *template)
{
	const char *value = building->lookup("receipt_url", building->arg);
	bool lacks = false;
	for (;;) {
		struct http_piece piece = http_next_piece(&template);
		if (piece.kind == HTTP_PIECE_END || piece.kind == HTTP_PIECE_WRONG)
			return lacks && value != NULL && value[0] == '\0';
		lacks = lacks ||
			(piece.kind == HTTP_PIECE_NAME && strcmp(piece.name, "receipt_url") == 0);
	}
}

/* A field's or header's value; *out is NULL when it is to be left out. */
static enum result fill_optional(const struct building *building, const struct provider_pair *pair,
    enum http_encoding encoding, size_t max, const char **out)
{
	enum result result = fill(building, pair->value, encoding, max, out);
	if (result == RESULT_OK && ((*out)[0] == '\0' || lacks_receipt_url(building, pair->value)))
		*out = NULL;
	return result;
}

/* ── the address ── */

static enum result address_is_wrong(const struct building *building, const char *why)
{
	return failure_set(building->failure, RESULT_INVALID, "The address %s.", why);
}

static enum result check_url(const struct building *building, const char *url)
{
	static const char *const schemes[] = {"http://", "https://", "smtp://", "smtps://"};
	bool known = false;
	for (size_t i = 0; i < COUNT_OF(schemes); i++) {
		size_t len = strlen(schemes[i]);
		known = known || (strncasecmp(url, schemes[i], len) == 0 && url[len] != '\0' &&
				     strchr("/?:@", url[len]) == NULL);
	}
	if (!known)
		return address_is_wrong(building, "does not begin with http://, https://, smtp:// "
						  "or smtps:// and a host");
	for (const char *c = url; *c != '\0'; c++)
		if (*c <= 0x20 || *c >= 0x7F || *c == '#')
			return address_is_wrong(
			    building, "holds a blank, a # or a letter that is not plain ASCII");
	return RESULT_OK;
}

static enum result add_url(const struct building *building, struct buffer *url)
{
	const char *at = building->request->url;
	for (;;) {
		struct http_piece piece = http_next_piece(&at);
		if (piece.kind == HTTP_PIECE_END)
			return RESULT_OK;
		if (piece.kind == HTTP_PIECE_WRONG)
			return address_is_wrong(building, piece.text);
		if (piece.kind == HTTP_PIECE_TEXT) {
			buffer_add(url, piece.text, piece.len);
			continue;
		}
		const char *value = building->lookup(piece.name, building->arg);
		if (value == NULL)
			return failure_set(building->failure, RESULT_INVALID,
			    "There is no value for {%s} of the address.", piece.name);
		enum http_encoding encoding = url->len == 0                    ? HTTP_AS_IS
					      : strchr(url->data, '?') != NULL ? HTTP_PERCENT
									       : HTTP_PATH;
		enum result result = http_encode(value, encoding, url, building->failure);
		if (result != RESULT_OK)
			return at_place(building, result, "Address, placeholder", piece.name);
	}
}

static enum result add_query(const struct building *building, struct buffer *url)
{
	for (size_t i = 0; i < building->request->query_count; i++) {
		const struct provider_pair *pair = &building->request->query[i];
		const char *value;
		enum result result =
		    fill_optional(building, pair, HTTP_AS_IS, HTTP_URL_MAX, &value);
		if (result != RESULT_OK)
			return at_place(building, result, "Query", pair->name);
		if (value == NULL)
			continue;
		buffer_add_char(url, strchr(buffer_text(url), '?') != NULL ? '&' : '?');
		(void)!http_encode(pair->name, HTTP_PERCENT, url, NULL);
		buffer_add_char(url, '=');
		(void)!http_encode(value, HTTP_PERCENT, url, NULL);
	}
	return RESULT_OK;
}

static enum result build_url(const struct building *building)
{
	OWNED_BUFFER url = BUFFER(HTTP_URL_MAX);
	enum result result = add_url(building, &url);
	if (result == RESULT_OK)
		result = add_query(building, &url);
	if (result == RESULT_OK && url.overflow)
		return failure_set(building->failure, RESULT_LIMIT,
		    "The address would be longer than %zu bytes.", HTTP_URL_MAX);
	if (result == RESULT_OK)
		result = check_url(building, buffer_text(&url));
	building->built->url = arena_copy(building->arena, buffer_text(&url));
	return result;
}

/* ── headers ── */

static void add_header(const struct building *building, const char *name, const char *value)
{
	struct http_built *built = building->built;
	built->headers[built->header_count++] = (struct http_named){name, value, strlen(value)};
}

static enum result build_headers(const struct building *building)
{
	for (size_t i = 0; i < building->request->header_count; i++) {
		const struct provider_pair *pair = &building->request->headers[i];
		const char *value;
		enum result result =
		    fill_optional(building, pair, HTTP_HEADER, HTTP_HEADER_MAX, &value);
		if (result != RESULT_OK)
			return at_place(building, result, "Header", pair->name);
		if (value != NULL)
			add_header(building, pair->name, value);
	}
	return RESULT_OK;
}

static void add_content_type(const struct building *building, const char *implied)
{
	for (size_t i = 0; i < building->built->header_count; i++)
		if (strcasecmp(building->built->headers[i].name, "Content-Type") == 0)
			return;
	const char *said = building->request->content_type;
	add_header(building, "Content-Type", said != NULL ? said : implied);
}

static enum result build_credentials(const struct building *building)
{
	const struct provider_request *request = building->request;
	const char *user = "", *password = "";
	enum result result = RESULT_OK;
	if (request->user != NULL)
		result = fill(building, request->user, HTTP_HEADER, HTTP_HEADER_MAX, &user);
	if (result == RESULT_OK && request->password != NULL)
		result = fill(building, request->password, HTTP_HEADER, HTTP_HEADER_MAX, &password);
	if (result == RESULT_OK && (user[0] != '\0' || password[0] != '\0')) {
		building->built->user = user;
		building->built->password = password;
	}
	return at_place(building, result, "User and password", "");
}

/* ── bodies ── */

static enum result add_form(const struct building *building, struct buffer *body)
{
	for (size_t i = 0; i < building->request->field_count; i++) {
		const struct provider_pair *pair = &building->request->fields[i];
		const char *value;
		enum result result =
		    fill_optional(building, pair, HTTP_AS_IS, HTTP_REQUEST_MAX, &value);
		if (result != RESULT_OK)
			return at_place(building, result, "Field", pair->name);
		if (value == NULL)
			continue;
		if (body->len > 0)
			buffer_add_char(body, '&');
		(void)!http_encode(pair->name, HTTP_PERCENT, body, NULL);
		buffer_add_char(body, '=');
		(void)!http_encode(value, HTTP_PERCENT, body, NULL);
	}
	return RESULT_OK;
}

/* A line that occurs in no value: of what the values are, until it fits. */
static const char *choose_boundary(
    const struct building *building, const char *const *values, size_t count)
{
	uint64_t hash = 0;
	for (size_t i = 0; i < count; i++)
		if (values[i] != NULL)
			hash = hash * 31 + hash_text(values[i]);
	for (;;) {
		const char *boundary = arena_printf(building->arena, "nhacviec-%016" PRIx64, hash);
		bool occurs = false;
		for (size_t i = 0; i < count; i++)
			occurs =
			    occurs || (values[i] != NULL && strstr(values[i], boundary) != NULL);
		if (!occurs)
			return boundary;
		hash = hash_text(boundary);
	}
}

/* A field's name between quotes: as browsers write it. */
static void add_field_name(struct buffer *body, const char *name)
{
	for (; *name != '\0'; name++) {
		if (*name == '"' || *name == '\r' || *name == '\n')
			buffer_printf(body, "%%%02X", (unsigned char)*name);
		else
			buffer_add_char(body, *name);
	}
}

static enum result add_multipart(const struct building *building, struct buffer *body)
{
	const char *values[PROVIDER_FIELDS_MAX];
	size_t count = building->request->field_count;
	for (size_t i = 0; i < count; i++) {
		const struct provider_pair *pair = &building->request->fields[i];
		enum result result =
		    fill_optional(building, pair, HTTP_AS_IS, HTTP_REQUEST_MAX, &values[i]);
		if (result != RESULT_OK)
			return at_place(building, result, "Field", pair->name);
	}
	const char *boundary = choose_boundary(building, values, count);
	for (size_t i = 0; i < count; i++) {
		if (values[i] == NULL)
			continue;
		buffer_printf(body, "--%s\r\nContent-Disposition: form-data; name=\"", boundary);
		add_field_name(body, building->request->fields[i].name);
		buffer_printf(body, "\"\r\n\r\n%s\r\n", values[i]);
	}
	buffer_printf(body, "--%s--\r\n", boundary);
	add_header(building, "Content-Type",
	    arena_printf(building->arena, "multipart/form-data; boundary=%s", boundary));
	return RESULT_OK;
}

static enum result add_text(const struct building *building, struct buffer *body)
{
	const char *type = building->request->content_type;
	enum http_encoding encoding =
	    type != NULL && strcasestr(type, "xml") != NULL ? HTTP_XML : HTTP_AS_IS;
	add_content_type(building, "text/plain; charset=utf-8");
	return http_fill(building->request->body, encoding, building->lookup, building->arg, body,
	    building->failure);
}

/* The filled-in field of a mail; `otherwise` a template, or NULL. */
static enum result mail_field(
    const struct building *building, const char *name, const char *otherwise, const char **out)
{
	const char *template = otherwise != NULL ? otherwise : "";
	for (size_t i = 0; i < building->request->field_count; i++)
		if (strcmp(building->request->fields[i].name, name) == 0)
			template = building->request->fields[i].value;
	return at_place(
	    building, fill(building, template, HTTP_AS_IS, HTTP_REQUEST_MAX, out), "Mail", name);
}

static enum result add_mail(const struct building *building, struct buffer *body)
{
	struct http_mail mail = {.date = building->now};
	const struct {
		const char *name, *otherwise, **out;
	} fields[] = {{"from", NULL, &mail.from}, {"from_name", NULL, &mail.from_name},
	    {"to", "{to}", &mail.to}, {"subject", NULL, &mail.subject},
	    {"body", building->request->body != NULL ? building->request->body : "{text}",
		&mail.text},
	    {"id", "{id}", &mail.id}};
	for (size_t i = 0; i < COUNT_OF(fields); i++) {
		enum result result =
		    mail_field(building, fields[i].name, fields[i].otherwise, fields[i].out);
		if (result != RESULT_OK)
			return result;
	}
	building->built->mail_from = mail.from;
	building->built->mail_to = mail.to;
	return at_place(building, http_write_mail(&mail, body, building->failure), "Mail", "");
}

static enum result add_body(const struct building *building, struct buffer *body)
{
	const struct provider_request *request = building->request;
	switch (request->body_kind) {
	case PROVIDER_BODY_JSON:
		add_content_type(building, "application/json");
		return at_place(building,
		    http_fill_json(
			request->body, building->lookup, building->arg, body, building->failure),
		    "JSON", "");
	case PROVIDER_BODY_FORM:
		add_content_type(building, "application/x-www-form-urlencoded");
		return add_form(building, body);
	case PROVIDER_BODY_MULTIPART:
		return add_multipart(building, body);
	case PROVIDER_BODY_TEXT:
		return at_place(building, add_text(building, body), "Text", "");
	case PROVIDER_BODY_MAIL:
		return add_mail(building, body);
	case PROVIDER_BODY_NONE:
		break;
	}
	return RESULT_OK;
}

static enum result build_body(const struct building *building)
{
	OWNED_BUFFER body = BUFFER(HTTP_REQUEST_MAX);
	if (building->request->body_kind == PROVIDER_BODY_NONE)
		return RESULT_OK;
	enum result result = add_body(building, &body);
	if (result == RESULT_OK && body.overflow)
		return failure_set(building->failure, RESULT_LIMIT,
		    "The body would be longer than %zu bytes.", HTTP_REQUEST_MAX);
	building->built->body = arena_copy_bytes(building->arena, buffer_text(&body), body.len);
	building->built->body_len = body.len;
	return result;
}

enum result http_build(struct arena *arena, const struct provider_request *request,
    http_lookup_fn *lookup, void *arg, struct wall now, struct http_built *built,
    struct failure *failure)
{
	struct failure unwanted;
	struct building building = {
	    arena, request, lookup, arg, now, built, failure != NULL ? failure : &unwanted};
	*built = (struct http_built){.method = request->method,
	    .limit_ms = request->limit_ms,
	    .idempotent = request->idempotent};
	enum result result = build_url(&building);
	if (result == RESULT_OK)
		result = build_headers(&building);
	if (result == RESULT_OK)
		result = build_credentials(&building);
	if (result == RESULT_OK)
		result = build_body(&building);
	return result;
}
