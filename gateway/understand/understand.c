/*
 * Owns: weighing what a text could mean.
 * May use: base/, text/, understand/.
 * Must not know: I/O, clocks, how to answer.
 *
 * This is a first grammar: commands, reports named by code or words, document numbers. It is sure
 * only when every word is accounted for; one that is not could be a negation, a condition or
 * somebody else's unit, and then a question is the better answer.
 */
#include "understand/understand.h"

#include "text/letters.h"
#include "understand/days.h"
#include "understand/events.h"
#include "understand/match.h"
#include "understand/office.h"
#include "understand/tokens.h"
#include "understand/vocabulary.h"

#include <stdlib.h>
#include <string.h>

static const char *const names[INTENT_COUNT] = {"unknown", "confirm", "not-yet",
    "extension-request", "cancel", "attend", "absent", "status", "help", "opt-out", "opt-in",
    "question", "acknowledge", "advert", "register", "link", "approve", "refuse"};

const char *intent_name(enum intent intent)
{
	return intent >= 0 && intent < INTENT_COUNT ? names[intent] : names[INTENT_UNKNOWN];
}

enum { CERTAIN = 95, RATHER = 70 };

struct work {
	struct arena *arena;
	const struct understand_context *context;
	struct tokens tokens;
	struct matches matches;
	struct reading reading;
};

/* ── small things ────────────────────────────────────────────────────────────────────────────── */

static const char *unknown_words(struct work *work)
{
	OWNED_BUFFER words = BUFFER(300);
	for (size_t i = 0; i < work->tokens.count; i++)
		if (!work->tokens.items[i].known)
			buffer_printf(
			    &words, "%s%s", words.len > 0 ? " " : "", work->tokens.items[i].key);
	return arena_copy(work->arena, buffer_text(&words));
}

static void set(struct work *work, enum intent intent, int confidence, const char *evidence)
{
	work->reading.intent = intent;
	work->reading.confidence = confidence;
	work->reading.evidence = evidence;
}

static void add_obligation(struct work *work, const struct understand_obligation *obligation)
{
	work->reading.obligations[work->reading.obligation_count++] = obligation->id;
}

/* ── answers to a question, commands ─────────────────────────────────────────────────────────── */

/* "nam" is five, but also the annual report: it is left out. */
static int number_word(const char *key)
{
	static const char *const words[] = {"mot", "hai", "ba", "bon"};
	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (strcmp(key, words[i]) == 0)
			return (int)i + 1;
	return strlen(key) == 1 && key[0] >= '1' && key[0] <= '9' ? key[0] - '0' : 0;
}

/* "12/6", behind the question which day. */
static bool read_day_answer(struct work *work)
{
	const struct understand_question *question = &work->context->question;
	bool about_day =
	    question->intent == INTENT_NOT_YET || question->intent == INTENT_EXTENSION_REQUEST;
	if (question->count != 1 || !about_day || !days_only(&work->tokens))
		return false;
	work->reading.obligations[work->reading.obligation_count++] = question->choices[0];
	work->reading.promised = work->tokens.day;
	work->reading.day_is_sure = true;
	set(work, question->intent, CERTAIN, "answers which day");
	return true;
}

static bool read_choice(struct work *work)
{
	const struct understand_question *question = &work->context->question;
	const struct tokens *tokens = &work->tokens;
	if (question->count == 0 || tokens->count == 0 || tokens->document_number != NULL ||
	    tokens->question_mark || tokens->cut || tokens->day.ms != INT64_MAX)
		return false;
	bool both = question->count == 2 && tokens->count == 2 &&
		    strcmp(tokens->items[0].key, "ca") == 0 &&
		    number_word(tokens->items[1].key) == 2;
	int choice = 0;
	size_t first = strcmp(tokens->items[0].key, "so") == 0 && tokens->count > 1 ? 1 : 0;
	bool polite = tokens->count == first + 2 && strcmp(tokens->items[first + 1].key, "a") == 0;
	if (tokens->count == first + 1 || polite)
		choice = number_word(tokens->items[first].key);
	if (!both && (choice < 1 || choice > question->count))
		return false;
	work->reading.obligations =
	    arena_alloc(work->arena, (size_t)question->count * sizeof(int64_t));
	for (int i = 0; i < question->count; i++)
		if (both || i + 1 == choice)
			work->reading.obligations[work->reading.obligation_count++] =
			    question->choices[i];
	work->reading.document_number = both ? NULL : question->document_number;
	if (question->promised.ms != 0)
		work->reading.promised = question->promised;
	work->reading.day_is_sure = true;
	set(work, question->intent, CERTAIN, "answers the numbered question");
	return true;
}

