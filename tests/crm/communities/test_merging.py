"""Two communities become one, and the past stays readable under both names."""

from __future__ import annotations

import pytest

from crm.audit.models import AuditEvent, Revision
from crm.base.permissions import Refused
from crm.base.rules import InputBlocked, Stale
from crm.communities.actions import (
    add_community,
    add_community_fact,
    change_community,
    correct_community_fact,
    merge_community,
    note_good_to_know,
)
from crm.communities.details import CommunityDetails, CommunityFactDetails, RhythmDetails
from crm.communities.models import Community, CommunityLink, FormerNesting
from crm.organisations.actions import change_organisation
from crm.organisations.details import CommunityLinkDetails, OrganisationDetails
from crm.organisations.models import OrganisationCommunity
from crm.search.reports import find
from engagement.log.actions import correct_event
from engagement.log.details import EventDetails, PointDetails, PromiseDetails, ReachDetails
from tests.crm.people.test_pages import words_on


@pytest.fixture
def stays(world):
    return add_community(actor=world.lead, details=CommunityDetails(name="South Asian communities"))


def merge(world, stays, community=None, **changes):
    wanted = {"actor": world.lead, "community": community or world.community, "into": stays, "reason": "One name"}
    return merge_community(**{**wanted, **changes})


def lies_in(outer):
    return set(CommunityLink.objects.filter(ancestor=outer).values_list("descendant__name", flat=True))


def test_all_that_lay_in_it_lies_in_the_one_that_stays(world, stays):
    gone = merge(world, stays)
    assert gone.merged_into == stays
    assert lies_in(stays) == {"South Asian communities", "Kashmiri community", "Kashmiri women"}
    assert lies_in(gone) == {"Kashmiri community"}
    world.nested.refresh_from_db()
    assert world.nested.parent == stays
    former = FormerNesting.objects.get()
    assert (former.ancestor, former.descendant, former.since) == (gone, world.nested, None)


def test_what_went_into_it_before_goes_along(world, stays):
    first = add_community(actor=world.lead, details=CommunityDetails(name="Mirpuri community"))
    merge(world, world.community, first)
    merge(world, stays)
    first.refresh_from_db()
    assert first.merged_into == stays
    assert "Mirpuri community" in lies_in(stays)


@pytest.mark.parametrize(("into", "words"), [
    ("community", "Choose another community than this one"),
    ("nested", "That one lies in this one. Move it out first"),
])  # fmt: skip
def test_it_goes_neither_into_itself_nor_into_one_that_lies_in_it(world, into, words):
    with pytest.raises(InputBlocked) as refusal:
        merge(world, getattr(world, into))
    assert refusal.value.by_field()["into"] == [words]


def test_nothing_is_merged_twice_nor_into_one_that_is_gone_nor_changed_afterwards(world, stays):
    gone = merge(world, stays)
    words = "Kashmiri community is now part of South Asian communities. Choose South Asian communities"
    with pytest.raises(InputBlocked, match=words):
        merge(world, world.nested)
    with pytest.raises(InputBlocked, match=words):
        merge(world, gone, world.nested)
    with pytest.raises(InputBlocked, match=words):
        change_community(actor=world.lead, community=gone, details=CommunityDetails(name="Again"))
    with pytest.raises(InputBlocked, match=words):
        note_good_to_know(actor=world.amina, community=gone, words="x")
    with pytest.raises(InputBlocked, match=words):
        add_community(actor=world.lead, details=CommunityDetails(name="Inner", parent=gone))
    with pytest.raises(InputBlocked, match=words):
        add_community_fact(actor=world.amina, community=gone, details=CommunityFactDetails(words="x"))


