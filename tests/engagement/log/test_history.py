"""What was changed in a contact and its points, by whom and why, as its page tells it."""

from html import unescape

import pytest

from engagement.log.actions import correct_event, correct_point, restrict_event, withdraw_event
from engagement.log.details import EventDetails, PointDetails, ReachDetails
from engagement.log.models import EventCorrection
from tests.crm.people.test_pages import words_on
from tests.engagement.log.test_contact_pages import correction

BEFORE, AFTER = "Nobody told us a carer can get help too.", "Nobody tells carers that they can get help."


def page_of(event, end=""):
    return f"/workspace/contacts/{event.pk}/{end}"


def history_on(response):
    return unescape(response.content.decode()).split("What was changed, by whom and why")[1]


def corrected(world, event, **changes):
    details = {"words": AFTER, "kind": "ask", "quoting": "yes", **changes}
    correct_point(
        actor=world.amina,
        event=event,
        point=event.points.first(),
        corrected=PointDetails(**details),
        reason="She said yes",
    )


def test_correcting_a_point_asks_why_and_tells_both_words_on_the_contact(world, signed_in):
    event, client = world.contact(), signed_in(world.amina)
    sent = {"words": AFTER, "kind": "ask", "quoting": "yes", "version": "1"}
    address = page_of(event, f"points/{event.points.get().pk}/")
    refused = words_on(client.post(address, sent))
    assert '<a href="#id_reason">Say why, in a few words</a>' in refused
    assert (event.points.get().words, AFTER in refused) == (BEFORE, True)
    history = history_on(client.post(address, {**sent, "reason": "She said yes"}, follow=True))
    for words in (
        "Amina",
        "Corrected a point: She said yes",
        f"What they told us: {BEFORE} → {AFTER}",
        "Kind: A concern → Asks for something",
        "May be quoted: Not asked, so not quoted → May be quoted",
    ):
        assert words in history


def test_a_point_corrected_to_the_same_leaves_no_line(world, signed_in):
    event = world.contact()
    corrected(world, event, words=BEFORE, kind="concern", quoting="not_asked")
    assert "Corrected a point" not in history_on(signed_in(world.amina).get(page_of(event)))
    assert not EventCorrection.objects.exists()


def test_of_several_points_the_history_says_which(world, signed_in):
    event = world.contact(points=[PointDetails("The bus is late."), PointDetails("The hall is cold.")])
    corrected(world, event)
    assert "Corrected a point (number 1): She said yes" in history_on(signed_in(world.amina).get(page_of(event)))


@pytest.mark.parametrize("who", ["joe", "chen", "analyst", "administrator"])
def test_earlier_words_are_read_by_nobody_who_may_not_read_the_contact(world, signed_in, who):
    event = world.contact()
    corrected(world, event)
    answer = signed_in(getattr(world, who)).get(page_of(event))
    assert answer.status_code in (403, 404)
    assert BEFORE not in unescape(answer.content.decode())


def test_earlier_words_of_a_restricted_contact_are_for_its_readers(world, signed_in):
    event = world.contact()
    corrected(world, event)
    restrict_event(actor=world.amina, event=event, readers=[world.lead])
    assert BEFORE in history_on(signed_in(world.lead).get(page_of(event)))
    assert BEFORE not in unescape(signed_in(world.manager).get(page_of(event)).content.decode())


def test_who_was_reached_tells_the_numbers(world, signed_in):
    event = world.contact(reach=[ReachDetails(community=world.community, people=12)])
    details = EventDetails(
        event.occurred_on,
        organisations=[world.group],
        officers=[world.amina],
        reach=[ReachDetails(community=world.community, people=20)],
    )
    correct_event(actor=world.amina, event=event, details=details, reason="We counted")
    history = history_on(signed_in(world.amina).get(page_of(event)))
    assert "Who was reached: 12 → 20" in history
    assert "Corrected a contact: We counted" in history


def test_a_withdrawal_is_told_as_a_sentence(world, signed_in):
    event = world.contact()
    withdraw_event(actor=world.amina, event=event, reason="Logged twice")
    history = history_on(signed_in(world.amina).get(page_of(event)))
    assert "Withdrew a contact: Logged twice" in history
    assert "Withdrawn at" not in history
    assert "Withdrawn by" not in history


def test_a_promise_of_a_withdrawn_contact_is_struck_and_says_so_and_is_not_late(world, signed_in):
    promise, client = world.promise(days=-3), signed_in(world.amina)
    withdraw_event(actor=world.amina, event=promise.event, reason="Logged twice")
    for address in (page_of(promise.event), f"/workspace/promises/{promise.pk}/", "/workspace/promises/?state=open"):
        page = words_on(client.get(address))
        assert "The contact was withdrawn" in page, address
        assert "heard-words heard-struck" in page, address
        assert "days late" not in page, address
    assert "Due " not in words_on(client.get(page_of(promise.event)))
    assert ">Open<" not in words_on(client.get(f"/workspace/promises/{promise.pk}/"))


def test_one_correction_is_one_entry_in_the_words_and_hours_of_the_page(world, signed_in):
    event, client = world.contact(), signed_in(world.amina)
    sent = correction(event, occurred_on_day="1", occurred_on_month="3", occurred_on_year="2026", occurred_at="14:30",
                      follow_up="Ring the hall", topics=[str(world.topic.pk)], organisations=[])  # fmt: skip
    client.post(page_of(event, "correct/"), {**sent, "met_in_words": "The caretaker"})
    history = history_on(client.get(page_of(event)))
    assert history.count("Corrected a contact: I added where it was") == 1
    for words in ("Time: empty → 14:30<", "What to do next: empty → Ring the hall", "Topics changed",
                  "Groups we met changed", "Who we met, in words: empty → The caretaker"):  # fmt: skip
        assert words in history, words
    assert "Follow up" not in history


def test_a_change_of_topics_alone_is_a_new_version_and_one_entry(world, signed_in):
    event, client = world.contact(), signed_in(world.amina)
    client.post(page_of(event, "correct/"), correction(event, topics=[str(world.topic.pk)]))
    assert history_on(client.get(page_of(event))).count("Corrected a contact") == 1
    assert type(event).objects.get(pk=event.pk).version == event.version + 1
