"""An officer meets somebody new, adds them on the way, and prints a sheet before the next visit."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from crm.organisations.models import Organisation
from tests.house.variety import one_more

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
SENTENCE = "We sing on Tuesdays, and nobody has heard of it."


@pytest.mark.parametrize("javascript", [True, False])
def test_a_group_that_is_new_is_added_and_nothing_typed_is_lost(cast, open_page, sign_in, look_over, javascript):
    cast.contact()
    page = open_page(java_script_enabled=javascript)
    sign_in(page, cast.amina)
    page.goto("/workspace/contacts/new/")
    page.get_by_label("Another group or person").check()
    page.get_by_label("If another: the group, or the person’s role").fill("Lantern Singers")
    page.get_by_label("What did people tell you?").fill(SENTENCE)
    page.locator("label[for=id_promised_0]").click()
    if javascript:
        look_over(page)
    page.get_by_role("button", name="This group is new: add it").click()
    expect(page.locator("h1")).to_have_text("Add a group")
    if javascript:
        look_over(page)
    expect(page.get_by_label("Name of the group")).to_have_value("Lantern Singers")
    page.get_by_role("button", name="Add and go back to the contact").click()
    expect(page.get_by_label("Lantern Singers", exact=True)).to_be_checked()
    expect(page.get_by_label("What did people tell you?")).to_have_value(SENTENCE)
    expect(page.locator("#id_promised_0")).to_be_checked()
    expect(page).not_to_have_url(re.compile("Lantern"))
    page.get_by_role("button", name="Save contact").click()
    page.wait_for_url("**/workspace/contacts/*/?saved=1")
    group = Organisation.objects.get(name="Lantern Singers")
    assert group.events.get().points.get().words == SENTENCE


def test_every_new_page_is_fit_to_read_on_a_phone_and_on_a_desk(cast, open_page, sign_in, look_over):
    one_more(cast, 1)
    cast.promise(days=-3)
    page = open_page()
    sign_in(page, cast.amina)
    group, venue = f"/workspace/groups/{cast.group.pk}/", f"/workspace/venues/{cast.venue.pk}/"
    person, community = f"/workspace/people/{cast.person.pk}/", f"/workspace/communities/{cast.community.pk}/"
    addresses = [
        group, f"{group}change/", f"{group}confirm/", f"{group}services/new/", f"{group}support/new/", f"{group}print/",
        f"/workspace/services/{cast.service.pk}/", "/workspace/services/?narrow=yes",
        "/workspace/support-given/?narrow=yes", "/workspace/venues/?narrow=yes", venue, f"{venue}change/",
        f"{venue}facts/hearing_loop/", person, f"{person}print/", community, f"{community}print/",
    ]  # fmt: skip
    for address in addresses:
        page.goto(address)
        expect(page.locator("h1")).to_have_count(1)
        look_over(page)


def test_a_sheet_is_one_page_of_paper(cast, open_page, sign_in):
    cast.promise(days=-3)
    one_more(cast, 1)
    page = open_page()
    sign_in(page, cast.amina)
    for kind, subject in (("groups", cast.group), ("people", cast.person), ("communities", cast.community)):
        page.goto(f"/workspace/{kind}/{subject.pk}/print/")
        printed = page.pdf(format="A4")
        assert len(re.findall(rb"/Type\s*/Page[^s]", printed)) == 1, kind
