"""Owns: conversations in the words that officials really use, through daemon and virtual modem."""

import unicodedata

import pytest

from gateway import MINUTE

TRA_LINH = "+84900000003"
TWO_UNITS = "+84900000025"
NGOC_CON = "+84900000022"
STRANGER = "+84900000991"


def begin(rehearsal, moment="2020-06-03T10:00"):
    gateway = rehearsal()
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


def test_from_reminder_to_question_to_choice_to_huy(rehearsal):
    gateway = begin(rehearsal)
    assert say(gateway, TRA_LINH, "da gui roi a").startswith("Bao cao nao? Nhan mot so: 1 6T")
    assert gateway.board()["6T", "TT-TRA-LINH"][0] == "open", "nothing is ticked by guessing"
    assert say(gateway, TRA_LINH, "so 1 a") == \
        "Da ghi: bao cao 6 thang, Thi tran Tra Linh. Sai? Nhan HUY"
    assert gateway.board()["6T", "TT-TRA-LINH"][0] == "claimed"
    assert say(gateway, TRA_LINH, "em nhan nham, chua gui dau").startswith("Huy bao cao nao?")
    assert say(gateway, TRA_LINH, "HUY").startswith("Da huy: bao cao 6 thang")
    assert gateway.board()["6T", "TT-TRA-LINH"][0] == "open"
    gateway.until("2020-06-09T15:00")
    assert any("bao cao 6 thang" in text for text in gateway.inbox(TRA_LINH)[-2:])
    gateway.finish()


@pytest.mark.parametrize("text", [
    "ddax guwir bc 6 thangs",
    "d9a4 gu7i3 bc 6 tha1ng",
    "đa gưi bao cao 6 thang roi a",
    unicodedata.normalize("NFD", "Đã gửi báo cáo 6 tháng"),
    "\u00ae\u00b7 g\u00f6i b\u00b8o c\u00b8o 6 th\u00b8ng",
    "e gui bc 6t r nhe",
])
def test_letters_of_every_kind_are_read(rehearsal, text):
    gateway = begin(rehearsal)
    assert "6 th" in say(gateway, TRA_LINH, text)
    assert gateway.board()["6T", "TT-TRA-LINH"][0] == "claimed"
    gateway.finish()


@pytest.mark.parametrize("text", [
    "mai em gui bc 6t", "bc 6t gui chua?", "chua gui bc 6t", "neu ky xong thi gui bc 6t",
    "da gui bc quy 2", "T6 em gui", "hinh nhu gui bc 6t roi", "6 thang nua em gui bc",
])
def test_what_must_never_tick_a_box_does_not(rehearsal, text):
    gateway = begin(rehearsal)
    say(gateway, TRA_LINH, text)
    assert gateway.value("SELECT count(*) FROM obligation WHERE state = 'claimed'") == 0
    gateway.finish()


def test_both_things_that_a_text_says_are_acted_on(rehearsal):
    gateway = begin(rehearsal)
    answer = say(gateway, TRA_LINH, "6t gui roi, nam chua")
    assert "Da ghi" in answer and "chua xong" in answer
    assert gateway.board()["6T", "TT-TRA-LINH"][0] == "claimed"
    assert gateway.board()["NAM", "TT-TRA-LINH"][0] == "open"
    gateway.finish()


def test_who_speaks_for_another_commune_ticks_nothing(rehearsal):
    gateway = begin(rehearsal)
    answer = say(gateway, TRA_LINH, "thay mat xa Dinh Phong nop bc 6t so 12/BC-UBND")
    assert answer.startswith("Chua ghi gi. Viec cua Xa Dinh Phong da chuyen")
    assert gateway.value("SELECT count(*) FROM obligation WHERE state = 'claimed'") == 0
    assert gateway.value("SELECT count(*) FROM task WHERE kind = 'proxy-claim'") == 1
    gateway.finish()


def test_figures_are_read_back_and_shown(rehearsal):
    gateway = begin(rehearsal)
    answer = say(gateway, TRA_LINH, "bc 6t 45/BC-UBND, 3 lop 120 nguoi")
    assert answer == "Da ghi: bao cao 6 thang, Thi tran Tra Linh, so 45/BC-UBND, so lop 3, " \
        "so nguoi 120. Sai? Nhan HUY"
    gateway.finish()


def test_a_stranger_registers_and_a_reporter_lets_them_in(rehearsal):
    gateway = begin(rehearsal)
    assert say(gateway, STRANGER, "DK NGOC-CON").startswith("Da ghi dang ky")
    number = gateway.value("SELECT number FROM registration WHERE state = 'pending'")
    assert f"DK {STRANGER}" in say(gateway, NGOC_CON, f"DUYET {number}")
    assert gateway.inbox(STRANGER)[-1].endswith("Tro giup nhan: TG")
    assert say(gateway, STRANGER, "da gui bc 6t").startswith("Da ghi: bao cao 6 thang")
    assert gateway.board()["6T", "NGOC-CON"][0] == "claimed"
    gateway.finish()


