"""Somebody applies to join a panel with the keyboard alone and without a script, and comes back to it by their link."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from crm.panels.models import Application
from tests.crm.panels import calling

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def press_tab_to(page, words: str, most: int = 40) -> None:
    """Tab on until a control with these words has the focus, as somebody without a mouse does."""
    for _ in range(most):
        page.keyboard.press("Tab")
        found = page.evaluate(
            "() => { const a = document.activeElement; const l = a.labels && a.labels[0];"
            " return (l ? l.innerText : a.innerText || a.value || '').trim(); }"
        )
        if found.startswith(words):
            return
    pytest.fail(f"No press of Tab reaches {words!r}.")


def test_somebody_applies_by_keyboard_without_a_script_and_comes_back(cast, open_page):
    calling.a_call(cast, pool_questions=[calling.AGE])
    page = open_page()
    context = page.context
    page.goto("/join/join-us/")
    press_tab_to(page, "Start: one question")
    page.keyboard.press("Enter")
    page.wait_for_url("**/questions/name/")
    press_tab_to(page, "What name shall we use?")
    page.keyboard.type("Halina")
    page.keyboard.press("Enter")
    page.wait_for_url("**/questions/reach/")
    press_tab_to(page, "Phone me")
    for _ in range(5):
        page.keyboard.press("ArrowDown")
    press_tab_to(page, "Save and come back later")
    page.keyboard.press("Enter")
    page.wait_for_url("**/link/")
    link = page.locator(".govuk-inset-text a").get_attribute("href")
    page.close()

    back = context.new_page()
    back.goto(link)
    press_tab_to(back, "Go on")
    back.keyboard.press("Enter")
    back.wait_for_url("**/check/")
    expect(back.locator("main")).to_contain_text("Halina")
    expect(back.locator("main")).to_contain_text("I will look at my link myself")
    press_tab_to(back, "Send my application")
    back.keyboard.press("Enter")
    back.wait_for_url("**/equality/")
    press_tab_to(back, "Yes, answer (2 minutes)")
    back.keyboard.press("Enter")
    back.wait_for_url("**/equality/questions/")
    press_tab_to(back, "Under 16")
    back.keyboard.press("Space")
    press_tab_to(back, "Send my answers")
    back.keyboard.press("Enter")
    expect(back.locator(".govuk-panel--confirmation")).to_be_visible()
    expect(back.locator("h1 + div")).to_contain_text(Application.objects.get().number)


def test_every_page_of_an_application_can_be_read_by_everybody(cast, open_page, look_over):
    call = calling.a_call(cast, pool_questions=[calling.AGE])
    calling.an_application(cast, call=call, send=False)
    mine, page = f"/join/my/{calling.SECRET}/", open_page()
    parts = ("", "questions/reach/", "all/", "balance/", "check/", "link/", "back/")
    for address in ("/join/join-us/", *(mine + part for part in parts)):
        page.goto(address)
        look_over(page)
    page.goto(f"{mine}check/")
    page.get_by_role("button", name="Send my application").click()
    page.wait_for_url("**/equality/")
    look_over(page)
    page.goto(f"{mine}equality/questions/")
    look_over(page)
    page.get_by_role("button", name="Skip").click()
    page.wait_for_selector("text=We have your application")
    look_over(page)
    page.goto(f"{mine}questions/name/")
    page.get_by_label("What name shall we use?").fill("")
    page.get_by_role("button", name="Continue").click()
    page.wait_for_selector("text=There is a problem")
    look_over(page)


def test_the_pages_of_those_who_choose_can_be_read_by_everybody(cast, open_page, sign_in, look_over):
    application = calling.sent_and_closed(cast)
    drawn = calling.a_draw(cast)
    page = open_page()
    sign_in(page, cast.lead)
    for address in (
        "/workspace/recruitment/", "/workspace/recruitment/new/", f"/workspace/recruitment/{application.call_id}/",
        f"/workspace/recruitment/{application.call_id}/enter/", "/workspace/applications/",
        f"/workspace/applications/{application.pk}/", f"/workspace/applications/{application.pk}/decide/",
        f"/workspace/recruitment/{drawn.pk}/draw/", "/join/drawn/draw/",
    ):  # fmt: skip
        page.goto(address)
        look_over(page)
