"""Owns: events that ask who comes: the answers, the counts. The plan is the shipped one with two
such events of its own."""

from gateway import PLAN
from test_replies import TRA_LINH, TWO_UNITS, say

EVENTS = """
  LE:
    name: Lễ ra quân
    place: Nhà văn hóa huyện
    at: 08:00
    attendance: true
    start: 2020-06-20
    end: 2020-06-20
    for: {kinds: [commune, township]}
    ladder: thang-hanh-dong
  BM:
    name: Lễ bế mạc
    attendance: true
    start: 2020-07-20
    end: 2020-07-20
    for: {kinds: [township]}
    ladder: thang-hanh-dong
"""


def begin(rehearsal, moment):
    gateway = rehearsal()
    plan = gateway.place / "plan.yaml"
    plan.write_text(PLAN.read_text(encoding="utf-8").rstrip() + EVENTS, encoding="utf-8")
    gateway.begin(start=False)
    gateway.run("import", "--yes", plan)
    gateway.run("start", "TK-2020")
    gateway.until(moment)
    return gateway


def counts(gateway, code):
    head, line = gateway.run("events", code, "--csv").splitlines()[:2]
    row = dict(zip(head.split(","), line.split(",")))
    return tuple(int(row[name]) for name in ("coming", "not_coming")), row


def test_answers_are_read_back_and_counted_and_the_latest_counts(rehearsal):
    gateway = begin(rehearsal, "2020-06-11T10:00")
    assert say(gateway, TRA_LINH, "Tham gia").startswith(
        "Da ghi: Thi tran Tra Linh du Le ra quan")
    (coming, absent), row = counts(gateway, "LE")
    assert (coming, absent) == (1, 0) and row["start"] == "2020-06-20 08:00"
    assert row["place"] == "Nhà văn hóa huyện"
    assert int(row["invited"]) == 1 + int(row["no_answer"])
    assert "vắng Lễ ra quân" in say(gateway, TRA_LINH, "Vắng")
    assert counts(gateway, "LE")[0] == (0, 1)
    assert "chua tra loi" in say(gateway, TRA_LINH, "HUY")
    assert counts(gateway, "LE")[0] == (0, 0)
    assert [row[0] for row in gateway.rows("SELECT action FROM ledger ORDER BY id")] == \
        ["attend", "absent", "unanswer"]
    gateway.finish()


def test_one_sender_for_two_units_is_asked_which(rehearsal):
    gateway = begin(rehearsal, "2020-06-11T10:00")
    question = say(gateway, TWO_UNITS, "tham gia")
    assert question.startswith("Su kien nao?") and counts(gateway, "LE")[0] == (0, 0)
    assert "du Le ra quan" in say(gateway, TWO_UNITS, "cả 2")
    assert counts(gateway, "LE")[0] == (2, 0)
    gateway.finish()


def test_a_bare_vang_ticks_nothing(rehearsal):
    gateway = begin(rehearsal, "2020-06-11T10:00")
    say(gateway, TRA_LINH, "vang")
    say(gateway, TRA_LINH, "tham gia?")
    assert counts(gateway, "LE")[0] == (0, 0)
    gateway.finish()
