"""Asked, and needs nothing: written down, shown in place of "we do not know", asked again, ended by a need."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format

from crm.access.actions import end_need, note_no_need, take_back_no_need
from crm.access.details import NoNeedDetails
from crm.access.models import NoNeed
from crm.audit.models import AuditEvent
from crm.base.permissions import Refused
from crm.base.rules import Blocked, InputBlocked, Stale
from crm.base.writing import writing_allowed
from crm.people.actions import add_person, change_person
from crm.people.details import PersonDetails
from tests.crm.access.helpers import a_need, a_no_need, her_father
from tests.crm.people.test_pages import unlabelled, words_on

TODAY = timezone.localdate
DO_NOT_KNOW = "We do not know whether they were asked"


def said(refusal):
    return [blocker.code for blocker in refusal.value.blockers]


def page_of(world, client):
    return words_on(client.get(f"/workspace/people/{world.person.pk}/"))


def test_only_the_person_must_be_given(world):
    row = a_no_need(world)
    assert (row.told_by, row.asked_on, row.asked_by) == ("themselves", TODAY(), world.amina)
    assert row.review_on == TODAY() + timedelta(days=365)
    assert AuditEvent.objects.latest("at").verb == "no_need.noted"


def test_everything_that_is_wrong_is_said_at_once(world):
    a_need(world)
    with pytest.raises(InputBlocked) as refusal:
        a_no_need(world, asked_on=TODAY() + timedelta(days=1), review_on=TODAY())
    assert said(refusal) == ["needs_something", "asked_in_future", "review_in_past"]


def test_asked_again_the_new_answer_stands_in_place_of_the_one_before(world):
    first = a_no_need(world, asked_on=TODAY() - timedelta(days=400))
    assert first.review_on == TODAY() + timedelta(days=365)
    second = a_no_need(world, told_by="carer")
    assert list(NoNeed.objects.current()) == [second]
    first.refresh_from_db()
    assert (first.ended_on, first.ended_reason) == (TODAY(), "They were asked again")
    with pytest.raises(InputBlocked) as refusal:
        a_no_need(world, asked_on=TODAY() - timedelta(days=10))
    assert said(refusal) == ["asked_since"]


def test_a_need_of_their_own_ends_it_and_the_need_of_somebody_beside_them_does_not(world):
    row = a_no_need(world)
    a_need(world, supporter=her_father(world))
    row.refresh_from_db()
    assert row.ended_on is None
    need = a_need(world, "easy-read")
    row.refresh_from_db()
    assert (row.ended_on, row.ended_reason) == (TODAY(), "They told us of a need")
    assert AuditEvent.objects.filter(verb="no_need.ended", subject_id=str(row.pk)).count() == 1
    end_need(actor=world.amina, need=need, reason="No longer")
    assert a_no_need(world).ended_on is None


def test_a_need_of_a_supporter_with_a_record_ends_what_stood_on_that_record(world):
    father = her_father(world)
    him = add_person(actor=world.amina, details=PersonDetails(name="Bashir", area=world.east_ward))
    with writing_allowed():
        father.supporter = him
        father.save()
    row = a_no_need(world, person=him)
    a_need(world, supporter=father)
    row.refresh_from_db()
    assert row.ended_on == TODAY()
    with pytest.raises(InputBlocked) as refusal:
        a_no_need(world, person=him)
    assert said(refusal) == ["needs_something"]


def test_only_one_stands_whatever_happens_at_the_same_time(world):
    a_no_need(world)
    with writing_allowed(), transaction.atomic(), pytest.raises(IntegrityError):
        NoNeed.objects.create(
            person=world.person, asked_on=TODAY(), asked_by=world.amina, review_on=TODAY() + timedelta(days=9)
        )


def test_it_can_be_taken_back_once_with_a_reason(world):
    row = a_no_need(world)
    with pytest.raises(InputBlocked) as refusal:
        take_back_no_need(actor=world.amina, no_need=row, reason=" ")
    assert said(refusal) == ["reason_missing"]
    with pytest.raises(Stale):
        take_back_no_need(actor=world.amina, no_need=row, reason="Nobody asked her", expected_version=7)
    take_back_no_need(actor=world.lead, no_need=row, reason="Nobody asked her")
    with pytest.raises(Blocked):
        take_back_no_need(actor=world.amina, no_need=row, reason="Again")


@pytest.mark.parametrize("who", ["joe", "chen", "analyst", "administrator", "auditor", "leaver", "stranger", "nobody"])
def test_others_neither_write_nor_read_it(world, who):
    row, member = a_no_need(world), world.everybody()[who]
    assert not NoNeed.objects.visible_to(member).exists()
    with pytest.raises(Refused):
        note_no_need(actor=member, person=world.person, details=NoNeedDetails())
    with pytest.raises(Refused):
        take_back_no_need(actor=member, no_need=row, reason="X")


def test_the_persons_page_says_who_asked_when_and_who_told_us(world, signed_in):
    client = signed_in(world.amina)
    assert DO_NOT_KNOW in page_of(world, client)
    new = f"/workspace/people/{world.person.pk}/needs/nothing/"
    page = words_on(client.get(new))
    assert unlabelled(page) == []
    assert client.post(new, {"told_by": "carer"})["Location"] == f"/workspace/people/{world.person.pk}/"
    page = page_of(world, client)
    assert DO_NOT_KNOW not in page
    assert "<strong>need nothing</strong>" in page
    assert "Their carer or family. Amina asked on" in page
    assert "We asked again: they still need nothing" in page
    a_need(world)
    page = page_of(world, client)
    assert "<strong>need nothing</strong>" not in page
    assert "BSL interpreter" in page


def test_beside_a_supporters_need_it_is_still_unknown_whether_they_were_asked_themselves(world, signed_in):
    a_need(world, supporter=her_father(world))
    assert DO_NOT_KNOW in page_of(world, signed_in(world.amina))
    a_no_need(world)
    assert "<strong>need nothing</strong>" in page_of(world, signed_in(world.amina))


def test_taking_it_back_by_the_page(world, signed_in):
    row, client = a_no_need(world), signed_in(world.amina)
    address = f"/workspace/no-needs/{row.pk}/take-back/"
    assert unlabelled(words_on(client.get(address))) == []
    assert "Write why it ended" in words_on(client.post(address, {"version": "1"}))
    client.post(address, {"version": "1", "reason": "It was her sister"})
    assert DO_NOT_KNOW in page_of(world, client)
    assert client.get(address).status_code == 404
    assert signed_in(world.joe).get(address).status_code == 404


def test_a_need_one_may_not_read_is_in_the_way_and_is_not_named(world, signed_in):
    need = a_need(world, "reach-by-text", may_share="no")
    page = words_on(signed_in(world.lead).post(f"/workspace/people/{world.person.pk}/needs/nothing/", {}))
    assert "A need of theirs is written down" in page
    assert need.type.name not in page


def test_whom_to_ask_again_comes_to_the_home_of_the_persons_officers(world, signed_in):
    a_no_need(world, review_on=TODAY() + timedelta(days=3))
    page = words_on(signed_in(world.amina).get("/workspace/"))
    assert "They needed nothing when we asked" in page
    assert "Ask <bdi>Parveen Begum</bdi> again" in page
    assert "They needed nothing when we asked" not in words_on(signed_in(world.joe).get("/workspace/"))


def test_reading_it_of_a_restricted_person_leaves_a_mark(world, signed_in, caller):
    row = a_no_need(world)
    details = PersonDetails(name="Parveen Begum", area=world.east_ward, restricted=True, named_readers=[world.amina])
    change_person(actor=world.amina, person=world.person, details=details)
    api = caller(world.amina)
    for read in (
        lambda: signed_in(world.amina).get(f"/workspace/no-needs/{row.pk}/take-back/"),
        lambda: api.get("/no-needs/"),
        lambda: api.get(f"/no-needs/{row.pk}/"),
    ):
        before = AuditEvent.objects.filter(verb="person.read").count()
        assert read().status_code == 200
        assert AuditEvent.objects.filter(verb="person.read").count() == before + 1


def test_through_the_api(world, caller):
    amina = caller(world.amina)
    made = amina.post("/no-needs/", {"person": str(world.person.pk), "told_by": "carer"}, key="one")
    assert made.status_code == 201, made.content
    assert (
        amina.post("/no-needs/", {"person": str(world.person.pk), "told_by": "carer"}, key="one").json() == made.json()
    )
    (row,) = amina.get("/no-needs/").json()["results"]
    assert (row["person"], row["told_by"], row["ended_on"]) == (str(world.person.pk), "carer", None)
    assert row["asked_by"]["name"] == "Amina"
    assert amina.get("/no-needs/?due=true").json()["results"] == []
    assert amina.get(f"/no-needs/?locality={world.south.pk}").json()["results"] == []
    url = made.json()["url"]
    assert amina.post(f"{url}take-back/", {"reason": "X"}).status_code == 428
    assert amina.post(f"{url}take-back/", {}, match=made.headers["ETag"]).status_code in (400, 409, 422)
    assert amina.post(f"{url}take-back/", {"reason": "Nobody asked"}, match=made.headers["ETag"]).status_code == 200
    assert amina.get("/no-needs/").json()["results"] == []
    (row,) = amina.get("/no-needs/?ended=true").json()["results"]
    assert row["ended_reason"] == "Nobody asked"
    joe = caller(world.joe)
    assert joe.get(url).status_code == 404
    assert caller(world.analyst).get("/no-needs/").status_code == 403
    assert joe.post("/no-needs/", {"person": str(world.person.pk)}).status_code == 400
    a_need(world)
    blocked = amina.post("/no-needs/", {"person": str(world.person.pk)})
    assert "needs_something" in blocked.content.decode()


def test_whoever_had_needs_that_ended_is_asked_anew(world, signed_in):
    browser, path = signed_in(world.amina), f"/workspace/people/{world.person.pk}/"
    a_need(world, supporter=her_father(world))
    assert "We do not know whether they were asked" in words_on(browser.get(path))
    end_need(actor=world.amina, need=a_need(world), reason="The new hearing aid is enough")
    page = words_on(browser.get(path))
    assert "We do not know whether they were asked" not in page
    today = date_format(timezone.localdate(), "j F Y")
    assert f"The last one ended on {today}, and nobody has asked since." in page
    assert f'href="/workspace/access-needs/?person={world.person.pk}&amp;ended=true"' in page
    assert "BSL interpreter" in words_on(browser.get(f"/workspace/access-needs/?person={world.person.pk}&ended=true"))
    a_no_need(world)
    assert "nobody has asked since" not in words_on(browser.get(path))
