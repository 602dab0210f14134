"""The pages about what people allow and object to, who supports them, and the council's purposes."""

from __future__ import annotations

import pytest
from django.utils import timezone

from crm.base.writing import writing_allowed
from crm.languages.models import Language
from crm.people.details import LanguageUseDetails
from crm.people.models import Intermediary, Supporter
from crm.privacy.models import ContactPermission, Objection, Purpose, Restriction
from tests.crm.privacy import helpers

TODAY = timezone.localdate()


def day(name, on=TODAY):
    return {f"{name}_day": on.day, f"{name}_month": on.month, f"{name}_year": on.year}


def text_of(response):
    return response.content.decode()


def privacy(person, end=""):
    return f"/workspace/people/{person.pk}/privacy/{end}"


def test_a_permission_is_written_down_shown_and_taken_back(world, signed_in):
    purpose, browser = helpers.a_purpose(world), signed_in(world.amina)
    sent = {"purpose": purpose.pk, "how": "At the drop-in", **day("given_on")}
    assert browser.post(privacy(world.person, "permission/"), sent)["Location"] == privacy(world.person)
    given = ContactPermission.objects.get()
    assert "They said so on" in text_of(browser.get(privacy(world.person)))
    assert "Invite you to forums" in text_of(browser.get(f"/workspace/people/{world.person.pk}/"))
    browser.post(f"/workspace/permissions/{given.pk}/take-back/", {"how": "By phone", "version": "1"})
    assert "taken back on" in text_of(browser.get(privacy(world.person)))


def test_what_is_missing_stands_beside_its_field_and_what_was_typed_stays(world, signed_in):
    page = text_of(signed_in(world.amina).post(privacy(world.person, "permission/"), {"how": "At the drop-in"}))
    assert '<a href="#id_purpose">Choose what they said it about</a>' in page
    assert '<a href="#id_given_on_0">Write the day, like 24 11 2026</a>' in page
    assert 'value="At the drop-in"' in page


def test_an_objection_shows_by_when_it_is_decided_and_only_leads_decide(world, signed_in):
    purpose = helpers.a_purpose(world)
    signed_in(world.amina).post(privacy(world.person, "objection/"), {"purpose": purpose.pk, **day("raised_on")})
    objection = Objection.objects.get()
    words = "Do not get in touch about: Invite you to forums. They objected."
    assert words in text_of(signed_in(world.amina).get(f"/workspace/people/{world.person.pk}/"))
    assert words in text_of(signed_in(world.amina).get("/workspace/people/"))
    page = text_of(signed_in(world.amina).get(privacy(world.person)))
    assert "To be decided by" in page
    address = f"/workspace/objections/{objection.pk}/decide/"
    assert address not in page
    assert signed_in(world.amina).get(address).status_code == 403
    assert address in text_of(signed_in(world.lead).get("/workspace/"))
    signed_in(world.lead).post(address, {"outcome": "granted", "reason": "We stopped.", "version": "1"})
    assert "Granted on" in text_of(signed_in(world.amina).get(privacy(world.person)))


def test_whoever_decides_reads_first_what_was_said(world, signed_in):
    purpose, lead = helpers.a_purpose(world), signed_in(world.lead)
    said = {"purpose": purpose.pk, "words": "Too many letters", **day("raised_on")}
    lead.post(privacy(world.person, "objection/"), said)
    page = text_of(lead.get(f"/workspace/objections/{Objection.objects.get().pk}/decide/"))
    assert f"They object to: {purpose.name}." in page
    assert "In their words: Too many letters. Decide by" in page
    lead.post(privacy(world.person, "permission/"), {"purpose": purpose.pk, "how": "At the drop-in", **day("given_on")})
    page = text_of(lead.get(f"/workspace/permissions/{ContactPermission.objects.get().pk}/take-back/"))
    assert f"{purpose.name}. They said so on" in page
    assert "At the drop-in" in page
    lead.post(privacy(world.person, "stop/"), {"ground": "claim", "words": "My solicitor asks", **day("asked_on")})
    page = text_of(lead.get(f"/workspace/restrictions/{Restriction.objects.get().pk}/lift/"))
    assert "They need it for a legal claim. In their words: My solicitor asks." in page


def test_the_ways_for_a_purpose_are_shown_when_it_is_chosen(world, signed_in):
    purpose = helpers.a_purpose(world)
    page = text_of(signed_in(world.amina).get(privacy(world.person), {"purpose": purpose.key}))
    assert f"<strong>{purpose.name}</strong>" in page
    assert "We do not know how to reach them yet." in page


