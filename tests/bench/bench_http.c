/*
 * Owns: measuring the whole way of a text through an HTTP provider: durable queue, engine, a local
 * sink, recorded result.
 * May use: the rooms below the daemon.
 * Must not know: any real provider.
 *
 *   bench_http FOLDER PROVIDER.yaml TEXTS [CONNECTIONS…]
 *
 * For each number of connections: queues TEXTS messages in a new database in FOLDER, has them sent
 * to a sink in a process of its own, and prints texts a second, peak memory, processor time a text,
 * and where that was spent, by the program counter a thousand times a second. Checks at the end
 * that the sink got each text once and that each is recorded as sent. The program is pinned to one
 * core, the sink to the other where there is one.
 */
#include "base/log.h"
#include "base/memory.h"
#include "channel/http.h"
#include "document/plan_cache.h"
#include "loop/http_client.h"
#include "loop/loop.h"
#include "outbox/outbox.h"
#include "store/operations.h"
#include "store/store.h"

#include <arpa/inet.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <netinet/tcp.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>

#define QUEUE_AT_ONCE 1000
#define SAMPLES_MAX 200000
#define CLIENTS_MAX 256
#define CLIENT_BYTES 8192

/* ── the sink ────────────────────────────────────────────────────────────────────────────────── */

struct sink_client {
	int fd;
	size_t len;
	char bytes[CLIENT_BYTES + 1];
};

static void pin(int core)
{
	cpu_set_t set;
	CPU_ZERO(&set);
	CPU_SET(core % (int)sysconf(_SC_NPROCESSORS_ONLN), &set);
	sched_setaffinity(0, sizeof set, &set);
}

/* Bytes of the first whole request, 0 when there is none yet. */
static size_t whole_request(const struct sink_client *client)
{
	const char *end = strstr(client->bytes, "\r\n\r\n");
	if (end == NULL)
		return 0;
	const char *length = strcasestr(client->bytes, "\r\nContent-Length:");
	size_t body = length != NULL && length < end ? strtoul(length + 17, NULL, 10) : 0;
	size_t whole = (size_t)(end - client->bytes) + 4 + body;
	return client->len >= whole ? whole : 0;
}

static void serve_client(struct sink_client *client, long *count)
{
	ssize_t n = read(client->fd, client->bytes + client->len, CLIENT_BYTES - client->len);
	if (n <= 0) {
		close(client->fd);
		client->fd = -1;
		return;
	}
	client->len += (size_t)n;
	client->bytes[client->len] = '\0';
	for (size_t whole; (whole = whole_request(client)) > 0;) {
		char answer[160], body[48];
		snprintf(body, sizeof body, "{\"ok\":true,\"id\":\"s%ld\"}", ++*count);
		int len = snprintf(answer, sizeof answer,
		    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
		    "Content-Length: %zu\r\n\r\n%s",
		    strlen(body), body);
		if (write(client->fd, answer, (size_t)len) != len)
			_exit(EX_IOERR);
		memmove(client->bytes, client->bytes + whole, client->len - whole + 1);
		client->len -= whole;
	}
}

static void run_sink(int listener, long *count)
{
	static struct sink_client clients[CLIENTS_MAX];
	struct epoll_event events[CLIENTS_MAX], wanted = {.events = EPOLLIN};
	int poll = epoll_create1(EPOLL_CLOEXEC), used = 0;
	pin(1);
	epoll_ctl(poll, EPOLL_CTL_ADD, listener, &wanted);
	for (;;) {
		int ready = epoll_wait(poll, events, CLIENTS_MAX, -1);
		for (int i = 0; i < ready; i++) {
			struct sink_client *client = events[i].data.ptr;
			if (client != NULL) {
				serve_client(client, count);
				continue;
			}
			int on = 1, fd = accept(listener, NULL, NULL);
			if (fd < 0 || used == CLIENTS_MAX)
				_exit(EX_SOFTWARE);
			setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
			clients[used].fd = fd;
			struct epoll_event one = {
			    .events = EPOLLIN, .data = {.ptr = &clients[used++]}};
			epoll_ctl(poll, EPOLL_CTL_ADD, fd, &one);
		}
	}
}

