/*
 * Owns: failure texts, names of results, exit statuses.
 * May use: libc.
 * Must not know: the product.
 */
#include "base/result.h"

#include <stdio.h>
#include <sysexits.h>

static const struct {
	const char *name;
	int exit_status;
} results[] = {
    [RESULT_OK] = {"ok", EX_OK},
    [RESULT_INVALID] = {"invalid", EX_DATAERR},
    [RESULT_NOT_FOUND] = {"not-found", EX_NOINPUT},
    [RESULT_CONFLICT] = {"conflict", EX_DATAERR},
    [RESULT_LIMIT] = {"limit", EX_DATAERR},
    [RESULT_TEMPORARY] = {"temporary", EX_TEMPFAIL},
    [RESULT_UNKNOWN] = {"unknown", EX_TEMPFAIL},
    [RESULT_DENIED] = {"denied", EX_NOPERM},
    [RESULT_IO] = {"io", EX_IOERR},
    [RESULT_INTERNAL] = {"internal", EX_SOFTWARE},
};

enum result failure_set(struct failure *failure, enum result code, const char *format, ...)
{
	if (failure != NULL) {
		va_list args;
		failure->code = code;
		va_start(args, format);
		vsnprintf(failure->text, sizeof failure->text, format, args);
		va_end(args);
	}
	return code;
}

const char *result_name(enum result code)
{
	return results[code].name;
}

int result_exit_status(enum result code)
{
	return results[code].exit_status;
}