/* Commands stand alone: "tt" inside a sentence is something else. */
static bool is_whole_command(const struct work *work, size_t index, size_t length)
{
	struct tokens rest = work->tokens;
	if (rest.document_number != NULL || rest.day.ms != INT64_MAX || rest.cut)
		return false;
	tokens_mark(&rest, index, length);
	tokens_mark_any(&rest, vocabulary_courtesies);
	return tokens_are_known(&rest);
}

static bool read_command(struct work *work)
{
	const struct vocabulary_command *command = NULL;
	size_t longest = 0; /* "da nhan tin" is not "nhan tin" */
	for (size_t i = 0; i < vocabulary_command_count; i++) {
		size_t length;
		int index = tokens_find(&work->tokens, vocabulary_commands[i].phrase, 0, &length);
		if (index < 0 || length <= longest ||
		    !is_whole_command(work, (size_t)index, length))
			continue;
		command = &vocabulary_commands[i];
		longest = length;
	}
	bool asks =
	    command != NULL && (command->intent == INTENT_STATUS || command->intent == INTENT_HELP);
	if (command != NULL && (asks || !work->tokens.question_mark)) {
		set(work, command->intent, CERTAIN,
		    arena_printf(work->arena, "command: %s", command->phrase));
		return true;
	}
	if (work->tokens.count == 0 && work->tokens.question_mark) {
		set(work, INTENT_HELP, CERTAIN, "a question mark alone");
		return true;
	}
	return false;
}

/* ── cancel ──────────────────────────────────────────────────────────────────────────────────── */

static int64_t recorded_ms(const struct understand_obligation *item)
{
	return item->claimed ? item->claimed_at.ms : item->recorded_at.ms;
}

static void sort_latest_first(const struct understand_obligation **items, size_t count)
{
	for (size_t i = 1; i < count; i++)
		for (size_t j = i; j > 0 && recorded_ms(items[j]) > recorded_ms(items[j - 1]);
		     j--) {
			const struct understand_obligation *swap = items[j];
			items[j] = items[j - 1];
			items[j - 1] = swap;
		}
}

static bool read_cancel(struct work *work)
{
	const struct understand_context *context = work->context;
	if (work->tokens.count == 0 || strcmp(work->tokens.items[0].key, "huy") != 0)
		return false;
	tokens_mark_any(&work->tokens, vocabulary_cancel);
	tokens_mark_any(&work->tokens, vocabulary_particles);
	const char *left = unknown_words(work);
	const struct understand_obligation **claimed = arena_alloc(
	    work->arena, (context->obligation_count + context->event_count + 1) * sizeof(void *));
	size_t count = 0;
	const char *unit = work->matches.unit_code;
	bool named = work->matches.named_count > 0;
	size_t candidates = named ? work->matches.named_count : context->obligation_count;
	for (size_t i = 0; i < candidates; i++) {
		const struct understand_obligation *obligation =
		    named ? work->matches.named[i] : &context->obligations[i];
		if ((obligation->claimed || obligation->recorded) &&
		    (unit == NULL || strcmp(unit, obligation->unit_code) == 0))
			claimed[count++] = obligation;
	}
	for (size_t i = 0; i < context->event_count && !named; i++)
		if (context->events[i].recorded)
			claimed[count++] = &context->events[i];
	sort_latest_first(claimed, count);
	for (size_t i = 0; i < count; i++)
		add_obligation(work, claimed[i]);
	/* Huy is a name too: one that signs a report cancels nothing. */
	bool sure = left[0] == '\0' && !work->tokens.cut && !work->tokens.question_mark &&
		    !work->matches.names_other && work->tokens.document_number == NULL;
	set(work, INTENT_CANCEL, sure ? CERTAIN : RATHER,
	    left[0] == '\0' ? "HUY" : arena_printf(work->arena, "HUY, but also: %s", left));
	return true;
}

