"""Owns: units that begin, merge and end while the gateway runs; imports that are shown first;
statistics and the calendar of a year."""

import csv
import io
import json
import os
import pty
import subprocess

from gateway import NHACVIEC

HEAD = ("unit_code,unit_name,unit_kind,parent,valid_from,valid_until,successor,"
        "person_code,person_name,post,phone,language\n")
OFFICE = "PLDTBXH,Phòng LĐ-TB&XH,office,,,{end},,VP,Bế Thị Hạnh,coordinator,0900000099,vi\n"
MERGED = ("THONG-HUE", "DOAI-CON", "THAN-GIAP")
COMMUNES_2025 = {
    "X-TRUNG-KHANH": ("TT-TRUNG-KHANH", "DUC-HONG", "LANG-HIEU", "KHAM-THANH"),
    "X-DAM-THUY": ("CHI-VIEN", "PHONG-CHAU", "DAM-THUY"),
    "X-DINH-PHONG": ("NGOC-CON", "NGOC-KHE", "PHONG-NAM", "DINH-PHONG"),
    "X-DOAI-DUONG": ("TRUNG-PHUC", "CAO-THANG", "DOAI-DUONG"),
    "X-TRA-LINH": ("TT-TRA-LINH", "CAO-CHUONG"),
    "X-QUANG-HAN": ("QUANG-VINH", "QUANG-HAN"),
    "X-QUANG-TRUNG": ("QUANG-TRUNG", "TRI-PHUONG", "XUAN-NOI"),
}
PLAN = """plan: KH
name: Kế hoạch
owner: PLDTBXH
office: P.LDTBXH
calendar: {{holidays: [vn-2020, vn-2021]}}
texts:
  nhac: "{{office}}: {{unit}} gui {{report}} truoc {{deadline}}. {body}"
ladders:
  l:
    - {{step: nhac, when: -3d, at: 08:00, to: reporter, text: nhac}}
    - {{step: qua-han, when: +2wd, at: 08:00, to: reporter, text: nhac}}
reports:
  6T: {{name: bao cao 6 thang, for: {{kinds: [commune, township]}}, before: {half}, years: {year}, ladder: l}}
  NAM: {{name: bao cao nam, for: {{kinds: [commune, township]}}, before: {end}, years: {year}, ladder: l}}
  TH: {{name: tong hop, for: {{units: [PLDTBXH]}}, by: 12-20, years: {year}, ladder: l}}
"""


def unit(code, number, begins="", ends="", successor="", kind="commune"):
    return (f"{code},Đơn vị {code},{kind},PLDTBXH,{begins},{ends},{successor},"
            f"CB{number},Nông Thị Hoa,reporter,0900000{number:03},vi\n")


def write(gateway, name, text):
    path = gateway.place / name
    path.write_text(text, encoding="utf-8")
    return path


def board(gateway):
    rows = csv.DictReader(io.StringIO(gateway.run("board", "--csv", "KH")))
    return {(row["report"], row["unit_code"]): row["state"] for row in rows}


def owing(gateway, report):
    return sorted(unit for (code, unit), state in board(gateway).items()
                  if code == report and state in ("open", "overdue"))


def begin(rehearsal, units, year, half, end, **options):
    gateway = rehearsal(**options)
    gateway.start_daemon()
    gateway.run("import", "--yes", write(gateway, "before.csv", HEAD + OFFICE.format(end="") + units))
    plan = PLAN.format(year=year, half=half, end=end, body="")
    gateway.run("import", "--yes", write(gateway, "plan.yaml", plan))
    gateway.run("start", "KH")
    return gateway


def test_three_communes_become_one_on_the_first_of_march_2020(rehearsal):
    units = "".join(unit(code, i + 1) for i, code in enumerate(MERGED))
    gateway = begin(rehearsal, units, 2020, "02-20", "12-10", start="2020-02-10T07:00")
    gateway.until("2020-02-21T10:00")
    assert owing(gateway, "6T") == sorted(MERGED)
    merger = HEAD + OFFICE.format(end="") + "".join(
        unit(code, i + 1, ends="2020-03-01", successor="DOAI-DUONG")
        for i, code in enumerate(MERGED)) + unit("DOAI-DUONG", 9, begins="2020-03-01")
    path = write(gateway, "merger.csv", merger)
    shown = gateway.run("import", path, status=1)
    assert owing(gateway, "NAM") == sorted(MERGED), f"nothing was applied: {shown}"
    gateway.run("import", "--yes", path)
    assert owing(gateway, "NAM") == ["DOAI-DUONG"], "10 December lies after the merger"
    assert owing(gateway, "6T") == sorted(MERGED), "20 February lies before it"
    gateway.until("2020-02-29T23:00")
    assert owing(gateway, "6T") == sorted(MERGED)
    gateway.until("2020-03-02T12:00")
    assert owing(gateway, "6T") == ["DOAI-DUONG"]
    assert {note for (note,) in gateway.rows("SELECT note FROM ledger WHERE action = 'pass'")} == \
        {"→ DOAI-DUONG Đơn vị DOAI-DUONG"}
    # The new commune is told what it has taken over; the old ones hear no more.
    gateway.until("2020-03-10T12:00")
    assert any("DOAI-DUONG" in text for text in gateway.inbox("+84900000009"))
    assert "Nothing to change" in gateway.run("--lang=en", "import", path)
    exported = write(gateway, "exported.csv", gateway.run("export", "recipients"))
    assert "Nothing to change" in gateway.run("--lang=en", "import", exported)
    gateway.finish()


