/*
 * Owns: the fuzz target of the recipients reader: any bytes give a list or complaints; an accepted
 * list, written and read again, is accepted and written the same.
 * May use: document/.
 * Must not know: cases.
 *
 * Build with clang -fsanitize=fuzzer,address,undefined; seeds: config/recipients.
 */
#include "document/recipients_file.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char *print(const struct recipients *recipients, size_t *len)
{
	char *text = NULL;
	FILE *out = open_memstream(&text, len);
	if (out == NULL)
		abort();
	recipients_file_write(out, recipients);
	fclose(out);
	return text;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	struct complaints *complaints = arena_alloc(arena, sizeof *complaints);
	complaints->arena = arena;
	const struct recipients *first =
	    recipients_file_parse(arena, "fuzz", (const char *)data, size, NULL, NULL, complaints);
	if ((first == NULL) != (complaints->errors > 0))
		abort();
	if (first != NULL) {
		size_t first_len, second_len;
		char *first_text = print(first, &first_len);
		const struct recipients *second = recipients_file_parse(
		    arena, "again", first_text, first_len, NULL, NULL, complaints);
		if (second == NULL)
			abort();
		char *second_text = print(second, &second_len);
		if (first_len != second_len || memcmp(first_text, second_text, first_len) != 0)
			abort();
		free(first_text);
		free(second_text);
	}
	arena_free(arena);
	return 0;
}
