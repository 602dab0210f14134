"""An invitee answers on a phone, without a script and by keyboard, in English and in Urdu."""

from __future__ import annotations

import pytest

from engagement.forums.models import Invitation
from tests.engagement.forums.inviting import an_invitation, an_open_forum
from tests.journeys.test_joining import press_tab_to

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_somebody_answers_by_keyboard_alone(cast, open_page):
    mine = an_invitation(cast)
    page = open_page()
    page.goto(f"/coming/my/{mine.secret}/")
    press_tab_to(page, "Answer one question at a time")
    page.keyboard.press("Enter")
    page.wait_for_url("**/questions/coming/**")
    press_tab_to(page, "Yes")
    page.keyboard.press("Space")
    press_tab_to(page, "Continue")
    page.keyboard.press("Enter")
    page.wait_for_url("**/questions/help/**")
    press_tab_to(page, "A quiet room", most=60)
    page.keyboard.press("Space")
    press_tab_to(page, "Continue", most=60)
    page.keyboard.press("Enter")
    page.wait_for_url("**/questions/guests/**")
    press_tab_to(page, "Continue")
    page.keyboard.press("Enter")
    page.wait_for_url("**/questions/keep/**")
    press_tab_to(page, "Continue")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Thank you. We look forward to meeting you")
    assert Invitation.objects.get(pk=mine.pk).answer == "yes"


@pytest.mark.parametrize("lang", ["en", "ur"])
def test_every_page_of_an_answer_can_be_read_by_everybody(cast, open_page, look_over, lang, settings):
    settings.SHOW_UNREVIEWED_LANGUAGES = True
    mine, page = an_invitation(cast, an_open_forum(cast, capacity=20)), open_page()
    start = f"/coming/my/{mine.secret}/"
    parts = ("", "all/", *(f"questions/{key}/" for key in ("coming", "say", "name", "reach", "help", "guests", "keep")))
    for address in (f"/coming/{mine.forum_id}/", *(start + part for part in parts)):
        page.goto(f"{address}?lang={lang}")
        look_over(page)
    for part in ("", "questions/help/"):
        page.goto(f"{start}{part}?lang={lang}&easy=1")
        look_over(page)
    page.goto(f"{start}questions/coming/?lang={lang}")
    page.get_by_role("button").last.click()
    page.wait_for_selector(".govuk-error-summary")
    look_over(page)
