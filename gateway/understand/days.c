/*
 * Owns: days in a text: written, spoken, and what is said of them.
 * May use: base/, understand/.
 * Must not know: reports, the store.
 *
 * Only a text whose every word is accounted for promises anything: one that is not could be a
 * condition, an excuse or somebody else's day, and then a question is the better answer.
 */
#include "understand/days.h"

#include "base/civil.h"
#include "understand/vocabulary.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

/* ── written ─────────────────────────────────────────────────────────────────────────────────── */

static size_t digits_at(const char *text)
{
	return strspn(text, "0123456789");
}

/* The year is the one that brings the day nearest to now. */
static struct wall nearest_day(int day, int month, int year, struct wall now, int zone)
{
	struct civil today = civil_of_wall(now, zone);
	if (year == 0) {
		year = today.year;
		if (month - today.month > 6)
			year--;
		else if (today.month - month > 6)
			year++;
	}
	if (!civil_date_exists(year, month, day))
		return WALL_NEVER;
	return civil_moment(civil_day(year, month, day), 0, zone);
}

static void keep(struct tokens *out, struct wall moment)
{
	out->day_count++;
	if (moment.ms == INT64_MAX)
		out->day_is_vague = true;
	else if (out->day.ms == INT64_MAX)
		out->day = moment;
}

/* "8/6", "8-6-20"; returns how long it is, 0 when none stands there. */
static int read_date(const char *at, struct wall now, int zone, struct wall *moment)
{
	int day, month, year = 0, n = 0, more = 0;
	if (digits_at(at) > 2 || sscanf(at, "%2d%*1[-/.]%2d%n", &day, &month, &n) != 2 || n == 0)
		return 0;
	if (sscanf(at + n, "%*1[-/.]%4d%n", &year, &more) == 1)
		n += more;
	if (year > 0 && year < 100)
		year += 2000;
	*moment = nearest_day(day, month, year, now, zone);
	return n;
}

/* "ngay 12", "ngay 12 thang 6": behind the word; a day that has gone by this month is vague. */
static int read_day_of_month(const char *at, struct wall now, int zone, struct wall *moment)
{
	struct civil today = civil_of_wall(now, zone);
	int day, month = today.month, n = 0, more = 0;
	if (digits_at(at) > 2 || sscanf(at, "%2d%n", &day, &n) != 1)
		return 0;
	if (sscanf(at + n, " thang %2d%n", &month, &more) == 1 && more > 0) {
		*moment = nearest_day(day, month, 0, now, zone);
		return n + more;
	}
	bool gone = day < today.day || !civil_date_exists(today.year, today.month, day);
	*moment =
	    gone ? WALL_NEVER : civil_moment(civil_day(today.year, today.month, day), 0, zone);
	return n;
}

static bool follows_day_word(const char *text, const char *at)
{
	return at - text >= 5 && strncasecmp(at - 5, "ngay ", 5) == 0 &&
	       (at - text == 5 || !isalnum((unsigned char)at[-6]));
}

void days_take_written(char *text, struct wall now, int zone_minutes, struct tokens *out)
{
	for (char *at = text; *at != '\0'; at++) {
		if (!isdigit((unsigned char)*at) || (at > text && isalnum((unsigned char)at[-1])))
			continue;
		struct wall moment = WALL_NEVER;
		int n = read_date(at, now, zone_minutes, &moment);
		if (n == 0 && follows_day_word(text, at))
			n = read_day_of_month(at, now, zone_minutes, &moment);
		if (n == 0) {
			at += digits_at(at) - 1;
			continue;
		}
		keep(out, moment);
		memset(at, ' ', (size_t)n);
	}
}

/* ── spoken ──────────────────────────────────────────────────────────────────────────────────── */

/* Longer ones first: "ngay mai" is not "mai". */
static const struct {
	const char *words;
	int days;
} near_days[] = {{"ngay hom nay", 0}, {"hom nay", 0}, {"sang nay", 0}, {"trua nay", 0},
    {"chieu nay", 0}, {"toi nay", 0}, {"ngay mai", 1}, {"sang mai", 1}, {"trua mai", 1},
    {"chieu mai", 1}, {"toi mai", 1}, {"mai", 1}, {"ngay kia", 2}, {"mot hai hom nua", 2}};

static const struct {
	const char *words;
	int weekday; /* 0 Sunday */
} weekdays[] = {{"thu 2", 1}, {"thu hai", 1}, {"thu 3", 2}, {"thu ba", 2}, {"thu 4", 3},
    {"thu tu", 3}, {"thu 5", 4}, {"thu nam", 4}, {"thu 6", 5}, {"thu sau", 5}, {"thu 7", 6},
    {"thu bay", 6}, {"chu nhat", 0}};

static void keep_spoken(struct tokens *out, int index, size_t length, struct wall moment)
{
	out->day_index = (size_t)index;
	out->day_length = length;
	keep(out, moment);
}

