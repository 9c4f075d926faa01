"""Owns: each shipped provider file against a strict fake of its API: one text, a refused one, a wrong
secret; and what their webhooks bring."""

import email
import email.policy
import hashlib
import hmac
import http.client
import json
import os
import pathlib
import re
import subprocess
import sys
import time
import urllib.parse

import pytest

from gateway import NHACVIEC, ROOT, local

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "fakes"))

import apis  # noqa: E402
import service  # noqa: E402

TEXT = 'Đã "nộp" báo cáo <6T> & phụ lục: https://a.vn/x?y=1&z=%20 100 %\nXin cảm ơn.'


@pytest.fixture
def fake(request):
    started = (apis.Smtp if request.param == "email" else apis.ALL[request.param])().start()
    yield request.param, started
    started.stop()


def attempt(name, fake, to, text=TEXT, wrong=()):
    """(status, what was printed) of `provider try --send`."""
    path = ROOT / f"config/providers/{name}.yaml"
    places = {"base": fake.url, "server": fake.url, "webhook_url": fake.url + "/hook"}
    known = re.findall(r"^  (\w+):", path.read_text().split("\nsend:")[0].split("settings:")[1],
                       re.M)
    values = dict(fake.settings, **{k: v for k, v in places.items() if k in known})
    values.update({k: "wrong" for k in wrong})
    arguments, environment = [], dict(os.environ, LC_ALL="C.UTF-8")
    for key, value in values.items():
        environment[f"SETTING_{key}"] = value if value is not None else places[key]
        arguments += ["--set", f"{key}=env:SETTING_{key}"]
    done = subprocess.run(
        [NHACVIEC, "provider", "try", path, "--to", to, "--text", text, "--send", *arguments],
        env=environment, capture_output=True, text=True, timeout=60)
    assert "Sanitizer" not in done.stderr, done.stderr
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("fake", list(apis.ALL), indirect=True)
def test_a_text_arrives_exactly(fake):
    name, api = fake
    status, shown = attempt(name, api, api.GOOD)
    assert status == 0, shown + str(api.refused)
    assert "= sent" in shown
    assert [m["text"] for m in api.received] == [TEXT]
    assert api.received[0]["to"] == api.GOOD
    for value in api.settings.values():
        if value in (apis.SECRET, "foobar", "pass", "sk-secret"):
            assert value not in shown, "a secret was shown"


@pytest.mark.parametrize("fake", [n for n in apis.ALL if apis.ALL[n].BAD], indirect=True)
def test_who_cannot_be_reached_is_told_apart(fake):
    name, api = fake
    status, shown = attempt(name, api, api.BAD)
    assert status != 0
    assert "= permanent-recipient" in shown
    assert api.received == []


@pytest.mark.parametrize("fake, wrong", [
    ("viber", "token"), ("whatsapp", "token"), ("messenger", "token"), ("slack", "token"),
    ("mattermost", "token"), ("matrix", "token"), ("zalo-bot", "token"), ("esms", "api_key"),
    ("speedsms", "token"), ("kannel", "password"), ("smsgate", "password")], indirect=["fake"])
def test_a_wrong_secret_is_the_accounts_fault(fake, wrong):
    name, api = fake
    status, shown = attempt(name, api, api.GOOD, wrong=[wrong])
    assert status != 0
    assert "= account" in shown, shown
    assert api.received == []


@pytest.mark.parametrize("fake", ["email"], indirect=True)
def test_a_mail_is_one_that_mail_programs_read(fake):
    name, api = fake
    status, shown = attempt(name, api, api.GOOD)
    assert status == 0, shown
    mail = email.message_from_bytes(api.received[0]["raw"], policy=email.policy.default)
    assert mail.get_content().replace("\r\n", "\n").strip() == TEXT
    assert mail["From"].addresses[0].display_name == "Nhắc việc"
    assert mail["To"] == api.GOOD and mail["Message-ID"] and mail["Date"]
    status, shown = attempt(name, api, api.BAD)
    assert "= permanent-recipient" in shown


# ── webhooks ─────────────────────────────────────────────────────────────────────────────────────

