"""Owns: the demo year: what the officials do is what the board shows, and what the network saw."""

import csv
from datetime import datetime

from gateway import ANSWER, EXPECTED, OFFICIALS, ZONE

HOLIDAYS = {"2020-09-02"}
WINDOWS = (("07:30", "11:30"), ("13:30", "16:30"))


def expected_board():
    with open(EXPECTED, encoding="utf-8") as file:
        return {(row["report"], row["unit_code"]):
                (row["state"], row["late"], row["document_number"]) for row in csv.DictReader(file)}


def in_working_hours(milliseconds):
    moment = datetime.fromtimestamp(milliseconds / 1000, ZONE)
    clock = moment.strftime("%H:%M")
    return (moment.weekday() < 5 and moment.strftime("%Y-%m-%d") not in HOLIDAYS
            and any(start <= clock < end for start, end in WINDOWS))


def test_the_demo_year(rehearsal):
    gateway = rehearsal(script=OFFICIALS)
    gateway.begin()
    gateway.run_year()

    shown, expected = gateway.board(), expected_board()
    assert {key: value for key, value in shown.items() if expected.get(key) != value} == {}
    assert shown.keys() == expected.keys()

    answers = {row[0] for row in gateway.rows(
        "SELECT text FROM part JOIN message ON message.id = message_id WHERE purpose = ?", ANSWER)}
    reminders = [event for event in gateway.submits() if event["text"] not in answers]
    assert len(reminders) > 300
    assert [event for event in reminders if not in_working_hours(event["at"])] == []
    night = [event for event in gateway.submits() if event["text"] in answers
             and not in_working_hours(event["at"])]
    assert night, "an official texts at eleven at night and is answered at once"

    assert gateway.value("SELECT max(submissions) FROM part") == 1, "nothing goes out twice"
    assert all(event["flash"] == "0" and event["receipt"] == "1" for event in gateway.submits())
    assert gateway.value("SELECT count(*) FROM message WHERE state NOT IN"
                         " ('delivered', 'cancelled')") == 0
    assert gateway.request("stats").split()[3] == "stored=0", "the modem's store is empty"
    gateway.finish()


def test_the_same_files_again_change_nothing(rehearsal):
    from gateway import PLAN, RECIPIENTS
    gateway = rehearsal()
    gateway.begin(start=False)
    before = gateway.rows("SELECT count(*) FROM obligation"), gateway.rows(
        "SELECT * FROM unit"), gateway.rows("SELECT * FROM post"), gateway.rows(
        "SELECT * FROM plan_version")
    gateway.run("import", "--yes", RECIPIENTS)
    gateway.run("import", "--yes", PLAN)
    after = gateway.rows("SELECT count(*) FROM obligation"), gateway.rows(
        "SELECT * FROM unit"), gateway.rows("SELECT * FROM post"), gateway.rows(
        "SELECT * FROM plan_version")
    assert before == after
    gateway.until("2020-06-15T18:00")
    assert gateway.submits() == [], "importing sends nothing"
    gateway.finish()
