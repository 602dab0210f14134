"""The pages about the API, read on a phone, without signing in and without scripts."""

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_the_pages_about_the_api_are_fit_to_read_closed_and_opened(open_page, look_over):
    page = open_page()
    page.goto("/api/v1/")
    expect(page.get_by_role("link", name="engagement-events", exact=True)).to_be_visible()
    look_over(page)
    page.goto("/api/v1/about/promises/")
    look_over(page)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    look_over(page)


@pytest.mark.parametrize("resource", ["engagement-events", "forums"])
def test_no_operation_runs_off_a_phones_screen(open_page, resource):
    page = open_page()
    page.goto(f"/api/v1/about/{resource}/")
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_pages_about_the_api_need_no_script(open_page):
    page = open_page(java_script_enabled=False)
    page.goto("/api/v1/")
    page.get_by_role("link", name="promises", exact=True).click()
    expect(page.get_by_role("heading", name="Record that a promise was kept")).to_be_visible()
    page.get_by_role("link", name="The API of Heard").click()
    expect(page.get_by_role("heading", name="What it holds")).to_be_visible()
