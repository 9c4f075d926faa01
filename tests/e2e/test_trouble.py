"""Owns: trouble around the gateway: devices, PINs, signals, outages, a second daemon, bad files."""

import os
import signal
import sqlite3
import subprocess

from gateway import DAY, HOUR, MINUTE, NHACVIEC, PLAN, RECIPIENTS

TRA_LINH = "+84900000003"
HELLO = "Xin chao"


def begin(rehearsal, **options):
    gateway = rehearsal(**{"start": "2020-05-14T08:00", **options})
    gateway.begin(start=False)
    return gateway


def wait_for_log(gateway, words):
    gateway.wait_until(lambda: words in gateway.daemon_text(), words)


# ── the modem ────────────────────────────────────────────────────────────────────────────────────

def test_a_missing_device_is_waited_for(rehearsal):
    gateway = rehearsal(start="2020-05-14T08:00")
    gateway.request("unplug", "virtual1")
    gateway.begin(start=False)
    wait_for_log(gateway, "health=down")
    gateway.send(HELLO)
    gateway.advance(MINUTE)
    assert gateway.submits() == []
    gateway.request("replug", "virtual1")
    gateway.advance(10 * MINUTE)
    assert gateway.inbox(TRA_LINH) == [HELLO]
    gateway.finish()


def test_a_modem_may_be_unplugged_and_plugged_in(rehearsal):
    gateway = begin(rehearsal)
    gateway.send(HELLO)
    gateway.advance(MINUTE)
    gateway.request("unplug", "virtual1")
    gateway.send("Tin thu hai")
    gateway.advance(5 * MINUTE)
    gateway.request("replug", "virtual1")
    gateway.advance(HOUR)
    assert gateway.inbox(TRA_LINH) == [HELLO, "Tin thu hai"]
    gateway.finish()


def test_a_modem_process_that_is_killed_is_replaced(rehearsal):
    gateway = begin(rehearsal)
    gateway.send(HELLO)
    gateway.advance(MINUTE)
    first, = gateway.modem_processes()
    os.kill(first, signal.SIGKILL)
    gateway.send("Tin thu hai")
    gateway.advance(10 * MINUTE)
    assert gateway.inbox(TRA_LINH) == [HELLO, "Tin thu hai"]
    assert gateway.modem_processes() not in ([], [first])
    gateway.finish()


def test_the_right_pin_opens_the_sim(rehearsal, tmp_path):
    (tmp_path / "pin").write_text("1234\n")
    (tmp_path / "pin").chmod(0o600)
    gateway = begin(rehearsal, modem=",pin=1234", modem_config=f"    pin: file:{tmp_path}/pin\n")
    gateway.send(HELLO)
    gateway.advance(10 * MINUTE)
    assert gateway.inbox(TRA_LINH) == [HELLO]
    assert [event["right"] for event in gateway.log("pin")] == ["1"]
    gateway.finish()


def test_a_wrong_pin_is_tried_once_only(rehearsal, tmp_path):
    pin = tmp_path / "pin"
    pin.write_text("0000\n")
    pin.chmod(0o600)
    gateway = begin(rehearsal, modem=",pin=1234", modem_config=f"    pin: file:{pin}\n")
    wait_for_log(gateway, "health=halted")
    gateway.advance(DAY)
    gateway.stop_daemon()
    gateway.start_daemon()
    gateway.advance(DAY)
    assert [event["right"] for event in gateway.log("pin")] == ["0"]
    assert gateway.value("SELECT count(*) FROM task WHERE kind = 'pin-refused'") == 1
    gateway.stop_daemon()
    pin.write_text("1234\n")  # a new PIN may be tried
    gateway.start_daemon()
    gateway.advance(MINUTE)
    assert [event["right"] for event in gateway.log("pin")] == ["0", "1"]
    gateway.finish()


# ── the daemon ───────────────────────────────────────────────────────────────────────────────────

def test_a_second_daemon_is_refused(rehearsal):
    gateway = begin(rehearsal)
    second = subprocess.run([NHACVIEC, "serve"], env=gateway.environment, capture_output=True,
                            text=True, timeout=30)
    assert second.returncode not in (0, 99, -6, -11)
    assert len(second.stderr.splitlines()) == 1 and str(gateway.place) in second.stderr
    gateway.send(HELLO)
    gateway.advance(MINUTE)
    assert gateway.inbox(TRA_LINH) == [HELLO]
    gateway.finish()


