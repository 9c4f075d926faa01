/*
 * Owns: `nhacviec handset`: being a subscriber of the virtual network.
 * May use: base/, base/civil.h, rehearsal/network.h.
 * Must not know: the network's insides: it asks over the socket like everybody.
 */
#include "rehearsal/network.h"

#include "base/buffer.h"
#include "base/clock.h"
#include "base/memory.h"
#include "base/civil.h"
#include "rehearsal/internal.h"

#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sysexits.h>
#include <unistd.h>

static const char help_en[] =
    "Usage: nhacviec handset --socket PATH --as NUMBER [--to NUMBER] TEXT\n"
    "       nhacviec handset --socket PATH --as NUMBER --inbox | --follow\n"
    "       nhacviec handset --socket PATH --request REQUEST…\n"
    "Be an official of the virtual network: text the gateway, read what it texted.\n"
    "  --socket PATH   of the virtual network (or the environment's NHACVIEC_CLOCK)\n"
    "  --as NUMBER     who you are\n"
    "  --to NUMBER     a modem's number (default: the first modem)\n"
    "  --inbox         list what this number has received;  --follow  keep listing\n"
    "  --request       speed 3600, hold, step, stats, … as the network understands them\n";

static const char help_vi[] =
    "Cách dùng: nhacviec handset --socket ĐƯỜNG_DẪN --as SỐ [--to SỐ] NỘI_DUNG\n"
    "           nhacviec handset --socket ĐƯỜNG_DẪN --as SỐ --inbox | --follow\n"
    "           nhacviec handset --socket ĐƯỜNG_DẪN --request YÊU_CẦU…\n"
    "Đóng vai một cán bộ trên mạng ảo: nhắn cho cổng, đọc tin cổng đã nhắn.\n"
    "  --socket        của mạng ảo (hoặc biến môi trường NHACVIEC_CLOCK)\n"
    "  --as SỐ         bạn là ai\n"
    "  --to SỐ         số của modem (mặc định: modem đầu tiên)\n"
    "  --inbox         các tin số này đã nhận;  --follow  xem tiếp tục\n"
    "  --request       speed 3600, hold, step, stats, … theo cách mạng hiểu\n";

static int connect_to(const char *path)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	snprintf(address.sun_path, sizeof address.sun_path, "%s", path);
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd >= 0 && connect(fd, (struct sockaddr *)&address, sizeof address) == 0)
		return fd;
	fprintf(stderr,
	    "nhacviec handset: no virtual network at %s: %s. Start 'nhacviec virtual-modem' or "
	    "'scripts/demo --interactive' first.\n",
	    path, strerror(errno));
	if (fd >= 0)
		close(fd);
	return -1;
}

static void print_text(char *line)
{
	char from[NUMBER_MAX], text[3000] = "";
	int64_t ms;
	if (sscanf(line, "text %" SCNd64 " %23s %2999s", &ms, from, text) < 2) {
		puts(line);
		return;
	}
	network_decode(text);
	printf("%s  %s: %s\n", civil_short_moment((struct wall){ms}, 420).text, from, text);
	fflush(stdout);
}

/* Prints the answer's lines; returns the exit status that its last line says. */
static int print_answer(int fd, bool shows_ok)
{
	char line[4096];
	FILE *in = fdopen(fd, "re");
	int status = EX_UNAVAILABLE;
	while (in != NULL && fgets(line, sizeof line, in) != NULL) {
		line[strcspn(line, "\n")] = '\0';
		if (strncmp(line, "ok", 2) == 0) {
			if (shows_ok && line[2] != '\0')
				puts(line + 3);
			status = EX_OK;
			break;
		}
		if (strncmp(line, "error ", 6) == 0) {
			fprintf(stderr, "nhacviec handset: %s\n", line + 6);
			status = EX_DATAERR;
			break;
		}
		print_text(line);
	}
	if (in != NULL)
		fclose(in);
	return status;
}

struct wishes {
	const char *socket, *as, *to;
	bool inbox, follow, request, help;
};

static const struct option options[] = {{"socket", required_argument, NULL, 's'},
    {"as", required_argument, NULL, 'a'}, {"to", required_argument, NULL, 't'},
    {"inbox", no_argument, NULL, 'i'}, {"follow", no_argument, NULL, 'f'},
    {"request", no_argument, NULL, 'r'}, {"help", no_argument, NULL, 'h'}, {0}};

static bool read_wishes(int argc, char **argv, struct wishes *wishes)
{
	int option;
	optind = 0;
	opterr = 0;
	while ((option = getopt_long(argc, argv, "+h", options, NULL)) != -1) {
		switch (option) {
		case 's':
			wishes->socket = optarg;
			break;
		case 'a':
			wishes->as = optarg;
			break;
		case 't':
			wishes->to = optarg;
			break;
		case 'i':
			wishes->inbox = true;
			break;
		case 'f':
			wishes->follow = true;
			break;
		case 'r':
			wishes->request = true;
			break;
		case 'h':
			wishes->help = true;
			return true;
		default:
			return false;
		}
	}
	bool asks = wishes->inbox || wishes->follow;
	return wishes->socket != NULL && (wishes->request || wishes->as != NULL) &&
	       (asks || optind < argc);
}

static void word_request(struct buffer *out, const struct wishes *wishes, int argc, char **argv)
{
	OWNED_BUFFER rest = BUFFER(2000);
	for (int i = optind; i < argc; i++)
		buffer_printf(&rest, "%s%s", i > optind ? " " : "", argv[i]);
	if (wishes->request)
		buffer_printf(out, "%s\n", buffer_text(&rest));
	else if (wishes->inbox)
		buffer_printf(out, "handset-inbox %s\n", network_encode(wishes->as));
	else if (wishes->follow)
		buffer_printf(out, "handset-follow %s\n", network_encode(wishes->as));
	else
		buffer_printf(out, "handset-send %s %s %s\n", network_encode(wishes->as),
		    network_encode(wishes->to), network_encode(buffer_text(&rest)));
}

int handset_main(int argc, char **argv, const char *language)
{
	bool vietnamese = strcmp(language, "vi") == 0;
	struct wishes wishes = {.socket = getenv("NHACVIEC_CLOCK"), .to = "-"};
	if (!read_wishes(argc, argv, &wishes)) {
		fputs(
		    vietnamese
			? "nhacviec: Thiếu hoặc sai tùy chọn. Xem: nhacviec handset --help\n"
			: "nhacviec: An option is wrong or missing. See: nhacviec handset --help\n",
		    stderr);
		return EX_USAGE;
	}
	if (wishes.help) {
		fputs(vietnamese ? help_vi : help_en, stdout);
		return EX_OK;
	}
	OWNED_BUFFER request = BUFFER(8000);
	word_request(&request, &wishes, argc, argv);
	int fd = connect_to(wishes.socket);
	if (fd < 0)
		return EX_UNAVAILABLE;
	if (write(fd, request.data, request.len) != (ssize_t)request.len) {
		close(fd);
		return EX_IOERR;
	}
	return print_answer(fd, wishes.request);
}
