"""Owns: who is answered how: silence, strangers, help, machines; what the office does about it."""

from gateway import MINUTE, PLAN, RECIPIENTS

TRA_LINH = "+84900000003"
STRANGER = "+84900000991"


def begin(rehearsal, moment="2020-05-27T10:00", **options):
    gateway = rehearsal(**options)
    gateway.begin()
    gateway.until(moment)
    return gateway


def say(gateway, number, text):
    """The answers that come back within a minute."""
    before = len(gateway.inbox(number))
    gateway.say(number, text)
    gateway.advance(MINUTE)
    return gateway.inbox(number)[before:]


def test_help_follows_what_can_be_texted_now(rehearsal):
    gateway = begin(rehearsal)
    answer, = say(gateway, TRA_LINH, "TG")
    assert "BC 6T <so>" in answer and "HUY" not in answer and len(answer) <= 160
    say(gateway, TRA_LINH, "BC 6T 45/BC-UBND")
    answer, = say(gateway, TRA_LINH, "TG")
    assert "BC TK10 <so>" in answer and "HUY" in answer and len(answer) <= 160
    gateway.finish()


def test_status_tells_of_the_claim_that_waits_for_its_paper(rehearsal):
    gateway = begin(rehearsal)
    say(gateway, TRA_LINH, "BC 6T 45/BC-UBND")
    answer, = say(gateway, TRA_LINH, "TT")
    assert answer.startswith("Con thieu ") and len(answer) <= 160
    assert "6T so 45/BC-UBND" in answer or "6T" not in answer, "all of it or nothing"
    gateway.finish()


def test_plain_letters_are_answered_in_plain_letters(rehearsal):
    gateway = begin(rehearsal)
    assert say(gateway, TRA_LINH, "HUY") == \
        ["Khong co gi de huy. Can xem con thieu bao cao nao thi nhan: TT"]
    gateway.finish()


def test_diacritics_are_answered_with_diacritics_when_they_are_free(rehearsal):
    gateway = begin(rehearsal)
    assert say(gateway, TRA_LINH, "HỦY") == \
        ["Không có gì để hủy. Cần xem còn thiếu báo cáo nào thì nhắn: TT"]
    answer, = say(gateway, TRA_LINH, "Đã gửi BC 6T số 45/BC-UBND")
    assert answer.startswith("Da ghi: bao cao 6 thang"), "more than 70 letters"
    gateway.finish()


def test_a_stranger_is_answered_once(rehearsal):
    gateway = begin(rehearsal)
    assert len(say(gateway, STRANGER, "Cho hoi")) == 1
    assert say(gateway, STRANGER, "Co ai khong") == []
    gateway.until("2020-06-01T10:00")
    assert say(gateway, STRANGER, "Cho hoi") == []
    assert gateway.value("SELECT count(*) FROM inbound") == 3
    assert STRANGER in gateway.run("tasks")
    gateway.finish()


def test_strangers_are_not_answered_where_the_office_says_so(rehearsal):
    gateway = begin(rehearsal, config="sending:\n  strangers: never\n")
    assert say(gateway, STRANGER, "Cho hoi") == []
    assert STRANGER in gateway.run("tasks")
    gateway.finish()


def test_a_machine_that_repeats_itself_is_left_to_a_person(rehearsal):
    gateway = begin(rehearsal)
    answers = [say(gateway, TRA_LINH, "TT") for _ in range(5)]
    assert [len(answer) for answer in answers] == [1, 1, 1, 0, 0]
    assert gateway.value("SELECT count(*) FROM task WHERE kind = 'answers-alike'") == 1
    assert say(gateway, TRA_LINH, "TG") != []
    gateway.finish()


def test_texts_past_the_hours_answers_still_count(rehearsal):
    gateway = begin(rehearsal, config="sending:\n  hourly_answers: 2\n")
    assert len(say(gateway, TRA_LINH, "TT")) == 1
    assert len(say(gateway, TRA_LINH, "TG")) == 1
    assert say(gateway, TRA_LINH, "BC 6T 45/BC-UBND") == []
    assert gateway.board()["6T", "TT-TRA-LINH"] == ("claimed", "", "45/BC-UBND")
    assert gateway.value("SELECT count(*) FROM task WHERE kind = 'answers-capped'") == 1
    gateway.finish()


def test_short_codes_and_names_are_stored_and_not_answered(rehearsal):
    gateway = begin(rehearsal)
    for sender in ("9029", "VIETTEL"):
        gateway.say(sender, "TT")
        gateway.advance(MINUTE)
    assert gateway.value("SELECT count(*) FROM inbound WHERE settled_as = 'ignored'") == 2
    assert gateway.value("SELECT count(*) FROM message WHERE purpose = 0") == 0
    gateway.finish()


def test_a_number_that_does_not_exist_is_listed_and_resumed(rehearsal):
    gateway = begin(rehearsal)
    assert "Every number" in gateway.run("resume")
    gateway.fault("cms", "1")
    gateway.send("Thu mot tin")
    gateway.advance(5 * MINUTE)
    assert TRA_LINH in gateway.run("resume")
    gateway.run("resume", "--number", "0900000003")
    assert "Every number" in gateway.run("resume")
    gateway.finish(errors_allowed=["."])


def test_silence_is_whole_where_no_report_is_a_duty(rehearsal):
    gateway = rehearsal()
    changed = gateway.place / "plan.yaml"
    plan = open(PLAN, encoding="utf-8").read()
    changed.write_text("duty: voluntary\n" + plan, encoding="utf-8")
    gateway.start_daemon()
    gateway.run("import", "--yes", RECIPIENTS)
    gateway.run("import", "--yes", changed)
    gateway.run("start", "TK-2020")
    gateway.until("2020-05-27T10:00")
    answer, = say(gateway, TRA_LINH, "DUNG TIN")
    assert "se khong nhan cho so nay nua" in answer
    before = len(gateway.inbox(TRA_LINH))
    gateway.until("2020-06-30T08:00")
    assert len(gateway.inbox(TRA_LINH)) == before, "not even a last call"
    assert len(say(gateway, TRA_LINH, "NHAN TIN")) == 1
    gateway.finish()
