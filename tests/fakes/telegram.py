"""Owns: a fake Bot API server of Telegram: sendMessage, getUpdates with its offset, webhooks.

Facts: core.telegram.org/bots/api. An update stays until an offset above its id confirms it."""

import json

import service

TOKEN = "123456:TESTtoken"


class Telegram(service.Service):
    def __init__(self, webhook_secret="hook-secret"):
        super().__init__()
        self.updates, self.next_update, self.blocked = [], 700, set()
        self.chats, self.webhook_secret, self.polls = set(), webhook_secret, 0
        self.message_ids = 0

    def is_send(self, request):
        return request.path.endswith("/sendMessage")

    @staticmethod
    def refuse(code, description, **parameters):
        body = {"ok": False, "error_code": code, "description": description}
        if parameters:
            body["parameters"] = parameters
        return service.Refused(code, body, description)

    def call(self, request):
        prefix, _, method = request.path.rpartition("/")
        if prefix != f"/bot{TOKEN}":
            raise self.refuse(401, "Unauthorized")
        arguments = request.json(lambda why: self.refuse(400, f"Bad Request: {why}"))
        if method == "sendMessage":
            return 200, {"ok": True, "result": self.send(arguments)}, {}
        if method == "getUpdates":
            return 200, {"ok": True, "result": self.poll(arguments)}, {}
        raise self.refuse(404, "Not Found")

    def send(self, arguments):
        text, chat = arguments.get("text"), str(arguments.get("chat_id"))
        if not isinstance(text, str) or not text.strip():
            raise self.refuse(400, "Bad Request: message text is empty")
        if len(text.encode("utf-16-le")) // 2 > 4096:
            raise self.refuse(400, "Bad Request: message is too long")
        if chat in self.blocked:
            raise self.refuse(403, "Forbidden: bot was blocked by the user")
        if chat not in self.chats:
            raise self.refuse(400, "Bad Request: chat not found")
        with self.lock:
            self.message_ids += 1
            number = self.message_ids
        self.take(to=chat, text=text, id=number)
        return {"message_id": number, "date": 1591581600, "chat": {"id": int(chat)}, "text": text}

    def poll(self, arguments):
        """What an offset does not confirm comes again. Nothing new: waits as asked."""
        offset, limit = arguments.get("offset", 0), arguments.get("limit", 100)
        if not isinstance(offset, int):
            raise self.refuse(400, "Bad Request: offset must be a number")
        with self.changed:
            self.polls += 1
            self.updates = [u for u in self.updates if u["update_id"] >= offset]
            self.changed.wait_for(lambda: self.updates, min(arguments.get("timeout", 0), 0.2))
            return self.updates[:limit]

    # ── people ───────────────────────────────────────────────────────────────────────────────────

    def update(self, **what):
        with self.lock:
            self.next_update += 1
            return {"update_id": self.next_update, **what}

    def message(self, chat, text, at):
        self.chats.add(str(chat))
        return self.update(message={
            "message_id": self.next_update, "date": at, "text": text,
            "from": {"id": int(chat), "is_bot": False, "first_name": "Sen"},
            "chat": {"id": int(chat), "type": "private"}})

    def says(self, chat, text, at=1591581600):
        with self.changed:
            self.updates.append(self.message(chat, text, at))
            self.changed.notify_all()

    def block(self, chat):
        self.blocked.add(str(chat))
        with self.changed:
            self.updates.append(self.update(my_chat_member={
                "chat": {"id": int(chat), "type": "private"},
                "new_chat_member": {"status": "kicked"}}))
            self.changed.notify_all()

    def call_webhook(self, url, update, secret=None):
        return service.post(url, json.dumps(update).encode(), {
            "Content-Type": "application/json",
            "X-Telegram-Bot-Api-Secret-Token": secret or self.webhook_secret})
