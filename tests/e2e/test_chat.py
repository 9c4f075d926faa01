"""Owns: people reached by chat through providers: linking, reminding, answering, falling back.

The daemon is the real one; the APIs are the fakes in tests/fakes, which refuse what the real ones
would. Phones are those of the virtual network."""

import pathlib
import re
import sys
import time

import pytest

from gateway import MINUTE, ROOT, SECOND

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "fakes"))

import apis  # noqa: E402
import generic  # noqa: E402
import telegram  # noqa: E402
import zalo_oa  # noqa: E402

TRA_LINH = "+84900000003"
CHAT = "900300"


@pytest.fixture
def fakes():
    """Starts fakes; stops them at the end."""
    started = []

    def start(fake):
        started.append(fake.start())
        return fake

    yield start
    for fake in started:
        fake.stop()


def secret(gateway, name, value):
    path = pathlib.Path(gateway.place) / name
    path.write_text(value + "\n")
    path.chmod(0o600)
    return f"file:{path}"


def configure(gateway, channels, more=""):
    gateway.write_config(
        f"providers_dir: {ROOT}/config/providers\n"
        f"operators_file: {ROOT}/config/operators.yaml\n{more}channels:\n{channels}")


def with_telegram(rehearsal, fake, more=""):
    gateway = rehearsal()
    configure(gateway,
              "  - name: tg\n    provider: telegram\n    settings:\n"
              f"      token: {secret(gateway, 'token', telegram.TOKEN)}\n"
              f"      bot: nhacviec_bot\n      base: {fake.url}\n", more)
    gateway.begin()
    return gateway


def link(gateway, fake, person="CB003", chat=CHAT):
    """Links the chat to the person; the answers so far."""
    code = re.search(r"\b(\d{6})\b", gateway.run("link", person)).group(1)
    fake.says(chat, f"LK {code}")
    return hear(gateway, fake, 1)