CHANNELS = {
    "viber": {"token": "TOKEN", "bot": "b", "sender": "s"},
    "whatsapp": {"token": "t", "app_secret": "APPSECRET", "verify_token": "vt", "phone_id": "1"},
    "messenger": {"token": "t", "app_secret": "APPSECRET", "verify_token": "vt"},
    "slack": {"token": "t", "signing_secret": "SIGNING"},
    "mattermost": {"base": "http://127.0.0.1:9", "token": "t", "webhook_token": "wt"},
    "smsgate": {"base": "http://127.0.0.1:9", "user": "u", "password": "p", "signing_key": "KEY"},
    "kannel": {"base": "http://127.0.0.1:9", "user": "u", "password": "p",
               "webhook_secret": "path-secret"},
    "speedsms": {"token": "t", "webhook_secret": "path-secret"},
    "esms": {"api_key": "k", "secret_key": "s", "brandname": "b", "webhook_secret": "path-secret"},
}


@pytest.fixture
def office(rehearsal):
    gateway = rehearsal(start=None)
    lines = ""
    for name, settings in CHANNELS.items():
        lines += f"  - name: {name}\n    provider: {name}\n    settings:\n"
        for key, value in settings.items():
            path = pathlib.Path(gateway.place) / f"{name}-{key}"
            path.write_text(value + "\n")
            path.chmod(0o600)
            lines += f"      {key}: file:{path}\n"
    gateway.write_config(f"providers_dir: {ROOT}/config/providers\nchannels:\n{lines}"
                         "http:\n  listen: 127.0.0.1:0\n")
    gateway.start_daemon()
    port = re.search(r"http.listening .*port=(\d+)", gateway.daemon_text()).group(1)
    return gateway, f"http://127.0.0.1:{port}/webhook/"


def arrived(gateway, sender):
    end = time.monotonic() + 20
    while not (rows := gateway.rows("SELECT text FROM inbound WHERE sender = ? ORDER BY id",
                                    sender)):
        assert time.monotonic() < end, "nothing came in"
        time.sleep(0.02)
    return [row[0] for row in rows]


def call(url, body=None, headers=None, method="POST"):
    return service.post(url, body, headers or {}, method)


def signed(secret, body, header, prefix=""):
    return {"Content-Type": "application/json", header: prefix + service.sign(secret, body)}


def test_each_webhook_is_verified_and_read(office):
    gateway, hook = office
    bodies = {
        "viber": {"event": "message", "timestamp": 1700000000000,
                  "message_token": 4987381194038857789, "sender": {"id": "v1", "name": "Sen"},
                  "message": {"type": "text", "text": "viber đây"}},
        "whatsapp": {"object": "whatsapp_business_account", "entry": [{"changes": [{"value": {
            "messages": [{"from": "84901", "id": "wamid.7", "timestamp": "1700000000",
                          "type": "text", "text": {"body": "whatsapp đây"}}]}}]}]},
        "messenger": {"object": "page", "entry": [{"messaging": [{
            "sender": {"id": "m1"}, "timestamp": 1700000000000,
            "message": {"mid": "mid.7", "text": "messenger đây"}}]}]},
    }
    headers = {"viber": ("TOKEN", "X-Viber-Content-Signature", ""),
               "whatsapp": ("APPSECRET", "X-Hub-Signature-256", "sha256="),
               "messenger": ("APPSECRET", "X-Hub-Signature-256", "sha256=")}
    senders = {"viber": "v1", "whatsapp": "84901", "messenger": "m1"}
    for name, body in bodies.items():
        data = json.dumps(body).encode()
        secret, header, prefix = headers[name]
        assert call(hook + name, data, signed("wrong", data, header, prefix))[0] == 401
        assert call(hook + name, data + b" ", signed(secret, data, header, prefix))[0] == 401
        assert call(hook + name, data, {"Content-Type": "application/json"})[0] == 401
        for _ in range(2):  # said twice, stored once
            assert call(hook + name, data, signed(secret, data, header, prefix))[0] == 200
        assert arrived(gateway, senders[name]) == [f"{name} đây"]
    gateway.finish()


