/*
 * Owns: the fuzz target of the configuration reader and of the holiday reader: any bytes give
 * values or complaints, never a crash; an accepted configuration is whole.
 * May use: document/.
 * Must not know: cases.
 *
 * Build with clang -fsanitize=fuzzer,address,undefined; seeds: config/nhacviec.yaml,
 * config/holidays.
 */
#include "document/config.h"
#include "document/holidays_file.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_config(struct arena *arena, const char *text, size_t len)
{
	struct complaints *complaints = arena_alloc(arena, sizeof *complaints);
	complaints->arena = arena;
	struct config config;
	config_parse(arena, "/nowhere/fuzz.yaml", text, len, &config, complaints);
	if (complaints->errors > 0)
		return;
	if (config.state_dir == NULL || config.database == NULL || config.only_to == NULL ||
	    config.parts_max < 1 || config.patience_ms <= 0)
		abort();
	config_compare_for_reload(&config, &config, complaints);
	if (complaints->errors > 0)
		abort(); /* a configuration differs from itself */
}

static void read_holidays(struct arena *arena, const char *text, size_t len)
{
	struct complaints *complaints = arena_alloc(arena, sizeof *complaints);
	complaints->arena = arena;
	struct holidays holidays;
	holidays_begin(arena, &holidays);
	holidays_file_parse("fuzz.ics", text, len, &holidays, complaints);
	for (size_t i = 1; i < holidays.off_count; i++)
		if (holidays.off[i - 1].number >= holidays.off[i].number)
			abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	read_config(arena, (const char *)data, size);
	read_holidays(arena, (const char *)data, size);
	arena_free(arena);
	return 0;
}
