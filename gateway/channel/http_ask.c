/*
 * Owns: between what was built and what the client takes and gives.
 * May use: base/, loop/http_client.h, channel/.
 * Must not know: accounts, what answers mean.
 */
#include "channel/http_ask.h"

#include <string.h>
#include <strings.h>

#define ANSWER_MAX ((size_t)1024 * 1024)
#define CONNECT_MS (10 * SECOND_MS)
#define WHOLE_MS (30 * SECOND_MS)

struct http_request http_ask_request(
    struct arena *arena, const struct http_built *built, const char *ca_file, bool background)
{
	struct http_header *headers =
	    arena_alloc(arena, (built->header_count + 1) * sizeof *headers);
	for (size_t i = 0; i < built->header_count; i++)
		headers[i] = (struct http_header){built->headers[i].name, built->headers[i].value};
	return (struct http_request){
	    .method = built->method,
	    .url = built->url,
	    .headers = headers,
	    .header_count = built->header_count,
	    .body = built->body,
	    .body_len = built->body_len,
	    .user = built->user,
	    .password = built->password,
	    .mail_from = built->mail_from,
	    .mail_to = built->mail_to,
	    .ca_file = ca_file,
	    .connect_ms = CONNECT_MS,
	    .whole_ms = built->limit_ms > 0 ? built->limit_ms : WHOLE_MS,
	    .answer_max = ANSWER_MAX,
	    .repeatable = built->idempotent,
	    /* A password never leaves in clear. */
	    .starttls_required = built->mail_to != NULL && built->user != NULL,
	    .background = background,
	};
}

void http_ask_body(struct http_body *body, struct arena *arena, const struct http_answer *answer)
{
	struct http_named *headers =
	    arena_alloc(arena, (answer->header_count + 1) * sizeof *headers);
	const char *content_type = NULL;
	for (size_t i = 0; i < answer->header_count; i++) {
		const struct http_header *header = &answer->headers[i];
		headers[i] = (struct http_named){.name = arena_copy(arena, header->name),
		    .value = arena_copy(arena, header->value),
		    .len = strlen(header->value)};
		if (strcasecmp(header->name, "content-type") == 0)
			content_type = headers[i].value;
	}
	http_body_init(body, arena, answer->status, content_type,
	    arena_copy_bytes(arena, answer->body, answer->body_len), answer->body_len, headers,
	    answer->header_count, NULL, 0);
}
