/*
 * Owns: the modem process's loop.
 * May use: every file of modem/, base/step_clock.h.
 * Must not know: obligations; what a text says.
 */
#include "modem/program.h"

#include "base/clock.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/step_clock.h"
#include "modem/journal.h"
#include "modem/link.h"
#include "modem/pace.h"
#include "modem/receive.h"
#include "modem/requests.h"
#include "modem/session.h"
#include "modem/submit.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

enum {
	BEGUN_WAIT_MS = 10 * 1000, /* for the daemon to make room in the socket */
	LAST_WORDS_WAIT_MS = 2 * 1000,
	LOCK_RETRY_MS = 50,
	SIGNAL_STEP = 10, /* percent: a smaller change is not told */
};
#define CHECK_EVERY_MS MINUTE_MS
#define CHECK_WITHOUT_INDICATIONS_MS (10 * SECOND_MS)

struct program {
	struct link link;
	struct requests requests;
	struct session_setup setup;
	struct session session;
	struct receive receive;
	struct pace pace;
	struct step_clock *clock; /* NULL: the machine's */
	char journal[512], pin_mark[512];
	int lock_fd, signal_fd;

	struct submit_part current; /* in flight while `in_flight` */
	bool in_flight;
	struct mono verdict_deadline; /* on the clock in force, as all that limit_now counts */
	struct mono next_check;       /* machine's clock */
	int signal_told;
	bool ended;
	int exit_status;
};

/* ── time ────────────────────────────────────────────────────────────────────────────────────────
 */

static struct wall wall_now(const struct program *program)
{
	return program->clock != NULL ? step_clock_now(program->clock) : wall_of_machine();
}

static struct mono limit_now(const struct program *program)
{
	if (program->clock != NULL)
		return step_clock_mono(program->clock);
	return mono_of_machine();
}

static int wait_ms(const struct program *program)
{
	if (program->clock != NULL)
		return -1;
	struct mono until = program->in_flight ? program->verdict_deadline : program->next_check;
	int64_t ms = until.ms - mono_of_machine().ms;
	return ms < 0 ? 0 : ms > HOUR_MS ? (int)HOUR_MS : (int)ms;
}

/* ── waiting ─────────────────────────────────────────────────────────────────────────────────────
 */

static void end(struct program *program, int status)
{
	program->ended = true;
	program->exit_status = status;
}

static void say_state(struct program *program, enum modem_state state, const char *detail)
{
	struct session *session = &program->session;
	const char *name = program->requests.configuration.name;
	log_event(LOG_INFO, "modem.state", "modem=%s state=%d detail=%s", name != NULL ? name : "-",
	    state, log_quote(detail).text);
	link_send_state(
	    &program->link, state, detail, session->imei, session->imsi, session->signal);
	program->signal_told = session->signal;
}

static void say_waiting(struct program *program)
{
	if (program->clock == NULL)
		return;
	if (program->in_flight)
		step_clock_wait(program->clock, program->verdict_deadline);
	else
		step_clock_idle(program->clock, MONO_NEVER);
}

static void read_clock(struct program *program)
{
	if (step_clock_read(program->clock) >= 0)
		return;
	say_state(program, MODEM_FAILED, "The rehearsal clock is gone.");
	end(program, 1);
}

static void read_tty(struct program *program, short events)
{
	bool there = true;
	if (events & POLLIN)
		there = session_read(&program->session);
	else if (events & (POLLHUP | POLLERR | POLLNVAL))
		there = false;
	if (there)
		return;
	if (program->in_flight && !program->session.verdict_came) {
		struct outcome outcome;
		submit_give_up(
		    &program->session, &program->current, "the device went away", &outcome);
		link_send_outcome(&program->link, &outcome);
		program->in_flight = false;
		submit_part_clear(&program->current);
	}
	say_state(program, MODEM_NO_DEVICE, "The modem went away. Plug it in again.");
	end(program, 1);
}

