"""Owns: a fake of a program that speaks our own generic webhook: takes each id once, signs."""

import json

import service

TOKEN, SECRET = "generic-token", "generic-secret"


class Generic(service.Service):
    def __init__(self):
        super().__init__()
        self.ids = set()

    @staticmethod
    def refuse(status, why):
        return service.Refused(status, {"error": why}, why)

    def call(self, request):
        if request.headers.get("Authorization") != f"Bearer {TOKEN}":
            raise self.refuse(401, "wrong token")
        message = request.json(lambda why: self.refuse(400, why))
        for name in ("id", "to", "text", "channel"):
            if not isinstance(message.get(name), str) or not message[name]:
                raise self.refuse(400, f"{name} is missing")
        with self.lock:
            if message["id"] in self.ids:
                raise self.refuse(409, "known")
            self.ids.add(message["id"])
        self.take(**message)
        return 200, {"id": "g-" + message["id"]}, {}

    @staticmethod
    def push(url, body, secret=SECRET, signature=None):
        data = json.dumps(body).encode()
        return service.post(url, data, {
            "Content-Type": "application/json",
            "X-Signature": signature or "sha256=" + service.sign(secret, data)})
