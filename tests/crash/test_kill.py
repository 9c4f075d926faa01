"""Owns: the kill test: daemon and modem process die by SIGKILL, many times, over the demo year.

The virtual network survives every kill and its log is the oracle. At the end nothing may be lost,
nothing may have gone out twice except parts whose answer was lost with a killed process, and the
board must be the one of the undisturbed year. NHACVIEC_SEED repeats a run.
"""

import collections
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "e2e"))
from gateway import NHACVIEC, OFFICIALS, Rehearsal  # noqa: E402
from test_year import expected_board  # noqa: E402

KILLS = 36


def make(**options):
    return Rehearsal(tempfile.mkdtemp(prefix="nhacviec-"), **options)


def end(gateway):
    gateway.close()
    shutil.rmtree(gateway.place, ignore_errors=True)


def notices(gateway):
    """What the year owes: (report, unit, step, person) of each notice that has a message, and
    whether that message reached the network."""
    return {row[:4]: row[4] for row in gateway.rows(
        "SELECT report_code, unit.code, step, person.code, max(submissions) FROM notice"
        " JOIN obligation ON obligation.id = obligation_id JOIN unit ON unit.id = unit_id"
        " JOIN message_notice ON notice_id = notice.id"
        " JOIN part ON part.message_id = message_notice.message_id"
        " JOIN person ON person.id = notice.person_id"
        " GROUP BY 1, 2, 3, 4")}


def undisturbed():
    gateway = make(script=OFFICIALS)
    try:
        gateway.begin()
        gateway.run_year()
        found = notices(gateway), len(gateway.log())
        gateway.finish()
        return found
    finally:
        end(gateway)


def count_lines(path):
    with open(path, "rb") as file:
        return sum(1 for _ in file)


def wait_for_line(gateway, line, year):
    """Until the network's log has so many lines; False when the year ends before."""
    while count_lines(gateway.log_file) < line:
        if year.poll() is not None:
            return False
        time.sleep(0.001)
    return True


def kill_one(gateway, chance):
    """Kills the daemon, its modem process, or both; starts the daemon again at once."""
    victim = chance.choice(["daemon", "daemon", "modem", "modem", "both"])
    modems = gateway.modem_processes()
    if victim != "daemon":
        for process in modems:
            try:
                os.kill(process, signal.SIGKILL)
            except ProcessLookupError:
                pass
    if victim != "modem" or not modems:
        gateway.daemon.kill()
        gateway.daemon.wait()
        gateway.start_daemon()
    return victim


def test_nothing_is_lost_or_doubled_by_kills():
    seed = int(os.environ.get("NHACVIEC_SEED", random.SystemRandom().randrange(10 ** 6)))
    print(f"NHACVIEC_SEED={seed}")
    chance = random.Random(seed)
    owed, lines = undisturbed()

    gateway = make(script=OFFICIALS)
    try:
        gateway.begin()
        year = subprocess.Popen([NHACVIEC, "handset", "--request", "wait-done"],
                                env=gateway.environment, stdout=subprocess.DEVNULL)
        gateway.request("step")
        kills = collections.Counter()
        # Moments by lines of the log, since the network's log is where something happens.
        for line in sorted(chance.sample(range(10, int(lines * 0.97)), KILLS)):
            if not wait_for_line(gateway, line, year):
                break
            time.sleep(chance.uniform(0, 0.004))
            kills[kill_one(gateway, chance)] += 1
        assert year.wait(240) == 0
        assert sum(kills.values()) >= 30, kills

        submits = collections.Counter((e["to"], e["text"]) for e in gateway.submits())
        once = collections.Counter()
        for address, text in gateway.rows(
                "SELECT address, text FROM part JOIN message ON message.id = message_id"
                " WHERE submissions > 0"):
            once[address, text] += 1
        doubled = sum((submits - once).values())
        resent = gateway.value("SELECT sum(resent) FROM part")
        unknown = gateway.value("SELECT count(*) FROM attempt WHERE what = 'unknown'")
        print(f"kills {dict(kills)}; parts unknown {unknown}, sent again {resent},"
              f" doubled on the network {doubled}")
        assert doubled <= resent, "doubled only where the answer was lost"
        assert resent < sum(kills.values())

        got = notices(gateway)
        lost = [key for key, submissions in owed.items()
                if submissions and not got.get(key)]
        assert lost == []
        states = {row[:2]: row[2] for row in gateway.rows(
            "SELECT state, reason, count(*) FROM message WHERE state NOT IN"
            " ('delivered', 'cancelled') GROUP BY 1, 2")}
        # A text that was killed twice on its way has used up its one repetition: the office is
        # told by a task, which is as much as anybody can do without sending it a third time.
        given_up = states.pop(("failed", "unknown-twice"), 0)
        print(f"given up after two kills on one text, told to the office: {given_up}")
        assert given_up <= 2 and given_up == gateway.value(
            "SELECT count(*) FROM task WHERE kind = 'message-failed'")
        assert set(states) <= {("failed", "answer-unknown")}, states

        # An answer is never repeated: an official whose question was lost with a killed process
        # never answered it. No other difference is allowed.
        asked_in_vain = {row[0] for row in gateway.rows(
            "SELECT unit.code FROM message JOIN person ON person.phone = address"
            " JOIN post ON post.person_id = person.id JOIN unit ON unit.id = post.unit_id"
            " WHERE state = 'failed'")}
        print(f"answers lost: {sum(states.values())}")
        assert sum(states.values()) < sum(kills.values())
        shown, expected = gateway.board(), expected_board()
        assert shown.keys() == expected.keys()
        assert {key: value for key, value in shown.items()
                if expected[key] != value and key[1] not in asked_in_vain} == {}

        gateway.stop_daemon()
        gateway.check_witness(may_be_missing=sum(kills.values()))
        gateway.check_daemon_log(errors_allowed=[r"gsm\.", r"modem"])
    finally:
        end(gateway)
