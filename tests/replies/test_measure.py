"""Tests of the measuring tool: counts, gates, what it refuses and what it keeps to itself. The
reader is a stand-in that answers by a table, so these say nothing about the reader."""

import json
import os
import pathlib
import subprocess

import pytest

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
MEASURE = HERE / "measure"

STAND_IN = """#!/usr/bin/python3
import json, pathlib, sys
here = pathlib.Path(__file__).parent
answers = json.loads((here / "answers.json").read_text())
with open(here / "calls", "a") as calls:
    calls.write(" ".join(sys.argv[1:]) + "\\n")
plain = {"intent": "unknown", "report": None, "document": None, "date": None, "unit": None,
         "confidence": 95, "evidence": "EVIDENCE"}
for line in sys.stdin:
    print(json.dumps({**plain, **answers.get(line.rstrip("\\n"), {})}))
"""

# By their hashes.
DEVELOPING = ["bc 6t 1", "bc 6t 2", "bc 6t 7"]
UNSEEN = ["bc 6t 3", "bc 6t 6", "bc 6t 14"]


def confirm(text, report="6T", document="-", unit="-", context=""):
    return f"{text}\tconfirm\t{report}\t{document}\t-\t{unit}\t{context}"


class Place:
    def __init__(self, folder):
        self.folder = folder
        self.program = folder / "nhacviec"
        self.program.write_text(STAND_IN)
        self.program.chmod(0o755)

    def run(self, lines, answers, *options):
        (self.folder / "texts.tsv").write_text("# a remark\n\n" + "\n".join(lines) + "\n")
        (self.folder / "answers.json").write_text(json.dumps(answers))
        return subprocess.run(
            [MEASURE, "--program", self.program, "--texts", self.folder, *options],
            capture_output=True, text=True, timeout=60, check=False)

    def calls(self):
        return (self.folder / "calls").read_text().splitlines()


@pytest.fixture
def place(tmp_path):
    return Place(tmp_path)


def row(done, name):
    """The two figures of a row: developing, unseen."""
    line = next(l for l in done.stdout.splitlines() if l.startswith(name))
    return line[len(name):].split()


SAID = {"intent": "confirm", "report": "6T"}


def test_texts_are_split_by_the_hash_of_what_they_fold_to(place):
    texts = DEVELOPING + UNSEEN
    done = place.run([confirm(t) for t in texts], {t: SAID for t in texts})
    assert row(done, "texts") == ["3", "3"]
    assert done.returncode == 0, done.stdout


def test_marks_and_case_do_not_move_a_text_to_the_other_part(place):
    text = "BC, 6T  Ế 1"
    done = place.run([confirm("bc 6t e 1")], {"bc 6t e 1": SAID})
    again = place.run([confirm(text)], {text: SAID})
    assert row(done, "texts") == row(again, "texts")


def test_a_false_confirm_closes_the_gate(place):
    done = place.run([f"{UNSEEN[0]}\tquestion\t-\t-\t-\t-"], {UNSEEN[0]: SAID})
    assert row(done, "false confirms") == ["0", "1"]
    assert done.returncode == 1
    assert "false confirms: 1" in done.stdout


def test_failures_of_the_developing_part_close_no_gate(place):
    lines = [f"{DEVELOPING[0]}\tquestion\t-\t-\t-\t-", confirm(UNSEEN[0])]
    done = place.run(lines, {DEVELOPING[0]: SAID, UNSEEN[0]: SAID})
    assert row(done, "false confirms") == ["1", "0"]
    assert done.returncode == 0


@pytest.mark.parametrize("label, got, wrong", [
    ("6T", {"report": "NAM"}, True),
    ("6T", {"report": "NAM", "confidence": 60}, True),
    ("6T", {"report": "ambiguous"}, False),
    ("6T", {"report": None}, False),
    ("ambiguous", {"report": "6T"}, True),
    ("ambiguous", {"report": "6T", "confidence": 89}, False),
    ("-", {"report": "6T"}, True),
    ("-", {"report": "ambiguous"}, False),
])
def test_a_wrong_report_is_ticked_only_when_one_is(place, label, got, wrong):
    done = place.run([confirm(UNSEEN[0], label)], {UNSEEN[0]: {"intent": "confirm", **got}})
    assert row(done, "wrong report ticked") == ["0", "1" if wrong else "0"]
    assert (done.returncode == 1) == wrong


