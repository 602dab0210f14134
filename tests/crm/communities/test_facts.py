"""What is known about working with a community: added, their words beside ours, and what is over."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from crm.audit.models import AuditEvent
from crm.base.permissions import Refused
from crm.base.rules import Blocked, InputBlocked, Stale
from crm.communities.actions import add_community_fact, correct_community_fact, end_community_fact
from crm.communities.details import CommunityFactDetails
from crm.communities.models import CommunityFact
from crm.communities.reports import facts_about
from tests.crm.people.test_pages import unlabelled, words_on

API = "/api/v1/community-facts/"


def fact(world, words="They meet on Friday evenings.", **changes):
    said = CommunityFactDetails(words=words, kind="avoid", **changes)
    return add_community_fact(actor=world.amina, community=world.community, details=said)


def theirs(world, ours, words="Friday evenings are for prayer."):
    said = CommunityFactDetails(words=words, said_by="The women's group")
    return correct_community_fact(actor=world.chen, fact=ours, details=said)


def page_of(world, signed_in, user=None):
    return words_on(signed_in(user or world.amina).get(f"/workspace/communities/{world.community.pk}/"))


def test_a_correction_by_the_community_stands_beside_ours_with_who_said_so(world, signed_in):
    ours = fact(world)
    theirs(world, ours)
    page = page_of(world, signed_in)
    assert page.index("They meet on Friday evenings.") < page.index("They say:") < page.index("for prayer.")
    assert "The women&#x27;s group" in page
    assert page.index("Time or day to avoid") < page.index("They meet on Friday evenings.")


def test_a_correction_is_about_the_same_thing_and_is_always_their_voice(world):
    ours = fact(world)
    said = theirs(world, ours)
    assert (said.kind, said.voice, said.corrects_id) == ("avoid", "community", ours.pk)
    again = correct_community_fact(
        actor=world.amina, fact=said, details=CommunityFactDetails(words="Only after eight.", said_by="The elders")
    )
    assert again.corrects_id == ours.pk


def test_what_is_over_says_why_and_what_they_said_about_it_stands_by_itself(world, signed_in):
    ours = fact(world)
    said = theirs(world, ours)
    end_community_fact(actor=world.amina, fact=ours, reason="The hall was sold", expected_version=1)
    passport = facts_about(world.community, reader=world.amina)
    assert [item.fact for _, items in passport.standing for item in items] == [said]
    page = page_of(world, signed_in)
    assert "No longer true (1)" in page
    assert "The hall was sold" in page
    with pytest.raises(Blocked, match="no longer true"):
        theirs(world, ours)
    with pytest.raises(Stale):
        end_community_fact(actor=world.amina, fact=said, reason="x", expected_version=7)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"words": " "}, {"words": ["Write what is good to know. One sentence is enough"]}),
        (
            {"voice": "community"},
            {"said_by": ["Say who in the community said so, like: the women's group committee"]},
        ),
        ({"said_on": timezone.localdate() + timedelta(days=2)}, {"said_on": ["The date must be today or in the past"]}),
        (
            {"words": "Ring Zainab on 07700 900123"},
            {"words": ["This looks like a phone number. Keep it with the person or the group"]},
        ),
    ],
)
def test_what_is_missing_is_said_in_the_same_words_on_page_and_api(world, signed_in, changes, words):
    with pytest.raises(InputBlocked) as refusal:
        fact(world, **changes)
    assert refusal.value.by_field() == words
    client, said = signed_in(world.amina), {"words": "Tea first.", "kind": "avoid", **changes}
    body = {**said, "community": str(world.community.pk)}
    if "said_on" in body:
        body["said_on"] = body["said_on"].isoformat()
        day = said.pop("said_on")
        said |= {"said_on_day": day.day, "said_on_month": day.month, "said_on_year": day.year}
    answer = client.post(API, body, content_type="application/json")
    assert answer.status_code == 400
    line = next(iter(words.values()))[0]
    assert line in answer.content.decode()
    sent = client.post(f"/workspace/communities/{world.community.pk}/facts/new/", said)
    assert line.replace("'", "&#x27;") in words_on(sent)
    assert not CommunityFact.objects.exists()


def test_whoever_meets_people_adds_and_only_the_office_ends(world):
    for name, user in world.everybody().items():
        said = CommunityFactDetails(words=f"Said by {name}")
        if name in ("amina", "joe", "chen", "lead", "manager"):
            add_community_fact(actor=user, community=world.community, details=said)
        else:
            with pytest.raises(Refused):
                add_community_fact(actor=user, community=world.community, details=said)
    one = fact(world)
    with pytest.raises(Refused):
        end_community_fact(actor=world.chen, fact=one, reason="x")
    with pytest.raises(InputBlocked, match="Say why"):
        end_community_fact(actor=world.joe, fact=one, reason=" ")


def test_everyone_on_the_staff_reads_them_and_others_do_not(world):
    one = fact(world)
    for name, user in world.everybody().items():
        seen = CommunityFact.objects.visible_to(user).filter(pk=one.pk).exists()
        assert seen == (name not in ("leaver", "stranger", "nobody")), name


def test_an_officer_adds_corrects_and_ends_on_pages(world, signed_in):
    client = signed_in(world.amina)
    new = f"/workspace/communities/{world.community.pk}/facts/new/"
    client.post(new, {"kind": "barrier", "words": "The bus stops at six.", "voice": "council", "said_by": ""})
    one = CommunityFact.objects.get()
    client.post(f"/workspace/community-facts/{one.pk}/correct/", {"words": "At five.", "said_by": "The elders"})
    client.post(f"/workspace/community-facts/{one.pk}/end/", {"reason": "A later bus", "version": "1"})
    one.refresh_from_db()
    assert one.ended_reason == "A later bus"
    assert one.corrections.get().words == "At five."
    for end in (f"communities/{world.community.pk}/facts/new/", f"community-facts/{one.pk}/correct/"):
        assert unlabelled(words_on(client.get(f"/workspace/{end}"))) == []
    verbs = AuditEvent.objects.filter(subject_type="communityfact").order_by("at", "id").values_list("verb", flat=True)
    assert list(verbs) == ["community.fact_added", "community.fact_corrected", "community.fact_ended"]


def test_the_api_lists_adds_corrects_and_ends(world, signed_in):
    client = signed_in(world.amina)

    def post(path, body, **more):
        return client.post(path, body, content_type="application/json", **more)

    body = {"community": str(world.community.pk), "kind": "trusted_place", "words": "The library."}
    made = post(API, body).json()
    correction = post(f"{API}{made['id']}/correct/", {"words": "Not any more.", "said_by": "The elders"})
    assert correction.json()["id"] != made["id"]
    ended = post(f"{API}{made['id']}/end/", {"reason": "It closed"}, headers={"If-Match": '"1"'})
    assert ended.json()["version"] == 2
    rows = client.get(f"{API}?community={world.community.pk}").json()["results"]
    assert [(row["words"], row["corrects"]) for row in rows] == [
        ("Not any more.", made["id"]),
        ("The library.", None),
    ]
    standing = client.get(f"{API}?ended=false&kind=trusted_place&voice=community").json()["results"]
    assert [row["words"] for row in standing] == ["Not any more."]
    assert client.get(f"{API}{made['id']}/").json()["ended_reason"] == "It closed"
