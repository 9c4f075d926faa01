/*
 * Owns: whether somebody comes to an event.
 * May use: understand/.
 * Must not know: reports, the store.
 */
#include "understand/events.h"

#include <string.h>

static const char *const absent[] = {"khong tham gia duoc", "khong tham gia", "khong tham du duoc",
    "khong tham du", "khong du duoc", "khong di duoc", "khong du", "ko tham gia duoc",
    "ko tham gia", "ko tham du", "ko du duoc", "ko di duoc", "ko du", "vang mat mat",
    "xin phep vang mat", "xin vang mat", "xin phep vang", "xin vang", "vang mat", NULL};
static const char *const coming[] = {"co tham gia", "se tham gia", "tham gia", "co tham du",
    "se tham du", "tham du", "se du", "co du", "co mat", "em du", NULL};
/* They mean this only when nothing else can be meant. */
static const char *const coming_perhaps[] = {"co di", "em di", "se di", "co", NULL};
static const char *const absent_perhaps[] = {"khong di", "khong den", "em ban", NULL};
static const char *const beside[] = {"em", "xa", "phong", "thi tran", "don vi", "a", "da", "anh",
    "chi", "nhe", "nha", "xin", "ubnd", "se", "ok", "buoi", "le", NULL};

static bool named(struct tokens *rest, const struct understand_obligation *event)
{
	size_t length;
	bool any = false;
	int index = tokens_find(rest, event->report_code, 0, &length);
	if (index >= 0 && strpbrk(event->report_code, "0123456789-") != NULL)
		any = true;
	else
		index = tokens_find(rest, event->report_words, 0, &length);
	if (index >= 0) {
		tokens_mark(rest, (size_t)index, length);
		any = true;
	}
	return any;
}

static size_t waiting(const struct understand_context *context)
{
	size_t count = 0;
	for (size_t i = 0; i < context->event_count; i++)
		count += context->events[i].reminded && !context->events[i].recorded;
	return count;
}

static bool is_bare(const struct tokens *tokens, const char *word)
{
	struct tokens rest = *tokens;
	return tokens->count > 0 && tokens_mark_any(&rest, (const char *const[]){word, NULL}) &&
	       (tokens_mark_any(&rest, beside), tokens_are_known(&rest));
}

static enum intent intent_of(struct tokens *rest, bool alone)
{
	if (tokens_mark_any(rest, absent))
		return INTENT_ABSENT;
	if (tokens_mark_any(rest, coming))
		return INTENT_ATTEND;
	if (alone && tokens_mark_any(rest, absent_perhaps))
		return INTENT_ABSENT;
	if (alone && tokens_mark_any(rest, coming_perhaps))
		return INTENT_ATTEND;
	return INTENT_UNKNOWN;
}

bool read_attendance(
    const struct tokens *tokens, const struct understand_context *context, struct reading *reading)
{
	if (context->event_count == 0 || tokens->document_number != NULL)
		return false;
	bool alone = waiting(context) == 1 && context->question.count == 0;
	if (alone && is_bare(tokens, "vang")) {
		reading->intent = INTENT_ATTEND;
		reading->confidence = CONFIDENCE_PLAUSIBLE;
		reading->evidence = "yes, or absent";
		return true;
	}
	struct tokens rest = *tokens;
	for (size_t i = 0; i < context->event_count; i++)
		if (named(&rest, &context->events[i]))
			reading->obligations[reading->obligation_count++] = context->events[i].id;
	enum intent intent = intent_of(&rest, alone);
	tokens_mark_any(&rest, beside);
	if (intent == INTENT_UNKNOWN || !tokens_are_known(&rest) || rest.cut ||
	    rest.question_mark || rest.day_count > 0) {
		reading->obligation_count = 0;
		return false;
	}
	reading->intent = intent;
	reading->confidence = 95;
	reading->evidence = intent == INTENT_ATTEND ? "comes to an event" : "does not come";
	return true;
}
