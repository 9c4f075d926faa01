"""Owns: a machine whose clock is wrong, jumps, or stood still for weeks: nothing twice, nothing at
night, nothing lost."""

import collections

from gateway import DAY, HOUR, MINUTE, local

TRA_LINH = "0900000003"
NIGHT_ENDS, NIGHT_BEGINS = 7, 21


def reminders(gateway):
    """Submits to reporters, by number and text."""
    return collections.Counter((event["to"], event["text"]) for event in gateway.submits())


def assert_nothing_twice(gateway):
    """No part left twice, and no notice left in two messages."""
    assert gateway.value("SELECT max(submissions) FROM part") == 1
    assert gateway.rows(
        "SELECT notice_id, count(*) AS times FROM message_notice"
        " JOIN message ON message.id = message_id WHERE left_at IS NOT NULL"
        " GROUP BY notice_id HAVING times > 1") == []


def test_a_machine_that_slept_three_weeks_sends_only_what_still_matters(rehearsal):
    gateway = rehearsal()
    gateway.begin()
    gateway.until("2020-05-20T12:00")
    gateway.request("suspend", 19 * DAY + 20 * HOUR)  # it wakes on 9 June at 08:00
    gateway.until("2020-06-09T11:00")
    texts = gateway.inbox(TRA_LINH)
    assert len(texts) == 1 and "LAN CUOI" in texts[0]
    assert gateway.rows(
        "SELECT step, reason FROM notice JOIN obligation ON obligation.id = obligation_id"
        " JOIN unit ON unit.id = unit_id WHERE code = 'TT-TRA-LINH' AND report_code = '6T'"
        " AND step IN ('bao-truoc', 'nhac-lai') ORDER BY step") == [
            ("bao-truoc", "superseded"), ("nhac-lai", "superseded")]
    assert_nothing_twice(gateway)
    gateway.finish()


def test_a_machine_that_wakes_at_night_waits_for_the_morning(rehearsal):
    gateway = rehearsal()
    gateway.begin()
    gateway.until("2020-05-26T12:00")
    gateway.request("suspend", DAY + 10 * HOUR)  # 27 May, 22:00
    gateway.until("2020-05-28T07:00")
    assert gateway.submits() == []
    gateway.until("2020-05-28T12:00")
    assert len(gateway.inbox(TRA_LINH)) == 1
    assert_nothing_twice(gateway)
    gateway.finish()


def test_a_clock_that_jumps_back_repeats_nothing(rehearsal):
    gateway = rehearsal()
    gateway.begin()
    gateway.until("2020-05-27T12:00")
    sent = reminders(gateway)
    assert sent
    gateway.request("shift", -7 * DAY)
    gateway.advance(5 * DAY)  # the machine lives through the same days again
    assert reminders(gateway) == sent
    gateway.request("shift", 0)
    gateway.until("2020-06-03T12:00")
    assert len(gateway.inbox(TRA_LINH)) == 2
    assert_nothing_twice(gateway)
    gateway.finish()


def test_a_clock_that_jumps_forward_sends_no_flood(rehearsal):
    gateway = rehearsal()
    gateway.begin()
    gateway.until("2020-05-20T12:00")
    gateway.request("shift", 13 * DAY - 3 * HOUR)  # 2 June, 09:00, it believes
    gateway.advance(2 * HOUR)
    assert len(gateway.inbox(TRA_LINH)) == 1
    gateway.request("shift", 0)
    gateway.until("2020-06-03T12:00")
    assert_nothing_twice(gateway)
    gateway.finish()


def test_an_answer_under_a_wrong_clock_is_taken(rehearsal):
    gateway = rehearsal()
    gateway.begin()
    gateway.until("2020-05-27T12:00")
    gateway.request("shift", -400 * DAY)
    gateway.say(TRA_LINH, "BC 6T 12/BC-UBND")
    gateway.advance(MINUTE)
    gateway.request("shift", 0)
    gateway.advance(MINUTE)
    assert gateway.board()["6T", "TT-TRA-LINH"][0] == "claimed"
    gateway.until("2020-06-12T12:00")
    assert len(gateway.inbox(TRA_LINH)) == 2  # the first reminder and the answer
    gateway.finish()


def test_nothing_leaves_at_night_all_the_year(rehearsal):
    gateway = rehearsal(until="2020-07-01T00:00")
    gateway.begin()
    gateway.run_year()
    for event in gateway.submits():
        hour = (event["at"] - local("2020-01-01T00:00")) // HOUR % 24
        assert NIGHT_ENDS <= hour < NIGHT_BEGINS, event
    gateway.finish()
