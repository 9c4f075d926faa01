/*
 * Owns: reading how a request is made.
 * May use: base/, document/.
 * Must not know: how requests are sent.
 */
#include "document/provider_reader.h"

#include <string.h>
#include <strings.h>

static const char *const methods[] = {"GET", "POST", "PUT", "PATCH", "DELETE"};
static const char *const bodies[] = {"json", "form", "multipart", "text", "mail"};
static const char *const own_keys[] = {"method", "url", "query", "headers", "basic", "json", "form",
    "multipart", "text", "mail", "content_type", "limit", "idempotent"};
static const char *const mail_fields[] = {"from", "from_name", "to", "subject", "body"};

#define KEYS_MAX 32

static bool is_header_name(const char *name)
{
	return name[0] != '\0' &&
	       strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") ==
		   strlen(name);
}

size_t provider_read_pairs(struct provider_reader *reader, const struct tree *map, const char *what,
    enum provider_place place, size_t most, struct provider_pair *pairs)
{
	size_t count = 0;
	if (map == NULL || !tree_is(&reader->base, map, TREE_MAP, what))
		return 0;
	for (const struct tree *node = map->first; node != NULL; node = node->next) {
		if (count == most) {
			PROVIDER_COMPLAIN(
			    reader, node->key_line, "`%s` has more than %zu entries.", what, most);
			break;
		}
		pairs[count++] = (struct provider_pair){
		    node->key, provider_read_template(reader, node, node->key, place)};
	}
	return count;
}

static void read_headers(struct provider_reader *reader, const struct tree *map,
    enum provider_place place, struct provider_request *request)
{
	request->header_count = provider_read_pairs(
	    reader, map, "headers", place, PROVIDER_HEADERS_MAX, request->headers);
	for (size_t i = 0; i < request->header_count; i++)
		if (!is_header_name(request->headers[i].name) ||
		    strcasecmp(request->headers[i].name, "content-length") == 0)
			PROVIDER_COMPLAIN(reader, map->line, "“%.60s” cannot be set as a header.",
			    request->headers[i].name);
}

static void read_basic(struct provider_reader *reader, const struct tree *map,
    enum provider_place place, struct provider_request *request)
{
	static const char *const known[] = {"user", "password"};
	if (map == NULL || !tree_is(&reader->base, map, TREE_MAP, "basic"))
		return;
	tree_check_keys(&reader->base, map, known, COUNT_OF(known));
	request->user = provider_template_of(reader, map, "user", place);
	request->password = provider_template_of(reader, map, "password", place);
	if (request->user == NULL)
		PROVIDER_COMPLAIN(reader, map->line, "`basic` needs a `user`.");
}

static void read_mail(struct provider_reader *reader, const struct tree *map,
    enum provider_place place, struct provider_request *request)
{
	request->body_kind = PROVIDER_BODY_MAIL;
	request->method = "SMTP";
	request->field_count =
	    provider_read_pairs(reader, map, "mail", place, PROVIDER_FIELDS_MAX, request->fields);
	tree_check_keys(&reader->base, map, mail_fields, COUNT_OF(mail_fields));
	for (size_t i = 0; i < COUNT_OF(mail_fields); i++)
		if (tree_get(map, mail_fields[i]) == NULL &&
		    strcmp(mail_fields[i], "from_name") != 0)
			PROVIDER_COMPLAIN(reader, map->line, "`mail` has no `%s`.", mail_fields[i]);
}

static void read_body(struct provider_reader *reader, const struct tree *map,
    enum provider_place place, struct provider_request *request)
{
	const struct tree *found = NULL;
	size_t kind = 0;
	for (size_t i = 0; i < COUNT_OF(bodies); i++) {
		const struct tree *node = tree_get(map, bodies[i]);
		if (node == NULL)
			continue;
		if (found != NULL)
			PROVIDER_COMPLAIN(reader, node->key_line,
			    "A request has one body: `%s` or `%s`.", found->key, node->key);
		found = node;
		kind = i;
	}
	if (found == NULL)
		return;
	switch (kind) {
	case 0:
		request->body_kind = PROVIDER_BODY_JSON;
		request->body = provider_read_json(reader, found, "json", place);
		return;
	case 3:
		request->body_kind = PROVIDER_BODY_TEXT;
		request->body = provider_read_template(reader, found, "text", place);
		return;
	case 4:
		read_mail(reader, found, place, request);
		return;
	default:
		request->body_kind = kind == 1 ? PROVIDER_BODY_FORM : PROVIDER_BODY_MULTIPART;
		request->field_count = provider_read_pairs(
		    reader, found, found->key, place, PROVIDER_FIELDS_MAX, request->fields);
	}
}

static void check_url(
    struct provider_reader *reader, const struct tree *map, const struct provider_request *request)
{
	static const char *const schemes[] = {"http://", "https://", "smtp://", "smtps://", "{"};
	bool good = request->url == NULL;
	for (size_t i = 0; i < COUNT_OF(schemes) && !good; i++)
		good = strncmp(request->url, schemes[i], strlen(schemes[i])) == 0;
	if (!good)
		PROVIDER_COMPLAIN(reader, tree_get(map, "url")->line,
		    "`url` must begin with https:// (or http://, smtp://, smtps://, or a "
		    "setting).");
}

void provider_read_request(struct provider_reader *reader, const struct tree *map,
    enum provider_place place, const char *const *known, size_t known_count,
    struct provider_request *request)
{
	const char *keys[KEYS_MAX];
	size_t count = 0;
	for (size_t i = 0; i < COUNT_OF(own_keys); i++)
		keys[count++] = own_keys[i];
	for (size_t i = 0; i < known_count && count < KEYS_MAX; i++)
		keys[count++] = known[i];
	tree_check_keys(&reader->base, map, keys, count);
	*request = (struct provider_request){.line = map->line};
	int method = provider_choice_of(reader, map, "method", methods, COUNT_OF(methods), -1);
	if (method >= 0)
		request->method = methods[method];
	request->url = provider_template_of(reader, map, "url", place);
	if (request->url == NULL)
		PROVIDER_COMPLAIN(reader, map->line, "There is no `url`.");
	check_url(reader, map, request);
	request->query_count = provider_read_pairs(
	    reader, tree_get(map, "query"), "query", place, PROVIDER_FIELDS_MAX, request->query);
	read_headers(reader, tree_get(map, "headers"), place, request);
	read_basic(reader, tree_get(map, "basic"), place, request);
	read_body(reader, map, place, request);
	if (request->method == NULL)
		request->method = request->body_kind == PROVIDER_BODY_NONE ? "GET" : "POST";
	request->content_type = provider_template_of(reader, map, "content_type", place);
	request->limit_ms = provider_time_of(reader, map, "limit", 1000, 10 * 60 * 1000, 0);
	request->idempotent = provider_bool_of(reader, map, "idempotent", false);
}
