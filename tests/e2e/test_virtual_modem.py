# Owns: the virtual modem against other people's programs: gammu, gammu-smsd, a bare AT client.
# May use: the built binary (NHACVIEC_BUILD), gammu from PATH, GAMMU_SMSD.
# Must not know: how the virtual modem works inside.
import os
import re
import select
import shutil
import socket
import subprocess
import time

import pytest

BUILD = os.environ.get("NHACVIEC_BUILD")
GAMMU = shutil.which("gammu")
SMSD = os.environ.get("GAMMU_SMSD")
OFFICIAL = "+84900000017"

pytestmark = pytest.mark.skipif(not BUILD, reason="NHACVIEC_BUILD is not set")
needs_gammu = pytest.mark.skipif(not GAMMU, reason="gammu is not installed")
needs_smsd = pytest.mark.skipif(not SMSD, reason="GAMMU_SMSD is not set")


class World:
    """One virtual network with one modem, latency 50 ms, on the machine's clock."""

    def __init__(self, directory):
        self.directory = directory
        self.link = str(directory / "modem")
        self.socket = str(directory / "network.sock")
        self.log = directory / "network.log"
        self.process = subprocess.Popen(
            [os.path.join(BUILD, "nhacviec"), "virtual-modem", "--link", self.link,
             "--socket", self.socket, "--log", str(self.log), "--latency", "50",
             "--delivery", "50", "--receipt", "50"],
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        until(lambda: os.path.exists(self.socket) and os.path.exists(self.link))
        self.rc = directory / "gammurc"
        self.rc.write_text(f"[gammu]\ndevice = {self.link}\nconnection = at\n")

    def gammu(self, *words, timeout=60):
        done = subprocess.run([GAMMU, "-c", str(self.rc), *words], capture_output=True,
                              text=True, timeout=timeout, env={**os.environ, "LC_ALL": "C.UTF-8"})
        return done.returncode, done.stdout + done.stderr

    def ask(self, line):
        """One request; the lines of its answer, the last one beginning with ok or error."""
        lines = []
        with socket.socket(socket.AF_UNIX) as s:
            s.settimeout(20)
            s.connect(self.socket)
            s.sendall(line.encode() + b"\n")
            for answer in s.makefile(encoding="utf-8"):
                lines.append(answer.rstrip("\n"))
                if re.match(r"(ok|error)\b", lines[-1]):
                    break
        return lines

    def events(self, name):
        """The log's events of that name, as dictionaries."""
        found = []
        for line in self.log.read_text(encoding="utf-8").splitlines():
            _, event, *pairs = line.split(" ")
            if event == name:
                found.append(dict(pair.split("=", 1) for pair in pairs))
        return found

    def stop(self):
        self.process.terminate()
        try:
            return self.process.wait(10), self.process.stderr.read()
        finally:
            self.process.kill()


def until(condition, seconds=20):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return
        time.sleep(0.02)
    raise AssertionError("it did not come true in time")


@pytest.fixture
def world(tmp_path):
    w = World(tmp_path)
    yield w
    w.stop()


class Terminal:
    """A bare AT client, as minicom is one."""

    def __init__(self, path):
        self.fd = os.open(path, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)

    def say(self, text, expect, seconds=5):
        os.write(self.fd, text.encode())
        got, end = "", time.monotonic() + seconds
        while not re.search(expect, got):
            left = end - time.monotonic()
            if left <= 0 or not select.select([self.fd], [], [], left)[0]:
                raise AssertionError(f"{text!r}: no {expect!r} in {got!r}")
            got += os.read(self.fd, 4096).decode("latin-1")
        return got

    def close(self):
        os.close(self.fd)


def test_it_goes_on_sigterm_and_takes_its_link_and_socket_along(tmp_path):
    w = World(tmp_path)
    status, errors = w.stop()
    assert (status, errors) == (0, "")
    assert not os.path.lexists(w.link) and not os.path.exists(w.socket)


def test_a_bare_client_gets_echo_answers_and_error_for_the_unknown(world):
    t = Terminal(world.link)
    assert "AT" in t.say("AT\r", r"OK\r\n")
    assert "+CSQ:" in t.say("AT+CSQ\r", r"OK\r\n")
    t.say("AT+MODE=2\r", r"ERROR")
    t.say("AT+CMGR=7\r", r"\+CMS ERROR: 321")
    t.say("ATE0\r", r"OK\r\n")
    assert "AT+CSQ" not in t.say("AT+CSQ\r", r"OK\r\n")
    t.close()


def test_escape_gives_a_submit_up(world):
    t = Terminal(world.link)
    t.say("AT+CMGS=22\r", r"> ")
    t.say("0001000B91\x1b", r"OK\r\n")
    t.say("AT\r", r"OK\r\n")
    t.close()
    assert world.events("submit") == []


def test_a_wrong_length_is_refused(world):
    t = Terminal(world.link)
    t.say("AT+CMGS=5\r", r"> ")
    t.say("0001000B914809000010F700000AE8329BFD4697D9EC37\x1a", r"\+CMS ERROR: 304")
    t.close()
    assert world.events("submit") == []


def test_a_text_from_a_handset_is_announced_stored_and_deleted(world):
    t = Terminal(world.link)
    t.say("AT+CNMI=2,1,0,2,0\r", r"OK\r\n")
    assert world.ask(f"handset-send {OFFICIAL} - BC%206T%2045/BC-UBND")[-1].startswith("ok ")
    t.say("", r'\+CMTI: "SM",1\r\n')
    listed = t.say("AT+CMGL=4\r", r"OK\r\n")
    assert re.search(r"\+CMGL: 1,0,,\d+\r\n[0-9A-F]+\r\n", listed)
    t.say("AT+CMGD=1\r", r"OK\r\n")
    assert "+CMGL" not in t.say("ATE0\r", r"OK\r\n") + t.say("AT+CMGL=4\r", r"OK\r\n")
    t.close()
    assert [e["slot"] for e in world.events("deleted")] == ["1"]


def test_the_faults_that_hide_a_verdict_are_in_the_log(world):
    t = Terminal(world.link)
    pdu = "0001000B914809000010F700000AE8329BFD4697D9EC37"
    assert world.ask("fault virtual1 no-verdict") == ["ok"]
    t.say(f"AT+CMGS={len(pdu) // 2 - 1}\r", r"> ")
    os.write(t.fd, pdu.encode() + b"\x1a")
    until(lambda: world.events("delivered"))
    assert world.events("verdict") == []
    assert len(world.events("verdict-lost")) == 1
    t.say("AT\r", r"OK\r\n")
    t.close()


def test_an_unplugged_modem_takes_its_link_away_until_it_is_replugged(world):
    assert world.ask("unplug virtual1") == ["ok"]
    assert not os.path.lexists(world.link)
    assert world.ask("replug virtual1") == ["ok"]
    t = Terminal(world.link)
    t.say("AT\r", r"OK\r\n")
    t.close()


@needs_gammu
def test_gammu_identifies_it(world):
    status, said = world.gammu("identify")
    assert status == 0, said
    assert "nhacviec" in said and "IMEI" in said


@needs_gammu
def test_gammu_sends_short_and_long_texts(world):
    status, said = world.gammu("sendsms", "TEXT", OFFICIAL, "-text", "xin chao")
    assert status == 0, said
    status, said = world.gammu("sendsms", "TEXT", OFFICIAL, "-len", "400", "-text", "x" * 200)
    assert status == 0, said
    sent = world.events("submit")
    assert [(e["to"], e["seq"], e["total"]) for e in sent] == [
        (OFFICIAL, "1", "1"), (OFFICIAL, "1", "2"), (OFFICIAL, "2", "2")]
    assert sent[0]["text"] == "xin%20chao"
    assert sent[1]["text"] + sent[2]["text"] == "x" * 200
    assert sent[1]["concat"] == sent[2]["concat"]
    until(lambda: len(world.events("delivered")) == 3)


@needs_gammu
def test_gammu_reads_what_a_handset_sent_also_in_two_parts(world):
    world.ask(f"handset-send {OFFICIAL} - Đã%20nộp")
    world.ask(f"handset-send {OFFICIAL} - " + "y" * 200)
    status, said = world.gammu("getallsms")
    assert status == 0, said
    assert "Đã nộp" in said and OFFICIAL in said
    assert said.count("y" * 40) >= 2


@needs_gammu
def test_gammu_gets_network_security_and_balance(world):
    status, said = world.gammu("networkinfo")
    assert status == 0 and "452 04" in said, said
    status, said = world.gammu("getsecuritystatus")
    assert status == 0, said
    status, said = world.gammu("getussd", "*101#")
    assert "TK goc: 50000d" in said, said


@needs_gammu
def test_gammu_reports_the_networks_refusal(world):
    world.ask("fault virtual1 cms 500")
    status, said = world.gammu("sendsms", "TEXT", OFFICIAL, "-text", "xin chao")
    assert status != 0 and "500" in said, said
    assert world.events("submit") == []


@needs_smsd
def test_gammu_smsd_sends_and_receives(world):
    spool = {name: world.directory / name for name in ("inbox", "outbox", "sent", "error")}
    for path in spool.values():
        path.mkdir()
    rc = world.directory / "smsdrc"
    rc.write_text(
        f"[gammu]\ndevice = {world.link}\nconnection = at\n[smsd]\nservice = files\n"
        f"logfile = {world.directory}/smsd.log\nReceiveFrequency = 1\nLoopSleep = 1\n"
        f"CommTimeout = 1\ninboxpath = {spool['inbox']}/\noutboxpath = {spool['outbox']}/\n"
        f"sentsmspath = {spool['sent']}/\nerrorsmspath = {spool['error']}/\n")
    (spool["outbox"] / f"OUT{OFFICIAL}.txt").write_text("xin chao")
    world.ask(f"handset-send {OFFICIAL} - BC%206T")
    libraries = os.path.join(os.path.dirname(SMSD), "..", "lib")
    daemon = subprocess.Popen([SMSD, "-c", str(rc)], stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL,
                              env={**os.environ, "LD_LIBRARY_PATH": libraries})
    try:
        until(lambda: list(spool["inbox"].iterdir()) and list(spool["sent"].iterdir()), 60)
    finally:
        daemon.terminate()
        daemon.wait(20)
    assert [p.read_text() for p in spool["inbox"].iterdir()] == ["BC 6T"]
    assert [e["text"] for e in world.events("submit")] == ["xin%20chao"]
    assert world.events("deleted")
