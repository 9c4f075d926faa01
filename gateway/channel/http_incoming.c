/*
 * Owns: texts and receipts out of what came in.
 * May use: base/, text/letters.h, document/provider.h, channel/http_parse.h.
 * Must not know: whether it is genuine (http_verify.c), what is done with it.
 */
#include "channel/http_answer.h"

#include "base/civil.h"
#include "channel/http_parse.h"
#include "text/letters.h"

#include <string.h>
#include <strings.h>

#define YEAR_10000_MS INT64_C(253402300800000)

/* What is being read, and where it goes. */
struct taking {
	const struct provider *provider;
	const struct http_body *body;
	struct wall now;
	struct http_came_in *items;
	size_t count;
	bool too_many;
};

static const char *text_at(
    const struct taking *taking, const struct http_place *place, const char *path)
{
	return path != NULL ? http_text_at(taking->body, place, path) : NULL;
}

static struct wall time_at(
    const struct taking *taking, const struct http_place *place, const char *path, int64_t unit_ms)
{
	struct wall moment;
	int64_t ms;
	const char *text = text_at(taking, place, path);
	if (text == NULL)
		return taking->now;
	if (unit_ms > 0)
		return http_parse_ms(text, unit_ms, &ms) ? (struct wall){ms} : taking->now;
	if (civil_parse_moment(text, 0, &moment, NULL) != RESULT_OK || moment.ms < 0 ||
	    moment.ms >= YEAR_10000_MS)
		return taking->now;
	return moment;
}

static bool is_utf16(const char *encoding)
{
	static const char *const names[] = {
	    "UTF-16BE", "UTF-16", "UCS-2", "UCS2", "UCS-2BE", "ISO-10646-UCS-2", "2"};
	for (size_t i = 0; encoding != NULL && i < COUNT_OF(names); i++)
		if (strcasecmp(encoding, names[i]) == 0)
			return true;
	return false;
}

static const char *normal(struct arena *arena, const char *text)
{
	OWNED_TEXT nfc = text != NULL ? letters_normalise(text, strlen(text)) : NULL;
	return arena_copy(arena, nfc);
}

static const char *message_at(const struct taking *taking, const struct http_place *place,
    const struct provider_incoming *kind)
{
	size_t len;
	struct arena *arena = taking->body->arena;
	const char *bytes = http_bytes_at(taking->body, place, kind->text, &len);
	if (bytes == NULL)
		return NULL;
	if (is_utf16(text_at(taking, place, kind->encoding)))
		return normal(arena, http_utf16_text(arena, bytes, len));
	return normal(arena, http_clean_text(arena, bytes, len));
}

static bool is_there(const char *text)
{
	return text != NULL && text[0] != '\0';
}

static const char *or_nothing(const char *text)
{
	return is_there(text) ? text : NULL;
}

static void add(struct taking *taking, const struct http_came_in *item)
{
	if (taking->count == HTTP_CAME_IN_MAX)
		taking->too_many = true;
	else
		taking->items[taking->count++] = *item;
}

static void take_text(
    struct taking *taking, const struct http_place *place, const struct provider_incoming *kind)
{
	struct http_came_in item = {
	    .is_text = true,
	    .sender = text_at(taking, place, kind->sender),
	    .name = normal(taking->body->arena, text_at(taking, place, kind->name)),
	    .text = message_at(taking, place, kind),
	    .id = or_nothing(text_at(taking, place, kind->id)),
	    .time = time_at(taking, place, kind->time, kind->time_unit_ms),
	};
	if (is_there(item.sender) && is_there(item.text))
		add(taking, &item);
}

static void take_receipt(
    struct taking *taking, const struct http_place *place, const struct provider_receipt *kind)
{
	struct http_came_in item = {
	    .receipt = kind->kind,
	    .sender = or_nothing(text_at(taking, place, kind->sender)),
	    .id = or_nothing(text_at(taking, place, kind->id)),
	    .id_is_ours = kind->id_is_ours,
	    .time = time_at(taking, place, kind->time, kind->time_unit_ms),
	    .reason = text_at(taking, place, kind->reason),
	};
	if (kind->kind == PROVIDER_RECEIPT_BLOCKED ? item.sender != NULL : item.id != NULL)
		add(taking, &item);
}

static const char *each_of(const char *each)
{
	return each != NULL ? each : "";
}

static void take_place(struct taking *taking, const struct http_place *place, const char *each)
{
	const struct provider *provider = taking->provider;
	for (size_t i = 0; i < provider->incoming_count; i++) {
		const struct provider_incoming *kind = &provider->incoming[i];
		if (strcmp(each_of(kind->each), each) == 0 &&
		    http_when_holds(taking->body, place, &kind->when)) {
			take_text(taking, place, kind);
			break;
		}
	}
	for (size_t i = 0; i < provider->receipt_count; i++) {
		const struct provider_receipt *kind = &provider->receipt_kinds[i];
		if (strcmp(each_of(kind->each), each) == 0 &&
		    http_when_holds(taking->body, place, &kind->when)) {
			take_receipt(taking, place, kind);
			break;
		}
	}
}

/* The n-th `each`, texts before receipts. */
static const char *each_at(const struct provider *provider, size_t n)
{
	return n < provider->incoming_count
		   ? each_of(provider->incoming[n].each)
		   : each_of(provider->receipt_kinds[n - provider->incoming_count].each);
}

static bool seen_before(const struct provider *provider, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(each_at(provider, i), each_at(provider, n)) == 0)
			return true;
	return false;
}

size_t http_read_incoming(const struct provider *provider, const struct http_body *body,
    struct wall now, struct http_came_in **items, bool *too_many)
{
	struct taking taking = {.provider = provider, .body = body, .now = now};
	taking.items = arena_alloc(body->arena, HTTP_CAME_IN_MAX * sizeof *taking.items);
	struct http_place *places = memory_new(HTTP_CAME_IN_MAX * sizeof *places);
	for (size_t n = 0; n < provider->incoming_count + provider->receipt_count; n++) {
		if (seen_before(provider, n))
			continue;
		bool more;
		const char *each = each_at(provider, n);
		size_t count = http_places(body, each, places, HTTP_CAME_IN_MAX, &more);
		taking.too_many = taking.too_many || more;
		for (size_t i = 0; i < count; i++)
			take_place(&taking, &places[i], each);
	}
	memory_free(places);
	*items = taking.items;
	*too_many = taking.too_many;
	return taking.count;
}
