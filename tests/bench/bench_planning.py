"""Owns: `make bench-planning`: what planning costs, and how that grows with size.

    tests/bench/bench_planning.py BUILD_DIR [--open N …] [--communes N …] [--reports N]

1. A tick of the scheduler (bench_tick, the real scheduler on the real store) with N open obligations
   over a year, of which 0, 100 and 10,000 are due.
2. A district-year simulated: the demo plan.
3. A country simulated: a plan of ten reports for each number of communes, everybody answering in
   his way.

Prints operations a second, peak memory, and how both grow from one size to the next: 1.0 is linear
in the size, 0.0 does not grow with it.
"""

import argparse
import datetime
import math
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
DEMO = (ROOT / "config/plans/trung-khanh-2020.yaml", ROOT / "config/recipients/trung-khanh-2020.csv",
        ROOT / "config/rehearsal/trung-khanh-2020.officials")
ZONE = datetime.timezone(datetime.timedelta(hours=7))
YEAR = datetime.date(2021, 1, 20)  # the first deadline of the country's year
DAY = 86_400_000
LOOK_EVERY = 0.01  # seconds


def find_tick():
    """08:00 of a Tuesday soon: what lies far back is not made by an import any more."""
    day = datetime.datetime.now(ZONE).date() + datetime.timedelta(days=30)
    day += datetime.timedelta(days=(1 - day.weekday()) % 7)
    return datetime.datetime(day.year, day.month, day.day, 8, tzinfo=ZONE)


TICK = find_tick()

PLAN_HEAD = """plan: NUOC-2021
name: Ca nuoc 2021
owner: BO
office: Bo LDTBXH
calendar:
  zone: Asia/Ho_Chi_Minh
  working_days: [mon, tue, wed, thu, fri]
  send_window: [07:30-11:30, 13:30-16:30]
  quiet_hours: 21:00-07:00
  end_of_work: 16:30
texts:
  nhac: "{office}: {report} cua {unit} han truoc {deadline}. Gui xong nhan: BC {code} <so BC>."
ladders:
  bao-cao:
    - {step: bao-truoc, when: -14d, at: 08:00, to: reporter, text: nhac}
    - {step: nhac-lai, when: -5wd, at: 08:00, to: reporter, text: nhac}
    - {step: lan-cuoi, when: -1wd, at: 08:00, to: reporter, text: nhac, last_call: true}
    - {step: qua-han, when: +1wd, at: 08:00, to: reporter, text: nhac}
    - {step: lanh-dao, when: +3wd, at: 08:00, to: leader, text: nhac}
reports:
"""


def milliseconds(moment):
    return int(moment.timestamp() * 1000)


def write_recipients(path, communes):
    with open(path, "w", encoding="utf-8") as file:
        file.write("unit_code,unit_name,unit_kind,parent,person_code,person_name,post,phone,"
                   "language\nBO,Bo chu tri,office,,P0,Tong Hop,coordinator,0900000001,vi\n")
        for i in range(1, communes + 1):
            for code, post in (("A", "reporter"), ("B", "leader")):
                number = 10_000_000 + 2 * i + (code == "B")
                file.write(f"XA{i},Xa {i},commune,BO,{code}{i},Can Bo {i},{post},09{number},vi\n")


