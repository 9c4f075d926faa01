"""Owns: conversations of several texts on what was sent: doubts, corrections, HUY, papers."""

from gateway import MINUTE

TRA_LINH = "+84900000003"
TRUNG_KHANH = "+84900000005"
TRI_PHUONG = "+84900000008"


def begin(rehearsal, moment="2020-05-27T10:00", **options):
    gateway = rehearsal(**options)
    gateway.begin()
    gateway.until(moment)
    return gateway


def say(gateway, number, text):
    """The answer that comes back within a minute, or None."""
    before = len(gateway.inbox(number))
    gateway.say(number, text)
    gateway.advance(MINUTE)
    answers = gateway.inbox(number)[before:]
    assert len(answers) <= 1, answers
    return answers[0] if answers else None


def open_tasks(gateway, kind):
    return gateway.rows("SELECT text FROM task WHERE kind = ? AND closed IS NULL ORDER BY id", kind)


def test_a_doubtful_number_is_asked_about_recorded_and_undone(rehearsal):
    gateway = begin(rehearsal)
    assert say(gateway, TRA_LINH, "BC 6T 45/BC-UBND").startswith("Da ghi")
    assert say(gateway, TRUNG_KHANH, "BC 6T 45/BC-UBND") == \
        "So 45/BC-UBND trung cua Thi tran Tra Linh. Dung so nay? Nhan 1 dung, 2 sai"
    assert gateway.board()["6T", "TT-TRUNG-KHANH"][0] == "open"
    gateway.stop_daemon()  # the question is durable
    gateway.start_daemon()
    assert say(gateway, TRUNG_KHANH, "1") == \
        "Da ghi: bao cao 6 thang, Thi tran Trung Khanh, so 45/BC-UBND. Sai? Nhan HUY"
    assert gateway.board()["6T", "TT-TRUNG-KHANH"] == ("claimed", "", "45/BC-UBND")
    assert say(gateway, TRUNG_KHANH, "HUY").startswith("Da huy")
    assert gateway.board()["6T", "TT-TRUNG-KHANH"] == ("open", "", "")
    assert gateway.board()["6T", "TT-TRA-LINH"] == ("claimed", "", "45/BC-UBND")
    assert gateway.value("SELECT count(*) FROM preference WHERE name = 'opted-out'") == 0
    gateway.finish()


def test_a_wrong_number_is_given_anew(rehearsal):
    gateway = begin(rehearsal)
    say(gateway, TRA_LINH, "BC 6T 45/BC-UBND")
    assert "Dung so nay?" in say(gateway, TRUNG_KHANH, "BC 6T 45/BC-UBND")
    assert say(gateway, TRUNG_KHANH, "2") == \
        "Chua ghi 6T, Thi tran Trung Khanh. Xin nhan lai kem so dung: BC 6T <so>"
    assert gateway.board()["6T", "TT-TRUNG-KHANH"] == ("open", "", "")
    assert say(gateway, TRUNG_KHANH, "BC 6T 54/BC-UBND").startswith("Da ghi")
    assert gateway.board()["6T", "TT-TRUNG-KHANH"] == ("claimed", "", "54/BC-UBND")
    gateway.finish()


def test_who_says_the_same_again_means_it(rehearsal):
    gateway = begin(rehearsal)
    say(gateway, TRA_LINH, "BC 6T 45/BC-UBND")
    assert "Dung so nay?" in say(gateway, TRUNG_KHANH, "BC 6T 45/BC-UBND")
    assert say(gateway, TRUNG_KHANH, "BC 6T 45/BC-UBND").startswith("Da ghi")
    assert gateway.value("SELECT count(*) FROM question WHERE closed_at IS NULL") == 0
    gateway.finish()


def test_a_symbol_of_others_and_a_lower_number_are_asked_about(rehearsal):
    gateway = begin(rehearsal)
    assert say(gateway, TRA_LINH, "BC 6T 45/BC-PVHTT") == \
        "So 45/BC-PVHTT co phai cua Thi tran Tra Linh? Nhan 1 dung, 2 sai"
    assert say(gateway, TRA_LINH, "BC 6T 45/BC-UBND").startswith("Da ghi")
    assert say(gateway, TRA_LINH, "BC NAM 44/BC-UBND") == \
        "So 44/BC-UBND nho hon so 45/BC-UBND da bao truoc. Dung so nay? Nhan 1 dung, 2 sai"
    assert gateway.board()["NAM", "TT-TRA-LINH"][0] == "open"
    assert say(gateway, TRA_LINH, "BC NAM 46/BC-UBND").startswith("Da ghi")
    gateway.finish()


