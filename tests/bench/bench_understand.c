/*
 * Owns: the measuring program of `make bench-understand`: texts read a second on one core, memory
 * taken from the system a text, and letters_key() on the same texts to compare with.
 * May use: base/, text/, understand/.
 * Must not know: which texts mean what.
 *
 *   bench_understand [FILE.tsv…]      the first column of labelled texts, else a sample
 */
#include "base/civil.h"
#include "text/letters.h"
#include "understand/understand.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define TEXTS_MAX 20000
#define LINE_BYTES 4096
#define ROUND_SECONDS 1.0
#define ROUNDS 3
#define ZONE 420

#define REPORT(number, code, words)                                                                \
	{                                                                                          \
		.id = number, .report_code = code, .report_words = words, .unit_code = "NGOC-CON", \
		.unit_name = "Xã Ngọc Côn", .period = "2026",                                      \
		.deadline = {INT64_C(1781024400000)}, .claimed_at = {                              \
			INT64_MAX                                                                  \
		}                                                                                  \
	}

/* ── memory taken from the system: glibc lets a program put its own in front of these ───────────
 */

#ifndef __SANITIZE_ADDRESS__
static size_t taken_bytes, taken_times;

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *p, size_t size);

void *malloc(size_t size)
{
	taken_bytes += size;
	taken_times++;
	return __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
	taken_bytes += count * size;
	taken_times++;
	return __libc_calloc(count, size);
}

void *realloc(void *p, size_t size)
{
	taken_bytes += size;
	taken_times++;
	return __libc_realloc(p, size);
}
#else
static size_t taken_bytes, taken_times; /* the sanitizer has its own */
#endif

/* ── the texts and their reader ──────────────────────────────────────────────────────────────── */

struct bench {
	const char *texts[TEXTS_MAX];
	size_t count;
	struct arena *arena;
	struct understand_context context;
};

static const char *const sample[] = {"BC 6T 45/BC-UBND", "Dạ em gửi rồi ạ", "da gui bc 6 thang a",
    "chua co chu ky, mai em nop", "xin lui den 15/6 a", "HUY", "TT", "ok chi",
    "6t gui roi, nam chua", "bao cao nam cua xa da gui qua buu dien ngay 5/6 so 51/BC-UBND",
    "ddax guwir bc 6 thangs", "Chị ơi báo cáo gửi về địa chỉ mail nào ạ?"};

static void take(struct bench *bench, const char *text)
{
	if (bench->count < TEXTS_MAX)
		bench->texts[bench->count++] = memory_copy_text(text);
}

static void read_file(struct bench *bench, const char *path)
{
	char line[LINE_BYTES];
	FILE *file = fopen(path, "re");
	if (file == NULL) {
		perror(path);
		exit(1);
	}
	while (fgets(line, sizeof line, file) != NULL) {
		if (strncmp(line, "# ", 2) == 0 || line[0] == '\n')
			continue;
		line[strcspn(line, "\t\n")] = '\0';
		take(bench, line);
	}
	fclose(file);
}

static void make_context(struct understand_context *context)
{
	static const struct understand_obligation owed[] = {
	    REPORT(1, "6T", "bao cao 6 thang|sau thang|6 thang|6 thang dau nam|giua nam|so ket"),
	    REPORT(2, "NAM", "bao cao nam|ca nam|1 nam|mot nam|cuoi nam|nam 2026|12 thang")};
	static const struct understand_obligation others[] = {
	    REPORT(0, "TK10", "tong ket 10 nam|muoi nam|10 nam|chien luoc"),
	    REPORT(0, "TK5", "tong ket 5 nam|5 nam|chuong trinh hanh dong"),
	    REPORT(0, "TH6T", "tong hop 6 thang|tong hop sau thang"),
	    REPORT(0, "THNAM", "tong hop nam|tong hop ca nam")};
	*context = (struct understand_context){
	    .vocabulary = understand_vocabulary_new(),
	    .now = civil_moment(civil_day(2026, 6, 8), 540, ZONE),
	    .zone_minutes = ZONE,
	    .sender_is_known = true,
	    .obligations = owed,
	    .obligation_count = COUNT_OF(owed),
	    .other_reports = others,
	    .other_report_count = COUNT_OF(others),
	};
}

/* ── measuring ───────────────────────────────────────────────────────────────────────────────── */

static double seconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static size_t understand_all(struct bench *bench)
{
	size_t sure = 0;
	for (size_t i = 0; i < bench->count; i++) {
		arena_reset(bench->arena);
		struct readings readings =
		    understand(bench->arena, bench->texts[i], &bench->context);
		sure += readings.items[0].confidence >= CONFIDENCE_SURE;
	}
	return sure;
}

static size_t key_all(struct bench *bench)
{
	size_t bytes = 0;
	for (size_t i = 0; i < bench->count; i++) {
		OWNED_TEXT key = letters_key(bench->texts[i]);
		bytes += strlen(key);
	}
	return bytes;
}

/* The best of several rounds, in texts a second; what the work comes to is used, so that none of it
 * can be left out. */
static double measure(struct bench *bench, size_t (*work)(struct bench *), size_t *result)
{
	double best = 0;
	for (int round = 0; round < ROUNDS; round++) {
		double begun = seconds(), taken = 0;
		size_t times = 0;
		while (taken < ROUND_SECONDS) {
			*result = work(bench);
			times++;
			taken = seconds() - begun;
		}
		double rate = (double)(times * bench->count) / taken;
		best = rate > best ? rate : best;
	}
	return best;
}

int main(int argc, char **argv)
{
	static struct bench bench;
	size_t sure, bytes;
	for (int i = 1; i < argc; i++)
		read_file(&bench, argv[i]);
	for (size_t i = 0; argc < 2 && i < COUNT_OF(sample); i++)
		take(&bench, sample[i]);
	if (bench.count == 0) {
		fputs("bench_understand: the files hold no text\n", stderr);
		return 1;
	}
	bench.arena = arena_new();
	make_context(&bench.context);
	(void)understand_all(&bench);
	size_t bytes_before = taken_bytes, times_before = taken_times;
	(void)understand_all(&bench);
	double took_bytes = (double)(taken_bytes - bytes_before) / (double)bench.count;
	double took_times = (double)(taken_times - times_before) / (double)bench.count;
	double rate = measure(&bench, understand_all, &sure);
	double peer = measure(&bench, key_all, &bytes);
	printf("texts                      %zu (%zu read for sure, keys of %zu bytes)\n",
	    bench.count, sure, bytes);
	printf("understand()               %.0f texts/s\n", rate);
	printf("letters_key() alone        %.0f texts/s, %.1f times as many\n", peer, peer / rate);
	printf("taken from the system      %.1f bytes in %.2f pieces a text\n", took_bytes,
	    took_times);
	return 0;
}
