/*
 * Owns: filling in the templates of requests.
 * May use: base/, text/utf8.h, document/document.h, channel/http_parse.h, jansson.
 * Must not know: which placeholders exist, requests.
 */
#include "channel/http_value.h"

#include "channel/http_parse.h"
#include "document/document.h"
#include "text/utf8.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static bool is_name_char(char c)
{
	return c != '\0' && (isalnum((unsigned char)c) || strchr("_.$-:[]*", c) != NULL);
}

struct http_piece http_next_piece(const char **at)
{
	const char *text = *at;
	struct http_piece piece = {.kind = HTTP_PIECE_TEXT, .text = text, .len = 1};
	if (text[0] == '\0') {
		piece.kind = HTTP_PIECE_END;
	} else if ((text[0] == '{' || text[0] == '}') && text[1] == text[0]) {
		*at += 2;
	} else if (text[0] == '}') {
		piece.kind = HTTP_PIECE_WRONG;
		piece.text = "a closing brace stands alone: write }} for a brace";
	} else if (text[0] == '{') {
		size_t len = 0;
		while (len < HTTP_NAME_MAX && is_name_char(text[1 + len]))
			len++;
		memcpy(piece.name, text + 1, len);
		piece.kind = len > 0 && text[1 + len] == '}' ? HTTP_PIECE_NAME : HTTP_PIECE_WRONG;
		piece.text =
		    "a brace does not close around a name: write {name}, or {{ for a brace";
		*at += piece.kind == HTTP_PIECE_NAME ? len + 2 : 0;
	} else {
		piece.len = strcspn(text, "{}");
		*at += piece.len;
	}
	return piece;
}

/* ── encoding ── */

static bool is_unreserved(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       (c != '\0' && strchr("-._~", c) != NULL);
}

static void add_percent(const char *text, const char *also, struct buffer *out)
{
	for (const char *at = text; *at != '\0'; at++) {
		if (is_unreserved(*at) || strchr(also, *at) != NULL)
			buffer_add_char(out, *at);
		else
			buffer_printf(out, "%%%02X", (unsigned char)*at);
	}
}

static void add_xml(const char *text, struct buffer *out)
{
	static const struct {
		char letter;
		const char *entity;
	} entities[] = {
	    {'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"}, {'\'', "&#39;"}};
	for (const char *at = text; *at != '\0'; at++) {
		const char *entity = NULL;
		for (size_t i = 0; i < COUNT_OF(entities); i++)
			if (*at == entities[i].letter)
				entity = entities[i].entity;
		if (entity != NULL)
			buffer_add_text(out, entity);
		else if ((unsigned char)*at >= 0x20 || strchr("\t\r\n", *at) != NULL)
			buffer_add_char(out, *at);
	}
}

static bool has_control(const char *text)
{
	for (; *text != '\0'; text++)
		if ((unsigned char)*text < 0x20 || *text == 0x7F)
			return true;
	return false;
}

enum result http_encode(
    const char *text, enum http_encoding encoding, struct buffer *out, struct failure *failure)
{
	switch (encoding) {
	case HTTP_PATH:
		if (strcmp(text, ".") == 0 || strcmp(text, "..") == 0)
			return failure_set(failure, RESULT_INVALID,
			    "A value in an address is only dots: it would lead elsewhere.");
		add_percent(text, ":@", out);
		break;
	case HTTP_PERCENT:
		add_percent(text, "", out);
		break;
	case HTTP_XML:
		add_xml(text, out);
		break;
	case HTTP_HEADER:
		if (has_control(text))
			return failure_set(failure, RESULT_INVALID,
			    "A value in a header holds a line break or control character.");
		buffer_add_text(out, text);
		break;
	case HTTP_AS_IS:
		buffer_add_text(out, text);
		break;
	}
	return RESULT_OK;
}

static enum result is_full(const struct buffer *out, struct failure *failure)
{
	if (!out->overflow)
		return RESULT_OK;
	return failure_set(
	    failure, RESULT_LIMIT, "A request would be longer than %zu bytes.", out->max);
}

static enum result is_unknown(const char *name, struct failure *failure)
{
	return failure_set(failure, RESULT_INVALID, "There is no value for {%s}.", name);
}

enum result http_fill(const char *text, enum http_encoding encoding, http_lookup_fn *lookup,
    void *arg, struct buffer *out, struct failure *failure)
{
	for (;;) {
		struct http_piece piece = http_next_piece(&text);
		if (piece.kind == HTTP_PIECE_END)
			return is_full(out, failure);
		if (piece.kind == HTTP_PIECE_WRONG)
			return failure_set(
			    failure, RESULT_INVALID, "In a template, %s.", piece.text);
		if (piece.kind == HTTP_PIECE_TEXT) {
			buffer_add(out, piece.text, piece.len);
			continue;
		}
		const char *value = lookup(piece.name, arg);
		if (value == NULL)
			return is_unknown(piece.name, failure);
		enum result result = http_encode(value, encoding, out, failure);
		if (result != RESULT_OK)
			return result;
	}
}

