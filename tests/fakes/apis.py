"""Owns: small strict fakes of the APIs that need no state of their own: each knows what the real one
wants of a request, one address that is wrong there, and answers in its words.

Written from the facts on each API. `Api.BAD` is an address that the API refuses; `Api.GOOD` one it
takes."""

import base64
import hashlib
import hmac
import json
import re
import socketserver
import threading
import time

import service

SECRET = "s3cret-token"


class Api(service.Service):
    GOOD, BAD, LENGTH = "u1", "nobody", 2000
    settings = {"token": SECRET}

    def need(self, condition, why):
        if not condition:
            raise self.refuse(why)

    def refuse(self, why):
        return service.Refused(400, {"error": why}, why)

    def body(self, request, *names):
        body = request.json(self.refuse)
        for name in names:
            self.need(name in body, f"{name} is missing")
        return body

    def text(self, text):
        self.need(isinstance(text, str) and text, "no text")
        self.need(len(text) <= self.LENGTH, "too long")
        return text


class Viber(Api):
    settings = {"token": SECRET, "bot": "nv", "sender": "Phòng LĐ"}
    LENGTH = 7000

    def call(self, request):
        body = self.body(request)
        if request.headers.get("X-Viber-Auth-Token") != SECRET:
            return 200, {"status": 2, "status_message": "invalidAuthToken"}, {}
        self.need(request.path == "/pa/send_message" and body.get("type") == "text", "path")
        self.need(len(body["sender"]["name"]) <= 28, "name too long")
        if body["receiver"] == self.BAD:
            return 200, {"status": 6, "status_message": "receiverNotSubscribed"}, {}
        self.take(to=body["receiver"], text=self.text(body["text"]))
        return 200, {"status": 0, "status_message": "ok", "message_token": 4987381194038857789}, {}


class WhatsApp(Api):
    GOOD, BAD, LENGTH = "84912345678", "84900000000", 4096
    settings = {"token": SECRET, "phone_id": "1066", "app_secret": "APPSECRET", "verify_token": "vt"}

    def error(self, code, status=400):
        return status, {"error": {"message": "(#%d)" % code, "type": "OAuthException",
                                  "code": code, "fbtrace_id": "x"}}, {}

    def call(self, request):
        if request.headers.get("Authorization") != f"Bearer {SECRET}":
            return self.error(190, 401)
        body = self.body(request, "to", "type", "text")
        self.need(request.path == "/1066/messages", "path")
        self.need(body["messaging_product"] == "whatsapp" and body["type"] == "text", "product")
        self.need(body["text"].get("preview_url") is False, "preview_url is no boolean")
        if body["to"] == self.BAD:
            return self.error(131026)
        self.take(to=body["to"], text=self.text(body["text"]["body"]))
        return 200, {"messaging_product": "whatsapp", "contacts": [{"wa_id": body["to"]}],
                     "messages": [{"id": "wamid.1"}]}, {}


class Messenger(WhatsApp):
    GOOD, BAD, LENGTH = "100", "200", 2000
    settings = {"token": SECRET, "app_secret": "APPSECRET", "verify_token": "vt"}

    def call(self, request):
        if request.headers.get("Authorization") != f"Bearer {SECRET}":
            return self.error(190, 401)
        body = self.body(request, "recipient", "message", "messaging_type")
        self.need(request.path == "/me/messages", "path")
        if body["recipient"]["id"] == self.BAD:
            return self.error(551)
        self.take(to=body["recipient"]["id"], text=self.text(body["message"]["text"]))
        return 200, {"recipient_id": body["recipient"]["id"], "message_id": "mid.1"}, {}


class Slack(Api):
    GOOD, BAD, LENGTH = "D1", "D404", 4000
    settings = {"token": SECRET, "signing_secret": "SIGNING"}

    def call(self, request):
        if request.headers.get("Authorization") != f"Bearer {SECRET}":
            return 200, {"ok": False, "error": "not_authed"}, {}
        body = self.body(request, "channel", "text")
        self.need(request.path == "/api/chat.postMessage", "path")
        if body["channel"] == self.BAD:
            return 200, {"ok": False, "error": "channel_not_found"}, {}
        self.take(to=body["channel"], text=self.text(body["text"]))
        return 200, {"ok": True, "channel": body["channel"], "ts": "1700000000.000100"}, {}


