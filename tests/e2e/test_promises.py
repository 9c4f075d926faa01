"""Owns: promises and requests for more time, from the official's text to the next reminder."""

from gateway import MINUTE, PLAN
from test_replies import TRA_LINH, TWO_UNITS, begin, say

COORDINATOR = "+84900000001"


def about_6t(gateway, number=TRA_LINH):
    return [text for text in gateway.inbox(number) if "6 thang cua" in text]


def deadline(gateway, unit="TT-TRA-LINH"):
    return gateway.rows(
        "SELECT deadline_version, named FROM obligation JOIN unit ON unit.id = unit_id"
        " WHERE report_code = '6T' AND unit.code = ?", unit)[0]


def test_a_promise_silences_until_its_day_is_over_then_one_nudge_quotes_it(rehearsal):
    gateway = begin(rehearsal)
    answer = say(gateway, TRA_LINH, "Thứ 5 tuần sau em nộp BC 6T ạ")
    assert answer.startswith("Da ghi: bao cao 6 thang, Thi tran Tra Linh hen gui thu Nam 4/6"), answer
    gateway.until("2020-06-04T23:00")
    assert len(about_6t(gateway)) == 1, "only the first reminder, before the promise"
    assert ("promised",) in gateway.rows("SELECT reason FROM notice WHERE step = 'nhac-lai'")
    gateway.until("2020-06-05T12:00")
    nudge = about_6t(gateway)[1:]
    assert len(nudge) == 1 and "hen gui bao cao 6 thang cua Thi tran Tra Linh thu Nam 4/6" in nudge[0]
    gateway.until("2020-06-09T12:00")
    assert "LAN CUOI" in about_6t(gateway)[2], "the last call is not silenced any more"
    gateway.finish()


def test_a_claim_ends_the_promise(rehearsal):
    gateway = begin(rehearsal)
    say(gateway, TRA_LINH, "4/6 em gửi")
    gateway.until("2020-06-02T10:00")
    assert say(gateway, TRA_LINH, "BC 6T 45/BC-UBND").startswith("Da ghi")
    gateway.until("2020-06-20T10:00")
    assert len(about_6t(gateway)) == 1
    gateway.finish()


def test_huy_takes_the_promise_back_and_reminders_go_on(rehearsal):
    gateway = begin(rehearsal)
    say(gateway, TRA_LINH, "4/6 em gửi")
    assert say(gateway, TRA_LINH, "HUY").startswith("Da huy ngay hen")
    gateway.until("2020-06-03T10:00")
    assert "nhac bao cao 6 thang" in about_6t(gateway)[-1]
    gateway.finish()


def test_a_promise_about_two_units_asks_and_outlives_the_daemon(rehearsal):
    gateway = begin(rehearsal)
    question = say(gateway, TWO_UNITS, "mai gửi")
    assert question.startswith("Hen thu Nam 28/5 gui bao cao nao?") and "2 6T" in question
    gateway.stop_daemon()
    gateway.start_daemon()
    answer = say(gateway, TWO_UNITS, "2")
    assert "hen gui thu Nam 28/5" in answer
    assert gateway.value("SELECT count(*) FROM obligation WHERE promised_day IS NOT NULL") == 1
    gateway.finish()


def test_a_vague_day_is_asked_for_and_a_day_answers(rehearsal):
    gateway = begin(rehearsal)
    assert "ngay nao?" in say(gateway, TRA_LINH, "tuần sau em nộp bc 6t")
    assert "hen gui thu Tu 3/6" in say(gateway, TRA_LINH, "3/6")
    gateway.finish()


def test_a_question_is_no_promise(rehearsal):
    gateway = begin(rehearsal)
    for text in ("mai gửi được không?", "gửi chưa", "hôm nay chưa gửi được", "mai không gửi được"):
        say(gateway, TRA_LINH, text)
    assert gateway.value("SELECT count(*) FROM obligation WHERE promised_day IS NOT NULL") == 0
    gateway.finish()


def test_more_time_is_asked_for_approved_and_moves_the_deadline(rehearsal):
    gateway = begin(rehearsal, "2020-06-04T10:00")
    assert "xin lui den thu Sau 12/6" in say(gateway, TRA_LINH, "Xin lùi BC 6T đến 12/6")
    asked = gateway.inbox(COORDINATOR)[-1]
    assert asked.endswith("Nhan: DUYET 1 hoac KHONG 1") and "Tra Linh" in asked
    before = deadline(gateway)
    assert say(gateway, COORDINATOR, "DUYET 1").startswith("Da duyet lui han: 1 6T")
    assert deadline(gateway) == (before[0] + 1, before[1] + 3)
    assert "duoc lui bao cao 6 thang, Thi tran Tra Linh den het thu Sau 12/6" in \
        gateway.inbox(TRA_LINH)[-1]
    assert gateway.value("SELECT count(*) FROM deadline JOIN obligation ON obligation.id ="
                         " obligation_id WHERE version = 1 AND obligation.deadline_version = 2") == 1
    assert say(gateway, COORDINATOR, "DUYET").startswith("Khong co de nghi")
    gateway.until("2020-06-11T20:00")
    assert not any("LAN CUOI" in text or "qua han" in text for text in about_6t(gateway))
    gateway.until("2020-06-12T12:00")
    assert "LAN CUOI" in about_6t(gateway)[-1]
    gateway.finish()