/* ── JSON ── */

struct filling {
	http_lookup_fn *lookup;
	void *arg;
	struct buffer *out;
	struct failure *failure;
};

static void add_json_string(const char *text, struct buffer *out)
{
	buffer_add_char(out, '"');
	while (*text != '\0') {
		if (*text == '"' || *text == '\\') {
			buffer_add_char(out, '\\');
			buffer_add_char(out, *text++);
		} else if ((unsigned char)*text < 0x20) {
			buffer_printf(out, "\\u%04x", (unsigned char)*text++);
		} else {
			char letter[5];
			utf8_put(utf8_next(&text), letter);
			buffer_add_text(out, letter);
		}
	}
	buffer_add_char(out, '"');
}

static enum result fill_string(const struct filling *filling, const char *text)
{
	OWNED_BUFFER value = BUFFER(filling->out->max);
	enum result result =
	    http_fill(text, HTTP_AS_IS, filling->lookup, filling->arg, &value, filling->failure);
	if (result == RESULT_OK)
		add_json_string(buffer_text(&value), filling->out);
	return result;
}

/* The ending of a leaf that is "{name:number}" or "{name:json}" alone; else NULL. */
static const char *bare_kind(const char *text, char name[HTTP_NAME_MAX + 1])
{
	struct http_piece piece = http_next_piece(&text);
	char *colon = strchr(piece.name, ':');
	if (piece.kind != HTTP_PIECE_NAME || *text != '\0' || colon == NULL)
		return NULL;
	memcpy(name, piece.name, (size_t)(colon - piece.name));
	name[colon - piece.name] = '\0';
	return strcmp(colon, ":number") == 0 ? "number"
	       : strcmp(colon, ":json") == 0 ? "JSON"
					     : NULL;
}

static enum result fill_bare(const struct filling *filling, const char *name, const char *kind)
{
	const char *value = filling->lookup(name, filling->arg);
	if (value == NULL)
		return is_unknown(name, filling->failure);
	size_t len = strlen(value);
	bool good = http_is_json_number(value, len);
	if (strcmp(kind, "JSON") == 0) {
		json_t *json = http_parse_json(value, len);
		good = json != NULL && document_utf8_error(value, len) == len;
		json_decref(json);
	}
	if (!good)
		return failure_set(filling->failure, RESULT_INVALID, "What {%s} holds is not %s.",
		    name, strcmp(kind, "JSON") == 0 ? kind : "a number");
	buffer_add(filling->out, value, len);
	return RESULT_OK;
}

static enum result fill_value(const struct filling *filling, const json_t *value);

static enum result fill_mapping(const struct filling *filling, json_t *mapping)
{
	const char *name;
	json_t *value;
	const char *between = "{";
	json_object_foreach(mapping, name, value)
	{
		buffer_add_text(filling->out, between);
		between = ",";
		enum result result = fill_string(filling, name);
		buffer_add_char(filling->out, ':');
		if (result == RESULT_OK)
			result = fill_value(filling, value);
		if (result != RESULT_OK)
			return result;
	}
	buffer_add_text(filling->out, between[0] == '{' ? "{}" : "}");
	return RESULT_OK;
}

static enum result fill_list(const struct filling *filling, const json_t *list)
{
	buffer_add_char(filling->out, '[');
	for (size_t i = 0; i < json_array_size(list); i++) {
		if (i > 0)
			buffer_add_char(filling->out, ',');
		enum result result = fill_value(filling, json_array_get(list, i));
		if (result != RESULT_OK)
			return result;
	}
	buffer_add_char(filling->out, ']');
	return RESULT_OK;
}

static enum result fill_value(const struct filling *filling, const json_t *value)
{
	char name[HTTP_NAME_MAX + 1];
	if (json_is_object(value))
		return fill_mapping(filling, (json_t *)value);
	if (json_is_array(value))
		return fill_list(filling, value);
	if (json_is_string(value)) {
		const char *text = json_string_value(value);
		const char *kind = bare_kind(text, name);
		return kind != NULL ? fill_bare(filling, name, kind) : fill_string(filling, text);
	}
	char *plain = json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT);
	buffer_add_text(filling->out, plain != NULL ? plain : "null");
	free(plain);
	return RESULT_OK;
}

enum result http_fill_json(const char *text, http_lookup_fn *lookup, void *arg, struct buffer *out,
    struct failure *failure)
{
	struct filling filling = {lookup, arg, out, failure};
	json_t *json = json_loads(text, JSON_DECODE_ANY, NULL);
	if (json == NULL)
		return failure_set(failure, RESULT_INVALID, "The template is not JSON.");
	enum result result = fill_value(&filling, json);
	json_decref(json);
	return result == RESULT_OK ? is_full(out, failure) : result;
}