def test_only_leads_and_managers_merge_with_a_reason_and_the_version_they_read(world, stays):
    for name, user in world.everybody().items():
        if name not in ("lead", "manager"):
            with pytest.raises(Refused):
                merge(world, stays, actor=user)
    with pytest.raises(InputBlocked, match="Say why"):
        merge(world, stays, reason=" ")
    with pytest.raises(Stale):
        merge(world, stays, expected_version=9)
    merge(world, stays, actor=world.manager, expected_version=1)
    event = AuditEvent.objects.get(verb="community.merged", fields=["reason"])
    assert Revision.objects.get(event=event).values == {"reason": ["", "One name"]}


def test_nothing_new_is_recorded_against_it_on_page_and_api(world, stays, signed_in):
    gone = merge(world, stays)
    words = "Kashmiri community is now part of South Asian communities"
    with pytest.raises(InputBlocked, match=words):
        world.contact(reach=[ReachDetails(gone, 3)])
    with pytest.raises(InputBlocked, match=words):
        world.contact(promises=[PromiseDetails("Write", world.promise().due_on, to_community=gone)])
    client = signed_in(world.amina)
    body = {
        "occurred_on": "2026-01-05",
        "reach": [{"community": str(gone.pk), "people": 4}],
        "points": [{"words": "Nobody told us."}],
    }
    answer = client.post("/api/v1/engagement-events/", body, content_type="application/json")
    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert "Kashmiri community" not in words_on(client.get(f"/workspace/contacts/new/?with={gone.pk}"))
    link = OrganisationDetails(name="Al-Noor", communities=[CommunityLinkDetails(gone, "led_by")])
    with pytest.raises(InputBlocked, match=words):
        change_organisation(actor=world.amina, organisation=world.group, details=link)


def test_an_old_contact_is_corrected_without_changing_whom_it_reached(world, stays, signed_in):
    event = world.contact(reach=[ReachDetails(world.community, 3)])
    gone = merge(world, stays)
    same = EventDetails(
        occurred_on=event.occurred_on, organisations=[world.group], reach=[ReachDetails(gone, 5)],
        points=[PointDetails("x")], officers=[world.amina],
    )  # fmt: skip
    correct_event(actor=world.amina, event=event, details=same, reason="Five came")
    assert event.reach.get().people == 5
    page = words_on(signed_in(world.amina).get(f"/workspace/contacts/{event.pk}/correct/"))
    assert f'<option value="{gone.pk}" selected>Kashmiri community</option>' in page


def test_its_groups_stand_to_the_one_that_stays_and_new_contacts_reach_it(world, stays):
    keeps = OrganisationDetails(name="Al-Noor", area=world.east_ward, communities=[
        CommunityLinkDetails(world.community, "led_by"), CommunityLinkDetails(stays, "works_with")])  # fmt: skip
    change_organisation(actor=world.amina, organisation=world.group, details=keeps)
    merge(world, stays)
    assert list(OrganisationCommunity.objects.values_list("community__name", "relation")) == [
        ("South Asian communities", "led_by")
    ]
    assert world.contact().reach.get().community == stays


def test_its_page_says_where_it_went_and_search_finds_the_old_names(world, stays, signed_in):
    change_community(
        actor=world.lead, community=world.community, details=CommunityDetails(name="Kashmiris", kind="community")
    )
    gone = merge(world, stays)
    page = words_on(signed_in(world.lead).get(f"/workspace/communities/{gone.pk}/"))
    assert "this community is part of" in page
    assert f'href="/workspace/communities/{stays.pk}/"' in page
    assert "Log a contact with this community" not in page
    there = words_on(signed_in(world.lead).get(f"/workspace/communities/{stays.pk}/"))
    assert "Kashmiris</a> is part of it since" in there
    found = [row.title for row in find("Kashmiri community", reader=world.amina)["community"]]
    assert {"Kashmiris", "South Asian communities"} <= set(found)


def test_facts_about_it_stand_with_the_one_that_stays(world, stays, signed_in):
    add_community_fact(actor=world.amina, community=world.community, details=CommunityFactDetails(words="Tea first."))
    merge(world, stays)
    page = words_on(signed_in(world.amina).get(f"/workspace/communities/{stays.pk}/"))
    assert "Tea first." in page
    assert "from Kashmiri community" in page


