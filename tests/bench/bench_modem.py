"""Owns: `make bench-modem`: speed and size of gateway and modem process, on the virtual modem.

    tests/bench/bench_modem.py BUILD_DIR [--texts N] [--latency MS …] [--modems N …]

Every figure is real time, taken by this program's clock when a line arrives through a pipe: the
network's log ("submit": the modem took a text off AT; "verdict": the network answered; "stored": a
text lies in the modem), or the gateway's. Gateway and network share one clock that starts on a
working morning and flows at real speed, so that the send window is open whenever this runs. That
clock costs each turn of the gateway a message to the network; the figures contain it.
"""

import argparse
import atexit
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import statistics
import struct
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
MORNING = "2020-11-16T08:00"  # a Monday
LIMIT = 900  # seconds that anything may take
SAMPLES = 50

# The best existing daemons, tuned, on a like modem.
PEER_RATE, PEER_SATURATION = 117, {500: 0.58, 3000: 0.88}
PEER_IDLE, PEER_MEMORY = 100, 11
AIM_RATE, AIM_SATURATION = 3000, {500: 0.95, 3000: 0.98}
AIM_IDLE, AIM_INBOUND, AIM_DAEMON, AIM_MODEM = 50, 250, 15, 5


class Lines:
    """The lines of a pipe, each with the moment (seconds, monotonic) at which it came."""

    def __init__(self, descriptor):
        self.lines, self.changed, self.ended = [], threading.Condition(), False
        threading.Thread(target=self.read, args=(descriptor,), daemon=True).start()

    def read(self, descriptor):
        rest = b""
        while chunk := os.read(descriptor, 65536):
            now = time.monotonic()
            *whole, rest = (rest + chunk).split(b"\n")
            with self.changed:
                self.lines += [(now, line.decode(errors="replace")) for line in whole]
                self.changed.notify_all()
        with self.changed:
            self.ended = True
            self.changed.notify_all()

    def matching(self, pattern, since=0):
        return [(at, line) for at, line in self.lines[since:] if re.search(pattern, line)]

    def wait(self, pattern, count=1, since=0):
        """The first `count` lines that match, from line number `since` on."""
        end = time.monotonic() + LIMIT
        found, seen = [], since
        with self.changed:
            while True:
                found += self.matching(pattern, seen)
                seen = len(self.lines)
                if len(found) >= count:
                    return found[:count]
                if self.ended or not self.changed.wait(end - time.monotonic()):
                    last = "\n".join(line for _, line in self.lines[-20:])
                    sys.exit(f"bench: {pattern!r} did not come {count} times:\n{last}")