def test_huy_drops_the_doubt_and_not_the_claim_before_it(rehearsal):
    gateway = begin(rehearsal)
    say(gateway, TRA_LINH, "BC 6T 45/BC-UBND")
    assert "Dung so nay?" in say(gateway, TRA_LINH, "BC NAM 44/BC-UBND")
    assert say(gateway, TRA_LINH, "HUY").startswith("Chua ghi NAM")
    assert gateway.board()["6T", "TT-TRA-LINH"] == ("claimed", "", "45/BC-UBND")
    assert say(gateway, TRA_LINH, "HUY").startswith("Da huy: bao cao 6 thang")
    gateway.finish()


def test_both_reports_of_one_number_are_asked_about_together(rehearsal):
    gateway = begin(rehearsal)
    two_units = "+84900000025"
    assert say(gateway, two_units, "BC 6T 45/BC-UBND").startswith("Bao cao nao?")
    answer = say(gateway, two_units, "ca 2")
    assert answer.count("Da ghi") == 2 and answer.count("Sai? Nhan HUY") == 1
    states = {gateway.board()["6T", unit][0] for unit in ("PHONG-NAM", "DINH-PHONG")}
    assert states == {"claimed"}
    assert say(gateway, two_units, "HUY").count("Da huy") == 2
    gateway.finish()


def test_an_unanswered_doubt_becomes_a_task(rehearsal):
    gateway = begin(rehearsal)
    say(gateway, TRA_LINH, "BC 6T 45/BC-UBND")
    say(gateway, TRUNG_KHANH, "BC 6T 45/BC-UBND")
    gateway.until("2020-05-29T10:30")
    assert len(open_tasks(gateway, "question-unanswered")) == 1
    assert gateway.board()["6T", "TT-TRUNG-KHANH"][0] == "open"
    gateway.finish()


def test_a_correction_keeps_the_first_moment_and_both_numbers(rehearsal):
    gateway = begin(rehearsal)
    say(gateway, TRI_PHUONG, "BC 6T 45/BC-UBND")
    first = gateway.value("SELECT claimed_at FROM obligation WHERE document_number = ?",
                          "45/BC-UBND")
    gateway.until("2020-05-28T09:00")
    assert say(gateway, TRI_PHUONG, "BC 6T 54/BC-UBND").startswith("Da sua")
    assert gateway.rows("SELECT claimed_at FROM obligation WHERE document_number = ?",
                        "54/BC-UBND") == [(first,)]
    assert gateway.rows("SELECT action, document_number FROM ledger ORDER BY id") == \
        [("claim", "45/BC-UBND"), ("correct", "54/BC-UBND")]
    gateway.finish()


def test_what_the_office_holds_is_said_to_be_there(rehearsal):
    gateway = begin(rehearsal)
    say(gateway, TRI_PHUONG, "BC 6T 45/BC-UBND")
    gateway.run("receive", "TRI-PHUONG", "6T")
    answer = say(gateway, TRI_PHUONG, "BC 6T 45/BC-UBND")
    assert "da nhan ban giay bao cao 6 thang, Xa Tri Phuong, so 45/BC-UBND" in answer
    assert gateway.board()["6T", "TRI-PHUONG"][0] == "received"
    gateway.finish()


def test_the_office_is_asked_once_for_a_paper_that_does_not_come(rehearsal):
    gateway = begin(rehearsal)  # a Wednesday
    say(gateway, TRI_PHUONG, "BC 6T 45/BC-UBND")
    say(gateway, TRA_LINH, "BC 6T 12/BC-UBND")
    gateway.until("2020-06-03T17:00")  # the fifth working day is not over
    assert open_tasks(gateway, "paper-not-received") == []
    gateway.until("2020-06-04T08:00")
    assert open_tasks(gateway, "paper-not-received") == [
        ("6T 2020 Xã Tri Phương, 45/BC-UBND",), ("6T 2020 Thị trấn Trà Lĩnh, 12/BC-UBND",)]
    gateway.run("receive", "TRI-PHUONG", "6T")
    assert open_tasks(gateway, "paper-not-received") == [("6T 2020 Thị trấn Trà Lĩnh, 12/BC-UBND",)]
    gateway.until("2020-06-12T08:00")
    assert gateway.value("SELECT count(*) FROM task WHERE kind = 'paper-not-received'") == 2
    gateway.finish()
