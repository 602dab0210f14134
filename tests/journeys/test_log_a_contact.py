"""An officer logs a contact on a phone, with and without JavaScript, and finds it again everywhere it belongs."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from crm.accounts.actions import make_token
from engagement.log.models import EngagementEvent

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
SENTENCE = "Nobody told us a carer can get help too."
PROMISE = "Send the carers leaflet in Urdu"


def log_with_a_promise(page, group):
    """The page as a thumb goes through it. Returns how many taps it took; typing a sentence is no tap."""
    taps = 0

    def tap(found):
        nonlocal taps
        found.click()
        taps += 1

    page.goto("/workspace/contacts/new/")
    tap(page.get_by_label(group.name, exact=True))
    page.get_by_label("What did people tell you?").fill(SENTENCE)
    tap(page.locator("label[for=id_promised_1]"))
    page.get_by_label("If yes, what did you promise?").fill(PROMISE)
    tap(page.get_by_label("1 week"))
    tap(page.get_by_role("button", name="Save contact"))
    page.wait_for_url("**/workspace/contacts/*/?saved=1")
    return taps


@pytest.mark.parametrize("javascript", [True, False])
def test_four_taps_and_a_sentence_log_a_contact_with_a_promise(cast, open_page, sign_in, javascript):
    yesterday = timezone.localdate() - timedelta(days=1)
    cast.contact(occurred_on=yesterday)  # so that the group is among the recent ones
    page = open_page(java_script_enabled=javascript)
    sign_in(page, cast.amina)
    assert log_with_a_promise(page, cast.group) == 4
    logged = EngagementEvent.objects.newest_first().first()

    page.goto(f"/workspace/groups/{cast.group.pk}/")
    expect(page.get_by_text(SENTENCE)).to_have_count(2)  # this contact's and the one before
    expect(page.get_by_role("link", name=PROMISE)).to_be_visible()

    _, key = make_token(actor=cast.amina, name="Reading", scope="read", days=1)
    rows = Client().get("/api/v1/engagement-events/", headers={"Authorization": f"Bearer {key}"}).json()["results"]
    assert str(logged.pk) in {row["id"] for row in rows}


BROKEN_WORDS = """labels => labels.flatMap(label => [...label.firstChild.data.matchAll(/[a-z]{4,}/gi)].filter(word => {
    const range = document.createRange();
    range.setStart(label.firstChild, word.index);
    range.setEnd(label.firstChild, word.index + word[0].length);
    return new Set([...range.getClientRects()].map(line => line.top)).size > 1;
}).map(word => word[0]))"""


def test_no_word_of_a_choice_is_broken_in_two_on_the_narrowest_phone(cast, open_page, sign_in):
    page = open_page()
    sign_in(page, cast.amina)
    page.goto("/workspace/contacts/new/")
    choices = page.locator(".heard-radios-grid .govuk-radios__label")
    expect(choices.filter(has_text="Yesterday")).to_be_visible()
    assert choices.evaluate_all(BROKEN_WORDS) == []


@pytest.mark.parametrize("javascript", [True, False])
def test_back_in_the_browser_and_save_again_asks_before_it_saves_twice(cast, open_page, sign_in, javascript):
    cast.contact(occurred_on=timezone.localdate() - timedelta(days=1))
    page = open_page(java_script_enabled=javascript)
    sign_in(page, cast.amina)
    log_with_a_promise(page, cast.group)
    first = EngagementEvent.objects.newest_first().first()
    page.go_back()
    page.get_by_label(cast.group.name, exact=True).check()
    page.get_by_label("What did people tell you?").fill(SENTENCE)  # browsers differ in what they restore
    page.locator("label[for=id_promised_0]").click()
    page.get_by_role("button", name="Save contact").click()
    warning = page.get_by_role("alert").filter(has_text="You saved the same words today")
    expect(warning.get_by_role("link")).to_have_attribute("href", f"/workspace/contacts/{first.pk}/")
    assert EngagementEvent.objects.count() == 2
    page.get_by_role("button", name="Save anyway").click()
    page.wait_for_url("**/workspace/contacts/*/?saved=1")
    assert EngagementEvent.objects.count() == 3


def test_another_localitys_officer_finds_the_summary_and_not_a_word(cast, open_page, sign_in):
    event = cast.contact(topics=[cast.topic])
    page = open_page()
    sign_in(page, cast.joe)
    page.goto(f"/workspace/groups/{cast.group.pk}/")
    expect(page.get_by_text("Carers", exact=True).first).to_be_visible()
    expect(page.get_by_text(SENTENCE)).to_have_count(0)
    assert page.request.get(f"/workspace/contacts/{event.pk}/").status == 404
    page.goto("/workspace/contacts/")
    expect(page.get_by_text("No contacts yet that you may read.")).to_be_visible()


def test_what_is_missing_is_said_and_can_be_reached_by_keyboard_alone(cast, open_page, sign_in, look_over):
    cast.promise(days=-4)
    page = open_page()
    sign_in(page, cast.amina)
    page.goto("/workspace/contacts/new/")
    page.get_by_role("button", name="Save contact").press("Enter")
    page.get_by_role("link", name="Select who you met").wait_for()
    expect(page).to_have_title(re.compile("^Error:"))
    look_over(page)
    page.get_by_role("link", name="Select who you met").press("Enter")
    page.keyboard.press("Space")
    expect(page.locator("#id_met_0")).to_be_checked()
    expect(page.get_by_text("1 promise is late").first).to_be_visible()


def test_a_save_while_signed_out_comes_back_full_after_signing_in(cast, open_page, sign_in):
    cast.contact()
    page = open_page()
    sign_in(page, cast.amina)
    page.goto("/workspace/contacts/new/")
    page.get_by_label(cast.group.name, exact=True).check()
    page.get_by_label("What did people tell you?").fill("The ramp is too steep.")
    page.locator("label[for=id_promised_0]").click()
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Save contact").click()
    page.get_by_label("E-mail address").fill(cast.amina.email)
    page.get_by_label("Password", exact=True).fill("a long enough sentence")
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/workspace/contacts/new/?kept=1")
    expect(page.get_by_label("What did people tell you?")).to_have_value("The ramp is too steep.")
    page.get_by_role("button", name="Save contact").click()
    page.wait_for_url("**/workspace/contacts/*/?saved=1")
    assert EngagementEvent.objects.count() == 2


def test_every_page_of_the_log_reads_well_narrow_large_and_in_forced_colours(cast, open_page, sign_in, look_over):
    promise = cast.promise(days=-2, topics=[cast.topic])
    page = open_page()
    sign_in(page, cast.amina)
    for address in (
        "",
        "contacts/new/",
        "contacts/",
        *(f"contacts/{promise.event_id}/{name}" for name in ("", "correct/", "withdraw/", "points/new/")),
        "promises/",
        *(f"promises/{promise.pk}/{name}" for name in ("", "change/")),
    ):
        shown = page.goto(f"/workspace/{address}")
        assert shown.status == 200, address
        look_over(page)


def test_a_warning_is_where_reading_goes_on_leads_to_its_field_and_no_button_is_too_small(cast, open_page, sign_in):
    cast.contact(occurred_on=timezone.localdate() - timedelta(days=1))
    page = open_page()
    sign_in(page, cast.amina)
    page.goto("/workspace/contacts/new/")
    save = page.get_by_role("button", name="Save contact")
    expect(save).to_be_visible()
    assert save.bounding_box()["height"] >= 44
    page.get_by_label(cast.group.name, exact=True).check()
    page.get_by_label("What did people tell you?").fill("Ring her on 07700 900123")
    page.locator("label[for=id_promised_0]").click()
    save.click()
    warning = page.get_by_role("alert").filter(has_text="You may have written a phone number")
    expect(warning).to_be_focused()
    warning.get_by_role("link", name="What did people tell you?").click()
    expect(page.get_by_label("What did people tell you?")).to_be_focused()
    page.get_by_role("button", name="Save anyway").click()
    page.wait_for_url("**/workspace/contacts/*/?saved=1")
