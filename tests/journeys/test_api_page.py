"""The page about the API, read on a phone, without signing in and without scripts."""

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_the_page_about_the_api_is_fit_to_read_closed_and_opened(open_page, look_over):
    page = open_page()
    page.goto("/api/v1/")
    expect(page.get_by_role("heading", name="Log a contact")).to_be_visible()
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "an operation runs off the screen"
    # Every operation is written by one template: those of a few resources say as much to axe as four hundred.
    page.evaluate("[...document.querySelectorAll('main section')].slice(4).forEach(one => one.remove())")
    look_over(page)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = false)")
    look_over(page)


def test_the_page_about_the_api_needs_no_script(open_page):
    page = open_page(java_script_enabled=False)
    page.goto("/api/v1/")
    page.get_by_role("link", name="promises", exact=True).click()
    expect(page.get_by_role("heading", name="Record that a promise was kept")).to_be_visible()
