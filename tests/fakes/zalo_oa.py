"""Owns: a fake of Zalo's official account API: text to a follower, tokens that renew once, webhooks.

Facts: OAuth v4 with refresh tokens good for one use; errors come with status 200; the signature is a
plain SHA-256 of app id, body, timestamp and secret."""

import hashlib
import json
import unicodedata

import service

APP, SECRET, OA_SECRET = "123", "app-secret", "s3cr3t"


class ZaloOa(service.Service):
    def __init__(self, refresh="refresh-0"):
        super().__init__()
        self.refresh_tokens, self.access, self.renewals = {refresh}, None, 0
        self.followers, self.quiet = set(), set()
        self.count = 0

    def is_send(self, request):
        return request.path == "/v3.0/oa/message/cs"

    @staticmethod
    def refuse(code, message):
        return service.Refused(200, {"error": code, "message": message}, f"{code} {message}")

    def call(self, request):
        if request.path == "/v4/oa/access_token":
            return 200, self.renew(request), {}
        if not self.is_send(request) or request.method != "POST":
            raise service.Refused(404, "", "no such path")
        if self.access is None or request.headers.get("access_token") != self.access:
            raise self.refuse(-216, "Access token is invalid")
        body = request.json(lambda why: self.refuse(-201, why))
        try:
            user, text = body["recipient"]["user_id"], body["message"]["text"]
        except (KeyError, TypeError) as error:
            raise self.refuse(-201, "parameter is missing") from error
        if len(unicodedata.normalize("NFC", text)) > 2000:
            raise self.refuse(-210, "text is too long")
        if user not in self.followers:
            raise self.refuse(-213, "User has not followed OA")
        if user in self.quiet:
            raise self.refuse(-230, "User has not interacted with the OA in the past 7 days")
        with self.lock:
            self.count += 1
            number = f"{self.count:020x}"
        self.take(to=user, text=text, id=number)
        return 200, {"data": {"message_id": number, "user_id": user}, "error": 0,
                     "message": "Success"}, {}

    def renew(self, request):
        form = request.form()
        with self.lock:
            if (request.headers.get("secret_key") != SECRET or form.get("app_id") != APP
                    or form.get("grant_type") != "refresh_token"
                    or form.get("refresh_token") not in self.refresh_tokens):
                raise self.refuse(-14014, "Invalid refresh token")
            self.refresh_tokens.remove(form["refresh_token"])
            self.renewals += 1
            fresh = f"refresh-{self.renewals}"
            self.refresh_tokens.add(fresh)
            self.access = f"access-{self.renewals}"
            return {"access_token": self.access, "refresh_token": fresh, "expires_in": "90000"}

    def expire(self):
        with self.lock:
            self.access = None

    def event(self, name, timestamp="1591581600000", **more):
        return json.dumps({"app_id": APP, "event_name": name, "timestamp": timestamp, **more},
                          ensure_ascii=False).encode()

    def push(self, url, body, secret=OA_SECRET, timestamp="1591581600000"):
        mac = hashlib.sha256(APP.encode() + body + timestamp.encode() + secret.encode())
        return service.post(url, body, {"Content-Type": "application/json",
                                        "X-ZEvent-Signature": "mac=" + mac.hexdigest()})
