"""Owns: the office's queue: what waits, decisions on texts, texts kept as tests."""

import csv
import io
import stat

from gateway import MINUTE

TRA_LINH = "+84900000003"
TWO_UNITS = "+84900000025"
STRANGER = "+84911222333"
RIDDLE = "xyzzy plugh qwrt 45"


def begin(rehearsal, moment="2020-05-27T10:00"):
    gateway = rehearsal()
    gateway.begin()
    gateway.until(moment)
    return gateway


def say(gateway, number, text):
    """The text's ID."""
    gateway.say(number, text)
    gateway.advance(MINUTE)
    return gateway.value("SELECT max(id) FROM inbound")


def listed(gateway, *options):
    return list(csv.DictReader(io.StringIO(gateway.run("inbox", "--csv", *options))))


def test_what_waits_is_shown_with_what_was_understood_and_why(rehearsal):
    gateway = begin(rehearsal)
    say(gateway, TRA_LINH, "TT")
    riddle = say(gateway, TRA_LINH, RIDDLE)
    assert [row["text"] for row in listed(gateway)] == [RIDDLE, "TT"]
    waiting = listed(gateway, "--waiting")
    assert [row["id"] for row in waiting] == [str(riddle)]
    assert waiting[0]["intent"] == "unknown" and waiting[0]["settled_as"] == "task"
    assert waiting[0]["evidence"] and waiting[0]["confidence"].isdigit()
    assert waiting[0]["evidence"] in gateway.run("inbox", "--waiting")
    gateway.finish()


def test_a_decision_is_recorded_read_back_and_closes_the_task(rehearsal):
    gateway = begin(rehearsal)
    riddle = say(gateway, TRA_LINH, RIDDLE)
    before = gateway.inbox(TRA_LINH)
    said = gateway.run("inbox", "decide", riddle, "confirm", "--report", "6T", "--number",
                       "45/BC-UBND")
    gateway.advance(MINUTE)
    answer = gateway.inbox(TRA_LINH)[len(before):]
    assert len(answer) == 1 and answer[0].startswith("Da ghi: bao cao 6 thang"), answer
    assert "45/BC-UBND" in answer[0] and TRA_LINH in said
    assert gateway.board()["6T", "TT-TRA-LINH"] == ("claimed", "", "45/BC-UBND")
    assert listed(gateway, "--waiting") == []
    assert gateway.rows("SELECT inbound_id, note FROM ledger WHERE action = 'claim'") == \
        [(riddle, RIDDLE)]
    assert gateway.value("SELECT count(*) FROM audit WHERE action = 'decide-text'") == 1
    assert "decided by" in listed(gateway)[0]["evidence"]
    gateway.finish()


def test_without_a_daemon_the_same_is_decided_and_answered_later(rehearsal):
    gateway = begin(rehearsal)
    riddle = say(gateway, TRA_LINH, RIDDLE)
    gateway.stop_daemon()
    gateway.run("inbox", "decide", riddle, "not-yet", "--report", "6T", "--until", "2020-06-05")
    before = len(gateway.inbox(TRA_LINH))
    gateway.start_daemon()
    gateway.advance(MINUTE)
    assert "5/6" in gateway.inbox(TRA_LINH)[before]
    assert gateway.value("SELECT count(*) FROM ledger WHERE action = 'promise'") == 1
    gateway.finish()


def test_a_question_that_was_put_is_closed_by_the_decision(rehearsal):
    gateway = begin(rehearsal)
    text = say(gateway, TWO_UNITS, "BC 6T 45/BC-UBND")
    assert gateway.value("SELECT count(*) FROM question WHERE closed_at IS NULL") == 1
    error = gateway.run("inbox", "decide", text, "confirm", "--report", "6T", status=65)
    assert "--unit" in error
    assert gateway.board()["6T", "PHONG-NAM"][0] == "open"
    gateway.run("inbox", "decide", text, "confirm", "--report", "6T", "--unit", "PHONG-NAM")
    gateway.advance(MINUTE)
    assert gateway.board()["6T", "PHONG-NAM"][0] == "claimed"
    assert gateway.board()["6T", "DINH-PHONG"][0] == "open"
    assert gateway.value("SELECT count(*) FROM question WHERE closed_at IS NULL") == 0
    gateway.finish()


def test_received_and_nothing_are_decisions_without_an_answer(rehearsal):
    gateway = begin(rehearsal)
    first = say(gateway, TRA_LINH, RIDDLE)
    second = say(gateway, TRA_LINH, "qwrt zzz")
    before = gateway.inbox(TRA_LINH)
    gateway.run("inbox", "decide", first, "received", "--report", "6T")
    gateway.run("inbox", "decide", second, "nothing")
    gateway.advance(MINUTE)
    assert gateway.inbox(TRA_LINH) == before
    assert gateway.board()["6T", "TT-TRA-LINH"][0] == "received"
    assert listed(gateway, "--waiting") == []
    assert [row["settled_as"] for row in listed(gateway)] == ["ignored", "acted"]
    gateway.finish()


def test_what_cannot_be_decided_changes_nothing_and_says_what_to_do(rehearsal):
    gateway = begin(rehearsal)
    riddle = say(gateway, TRA_LINH, RIDDLE)
    stranger = say(gateway, STRANGER, RIDDLE)
    assert "no text" in gateway.run("inbox", "decide", "12345", "nothing", status=66)
    assert "confirm, received" in gateway.run("inbox", "decide", riddle, "dance", status=65)
    assert "--until" in gateway.run("inbox", "decide", riddle, "extension-request", "--report",
                                    "6T", status=65)
    assert "no day" in gateway.run("inbox", "decide", riddle, "confirm", "--report", "6T",
                                   "--until", "2020-06-05", status=65)
    assert "claim" in gateway.run("inbox", "decide", stranger, "confirm", "--report", "6T",
                                  status=65)
    assert "in this way" in gateway.run("inbox", "decide", riddle, "not-yet", "--report", "6T",
                                        "--until", "2020-05-20", status=65)
    gateway.run("inbox", "decide", "x", "nothing", status=64)
    assert len(listed(gateway, "--waiting")) == 2
    assert gateway.value("SELECT count(*) FROM ledger") == 0
    gateway.finish()


def test_a_misread_text_is_kept_and_checked(rehearsal):
    gateway = begin(rehearsal)
    riddle = say(gateway, TRA_LINH, RIDDLE)
    plain = say(gateway, TRA_LINH, "TT")
    own = gateway.place / "replies.tsv"
    gateway.run("inbox", "teach", riddle, "--intent", "confirm", "--report", "6T", "--document",
                "45")
    gateway.run("inbox", "teach", plain, "--intent", "status")
    assert stat.S_IMODE(own.stat().st_mode) == 0o600
    lines = own.read_text(encoding="utf-8").splitlines()
    assert lines[0].split("\t")[:6] == [RIDDLE, "confirm", "6T", "45", "-", "-"]
    assert "now=2020-05-27T10:0" in lines[0] and "open=6T" in lines[0]
    done = gateway.run_both("check")
    assert f"{own}:1:" in done and "confirm 6T 45" in done
    assert f"{own}:2:" not in done
    again = gateway.run("inbox", "teach", riddle, "--intent", "question", status=65)
    assert "1" in again and len(own.read_text(encoding="utf-8").splitlines()) == 2
    assert "confirm, not-yet" in gateway.run("inbox", "teach", riddle, "--intent", "x", status=64)
    assert gateway.run("inbox", "teach", "77", "--intent", "status", status=66)
    gateway.finish()
