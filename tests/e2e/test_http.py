"""Owns: the HTTP server: health, metrics, programs that send as through Kannel, hostile callers."""

import http.client
import http.server
import json
import pathlib
import re
import socket
import threading
import time
import urllib.parse

from gateway import MINUTE, ROOT

MA = "+84900000003"
PASSWORD = "portal secret"


def begin(rehearsal, more=""):
    gateway = rehearsal()
    path = pathlib.Path(gateway.place) / "portal"
    path.write_text(PASSWORD + "\n")
    path.chmod(0o600)
    gateway.write_config(
        f"providers_dir: {ROOT}/config/providers\n{more}"
        "http:\n  listen: 127.0.0.1:0\n"
        f"programs:\n  - name: portal\n    password: file:{path}\n")
    gateway.begin(start=False)
    gateway.until("2020-05-27T08:00")
    return gateway


def port(gateway):
    return int(re.findall(r"http.listening .*port=(\d+)", gateway.daemon_text())[-1])


def ask(gateway, path, method="GET", body=None, headers=None):
    connection = http.client.HTTPConnection("127.0.0.1", port(gateway), timeout=8)
    connection.request(method, path, body, headers or {})
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, text


def push(gateway, method="GET", **fields):
    values = {"username": "portal", "password": PASSWORD, "to": "0900000003", **fields}
    text = urllib.parse.urlencode({k: v for k, v in values.items() if v is not None})
    if method == "GET":
        return ask(gateway, f"/cgi-bin/sendsms?{text}")
    return ask(gateway, "/cgi-bin/sendsms", "POST", text,
               {"Content-Type": "application/x-www-form-urlencoded"})


def test_health_and_metrics_tell_nothing_personal(rehearsal):
    gateway = begin(rehearsal)
    status, text = ask(gateway, "/healthz")
    assert status == 200
    assert json.loads(text)["channels"] == {"virtual1": "ready"}
    status, text = ask(gateway, "/metrics")
    assert status == 200
    assert 'nhacviec_channel_ready{channel="virtual1",kind="gsm"} 1' in text
    assert "nhacviec_store_up 1" in text
    assert "90000" not in text
    gateway.finish()


def test_a_program_sends_as_through_kannel(rehearsal):
    gateway = begin(rehearsal)
    assert push(gateway, text="Hop luc 8 gio") == (202, "0: Accepted for delivery")
    assert push(gateway, "POST", text="Hop luc 9 gio")[0] == 202
    gateway.advance(MINUTE)
    assert gateway.inbox(MA) == ["Hop luc 8 gio", "Hop luc 9 gio"]
    assert push(gateway, to="0900000003 +84900000005", text="Hai nguoi")[0] == 202
    gateway.advance(MINUTE)
    assert gateway.inbox("+84900000005") == ["Hai nguoi"]
    gateway.finish()


def test_letters_come_through_in_every_encoding(rehearsal):
    gateway = begin(rehearsal)
    assert push(gateway, text="Đã nộp rồi", coding=2)[0] == 202
    assert push(gateway, text="Được nhé".encode("utf-16-be"), coding=2, charset="UTF-16BE")[0] == 202
    assert push(gateway, text="Đã xong")[0] == 202  # as the office writes: plain
    gateway.advance(MINUTE)
    assert gateway.inbox(MA) == ["Đã nộp rồi", "Được nhé", "Da xong"]
    gateway.finish()


def test_what_is_wrong_is_refused_in_kannels_words(rehearsal):
    gateway = begin(rehearsal)
    assert push(gateway, text="x", password="wrong") == (403, "Authorization failed for sendsms")
    assert push(gateway, text="x", username="nobody")[0] == 403
    assert push(gateway, text="x", to=None) == (400, "Missing receiver number, rejected")
    assert push(gateway, text="x", to="12")[0] == 400
    assert push(gateway, text="")[0] == 400
    assert push(gateway, text=b"\xff\xfe\xfd") == (400, "Charset or body misformed, rejected")
    assert push(gateway, text="x", charset="no-such")[0] == 400
    assert push(gateway, text="x", smsc="no-such")[0] == 400
    assert push(gateway, text="x", udh="%05%00")[0] == 400
    assert push(gateway, text="x" * 5000)[0] == 400
    gateway.advance(MINUTE)
    assert gateway.submits() == []
    assert PASSWORD not in gateway.daemon_text()
    gateway.finish()


def test_a_trial_binds_programs_too(rehearsal):
    gateway = begin(rehearsal, "only_to: [\"0900000005\"]\n")
    assert push(gateway, text="Chao")[0] == 202
    gateway.advance(MINUTE)
    assert gateway.inbox(MA) == []
    gateway.finish()