/* Waits until something happens, at most `ms`, and takes it in. */
static void wait_for_events(struct program *program, int ms)
{
	struct pollfd ready[] = {
	    {.fd = program->link.gone ? -1 : program->link.fd,
		.events = POLLIN | (program->link.out.len > 0 ? POLLOUT : 0)},
	    {.fd = program->signal_fd, .events = POLLIN},
	    {.fd = program->session.tty, .events = POLLIN},
	    {.fd = program->clock != NULL ? step_clock_descriptor(program->clock) : -1,
		.events = POLLIN},
	};
	say_waiting(program);
	if (poll(ready, COUNT_OF(ready), ms) <= 0)
		return;
	if (program->clock != NULL && (ready[0].revents || ready[1].revents || ready[2].revents))
		step_clock_busy(program->clock);
	if (ready[1].revents) {
		program->requests.stop = true;
		program->signal_fd = -1;
	}
	if (ready[3].revents)
		read_clock(program);
	if (ready[2].revents)
		read_tty(program, ready[2].revents);
	if (ready[0].revents & POLLOUT)
		link_flush(&program->link, 0);
	if (ready[0].revents & ~POLLOUT)
		requests_take(&program->requests, &program->link);
}

static bool is_asked_to_end(const struct program *program)
{
	return program->requests.stop || program->link.gone || program->ended;
}

/* ── connecting ──────────────────────────────────────────────────────────────────────────────────
 */

static enum modem_state state_after(enum session_result result)
{
	switch (result) {
	case SESSION_CONNECTED:
		return MODEM_READY;
	case SESSION_NO_DEVICE:
		return MODEM_NO_DEVICE;
	case SESSION_PIN_WANTED:
		return MODEM_PIN_WANTED;
	case SESSION_PIN_REFUSED:
		return MODEM_PIN_REFUSED;
	case SESSION_FAILED:
		break;
	}
	return MODEM_FAILED;
}

static void connect_modem(struct program *program)
{
	struct session *session = &program->session;
	OWNED_BUFFER detail = BUFFER(1024);
	receive_send_direct(session, &program->link);
	if (!session_close(session)) {
		say_state(program, MODEM_FAILED, "libgammu did not let the device go.");
		end(program, 1);
		return;
	}
	say_state(program, MODEM_CONNECTING, program->setup.device);
	link_flush(&program->link, 0);
	pace_for_connection(&program->pace);
	enum session_result result = session_connect(session, &detail);
	if (result != SESSION_CONNECTED) {
		say_state(program, state_after(result), buffer_text(&detail));
		end(program, 1);
		return;
	}
	pace_note_connected(&program->pace);
	pace_for_connection(&program->pace);
	receive_measure(&program->receive, session);
	program->next_check = mono_add(mono_of_machine(), CHECK_EVERY_MS);
	say_state(program, MODEM_READY, buffer_text(&detail));
}

/* ── working ─────────────────────────────────────────────────────────────────────────────────────
 */

static void conclude(struct program *program, const struct outcome *outcome)
{
	if (outcome->result == MODEM_SENT)
		pace_note_part_gone(&program->pace);
	log_event(LOG_DEBUG, "modem.outcome",
	    "attempt=%lld part=%d result=%d code=%d reference=%d detail=%s",
	    (long long)outcome->attempt, outcome->part, outcome->result, outcome->code,
	    outcome->reference, log_quote(outcome->detail).text);
	link_send_outcome(&program->link, outcome);
	program->in_flight = false;
	submit_part_clear(&program->current);
}

static void begin_submit(struct program *program)
{
	struct outcome outcome;
	bool lost_prompt;
	link_send_begun(&program->link, program->current.attempt, program->current.part);
	if (!link_flush(&program->link, BEGUN_WAIT_MS)) {
		submit_not_sent(
		    &program->current, "the daemon went away before it began", &outcome);
		program->link.gone = true;
		conclude(program, &outcome);
		return;
	}
	struct wall now = wall_now(program);
	pace_for_submit(&program->pace, now);
	program->verdict_deadline =
	    mono_add(limit_now(program), program->requests.configuration.verdict_limit_ms);
	program->in_flight = true;
	enum submit_progress progress =
	    submit_begin(&program->session, &program->current, &outcome, &lost_prompt);
	pace_for_connection(&program->pace);
	if (lost_prompt)
		pace_note_lost_prompt(&program->pace, now);
	if (progress != SUBMIT_WAITING)
		conclude(program, &outcome);
}