def test_a_refused_request_leaves_the_deadline(rehearsal):
    gateway = begin(rehearsal, "2020-06-04T10:00")
    say(gateway, TRA_LINH, "Xin lùi BC 6T đến 12/6")
    before = deadline(gateway)
    assert say(gateway, COORDINATOR, "không 1").startswith("Đã từ chối lùi hạn: 1 6T")
    assert "khong lui han" in gateway.inbox(TRA_LINH)[-1]
    assert deadline(gateway) == before
    gateway.finish()


def test_who_is_no_approver_is_not_obeyed(rehearsal):
    gateway = begin(rehearsal, "2020-06-04T10:00")
    say(gateway, TRA_LINH, "Xin lùi BC 6T đến 12/6")
    before = deadline(gateway)
    say(gateway, TRA_LINH, "DUYET 1")
    say(gateway, TWO_UNITS, "duyet het")
    assert deadline(gateway) == before
    assert gateway.value("SELECT count(*) FROM task WHERE kind = 'not-approver'") == 2
    gateway.finish()


def test_a_request_nobody_decides_lapses_to_a_task(rehearsal):
    gateway = begin(rehearsal, "2020-06-04T10:00")
    say(gateway, TRA_LINH, "Xin lùi BC 6T đến 12/6")
    gateway.until("2020-06-09T23:00")
    assert gateway.value("SELECT state FROM extension_request") == "pending"
    gateway.until("2020-06-10T00:30")
    assert gateway.value("SELECT state FROM extension_request") == "lapsed"
    assert "extension-lapsed" in [row[0] for row in gateway.rows("SELECT kind FROM task")]
    gateway.finish()


def test_the_office_enters_what_officials_say_by_telephone(rehearsal):
    gateway = begin(rehearsal)
    assert "4/6/2020" in gateway.run("promise", "TT-TRA-LINH", "6T", "2020-06-04")
    gateway.run("promise", "--undo", "TT-TRA-LINH", "6T")
    assert gateway.value("SELECT count(*) FROM obligation WHERE promised_day IS NOT NULL") == 0
    before = deadline(gateway)
    gateway.run("extend", "TT-TRA-LINH", "6T", "2020-06-12")
    assert deadline(gateway) == (before[0] + 1, before[1] + 3)
    assert "Nothing to change" in gateway.run("import", PLAN)  # the same plan takes nothing back
    assert deadline(gateway) == (before[0] + 1, before[1] + 3)
    assert "gone by" in gateway.run("extend", "TT-TRA-LINH", "6T", "2020-05-01", status=65)
    assert "right?" in gateway.run("extend", "TT-TRA-LINH", "6T", "2099-06-12", status=65)
    assert "extend" in gateway.run("promise", "TT-TRA-LINH", "6T", "2020-07-12", status=65)
    gateway.run("extend", "TT-TRA-LINH", "6T", "2020-06-09")
    assert deadline(gateway) == (before[0] + 2, before[1]), "undone by another version"
    gateway.run("waive", "TT-TRA-LINH", "6T")
    assert gateway.board()["6T", "TT-TRA-LINH"][0] == "waived"
    gateway.run("reopen", "TT-TRA-LINH", "6T")
    assert gateway.board()["6T", "TT-TRA-LINH"][0] == "open"
    assert "31" in gateway.run("promise", "TT-TRA-LINH", "6T", "2020-06-31", status=65)
    actions = [row[0] for row in gateway.rows("SELECT action FROM audit ORDER BY id")]
    for action in ("promise", "unpromise", "extend", "waive", "reopen"):
        assert action in actions
    gateway.finish()


def test_the_office_decides_by_command_with_or_without_a_daemon(rehearsal):
    gateway = begin(rehearsal, "2020-06-04T10:00")
    say(gateway, TRA_LINH, "Xin lùi BC 6T đến 12/6")
    assert "Trà Lĩnh" in gateway.run("approve") and "12/6" in gateway.run("refuse")
    gateway.run("approve", "7", status=66)
    gateway.run("refuse", "1")
    gateway.advance(MINUTE)
    assert "khong lui han" in gateway.inbox(TRA_LINH)[-1]
    say(gateway, TRA_LINH, "Xin lùi BC 6T đến 15/6")
    gateway.stop_daemon()
    gateway.run("approve", "2")  # "1" may still be answered to the first text
    assert deadline(gateway)[0] == 2
    gateway.start_daemon()
    gateway.advance(MINUTE)
    assert "duoc lui" in gateway.inbox(TRA_LINH)[-1]
    gateway.finish()
