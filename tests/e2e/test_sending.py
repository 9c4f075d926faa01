"""Owns: what becomes of a text on its way out when the network or the modem misbehaves."""

from gateway import HOUR, MINUTE

NUMBER = "+84900000003"
HELLO = "Xin chao"


def begin(rehearsal, **options):
    gateway = rehearsal(start="2020-05-14T08:00", **options)
    gateway.begin(start=False)
    return gateway


def test_a_text_of_the_office_arrives_once(rehearsal):
    gateway = begin(rehearsal)
    gateway.send(HELLO)
    gateway.send(HELLO)  # the same key: the same request
    gateway.advance(MINUTE)
    assert gateway.inbox(NUMBER) == [HELLO]
    assert gateway.parts(HELLO) == [("delivered", 1, 0)]
    gateway.finish()


def test_a_long_text_arrives_in_parts_with_one_reference(rehearsal):
    gateway = begin(rehearsal)
    gateway.send("Truyen thong ve binh dang gioi tai nha van hoa xom. " * 5)
    gateway.advance(MINUTE)
    submits = gateway.submits(NUMBER)
    assert [event["seq"] for event in submits] == ["1", "2"]
    assert len({event["concat"] for event in submits}) == 1 and submits[0]["concat"] != "-1"
    gateway.finish()


def test_full_diacritics_go_as_ucs2(rehearsal):
    gateway = begin(rehearsal, config="sending:\n  encoding: full\n")
    gateway.send("Chào đồng chí, mời dự truyền thông")
    gateway.advance(MINUTE)
    assert gateway.inbox(NUMBER) == ["Chào đồng chí, mời dự truyền thông"]
    assert gateway.submits()[0]["encoding"] == "1"
    gateway.finish()


def test_a_lost_verdict_is_settled_by_the_receipt(rehearsal):
    gateway = begin(rehearsal)
    gateway.fault("no-verdict")
    gateway.send(HELLO)
    gateway.advance(8 * HOUR)
    assert gateway.parts(HELLO) == [("delivered", 1, 0)]
    assert len(gateway.submits(NUMBER)) == 1
    gateway.finish()


def test_without_verdict_and_receipt_it_goes_once_more_after_patience(rehearsal):
    gateway = begin(rehearsal, config="sending:\n  patience: 1h\n")
    gateway.fault("no-verdict")
    gateway.fault("lost-receipt")
    gateway.send(HELLO)
    gateway.advance(50 * MINUTE)
    assert gateway.parts(HELLO) == [("unknown", 1, 0)]
    assert len(gateway.submits(NUMBER)) == 1
    gateway.advance(8 * HOUR)
    first, second = gateway.submits(NUMBER)
    assert second["at"] - first["at"] >= HOUR
    assert gateway.parts(HELLO) == [("delivered", 2, 1)]
    gateway.finish()


def test_it_is_sent_once_more_and_no_third_time(rehearsal):
    gateway = begin(rehearsal, config="sending:\n  patience: 1h\n")
    gateway.fault("no-verdict", "always")
    gateway.fault("lost-receipt", "always")
    gateway.send(HELLO)
    gateway.advance(72 * HOUR)
    assert len(gateway.submits(NUMBER)) == 2
    assert gateway.value("SELECT state FROM message") in ("failed", "unknown", "expired")
    gateway.finish()


def test_a_swallowed_text_is_not_lost(rehearsal):
    gateway = begin(rehearsal, config="sending:\n  patience: 1h\n")
    gateway.fault("swallow")
    gateway.send(HELLO)
    gateway.advance(9 * HOUR)
    assert gateway.inbox(NUMBER) == [HELLO]
    gateway.finish()


def test_while_one_is_unknown_no_further_text_leaves_for_that_number(rehearsal):
    gateway = begin(rehearsal, config="sending:\n  patience: 2h\n")
    gateway.fault("swallow")
    gateway.send(HELLO)
    gateway.advance(10 * MINUTE)
    gateway.send("Tin thu hai")
    gateway.send("Tin cho nguoi khac", person="CB005")
    gateway.advance(30 * MINUTE)
    assert gateway.inbox(NUMBER) == []
    assert gateway.inbox("+84900000005") == ["Tin cho nguoi khac"]
    gateway.advance(24 * HOUR)
    assert sorted(gateway.inbox(NUMBER)) == ["Tin thu hai", HELLO]
    gateway.finish()


def test_a_temporary_refusal_is_tried_again(rehearsal):
    gateway = begin(rehearsal)
    gateway.fault("cms", "42")
    gateway.send(HELLO)
    gateway.advance(10 * MINUTE)
    assert gateway.parts(HELLO) == [("delivered", 1, 0)]
    assert len(gateway.log("verdict")) == 2
    gateway.finish()


def test_a_refusal_for_good_is_not_repeated(rehearsal):
    gateway = begin(rehearsal)
    gateway.fault("cms", "1", "always")  # an unassigned number
    gateway.send(HELLO)
    gateway.advance(24 * HOUR)
    assert gateway.value("SELECT state FROM message") == "failed"
    assert len(gateway.log("verdict")) == 1
    gateway.finish()


def test_a_phone_that_is_off_gets_it_later(rehearsal):
    gateway = begin(rehearsal)
    gateway.request("number", NUMBER, "off-until", int(gateway.request("now")) + 3 * HOUR)
    gateway.send(HELLO)
    gateway.advance(HOUR)
    assert gateway.value("SELECT state FROM message") == "sent"
    gateway.advance(3 * HOUR)
    assert gateway.value("SELECT state FROM message") == "delivered"
    gateway.finish()


def test_other_faults_neither_lose_nor_double_a_text(rehearsal):
    gateway = begin(rehearsal)
    people = ["CB003", "CB005", "CB008", "CB010", "CB012", "CB014"]
    faults = ["no-prompt", "garbage", "duplicate-receipt", "no-reference", "wrong-reference",
              "cms 500"]
    for person, fault in zip(people, faults):
        gateway.fault(*fault.split())
        gateway.send(f"Thu {fault}", person=person)
        gateway.advance(12 * MINUTE)
    gateway.advance(26 * HOUR)
    for person, fault in zip(people, faults):
        received = gateway.inbox(f"+849000000{person[3:]}")
        assert received == [f"Thu {fault}"], fault
    gateway.finish()


def test_the_office_at_night_waits_for_morning(rehearsal):
    gateway = rehearsal(start="2020-05-15T18:00")  # a Friday evening
    gateway.begin(start=False)
    gateway.send(HELLO)
    gateway.advance(12 * HOUR)
    assert gateway.submits() == []
    gateway.until("2020-05-18T08:00")
    assert [event["at"] for event in gateway.submits()] == [1589761800000]  # Monday, 07:30
    gateway.finish()


def test_the_office_is_told_before_the_months_cap(rehearsal):
    gateway = rehearsal(start="2020-05-14T08:00",
                        config="money:\n  monthly_cap: 5\n")
    gateway.begin(start=False)
    people = ["CB003", "CB005", "CB008", "CB010", "CB012", "CB014", "CB018"]
    for person in people:
        gateway.send(f"Tin cho {person}", person=person)
    gateway.advance(HOUR)
    assert len(gateway.submits()) == 5
    assert gateway.rows("SELECT kind, text FROM task WHERE kind = 'monthly-cap'") \
        == [("monthly-cap", "4/5")]
    assert gateway.rows("SELECT DISTINCT state, wait_reason FROM message WHERE state <> 'delivered'") \
        == [("queued", "monthly-cap")]
    gateway.finish()
