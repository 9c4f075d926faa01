"""Owns: webhooks that reach an office behind a router through a relay on a public host."""

import http.client
import pathlib
import re
import subprocess
import time

import pytest

from gateway import NHACVIEC, ROOT
from test_chat import fakes, generic, hear, secret, wait_until  # noqa: F401


class Relay:
    def __init__(self, place):
        self.place = pathlib.Path(place)
        self.process = None
        self.port = 0

    def start(self):
        err = self.place / "relay.err"
        with open(err, "wb") as log:
            self.process = subprocess.Popen(
                [NHACVIEC, "relay", "--listen", f"127.0.0.1:{self.port}",
                 "--spool", str(self.place / "spool"), "--secret",
                 f"file:{self.place}/relay-secret", "--verify-token",
                 f"file:{self.place}/relay-secret"], stderr=log)
        end = time.monotonic() + 20
        while not (found := re.search(rb"relay.listening .*port=(\d+)", err.read_bytes())):
            assert time.monotonic() < end and self.process.poll() is None, err.read_text()
            time.sleep(0.02)
        self.port = int(found.group(1))
        return self

    def stop(self):
        if self.process is not None:
            self.process.terminate()
            assert self.process.wait(20) == 0
            assert b"Sanitizer" not in (self.place / "relay.err").read_bytes()
        self.process = None

    def kept(self):
        return len(list((self.place / "spool").glob("*.record")))

    def ask(self, path, headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=8)
        connection.request("GET", path, headers=headers or {})
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer.status, text


@pytest.fixture
def office(rehearsal, fakes):  # noqa: F811
    fake = fakes(generic.Generic())
    gateway = rehearsal()
    secret(gateway, "relay-secret", "between us")
    relay = Relay(gateway.place).start()
    gateway.write_config(
        f"providers_dir: {ROOT}/config/providers\nchannels:\n"
        "  - name: own\n    provider: generic\n    settings:\n"
        f"      url: {fake.url}/in\n      token: {secret(gateway, 'token', generic.TOKEN)}\n"
        f"      secret: {secret(gateway, 'secret', generic.SECRET)}\n"
        f"http:\n  relay: http://127.0.0.1:{relay.port}\n"
        f"  relay_secret: file:{gateway.place}/relay-secret\n")
    gateway.begin()
    gateway.until("2020-05-25T09:00")
    yield gateway, fake, relay
    relay.stop()


def said(number, text):
    return {"messages": [{"id": str(number), "from": "a1", "text": text,
                          "time": "2020-05-25T02:00:00Z"}]}


def hook(relay):
    return f"http://127.0.0.1:{relay.port}/webhook/own"


def test_what_the_relay_keeps_comes_to_the_office_once(office):
    gateway, fake, relay = office
    code = re.search(r"\b(\d{6})\b", gateway.run("link", "CB003")).group(1)
    assert fake.push(hook(relay), said(1, f"LK {code}"))[0] == 200
    hear(gateway, fake, 1)
    assert fake.push(hook(relay), said(2, "BC 6T 45/BC-UBND"))[0] == 200
    assert fake.push(hook(relay), said(2, "BC 6T 45/BC-UBND"))[0] == 200
    hear(gateway, fake, 2)
    wait_until(gateway, lambda: relay.kept() == 0)
    assert gateway.board()["6T", "TT-TRA-LINH"][0] == "claimed"
    assert gateway.value("SELECT count(*) FROM inbound") == 2
    gateway.finish(witness=False)


def test_the_relay_keeps_what_comes_while_the_office_is_away(office):
    gateway, fake, relay = office
    gateway.stop_daemon()
    for number in range(3):
        assert fake.push(hook(relay), said(number, "con thieu gi?"))[0] == 200
    relay.stop()
    relay.start()
    assert relay.kept() == 3
    gateway.start_daemon()
    wait_until(gateway, lambda: gateway.value("SELECT count(*) FROM inbound") == 3)
    wait_until(gateway, lambda: relay.kept() == 0)
    gateway.finish(witness=False)


def test_what_is_forged_or_for_nobody_is_dropped_by_the_office(office):
    gateway, fake, relay = office
    assert fake.push(hook(relay), said(1, "BC 6T"), secret="wrong")[0] == 200
    assert fake.push(hook(relay).replace("own", "nobody"), said(2, "x"))[0] == 200
    assert fake.push(hook(relay), said(3, "chao"))[0] == 200
    wait_until(gateway, lambda: gateway.value("SELECT count(*) FROM inbound") == 1)
    wait_until(gateway, lambda: relay.kept() == 0)
    gateway.finish(witness=False)


def test_only_the_node_may_fetch_and_a_challenge_is_answered(office):
    gateway, _, relay = office
    gateway.stop_daemon()
    assert relay.ask("/relay/next?after=0")[0] == 403
    assert relay.ask("/relay/next?after=0", {"Authorization": "Bearer wrong"})[0] == 403
    assert relay.ask("/webhook/own?hub.mode=subscribe&hub.challenge=42"
                     "&hub.verify_token=between%20us") == (200, "42")
    assert relay.ask("/webhook/own?hub.challenge=42&hub.verify_token=x") == (200, "")
    assert relay.ask("/nothing")[0] == 404
    gateway.finish(witness=False)