def write_plan(path, reports, start, first=None):
    """Deadlines are spread over 330 days from `start`; report 1 is due on `first` when given."""
    with open(path, "w", encoding="utf-8") as file:
        file.write(PLAN_HEAD)
        for k in range(reports):
            day = start + datetime.timedelta(days=k * 330 // reports)
            before = first if first and k == 0 else day
            file.write(f"  R{k + 1}:\n    name: bao cao so {k + 1}\n    words: [so {k + 1}]\n"
                       f"    for: {{kinds: [commune]}}\n    before: {before}\n"
                       f"    ladder: bao-cao\n")


def peak_kb(process):
    """The most memory a process has had until now. (What wait4 tells contains the memory of this
    program, from which it was forked.)"""
    try:
        with open(f"/proc/{process.pid}/status", encoding="utf-8") as file:
            return next((int(line.split()[1]) for line in file if line.startswith("VmHWM")), 0)
    except OSError:
        return 0


class Place:
    def __init__(self, build):
        self.build, self.path = build, pathlib.Path(tempfile.mkdtemp(prefix="nhacviec-bench-"))
        self.config = self.path / "nhacviec.yaml"
        self.config.write_text(
            f"state_dir: {self.path}\ntexts_dir: {ROOT}/config/texts\n"
            f"holidays_dir: {ROOT}/config/holidays\nlanguage: vi\n"
            "sending:\n  daily_brake: 100\nmoney:\n  monthly_cap: 0\n"
            f"modems:\n  - name: modem1\n    device: {self.path}/modem\n", encoding="utf-8")

    def run(self, *arguments, out=subprocess.DEVNULL):
        """(seconds, peak memory in KB) of one command."""
        began = time.monotonic()
        process = subprocess.Popen([self.build / "nhacviec", "--config", self.config,
                                    *map(str, arguments)], stdout=out, stderr=subprocess.PIPE)
        memory = 0
        while process.poll() is None:
            memory = max(memory, peak_kb(process))
            try:
                process.wait(LOOK_EVERY)
            except subprocess.TimeoutExpired:
                continue
        seconds = time.monotonic() - began
        if process.returncode != 0:
            sys.exit(f"{arguments}: {process.stderr.read().decode()}")
        process.stderr.close()
        return seconds, memory

    def remove(self):
        shutil.rmtree(self.path, ignore_errors=True)


def growth(pairs):
    """The exponent between one size and the next: [(size, cost)] → texts."""
    for (size, cost), (larger, more) in zip(pairs, pairs[1:]):
        yield f"×{larger / size:.0f} → ×{more / cost:.2f} (exponent " \
              f"{math.log(max(more, 1e-9) / max(cost, 1e-9)) / math.log(larger / size):.2f})"


# ── 1. a tick ────────────────────────────────────────────────────────────────────────────────────


def make_open(place, count):
    """A database of `count` open obligations whose wake-ups lie over the year after TICK."""
    units, reports = 10_000, max(1, count // 10_000)
    write_recipients(place.path / "r.csv", units)
    first = TICK.date() + datetime.timedelta(days=14)  # its first step is due at TICK
    write_plan(place.path / "p.yaml", reports, TICK.date() + datetime.timedelta(days=20), first)
    place.run("import", "--yes", place.path / "r.csv")
    place.run("import", "--yes", place.path / "p.yaml")
    database = sqlite3.connect(place.path / "nhacviec.db")
    now = milliseconds(TICK)
    database.execute("UPDATE plan SET state = 'running', started = ?", (now - 90 * DAY,))
    database.execute("UPDATE obligation SET wake_at = ? + abs(random()) % ?",
                     (now + DAY, 364 * DAY))
    database.execute("UPDATE obligation SET wake_at = ? WHERE report_code = 'R1'", (now + DAY,))
    database.commit()
    found = database.execute("SELECT count(*) FROM obligation WHERE state = 'open'").fetchone()[0]
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    return found


def tick(place, due):
    """(seconds, texts, KB) of one tick with `due` obligations of R1 due, on a copy."""
    copy = place.path / "copy.db"
    shutil.copyfile(place.path / "nhacviec.db", copy)
    database = sqlite3.connect(copy)
    database.execute(
        "UPDATE obligation SET wake_at = ? WHERE id IN (SELECT id FROM obligation"
        " WHERE report_code = 'R1' ORDER BY id LIMIT ?)", (milliseconds(TICK), due))
    database.commit()
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    done = subprocess.run(
        [place.build / "bench_tick", copy, ROOT / "config/holidays", str(milliseconds(TICK)),
         "1000" if due == 0 else "1"], capture_output=True, text=True, check=True)
    database = sqlite3.connect(copy)
    queued = database.execute("SELECT count(*) FROM message").fetchone()[0]
    database.close()
    for suffix in ("", "-wal", "-shm", ".lock"):
        pathlib.Path(f"{copy}{suffix}").unlink(missing_ok=True)
    seconds, _, memory = done.stdout.split()
    return float(seconds), queued, int(memory)


def bench_ticks(build, sizes):
    print("A tick of the scheduler")
    costs = {due: [] for due in (0, 100, 10_000)}
    for size in sizes:
        place = Place(build)
        found = make_open(place, size)
        for due, list_ in costs.items():
            seconds, queued, memory = tick(place, due)
            list_.append((found, seconds))
            rate = f"{due / seconds:9,.0f} obligations/s" if due else f"{1 / seconds:9,.0f} ticks/s"
            print(f"  {found:9,} open  {due:6,} due  {seconds * 1000:10.3f} ms  {rate}"
                  f"  {queued:6,} texts  {memory / 1024:6.1f} MB")
        place.remove()
    for due, list_ in costs.items():
        for line in growth(list_):
            print(f"  what is open {line} at {due:,} due")
    for line in growth([(due, list_[-1][1]) for due, list_ in costs.items() if due]):
        print(f"  what is due {line} at {costs[0][-1][0]:,} open")


# ── 2. and 3. simulations ────────────────────────────────────────────────────────────────────────


def simulate(place, plan, recipients, first, last, *answers):
    out = place.path / "out.json"
    with open(out, "wb") as file:
        seconds, memory = place.run("simulate", "--plan", plan, "--recipients", recipients,
                                    "--from", first, "--to", last, *answers, "--format", "json",
                                    out=file)
    with open(out, "rb") as file:
        texts = sum(b'"segments":0' not in line for line in file)
    return seconds, texts, memory


def show(name, seconds, texts, memory):
    print(f"  {name:24}{seconds:9.2f} s  {texts:9,} texts  {texts / seconds:9,.0f} texts/s"
          f"  {memory / 1024:7.1f} MB", flush=True)


def bench_district(build):
    print("A district-year simulated")
    place = Place(build)
    show("the demo year", *simulate(place, DEMO[0], DEMO[1], "2020-05-14T07:00", "2021-05-13",
                                    "--answers", DEMO[2]))
    show("nobody answers", *simulate(place, DEMO[0], DEMO[1], "2020-01-01", "2020-12-31"))
    place.remove()


def bench_country(build, sizes, reports):
    print(f"A country-year simulated, {reports} reports for each commune")
    times, memories = [], []
    for communes in sizes:
        place = Place(build)
        write_recipients(place.path / "r.csv", communes)
        write_plan(place.path / "p.yaml", reports, YEAR)
        seconds, texts, memory = simulate(place, place.path / "p.yaml", place.path / "r.csv",
                                          "2021-01-01", "2021-12-31", "--answer-model", "mixed:1")
        show(f"{communes:,} communes", seconds, texts, memory)
        times.append((communes, seconds))
        memories.append((communes, memory))
        place.remove()
    for line in growth(times):
        print(f"  time: communes {line}")
    for line in growth(memories):
        print(f"  memory: communes {line}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build", type=lambda text: pathlib.Path(text).resolve())
    parser.add_argument("--open", type=int, nargs="*", default=[100_000, 1_000_000])
    parser.add_argument("--communes", type=int, nargs="*", default=[106, 1060, 10600])
    parser.add_argument("--reports", type=int, default=10)
    choices = parser.parse_args()
    bench_district(choices.build)
    if choices.open:
        bench_ticks(choices.build, choices.open)
    bench_country(choices.build, choices.communes, choices.reports)


if __name__ == "__main__":
    main()
