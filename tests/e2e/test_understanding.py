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