class Mattermost(Api):
    GOOD, BAD, LENGTH = "c" * 26, "d" * 26, 16383
    settings = {"token": SECRET, "webhook_token": "wt"}

    def call(self, request):
        if request.headers.get("Authorization") != f"Bearer {SECRET}":
            return 401, {"id": "api.context.session_expired.app_error", "message": "no",
                         "status_code": 401}, {}
        body = self.body(request, "channel_id", "message")
        self.need(request.path == "/api/v4/posts" and len(body["channel_id"]) == 26, "channel")
        if body["channel_id"] == self.BAD:
            return 403, {"id": "api.context.permissions.app_error", "message": "no",
                         "status_code": 403}, {}
        self.take(to=body["channel_id"], text=self.text(body["message"]))
        return 201, {"id": "p1", "create_at": 1700000000000}, {}


class Matrix(Api):
    GOOD, BAD = "!room:example.org", "!gone:example.org"
    settings = {"token": SECRET, "user": "@nv:example.org"}

    def call(self, request):
        if request.headers.get("Authorization") != f"Bearer {SECRET}":
            return 401, {"errcode": "M_UNKNOWN_TOKEN", "error": "no"}, {}
        found = re.fullmatch(
            r"/_matrix/client/v3/rooms/(%21[^/]+)/send/m\.room\.message/([^/]+)", request.path)
        self.need(request.method == "PUT" and found, "path")
        body = self.body(request, "msgtype", "body")
        room = found[1].replace("%21", "!").replace("%3A", ":").replace("%3a", ":")
        if room == self.BAD:
            return 403, {"errcode": "M_FORBIDDEN", "error": "not in room"}, {}
        self.take(to=room, text=self.text(body["body"]), id=found[2])
        return 200, {"event_id": "$1"}, {}


class Teams(Api):
    settings = {"webhook_url": None}  # the fake's own address
    BAD = None

    def call(self, request):
        body = self.body(request, "type", "attachments")
        card = body["attachments"][0]
        self.need(card["contentType"] == "application/vnd.microsoft.card.adaptive", "no card")
        self.take(to="u1", text=self.text(card["content"]["body"][0]["text"]))
        return 202, "", {}


class ZaloBot(Api):
    settings = {"token": f"1:{SECRET}"}

    def call(self, request):
        if not request.path.startswith(f"/bot1:{SECRET}/"):
            return 200, {"ok": False, "error_code": 401, "description": "Unauthorized"}, {}
        body = self.body(request, "chat_id", "text")
        if body["chat_id"] == self.BAD:
            return 200, {"ok": False, "error_code": 403, "description": "no"}, {}
        self.take(to=body["chat_id"], text=self.text(body["text"]))
        return 200, {"ok": True, "result": {"message_id": "m1", "date": 1700000000000}}, {}


class Esms(Api):
    GOOD, BAD = "+84912345678", "+84900000000"
    settings = {"api_key": "K", "secret_key": "S", "brandname": "LDTBXH"}

    def call(self, request):
        body = self.body(request, "ApiKey", "SecretKey", "Phone", "Content", "Brandname",
                         "SmsType", "IsUnicode", "Sandbox", "RequestId")
        self.need(all(isinstance(v, str) for v in body.values()), "all are strings")
        self.need(len(body["RequestId"]) <= 50, "RequestId too long")
        if (body["ApiKey"], body["SecretKey"]) != ("K", "S"):
            return 200, {"CodeResult": "101", "ErrorMessage": "auth"}, {}
        if body["Phone"] == "0900000000":
            return 200, {"CodeResult": "99", "ErrorMessage": "blocked"}, {}
        self.need(re.fullmatch(r"0\d{9}", body["Phone"]), "phone")
        self.take(to="+84" + body["Phone"][1:], text=self.text(body["Content"]))
        return 200, {"CodeResult": "100", "CountRegenerate": 0, "SMSID": "e1"}, {}


class SpeedSms(Api):
    GOOD, BAD = "+84912345678", "+84900000000"
    settings = {"token": SECRET}

    def call(self, request):
        wanted = "Basic " + base64.b64encode(f"{SECRET}:x".encode()).decode()
        if request.headers.get("Authorization") != wanted:
            return 401, {"name": "Unauthorized", "status": 401}, {}
        body = self.body(request, "to", "content", "sms_type", "sender")
        self.need(isinstance(body["sms_type"], int) and isinstance(body["to"], list), "types")
        if body["to"] == ["84900000000"]:
            return 200, {"status": "error", "code": "105", "message": "phone number invalid",
                         "invalidPhone": body["to"]}, {}
        self.take(to="+" + body["to"][0], text=self.text(body["content"]))
        return 200, {"status": "success", "code": "00", "data": {
            "tranId": 123456, "totalSMS": 1, "totalPrice": 250, "invalidPhone": []}}, {}


