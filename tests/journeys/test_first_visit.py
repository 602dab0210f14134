"""The first minutes of an officer on a phone: sign in, home, help, sign out; with and without scripts."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_an_officer_signs_in_on_a_phone_and_every_page_of_the_menu_is_fit_to_read(
    cast, open_page, sign_in_by_the_page, look_over
):
    cast.promise(days=-3)
    page = open_page()
    sign_in_by_the_page(page, cast.amina)
    look_over(page)
    menu = page.locator("nav[aria-label=Menu] a")  # folded away on a phone
    addresses = [link.get_attribute("href") for link in menu.all()]
    assert addresses
    for address in addresses:
        page.goto(address)
        expect(page.locator("h1")).to_have_count(1)
        look_over(page)


def test_all_of_it_works_without_scripts(cast, open_page, sign_in_by_the_page):
    page = open_page(java_script_enabled=False)
    sign_in_by_the_page(page, cast.amina)
    expect(page.locator("h1")).to_be_visible()
    page.goto("/workspace/contacts/new/")
    expect(page.locator("form[method=post] textarea").first).to_be_visible()


def test_whoever_is_signed_out_is_sent_to_sign_in_and_back(cast, open_page):
    page = open_page()
    page.goto("/workspace/promises/")
    expect(page).to_have_url(re.compile(r"/accounts/login/\?next=/workspace/promises/"))