def raw(gateway, data, closes=True):
    """All that comes back."""
    with socket.create_connection(("127.0.0.1", port(gateway)), timeout=8) as connection:
        connection.sendall(data)
        if closes:
            connection.shutdown(socket.SHUT_WR)
        got = b""
        while chunk := connection.recv(65536):
            got += chunk
        return got.decode(errors="replace")


def test_hostile_callers_are_refused_and_the_server_lives(rehearsal):
    gateway = begin(rehearsal)
    head = b"POST /cgi-bin/sendsms HTTP/1.1\r\nHost: x\r\n"
    assert " 400 " in raw(gateway, head + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nab")
    assert " 400 " in raw(
        gateway, head + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")
    assert " 413 " in raw(gateway, head + b"Content-Length: 99999999\r\n\r\n")
    assert " 413 " in raw(gateway, head + b"Content-Length: 70000\r\n\r\n" + b"a" * 70000)
    raw(gateway, b"GET /healthz HTTP/1.1\r\nX: " + b"a" * 100000 + b"\r\n\r\n")
    raw(gateway, b"\x00\x01\x02\r\n\r\n")
    raw(gateway, b"GET /%00%ff/../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n")
    raw(gateway, b"GET http://[::1 HTTP/1.1\r\n\r\n")
    assert ask(gateway, "/nothing")[0] == 404
    assert ask(gateway, "/healthz", "POST", "x")[0] == 405
    assert ask(gateway, "/healthz", "DELETE")[0] in (405, 501)
    assert ask(gateway, "/webhook/virtual1", "POST", "{}")[0] == 404
    assert ask(gateway, "/webhook/../healthz")[0] == 404
    for _ in range(300):  # who leaves before the answer harms nobody
        connection = socket.create_connection(("127.0.0.1", port(gateway)), timeout=8)
        connection.sendall(b"GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n")
        connection.close()
    assert ask(gateway, "/healthz")[0] == 200
    gateway.finish()


def test_too_many_connections_leave_the_server_able_to_answer(rehearsal):
    gateway = begin(rehearsal)
    many = [socket.create_connection(("127.0.0.1", port(gateway)), timeout=8)
            for _ in range(300)]
    for each in many:
        each.close()
    assert ask(gateway, "/healthz")[0] == 200
    gateway.finish()


class Program(http.server.ThreadingHTTPServer):
    """Listens for what it asked to be told."""

    daemon_threads = True

    def __init__(self):
        told, answers = [], []

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                told.append(self.path)
                self.send_response(answers.pop(0) if answers else 200)
                self.end_headers()

            def log_message(self, *_):
                pass

        super().__init__(("127.0.0.1", 0), Handler)
        self.told, self.answers = told, answers
        threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()

    def url(self, rest):
        return f"http://127.0.0.1:{self.server_address[1]}{rest}"


def told(gateway, program, count):
    end = time.monotonic() + 20
    while len(program.told) < count:
        assert time.monotonic() < end, program.told
        gateway.advance(10_000)
        time.sleep(0.02)
    return program.told


def test_a_program_is_told_what_became_of_its_text(rehearsal):
    gateway, program = begin(rehearsal), Program()
    program.answers[:] = [500]  # it is told again
    url = program.url("/dlr?id=7&s=%d&to=%P&plus=%2B&pct=%%")
    assert push(gateway, **{"text": "Chao", "dlr-url": url, "dlr-mask": 31})[0] == 202
    assert push(gateway, **{"text": "Chi khi den", "dlr-url": program.url("/last?s=%d"),
                            "dlr-mask": 3})[0] == 202
    paths = told(gateway, program, 4)
    mine = [p for p in paths if p.startswith("/dlr")]
    assert mine == [f"/dlr?id=7&s={event}&to=%2B84900000003&plus=%2B&pct=%25"
                    for event in (8, 8, 1)]
    assert [p for p in paths if p.startswith("/last")] == ["/last?s=1"]
    gateway.stop_daemon()
    gateway.start_daemon()
    gateway.advance(MINUTE)
    assert len(program.told) == 4, "each event once"
    gateway.finish()
    program.shutdown()


def test_a_program_is_told_of_what_never_left(rehearsal):
    gateway, program = begin(rehearsal, "only_to: [\"0900000005\"]\n"), Program()
    assert push(gateway, **{"text": "Chao", "dlr-url": program.url("/dlr?s=%d"),
                            "dlr-mask": 31})[0] == 202
    assert told(gateway, program, 1) == ["/dlr?s=16"]
    assert push(gateway, **{"text": "x", "dlr-url": "file:///etc/passwd",
                            "dlr-mask": 31})[0] == 400
    gateway.finish()
    program.shutdown()