class Stringee(Api):
    GOOD, BAD = "+84912345678", None
    settings = {"sid": "SK1", "secret": "sk-secret", "brandname": "LDTBXH"}

    def call(self, request):
        head, claims, mark = request.headers.get("X-STRINGEE-AUTH", "..").split(".")
        wanted = base64.urlsafe_b64encode(hmac.new(
            b"sk-secret", f"{head}.{claims}".encode(), hashlib.sha256).digest()).rstrip(b"=")
        self.need(mark.encode() == wanted, "signature")
        said = json.loads(base64.urlsafe_b64decode(claims + "=="))
        self.need(said["iss"] == "SK1" and said["rest_api"] is True, "claims")
        self.need(time.time() < said["exp"] < time.time() + 86400, "exp")
        sms = self.body(request, "sms")["sms"][0]
        self.take(to="+" + sms["to"], text=self.text(sms["text"]))
        return 200, {"smsSent": "1", "result": [{"r": 0, "smsId": "x1"}]}, {}


class Kannel(Api):
    GOOD, BAD = "+84912345678", None
    settings = {"user": "tester", "password": "foobar"}

    def is_send(self, request):
        return request.path == "/cgi-bin/sendsms"

    def call(self, request):
        query = request.query
        if (query.get("username"), query.get("password")) != ("tester", "foobar"):
            return 403, "Authorization failed for sendsms", {}
        if not query.get("to"):
            return 400, "Missing receiver number, rejected", {}
        self.need(query["to"].startswith("+84"), "a + must be encoded")
        self.need(query.get("charset") == "UTF-8" and query.get("coding") == "2", "coding")
        self.take(to=query["to"], text=self.text(query["text"]))
        return 202, "0: Accepted for delivery", {}


class SmsGate(Api):
    GOOD, BAD = "+84912345678", None
    settings = {"user": "sms", "password": "pass", "signing_key": "KEY"}

    def call(self, request):
        if request.headers.get("Authorization") != \
                "Basic " + base64.b64encode(b"sms:pass").decode():
            return 401, {"message": "no"}, {}
        body = self.body(request, "id", "textMessage", "phoneNumbers")
        self.need(isinstance(body["ttl"], int) and body["withDeliveryReport"] is True, "types")
        self.take(to=body["phoneNumbers"][0], text=self.text(body["textMessage"]["text"]))
        return 202, {"id": body["id"], "state": "Pending",
                     "recipients": [{"phoneNumber": body["phoneNumbers"][0]}]}, {}


class Smtp:
    """EHLO, AUTH PLAIN, MAIL, RCPT, DATA; one recipient is unknown there."""

    GOOD, BAD = "u1@example.org", "nobody@example.org"
    settings = {"from": "nv@example.org"}

    def __init__(self):
        self.received, self.refused = [], []
        fake = self

        class Handler(socketserver.StreamRequestHandler):
            def reply(self, line):
                self.wfile.write(line.encode() + b"\r\n")

            def handle(self):
                self.reply("220 fake ESMTP")
                to = None
                for raw in iter(self.rfile.readline, b""):
                    line = raw.decode().rstrip("\r\n")
                    word = line[:4].upper()
                    if word in ("EHLO", "HELO"):
                        self.reply("250 fake")
                    elif word == "RCPT":
                        to = line.partition("<")[2].partition(">")[0]
                        self.reply("550 no such user" if to == fake.BAD else "250 ok")
                    elif word == "DATA":
                        self.reply("354 go on")
                        lines = []
                        while (data := self.rfile.readline()) not in (b".\r\n", b""):
                            lines.append(data)
                        fake.received.append({"to": to, "raw": b"".join(lines)})
                        self.reply("250 taken")
                    elif word == "QUIT":
                        self.reply("221 bye")
                        return
                    else:
                        self.reply("250 ok")

        self.server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"smtp://127.0.0.1:{self.server.server_address[1]}"

    def start(self):
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


ALL = {"viber": Viber, "whatsapp": WhatsApp, "messenger": Messenger, "slack": Slack,
       "mattermost": Mattermost, "matrix": Matrix, "teams": Teams, "zalo-bot": ZaloBot,
       "esms": Esms, "speedsms": SpeedSms, "stringee": Stringee, "kannel": Kannel,
       "smsgate": SmsGate}
