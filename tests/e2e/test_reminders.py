"""Owns: reminders end to end: shared texts, repetition, digests, groups, ways after a failure."""

from gateway import MINUTE, PLAN, RECIPIENTS

TRA_LINH = "+84900000003"
NGOC_CON, NGOC_CON_DEPUTY = "+84900000022", "+84900000023"
LEADER_OF_TWO = "+84900000011"
COORDINATOR = "+84900000001"


def begin(rehearsal, start="2020-10-01T07:00", **options):
    gateway = rehearsal(start=start, **options)
    gateway.begin()
    return gateway


def begin_with_plan(rehearsal, changes, **options):
    """The shipped plan with some of its words replaced."""
    gateway = rehearsal(**options)
    plan = open(PLAN, encoding="utf-8").read()
    for old, new in changes:
        assert old in plan, old
        plan = plan.replace(old, new)
    changed = gateway.place / "plan.yaml"
    changed.write_text(plan, encoding="utf-8")
    gateway.start_daemon()
    gateway.run("import", "--yes", RECIPIENTS)
    gateway.run("import", "--yes", changed)
    gateway.run("start", "TK-2020")
    return gateway


def test_reminders_of_one_morning_share_a_text(rehearsal):
    gateway = begin(rehearsal)
    gateway.until("2020-10-08T09:00")
    text = "".join(gateway.inbox(TRA_LINH)[1:])  # perhaps in two parts
    assert text.count("P.LDTBXH") == 1
    assert "tong ket 10 nam cua Thi tran Tra Linh (TK10)" in text
    assert "tong ket 5 nam cua Thi tran Tra Linh (TK5)" in text
    assert gateway.value("SELECT min(notice.reason) FROM notice JOIN message_notice ON notice_id = notice.id"
                         " JOIN message ON message.id = message_id WHERE address = ?"
                         " GROUP BY message_id HAVING count(*) > 1", TRA_LINH) == "merged"
    assert "shares a text with another" in gateway.run("why", "CB003", "TK5")
    gateway.finish()


def test_who_answers_while_the_text_waits_hears_only_of_the_rest(rehearsal):
    gateway = begin(rehearsal)
    gateway.until("2020-10-08T07:50")
    gateway.run("pause", "--all")
    gateway.until("2020-10-08T08:30")
    gateway.say(TRA_LINH, "BC TK10 5/BC-UBND")
    gateway.advance(MINUTE)
    gateway.run("resume", "--all")
    gateway.advance(20 * MINUTE)
    reminders = [text for text in gateway.inbox(TRA_LINH)[1:] if "cham nhat" in text]
    assert len(reminders) == 1 and "tong ket 5 nam" in reminders[0], reminders
    assert "tong ket 10 nam" not in reminders[0]
    gateway.finish()


def test_undoing_a_claim_brings_the_reminder_back(rehearsal):
    gateway = begin(rehearsal, start="2020-06-01T07:00")
    gateway.until("2020-06-09T07:45")  # the morning is decided, nothing of it has left
    before = gateway.inbox(TRA_LINH)
    gateway.say(TRA_LINH, "BC 6T 45/BC-UBND")
    gateway.until("2020-06-09T09:00")
    assert [text for text in gateway.inbox(TRA_LINH) if "LAN CUOI" in text] == []
    gateway.say(TRA_LINH, "HUY")
    gateway.advance(10 * MINUTE)
    assert "LAN CUOI" in gateway.inbox(TRA_LINH)[-1], gateway.inbox(TRA_LINH)[len(before):]
    gateway.finish()


def test_a_number_that_does_not_exist_leaves_it_to_the_deputy(rehearsal):
    gateway = begin(rehearsal, config="only_to: [0900000022, 0900000023]\n")
    gateway.fault("cms", "1")
    gateway.until("2020-10-01T09:00")
    assert gateway.inbox(NGOC_CON) == []
    texts = gateway.inbox(NGOC_CON_DEPUTY)
    assert len(texts) == 1 and "tong ket 10 nam cua Xa Ngoc Con" in texts[0]
    assert gateway.value("SELECT count(*) FROM message_notice WHERE rung = 1") == 1
    assert "to the deputy" in gateway.run("why", "NGOC-CON", "TK10")
    gateway.until("2020-10-08T09:00")  # from now on at once, without trying the dead number
    assert len(gateway.inbox(NGOC_CON_DEPUTY)) == 2
    gateway.finish()


def test_a_repeated_step_comes_again_until_the_report_does(rehearsal):
    gateway = begin_with_plan(
        rehearsal, [("when: +1wd, at: 08:00, to: reporter, text: qua-han}",
                     "when: +1wd, at: 08:00, to: reporter, text: qua-han, every: 1wd, times: 5}")],
        start="2020-06-10T07:00")
    gateway.until("2020-06-12T09:00")
    overdue = [text for text in gateway.inbox(TRA_LINH) if "chua nhan" in text]
    assert len(overdue) == 2
    gateway.say(TRA_LINH, "BC 6T 45/BC-UBND")
    gateway.until("2020-06-19T09:00")
    assert len([text for text in gateway.inbox(TRA_LINH) if "chua nhan" in text]) == 2
    assert len([text for text in gateway.inbox(NGOC_CON) if "chua nhan" in text]) == 5
    gateway.finish()


def test_one_chief_of_two_units_gets_one_digest_and_so_does_the_office(rehearsal):
    gateway = begin(rehearsal, start="2020-06-12T07:00")
    gateway.until("2020-06-15T09:00")
    assert gateway.inbox(LEADER_OF_TWO) == [
        "P.LDTBXH Trung Khanh: kinh bao bao cao 6 thang qua han 10/6, thieu Xa Quang Han, Xa Quang"
        " Trung"]
    assert [text for text in gateway.inbox(COORDINATOR) if "thieu 33" in text] == []
    gateway.until("2020-06-16T09:00")
    texts = [text for text in gateway.inbox(COORDINATOR) if "qua han 10/6, thieu 33: " in text]
    assert len(texts) == 1 and "(+" in texts[0]
    gateway.finish()


def test_a_group_and_the_parent_unit_are_spoken_to(rehearsal):
    gateway = begin_with_plan(
        rehearsal,
        [("ladders:\n  bao-cao:", "groups:\n  VAN-PHONG: {people: [CB001]}\nladders:\n  bao-cao:"),
         ("  tong-hop: \"", "  gop: \"{office}: {count} đơn vị quá hạn {report}: {list}\"\n  tong-hop: \""),
         ("    - {step: lanh-dao, when: +3wd, at: 08:00, to: leader, text: bao-lanh-dao,"
          " digest: bao-lanh-dao-gop}\n"
          "    - {step: van-phong, when: +4wd, at: 08:30, to: coordinator, text: bao-van-phong,"
          " digest: bao-van-phong-gop}\n",
          "    - {step: van-phong, when: +3wd, at: 08:00, to: group:VAN-PHONG, text: bao-lanh-dao,"
          " digest: gop}\n"
          "    - {step: cap-tren, when: +3wd, at: 09:00, to: parent-leader, text: bao-lanh-dao,"
          " digest: gop}\n")],
        start="2020-06-12T07:00")
    gateway.until("2020-06-15T10:00")
    for number in (COORDINATOR, "+84900000002"):
        texts = [text for text in gateway.inbox(number) if "don vi qua han" in text]
        assert len(texts) == 1 and "(+" in texts[0], (number, texts)
    assert gateway.inbox("+84900000004") == []  # a unit's own leader
    gateway.finish()