@pytest.mark.parametrize(("who", "status"), [("lead", 200), ("administrator", 200), ("amina", 403), ("manager", 403)])
def test_edi_leads_and_administrators_keep_the_purposes(world, signed_in, who, status):
    browser = signed_in(getattr(world, who))
    assert browser.get("/workspace/purposes/new/").status_code == status
    assert browser.get("/workspace/purposes/").status_code == 200
    if status != 200:
        return
    sent = {"name": "Listen to you", "bases-rows": "1", "bases-0-basis": "public_task"}
    browser.post("/workspace/purposes/new/", sent)
    purpose = Purpose.objects.get()
    assert (purpose.key, purpose.bases.get().basis) == ("listen-to-you", "public_task")
    sent = {**sent, "asks_permission": "on", "version": "1", "bases-0-channel": "email", "bases-0-basis": "consent"}
    browser.post(f"/workspace/purposes/{purpose.pk}/change/", sent)
    assert [(basis.channel, basis.basis) for basis in purpose.bases.all()] == [("email", "consent")]
    page = text_of(browser.post("/workspace/purposes/new/", {"name": "listen TO you", "bases-rows": "1"}))
    assert "There is a purpose of this name already" in page
    assert "Write down at least one lawful basis" in page


def test_who_stands_beside_a_person_is_added_changed_and_ended(world, signed_in):
    browser, own = signed_in(world.amina), f"/workspace/people/{world.person.pk}/"
    browser.post(f"{own}supporters/new/", {"kind": "family", "relation": "her father"})
    row = Supporter.objects.get()
    assert "Her father (family member)" in text_of(browser.get(own))
    browser.post(f"/workspace/supporters/{row.pk}/change/", {"kind": "carer", "relation": "her father", "version": "1"})
    assert "Her father (unpaid carer)" in text_of(browser.get(own))
    browser.post(f"/workspace/supporters/{row.pk}/end/", {"version": "2"})
    assert "her father" not in text_of(browser.get(own)).lower()
    row.refresh_from_db()
    assert row.ended_on == TODAY
    assert "This has ended already" in text_of(browser.post(f"/workspace/supporters/{row.pk}/end/", {"version": "3"}))


def test_nobody_is_a_go_between_without_an_agreement(world, signed_in):
    browser, own = signed_in(world.amina), f"/workspace/people/{world.person.pk}/"
    page = text_of(browser.post(f"{own}intermediaries/new/", {"agreed_by": ""}))
    for words in ("Choose the person or the group", "Write whose agreement we have", "Write the day they agreed"):
        assert words in page
    sent = {"through_organisation": world.group.name, "agreed_by": "She said so", "gatekeeper_risk": "He answers",
            **day("agreed_on")}  # fmt: skip
    browser.post(f"{own}intermediaries/new/", sent)
    page = text_of(browser.get(own))
    assert "<strong>Take care:</strong> He answers" in page
    row = Intermediary.objects.get()
    page = text_of(browser.get(f"/workspace/intermediaries/{row.pk}/change/"))
    assert "women&#x27;s group" in page
    browser.post(f"/workspace/intermediaries/{row.pk}/end/", {"version": "1"})
    assert "We reach them ourselves." in text_of(browser.get(own))


def test_the_persons_page_stays_within_its_budget(world, signed_in, django_assert_max_num_queries):
    helpers.a_permission(world)
    helpers.an_objection(world)
    helpers.a_supporter(world, supporter=None)
    helpers.an_intermediary(world)
    world.contact(people=[world.person])
    browser = signed_in(world.amina)
    browser.get(f"/workspace/people/{world.person.pk}/")
    with django_assert_max_num_queries(15):
        browser.get(f"/workspace/people/{world.person.pk}/")


def test_that_they_were_told_offers_their_own_languages_first(world, signed_in):
    path = privacy(world.person, "told/")
    with writing_allowed():
        bengali = Language.objects.create(code="bn", name="Bengali")
    field = signed_in(world.amina).get(path).context["form"]["language"]
    assert [words for _, words in field.field.choices] == ["English", "Bengali", "Urdu"]
    uses = [LanguageUseDetails(world.urdu, "speaks", True), LanguageUseDetails(bengali, "reads_not")]
    person = helpers.add_person_of(world, "Nasreen", languages=uses)
    path = privacy(person, "told/")
    response = signed_in(world.amina).get(path)
    assert [words for _, words in response.context["form"]["language"].field.choices] == ["Urdu", "English", "Bengali"]
    assert f'<option value="{world.urdu.pk}" selected>Urdu</option>' in response.content.decode()
    browser, typed = signed_in(world.amina), {"how": "spoken", **day("given_on")}
    assert browser.post(path, {**typed, "language": ""}).status_code == 302
    assert browser.post(path, {**typed, "language": world.urdu.pk}).status_code == 302
    assert [one.language for one in person.privacy_notices.order_by("created_at", "id")] == [None, world.urdu]
