"""The pages about access needs, and the list of their types."""

from datetime import timedelta

import pytest
from django.utils import timezone

from crm.access.actions import review_need
from crm.access.details import ReviewDetails
from crm.access.models import AccessNeed, NeedShare, NeedType
from crm.audit.models import AuditEvent
from crm.base.views import STALE_WORDS
from crm.people.actions import change_person
from crm.people.details import PersonDetails
from tests.crm.access.helpers import a_need, a_type, her_father
from tests.crm.people.test_pages import unlabelled, words_on

LIST = "/workspace/access-needs/"


def page_of(need, end=""):
    return f"{LIST}{need.pk}/{end}"


def typed(key="bsl-interpreter", **changes):
    return {"type": str(a_type(key).pk), "told_by": "themselves", "may_share": "yes", **changes}


def test_first_the_type_is_chosen_then_its_usual_instruction_is_there(world, signed_in):
    kind, client = a_type(), signed_in(world.amina)
    new = f"/workspace/people/{world.person.pk}/needs/new/"
    page = words_on(client.get(new))
    assert f'<option value="{kind.pk}">BSL interpreter</option>' in page
    assert "Communication and information: communication professional" in page
    page = words_on(client.get(new, {"type": str(kind.pk)}))
    assert 'value="Book a BSL interpreter"' in page
    assert "Which language?" not in page
    assert "Whose need is it?" not in page
    assert unlabelled(page) == []
    answer = client.post(new, typed(what_to_do="Book two BSL interpreters", own_words="I sign"))
    assert answer["Location"] == f"/workspace/people/{world.person.pk}/"
    need = AccessNeed.objects.get()
    assert (need.what_to_do, need.own_words, need.recorded_by) == ("Book two BSL interpreters", "I sign", world.amina)


def test_the_need_of_her_father_and_of_a_language(world, signed_in):
    client, father = signed_in(world.amina), her_father(world)
    new = f"/workspace/people/{world.person.pk}/needs/new/"
    client.post(new, typed(supporter=str(father.pk)))
    assert AccessNeed.objects.get().supporter == father
    assert "Her father" in words_on(client.get(f"/workspace/people/{world.person.pk}/"))
    page = words_on(client.post(new, typed("spoken-interpreter", own_words="Not my son")))
    assert '<a href="#id_language">Choose the language</a>' in page
    assert "Not my son" in page
    client.post(new, typed("spoken-interpreter", language=str(world.urdu.pk)))
    assert AccessNeed.objects.filter(what_to_do="Book an interpreter for Urdu").exists()


def test_a_day_that_is_none_is_said_beside_the_field_and_nothing_is_lost(world, signed_in):
    sent = typed(own_words="I sign", told_on_day="31", told_on_month="2", told_on_year="2026")
    page = words_on(signed_in(world.amina).post(f"/workspace/people/{world.person.pk}/needs/new/", sent))
    assert "Enter a real date" in page
    assert "I sign" in page
    assert not AccessNeed.objects.exists()


def test_the_list_shows_first_what_is_due_and_is_narrowed_by_kind_type_and_place(world, signed_in):
    a_need(world, "step-free")
    late = a_need(world, "easy-read")
    late.told_on, late.review_on = timezone.localdate() - timedelta(days=400), timezone.localdate() - timedelta(days=35)
    late.save_base(raw=True, force_update=True)
    client = signed_in(world.amina)
    page = words_on(client.get(LIST))
    assert page.index("Easy Read") < page.index("Step-free way in")
    assert "35 days late" in page

    def names(**query):
        page = words_on(client.get(LIST, query))
        listed = page[page.index('<ul class="heard-timeline">') :] if '<ul class="heard-timeline">' in page else ""
        return [name for name in ("Easy Read", "Step-free way in") if name in listed]

    assert names(kind="adjustment") == ["Step-free way in"]
    assert names(group="format") == names(due="true") == names(type=str(late.type_id)) == ["Easy Read"]
    assert names(locality=str(world.south.pk)) == []
    assert names(locality=str(world.east.pk)) == ["Easy Read", "Step-free way in"]


def test_asking_again_by_the_page(world, signed_in):
    need, client = a_need(world), signed_in(world.amina)
    page = words_on(client.get(page_of(need, "review/")))
    assert "Still the same" in page
    assert unlabelled(page) == []
    assert '<a href="#id_answer_0">Choose what they said</a>' in words_on(client.post(page_of(need, "review/"), {}))
    sent = {"answer": "changed", "what_to_do": "Book a Deaf relay interpreter", "version": "1", "own_words": ""}
    assert client.post(page_of(need, "review/"), sent)["Location"] == f"/workspace/people/{world.person.pk}/"
    page = words_on(client.get(page_of(need)))
    assert "it has changed" in page
    assert "Book a Deaf relay interpreter" in page


