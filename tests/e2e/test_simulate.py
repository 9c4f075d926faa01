"""Owns: `nhacviec simulate`: what it tells is what the daemon then does; nothing else is touched."""

import csv
import hashlib
import io
import json
import os
import subprocess
from datetime import datetime

import pytest

from gateway import NHACVIEC, OFFICIALS, PLAN, RECIPIENTS, local

START, END = "2020-05-14T07:00", "2020-12-31T18:00"
KEYS = {"at", "unit", "person", "address", "channel", "step", "text", "segments", "cost", "reasons"}


def simulate(gateway, *arguments, status=0):
    return gateway.run("simulate", "--from", START, "--to", END, *arguments, status=status)


def rows(text):
    return [json.loads(line) for line in text.splitlines()]


def milliseconds(row):
    return int(datetime.fromisoformat(row["at"]).timestamp() * 1000)


def told(text):
    """The texts that leave: (moment to the second, number, text, segments), in their order."""
    return [(milliseconds(row) // 1000, row["address"], row["text"], row["segments"])
            for row in rows(text) if row["segments"] > 0]


def witnessed(gateway):
    """The same from the network's log, the parts of a text joined."""
    found, parts = [], {}
    for event in gateway.submits():
        key = event["to"], event["concat"]
        before = parts.setdefault(key, [])
        before.append(event)
        if len(before) == int(event["total"]):
            first = before[0]
            found.append((first["at"] // 1000, event["to"],
                          "".join(each["text"] for each in before), len(before)))
            del parts[key]
    assert not parts
    return found


def fingerprint(gateway):
    return hashlib.sha256((gateway.place / "nhacviec.db").read_bytes()).hexdigest()


@pytest.fixture
def files(tmp_path):
    """A function that simulates the demo plan from its files, without any database."""
    (tmp_path / "nhacviec.yaml").write_text(
        f"state_dir: {tmp_path}/state\ntexts_dir: {PLAN.parents[1]}/texts\n"
        f"holidays_dir: {PLAN.parents[1]}/holidays\nlanguage: vi\n"
        f"modems:\n  - name: virtual1\n    device: {tmp_path}/modem\n", encoding="utf-8")

    def run(*arguments, status=0, plan=PLAN, start=START, to=END, environment=None):
        done = subprocess.run(
            [NHACVIEC, "--config", tmp_path / "nhacviec.yaml", "simulate", "--plan", plan,
             "--recipients", RECIPIENTS, "--from", start, "--to", to, *map(str, arguments)],
            env=dict(os.environ, LC_ALL="C.UTF-8", **(environment or {})),
            capture_output=True, text=True, timeout=120)
        assert done.returncode == status, f"{done.returncode}\n{done.stderr}"
        assert "Sanitizer" not in done.stderr, done.stderr
        run.stderr = done.stderr
        return done.stdout if status == 0 else done.stderr

    run.place = tmp_path
    return run


# ── it is what the daemon then does ──────────────────────────────────────────────────────────────


def test_the_daemon_does_line_by_line_what_was_told(rehearsal):
    gateway = rehearsal(script=OFFICIALS, until=END,
                        network=("--latency", 0, "--delivery", 0, "--receipt", 0))
    gateway.begin()
    before = fingerprint(gateway)
    expected = simulate(gateway, "--answers", OFFICIALS, "--format", "json")
    assert fingerprint(gateway) == before, "the live database is not touched"
    gateway.run_year()

    lines, done = told(expected), witnessed(gateway)
    assert len(done) > 300
    different = [(number, one, other) for number, (one, other) in enumerate(zip(lines, done))
                 if one != other]
    assert different[:3] == [] and len(lines) == len(done)
    people = gateway.rows("SELECT address, person.code FROM message LEFT JOIN person"
                          " ON person.id = person_id WHERE left_at IS NOT NULL"
                          " ORDER BY left_at, attempt_id")
    assert [(row["address"], row["person"]) for row in rows(expected) if row["segments"] > 0] == \
        people
    gateway.finish()


def test_what_was_withheld_is_told_with_the_daemons_reasons(rehearsal):
    gateway = rehearsal(script=OFFICIALS, until="2020-07-01T18:00",
                        network=("--latency", 0, "--delivery", 0, "--receipt", 0))
    gateway.begin()
    out = rows(gateway.run("simulate", "--from", START, "--to", "2020-07-01T18:00", "--answers",
                           OFFICIALS, "--format", "json"))
    gateway.run_year()
    skipped = sorted((row["unit"], row["step"], row["reasons"][0]) for row in out
                     if row["segments"] == 0 and row["person"] is None)
    done = sorted(gateway.rows(
        "SELECT unit.code, step, reason FROM notice JOIN obligation ON obligation.id ="
        " obligation_id JOIN unit ON unit.id = unit_id WHERE person_id = 0"
        " AND NOT EXISTS (SELECT 1 FROM message_notice WHERE notice_id = notice.id)"))
    assert skipped == done
    assert all(row["reasons"] for row in out if row["segments"] == 0)
    gateway.finish()


def test_it_works_beside_a_daemon_that_has_already_sent(rehearsal):
    gateway = rehearsal(script=OFFICIALS, until=END,
                        network=("--latency", 0, "--delivery", 0, "--receipt", 0))
    gateway.begin()
    gateway.until("2020-06-05T12:00")
    sent = len(gateway.submits())
    expected = told(gateway.run("simulate", "--to", "2020-06-09T12:00", "--format", "json"))
    assert sent > 50 and expected
    assert min(row[0] for row in expected) >= local("2020-06-05T12:00") // 1000
    gateway.finish()


def test_a_run_from_before_the_last_change_begins_without_history(rehearsal):
    gateway = rehearsal(script=OFFICIALS, until=END)
    gateway.begin()
    gateway.until("2020-06-05T12:00")
    before = fingerprint(gateway)
    page = simulate(gateway, "--format", "table")
    assert "chưa" in page.splitlines()[1] or "nothing had been sent" in page.splitlines()[1]
    afresh = told(simulate(gateway, "--format", "json"))
    assert afresh[0][0] == local("2020-05-27T08:00") // 1000
    assert fingerprint(gateway) == before
    gateway.finish()


def test_a_range_of_the_future_is_that_part_of_the_whole(rehearsal):
    gateway = rehearsal(until=END)
    gateway.begin()
    first, last = local("2020-06-03T00:00") // 1000, local("2020-06-10T00:00") // 1000
    whole = told(simulate(gateway, "--answers", OFFICIALS, "--format", "json"))
    part = told(gateway.run("simulate", "--from", "2020-06-03", "--to", "2020-06-09", "--answers",
                            OFFICIALS, "--format", "json"))
    assert part and part == [row for row in whole if first <= row[0] < last]
    gateway.finish()


# ── answers ──────────────────────────────────────────────────────────────────────────────────────


def reminders(text):
    return [row for row in rows(text) if row["segments"] > 0 and row["step"] != "answer"]


def test_everybody_who_answers_gets_fewer_reminders(files):
    nobody = reminders(files("--format", "json"))
    everybody = reminders(files("--answer-model", "all", "--format", "json"))
    mixed = reminders(files("--answer-model", "mixed:7", "--format", "json"))
    assert len(everybody) < len(mixed) < len(nobody)
    assert mixed == reminders(files("--answer-model", "mixed:7", "--format", "json"))
    assert mixed != reminders(files("--answer-model", "mixed:8", "--format", "json"))


# ── formats ──────────────────────────────────────────────────────────────────────────────────────


def test_json_has_exactly_the_keys_that_were_promised(files):
    found = rows(files("--format", "json"))
    assert found
    for row in found:
        assert set(row) - {"report", "event"} == KEYS and {"report", "event"} & set(row)
        assert isinstance(row["reasons"], list) and isinstance(row["segments"], int)
        assert row["at"].endswith("+07:00")
        assert (row["text"] is None) == (row["segments"] == 0)


def test_csv_and_json_tell_the_same(files):
    lines = list(csv.DictReader(io.StringIO(files("--format", "csv"), newline="")))
    found = rows(files("--format", "json"))
    assert len(lines) == len(found)
    assert [(line["at"], line["person"], line["text"]) for line in lines] == \
        [(row["at"], row["person"] or "", row["text"] or "") for row in found]
    assert [line["address"].lstrip("'") for line in lines] == \
        [row["address"] or "" for row in found]


def test_the_calendar_has_an_event_a_text(files):
    calendar = files("--format", "ics").replace("\n ", "")
    assert calendar.startswith("BEGIN:VCALENDAR")
    texts = [row for row in rows(files("--format", "json")) if row["segments"] > 0]
    assert calendar.count("BEGIN:VEVENT") == len(texts) == calendar.count("\nUID:")


def test_table_and_page_have_the_totals(files):
    texts = [row for row in rows(files("--format", "json")) if row["segments"] > 0]
    table, page = files(), files("--format", "html")
    assert f"{len(texts)}" in table and "2020-12" in table and "virtual1" in table
    assert page.count("<tr>") > len(texts) and page.rstrip().endswith("</html>")
    assert "<so BC>" not in page and "&lt;so BC&gt;" in page, "what is between < and > is a text"


def test_a_slow_modem_is_said_not_to_manage_the_busiest_hour(files):
    assert "modem" not in files("--format", "json") or files.stderr.count("modem") == 0
    files("--format", "json", "--seconds-per-part", 600)
    assert "modem" in files.stderr


def test_parts_wait_for_one_another_when_a_modem_takes_its_time(files):
    found = told(files("--format", "json", "--seconds-per-part", 60, to="2020-05-28"))
    moments = [row[0] for row in found]
    assert len(moments) > 5
    assert min(b - a for a, b in zip(moments, moments[1:])) >= 60


# ── what is refused, what is left behind ─────────────────────────────────────────────────────────


@pytest.mark.parametrize("arguments, status, says", [
    (("--format", "xml"), 64, "xml"),
    (("--answer-model", "some"), 64, "some"),
    (("--answer-model", "mixed:"), 64, "mixed:"),
    (("--answers", "x", "--answer-model", "all"), 64, "--answer-model"),
    (("--seconds-per-part", "601"), 64, "600"),
    (("--answers", "/nowhere/officials"), 66, "/nowhere/officials"),
])
def test_what_cannot_be_is_refused_with_a_sentence(files, arguments, status, says):
    assert says in files(*arguments, status=status)


def test_a_range_that_ends_before_it_begins_is_refused(files):
    assert "--to" in files(start="2020-06-01", to="2020-05-31", status=64)
    assert "2020-02-30" in files(start="2020-02-30", status=64)


def test_a_wrong_plan_is_refused_with_its_line(files, tmp_path):
    wrong = tmp_path / "plan.yaml"
    wrong.write_text("plan: X\nnonsense: 1\n", encoding="utf-8")
    assert "plan.yaml:2" in files(plan=wrong, status=65)


def test_without_a_database_or_a_plan_it_says_what_to_do(rehearsal, files):
    done = subprocess.run([NHACVIEC, "--config", files.place / "nhacviec.yaml", "simulate"],
                          capture_output=True, text=True, timeout=60)
    assert done.returncode != 0 and "import" in done.stderr
    gateway = rehearsal()
    gateway.start_daemon()
    gateway.run("import", "--yes", RECIPIENTS)
    assert "--plan" in gateway.run("simulate", status=66)
    gateway.finish()


def test_nothing_is_left_behind_and_nowhere_needs_to_be_written(files):
    os.makedirs(files.place / "state", mode=0o500)
    before = sorted(path.name for path in files.place.rglob("*"))
    assert files("--format", "json", environment={"TMPDIR": "/nowhere", "SQLITE_TMPDIR": "/nowhere"})
    assert sorted(path.name for path in files.place.rglob("*")) == before
