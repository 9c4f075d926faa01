"""Owns: a rehearsal for tests: a directory, a virtual network, a daemon, the commands, the witness.

Each test makes one Rehearsal and drives its clock. At the end the daemon must stop with status 0,
no sanitizer may have spoken, and the network's log must agree with the message table.
"""

import collections
import os
import pathlib
import re
import signal
import socket
import sqlite3
import subprocess
import time
import urllib.parse
from datetime import datetime, timedelta, timezone

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = (ROOT / os.environ.get("NHACVIEC_BUILD", "build/asan")).resolve()
NHACVIEC = BUILD / "nhacviec"
PLAN = ROOT / "config/plans/trung-khanh-2020.yaml"
RECIPIENTS = ROOT / "config/recipients/trung-khanh-2020.csv"
OFFICIALS = ROOT / "config/rehearsal/trung-khanh-2020.officials"
EXPECTED = ROOT / "config/rehearsal/trung-khanh-2020.expected.csv"
ZONE = timezone(timedelta(hours=7))
SECOND, MINUTE, HOUR, DAY = 1000, 60_000, 3_600_000, 86_400_000
ANSWER = 0  # the purpose of a message in the store
REAL_LIMIT = 120  # seconds that anything may take


def local(text):
    """Milliseconds since 1970 of a moment in Viet Nam, "2020-05-27T08:00"."""
    return int(datetime.fromisoformat(text).replace(tzinfo=ZONE).timestamp() * 1000)


class Network:
    """A connection to the virtual network's socket."""

    def __init__(self, path):
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.socket.settimeout(REAL_LIMIT)
        self.socket.connect(str(path))
        self.lines = self.socket.makefile("r", encoding="utf-8")

    def ask(self, *words):
        """The answer: what stands behind "ok", and the lines before it."""
        self.socket.sendall((" ".join(map(str, words)) + "\n").encode())
        before = []
        while True:
            line = self.lines.readline()
            assert line, f"the network hung up at {words}"
            line = line.rstrip("\n")
            if line.startswith("ok"):
                return line[3:], before
            assert not line.startswith("error"), f"{words}: {line}"
            before.append(line)

    def close(self):
        self.lines.close()
        self.socket.close()