def test_a_reload_with_a_bad_configuration_changes_nothing(rehearsal):
    gateway = begin(rehearsal)
    gateway.write_config("sending:\n  encodin: full\n")
    gateway.daemon.send_signal(signal.SIGHUP)
    wait_for_log(gateway, "daemon.reload-refused")
    gateway.write_config()
    gateway.send(HELLO)
    gateway.advance(MINUTE)
    assert gateway.submits()[0]["encoding"] == "0"
    gateway.finish(errors_allowed=["reload", "config"])


def test_a_reload_takes_what_may_change(rehearsal):
    gateway = begin(rehearsal)
    gateway.write_config("sending:\n  encoding: full\n")
    gateway.daemon.send_signal(signal.SIGHUP)
    wait_for_log(gateway, "daemon.reloaded")
    gateway.send("Chào đồng chí")
    gateway.advance(MINUTE)
    assert gateway.inbox(TRA_LINH) == ["Chào đồng chí"]
    gateway.finish()


def test_a_stop_finishes_the_text_in_flight_within_ten_seconds(rehearsal):
    gateway = begin(rehearsal, network=["--latency", 4000])
    gateway.request("speed", 1)
    gateway.send(HELLO)
    gateway.wait_until(lambda: gateway.submits(), "the submit")
    assert gateway.stop_daemon() < 10
    assert gateway.value("SELECT state FROM part") in ("sent", "delivered")
    assert len(gateway.submits()) == 1
    gateway.start_daemon()
    gateway.request("hold")
    gateway.advance(HOUR)
    assert gateway.parts(HELLO) == [("delivered", 1, 0)]
    gateway.finish()


def test_what_is_in_flight_when_the_daemon_is_killed_is_not_doubled(rehearsal):
    gateway = begin(rehearsal)
    gateway.send(HELLO)
    gateway.wait_until(lambda: gateway.submits(), "the submit")  # time stands: no verdict yet
    gateway.daemon.kill()
    gateway.daemon.wait()
    gateway.advance(MINUTE)
    gateway.start_daemon()
    gateway.advance(8 * HOUR)
    assert gateway.parts(HELLO) == [("delivered", 1, 0)]
    assert gateway.inbox(TRA_LINH) == [HELLO]
    gateway.finish()


# ── outages and pauses ───────────────────────────────────────────────────────────────────────────

def test_after_an_outage_only_the_latest_missed_step_goes_out(rehearsal):
    gateway = rehearsal()
    gateway.begin()
    gateway.until("2020-05-25T12:00")
    gateway.stop_daemon()
    gateway.until("2020-06-08T09:00")  # the announcement and the reminder are missed
    gateway.start_daemon()
    gateway.until("2020-06-08T18:00")
    assert len(gateway.inbox(TRA_LINH)) == 1 and "nhac bao cao" in gateway.inbox(TRA_LINH)[0]
    assert gateway.rows(
        "SELECT step, reason FROM notice JOIN obligation ON obligation.id = obligation_id"
        " JOIN unit ON unit.id = unit_id WHERE code = 'TT-TRA-LINH' AND report_code = '6T'"
        " ORDER BY step") == [("bao-truoc", "superseded"), ("nhac-lai", "catch-up")]
    gateway.finish()


def test_starting_in_mid_ladder_floods_nobody(rehearsal):
    gateway = rehearsal(start="2020-06-04T10:00")
    gateway.begin()
    gateway.until("2020-06-08T18:00")
    assert gateway.submits() == []
    gateway.until("2020-06-09T12:00")
    assert len(gateway.inbox(TRA_LINH)) == 1 and "LAN CUOI" in gateway.inbox(TRA_LINH)[0]
    gateway.finish()


def test_pause_holds_back_and_survives_a_restart(rehearsal):
    gateway = rehearsal()
    gateway.begin()
    gateway.until("2020-05-27T07:00")
    gateway.run("pause", "--all")
    gateway.stop_daemon()
    gateway.start_daemon()
    gateway.until("2020-05-27T10:00")
    assert gateway.submits() == []
    gateway.run("resume", "--all")
    gateway.until("2020-05-27T11:00")
    assert len(gateway.inbox(TRA_LINH)) == 1
    gateway.finish()


def test_a_paused_plan_sends_nothing(rehearsal):
    gateway = rehearsal()
    gateway.begin()
    gateway.until("2020-05-26T07:00")
    gateway.run("pause", "TK-2020")
    gateway.until("2020-05-27T10:00")
    assert gateway.submits() == []
    gateway.run("resume", "TK-2020")
    gateway.until("2020-05-27T16:00")
    assert len(gateway.inbox(TRA_LINH)) == 1
    gateway.finish()


