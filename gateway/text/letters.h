/*
 * Owns: Vietnamese letters: normal form, folding to plain letters, comparison keys.
 * May use: base/, utf8proc.
 * Must not know: what a text means, SMS.
 *
 * All texts are UTF-8. Returned texts are the caller's to free. Thread-safe.
 */
#ifndef TEXT_LETTERS_H
#define TEXT_LETTERS_H

#include <stdbool.h>
#include <stddef.h>

/* NFC; invalid bytes become U+FFFD; at most 64 KiB are taken. Never NULL. */
char *letters_normalise(const char *text, size_t len);

/* Folded to plain letters that GSM-7 carries whole: marks dropped, đ Đ Ð Ɖ → d D, curly quotes,
 * dashes, ellipsis, no-break space and bullets to their plain forms, ₫ → "d", anything else not in
 * GSM-7 → "?". Case is kept, line ends stay. fold(fold(x)) = fold(x). */
char *letters_fold(const char *text);

/* A key for comparing names and words: folded, lower case, every run of other than a-z 0-9 one
 * space, trimmed. "Xã Đàm Thuỷ" and "xa dam thuy" have one key. */
char *letters_key(const char *text);

/* True when some letter carries a Vietnamese mark (or is đ/Đ). */
bool letters_have_marks(const char *text);

#endif
