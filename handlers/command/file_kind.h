/*
 * Owns: telling a list of recipients from a plan by what is in the file.
 * May use: libc.
 * Must not know: what is done with either.
 */
#ifndef COMMAND_FILE_KIND_H
#define COMMAND_FILE_KIND_H

#include <stdbool.h>
#include <stddef.h>

/* True for CSV: the first line that says something holds a comma or semicolon and no colon before
 * it. Anything else is taken for a plan. */
bool file_is_recipients(const char *text, size_t len);

#endif