class Gateway:
    """A directory, a virtual network with `modems` modems, a daemon with its modem processes."""

    def __init__(self, build, people, modems=1, latency=0, delivery=1000):
        self.place = pathlib.Path(tempfile.mkdtemp(prefix="bench-", dir=ROOT / "build"))
        self.program, self.sequence = build / "nhacviec", 0
        self.names = [f"virtual{i + 1}" for i in range(modems)]
        self.write_files(people)
        self.environment = dict(os.environ, NHACVIEC_CLOCK=str(self.place / "net.sock"),
                                NHACVIEC_CONFIG=str(self.place / "nhacviec.yaml"))
        self.network = self.daemon = None
        atexit.register(self.end)
        self.start_network(latency, delivery)
        self.start_daemon()
        self.run("import", "--yes", self.place / "people.csv")

    def write_files(self, people):
        (self.place / "nhacviec.yaml").write_text(
            f"state_dir: {self.place}\ntexts_dir: {ROOT}/config/texts\n"
            f"holidays_dir: {ROOT}/config/holidays\nlanguage: vi\n"
            "sending:\n  daily_brake: 100\n  hourly_answers: 200\nmoney:\n  monthly_cap: 0\n"
            "modems:\n" + "".join(f"  - name: {name}\n    device: {self.place}/{name}\n"
                                  "    pace: brisk\n" for name in self.names))
        rows = ["unit_code,unit_name,unit_kind,parent,person_code,person_name,post,phone,language",
                "OFFICE,Bench office,office,,BOSS,Bench boss,coordinator,0900000999,vi"]
        rows += [f"U{i},Unit {i},commune,OFFICE,P{i},Person {i},reporter,09000{i:05},vi"
                 for i in range(1000, 1000 + people)]
        (self.place / "people.csv").write_text("\n".join(rows) + "\n")

    def start_network(self, latency, delivery):
        log = self.place / "network.pipe"
        os.mkfifo(log)
        self.network_log = Lines(os.open(log, os.O_RDWR))
        arguments = [self.program, "virtual-modem", "--socket", self.place / "net.sock", "--log",
                     log, "--start", MORNING, "--speed", "1", "--latency", str(latency),
                     "--delivery", str(delivery), "--receipt", str(delivery)]
        for name in self.names:
            arguments += ["--modem", f"{name},link={self.place}/{name},slots=255"]
        self.network = subprocess.Popen(arguments)
        while not (self.place / "net.sock").exists():
            if self.network.poll() is not None:
                sys.exit("bench: the virtual network did not start")
            time.sleep(0.01)

    def start_daemon(self):
        self.began = time.monotonic()
        self.daemon = subprocess.Popen([self.program, "serve"], env=self.environment,
                                       stderr=subprocess.PIPE)
        self.daemon_log = Lines(self.daemon.stderr.fileno())
        self.ready = self.daemon_log.wait("daemon.ready")[0][0]
        self.can_send = self.daemon_log.wait("health=ready", len(self.names))[-1][0]

    def run(self, *arguments):
        done = subprocess.run([self.program, *map(str, arguments)], env=self.environment,
                              capture_output=True, text=True, timeout=LIMIT)
        if done.returncode != 0:
            sys.exit(f"bench: nhacviec {arguments} failed: {done.stderr}")

    def ask_network(self, *words):
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect(str(self.place / "net.sock"))
            connection.sendall((" ".join(words) + "\n").encode())
            answer = connection.recv(4096).decode()
        if not answer.startswith("ok"):
            sys.exit(f"bench: {words}: {answer}")

    def send(self, person, text):
        """Asks the daemon as `nhacviec send` does; returns the moment of asking."""
        self.sequence += 1
        request = json.dumps({"operation": "send", "arguments": {
            "person": person, "text": text, "key": f"BENCH{self.sequence}"}}).encode()
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect(str(self.place / "control.sock"))
            asked = time.monotonic()
            connection.sendall(struct.pack("!I", len(request)) + request)
            size = struct.unpack("!I", connection.recv(4, socket.MSG_WAITALL))[0]
            answer = connection.recv(size, socket.MSG_WAITALL)
        if json.loads(answer)["result"] != "ok":
            sys.exit(f"bench: {answer}")
        return asked

    def processes(self):
        """Ids: the daemon's, then its modem processes'."""
        children = pathlib.Path(f"/proc/{self.daemon.pid}/task/{self.daemon.pid}/children")
        return [self.daemon.pid, *map(int, children.read_text().split())]

    def cpu_seconds(self):
        """What daemon and modem processes have used, all threads."""
        files = [file for pid in self.processes()
                 for file in pathlib.Path(f"/proc/{pid}/task").glob("*/schedstat")]
        return sum(int(file.read_text().split()[0]) for file in files) / 1e9

    def peak_megabytes(self):
        """Of the daemon, and of the largest modem process."""
        peaks = [int(re.search(r"VmHWM:\s+(\d+)", pathlib.Path(f"/proc/{pid}/status").read_text())[1])
                 / 1024 for pid in self.processes()]
        return peaks[0], max(peaks[1:])

    def stop(self):
        self.daemon.send_signal(signal.SIGTERM)
        if self.daemon.wait(30) != 0:
            sys.exit("bench: the daemon did not stop well")
        self.end()
        atexit.unregister(self.end)

    def end(self):
        """Also when a measurement breaks off: no process and no file stays."""
        for process in (self.daemon, self.network):
            if process is not None and process.poll() is None:
                process.terminate()
                process.wait(30)
        shutil.rmtree(self.place)


def show(what, value, form, peer=None, aim=None, less=False):
    """One line; a ratio above 1 is better than the peers, and than the aim."""
    line = f"  {what:<44}{form.format(value):>12}"
    for name, other in (("peers", peer), ("aim", aim)):
        if other is not None and value > 0:
            ratio = other / value if less else value / other
            line += f"   {name} {form.format(other):>11} (×{ratio:.2f})"
    print(line, flush=True)


def measure_queue(build, texts, modems, latency):
    """Texts wait while everything is paused; from the first one's submit to the last verdict."""
    gateway = Gateway(build, texts, modems, latency)
    gateway.run("pause", "--all")
    gateway.run("send", "--group", "reporter/commune", "Ke hoach thang hanh dong nam 2020")
    cpu, since = gateway.cpu_seconds(), len(gateway.network_log.lines)
    gateway.run("resume", "--all")
    verdicts = gateway.network_log.wait(r" verdict .*ok=1", texts, since)
    submits = gateway.network_log.matching(" submit ", since)
    cpu = gateway.cpu_seconds() - cpu
    elapsed = verdicts[-1][0] - submits[0][0]
    by_modem = {name: sum(f"modem={name} " in line for _, line in submits)
                for name in gateway.names}
    print(f"{texts} texts, {latency} ms latency, {modems} modem{'s' * (modems > 1)} "
          f"({' '.join(map(str, by_modem.values()))}), {elapsed:.2f} s")
    show("texts a minute", 60 * texts / elapsed, "{:.0f}", PEER_RATE if latency == 0 else None,
         AIM_RATE if latency == 0 else None)
    if latency > 0:
        share = texts / modems * latency / 1000 / elapsed
        show("saturation (of each modem)", share, "{:.3f}", PEER_SATURATION.get(latency),
             AIM_SATURATION.get(latency))
    show("CPU seconds a 1,000 texts, gateway and modem", 1000 * cpu / texts, "{:.2f}")
    show_memory(gateway)
    gateway.stop()


