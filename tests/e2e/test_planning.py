"""Owns: planning through the real daemon: what recurs, and what the office is told in good time."""

from gateway import PLAN

LIST = """unit_code,unit_name,unit_kind,parent,person_code,person_name,post,phone,language
PHONG,Phòng LĐ-TB&XH,office,,P1,Bế Thị An,coordinator,0900000001,vi
DAM-THUY,Xã Đàm Thủy,commune,PHONG,P2,Hà Văn Bình,reporter,0900000002,vi
NGOC-CON,Xã Ngọc Côn,commune,PHONG,P3,Lý Thị Chi,reporter,0900000003,vi
"""

MONTHLY = """plan: THANG
name: Báo cáo tháng
owner: PHONG
office: P.LĐTBXH
calendar: {statutory: vietnam}
texts:
  nhac: "{office}: {report} của {unit} hạn hết ngày {deadline}. Gửi xong nhắn: BC {code}"
ladders:
  l:
    - {step: nhac, when: -2wd, at: 08:00, to: reporter, text: nhac}
reports:
  T:
    name: báo cáo tháng
    for: {kinds: [commune]}
    by: "FREQ=MONTHLY;BYMONTHDAY=15"
    from: 2020-06-01
    until: 2021-12-31
    day_off: later
    ladder: l
"""


def begin(rehearsal, **options):
    gateway = rehearsal(**{"start": "2020-05-14T08:00", **options})
    gateway.start_daemon()
    for name, text in (("list.csv", LIST), ("plan.yaml", MONTHLY)):
        (gateway.place / name).write_text(text, encoding="utf-8")
        gateway.run("import", "--yes", gateway.place / name)
    return gateway


def test_a_monthly_report_is_reminded_each_month_and_moves_off_days_off(rehearsal):
    gateway = begin(rehearsal, until="2021-02-28T18:00")
    gateway.run("start", "THANG")
    gateway.run_year()
    days = [text.split("het ngay ")[1].split(".")[0] for text in gateway.inbox("0900000002")]
    # 15 August and 15 November 2020 are a Saturday and a Sunday. Tết 2021, by the law alone, is 11
    # to 15 February, with two days more for its Saturday and Sunday.
    assert days == ["15/6", "15/7", "17/8", "15/9", "15/10", "16/11", "15/12", "15/1", "18/2"]
    # What lies ahead was opened day by day, 13 months far.
    assert gateway.value("SELECT count(*) FROM obligation WHERE retired_at IS NULL") == 2 * 19
    gateway.finish()


def test_a_missing_holiday_file_becomes_a_task_from_october(rehearsal):
    gateway = rehearsal(start="2020-09-29T08:00")
    holidays = gateway.place / "holidays"
    holidays.mkdir()
    (holidays / "vn-2020.ics").write_text(
        (PLAN.parents[1] / "holidays/vn-2020.ics").read_text(encoding="utf-8"), encoding="utf-8")
    gateway.write_config(f"holidays_dir: {holidays}\n")
    config = gateway.config.read_text(encoding="utf-8").split("\n")
    gateway.config.write_text("\n".join(
        line for line in config if not line.endswith("/config/holidays")), encoding="utf-8")
    gateway.start_daemon()
    plan = MONTHLY.replace("{statutory: vietnam}", "{holidays: [vn-2020]}")
    for name, text in (("list.csv", LIST), ("plan.yaml", plan)):
        (gateway.place / name).write_text(text, encoding="utf-8")
        gateway.run("import", "--yes", gateway.place / name)
    gateway.advance(24 * 3_600_000)
    assert "vn-2021" not in gateway.run("tasks")
    gateway.until("2020-10-02T08:00")
    assert gateway.run("tasks").count("vn-2021.ics") == 1
    gateway.finish()