class Rehearsal:
    def __init__(self, place, start="2020-05-14T07:00", until="2020-12-31T18:00", script=None,
                 config="", modem="", modem_config="", network=()):
        self.place = pathlib.Path(place)
        self.tty, self.socket = self.place / "modem", self.place / "net.sock"
        self.log_file, self.config = self.place / "network.log", self.place / "nhacviec.yaml"
        self.daemon_log = self.place / "daemon.log"
        self.daemon = self.net = None
        self.write_config(config, modem_config)
        self.environment = dict(os.environ, NHACVIEC_CLOCK=str(self.socket),
                                NHACVIEC_CONFIG=str(self.config), LC_ALL="C.UTF-8")
        arguments = [NHACVIEC, "virtual-modem", "--modem", f"virtual1,link={self.tty}{modem}",
                     "--socket", self.socket, "--log", self.log_file, *map(str, network)]
        if start is not None:  # without a start the clock is the machine's
            arguments += ["--start", start, "--until", until]
        if script is not None:
            arguments += ["--script", script]
        with open(self.place / "network.err", "wb") as err:
            self.network = subprocess.Popen(arguments, stderr=err)
        self.wait_until(self.socket.exists, "the network's socket")
        self.net = Network(self.socket)
        if start is not None:
            self.request("hold")

    # ── files and processes ──────────────────────────────────────────────────────────────────────

    def write_config(self, config="", modem_config=""):
        self.config.write_text(
            f"state_dir: {self.place}\n"
            f"texts_dir: {ROOT}/config/texts\nholidays_dir: {ROOT}/config/holidays\n"
            f"language: vi\n{config}"
            f"modems:\n  - name: virtual1\n    device: {self.tty}\n    pace: brisk\n"
            f"{modem_config}", encoding="utf-8")

    def wait_until(self, true, what, seconds=20):
        end = time.monotonic() + seconds
        while not true():
            assert time.monotonic() < end, f"{what} did not come within {seconds} s\n" + self.tail()
            time.sleep(0.01)

    def tail(self):
        return self.daemon_text()[-3000:]

    def daemon_text(self):
        return self.daemon_log.read_text(errors="replace") if self.daemon_log.exists() else ""

    def start_daemon(self, ready=True):
        """Starts `serve`; several starts append to one log."""
        before = self.daemon_text().count("daemon.ready")
        with open(self.daemon_log, "ab") as log:
            self.daemon = subprocess.Popen([NHACVIEC, "serve"], env=self.environment, stderr=log,
                                           start_new_session=True)
        if ready:
            self.wait_until(lambda: self.daemon_text().count("daemon.ready") > before
                            or self.daemon.poll() is not None, "the daemon's readiness")
            assert self.daemon.poll() is None, self.tail()
        return self.daemon

    def stop_daemon(self, status=0):
        """SIGTERM; returns the seconds it took."""
        began = time.monotonic()
        self.daemon.send_signal(signal.SIGTERM)
        assert self.daemon.wait(30) == status, self.tail()
        self.daemon = None
        return time.monotonic() - began

    def modem_processes(self):
        """The ids of the daemon's modem processes."""
        children = pathlib.Path(f"/proc/{self.daemon.pid}/task/{self.daemon.pid}/children")
        try:
            return [int(word) for word in children.read_text().split()]
        except OSError:
            return []

    def run(self, *arguments, status=0):
        done = subprocess.run([NHACVIEC, *map(str, arguments)], env=self.environment,
                              capture_output=True, text=True, timeout=REAL_LIMIT)
        assert done.returncode == status, f"{arguments}: {done.returncode}\n{done.stderr}"
        assert "Sanitizer" not in done.stderr, done.stderr
        return done.stdout if status == 0 else done.stderr

    def run_both(self, *arguments):
        """Standard output and error of a command that ends well."""
        done = subprocess.run([NHACVIEC, *map(str, arguments)], env=self.environment, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=REAL_LIMIT)
        assert done.returncode == 0, done.stdout
        return done.stdout

    def begin(self, start=True):
        """The usual beginning: daemon, list, plan, start."""
        self.start_daemon()
        self.run("import", "--yes", RECIPIENTS)
        self.run("import", "--yes", PLAN)
        if start:
            self.run("start", "TK-2020")

    # ── time and handsets ────────────────────────────────────────────────────────────────────────

    def request(self, *words):
        return self.net.ask(*words)[0]

    def until(self, moment):
        """Lets time pass until a moment in Viet Nam, and everything of that moment happen."""
        self.request("until", local(moment))

    def advance(self, milliseconds):
        self.request("advance", int(milliseconds))

    def run_year(self):
        self.request("step")
        self.request("wait-done")

    def say(self, number, text):
        """`number` (a phone, a short code, a name) texts the gateway; nothing has moved yet."""
        self.request("handset-send", urllib.parse.quote(number), "-", urllib.parse.quote(text))

    def inbox(self, number):
        """What a handset has received, oldest first."""
        lines = self.net.ask("handset-inbox", number)[1]
        return [urllib.parse.unquote(line.split(" ")[3]) for line in lines]

    def send(self, text, person="CB003"):
        """An ad hoc text of the office; 0900000003 is CB003's number."""
        self.run("send", "--to", person, "--key", text.encode().hex().upper()[:64], text)

    def parts(self, text):
        """(state, submissions, resent) of the parts with this text."""
        return self.rows("SELECT state, submissions, resent FROM part WHERE text = ?", text)

    def fault(self, *words):
        self.request("fault", "virtual1", *words)

    # ── the witness and the store ────────────────────────────────────────────────────────────────

    def log(self, event=None):
        """The network's events, as dictionaries; `at` is in milliseconds since 1970."""
        events = []
        for line in self.log_file.read_text(encoding="utf-8").splitlines():
            moment, name, *pairs = line.split(" ")
            if event in (None, name):
                found = dict(pair.split("=", 1) for pair in pairs)
                found.update(event=name, at=int(datetime.fromisoformat(moment).timestamp() * 1000))
                if "text" in found:
                    found["text"] = urllib.parse.unquote(found["text"])
                events.append(found)
        return events

    def submits(self, to=None):
        return [event for event in self.log("submit") if to in (None, event["to"])]

    def rows(self, sql, *values):
        database = sqlite3.connect(f"file:{self.place}/nhacviec.db?mode=ro", uri=True, timeout=20)
        try:
            return database.execute(sql, values).fetchall()
        finally:
            database.close()

    def value(self, sql, *values):
        return self.rows(sql, *values)[0][0]

    def board(self):
        """{(report, unit): (state, late, number)}"""
        head, *lines = [line.split(",") for line in
                        self.run("board", "--csv", "TK-2020").splitlines()]
        column = {name: i for i, name in enumerate(head)}
        return {(line[column["report"]], line[column["unit_code"]]):
                tuple(line[column[name]] for name in ("state", "late", "document_number"))
                for line in lines}

    # ── what holds at the end of every test ──────────────────────────────────────────────────────

    def check_witness(self, may_be_missing=0):
        """Message table and network log agree one to one: each submission of a part is one line of
        the log, and the log has no other. `may_be_missing` further submissions may stand in the
        table alone: those of which nobody knows whether they left."""
        table = collections.Counter()
        for address, text, submissions in self.rows(
                "SELECT address, text, submissions FROM part"
                " JOIN message ON message.id = part.message_id WHERE submissions > 0"):
            table[address, text] += submissions
        log = collections.Counter((event["to"], event["text"]) for event in self.submits())
        swallowed = sum(event["why"] == "swallowed" for event in self.log("verdict-lost"))
        assert not log - table, f"on the network, not in the table: {log - table}"
        missing = table - log
        assert sum(missing.values()) <= swallowed + may_be_missing, \
            f"in the table, not on the network: {missing}"

    def check_daemon_log(self, errors_allowed=()):
        text = self.daemon_text()
        assert "Sanitizer" not in text and "runtime error" not in text, text[-6000:]
        for line in text.splitlines():
            if line.startswith("error "):
                assert any(re.search(word, line) for word in errors_allowed), line

    def finish(self, errors_allowed=(), witness=True):
        if self.daemon is not None:
            self.stop_daemon()
        if witness:
            self.check_witness()
        self.check_daemon_log(errors_allowed)

    def close(self):
        """Ends what still runs, whatever the test's end was."""
        if self.daemon is not None and self.daemon.poll() is None:
            self.daemon.kill()
            self.daemon.wait()
        if self.net is not None:
            self.net.close()
        if self.network.poll() is None:
            self.network.terminate()
            self.network.wait(10)