def show_memory(gateway):
    daemon, modem = gateway.peak_megabytes()
    show("peak memory of the daemon, MB", daemon, "{:.1f}", PEER_MEMORY, AIM_DAEMON, less=True)
    show("peak memory of a modem process, MB", modem, "{:.1f}", None, AIM_MODEM, less=True)


def measure_idle(build):
    """From asking the idle daemon to the modem that has the text off the line."""
    gateway = Gateway(build, SAMPLES, delivery=50)
    delays = []
    for i in range(SAMPLES):
        since = len(gateway.network_log.lines)
        asked = gateway.send(f"P{1000 + i}", "Ke hoach thang hanh dong nam 2020")
        delays.append(1000 * (gateway.network_log.wait(" submit ", 1, since)[0][0] - asked))
        gateway.network_log.wait(" deleted ", 1, since)  # the receipt is done with
        time.sleep(0.2)  # the daemon must be idle again: that is what is measured
    print(f"Idle daemon, {SAMPLES} texts one by one: from asking the daemon to the modem")
    show("median, ms", statistics.median(delays), "{:.1f}", PEER_IDLE, AIM_IDLE, less=True)
    show("worst, ms", max(delays), "{:.1f}", None, AIM_IDLE, less=True)
    gateway.stop()


def measure_inbound(build):
    """From the modem's indication of a text to the daemon's line that it is stored."""
    gateway = Gateway(build, SAMPLES, delivery=50)
    delays = []
    for i in range(SAMPLES):
        network, daemon = len(gateway.network_log.lines), len(gateway.daemon_log.lines)
        gateway.ask_network("handset-send", f"09000{1000 + i:05}", "-", f"BC%206T%20{i + 1}")
        indicated = gateway.network_log.wait("kind=deliver", 1, network)[0][0]
        stored = gateway.daemon_log.wait("inbox.stored", 1, daemon)[0][0]
        delays.append(1000 * (stored - indicated))
        gateway.network_log.wait(" deleted ", 1, network)
    print(f"{SAMPLES} texts come in one by one: from the modem's indication to the stored text")
    show("median, ms", statistics.median(delays), "{:.1f}", None, AIM_INBOUND, less=True)
    show("worst, ms", max(delays), "{:.1f}", None, AIM_INBOUND, less=True)
    gateway.stop()


def measure_reply_in_queue(build):
    """An official texts while a queue of 20 texts leaves at 3 s each."""
    gateway = Gateway(build, 20, latency=3000)
    gateway.run("send", "--group", "reporter/commune", "Ke hoach thang hanh dong nam 2020")
    gateway.network_log.wait(" submit ")
    network, daemon = len(gateway.network_log.lines), len(gateway.daemon_log.lines)
    gateway.ask_network("handset-send", "0900001019", "-", "TT")
    indicated = gateway.network_log.wait("kind=deliver", 1, network)[0][0]
    stored = gateway.daemon_log.wait("inbox.stored", 1, daemon)[0][0]
    plan = "Ke%20hoach%20thang%20hanh%20dong"
    answered = gateway.network_log.wait(rf" submit (?!.*{plan})", 1, network)[0][0]
    print("A text comes in while 20 texts queue at 3,000 ms each")
    show("until it is stored, s", stored - indicated, "{:.2f}")
    show("until its answer is with the modem, s", answered - indicated, "{:.2f}")
    gateway.stop()


def measure_start(build):
    ready, can_send = [], []
    for _ in range(5):
        gateway = Gateway(build, 1)
        ready.append(1000 * (gateway.ready - gateway.began))
        can_send.append(1000 * (gateway.can_send - gateway.began))
        gateway.stop()
    print("Start, median of 5, new database")
    show("until the daemon takes requests, ms", statistics.median(ready), "{:.0f}")
    show("until the modem can send, ms", statistics.median(can_send), "{:.0f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("build", type=pathlib.Path, help="directory with the two programs")
    parser.add_argument("--texts", type=int, default=100)
    parser.add_argument("--latency", type=int, nargs="*", default=[0, 500, 3000])
    parser.add_argument("--modems", type=int, nargs="*", default=[1, 4])
    choices = parser.parse_args()
    build = choices.build.resolve()
    if choices.texts > 8000:
        parser.error("8000 texts at most")
    measure_start(build)
    measure_idle(build)
    measure_inbound(build)
    measure_reply_in_queue(build)
    for latency in choices.latency:
        for modems in choices.modems:
            measure_queue(build, choices.texts, modems, latency)


if __name__ == "__main__":
    main()