struct sink {
	pid_t pid;
	int port;
	long *count; /* shared */
};

static struct sink start_sink(void)
{
	struct sockaddr_in address = {
	    .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t len = sizeof address;
	int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	struct sink sink = {.count = mmap(NULL, sizeof *sink.count, PROT_READ | PROT_WRITE,
				MAP_SHARED | MAP_ANONYMOUS, -1, 0)};
	if (listener < 0 || sink.count == MAP_FAILED ||
	    bind(listener, (struct sockaddr *)&address, len) != 0 || listen(listener, 256) != 0 ||
	    getsockname(listener, (struct sockaddr *)&address, &len) != 0)
		exit(EX_OSERR);
	sink.port = ntohs(address.sin_port);
	sink.pid = fork();
	if (sink.pid == 0)
		run_sink(listener, sink.count);
	close(listener);
	return sink;
}

static void stop_sink(const struct sink *sink)
{
	kill(sink->pid, SIGKILL);
	waitpid(sink->pid, NULL, 0);
	munmap(sink->count, sizeof *sink->count);
}

/* ── where the time goes ─────────────────────────────────────────────────────────────────────── */

static uintptr_t *samples;
static volatile sig_atomic_t sample_count;

static void take_sample(int signal_number, siginfo_t *info, void *context)
{
	(void)signal_number;
	(void)info;
	const ucontext_t *at = context;
	int i = sample_count;
#if defined(__x86_64__)
	if (i < SAMPLES_MAX)
		samples[i] = (uintptr_t)at->uc_mcontext.gregs[REG_RIP];
#elif defined(__aarch64__)
	if (i < SAMPLES_MAX)
		samples[i] = (uintptr_t)at->uc_mcontext.pc;
#else
	(void)at;
#endif
	sample_count = i + 1;
}

static void sample_every_ms(int ms)
{
	const struct itimerval every = {{0, ms * 1000}, {0, ms * 1000}};
	struct sigaction action = {
	    .sa_sigaction = take_sample, .sa_flags = SA_SIGINFO | SA_RESTART};
	sigaction(SIGPROF, &action, NULL);
	setitimer(ITIMER_PROF, &every, NULL);
}

/* What the kernel spends for a call counts as the library that called: its program counter is what
 * is seen when the call returns. */
static void print_shares(void)
{
	static const char *const names[] = {
	    "libcurl", "libsqlite3", "libevent", "libjansson", "libc", "nhacviec"};
	size_t counts[COUNT_OF(names)] = {0}, other = 0;
	Dl_info own, info;
	dladdr((void *)(uintptr_t)&run_sink, &own);
	int taken = sample_count < SAMPLES_MAX ? sample_count : SAMPLES_MAX;
	for (int i = 0; i < taken; i++) {
		size_t at = COUNT_OF(names);
		if (dladdr((void *)samples[i], &info) != 0)
			for (at = 0; at < COUNT_OF(names); at++)
				if (at + 1 == COUNT_OF(names)
					? info.dli_fbase == own.dli_fbase
					: strstr(info.dli_fname, names[at]) != NULL)
					break;
		if (at < COUNT_OF(names))
			counts[at]++;
		else
			other++;
	}
	printf("  time:");
	for (size_t i = COUNT_OF(names); i-- > 0 && taken > 0;)
		printf(" %s %.0f %%%s", i + 1 == COUNT_OF(names) ? "our own code" : names[i],
		    100.0 * (double)counts[i] / taken, i > 0 ? "," : "");
	printf(", other %.0f %%\n", taken > 0 ? 100.0 * (double)other / taken : 0);
}

/* ── the way ─────────────────────────────────────────────────────────────────────────────────── */

struct bench {
	struct loop *loop;
	struct store *store;
	struct outbox *outbox;
	struct http_client *client;
	struct channel *channel;
	long texts, outcomes, sent;
	struct arena *arena;
};

static void on_health(void *owner, const char *channel, enum channel_health health,
    const char *detail, const char *sim)
{
	const struct bench *bench = owner;
	(void)detail;
	(void)health;
	outbox_channel_health(bench->outbox, channel, sim);
}

static void on_outcome(void *owner, const char *channel, const struct channel_outcome *outcome)
{
	struct bench *bench = owner;
	bench->sent += outcome->kind == CHANNEL_SENT;
	outbox_channel_outcome(bench->outbox, channel, outcome);
	if (++bench->outcomes == bench->texts)
		loop_stop(bench->loop);
}

static const struct channel_events events = {.health = on_health, .outcome = on_outcome};

static bool commit(void *arg)
{
	const struct bench *bench = arg;
	return bench->store->ops->flush(bench->store);
}

static void must(enum result result, const struct failure *failure, void *arg)
{
	(void)arg;
	if (result != RESULT_OK) {
		fprintf(stderr, "%s\n", failure->text);
		exit(EX_SOFTWARE);
	}
}

static void queue_texts(struct bench *bench)
{
	static const char *const parts[] = {
	    "Kinh gui ong/ba: bao cao 6 thang truoc 10/6, cham nhat thu Ba 9/6. Tra loi: BC6T so"};
	for (long done = 0; done < bench->texts;) {
		struct arena *arena = arena_new();
		struct store_new_message *messages =
		    arena_alloc(arena, QUEUE_AT_ONCE * sizeof *messages);
		size_t count = 0;
		for (; count < QUEUE_AT_ONCE && done < bench->texts; count++, done++)
			messages[count] = (struct store_new_message){
			    .key = arena_printf(arena, "bench:%ld", done),
			    .purpose = PURPOSE_AD_HOC,
			    .address = arena_printf(arena, "+849%08ld", done),
			    .channel = "bench",
			    .parts = parts,
			    .part_count = 1,
			    .not_before = loop_now(bench->loop),
			    .not_after = wall_add(loop_now(bench->loop), DAY_MS),
			    .validity_minutes = 60,
			};
		const struct store_enqueue_input input = {.now = loop_now(bench->loop),
		    .actor = "bench",
		    .messages = messages,
		    .count = count};
		struct store_enqueue_output output;
		store_submit(bench->store,
		    &(struct store_request){STORE_ENQUEUE, &input, &output, arena, must, NULL});
		while (bench->store->ops->flush(bench->store))
			;
		arena_free(arena);
	}
}

static const struct provider *load_provider(struct arena *arena, const char *path, int connections)
{
	struct complaints *complaints = arena_alloc(arena, sizeof *complaints);
	complaints->arena = arena;
	struct provider *provider = provider_load(arena, path, complaints);
	for (size_t i = 0; i < complaints->count; i++)
		complaint_print(stderr, complaints->items[i].file, complaints->items[i].line, "",
		    complaints->items[i].text);
	if (provider == NULL)
		exit(EX_DATAERR);
	provider->limits = (struct provider_limits){.connections = connections};
	return provider;
}

static void remove_database(const char *path)
{
	char with[4200];
	static const char *const ends[] = {"", "-wal", "-shm", ".lock"};
	for (size_t i = 0; i < COUNT_OF(ends); i++) {
		snprintf(with, sizeof with, "%s%s", path, ends[i]);
		unlink(with);
	}
}

static void open_all(struct bench *bench, const char *database, const char *provider,
    const struct sink *sink, int connections)
{
	static const struct plan_calendar always = {
	    .working_weekday = {true, true, true, true, true, true, true},
	    .window = {{0, 24 * 60}},
	    .window_count = 1,
	    .zone_minutes = 420,
	};
	static const struct outbox_policy policy = {
	    .calendar = &always,
	    .only_to = "",
	    .retry_first_ms = MINUTE_MS,
	    .retry_longest_ms = HOUR_MS,
	    .attempts_max = 3,
	    .patience_ms = HOUR_MS,
	    .patience_last_call_ms = HOUR_MS,
	    .lease_ms = HOUR_MS,
	};
	struct failure failure;
	remove_database(database);
	bench->loop = loop_new(NULL, "bench", &failure);
	if (bench->loop == NULL)
		must(failure.code, &failure, NULL);
	must(store_open_sqlite(database, 1, loop_now(bench->loop), &bench->store, &failure),
	    &failure, NULL);
	queue_texts(bench);
	bench->client = http_client_new(bench->loop, connections, &failure);
	if (bench->client == NULL)
		must(failure.code, &failure, NULL);
	bench->outbox = outbox_new(bench->loop, bench->store, NULL, &policy, 1);
	const struct provider_pair settings[] = {
	    {"base", arena_printf(bench->arena, "http://127.0.0.1:%d", sink->port)},
	};
	const struct http_channel_config config = {
	    .name = "bench",
	    .provider = load_provider(bench->arena, provider, connections),
	    .settings = settings,
	    .setting_count = COUNT_OF(settings),
	    .public_url = "",
	};
	bench->channel = http_channel_new(bench->loop, bench->client, &config, &events, bench);
	outbox_add_channel(bench->outbox, bench->channel, &(struct outbox_terms){0});
	loop_set_turn_end(bench->loop, commit, bench);
}

static void close_all(struct bench *bench)
{
	bench->channel->ops->free(bench->channel);
	outbox_free(bench->outbox);
	http_client_free(bench->client);
	bench->store->ops->close(bench->store);
	loop_free(bench->loop);
	arena_free(bench->arena);
}

static double seconds_of(clockid_t clock)
{
	struct timespec now;
	clock_gettime(clock, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static long peak_kb(void)
{
	char line[200];
	long kb = 0;
	FILE *status = fopen("/proc/self/status", "re");
	while (status != NULL && fgets(line, sizeof line, status) != NULL)
		if (strncmp(line, "VmHWM:", 6) == 0)
			kb = strtol(line + 6, NULL, 10);
	if (status != NULL)
		fclose(status);
	return kb;
}

/* In a process of its own, so that the peak of memory is this run's. */
static int measure(const char *folder, const char *provider, long texts, int connections)
{
	struct bench bench = {.texts = texts, .arena = arena_new()};
	const char *database = arena_printf(bench.arena, "%s/bench.db", folder);
	struct sink sink = start_sink();
	pin(0);
	open_all(&bench, database, provider, &sink, connections);
	samples = memory_new(SAMPLES_MAX * sizeof *samples);
	double wall = seconds_of(CLOCK_MONOTONIC), used = seconds_of(CLOCK_PROCESS_CPUTIME_ID);
	sample_every_ms(1);
	bench.channel->ops->start(bench.channel);
	if (loop_run(bench.loop) != RESULT_OK)
		return EX_SOFTWARE;
	while (bench.store->ops->flush(bench.store)) /* the last results, too, are durable */
		;
	wall = seconds_of(CLOCK_MONOTONIC) - wall;
	used = seconds_of(CLOCK_PROCESS_CPUTIME_ID) - used;
	setitimer(ITIMER_PROF, &(struct itimerval){0}, NULL);
	printf("%3d connections: %6.0f texts a second, %5.0f us of processor a text, %4.1f MB\n",
	    connections, (double)texts / wall, used * 1e6 / (double)texts,
	    (double)(peak_kb() - (long)(SAMPLES_MAX * sizeof *samples / 1024)) / 1024);
	print_shares();
	int status = bench.sent == texts && *sink.count == texts ? EX_OK : EX_SOFTWARE;
	if (status != EX_OK)
		printf("  WRONG: of %ld texts %ld were recorded as sent, %ld came to the sink\n",
		    texts, bench.sent, *sink.count);
	close_all(&bench);
	stop_sink(&sink);
	remove_database(database);
	free(samples);
	return status;
}

int main(int argc, char **argv)
{
	static const int usual[] = {1, 16, 64};
	if (argc < 4)
		return EX_USAGE;
	log_set_level(LOG_WARNING);
	int status = EX_OK, runs = argc > 4 ? argc - 4 : (int)COUNT_OF(usual);
	for (int i = 0; i < runs; i++) {
		int connections = argc > 4 ? (int)strtol(argv[4 + i], NULL, 10) : usual[i];
		fflush(stdout);
		pid_t pid = fork();
		if (pid == 0) {
			int end = measure(argv[1], argv[2], strtol(argv[3], NULL, 10), connections);
			fflush(stdout);
			_exit(end);
		}
		int end;
		if (waitpid(pid, &end, 0) != pid || end != 0)
			status = EX_SOFTWARE;
	}
	return status;
}
