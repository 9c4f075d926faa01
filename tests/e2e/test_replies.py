"""Owns: texts that come in, and what the ledger and the sender learn of them."""

from gateway import HOUR, MINUTE, SECOND

TRA_LINH = "+84900000003"
TWO_UNITS = "+84900000025"


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


def test_a_claim_is_recorded_and_repeated_back(rehearsal):
    gateway = begin(rehearsal)
    answer = say(gateway, TRA_LINH, "BC 6T 45/BC-UBND")
    assert answer.startswith("Da ghi: bao cao 6 thang, Thi tran Tra Linh") and "45/BC-UBND" in answer
    assert gateway.board()["6T", "TT-TRA-LINH"] == ("claimed", "", "45/BC-UBND")
    gateway.until("2020-07-01T08:00")
    assert [text for text in gateway.inbox(TRA_LINH) if "6 thang cua" in text] == \
        gateway.inbox(TRA_LINH)[:1], "who has answered is reminded no more"
    gateway.finish()


def test_huy_undoes_the_claim(rehearsal):
    gateway = begin(rehearsal)
    say(gateway, TRA_LINH, "BC 6T 45/BC-UBND")
    assert say(gateway, TRA_LINH, "HUY").startswith("Da huy")
    assert gateway.board()["6T", "TT-TRA-LINH"] == ("open", "", "")
    gateway.until("2020-06-03T10:00")
    assert "nhac bao cao 6 thang" in gateway.inbox(TRA_LINH)[-1], "it is reminded of again"
    gateway.finish()


def test_an_ambiguous_claim_asks_and_one_answers(rehearsal):
    gateway = begin(rehearsal)
    question = say(gateway, TWO_UNITS, "BC 6T 45/BC-UBND")
    assert question.startswith("Bao cao nao?") and "1 " in question and "2 " in question
    assert gateway.board()["6T", "PHONG-NAM"][0] == "open"
    assert gateway.board()["6T", "DINH-PHONG"][0] == "open"
    assert say(gateway, TWO_UNITS, "9") is not None
    assert say(gateway, TWO_UNITS, "2").startswith("Da ghi")
    states = sorted(gateway.board()["6T", unit][0] for unit in ("PHONG-NAM", "DINH-PHONG"))
    assert states == ["claimed", "open"]
    gateway.finish()


def test_a_bare_1_without_a_question_claims_nothing(rehearsal):
    gateway = begin(rehearsal)
    say(gateway, TRA_LINH, "1")
    assert gateway.board()["6T", "TT-TRA-LINH"][0] == "open"
    gateway.finish()


def test_an_open_question_outlives_the_daemon(rehearsal):
    gateway = begin(rehearsal)
    say(gateway, TWO_UNITS, "BC 6T 45/BC-UBND")
    gateway.stop_daemon()
    gateway.start_daemon()
    assert say(gateway, TWO_UNITS, "1").startswith("Da ghi")
    gateway.finish()


def test_words_that_deny_claim_nothing(rehearsal):
    gateway = begin(rehearsal)
    for text in ("Chua gui BC 6T", "mai em gui BC 6T", "BC 6T gui chua?", "xin lui BC 6T den 12/6",
                 "Nhan tin nhan nay gui 9029"):
        say(gateway, TRA_LINH, text)
        assert gateway.board()["6T", "TT-TRA-LINH"][0] == "open", text
    gateway.finish()


def test_a_unit_whose_name_sounds_like_a_word_can_claim(rehearsal):
    gateway = begin(rehearsal)  # "dinh" is also "định", "nam" is also a report
    assert say(gateway, TWO_UNITS, "BC 6T Dinh Phong 7/BC-UBND").startswith("Da ghi")
    assert say(gateway, TWO_UNITS, "BC 6T Phong Nam 8/BC-UBND").startswith("Da ghi")
    assert gateway.board()["6T", "DINH-PHONG"][2] == "7/BC-UBND"
    assert gateway.board()["6T", "PHONG-NAM"][2] == "8/BC-UBND"
    gateway.finish()


def test_a_long_text_in_parts_is_joined(rehearsal):
    gateway = begin(rehearsal)
    text = ("Kính gửi Phòng, Thị trấn Trà Lĩnh xin hỏi: báo cáo 6 tháng đầu năm về bình đẳng giới"
            " gửi theo mẫu nào ạ? Chúng em đã có số liệu của các xóm.")
    say(gateway, TRA_LINH, text)
    assert gateway.rows("SELECT text FROM inbound") == [(text,)]
    assert gateway.value("SELECT count(*) FROM inbound_part") > 1
    gateway.finish()


def test_an_indication_twice_or_never_is_one_text(rehearsal):
    gateway = begin(rehearsal)
    gateway.fault("duplicate-indication")
    say(gateway, TRA_LINH, "TT")
    assert gateway.value("SELECT count(*) FROM inbound") == 1
    gateway.fault("no-indication")
    gateway.say("+84900000005", "TT")
    gateway.advance(HOUR)
    gateway.say("+84900000008", "TT")  # whoever is announced brings the other along
    gateway.advance(HOUR)
    assert gateway.value("SELECT count(*) FROM inbound") == 3
    gateway.finish()


def test_services_are_never_answered(rehearsal):
    gateway = begin(rehearsal)
    before = len(gateway.submits())
    gateway.say("VIETTEL", "[QC] Dang ky goi 4G, BC 6T 1/BC-UBND soan gui 191")
    gateway.say("191", "Tai khoan cua quy khach sap het tien")
    gateway.advance(5 * MINUTE)
    assert gateway.value("SELECT count(*) FROM inbound") == 2
    assert len(gateway.submits()) == before
    gateway.finish()


def test_a_stranger_changes_nothing(rehearsal):
    gateway = begin(rehearsal)
    say(gateway, "+84900000991", "BC 6T 45/BC-UBND")
    assert {state for state, _, _ in gateway.board().values()} == {"open"}
    gateway.finish()


def test_texts_that_came_while_the_gateway_was_away_are_read(rehearsal):
    gateway = begin(rehearsal, modem=",slots=3")
    gateway.stop_daemon()
    for i in range(8):  # more than the SIM holds
        gateway.say(TRA_LINH, f"Tin thu {i}")
        gateway.advance(SECOND)
    gateway.start_daemon()
    gateway.advance(5 * MINUTE)
    assert gateway.value("SELECT count(*) FROM inbound") == 8
    assert "stored=0" in gateway.request("stats")
    gateway.finish()


def test_opting_out_leaves_the_last_call(rehearsal):
    gateway = begin(rehearsal)
    assert say(gateway, TRA_LINH, "DUNG TIN") is not None
    before = len(gateway.inbox(TRA_LINH))
    gateway.until("2020-06-30T08:00")
    after = gateway.inbox(TRA_LINH)[before:]
    assert len(after) == 1 and "LAN CUOI" in after[0]
    gateway.finish()


def test_the_letters_on_the_way_in_may_be_anything(rehearsal):
    gateway = begin(rehearsal)
    for text in ("😀" * 30, "{office} %s %n", "'; DROP TABLE inbound; --", "\u200b", "BC " * 300,
                 "0" * 500, "Ơ" * 200):
        gateway.say(TRA_LINH, text)
        gateway.advance(MINUTE)
    assert gateway.value("SELECT count(*) FROM inbound WHERE settled_at IS NULL") == 0
    gateway.finish()