def test_what_they_say_about_an_old_fact_is_kept_with_the_one_that_stays(world, stays):
    details = CommunityFactDetails(words="Tea first.")
    ours = add_community_fact(actor=world.amina, community=world.community, details=details)
    merge(world, stays)
    said = CommunityFactDetails(words="Coffee.", said_by="The elders")
    assert correct_community_fact(actor=world.amina, fact=ours, details=said).community == stays


def test_what_is_typed_on_an_open_page_of_one_that_went_is_refused_in_words(world, stays, signed_in):
    gone = merge(world, stays)
    path = f"/workspace/communities/{gone.pk}/good-to-know/"
    page = words_on(signed_in(world.amina).post(path, {"good_to_know": "Tea.", "version": str(gone.version)}))
    assert "Kashmiri community is now part of South Asian communities" in page
    assert "Tea." in page


def test_what_is_good_to_know_is_not_asked_of_one_that_went(world, stays, signed_in):
    gone = merge(world, stays)
    where = f"/workspace/communities/{gone.pk}/"
    answer = signed_in(world.amina).get(f"{where}good-to-know/", follow=True)
    assert answer.redirect_chain == [(where, 302)]
    assert "Kashmiri community is now part of South Asian communities" in words_on(answer)


def test_a_lead_merges_on_the_page_and_by_the_api(world, stays, signed_in):
    client, path = signed_in(world.lead), f"/workspace/communities/{world.community.pk}/merge/"
    empty = words_on(client.post(path, {"into": "", "reason": "", "version": "1"}))
    assert "Choose the community that stays" in empty
    client.post(path, {"into": str(stays.pk), "reason": "One name", "version": "1"})
    assert Community.objects.get(pk=world.community.pk).merged_into == stays
    api = f"/api/v1/communities/{world.nested.pk}/merge/"
    version = Community.objects.get(pk=world.nested.pk).version
    body = {"into": str(stays.pk), "reason": "One name"}
    answer = client.post(api, body, content_type="application/json", headers={"If-Match": f'"{version}"'})
    assert answer.status_code == 200
    assert client.get(f"/api/v1/communities/{world.nested.pk}/").json()["merged_into"] == str(stays.pk)


def test_a_rhythm_of_a_locality_is_kept_by_page_and_api(world, signed_in):
    client = signed_in(world.lead)
    sent = {"name": "Kashmiri community", "kind": "community", "rhythm_days": "90", "asks_in_90_days": "4",
            "version": "1", "rhythms-rows": "1", "rhythms-0-locality": str(world.east.pk),
            "rhythms-0-rhythm_days": "30"}  # fmt: skip
    client.post(f"/workspace/communities/{world.community.pk}/change/", sent)
    api = f"/api/v1/communities/{world.community.pk}/"
    shown = client.get(api).json()
    assert (shown["asks_in_90_days"], shown["version"]) == (4, 2)
    assert shown["rhythms"] == [{"locality": {"id": str(world.east.pk), "name": "East"}, "rhythm_days": 30}]
    wrong = {"rhythms": [{"locality": str(world.east_ward.pk), "rhythm_days": 0}]}
    answer = client.patch(api, wrong, content_type="application/json", headers={"If-Match": '"2"'})
    assert answer.status_code == 400
    assert {"Choose a locality", "Write a number of days, 1 or more"} <= {
        error["detail"] for error in answer.json()["errors"]
    }
    client.patch(api, {"rhythms": []}, content_type="application/json", headers={"If-Match": '"2"'})
    assert client.get(api).json()["rhythms"] == []


def test_a_locality_stands_once(world):
    twice = [RhythmDetails(world.east, 30), RhythmDetails(world.east, 60)]
    with pytest.raises(InputBlocked, match="Each locality stands once"):
        add_community(actor=world.lead, details=CommunityDetails(name="Mothers", rhythms=twice))