/* ── what forbids a claim ────────────────────────────────────────────────────────────────────── */

/* "da gui chua", "co nhan chua a": what ends so asks, though no mark says it. */
static bool ends_as_question(const struct tokens *tokens)
{
	static const char *const after[] = {"a", "vay", "anh", "chi", "em", "nhi", NULL};
	size_t last = tokens->count;
	while (last > 0) {
		bool polite = false;
		for (size_t i = 0; after[i] != NULL; i++)
			polite |= strcmp(tokens->items[last - 1].key, after[i]) == 0;
		if (!polite)
			break;
		last--;
	}
	if (last < 2)
		return false;
	const char *word = tokens->items[last - 1].key;
	return (strcmp(word, "chua") == 0 || strcmp(word, "khong") == 0 ||
		   strcmp(word, "ko") == 0) &&
	       (tokens_have(tokens, "da") || tokens_have(tokens, "co"));
}

static void add_named(struct work *work)
{
	for (size_t i = 0; i < work->matches.named_count; i++)
		add_obligation(work, work->matches.named[i]);
}

static bool read_doubt(struct work *work)
{
	const struct tokens *tokens = &work->tokens;
	bool sent = tokens_have_unknown(tokens, vocabulary_sent);
	bool about = work->matches.with_word || work->matches.report_count > 0 || sent ||
		     tokens_have(tokens, "gui") || tokens_have(tokens, "nop") ||
		     tokens_have(tokens, "xong");
	bool number = tokens->document_number != NULL;
	bool to_come = tokens->day.ms != INT64_MAX &&
		       wall_before(work->context->now, tokens->day) && !sent && !number &&
		       (tokens_have(tokens, "gui") || tokens_have(tokens, "nop") ||
			   tokens_have(tokens, "xong"));
	if (tokens_have_unknown(tokens, vocabulary_extension)) {
		days_weigh(tokens, &work->reading);
		add_named(work);
		set(work, INTENT_EXTENSION_REQUEST, CONFIDENCE_SURE, "asks for more time");
		return true;
	}
	if (tokens->question_mark || tokens_have_unknown(tokens, vocabulary_questions) ||
	    ends_as_question(tokens)) {
		set(work, INTENT_QUESTION, CONFIDENCE_SURE, "a question");
		return true;
	}
	bool negated = tokens_have_unknown(tokens, vocabulary_negations);
	bool later = tokens_have_unknown(tokens, vocabulary_future) || to_come;
	if (!negated && !later)
		return false;
	if (sent || number) { /* "da gui, khong kem phu luc" */
		set(work, INTENT_UNKNOWN, 0, "says sent, but also not or later");
	} else {
		days_weigh(tokens, &work->reading);
		add_named(work);
		set(work, about ? INTENT_NOT_YET : INTENT_UNKNOWN, about ? CONFIDENCE_SURE : 0,
		    negated ? "a negation" : "speaks of later");
	}
	return true;
}

/* ── confirm ─────────────────────────────────────────────────────────────────────────────────── */

/* Who has just claimed and writes again may be correcting that, not claiming the next. */
#define CORRECTION_MS DAY_MS

static bool claimed_lately(const struct work *work, const struct understand_obligation *obligation)
{
	return obligation->claimed &&
	       wall_before(work->context->now, wall_add(obligation->claimed_at, CORRECTION_MS));
}

static size_t keep_open(const struct understand_obligation **items, size_t count)
{
	size_t open = 0;
	for (size_t i = 0; i < count; i++)
		open += !items[i]->claimed;
	if (open == 0)
		return count; /* all claimed: a correction of a number */
	size_t kept = 0;
	for (size_t i = 0; i < count; i++)
		if (!items[i]->claimed)
			items[kept++] = items[i];
	return kept;
}

