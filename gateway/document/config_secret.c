/*
 * Owns: fetching a secret from where the configuration says it is.
 * May use: base/, document/.
 * Must not know: which secrets there are. The secret itself never goes into a complaint.
 */
#include "document/config_secret.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define SECRET_FILE_MAX 4096

static const char *read_secret_file(
    const struct tree_reader *reader, int line, const char *what, const char *path)
{
	struct stat status;
	struct failure failure;
	const char *text;
	size_t len;
	if (stat(path, &status) == 0 && status.st_size > SECRET_FILE_MAX) {
		complain(reader->complaints, reader->file, line,
		    "`%s`: %.300s is too large to hold a secret. Check the path.", what, path);
		return NULL;
	}
	if (document_read(reader->arena, path, &text, &len, &failure) != RESULT_OK) {
		complain(reader->complaints, reader->file, line, "`%s`: %s", what, failure.text);
		return NULL;
	}
	if (stat(path, &status) == 0 && (status.st_mode & S_IROTH) != 0)
		complain_mildly(reader->complaints, reader->file, line,
		    "`%s`: everybody on this machine can read %.300s. Run: chmod 640 %.300s", what,
		    path, path);
	return arena_copy_bytes(reader->arena, text, strcspn(text, "\r\n"));
}

static bool is_pin(const char *text)
{
	size_t len = strlen(text);
	return len >= 4 && len <= 8 && strspn(text, "0123456789") == len;
}

const char *config_secret_fetch(const struct tree_reader *reader, int line, const char *what,
    const char *reference, const char *folder)
{
	const char *secret = NULL;
	if (strncmp(reference, "file:", 5) == 0) {
		secret = read_secret_file(
		    reader, line, what, document_path_in(reader->arena, folder, reference + 5));
	} else if (strncmp(reference, "env:", 4) == 0) {
		secret = getenv(reference + 4);
		if (secret == NULL)
			complain(reader->complaints, reader->file, line,
			    "`%s`: the environment has no variable %.60s. Set it, or use "
			    "file:PATH.",
			    what, reference + 4);
	} else {
		complain(reader->complaints, reader->file, line,
		    "`%s` must not stand in this file. Put it into a file of its own and write "
		    "`%s: file:PATH`, or use env:NAME.",
		    what, what);
		return NULL;
	}
	if (secret != NULL && secret[0] == '\0') {
		complain(reader->complaints, reader->file, line,
		    "`%s`: %.200s is empty. Write the secret on its first line.", what, reference);
		return NULL;
	}
	return secret;
}

const char *config_secret_read(const struct tree_reader *reader, int line, const char *what,
    const char *reference, const char *folder)
{
	const char *secret = config_secret_fetch(reader, line, what, reference, folder);
	if (secret != NULL && !is_pin(secret)) {
		complain(reader->complaints, reader->file, line,
		    "`%s`: what %.200s holds is not a PIN of 4 to 8 digits. Write it on the first "
		    "line, without spaces.",
		    what, reference);
		return NULL;
	}
	return secret;
}
