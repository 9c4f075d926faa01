"""Owns: what every fake API has in common: a threaded HTTP server, what it took and refused, faults.

A fake refuses what the real API would refuse. It is written from the facts on the API, never from
our provider file: where the two disagree, a test fails.
"""

import hashlib
import hmac
import http.client
import http.server
import json
import socket
import threading
import urllib.parse


class Refused(Exception):
    """Answered with this status and body; `why` is kept for the test."""

    def __init__(self, status, body, why, headers=None):
        super().__init__(why)
        self.status, self.body, self.headers = status, body, headers or {}


class Request:
    def __init__(self, handler, body):
        parts = urllib.parse.urlsplit(handler.path)
        self.method, self.path, self.body = handler.command, parts.path, body
        self.query = dict(urllib.parse.parse_qsl(parts.query, keep_blank_values=True))
        self.headers = handler.headers

    def json(self, refuse):
        kind = self.headers.get("Content-Type", "")
        if not kind.startswith("application/json"):
            raise refuse(f"content type {kind}")
        try:
            return json.loads(self.body)
        except ValueError as error:
            raise refuse("no JSON") from error

    def form(self):
        return dict(urllib.parse.parse_qsl(self.body.decode(), keep_blank_values=True))


class Service:
    """Subclasses answer `call(request)` with (status, body, headers)."""

    def __init__(self):
        self.received, self.refused, self.requests = [], [], []
        self.faults, self.lock = [], threading.RLock()
        self.changed = threading.Condition(self.lock)
        service = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_one(self):
                length = int(self.headers.get("Content-Length") or 0)
                service.answer(self, Request(self, self.rfile.read(length)))

            do_GET = do_POST = do_PUT = handle_one

            def log_message(self, *_):
                pass

        self.handler, self.connections = Handler, set()
        self.listen(0)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"

    def listen(self, port):
        service = self

        class Server(http.server.ThreadingHTTPServer):
            daemon_threads, allow_reuse_address = True, True

            def process_request(self, request, client_address):
                service.connections.add(request)
                super().process_request(request, client_address)

        self.server = Server(("127.0.0.1", port), self.handler)

    def pause(self):
        """Nobody is there: the port is closed, and so is every connection."""
        self.server.shutdown()
        self.server.server_close()
        for connection in list(self.connections):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
        self.connections.clear()

    def resume(self):
        self.listen(int(self.url.rpartition(":")[2]))
        self.start()

    def start(self):
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def stop(self):
        with self.changed:
            self.faults = []
            self.changed.notify_all()
        self.server.shutdown()
        self.server.server_close()

    # ── faults ───────────────────────────────────────────────────────────────────────────────────

    def fault(self, kind, value=None, times=1, **more):
        """The next `times` requests of the sending kind meet this."""
        with self.lock:
            self.faults += [(kind, value, more)] * times

    def is_send(self, request):
        return request.method in ("POST", "PUT")

    def answer(self, handler, request):
        with self.lock:
            self.requests.append(request)
            fault = self.faults.pop(0) if self.faults and self.is_send(request) else None
        if fault is not None and self.misbehave(handler, request, fault):
            return
        try:
            status, body, headers = self.call(request)
        except Refused as refused:
            with self.changed:
                self.refused.append(str(refused))
                self.changed.notify_all()
            status, body, headers = refused.status, refused.body, refused.headers
        self.write(handler, status, body, headers)

    @staticmethod
    def write(handler, status, body, headers=None):
        data = body if isinstance(body, bytes) else (
            body if isinstance(body, str) else json.dumps(body)).encode()
        handler.send_response(status)
        if not isinstance(body, (str, bytes)):
            handler.send_header("Content-Type", "application/json")
        for name, value in (headers or {}).items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(data)))
        handler.end_headers()
        handler.wfile.write(data)

    def misbehave(self, handler, request, fault):
        """True when that was the answer."""
        kind, value, more = fault
        if kind == "status":
            self.write(handler, value, more.get("body", ""), more.get("headers"))
        elif kind == "close":  # takes it and says nothing
            self.call(request)
            handler.close_connection = True
            handler.connection.shutdown(socket.SHUT_RDWR)
        elif kind == "half":
            self.call(request)
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"ok\"")
            handler.close_connection = True
            handler.wfile.flush()
            handler.connection.shutdown(socket.SHUT_RDWR)
        elif kind == "huge":
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n")
            try:
                for _ in range(1024):
                    handler.wfile.write(b"x" * 1048576)
            except OSError:
                pass
            handler.close_connection = True
        elif kind == "stall":
            with self.changed:
                self.changed.wait_for(lambda: not self.server or self.faults is None, value)
            handler.close_connection = True
        else:
            return False
        return True

    # ── what a test looks at ─────────────────────────────────────────────────────────────────────

    def take(self, **message):
        with self.changed:
            self.received.append(message)
            self.changed.notify_all()

    def wait_for(self, count, seconds=20):
        """The messages, when there are so many."""
        with self.changed:
            assert self.changed.wait_for(lambda: len(self.received) >= count, seconds), (
                f"{len(self.received)} of {count} came; refused: {self.refused}")
            return list(self.received)

    def texts(self, to=None):
        with self.lock:
            return [m["text"] for m in self.received if to is None or m["to"] == to]


def post(url, body, headers=None, method="POST"):
    """(status, text) of a webhook that a provider calls."""
    parts = urllib.parse.urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=8)
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    connection.request(method, path, body, headers or {})
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, text


def sign(secret, body):
    return hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