/* What the words that stand around the report say. */
struct claim {
	bool sent;      /* "da gui": it has left */
	bool done;      /* "xong" */
	bool bare_verb; /* "gui bc 6t": perhaps only will be, or a demand */
	bool number;
	const char *left; /* words nobody has accounted for */
};

/* "BC 6T 45", as our reminders ask: digits alone, last, behind what is accounted for. */
static void take_bare_number(struct work *work)
{
	struct tokens *tokens = &work->tokens;
	size_t last = tokens->count;
	if (last > 0 && strcmp(tokens->items[last - 1].key, "a") == 0)
		last--;
	if (tokens->document_number != NULL || work->matches.named_count == 0 ||
	    !work->matches.with_word || last < 2)
		return;
	struct token *token = &tokens->items[last - 1];
	size_t digits = strspn(token->key, "0123456789");
	bool year = digits == 4 && (token->key[0] == '1' || token->key[0] == '2');
	if (token->known || digits == 0 || digits > 4 || token->key[digits] != '\0' || year ||
	    !token[-1].known)
		return;
	token->known = true;
	tokens->document_number = token->key;
}

static struct claim weigh_words(struct work *work)
{
	struct tokens *tokens = &work->tokens;
	struct claim claim = {0};
	claim.sent = tokens_mark_any(tokens, vocabulary_sent);
	claim.done = tokens_mark_any(tokens, vocabulary_done);
	tokens_mark_any(tokens, vocabulary_particles);
	take_bare_number(work);
	claim.number = tokens->document_number != NULL;
	claim.bare_verb = tokens_have_unknown(tokens, (const char *const[]){"gui", "nop", NULL});
	tokens_mark_any(tokens, (const char *const[]){"gui", "nop", NULL});
	if (claim.number)
		tokens_mark_any(tokens, vocabulary_beside_number);
	if (claim.sent)
		tokens_mark_any(tokens, vocabulary_beside_sent);
	if (tokens->day.ms != INT64_MAX)
		tokens_mark_any(tokens, (const char *const[]){"ngay", NULL});
	claim.left = unknown_words(work);
	return claim;
}

/* Nothing stands there that could turn the claim around. */
static bool is_clear(const struct work *work, const struct claim *claim)
{
	const struct tokens *tokens = &work->tokens;
	bool to_come = tokens->day.ms != INT64_MAX && wall_before(work->context->now, tokens->day);
	return claim->left[0] == '\0' && !tokens->cut && !to_come &&
	       (!claim->bare_verb || claim->number || claim->sent);
}

static bool read_named(struct work *work, const struct claim *claim)
{
	struct matches *matches = &work->matches;
	if (matches->named_count == 0)
		return false;
	bool perhaps_corrects = false;
	for (size_t i = 0; i < matches->named_count && matches->mixed_units; i++)
		perhaps_corrects |= claimed_lately(work, matches->named[i]);
	if (!perhaps_corrects)
		matches->named_count = keep_open(matches->named, matches->named_count);
	for (size_t i = 0; i < matches->named_count; i++)
		add_obligation(work, matches->named[i]);
	bool spoken = claim->sent || (matches->doubt <= DOUBT_WHEN && claim->number) ||
		      (matches->doubt == DOUBT_NONE && matches->with_word);
	bool sure = matches->named_count == 1 && matches->report_count == 1 && spoken &&
		    matches->doubt < DOUBT_A_NAME && is_clear(work, claim);
	set(work, INTENT_CONFIRM, sure ? CERTAIN : RATHER,
	    claim->left[0] == '\0'
		? "the report is named"
		: arena_printf(work->arena, "the report is named, but also: %s", claim->left));
	return true;
}

static bool is_report_number(const char *number)
{
	const char *type = number != NULL ? strrchr(number, '/') : NULL;
	return type != NULL && strncmp(type, "/BC", 3) == 0;
}