def test_sharing_by_the_page_only_with_agreement(world, signed_in):
    client, refused = signed_in(world.amina), a_need(world)
    assert "nobody asked them yet" in words_on(client.get(page_of(refused)))
    page = words_on(client.post(page_of(refused, "share/"), {"shared_with": "The venue", "version": "1"}))
    assert "They have not said that we may share this" in page
    need = a_need(world, "easy-read", may_share="yes")
    client.post(page_of(need, "share/"), {"shared_with": "The venue", "version": "1"})
    assert NeedShare.objects.get().need == need
    assert "The venue" in words_on(client.get(page_of(need)))


def test_a_colleagues_change_is_not_lost(world, signed_in):
    need = a_need(world)
    review_need(actor=world.lead, need=need, details=ReviewDetails())
    sent = typed(own_words="New words", version="1", told_by="carer")
    page = words_on(signed_in(world.amina).post(page_of(need, "change/"), sent))
    assert STALE_WORDS in page
    assert "New words" in page


def test_ending_keeps_the_need_with_its_reason(world, signed_in):
    need, client = a_need(world), signed_in(world.amina)
    client.post(page_of(need, "end/"), {"reason": "She has an implant now", "version": "1"})
    assert "She has an implant now" in words_on(client.get(page_of(need)))
    assert "BSL interpreter" not in words_on(client.get(LIST))
    assert client.get(page_of(need, "change/")).status_code == 404


def test_one_that_may_not_be_shared_is_404_for_colleagues_and_counted_on_the_person(world, signed_in):
    need = a_need(world, "reach-by-text", may_share="no")
    client = signed_in(world.lead)
    assert client.get(page_of(need)).status_code == 404
    page = words_on(client.get(f"/workspace/people/{world.person.pk}/"))
    assert "1 need you see only as an instruction" in page
    assert "Text only, do not phone" in page
    assert need.type.name not in page


def test_reading_needs_of_a_restricted_person_leaves_a_mark(world, signed_in):
    need = a_need(world)
    details = PersonDetails(name="Parveen Begum", area=world.east_ward, restricted=True, named_readers=[world.amina])
    change_person(actor=world.amina, person=world.person, details=details)
    for address in (LIST, page_of(need), page_of(need, "change/"), page_of(need, "review/")):
        before = AuditEvent.objects.filter(verb="person.read").count()
        signed_in(world.amina).get(address)
        assert AuditEvent.objects.filter(verb="person.read").count() == before + 1


def test_what_is_due_comes_to_the_home_of_the_persons_officers(world, signed_in):
    a_need(world, review_on=timezone.localdate() + timedelta(days=3))
    assert "Needs to ask about again" in words_on(signed_in(world.amina).get("/workspace/"))
    assert "Parveen Begum" in words_on(signed_in(world.amina).get("/workspace/"))
    assert "Parveen Begum" not in words_on(signed_in(world.joe).get("/workspace/"))
    assert "Needs to ask about again" not in words_on(signed_in(world.analyst).get("/workspace/"))


def test_a_lead_keeps_the_list_of_types(world, signed_in):
    kind, client = a_type(), signed_in(world.lead)
    assert "Talking Mats" in words_on(client.get("/workspace/need-types/"))
    sent = {"name": "Widgit symbols", "kind": "communication", "group": "format", "what_to_do": "Send Widgit symbols"}
    client.post("/workspace/need-types/new/", sent)
    assert NeedType.objects.get(name="Widgit symbols").key == "widgit-symbols"
    page = words_on(client.post("/workspace/need-types/new/", {**sent, "group": ""}))
    assert "Choose a group for a communication and information need" in page
    assert "There is a type of this name already" in page
    today = timezone.localdate()
    ended = {"ended_on_day": today.day, "ended_on_month": today.month, "ended_on_year": today.year}
    same = {"name": kind.name, "kind": kind.kind, "group": kind.group, "what_to_do": kind.what_to_do, "version": "1"}
    client.post(f"/workspace/need-types/{kind.pk}/change/", {**same, **ended})
    assert "not offered since" in words_on(client.get("/workspace/need-types/"))
    choose = words_on(client.get(f"/workspace/people/{world.person.pk}/needs/new/"))
    assert str(kind.pk) not in choose


@pytest.mark.parametrize(("who", "status"), [("amina", 403), ("analyst", 403), ("administrator", 200)])
def test_who_may_not_keep_the_list_cannot_add_to_it(world, signed_in, who, status):
    assert signed_in(getattr(world, who)).get("/workspace/need-types/new/").status_code == status
    assert signed_in(getattr(world, who)).get("/workspace/need-types/").status_code == 200


def test_list_and_pages_cost_at_most_fifteen_queries(world, signed_in, django_assert_max_num_queries):
    client = signed_in(world.amina)
    need = a_need(world)
    client.get(LIST)
    for address in (LIST, page_of(need), page_of(need, "review/"), page_of(need, "change/"), "/workspace/need-types/"):
        with django_assert_max_num_queries(15):
            assert client.get(address).status_code == 200
