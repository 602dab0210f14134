"""Reading, correcting, withdrawing and exporting contacts; settling promises."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from crm.audit.models import AuditEvent
from engagement.log.actions import restrict_event
from engagement.log.details import EventDetails, PointDetails
from engagement.log.models import EngagementEvent, Promise
from tests.sending_forms import as_a_browser_sends_it


def page_of(client, address):
    return client.get(address).content.decode()


def correction(event, **changes):
    on = event.occurred_on
    return {
        "version": event.version,
        "occurred_on_day": on.day,
        "occurred_on_month": on.month,
        "occurred_on_year": on.year,
        "kind": event.kind,
        "area": event.area_id or "",
        "organisations": [str(pk) for pk in event.organisations.values_list("pk", flat=True)],
        "officers": [str(pk) for pk in event.officers.values_list("pk", flat=True)],
        "reason": "I added where it was",
        **changes,
    }


def test_who_may_open_a_contact_is_who_may_read_its_words(world, signed_in):
    event = world.contact()
    for name, user in world.everybody().items():
        if name == "nobody":
            continue
        readable = EngagementEvent.objects.visible_to(user).filter(pk=event.pk).exists()
        status = signed_in(user).get(f"/workspace/contacts/{event.pk}/").status_code
        assert (status == 200) == readable, name
        assert status in (200, 403, 404), name


def test_another_localitys_officer_gets_404_for_the_contact_and_everything_under_it(world, signed_in):
    event = world.contact()
    client = signed_in(world.joe)
    for part in ("", "correct/", "withdraw/", "readers/", "safeguarding/", "points/new/", "promises/new/"):
        assert client.get(f"/workspace/contacts/{event.pk}/{part}").status_code == 404, part
        assert client.post(f"/workspace/contacts/{event.pk}/{part}").status_code in (404, 405), part


def test_a_correction_says_what_changed_by_whom_and_why(world, signed_in):
    event = world.contact()
    client = signed_in(world.amina)
    sent = correction(event, place="The community room", topics=[str(world.topic.pk)])
    page = client.post(f"/workspace/contacts/{event.pk}/correct/", sent, follow=True).content.decode()
    event.refresh_from_db()
    assert (event.place, event.version) == ("The community room", 2)
    assert list(event.topics.all()) == [world.topic]
    for words in ("Contact corrected.", "I added where it was", "Amina", "The community room"):
        assert words in page
    assert event.reach.filter(community=world.community).exists() is False  # rows left empty are dropped


def test_a_correction_without_a_reason_is_asked_for_one_and_nothing_typed_is_lost(world, signed_in):
    event = world.contact()
    sent = correction(event, place="The community room", reason="")
    page = signed_in(world.amina).post(f"/workspace/contacts/{event.pk}/correct/", sent).content.decode()
    assert "Say why, in a few words" in page
    assert "The community room" in page


def test_the_second_of_two_corrections_is_told_and_keeps_its_words(world, signed_in):
    event = world.contact()
    first, second = correction(event, place="Room one"), correction(event, place="Room two")
    signed_in(world.amina).post(f"/workspace/contacts/{event.pk}/correct/", first)
    page = signed_in(world.manager).post(f"/workspace/contacts/{event.pk}/correct/", second).content.decode()
    assert "Somebody else changed this while you had it open" in page
    assert "Room two" in page
    event.refresh_from_db()
    assert event.place == "Room one"


def test_a_withdrawn_contact_is_struck_through_never_gone_and_counted_nowhere(world, signed_in):
    event = world.contact()
    client = signed_in(world.amina)
    page = client.post(
        f"/workspace/contacts/{event.pk}/withdraw/", {"reason": "Logged twice", "version": 1}, follow=True
    ).content.decode()
    assert "Logged twice" in page
    assert "heard-struck" in page
    assert not EngagementEvent.objects.standing().exists()
    assert (
        "This contact was withdrawn"
        in client.post(f"/workspace/contacts/{event.pk}/points/new/", {"words": "More"}).content.decode()
    )


def test_a_champion_reads_only_contacts_they_made(world, signed_in):
    theirs, other = world.contact(world.chen), world.contact(world.amina)
    client = signed_in(world.chen)
    assert client.get(f"/workspace/contacts/{theirs.pk}/").status_code == 200
    assert client.get(f"/workspace/contacts/{other.pk}/").status_code == 404


def test_a_restricted_contact_is_read_by_its_named_readers_alone(world, signed_in):
    event = world.contact()
    restrict_event(actor=world.amina, event=event, readers=[world.lead])
    statuses = {
        name: signed_in(getattr(world, name)).get(f"/workspace/contacts/{event.pk}/").status_code
        for name in ("amina", "lead", "manager", "joe")
    }
    assert statuses == {"amina": 200, "lead": 200, "manager": 404, "joe": 404}
    assert event not in EngagementEvent.objects.summaries_visible_to(world.joe)


def test_a_safeguarding_concern_passed_on_is_recorded_without_what_it_was(world, signed_in):
    event = world.contact()
    client = signed_in(world.amina)
    today = timezone.localdate()
    sent = {"passed_on_day": today.day, "passed_on_month": today.month, "passed_on_year": today.year, "at": "00:00"}
    refused = client.post(f"/workspace/contacts/{event.pk}/safeguarding/", sent).content.decode()
    assert "Write which team you passed it on to" in refused
    page = client.post(
        f"/workspace/contacts/{event.pk}/safeguarding/", {**sent, "to_team": "Adult safeguarding"}, follow=True
    ).content.decode()
    assert "Passed on to Adult safeguarding" in page
    assert "Adult safeguarding" not in page_of(signed_in(world.lead), f"/workspace/contacts/{event.pk}/")


def test_the_list_narrows_by_group_community_topic_officer_day_and_mine(world, signed_in):
    mine = world.contact(topics=[world.topic])
    world.contact(world.joe, organisations=[world.south_group], occurred_on=timezone.localdate() - timedelta(days=9))
    client = signed_in(world.manager)
    today = timezone.localdate()
    for narrowing in (
        f"organisation={world.group.pk}",
        f"community={world.community.pk}",
        f"topic={world.topic.pk}",
        f"officer={world.amina.pk}",
        f"locality={world.east.pk}",
        f"area={world.east_ward.pk}",
        f"occurred_from={today.isoformat()}",
    ):
        shown = list(client.get(f"/workspace/contacts/?{narrowing}").context["page"])
        assert shown == [mine], narrowing
    assert len(client.get("/workspace/contacts/").context["page"]) == 2
    assert not client.get("/workspace/contacts/?mine=true").context["page"].object_list


def test_lists_and_home_cost_the_same_queries_for_one_row_and_ten(world, signed_in, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = signed_in(world.amina)
    world.promise(days=-1)
    addresses = ["/workspace/", "/workspace/contacts/", "/workspace/promises/"]

    def cost(address):
        client.get(address)  # what every page shows of the council is remembered after the first
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    before = {address: cost(address) for address in addresses}
    for _ in range(9):
        world.promise(days=-1, topics=[world.topic])
    after = {address: cost(address) for address in addresses}
    assert after == before
    assert max(after.values()) <= 20, after


def test_an_export_holds_what_one_may_read_is_audited_and_runs_nothing_in_a_spreadsheet(world, signed_in):
    world.contact(points=[PointDetails(words='=HYPERLINK("http://bad.example")')])
    world.contact(world.joe, organisations=[world.south_group], points=[PointDetails(words="South words")])
    answer = signed_in(world.amina).post("/workspace/contacts/export/", {})
    text = b"".join(answer.streaming_content).decode()
    assert "'=HYPERLINK" in text
    assert "South words" not in text
    audit = AuditEvent.objects.get(verb="contact.exported")
    assert (audit.actor, audit.count) == (world.amina, 1)


def test_nobody_exports_by_following_a_link(world, signed_in):
    assert signed_in(world.amina).get("/workspace/contacts/export/").status_code == 302
    assert signed_in(world.chen).post("/workspace/contacts/export/").status_code == 403


@pytest.mark.parametrize(
    ("verb", "sent", "state"),
    [
        ("keep", {"words": "Sent by post"}, "kept"),
        ("break", {"reason": "No Urdu leaflet exists"}, "broken"),
        ("withdraw", {"reason": "They asked us not to"}, "withdrawn"),
    ],
)
def test_a_promise_is_settled_once(world, signed_in, verb, sent, state):
    promise = world.promise()
    client = signed_in(world.amina)
    client.post(f"/workspace/promises/{promise.pk}/{verb}/", {**sent, "version": 1})
    promise.refresh_from_db()
    assert (promise.state, promise.settled_words) == (state, next(iter(sent.values())))
    again = client.post(f"/workspace/promises/{promise.pk}/keep/", {"version": 2}).content.decode()
    assert f"This promise is already {state}" in again


@pytest.mark.parametrize("verb", ["break", "withdraw", "change"])
def test_a_promise_needs_a_reason_to_be_broken_withdrawn_or_changed(world, signed_in, verb):
    promise = world.promise()
    page = signed_in(world.amina).post(f"/workspace/promises/{promise.pk}/{verb}/", {"version": 1}).content.decode()
    assert "Say why, in a few words" in page
    assert Promise.objects.get().state == "open"


def test_a_changed_promise_keeps_what_it_said_before(world, signed_in):
    promise = world.promise()
    due = timezone.localdate() + timedelta(days=30)
    sent = {
        "words": "Send it in Urdu and Pahari",
        "due_on_day": due.day,
        "due_on_month": due.month,
        "due_on_year": due.year,
        "reason": "They asked for both",
        "version": 1,
    }
    page = signed_in(world.amina).post(f"/workspace/promises/{promise.pk}/change/", sent, follow=True).content.decode()
    assert "Send it in Urdu and Pahari" in page
    assert "Before: Send the leaflet in Urdu" in page
    assert "They asked for both" in page


def test_late_promises_lead_on_the_home_page(world, signed_in):
    world.promise(days=7, words="Later")
    world.promise(days=-3, words="Overdue")
    page = page_of(signed_in(world.amina), "/workspace/")
    assert page.index("Overdue") < page.index("Later")
    assert "3 days late" in page


def test_a_community_never_heard_from_is_named_on_the_home_page(world, signed_in):
    world.contact()
    page = page_of(signed_in(world.amina), "/workspace/")
    assert "Kashmiri women" in page
    assert "never heard directly" in page


def test_a_headcount_with_an_area_is_enough_to_say_who(world):
    from engagement.log.actions import log_event
    from engagement.log.details import ReachDetails

    event = log_event(
        actor=world.amina,
        details=EventDetails(
            occurred_on=timezone.localdate(),
            area=world.east_ward,
            reach=[ReachDetails(people=40)],
            points=[PointDetails(words="The bus is too dear.")],
        ),
    )
    assert [(row.community, row.people) for row in event.reach.all()] == [(None, 40)]


def test_reading_a_restricted_contact_is_audited_on_both_doors_and_reading_an_open_one_is_not(world, signed_in):
    open_one, event = world.contact(), world.contact()
    restrict_event(actor=world.amina, event=event, readers=[world.lead])
    client = signed_in(world.lead)
    client.get(f"/workspace/contacts/{open_one.pk}/")
    client.get(f"/workspace/contacts/{event.pk}/")
    client.get(f"/api/v1/engagement-events/{event.pk}/")
    read = AuditEvent.objects.filter(verb="contact.read")
    assert {(row.actor, row.subject_id, row.door) for row in read} == {
        (world.lead, str(event.pk), "page"),
        (world.lead, str(event.pk), "api"),
    }


def test_a_point_added_later_starts_as_one_that_is_logged(world, signed_in):
    event = world.contact()
    page = signed_in(world.amina).get(f"/workspace/contacts/{event.pk}/points/new/").content.decode()
    for chosen in ("paraphrase", "not_asked", "concern"):
        assert re.search(rf'<option value="{chosen}"\s+selected', page), chosen


def test_a_wrong_row_of_who_was_reached_stands_in_the_summary_and_can_be_jumped_to(world, signed_in):
    amina, event = signed_in(world.amina), world.contact()
    page = f"/workspace/contacts/{event.pk}/correct/"
    sent = as_a_browser_sends_it(amina.get(page), **{"reach-0-people": "none", "reason": "We counted"})
    html = amina.post(page, sent).content.decode()
    assert "<title>Error: " in html
    assert html.count('<a href="#id_reach-0-people">') == 1
    assert 'value="none"' in html
    event.refresh_from_db()
    assert event.version == 1


def test_whoever_may_read_summaries_alone_is_not_led_to_an_empty_list(world, signed_in):
    address, words = f"/workspace/groups/{world.group.pk}/", "You may read that these contacts took place."
    assert "Log the first one" in signed_in(world.joe).get(address).content.decode()
    world.contact()
    elsewhere = signed_in(world.joe).get(address).content.decode()
    assert words in elsewhere
    assert "All contacts with this group" not in elsewhere
    here = signed_in(world.amina).get(address).content.decode()
    assert "All contacts with this group" in here
    assert words not in here
