/*
 * Owns: `nhacviec virtual-modem`: its options, its start and end.
 * May use: base/, text/phone.h, base/civil.h, rehearsal/.
 * Must not know: how the network works.
 */
#include "rehearsal/internal.h"
#include "rehearsal/script.h"

#include "base/civil.h"
#include "rehearsal/network.h"
#include "text/phone.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sysexits.h>
#include <unistd.h>

#define DEFAULT_SLOTS 50

static const char help_en[] =
    "Usage: nhacviec virtual-modem --link PATH [options]\n"
    "Runs a virtual GSM modem on a pseudo terminal at PATH, its mobile network and its handsets.\n"
    "  --link PATH          make a modem whose terminal any AT client can open at PATH; "
    "repeatable\n"
    "  --modem NAME,link=PATH,number=+84…,pin=1234,slots=50   the same in detail; repeatable\n"
    "  --socket PATH        for clocks, handsets and requests (default: LINK.sock)\n"
    "  --log FILE           append what happens on the network\n"
    "  --script FILE        simulated officials (see docs in the file's example)\n"
    "  --start MOMENT       the clock is discrete and starts then (2020-05-14T08:00);\n"
    "                       without it the clock is the machine's\n"
    "  --until MOMENT       stop moving there\n"
    "  --speed R            time flows R times as fast as real time instead of jumping\n"
    "  --latency MS         until the network's verdict (default 3000)\n"
    "  --delivery MS        from verdict to handset (default 1000); --receipt MS (default 1000)\n"
    "  --no-receipts        the network sends none\n";

static const char help_vi[] =
    "Cách dùng: nhacviec virtual-modem --link ĐƯỜNG_DẪN [tùy chọn]\n"
    "Chạy modem GSM ảo trên pseudo terminal, cùng mạng di động và các máy điện thoại ảo.\n"
    "  --link ĐƯỜNG_DẪN     tạo một modem; chương trình AT nào cũng mở được; dùng nhiều lần được\n"
    "  --modem TÊN,link=…,number=+84…,pin=1234,slots=50   như trên, chi tiết hơn\n"
    "  --socket ĐƯỜNG_DẪN   cho đồng hồ, máy điện thoại, yêu cầu (mặc định: LINK.sock)\n"
    "  --log TỆP            ghi thêm mọi việc xảy ra trên mạng\n"
    "  --script TỆP         kịch bản các cán bộ trả lời\n"
    "  --start THỜI_ĐIỂM    đồng hồ nhảy bước, bắt đầu từ đó (2020-05-14T08:00);\n"
    "                       không có thì theo đồng hồ máy\n"
    "  --until THỜI_ĐIỂM    dừng ở đó\n"
    "  --speed R            thời gian trôi nhanh gấp R lần thay vì nhảy\n"
    "  --latency MS         đến khi mạng trả lời (mặc định 3000)\n"
    "  --delivery MS        đến máy người nhận (mặc định 1000); --receipt MS (mặc định 1000)\n"
    "  --no-receipts        mạng không gửi báo nhận\n";

static struct network *running; /* for the signal handler alone */

static void quit(int signal_number)
{
	(void)signal_number;
	running->quit = true;
}

/* ── options ─────────────────────────────────────────────────────────────────────────────────── */

/* NULL when there are as many as there may be. */
static struct modem *add_modem(struct network *network)
{
	if (network->modem_count == COUNT_OF(network->modems))
		return NULL;
	struct modem *modem = memory_new(sizeof *modem);
	size_t n = network->modem_count + 1;
	*modem = (struct modem){
	    .network = network, .master = -1, .slave = -1, .slot_count = DEFAULT_SLOTS};
	snprintf(modem->name, sizeof modem->name, "virtual%zu", n);
	snprintf(modem->number, sizeof modem->number, "+8490099%04zu", n);
	snprintf(modem->imei, sizeof modem->imei, "35000000000%04zu", n);
	snprintf(modem->imsi, sizeof modem->imsi, "45204000000%04zu", n);
	network->modems[network->modem_count++] = modem;
	return modem;
}