static void look_after_submit(struct program *program)
{
	struct outcome outcome;
	enum submit_progress progress = submit_look(&program->session, &program->current, &outcome);
	if (progress == SUBMIT_WAITING && limit_now(program).ms >= program->verdict_deadline.ms)
		progress = submit_give_up(&program->session, &program->current,
		    "the network did not answer within the limit", &outcome);
	if (progress != SUBMIT_WAITING)
		conclude(program, &outcome);
}

static void check_modem(struct program *program)
{
	struct session *session = &program->session;
	if (program->clock != NULL || mono_of_machine().ms < program->next_check.ms)
		return;
	program->next_check = mono_add(mono_of_machine(),
	    session->indications ? CHECK_EVERY_MS : CHECK_WITHOUT_INDICATIONS_MS);
	if (!session_probe(session))
		return;
	if (abs(session->signal - program->signal_told) >= SIGNAL_STEP)
		say_state(program, MODEM_READY, "");
	/* Indications get lost. */
	session->incoming = true;
}

/* One step of what is to be done; returns true when there may be more to do without waiting. */
static bool work(struct program *program)
{
	struct session *session = &program->session;
	receive_send_direct(session, &program->link);
	if (program->in_flight) {
		look_after_submit(program);
		return !program->in_flight;
	}
	if (is_asked_to_end(program))
		return false;
	if (session->doubtful) {
		connect_modem(program);
		return true;
	}
	if (session->incoming) {
		receive_list(&program->receive, session, &program->link);
		return true;
	}
	if (program->requests.slot_count > 0) {
		if (receive_delete(&program->receive, session, program->requests.slots[0]))
			requests_drop_slot(&program->requests);
		return true;
	}
	if (requests_next_part(&program->requests, &program->current)) {
		begin_submit(program);
		return true;
	}
	check_modem(program);
	return session->doubtful || session->incoming;
}

/* ── beginning and ending ────────────────────────────────────────────────────────────────────────
 */

static bool wait_for_configuration(struct program *program)
{
	while (!program->requests.configured && !is_asked_to_end(program))
		wait_for_events(program, -1);
	return program->requests.configured && !is_asked_to_end(program);
}

static bool accept_configuration(struct program *program)
{
	const struct configuration *configuration = &program->requests.configuration;
	bool sound = pace_from_word(&program->pace.choice, configuration->pace) &&
		     configuration->verdict_limit_ms > 0 && configuration->name[0] != '\0' &&
		     strchr(configuration->name, '/') == NULL &&
		     strlen(configuration->name) <= 64 && strlen(configuration->directory) <= 400;
	if (!sound) {
		say_state(program, MODEM_FAILED, "The modem process was configured wrongly.");
		return false;
	}
	snprintf(program->journal, sizeof program->journal, "%.400s/modem-%.64s.outcomes",
	    configuration->directory, configuration->name);
	snprintf(program->pin_mark, sizeof program->pin_mark, "%.400s/modem-%.64s.pin-tried",
	    configuration->directory, configuration->name);
	return true;
}

static bool join_clock(struct program *program)
{
	const struct configuration *configuration = &program->requests.configuration;
	struct failure failure = {0};
	char name[80];
	if (configuration->clock_path[0] == '\0')
		return true;
	snprintf(name, sizeof name, "modem-%.60s", configuration->name);
	for (char *c = name; *c != '\0'; c++)
		if (*c == ' ')
			*c = '_';
	program->clock = step_clock_join(configuration->clock_path, name, "helper", &failure);
	if (program->clock == NULL)
		say_state(program, MODEM_FAILED, failure.text);
	return program->clock != NULL;
}

