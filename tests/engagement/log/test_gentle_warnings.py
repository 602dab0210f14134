"""Personal details in free text are warned of, gently, on every page where a contact is written."""

import re

import pytest
from django import forms

from crm.base.forms import GovukForm
from engagement.log.forms import warnings_of
from engagement.log.models import EngagementEvent, Promise
from tests.engagement.log.test_contact_pages import correction
from tests.engagement.log.test_logging_page import NEW, told

PHONE = "You may have written a phone number. Check and remove it, or save anyway."
DUE = {"due_on_day": "1", "due_on_month": "12", "due_on_year": "2027"}


@pytest.fixture
def event(world):
    """A contact with a point."""
    return world.contact()


def pages_of(event):
    point = event.points.get()
    return {
        "points/new/": {"words": "Ring her on (0121) 496 0999"},
        f"points/{point.pk}/": {"words": "Ring her on (0121) 496 0999", "version": point.version, "reason": "More"},
        "promises/new/": {"words": "Ring 07700.900.123", **DUE},
        "correct/": correction(event, follow_up="ring 07700 900123"),
        "withdraw/": {"reason": "Ring 07700 900123 and ask", "version": event.version},
    }


@pytest.mark.parametrize("number", range(5))
def test_a_phone_number_is_warned_of_and_can_be_saved_anyway(world, signed_in, event, number):
    client, (part, sent) = signed_in(world.amina), list(pages_of(event).items())[number]
    address = f"/workspace/contacts/{event.pk}/{part}"
    page = client.post(address, sent).content.decode()
    assert page.count(PHONE) == 1
    assert "<title>Check: " in page
    assert 'name="anyway" value="yes"' in page
    assert client.post(address, {**sent, "anyway": "yes"}).status_code == 302


def test_the_id_of_a_choice_is_no_free_text():
    class Choosing(GovukForm):
        one = forms.ChoiceField(choices=[("01a2-0770-0900-1234-0567", "Al-Noor")])

    form = Choosing({"one": "01a2-0770-0900-1234-0567"})
    assert form.is_valid()
    assert warnings_of(form) == []


def test_nothing_is_saved_before_the_warning_was_seen(world, signed_in, event):
    client = signed_in(world.amina)
    for part, sent in pages_of(event).items():
        client.post(f"/workspace/contacts/{event.pk}/{part}", sent)
    fresh = EngagementEvent.objects.get(pk=event.pk)
    assert (fresh.version, fresh.withdrawn_at, fresh.points.count()) == (event.version, None, 1)
    assert not Promise.objects.exists()


def test_a_postcode_in_the_place_is_warned_of_once_and_not_again_when_something_else_is_put_right(
    world, signed_in, event
):
    client, address = signed_in(world.amina), f"/workspace/contacts/{event.pk}/correct/"
    sent = correction(event, place="12 High St B10 0AA")
    assert "You may have written a postcode" in client.post(address, sent).content.decode()
    client.post(address, {**sent, "anyway": "yes"})
    event.refresh_from_db()
    assert event.place == "12 High St B10 0AA"
    again = correction(event, place=event.place, follow_up="Bring the leaflet")
    assert client.post(address, again).status_code == 302


def test_a_promise_is_settled_and_changed_with_the_same_warning(world, signed_in):
    client, promise = signed_in(world.amina), world.promise()
    changed = {"words": "Ring 07700 900123", "reason": "It moved", "version": promise.version, **DUE}
    for part, sent in {
        "change/": changed,
        "keep/": {"words": "Rang 07700 900123", "version": promise.version},
        "break/": {"reason": "07700 900123 did not answer", "version": promise.version},
    }.items():
        page = client.post(f"/workspace/promises/{promise.pk}/{part}", sent).content.decode()
        assert page.count(PHONE) == 1, part
    assert Promise.objects.get().version == promise.version
    assert client.post(f"/workspace/promises/{promise.pk}/change/", {**changed, "anyway": "yes"}).status_code == 302


# --- Beside what is wrong, and once ---


def agreed_on(page):
    return re.findall(r'name="agreed" value="([^"]+)"', page)


def test_a_warning_stands_beside_what_is_missing_and_saving_anyway_is_pressed_once(world, signed_in):
    client, sent = signed_in(world.amina), told(world, words="Ring 07700 900123", promised="", met="")
    page = client.post(NEW, sent).content.decode()
    for words in (PHONE, "Select who you met", "Select yes if you promised something, or no"):
        assert words in page
    assert "<title>Error: " in page
    right = {**sent, "promised": "no", "met": str(world.group.pk), "anyway": "yes"}
    assert client.post(NEW, right).status_code == 302
    assert EngagementEvent.objects.get().points.get().words == "Ring 07700 900123"


def test_what_was_saved_anyway_is_not_asked_again_when_something_else_was_missing(world, signed_in):
    client, sent = signed_in(world.amina), told(world, words="Ring 07700 900123", promised="", anyway="yes")
    page = client.post(NEW, sent).content.decode()
    assert (PHONE in page, len(agreed_on(page))) == (False, 1)
    again = {**sent, "promised": "no", "agreed": agreed_on(page)}
    del again["anyway"]
    other_words = client.post(NEW, {**again, "words": "Or 07700 900456"}).content.decode()
    assert PHONE in other_words, "of other words it is asked again"
    assert client.post(NEW, again).status_code == 302


def test_what_only_the_action_finds_is_said_with_the_warning_and_nothing_is_saved(world, signed_in, event):
    client, address = signed_in(world.amina), f"/workspace/contacts/{event.pk}/correct/"
    sent = correction(event, place="12 High St B10 0AA", reason="")
    page = client.post(address, sent).content.decode()
    assert "You may have written a postcode" in page
    assert '<a href="#id_reason">Say why, in a few words</a>' in page
    event.refresh_from_db()
    assert (event.place, event.version) == ("", 1)
    assert client.post(address, {**sent, "reason": "The hall", "anyway": "yes"}).status_code == 302


@pytest.mark.parametrize("number", range(5))
def test_on_every_page_saving_anyway_is_remembered(world, signed_in, event, number):
    client, (part, sent) = signed_in(world.amina), list(pages_of(event).items())[number]
    address = f"/workspace/contacts/{event.pk}/{part}"
    wrong = {**sent, "kind": "none such", "due_on_day": "32", "version": "none", "anyway": "yes"}
    page = client.post(address, wrong).content.decode()
    assert PHONE not in page
    assert client.post(address, {**sent, "agreed": agreed_on(page)}).status_code == 302


def test_it_leads_to_the_field_it_is_about(world, signed_in):
    page = signed_in(world.amina).post(NEW, told(world, promise_words="Ring 07700 900123")).content.decode()
    assert f'{PHONE} Look at <a class="govuk-link" href="#id_promise_words">If yes, what did you promise?</a>' in page


def test_a_hidden_answer_is_not_warned_of(world, signed_in):
    client = signed_in(world.amina)
    sent = told(world, promised="no", promise_words="Ring 07700 900123", met_other="jo@example.org")
    assert client.post(NEW, sent).status_code == 302