static bool set_modem_option(struct modem *modem, char *option)
{
	char *value = strchr(option, '=');
	struct phone phone;
	if (value == NULL) {
		snprintf(modem->name, sizeof modem->name, "%s", option);
		return true;
	}
	*value++ = '\0';
	if (strcmp(option, "link") == 0)
		snprintf(modem->link, sizeof modem->link, "%s", value);
	else if (strcmp(option, "pin") == 0)
		snprintf(modem->pin, sizeof modem->pin, "%s", value);
	else if (strcmp(option, "slots") == 0)
		modem->slot_count = (int)strtol(value, NULL, 10);
	else if (strcmp(option, "number") == 0 && phone_parse(value, &phone, NULL) == RESULT_OK)
		snprintf(modem->number, sizeof modem->number, "%s", phone.e164);
	else
		return false;
	return modem->slot_count >= 1 && modem->slot_count <= SLOTS_MAX;
}

static bool read_modem(struct network *network, char *text)
{
	struct modem *modem = add_modem(network);
	char *option;
	while (modem != NULL && (option = strsep(&text, ",")) != NULL)
		if (!set_modem_option(modem, option))
			return false;
	return modem != NULL;
}

static bool read_link(struct network *network, const char *path)
{
	struct modem *modem = add_modem(network);
	if (modem != NULL)
		snprintf(modem->link, sizeof modem->link, "%s", path);
	return modem != NULL;
}

struct choices {
	const char *log, *script;
	bool started;
};

static bool take_option(
    struct network *network, struct choices *choices, int option, struct failure *failure)
{
	switch (option) {
	case 'l':
		return read_link(network, optarg);
	case 'm':
		return read_modem(network, optarg);
	case 's':
		network->socket_path = memory_copy_text(optarg);
		return true;
	case 'o':
		choices->log = optarg;
		return true;
	case 'c':
		choices->script = optarg;
		return true;
	case 't':
		choices->started = true;
		return civil_parse_moment(optarg, network->zone_minutes, &network->now, failure) ==
		       RESULT_OK;
	case 'u':
		return civil_parse_moment(
			   optarg, network->zone_minutes, &network->until, failure) == RESULT_OK;
	case 'r':
		network->speed = strtod(optarg, NULL);
		return network->speed > 0;
	case 'y':
		network->latency_ms = strtoll(optarg, NULL, 10);
		return network->latency_ms >= 0;
	case 'd':
		network->delivery_ms = strtoll(optarg, NULL, 10);
		return network->delivery_ms >= 0;
	case 'e':
		network->receipt_ms = strtoll(optarg, NULL, 10);
		return network->receipt_ms >= 0;
	case 'n':
		network->receipts = false;
		return true;
	default:
		return false;
	}
}

static const struct option options[] = {{"link", required_argument, NULL, 'l'},
    {"modem", required_argument, NULL, 'm'}, {"socket", required_argument, NULL, 's'},
    {"log", required_argument, NULL, 'o'}, {"script", required_argument, NULL, 'c'},
    {"start", required_argument, NULL, 't'}, {"until", required_argument, NULL, 'u'},
    {"speed", required_argument, NULL, 'r'}, {"latency", required_argument, NULL, 'y'},
    {"delivery", required_argument, NULL, 'd'}, {"receipt", required_argument, NULL, 'e'},
    {"no-receipts", no_argument, NULL, 'n'}, {"help", no_argument, NULL, 'h'}, {0}};

/* ── start ───────────────────────────────────────────────────────────────────────────────────── */

static bool is_alone(const struct network *network, struct failure *failure)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	snprintf(address.sun_path, sizeof address.sun_path, "%s", network->socket_path);
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	bool other = fd >= 0 && connect(fd, (struct sockaddr *)&address, sizeof address) == 0;
	if (fd >= 0)
		close(fd);
	if (other)
		failure_set(failure, RESULT_CONFLICT,
		    "Another virtual network listens at %s. Stop it, or name another --socket.",
		    network->socket_path);
	return !other;
}

static bool listen_at(struct network *network, struct failure *failure)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	if (strlen(network->socket_path) >= sizeof address.sun_path) {
		failure_set(failure, RESULT_INVALID, "The socket's path %s is too long.",
		    network->socket_path);
		return false;
	}
	memcpy(address.sun_path, network->socket_path, strlen(network->socket_path) + 1);
	struct stat there; /* an old socket is replaced, nothing else ever */
	if (lstat(network->socket_path, &there) == 0 && S_ISSOCK(there.st_mode))
		unlink(network->socket_path);
	network->listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	network->bound = network->listener >= 0 &&
			 bind(network->listener, (struct sockaddr *)&address, sizeof address) == 0;
	if (!network->bound || listen(network->listener, 64) != 0) {
		failure_set(failure, RESULT_IO, "Cannot listen at %s: %s.", network->socket_path,
		    strerror(errno));
		return false;
	}
	return true;
}