static bool is_choice(const struct work *work, const struct understand_obligation *obligation)
{
	const char *unit = work->matches.unit_code;
	return !obligation->claimed && (unit == NULL || strcmp(unit, obligation->unit_code) == 0);
}

static bool read_unnamed(struct work *work, const struct claim *claim)
{
	const struct understand_context *context = work->context;
	const struct understand_obligation *last = NULL;
	if (!claim->number && !claim->sent && !claim->done)
		return false;
	for (int pass = 0; pass < 2; pass++) /* what was reminded of comes first */
		for (size_t i = 0; i < context->obligation_count; i++) {
			const struct understand_obligation *obligation = &context->obligations[i];
			if (!is_choice(work, obligation) || obligation->reminded != (pass == 0))
				continue;
			last = obligation;
			add_obligation(work, obligation);
		}
	size_t open = work->reading.obligation_count;
	bool perhaps_corrects = false;
	for (size_t i = 0; i < context->obligation_count; i++)
		perhaps_corrects |= claimed_lately(work, &context->obligations[i]);
	bool sure = open == 1 && !perhaps_corrects && last->reminded &&
		    is_report_number(work->tokens.document_number) &&
		    (work->matches.with_word || claim->sent) && is_clear(work, claim);
	set(work, open == 0 ? INTENT_UNKNOWN : INTENT_CONFIRM,
	    sure        ? CONFIDENCE_SURE
	    : open == 0 ? 0
			: RATHER,
	    claim->number ? "a document number, no report named"
			  : "says it is sent, no report named");
	return true;
}

static void read_claim(struct work *work)
{
	struct claim claim = weigh_words(work);
	work->reading.document_number = work->tokens.document_number;
	if (work->matches.names_other && work->matches.named_count == 0) {
		set(work, INTENT_CONFIRM, RATHER, "names a report that the sender does not owe");
		return;
	}
	if (read_named(work, &claim) || read_unnamed(work, &claim))
		return;
	set(work, INTENT_UNKNOWN, 0,
	    claim.left[0] == '\0' ? "nothing that says what is meant"
				  : arena_printf(work->arena, "not understood: %s", claim.left));
}

/* Nothing is compiled yet: the lists are searched as they stand. */
struct understand_vocabulary {
	char nothing;
};

struct understand_vocabulary *understand_vocabulary_new(void)
{
	return memory_new(sizeof(struct understand_vocabulary));
}

void understand_vocabulary_free(struct understand_vocabulary *vocabulary)
{
	free(vocabulary);
}

static void read_text(struct work *work)
{
	if (work->context->sender_is_robot) {
		set(work, INTENT_ADVERT, CERTAIN, "the sender is a service, not a person");
		return;
	}
	if (read_day_answer(work) || read_choice(work) ||
	    read_decision(&work->tokens, work->context, &work->reading) ||
	    read_attendance(&work->tokens, work->context, &work->reading) || read_command(work))
		return;
	if (tokens_have_unknown(&work->tokens, vocabulary_ours)) {
		set(work, INTENT_UNKNOWN, 0, "quotes our own reminder");
		return;
	}
	match_reports(work->arena, &work->tokens, work->context, &work->matches);
	tokens_mark_any(&work->tokens, vocabulary_topics);
	if (read_cancel(work) || read_doubt(work))
		return;
	read_claim(work);
}

struct readings understand(
    struct arena *arena, const char *text, const struct understand_context *context)
{
	struct work *work = arena_alloc(arena, sizeof *work);
	work->arena = arena;
	work->context = context;
	work->reading =
	    (struct reading){.promised = WALL_NEVER, .sent_on = WALL_NEVER, .evidence = ""};
	work->reading.obligations = arena_alloc(
	    arena, (context->obligation_count + context->event_count + 2) * sizeof(int64_t));
	tokens_read(arena, text, context->now, context->zone_minutes, &work->tokens);
	read_text(work);
	return (struct readings){
	    .items = &work->reading, .count = 1, .said = 1, .with_marks = letters_have_marks(text)};
}
