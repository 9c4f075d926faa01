/*
 * Owns: conditions: does what stands at a path fit?
 * May use: document/provider.h, channel/http_parse.h.
 * Must not know: what follows from it.
 */
#include "channel/http_value.h"

#include "channel/http_parse.h"

#include <stdlib.h>
#include <string.h>

/* Does `wanted`, in which `*` stands for anything, fit the whole of the bytes? Time grows with the
 * product of both lengths at worst. */
static bool glob_fits(const char *wanted, const char *bytes, size_t len)
{
	const char *star = NULL;
	size_t at = 0, retry = 0;
	while (at < len) {
		if (*wanted == '*') {
			star = ++wanted;
			retry = at;
		} else if (*wanted != '\0' && *wanted == bytes[at]) {
			wanted++;
			at++;
		} else if (star != NULL) {
			wanted = star;
			at = ++retry;
		} else {
			return false;
		}
	}
	while (*wanted == '*')
		wanted++;
	return *wanted == '\0';
}

static bool status_fits(const char *wanted, int status)
{
	char *end;
	if (wanted[0] >= '1' && wanted[0] <= '9' && strcmp(wanted + 1, "xx") == 0)
		return status / 100 == wanted[0] - '0';
	long least = strtol(wanted, &end, 10), most = least;
	if (end > wanted && *end == '-')
		most = strtol(end + 1, &end, 10);
	return end > wanted && *end == '\0' && status >= least && status <= most;
}

struct fitting {
	const struct provider_condition *condition;
	bool there, fits;
};

static bool fit(const struct http_found *found, void *arg)
{
	struct fitting *fitting = arg;
	fitting->there = true;
	for (size_t i = 0; i < fitting->condition->wanted_count && !fitting->fits; i++) {
		const char *wanted = fitting->condition->wanted[i];
		fitting->fits =
		    strcmp(wanted, "(present)") == 0 ||
		    (found->bytes != NULL && glob_fits(wanted, found->bytes, found->len));
	}
	return fitting->fits;
}

static bool condition_holds(const struct http_body *body, const struct http_place *place,
    const struct provider_condition *condition)
{
	if (strcmp(condition->path, "$status") == 0) {
		for (size_t i = 0; i < condition->wanted_count; i++)
			if (status_fits(condition->wanted[i], body->status))
				return true;
		return false;
	}
	struct fitting fitting = {.condition = condition};
	http_look(body, place, condition->path, fit, &fitting);
	for (size_t i = 0; i < condition->wanted_count && !fitting.there; i++)
		fitting.fits = fitting.fits || strcmp(condition->wanted[i], "(absent)") == 0;
	return fitting.fits;
}

bool http_when_holds(
    const struct http_body *body, const struct http_place *place, const struct provider_when *when)
{
	for (size_t i = 0; i < when->count; i++)
		if (!condition_holds(body, place, &when->conditions[i]))
			return false;
	return true;
}