static bool start(struct network *network, const struct choices *choices, struct failure *failure)
{
	if (network->socket_path == NULL) {
		char path[300];
		snprintf(path, sizeof path, "%s.sock", network->modems[0]->link);
		network->socket_path = memory_copy_text(path);
	}
	if (choices->log != NULL) {
		network->log = open(choices->log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0640);
		if (network->log < 0) {
			failure_set(failure, RESULT_IO, "Cannot write %s: %s.", choices->log,
			    strerror(errno));
			return false;
		}
	}
	if (!choices->started) {
		network->now = wall_of_machine();
		network->speed = 1;
		network->flows = true;
	}
	if (!is_alone(network, failure))
		return false;
	for (size_t i = 0; i < network->modem_count; i++)
		if (!modem_open(network->modems[i], failure))
			return false;
	if (choices->script != NULL && !saying_begin(network, choices->script, failure))
		return false;
	return listen_at(network, failure);
}

static void take_down(struct network *network)
{
	for (size_t i = 0; i < network->event_count; i++)
		network->events[i].drop(network->events[i].arg);
	for (size_t i = 0; i < network->client_count; i++)
		network->clients[i]->gone = true;
	clients_bury(network);
	for (size_t i = 0; i < network->modem_count; i++) {
		modem_close(network->modems[i]);
		for (int slot = 1; slot <= SLOTS_MAX; slot++)
			free(network->modems[i]->slots[slot].pdu);
		free(network->modems[i]);
	}
	for (size_t i = 0; i < network->subscriber_count; i++) {
		for (size_t j = 0; j < network->subscribers[i].inbox_count; j++)
			free(network->subscribers[i].inbox[j].text);
		free(network->subscribers[i].inbox);
	}
	for (size_t i = 0; i < network->queue_count; i++)
		free(network->queue[i].part.pdu);
	if (network->listener >= 0) {
		close(network->listener);
		if (network->bound)
			unlink(network->socket_path);
	}
	free(network->subscribers);
	script_free(network->script);
	free(network->queue);
	free(network->socket_path);
}

static int refuse(struct network *network, const char *given, const char *why, bool vietnamese)
{
	fprintf(stderr,
	    vietnamese
		? "nhacviec: %s thừa, thiếu hoặc sai. %s%sXem: nhacviec virtual-modem --help\n"
		: "nhacviec: %s is wrong or missing. %s%sSee: nhacviec virtual-modem --help\n",
	    given, why, why[0] != '\0' ? " " : "");
	take_down(network);
	return EX_USAGE;
}

int virtual_network_main(int argc, char **argv, const char *language)
{
	struct network network = {
	    .until = WALL_NEVER,
	    .listener = -1,
	    .log = -1,
	    .latency_ms = 3000,
	    .delivery_ms = 1000,
	    .receipt_ms = 1000,
	    .zone_minutes = 420,
	    .receipts = true,
	};
	struct choices choices = {0};
	struct failure failure = {0};
	bool vietnamese = strcmp(language, "vi") == 0;
	int option;
	optind = 0;
	opterr = 0;
	while ((option = getopt_long(argc, argv, "h", options, NULL)) != -1) {
		if (option == 'h') {
			fputs(vietnamese ? help_vi : help_en, stdout);
			return EX_OK;
		}
		if (option == '?' || !take_option(&network, &choices, option, &failure))
			return refuse(&network, argv[optind - 1], failure.text, vietnamese);
	}
	if (optind < argc || network.modem_count == 0)
		return refuse(&network, optind < argc ? argv[optind] : "--link", "", vietnamese);
	running = &network;
	signal(SIGTERM, quit);
	signal(SIGINT, quit);
	signal(SIGPIPE, SIG_IGN);
	int status = EX_OSERR;
	if (start(&network, &choices, &failure))
		status = network_run(&network);
	else
		fprintf(stderr, "nhacviec virtual-modem: %s\n", failure.text);
	take_down(&network);
	free(network.events);
	return status;
}
