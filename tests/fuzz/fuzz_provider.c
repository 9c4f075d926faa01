/*
 * Owns: the fuzz target of provider files: any bytes are read, or complained of.
 * May use: document/provider.h.
 * Must not know: how a provider is run.
 */
#include "document/provider.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct complaints *complaints = memory_new(sizeof *complaints);
	complaints->arena = arena_new();
	const char *text = arena_copy_bytes(complaints->arena, data, size);
	const struct provider *provider =
	    provider_parse(complaints->arena, "fuzz.yaml", text, size, complaints);
	if (provider == NULL && complaints->errors == 0)
		abort(); /* refused without a word */
	arena_free(complaints->arena);
	free(complaints);
	return 0;
}