def test_slack_signs_its_time_and_challenges(office):
    gateway, hook = office

    def headers(body, at, secret="SIGNING"):
        mark = hmac.new(secret.encode(), b"v0:%d:" % at + body, hashlib.sha256).hexdigest()
        return {"Content-Type": "application/json", "X-Slack-Request-Timestamp": str(at),
                "X-Slack-Signature": f"v0={mark}"}

    now = int(time.time())
    challenge = b'{"type":"url_verification","challenge":"abc"}'
    assert call(hook + "slack", challenge, headers(challenge, now)) == (200, "abc")
    assert call(hook + "slack", challenge, headers(challenge, now, "wrong"))[0] == 401
    event = {"type": "event_callback", "event_id": "Ev1", "event": {
        "type": "message", "channel": "D1", "user": "U1", "text": "slack đây", "ts": f"{now}.1"}}
    body = json.dumps(event).encode()
    assert call(hook + "slack", body, headers(body, now - 3600))[0] == 401, "an old one"
    assert call(hook + "slack", body, headers(body, now))[0] == 200
    event["event"]["bot_id"], event["event_id"] = "B1", "Ev2"
    body = json.dumps(event).encode()
    assert call(hook + "slack", body, headers(body, now))[0] == 200
    assert arrived(gateway, "D1") == ["slack đây"], "robots are passed over"
    gateway.finish()


def test_meta_is_answered_its_challenge_for_the_right_token(office):
    gateway, hook = office
    query = "?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token="
    assert call(hook + "whatsapp" + query + "vt", method="GET") == (200, "1158201444")
    assert call(hook + "whatsapp" + query + "wrong", method="GET")[0] == 401
    gateway.finish()


def test_a_phone_or_a_form_or_a_query_brings_texts(office):
    gateway, hook = office
    now = str(int(time.time()))
    body = json.dumps({"deviceId": "d", "event": "sms:received", "id": "e1", "payload": {
        "message": "máy đây", "sender": "+84912000001", "receivedAt":
            "2026-06-08T09:00:00+07:00"}}).encode()
    mark = hmac.new(b"KEY", body + now.encode(), hashlib.sha256).hexdigest()
    assert call(hook + "smsgate", body, {"Content-Type": "application/json",
                                         "X-Timestamp": now, "X-Signature": mark})[0] == 200
    assert arrived(gateway, "+84912000001") == ["máy đây"]

    form = urllib.parse.urlencode({"token": "wt", "channel_id": "ch1", "user_name": "sen",
                                   "text": "mattermost đây", "post_id": "p1",
                                   "timestamp": now}).encode()
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    assert call(hook + "mattermost", form.replace(b"wt", b"xx"), kind)[0] == 401
    assert call(hook + "mattermost", form, kind)[0] == 200
    assert arrived(gateway, "ch1") == ["mattermost đây"]

    text = urllib.parse.quote("Đã gửi".encode("utf-16-be"))
    query = f"?from=0912000002&to=1900&text={text}&id=k1&ts={now}&coding=2&charset=UTF-16BE"
    assert call(hook + "kannel" + query, method="GET")[0] in (401, 404), "without its secret"
    assert call(hook + "kannel/wrong" + query, method="GET")[0] in (401, 404)
    assert call(hook + "kannel/path-secret" + query, method="GET")[0] == 200
    assert arrived(gateway, "+84912000002") == ["Đã gửi"]
    gateway.finish()


def test_what_is_no_webhook_harms_nothing(office):
    gateway, hook = office
    for name in list(CHANNELS) + ["nothing"]:
        for data in (b"", b"{", b"[]", b"null", b'"x"', b"\xff\x00\x01", b"{" * 5000,
                     b'{"event":"message"}', b"a=b&c"):
            for kind in ("application/json", "application/x-www-form-urlencoded", ""):
                status = call(hook + name, data, {"Content-Type": kind})[0]
                assert status in (401, 404, 405), (name, data, status)
    assert gateway.value("SELECT count(*) FROM inbound") == 0
    gateway.finish()