@pytest.mark.parametrize("label, got, wrong", [
    ("Đình Phong", None, True),
    ("Đình Phong", "Xã Đình Phong", False),
    ("Đình Phong", "Xã Phong Châu", True),
    ("-", "Xã Đình Phong", True),
    ("Ngọc Côn", None, False),
])
def test_a_claim_for_another_unit_than_the_text_names_is_wrong(place, label, got, wrong):
    done = place.run([confirm(UNSEEN[0], unit=label)], {UNSEEN[0]: {**SAID, "unit": got}})
    assert row(done, "wrong unit ticked") == ["0", "1" if wrong else "0"]


def test_documents_are_right_missing_or_made_up(place):
    lines = [confirm(UNSEEN[0], document="45/BC-UBND"), confirm(UNSEEN[1], document="46"),
             confirm(UNSEEN[2])]
    answers = {UNSEEN[0]: {**SAID, "document": "45/BC-UBND"}, UNSEEN[1]: SAID,
               UNSEEN[2]: {**SAID, "document": "2020"}}
    done = place.run(lines, answers)
    assert row(done, "document exact %") == ["100.0", "50.0"]
    assert row(done, "phantom documents") == ["0", "1"]
    assert done.returncode == 1


def test_failures_are_listed_of_the_developing_part_alone(place):
    lines = [confirm(DEVELOPING[0]), confirm(UNSEEN[0])]
    done = place.run(lines, {}, "--failures")
    assert DEVELOPING[0] in done.stdout and "EVIDENCE" in done.stdout
    assert UNSEEN[0] not in done.stdout
    assert "missed confirm" in done.stdout
    assert DEVELOPING[0] not in place.run(lines, {}).stdout


def test_each_context_is_one_run_of_the_reader(place):
    lines = [confirm("bc 6t 1", context="open=6T"), confirm("bc 6t 2", context="open=6T"),
             confirm("bc 6t 3"), confirm("co a", context="event=Tập_huấn now=2026-07-01T08:00")]
    place.run(lines, {})
    calls = place.calls()
    assert len(calls) == 3
    assert "--now=2026-06-08T09:00 --open=6T" in calls[0]
    assert "--event=Tập huấn --now=2026-07-01T08:00" in calls[2]


@pytest.mark.parametrize("lines, why", [
    (["Đã gửi\tconfirm\t6T\t-\t-\t-", "da  GUI!\tquestion\t-\t-\t-\t-"], "after folding equal"),
    (["da gui\tconfirmed\t6T\t-\t-\t-"], "no intent"),
    (["da gui\tconfirm\t6T\t-\t-"], "columns"),
    (["da gui\tconfirm\t6T\t-\t8/6\t-"], "no day"),
    (["da gui\tconfirm\t6T\t-\t-\t-\twhen=now"], "context"),
])
def test_texts_that_cannot_measure_are_refused_at_their_line(place, lines, why):
    done = place.run(lines, {})
    assert done.returncode == 2
    assert why in done.stderr and "texts.tsv:" in done.stderr


def test_a_sample_is_measured_with_a_warning_but_a_lopsided_collection_is_refused(place):
    sample = place.run([confirm(f"bc {i}") for i in range(10)], {f"bc {i}": SAID for i in range(10)})
    assert sample.returncode == 0 and "warning: 10 texts" in sample.stderr
    many = place.run([confirm(f"bc {i}") for i in range(700)], {})
    assert many.returncode == 2
    assert "no confirmations" in many.stderr and "of intent not-yet" in many.stderr


def test_a_reader_that_breaks_off_is_told(place):
    place.program.write_text("#!/bin/sh\necho broken >&2; exit 3\n")
    done = place.run([confirm("bc 6t")], {})
    assert done.returncode == 2 and "broken" in done.stderr


def test_the_real_reader_is_asked_in_the_way_it_understands(tmp_path):
    build = os.environ.get("NHACVIEC_BUILD")
    if build is None:
        pytest.skip("no build is named")
    lines = [confirm("BC 6T 45/BC-UBND", document="45/BC-UBND"),
             "BC 6T\\n46/BC-UBND\tconfirm\t6T\t46/BC-UBND\t-\t-\topen=6T",
             "2\tconfirm\tNAM\t-\t-\t-\tasked=1:6T,2:NAM"]
    (tmp_path / "texts.tsv").write_text("\n".join(lines) + "\n")
    done = subprocess.run([MEASURE, "--program", ROOT / build / "nhacviec", "--texts", tmp_path],
                          capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
