/*
 * Owns: recipients as the file has them and as the store has them, one turned into the other.
 * May use: document/recipients_file.h, store/reader.h.
 * Must not know: who imports or exports.
 */
#ifndef COMMAND_RECIPIENTS_H
#define COMMAND_RECIPIENTS_H

#include "document/recipients_file.h"
#include "store/reader.h"

/* Texts are borrowed, arrays live in the arena. Days of the file begin at midnight in the zone
 * (minutes east of UTC); what has no day has none on the other side either. */
void recipients_to_store(struct arena *arena, const struct recipients *file, int zone_minutes,
    struct reader_recipients *out);
void recipients_from_store(struct arena *arena, const struct reader_recipients *stored,
    int zone_minutes, struct recipients *out);

#endif