def test_a_wrong_number_gets_no_more_reminders(rehearsal):
    gateway = begin(rehearsal)
    assert say(gateway, TWO_UNITS, "nham so roi").startswith("Cam on da bao")
    assert gateway.value("SELECT count(*) FROM task WHERE kind = 'wrong-number'") == 1
    before = len(gateway.inbox(TWO_UNITS))
    gateway.until("2020-06-09T16:00")
    assert len(gateway.inbox(TWO_UNITS)) == before
    gateway.finish()


def test_each_report_of_a_text_gets_its_own_number(rehearsal):
    gateway = begin(rehearsal)
    say(gateway, TRA_LINH, "BC 6T 45/BC-UBND. BC NAM 46/BC-UBND")
    board = gateway.board()
    assert board["6T", "TT-TRA-LINH"][2] == "45/BC-UBND"
    assert board["NAM", "TT-TRA-LINH"][2] == "46/BC-UBND"
    gateway.finish()


def test_one_verb_for_two_reports_ticks_both(rehearsal):
    gateway = begin(rehearsal)
    say(gateway, TRA_LINH, "6t va nam gui roi")
    board = gateway.board()
    assert [board[code, "TT-TRA-LINH"][0] for code in ("6T", "NAM")] == ["claimed"] * 2
    gateway.finish()


@pytest.mark.parametrize("text", [
    "6t gui roi, nam mai gui", "6t gui roi, nam chua", "chua gui nam, 6t gui roi"])
def test_one_sent_and_one_not(rehearsal, text):
    gateway = begin(rehearsal)
    say(gateway, TRA_LINH, text)
    board = gateway.board()
    assert [board[code, "TT-TRA-LINH"][0] for code in ("6T", "NAM")] == ["claimed", "open"]
    gateway.finish()


@pytest.mark.parametrize("text", [
    "sua lai so 55/BC-UBND", "nham, so 55/BC-UBND moi dung", "BC 6T 55/BC-UBND"])
def test_a_number_is_corrected_in_own_words(rehearsal, text):
    gateway = begin(rehearsal)
    say(gateway, TRA_LINH, "BC 6T 45/BC-UBND")
    assert say(gateway, TRA_LINH, text).startswith("Da sua: bao cao 6 thang")
    assert gateway.board()["6T", "TT-TRA-LINH"][2] == "55/BC-UBND"
    gateway.finish()


@pytest.mark.parametrize("answer", ["Dinh Phong", "xã đình phong ạ", "cái thứ 2 ạ", "2 nhe"])
def test_the_choice_is_named_in_own_words(rehearsal, answer):
    gateway = begin(rehearsal)
    question = say(gateway, TWO_UNITS, "BC 6T 45/BC-UBND")
    assert "1 6T" in question and question.index("Phong Nam") < question.index("Dinh Phong")
    say(gateway, TWO_UNITS, answer)
    board = gateway.board()
    assert [board["6T", unit][0] for unit in ("PHONG-NAM", "DINH-PHONG")] == ["open", "claimed"]
    gateway.finish()


def test_huy_is_about_the_question_when_that_was_last(rehearsal):
    gateway = begin(rehearsal)
    say(gateway, TRA_LINH, "BC 6T 45/BC-UBND")
    gateway.advance(MINUTE)
    assert "Nhan mot so" in say(gateway, TRA_LINH, "xin lui den 15/10")
    assert say(gateway, TRA_LINH, "HUY").startswith("Da bo tin vua hoi")
    assert gateway.board()["6T", "TT-TRA-LINH"][0] == "claimed"
    assert say(gateway, TRA_LINH, "1") is not None
    assert gateway.value("SELECT count(*) FROM obligation WHERE state = 'claimed'") == 1
    gateway.finish()


def test_a_claim_that_was_asked_about_is_not_lost(rehearsal):
    gateway = begin(rehearsal)
    say(gateway, TWO_UNITS, "BC 6T 45/BC-UBND")
    say(gateway, TWO_UNITS, "mai em gui bc nam")
    assert gateway.value("SELECT count(*) FROM task WHERE kind = 'question-replaced'") + \
        gateway.value("SELECT count(*) FROM question WHERE closed_at IS NULL"
                      " AND document_number = '45/BC-UBND'") == 1
    gateway.finish()


def test_who_wants_texts_again_gets_them(rehearsal):
    gateway = begin(rehearsal)
    say(gateway, TRA_LINH, "nham so roi")
    say(gateway, TRA_LINH, "NHAN TIN")
    before = len(gateway.inbox(TRA_LINH))
    gateway.until("2020-06-09T17:00")
    assert len(gateway.inbox(TRA_LINH)) > before
    gateway.finish()


def test_a_phone_that_answers_by_itself_is_not_answered(rehearsal):
    gateway = begin(rehearsal)
    assert say(gateway, TRA_LINH, "Xin loi, toi dang lai xe, toi se goi lai sau.") is None
    gateway.finish()
