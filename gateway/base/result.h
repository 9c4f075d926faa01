/*
 * Owns: the outcome of an operation and the sentence that explains a failure.
 * May use: libc.
 * Must not know: the product.
 */
#ifndef BASE_RESULT_H
#define BASE_RESULT_H

#include <stdarg.h>

/* What happened. The difference that matters is TEMPORARY (nothing happened, later is safe)
 * against UNKNOWN (it may have happened: never repeat it blindly). */
enum result {
	RESULT_OK = 0,
	RESULT_INVALID,   /* the caller or the file gave something malformed */
	RESULT_NOT_FOUND, /* the thing named does not exist */
	RESULT_CONFLICT,  /* it exists already, or somebody changed it first */
	RESULT_LIMIT,     /* a stated bound was reached */
	RESULT_TEMPORARY, /* nothing happened; trying later is safe */
	RESULT_UNKNOWN,   /* it may have happened */
	RESULT_DENIED,    /* not permitted: locked, wrong PIN, wrong user */
	RESULT_IO,        /* disk or device failed */
	RESULT_INTERNAL,  /* a rule of our own was broken */
};

#define MUST_CHECK __attribute__((warn_unused_result))

/* A failure for people: what happened, to what, what to do. English; one or more sentences. */
struct failure {
	enum result code;
	char text[600];
};

/* Fills `failure` (may be NULL) and returns `code`, so that a caller can `return failure_set(…)`.
 */
enum result failure_set(struct failure *failure, enum result code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* A short stable word for logs and JSON: "invalid", "not-found", … */
const char *result_name(enum result code);

/* The sysexits.h exit status that fits (RESULT_OK → 0). */
int result_exit_status(enum result code);

#endif