/* The process before this one may still be finishing its submit. */
static bool take_lock(struct program *program)
{
	const struct configuration *configuration = &program->requests.configuration;
	char path[512];
	bool told = false;
	snprintf(path, sizeof path, "%.400s/modem-%.64s.lock", configuration->directory,
	    configuration->name);
	program->lock_fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	while (program->lock_fd >= 0 && flock(program->lock_fd, LOCK_EX | LOCK_NB) != 0) {
		if (errno != EWOULDBLOCK && errno != EINTR)
			break;
		if (!told)
			say_state(program, MODEM_BUSY_ELSEWHERE,
			    "Another process holds the modem; waiting for it.");
		told = true;
		wait_for_events(program, LOCK_RETRY_MS);
		if (is_asked_to_end(program))
			return false;
	}
	if (program->lock_fd >= 0 && flock(program->lock_fd, LOCK_EX | LOCK_NB) == 0)
		return true;
	OWNED_BUFFER detail = BUFFER(1024);
	buffer_printf(&detail, "Cannot lock %s: %s. Correct the rights.", path, strerror(errno));
	say_state(program, MODEM_FAILED, buffer_text(&detail));
	return false;
}

static void send_journal(struct program *program)
{
	int count = journal_read(program->journal, &program->link.out);
	if (count == 0 || !link_flush(&program->link, BEGUN_WAIT_MS))
		return;
	log_event(LOG_INFO, "modem.journal", "handed_over=%d", count);
	journal_remove(program->journal);
}

static bool start(struct program *program)
{
	const struct configuration *configuration = &program->requests.configuration;
	if (!accept_configuration(program) || !join_clock(program) || !take_lock(program))
		return false;
	send_journal(program);
	receive_init(&program->receive, configuration->directory, configuration->name);
	program->setup = (struct session_setup){
	    .device = configuration->device,
	    .connection = configuration->connection,
	    .pin = configuration->pin,
	    .pin_mark = program->pin_mark,
	    /* A virtual modem prompts at once; the time it stands still for must be short. */
	    .limits = {.connect = 60 * 1000,
		.command = 20 * 1000,
		.prompt = program->clock != NULL ? 3 * 1000 : 15 * 1000,
		.listing = 60 * 1000},
	};
	connect_modem(program);
	return !program->ended;
}

/* Parts that were never begun are told to be so; what the daemon may have missed is kept. */
static void finish(struct program *program)
{
	struct outcome outcome;
	while (requests_next_part(&program->requests, &program->current)) {
		submit_not_sent(
		    &program->current, "the modem process ended before it began", &outcome);
		conclude(program, &outcome);
	}
	receive_send_direct(&program->session, &program->link);
	if (program->exit_status == 0 && !program->link.gone)
		say_state(program, MODEM_STOPPING, "");
	if (!link_flush(&program->link, LAST_WORDS_WAIT_MS) && program->journal[0] != '\0')
		link_keep_outcomes(&program->link, program->journal);
	session_release(&program->session);
	receive_release(&program->receive);
	requests_release(&program->requests);
	step_clock_leave(program->clock);
	link_close(&program->link);
	if (program->lock_fd >= 0)
		close(program->lock_fd);
}

int program_run(int link_fd, int signal_fd)
{
	struct program *program = memory_new(sizeof *program);
	program->signal_fd = signal_fd;
	program->lock_fd = -1;
	link_open(&program->link, link_fd);
	session_init(&program->session, &program->setup);
	if (wait_for_configuration(program) && !start(program) && !is_asked_to_end(program))
		end(program, 1);
	while (!is_asked_to_end(program) || (program->in_flight && !program->ended)) {
		if (!work(program))
			wait_for_events(program, wait_ms(program));
		else
			requests_take(&program->requests, &program->link);
	}
	int status = program->exit_status;
	finish(program);
	memory_free(program);
	return status;
}
