"""Owns: the real Kannel on both sides: its smsbox sends for us and brings texts in, and its bearerbox
sends through us.

Unpacked below build/peers by scripts/check, never started as a service."""

import pathlib
import re
import shutil
import socket
import subprocess
import time
import urllib.parse

import pytest

from gateway import MINUTE, ROOT, SECOND
from test_chat import configure, secret, wait_until

PEERS = ROOT / "build/peers"
BEARERBOX = PEERS / "usr/sbin/bearerbox"
SMSBOX = PEERS / "usr/sbin/smsbox"
FAKESMSC = PEERS / "usr/lib/kannel/test/fakesmsc"
PHONE = "0900000003"

pytestmark = pytest.mark.skipif(not BEARERBOX.exists(), reason="kannel is not unpacked")


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def answers(port):
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
        return True
    except OSError:
        return False


class Kannel:
    """bearerbox and smsbox on free ports; what is said to its network, and what that has got."""

    def __init__(self, place, smsc, service=""):
        self.place = pathlib.Path(place)
        self.smsc, self.sendsms, admin, box = (free_port() for _ in range(4))
        self.processes, self.box = [], box
        self.config = self.place / "kannel.conf"
        self.config.write_text(
            f"group = core\nadmin-port = {admin}\nadmin-password = x\n"
            f"admin-interface = 127.0.0.1\nsmsbox-port = {box}\nsmsbox-interface = 127.0.0.1\n"
            "dlr-storage = internal\nbox-allow-ip = 127.0.0.1\n\n"
            f"{smsc.format(port=self.smsc)}\n"
            f"group = smsbox\nbearerbox-host = 127.0.0.1\nsendsms-port = {self.sendsms}\n"
            "sendsms-interface = 127.0.0.1\n\n"
            "group = sendsms-user\nusername = tester\npassword = foobar\nmax-messages = 10\n"
            f"concatenation = true\n\n{service}")
        self.url = f"http://127.0.0.1:{self.sendsms}"

    def launch(self, program, *arguments):
        out = open(self.place / f"{pathlib.Path(program).name}.log", "wb")
        process = subprocess.Popen([program, *map(str, arguments)], stdout=out, stderr=out,
                                   cwd=self.place)
        out.close()
        self.processes.append(process)

    @staticmethod
    def await_port(port):
        end = time.monotonic() + 20
        while not answers(port):
            assert time.monotonic() < end, "kannel does not answer"
            time.sleep(0.05)

    def start(self):
        self.launch(BEARERBOX, "-v", 1, self.config)
        self.await_port(self.box)
        self.launch(SMSBOX, "-v", 1, self.config)
        self.await_port(self.sendsms)
        return self

    def network(self, *messages):
        """A phone network that says these and takes what comes."""
        self.launch(FAKESMSC, "-H", "127.0.0.1", "-r", self.smsc, "-i", "0.1",
                    "-m", len(messages), *messages)

    def got(self):
        log = (self.place / "fakesmsc.log").read_text(errors="replace")
        return re.findall(r"Got message \d+: <(.*?)>\s", log)

    def stop(self):
        for process in reversed(self.processes):
            process.kill()
            process.wait()


@pytest.fixture
def kannel(tmp_path):
    started = []

    def make(*arguments):
        started.append(Kannel(tmp_path, *arguments))
        return started[-1].start()

    yield make
    for each in started:
        each.stop()
    shutil.rmtree(tmp_path, ignore_errors=True)


FAKE = ("group = smsc\nsmsc = fake\nsmsc-id = FAKE\nhost = 127.0.0.1\nport = {port}\n"
        "connect-allow-ip = 127.0.0.1\n")


def test_kannel_sends_for_us_and_brings_receipts_and_answers(rehearsal, kannel):
    gateway, listen = rehearsal(), free_port()
    box = kannel(FAKE, "group = sms-service\nkeyword = default\nget-url = \""
                 f"http://127.0.0.1:{listen}/webhook/kannel1/path-secret?from=%p&to=%P&text=%b"
                 "&id=%I&ts=%T&coding=%c&charset=%C\"\nmax-messages = 0\ncatch-all = true\n")
    configure(gateway,
              "  - name: kannel1\n    provider: kannel\n    settings:\n"
              f"      base: {box.url}\n      user: tester\n      from: \"1900\"\n"
              f"      password: {secret(gateway, 'password', 'foobar')}\n"
              f"      webhook_secret: {secret(gateway, 'hook', 'path-secret')}\n",
              f"http:\n  listen: 127.0.0.1:{listen}\n  public_url: http://127.0.0.1:{listen}\n"
              "sending:\n  encoding: full\n")
    gateway.begin(start=False)
    gateway.until("2020-05-27T09:00")
    box.network(f"{PHONE} 1900 text con thieu gi")
    wait_until(gateway, lambda: gateway.rows("SELECT 1 FROM inbound WHERE sender = ?",
                                             "+84" + PHONE[1:]))
    gateway.send("Đã nhận, xin cảm ơn")
    wait_until(gateway, lambda: gateway.rows(
        "SELECT 1 FROM message WHERE state = 'delivered' AND purpose = 4"))
    texts = [urllib.parse.unquote_to_bytes(each.split(" ")[3].replace("+", " "))
             .decode("utf-16-be", "replace") for each in box.got() if " ucs-2 " in each]
    assert "Đã nhận, xin cảm ơn" in texts
    gateway.finish(witness=False)


def test_kannel_sends_through_us_as_through_itself(rehearsal, kannel):
    gateway, listen = rehearsal(), free_port()
    path = secret(gateway, "portal", "between us")
    gateway.write_config(f"http:\n  listen: 127.0.0.1:{listen}\n"
                         f"programs:\n  - name: kannel\n    password: {path}\n")
    gateway.begin(start=False)
    gateway.until("2020-05-27T09:00")
    box = kannel("group = smsc\nsmsc = http\nsmsc-id = NV\nsystem-type = kannel\nport = {port}\n"
                 "connect-allow-ip = 127.0.0.1\nsmsc-username = kannel\n"
                 "smsc-password = \"between us\"\n"
                 f"send-url = \"http://127.0.0.1:{listen}/cgi-bin/sendsms\"\n")
    text = urllib.parse.quote("Hop luc 8 gio")
    with socket.create_connection(("127.0.0.1", box.sendsms), timeout=20) as connection:
        connection.sendall(f"GET /cgi-bin/sendsms?username=tester&password=foobar&from=1900"
                           f"&to={PHONE}&text={text} HTTP/1.0\r\n\r\n".encode())
        assert b"202" in connection.recv(4096)
    number = "+84" + PHONE[1:]
    end = time.monotonic() + 20
    while not gateway.inbox(number):
        assert time.monotonic() < end, (box.place / "bearerbox.log").read_text()[-2000:]
        gateway.advance(10 * SECOND)
        time.sleep(0.05)
    gateway.advance(MINUTE)
    assert gateway.inbox(number) == ["Hop luc 8 gio"]
    gateway.finish()