def test_the_district_ends_on_the_first_of_july_2025(rehearsal):
    former = [(code, heir) for heir, codes in COMMUNES_2025.items() for code in codes]
    assert len(former) == 21
    units = "".join(unit(code, i + 1) for i, (code, _) in enumerate(former))
    gateway = begin(rehearsal, units, 2025, "06-10", "12-10", start="2025-06-20T07:00",
                    until="2025-12-31T18:00")
    assert len(owing(gateway, "6T")) == 21
    end = HEAD + OFFICE.format(end="2025-07-01") + "".join(
        unit(code, i + 1, ends="2025-07-01", successor=heir)
        for i, (code, heir) in enumerate(former)) + "".join(
        unit(heir, 50 + i, begins="2025-07-01") for i, heir in enumerate(COMMUNES_2025))
    gateway.run("import", "--yes", write(gateway, "end.csv", end))
    assert owing(gateway, "NAM") == sorted(COMMUNES_2025)
    assert owing(gateway, "TH") == [], "the office has no successor"
    assert "PLDTBXH" in gateway.run("tasks")
    assert len(owing(gateway, "6T")) == 21
    gateway.until("2025-07-01T12:00")
    assert owing(gateway, "6T") == sorted(COMMUNES_2025)
    gateway.finish()


def test_a_plan_is_compared_before_it_is_applied(rehearsal):
    gateway = begin(rehearsal, unit("NGOC-CON", 1), 2020, "06-10", "12-10",
                    start="2020-05-14T07:00")
    changed = write(gateway, "new.yaml",
                    PLAN.format(year=2020, half="06-12", end="12-10", body="Cam on."))
    shown = gateway.run("--lang=en", "plan", "diff", changed)
    assert "6T 2020 NGOC-CON: 2020-06-10 → 2020-06-12" in shown
    assert "text nhac: " in shown and "Cam on." in shown
    assert "step 6T 2020 nhac: 07:30 8/6/2020 → 08:00 9/6/2020" in shown, shown
    assert gateway.run("--lang=en", "import", changed, status=1) == ""
    assert gateway.value("SELECT count(*) FROM plan_version") == 1
    gateway.run("import", "--yes", changed)
    assert gateway.value("SELECT count(*) FROM plan_version") == 2
    assert "Nothing to change" in gateway.run("--lang=en", "plan", "diff", changed)
    gateway.finish()


def answer_on_a_terminal(gateway, answer, *arguments):
    """The exit status of a command that is asked `answer` on a terminal."""
    master, slave = pty.openpty()
    command = subprocess.Popen([NHACVIEC, *map(str, arguments)], env=gateway.environment,
                               stdin=slave, stdout=slave, stderr=slave)
    os.close(slave)
    said = b""
    while b"[c/K]" not in said:
        said += os.read(master, 4096)
    os.write(master, answer.encode() + b"\n")
    try:
        while os.read(master, 4096):
            pass
    except OSError:  # the command has closed its end
        pass
    os.close(master)
    return command.wait(20)


def test_on_a_terminal_the_officer_is_asked(rehearsal):
    gateway = begin(rehearsal, unit("NGOC-CON", 1), 2020, "06-10", "12-10",
                    start="2020-05-14T07:00")
    changed = write(gateway, "new.yaml", PLAN.format(year=2020, half="06-12", end="12-10", body=""))
    for answer, status, versions in (("", 1, 1), ("k", 1, 1), ("c", 0, 2)):
        assert answer_on_a_terminal(gateway, answer, "--lang=vi", "import", changed) == status
        assert gateway.value("SELECT count(*) FROM plan_version") == versions
    gateway.finish()


def test_the_statistics_count_what_came_and_when(rehearsal):
    units = "".join(unit(code, i + 1) for i, code in enumerate(("A", "B", "C", "D")))
    gateway = begin(rehearsal, units, 2020, "06-10", "12-10", start="2020-05-14T07:00")
    gateway.run("claim", "A", "6T")
    gateway.until("2020-06-15T10:00")
    gateway.run("claim", "B", "6T")
    gateway.run("receive", "A", "6T")
    lines = [json.loads(line) for line in gateway.run("statistics", "KH", "--json").splitlines()]
    half = next(line for line in lines if line.get("report") == "6T")
    assert {name: half[name] for name in ("expected", "reported", "on_time", "received", "late",
                                          "missing", "pending", "after_closing")} == {
        "expected": 4, "reported": 2, "on_time": 1, "received": 1, "late": 1, "missing": 2,
        "pending": 0, "after_closing": 0}
    rows = list(csv.DictReader(io.StringIO(gateway.run(
        "statistics", "--unit", "A", "--unit", "C", "--to", "2020-06-30", "--csv"))))
    assert [(row["report"], row["expected"], row["missing"]) for row in rows] == \
        [("6T", "2", "1"), ("", "2", "1")]
    gateway.finish()


def test_the_calendar_reads_back_as_icalendar(rehearsal):
    gateway = begin(rehearsal, unit("A", 1), 2020, "06-10", "12-10", start="2020-05-14T07:00")
    table = gateway.run("--lang=vi", "calendar", "--year", "2020")
    assert "Giỗ Tổ Hùng Vương" in table and "chậm nhất thứ Ba 9/6" in table
    gateway_bytes = gateway.run("calendar", "--year", "2020", "--ics").encode()
    assert all(len(line) <= 75 for line in gateway_bytes.split(b"\n"))
    unfolded = gateway_bytes.decode().replace("\n ", "")
    events = [dict(line.split(":", 1) for line in event.splitlines() if ":" in line)
              for event in unfolded.split("BEGIN:VEVENT\n")[1:]]
    deadline = next(event for event in events if event["UID"] == "KH-6T-2020@nhacviec")
    assert deadline["DTSTART;VALUE=DATE"] == "20200610"
    assert deadline["CATEGORIES"] == "DEADLINE" and "DTSTAMP" in deadline
    assert len({event["UID"] for event in events}) == len(events)
    gateway.finish()