def wait_until(gateway, true, seconds=20):
    """Time goes on meanwhile: what is polled is asked for once a second."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen"
        gateway.advance(SECOND)
        time.sleep(0.02)


def hear(gateway, fake, count):
    wait_until(gateway, lambda: len(fake.received) >= count)
    return fake.wait_for(count)


def test_a_linked_official_is_reminded_and_answers_by_chat(rehearsal, fakes):
    fake = fakes(telegram.Telegram())
    gateway = with_telegram(rehearsal, fake)
    gateway.until("2020-05-25T09:00")
    assert "liên kết" in link(gateway, fake)[0]["text"].lower() or \
        "lien ket" in fake.received[0]["text"].lower()
    gateway.until("2020-05-27T10:00")  # the first reminder
    reminder = hear(gateway, fake, 2)[1]
    assert reminder["to"] == CHAT
    assert "báo cáo" in reminder["text"], "by chat texts keep their diacritics"
    assert gateway.inbox(TRA_LINH) == [], "told once, not by SMS, too"
    fake.says(CHAT, "Dạ em gửi BC 6T rồi ạ, số 45/BC-UBND")
    assert hear(gateway, fake, 3)[2]["text"].startswith("Đã ghi: báo cáo 6 tháng")
    assert gateway.board()["6T", "TT-TRA-LINH"] == ("claimed", "", "45/BC-UBND")
    fake.says(CHAT, "HUY")
    assert hear(gateway, fake, 4)[3]["text"].lower().startswith(("đã hủy", "da huy"))
    assert gateway.board()["6T", "TT-TRA-LINH"][0] == "open"
    gateway.finish(witness=False)


def test_others_are_reminded_by_sms_as_ever(rehearsal, fakes):
    fake = fakes(telegram.Telegram())
    gateway = with_telegram(rehearsal, fake)
    gateway.until("2020-05-25T09:00")
    link(gateway, fake)
    gateway.until("2020-05-27T10:00")
    hear(gateway, fake, 2)
    assert gateway.inbox("+84900000005"), "a person without a chat account"
    assert gateway.rows("SELECT DISTINCT channel FROM part WHERE channel IS NOT NULL"
                        " AND state <> 'queued' ORDER BY channel") == [("tg",), ("virtual1",)]
    gateway.finish(witness=False)


def test_a_wrong_code_links_nobody(rehearsal, fakes):
    fake = fakes(telegram.Telegram())
    gateway = with_telegram(rehearsal, fake)
    gateway.until("2020-05-25T09:00")
    gateway.run("link", "CB003")
    fake.says(CHAT, "LK 000000")
    assert hear(gateway, fake, 1)[0]["to"] == CHAT
    assert gateway.value("SELECT count(*) FROM address") == 0
    gateway.finish(witness=False)


def test_who_blocks_the_bot_is_reminded_by_sms_and_the_office_is_told(rehearsal, fakes):
    fake = fakes(telegram.Telegram())
    gateway = with_telegram(rehearsal, fake)
    gateway.until("2020-05-25T09:00")
    link(gateway, fake)
    fake.block(CHAT)
    wait_until(gateway, lambda: gateway.value("SELECT state FROM address") == "blocked")
    gateway.until("2020-05-27T10:00")
    assert len(gateway.inbox(TRA_LINH)) == 1
    assert gateway.value("SELECT count(*) FROM task WHERE kind = 'address-blocked'"
                         " AND closed IS NULL") == 1
    assert len(fake.received) == 1
    fake.blocked.clear()
    fake.says(CHAT, "alo")  # they are back
    wait_until(gateway, lambda: gateway.value("SELECT state FROM address") == "linked")
    gateway.finish(witness=False)


def test_a_refused_recipient_goes_by_sms_at_once(rehearsal, fakes):
    fake = fakes(telegram.Telegram())
    gateway = with_telegram(rehearsal, fake)
    gateway.until("2020-05-25T09:00")
    link(gateway, fake)
    fake.blocked.add(CHAT)  # nobody said so before
    gateway.until("2020-05-27T10:00")
    wait_until(gateway, lambda: fake.refused)
    gateway.advance(2 * MINUTE)
    assert len(gateway.inbox(TRA_LINH)) == 1
    gateway.finish(witness=False)


def test_a_text_is_taken_once_over_a_crash(rehearsal, fakes):
    fake = fakes(telegram.Telegram())
    gateway = with_telegram(rehearsal, fake)
    gateway.until("2020-05-25T09:00")
    link(gateway, fake)
    fake.says(CHAT, "BC 6T 45/BC-UBND")
    hear(gateway, fake, 2)
    gateway.daemon.kill()
    gateway.daemon.wait()
    gateway.daemon = None
    fake.updates = [fake.message(CHAT, "BC 6T 45/BC-UBND", 1591581600)]
    fake.updates[0]["update_id"] -= 1  # the one that was answered comes again
    gateway.start_daemon()
    before = fake.polls
    wait_until(gateway, lambda: fake.polls >= before + 2)
    assert gateway.value("SELECT count(*) FROM inbound WHERE text LIKE 'BC 6T%'") == 1
    assert len(fake.received) == 2
    gateway.finish(witness=False)


def reminders(fake):
    """What came after the read-back of the link."""
    return fake.received[1:]


def linked(rehearsal, fakes):
    fake = fakes(telegram.Telegram())
    gateway = with_telegram(rehearsal, fake)
    gateway.until("2020-05-25T09:00")
    link(gateway, fake)
    return fake, gateway


def chat_state(gateway):
    return gateway.rows("SELECT state FROM message WHERE address = ? AND purpose <> 0", CHAT)


@pytest.mark.parametrize("fault", ["close", "half", "huge"])
def test_a_text_whose_answer_was_lost_is_not_sent_again(rehearsal, fakes, fault):
    fake, gateway = linked(rehearsal, fakes)
    fake.fault(fault)
    gateway.until("2020-05-27T08:10")
    wait_until(gateway, lambda: chat_state(gateway) == [("unknown",)])
    gateway.advance(30 * MINUTE)
    assert len(reminders(fake)) == (fault != "huge"), "once, whatever became of the answer"
    gateway.finish(witness=False)


@pytest.mark.parametrize("status, body, headers", [
    (500, "", {}), (503, "down", {}),
    (429, {"ok": False, "error_code": 429, "description": "slow", "parameters": {"retry_after": 7}},
     {}),
    (429, "", {"Retry-After": "9"}), (429, "", {}),
    (200, {"ok": False, "error_code": 500, "description": "inside"}, {})])
def test_a_text_that_was_refused_for_now_is_sent_once_later(
        rehearsal, fakes, status, body, headers):
    fake, gateway = linked(rehearsal, fakes)
    fake.fault("status", status, body=body, headers=headers)
    gateway.until("2020-05-27T08:10")
    wait_until(gateway, lambda: len(reminders(fake)) == 1 or chat_state(gateway) != [("queued",)])
    if status != 200:  # an error inside that no rule knows may have been sent, for all we know
        wait_until(gateway, lambda: chat_state(gateway) == [("sent",)])
        assert len(reminders(fake)) == 1
    else:
        assert chat_state(gateway) == [("unknown",)]
    gateway.finish(witness=False)


def test_a_provider_that_is_not_there_loses_nothing_and_is_found_again(rehearsal, fakes):
    fake, gateway = linked(rehearsal, fakes)
    fake.pause()
    gateway.until("2020-05-27T09:00")
    assert chat_state(gateway) == [("queued",)]
    assert gateway.rows("SELECT DISTINCT what FROM attempt WHERE channel = 'tg'"
                        " AND what NOT IN ('claimed', 'sent')") == [("not-sent",)]
    fake.resume()
    gateway.advance(60 * MINUTE)  # the circuit is probed every five minutes at the latest
    wait_until(gateway, lambda: chat_state(gateway) == [("sent",)])
    assert len(reminders(fake)) == 1
    gateway.finish(witness=False)


def test_a_wrong_token_halts_the_channel_and_people_are_told_by_sms(rehearsal, fakes):
    fake, gateway = linked(rehearsal, fakes)
    fake.fault("status", 401, times=20, body={"ok": False, "error_code": 401,
                                              "description": "Unauthorized"})
    gateway.until("2020-05-27T08:10")
    wait_until(gateway, lambda: gateway.value(
        "SELECT count(*) FROM task WHERE kind = 'channel-halted' AND closed IS NULL") == 1)
    assert telegram.TOKEN not in gateway.daemon_text()
    gateway.until("2020-05-27T16:00")
    assert len(gateway.inbox(TRA_LINH)) == 1
    assert reminders(fake) == []
    fake.faults = []  # the office has mended it
    gateway.run("resume", "--channel", "tg")
    fake.says(CHAT, "con thieu gi")
    wait_until(gateway, lambda: reminders(fake))
    gateway.finish(witness=False)


def test_credentials_that_expire_are_renewed_once_for_all(rehearsal, fakes):
    fake = fakes(zalo_oa.ZaloOa())
    gateway = rehearsal()
    configure(gateway,
              "  - name: zalo1\n    provider: zalo-oa\n    settings:\n"
              f"      app_id: \"{zalo_oa.APP}\"\n      oa_id: \"77\"\n"
              f"      app_secret: {secret(gateway, 'app', zalo_oa.SECRET)}\n"
              f"      oa_secret: {secret(gateway, 'oa', zalo_oa.OA_SECRET)}\n"
              f"      refresh_token: {secret(gateway, 'refresh', 'refresh-0')}\n"
              f"      base: {fake.url}\n      oauth: {fake.url}\n",
              "http:\n  listen: 127.0.0.1:0\n")
    gateway.begin()
    gateway.until("2020-05-25T09:00")
    port = re.search(r"http.listening .*port=(\d+)", gateway.daemon_text()).group(1)
    hook = f"http://127.0.0.1:{port}/webhook/zalo1"
    code = re.search(r"\b(\d{6})\b", gateway.run("link", "CB003")).group(1)
    fake.followers.add("u1")
    event = fake.event("user_send_text", sender={"id": "u1"}, recipient={"id": "77"},
                       message={"text": f"LK {code}", "msg_id": "m1"})
    assert fake.push(hook, event, secret="wrong")[0] == 401
    assert fake.push(hook, event)[0] == 200
    hear(gateway, fake, 1)
    assert fake.renewals == 1
    assert fake.push(hook, event)[0] == 200, "said again: taken, and known"
    fake.expire()
    again = fake.event("user_send_text", sender={"id": "u1"}, recipient={"id": "77"},
                       message={"text": "con thieu gi?", "msg_id": "m2"})
    assert fake.push(hook, again)[0] == 200
    assert hear(gateway, fake, 2)[1]["to"] == "u1"
    assert fake.renewals == 2
    gateway.stop_daemon()
    gateway.start_daemon()  # the renewed ones are durable; the first is spent
    port = re.findall(r"http.listening .*port=(\d+)", gateway.daemon_text())[-1]
    hook = f"http://127.0.0.1:{port}/webhook/zalo1"
    fake.expire()
    third = fake.event("user_send_text", sender={"id": "u1"}, recipient={"id": "77"},
                       message={"text": "con thieu gi nua?", "msg_id": "m3"})
    assert fake.push(hook, third)[0] == 200
    hear(gateway, fake, 3)
    assert fake.renewals == 3
    assert gateway.value("SELECT count(*) FROM inbound") == 3
    gateway.finish(witness=False)


def test_texts_by_a_webhook_are_read_and_receipts_settle(rehearsal, fakes):
    fake = fakes(generic.Generic())
    gateway = rehearsal()
    configure(gateway,
              "  - name: own\n    provider: generic\n    settings:\n"
              f"      url: {fake.url}/in\n"
              f"      token: {secret(gateway, 'token', generic.TOKEN)}\n"
              f"      secret: {secret(gateway, 'secret', generic.SECRET)}\n",
              "http:\n  listen: 127.0.0.1:0\n")
    gateway.begin()
    gateway.until("2020-05-25T09:00")
    port = re.search(r"http.listening .*port=(\d+)", gateway.daemon_text()).group(1)
    hook = f"http://127.0.0.1:{port}/webhook/own"
    code = re.search(r"\b(\d{6})\b", gateway.run("link", "CB003")).group(1)
    said = {"messages": [{"id": "1", "from": "a1", "text": f"LK {code}",
                          "time": "2020-05-25T02:00:00Z"}]}
    assert fake.push(hook, said, signature="sha256=" + "0" * 64)[0] == 401
    assert fake.push(hook, said)[0] == 200
    hear(gateway, fake, 1)
    gateway.until("2020-05-27T10:00")
    reminder = hear(gateway, fake, 2)[1]
    assert fake.push(hook, {"receipts": [{"id": reminder["id"], "status": "read"}]})[0] == 200
    wait_until(gateway, lambda: gateway.value("SELECT state FROM message WHERE address = 'a1'"
                                     " AND purpose <> 0") == "delivered")
    gateway.finish(witness=False)


def test_what_was_not_seen_by_chat_comes_by_sms(rehearsal, fakes):
    fake = fakes(generic.Generic())
    gateway = rehearsal()
    configure(gateway,
              "  - name: own\n    provider: generic\n    settings:\n"
              f"      url: {fake.url}/in\n"
              f"      token: {secret(gateway, 'token', generic.TOKEN)}\n"
              f"      secret: {secret(gateway, 'secret', generic.SECRET)}\n",
              "sending:\n  fallback: 2h\nhttp:\n  listen: 127.0.0.1:0\n")
    gateway.begin()
    gateway.until("2020-05-25T09:00")
    port = re.search(r"http.listening .*port=(\d+)", gateway.daemon_text()).group(1)
    code = re.search(r"\b(\d{6})\b", gateway.run("link", "CB003")).group(1)
    fake.push(f"http://127.0.0.1:{port}/webhook/own", {"messages": [
        {"id": "1", "from": "a1", "text": f"LK {code}", "time": "2020-05-25T02:00:00Z"}]})
    hear(gateway, fake, 1)
    gateway.until("2020-05-27T09:00")
    hear(gateway, fake, 2)
    assert gateway.inbox(TRA_LINH) == []
    gateway.until("2020-05-27T16:00")
    assert len(gateway.inbox(TRA_LINH)) == 1
    assert len(fake.received) == 2
    gateway.finish(witness=False)


def with_kannel(rehearsal, fake, more=""):
    gateway = rehearsal()
    configure(gateway,
              "  - name: kannel1\n    provider: kannel\n    price: 100\n    settings:\n"
              f"      base: {fake.url}\n      user: tester\n"
              f"      password: {secret(gateway, 'password', 'foobar')}\n", more)
    gateway.begin()
    return gateway


def by_channel(gateway):
    return dict(gateway.rows("SELECT channel, count(*) FROM part WHERE state = 'sent'"
                             " OR state = 'delivered' GROUP BY channel"))


def test_sms_go_the_cheaper_way_whole_and_stay_with_their_sender(rehearsal, fakes):
    fake = fakes(apis.Kannel())
    gateway = with_kannel(rehearsal, fake)
    gateway.until("2020-05-27T10:00")
    assert set(by_channel(gateway)) == {"kannel1"}, "100 a text is less than 350"
    long = " ".join(["Kinh gui ong ba, day la mot tin rat dai de phai cat thanh nhieu phan"] * 5)
    gateway.send(long)
    gateway.advance(10 * MINUTE)
    assert long in [m["text"] for m in fake.received], "in one request, as it was written"
    assert gateway.rows("SELECT DISTINCT part.state, whole FROM part JOIN message"
                        " ON message.id = part.message_id WHERE part_count > 1") == [("sent", 1)]
    gateway.finish(witness=False)


def test_what_waits_for_a_channel_that_is_down_goes_by_another(rehearsal, fakes):
    fake = fakes(apis.Kannel())
    gateway = with_kannel(rehearsal, fake)
    gateway.until("2020-05-25T09:00")
    fake.pause()
    gateway.until("2020-05-27T12:00")
    ways = by_channel(gateway)
    assert set(ways) == {"virtual1"} and ways["virtual1"] > 20
    addresses = [event["to"] for event in gateway.submits()]
    assert len(addresses) == len(set(addresses)), "nobody is told twice"
    assert gateway.rows("SELECT address, route, wait_reason FROM message WHERE state = 'queued'") == []
    gateway.finish(witness=False)


def test_a_channel_is_paused_like_a_modem(rehearsal, fakes):
    fake = fakes(telegram.Telegram())
    gateway = with_telegram(rehearsal, fake)
    gateway.until("2020-05-25T09:00")
    link(gateway, fake)
    gateway.run("pause", "--channel", "tg")
    gateway.until("2020-05-27T10:00")
    assert len(fake.received) == 1
    gateway.run("resume", "--channel", "tg")
    gateway.advance(MINUTE)
    wait_until(gateway, lambda: len(fake.received) == 2)
    gateway.finish(witness=False)


def test_who_is_told_by_mail_is_vouched_for_by_the_office(rehearsal, fakes):
    mail, chat = fakes(apis.Smtp()), fakes(telegram.Telegram())
    gateway = rehearsal()
    configure(gateway,
              "  - name: mail\n    provider: email\n    settings:\n"
              f"      server: {mail.url}\n      from: nv@example.org\n"
              "  - name: tg\n    provider: telegram\n    settings:\n"
              f"      token: {secret(gateway, 'token', telegram.TOKEN)}\n"
              f"      bot: nhacviec_bot\n      base: {chat.url}\n", "sending:\n  fallback: 0s\n")
    gateway.begin()
    gateway.until("2020-05-25T09:00")
    assert "tg" in gateway.run("link", "CB003", "--address", "900", "--channel", "tg", status=65)
    gateway.run("link", "CB999", "--address", "a@example.org", "--channel", "mail", status=66)
    gateway.run("link", "CB003", "--address", "u1@example.org", "--channel", "mail")
    gateway.until("2020-05-27T10:00")
    wait_until(gateway, lambda: mail.received)
    assert mail.received[0]["to"] == "u1@example.org"
    assert gateway.inbox(TRA_LINH) == []
    gateway.finish(witness=False)