static bool stands_at(const struct tokens *tokens, size_t index, const char *phrase)
{
	size_t length;
	return tokens_find(tokens, phrase, index, &length) == (int)index;
}

/* "thu 6" is the next one after today, "thu 6 tuan sau" that of the week after, Monday first. */
static bool take_weekday(struct tokens *out, struct wall now, int zone)
{
	struct day today = civil_day_of_wall(now, zone);
	int weekday_today = civil_of_day(today).weekday;
	for (size_t i = 0; i < COUNT_OF(weekdays); i++) {
		size_t length;
		int index = tokens_find(out, weekdays[i].words, 0, &length);
		if (index < 0)
			continue;
		size_t behind = (size_t)index + length;
		int since_monday = (weekday_today + 6) % 7;
		int in_week = (weekdays[i].weekday + 6) % 7 - since_monday;
		bool next_week =
		    stands_at(out, behind, "tuan sau") || stands_at(out, behind, "tuan toi");
		bool this_week = stands_at(out, behind, "tuan nay");
		int days = next_week ? in_week + 7 : in_week;
		if (!next_week && !this_week && in_week < 0)
			days += 7;
		bool clear = days > 0;
		keep_spoken(out, index, length + (next_week || this_week ? 2 : 0),
		    clear ? civil_moment(day_add(today, days), 0, zone) : WALL_NEVER);
		return true;
	}
	return false;
}

void days_take_spoken(struct tokens *out, struct wall now, int zone_minutes)
{
	static const char *const vague[] = {"tuan sau", "tuan toi", "dau tuan", "cuoi tuan",
	    "thang sau", "cuoi thang", "vai hom nua", "vai ngay nua", "may hom nua", "hom nao",
	    NULL};
	if (out->day_count > 0 || take_weekday(out, now, zone_minutes))
		return;
	struct day today = civil_day_of_wall(now, zone_minutes);
	for (size_t i = 0; i < COUNT_OF(near_days); i++) {
		size_t length;
		int index = tokens_find(out, near_days[i].words, 0, &length);
		if (index < 0)
			continue;
		keep_spoken(out, index, length,
		    civil_moment(day_add(today, near_days[i].days), 0, zone_minutes));
		return;
	}
	for (size_t i = 0; vague[i] != NULL; i++)
		if (tokens_have(out, vague[i]))
			out->day_is_vague = true;
}

/* ── what is said of them ────────────────────────────────────────────────────────────────────── */

static const char *const verbs[] = {
    "gui xong", "nop xong", "gui", "nop", "xong", "hoan thanh", NULL};

/* What is denied is not promised: "mai khong gui duoc". */
static const char *const denied[] = {"chua gui duoc", "chua nop duoc", "chua lam xong", "chua xong",
    "chua gui", "chua nop", "chua lam", "chua kip", "chua co", "chua duoc", "khong gui duoc",
    "khong nop duoc", "khong kip", "khong gui", "khong nop", "ko gui duoc", "ko nop duoc", "ko kip",
    "ko gui", "ko nop", NULL};

static const char *const beside[] = {"em", "se", "hen", "ngay", "vao", "den", "sang", "trua",
    "chieu", "toi", "moi", "duoc", "nhe", "nha", "a", "anh", "chi", "da", "vang", "cho", "xin",
    "len", "huyen", "ve", "lai", "de", "chac chan", "nay", "ok", "het", NULL};

static void mark_day(struct tokens *tokens)
{
	tokens_mark(tokens, tokens->day_index, tokens->day_length);
}

void days_weigh(const struct tokens *tokens, struct reading *reading)
{
	struct tokens rest = *tokens;
	mark_day(&rest);
	bool asks = tokens_mark_any(&rest, vocabulary_extension);
	bool denies = tokens_mark_any(&rest, denied);
	bool verb = tokens_have_unknown(&rest, verbs);
	tokens_mark_any(&rest, verbs);
	tokens_mark_any(&rest, vocabulary_particles);
	tokens_mark_any(&rest, beside);
	reading->promised = tokens->day;
	reading->day_is_vague = tokens->day_is_vague && tokens->day.ms == INT64_MAX;
	if (reading->promised.ms == INT64_MAX)
		return;
	if (denies && !verb && !asks) { /* "hom nay chua gui duoc": why, not when */
		reading->promised = WALL_NEVER;
		return;
	}
	reading->day_is_sure = (verb || asks) && tokens_are_known(&rest) && !rest.cut &&
			       !rest.question_mark && tokens->day_count == 1 &&
			       tokens->document_number == NULL;
}

bool days_only(const struct tokens *tokens)
{
	struct tokens rest = *tokens;
	mark_day(&rest);
	tokens_mark_any(&rest, verbs);
	tokens_mark_any(&rest, vocabulary_particles);
	tokens_mark_any(&rest, beside);
	return tokens->day.ms != INT64_MAX && tokens->day_count == 1 && tokens_are_known(&rest) &&
	       !rest.cut && !rest.question_mark && tokens->document_number == NULL;
}