def test_a_trial_reaches_only_the_named_phones(rehearsal):
    gateway = rehearsal(config="only_to: [0900000003]\n")
    gateway.begin()
    gateway.until("2020-05-28T08:00")
    assert {event["to"] for event in gateway.submits()} == {TRA_LINH}
    gateway.finish()


# ── bad files: one clear message, nothing changed ────────────────────────────────────────────────

def counts(gateway):
    return gateway.rows("SELECT (SELECT count(*) FROM unit), (SELECT count(*) FROM person),"
                        " (SELECT count(*) FROM plan_version), (SELECT count(*) FROM obligation)")


def test_bad_files_change_nothing_and_say_where(rehearsal, tmp_path):
    gateway = begin(rehearsal)
    before = counts(gateway)
    plan, people = PLAN.read_text(), RECIPIENTS.read_text()
    files = {
        "unknown-unit.csv": people.replace("PLDTBXH,CB003", "KHONG-CO,CB003"),
        "bad-phone.csv": people.replace("0900000003", "0123"),
        "unknown-placeholder.yaml": plan.replace("{last_day}, 16:30", "{last_dya}, 16:30"),
        "unknown-ladder.yaml": plan.replace("ladder: bao-cao", "ladder: khong-co", 1),
        "no-yaml.yaml": plan + "\n  - [",
        "empty.yaml": "",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text)
        said = gateway.run("import", "--yes", tmp_path / name, status=65)
        assert str(tmp_path / name) in said, (name, said)
        assert counts(gateway) == before, name
    gateway.run("import", "--yes", tmp_path / "there-is-no-such-file.yaml", status=66)
    gateway.finish()


def test_without_a_daemon_the_command_does_it_itself(rehearsal):
    gateway = rehearsal(start="2020-05-14T08:00")
    gateway.run("import", "--yes", RECIPIENTS)
    gateway.run("import", "--yes", PLAN)
    gateway.run("start", "TK-2020")
    gateway.run("claim", "TT-TRA-LINH", "6T", "--number", "9/BC-UBND")
    assert gateway.board()["6T", "TT-TRA-LINH"][0] == "claimed"
    gateway.start_daemon()
    gateway.until("2020-05-27T10:00")
    assert gateway.inbox(TRA_LINH) == []
    assert len(gateway.submits()) > 20
    gateway.finish()


def test_a_backup_while_running_is_whole(rehearsal, tmp_path):
    gateway = begin(rehearsal)
    gateway.run("backup", tmp_path / "copy.db")
    copy = sqlite3.connect(tmp_path / "copy.db")
    assert copy.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert copy.execute("SELECT count(*) FROM person").fetchone()[0] > 60
    copy.close()
    gateway.finish()


def test_a_text_that_cannot_be_stored_is_stored_later(rehearsal):
    gateway = begin(rehearsal)
    lock = sqlite3.connect(gateway.place / "nhacviec.db", isolation_level=None)
    lock.execute("BEGIN IMMEDIATE")  # nobody else can write, as on a full disk
    gateway.say(TRA_LINH, "BC 6T 12/BC-UBND")
    gateway.advance(MINUTE)
    wait_for_log(gateway, "inbox.not-stored")
    lock.execute("ROLLBACK")
    lock.close()
    gateway.advance(5 * MINUTE)
    assert gateway.value("SELECT count(*) FROM inbound") == 1
    assert gateway.log("deleted")
    gateway.finish(errors_allowed=["busy", "locked", "another program", "not-stored"])


def test_slips_of_the_pen_are_told_and_change_nothing(rehearsal):
    gateway = begin(rehearsal)
    assert "no plan NOPE" in gateway.run("board", "NOPE", status=66)
    assert "no report NOPE" in gateway.run("board", "--report", "NOPE", status=66)
    assert "blank" in gateway.run("send", "--to", "CB003", "  ", status=65)
    assert "chao ? ban" in gateway.run("send", "--to", "CB003", "chào 😀 bạn", status=65)
    assert "serve --help" in gateway.run("serve", "--nothing", status=64)
    assert gateway.value("SELECT count(*) FROM message") == 0
    gateway.finish()


def test_a_second_virtual_network_takes_nothing_from_the_first(rehearsal, tmp_path):
    gateway = begin(rehearsal)
    tty = os.readlink(gateway.tty)
    assert "Another" in gateway.run("virtual-modem", "--link", gateway.tty, "--socket",
                                    gateway.socket, status=71)
    assert os.readlink(gateway.tty) == tty and gateway.socket.exists()
    precious = tmp_path / "precious"
    precious.write_text("precious")
    gateway.run("virtual-modem", "--link", precious, status=71)
    assert precious.read_text() == "precious"
    gateway.finish()
