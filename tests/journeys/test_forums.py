"""A champion with only a keyboard plans a six-month series, moves one date, skips another, and opens them all."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.formats import date_format
from playwright.sync_api import expect

from engagement.forums.models import Forum, Series
from tests.engagement.forums import holding
from tests.engagement.forums.helpers import a_series, in_days, offers

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
DESKTOP = {"width": 1280, "height": 900}
MOST_TABS = 250


def _tab_to(page, words: str, *, role: str = "") -> None:
    """Press Tab until what bears these words has the focus."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        here = page.evaluate(
            "() => { const e = document.activeElement; const l = e.labels && e.labels[0];"
            " return [e.tagName, ((l ? l.innerText : '') || e.innerText || e.value || '')"
            ".replace(/\\s+/g, ' ').trim()] }"
        )
        if here[1].startswith(words) and (not role or here[0] == role):
            return
    raise AssertionError(f"{words} cannot be reached by Tab on {page.url}")


def _type(page, label: str, words: str) -> None:
    _tab_to(page, label, role="INPUT")
    page.keyboard.press("Control+a")
    page.keyboard.type(words)


def _press(page, words: str) -> None:
    """A button or a link, by the keyboard."""
    _tab_to(page, words)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def planning(cast):
    """The pages on which forums and series are planned and changed."""
    series = a_series(cast, actor=cast.chen, dates=3)
    first = series.forums.order_by("on").first()
    job = first.jobs.first()
    own = ("", "plan/when/", "plan/access/", "plan/invite/", "change/", "move/", "skip/", "open/", "cancel/")
    return (
        "",
        "forums/?narrow=yes",
        "forums/new/",
        *(f"forums/{first.pk}/{name}" for name in own),
        "series/?narrow=yes",
        f"series/{series.pk}/",
        f"series/{series.pk}/end/",
        "jobs/?narrow=yes",
        f"jobs/{job.pk}/finish/",
        f"jobs/{job.pk}/give/",
    )


def the_day(cast):
    """The pages of the day of a forum, and of what comes after it; two of planning, which look otherwise on a desk."""
    today = holding.to_close(cast)
    notes = holding.checked(cast)
    own = (
        "desk/", "desk/walk-in/", "desk/heads/", "not-held/", "run-sheet/", "run-sheet/change/", "capture/", "letters/",
        "close/",
    )  # fmt: skip
    after = ("notes/", "notes/write/", "next/", "thanks/")
    first = a_series(cast, actor=cast.chen, dates=3).forums.order_by("on").first()
    return (
        *(f"forums/{first.pk}/plan/{name}/" for name in ("when", "access")),
        *(f"forums/{today.pk}/{name}" for name in own),
        *(f"forums/{notes.forum_id}/{name}" for name in after),
        "reports/barriers/",
    )


@pytest.mark.parametrize(
    ("pages", "viewport"), [(planning, None), (the_day, DESKTOP)], ids=["planning on a phone", "the day at a desk"]
)
def test_every_page_about_forums_can_be_read_by_everybody(cast, open_page, sign_in, look_over, pages, viewport):
    addresses = pages(cast)
    page = open_page(**({"viewport": viewport} if viewport else {}))
    sign_in(page, cast.chen if pages is planning else cast.lead)
    for address in addresses:
        shown = page.goto(f"/workspace/{address}")
        assert shown is not None
        assert shown.status == 200, address
        look_over(page)


def test_a_champion_plans_a_six_month_series_by_keyboard_alone(cast, open_page, sign_in):
    offers(cast)
    assert cast.venue
    day = in_days(75)
    page = open_page(viewport=DESKTOP)
    sign_in(page, cast.chen)
    page.goto("/workspace/forums/")
    _press(page, "Plan a forum")
    _type(page, "What is the forum about?", "Care at home")
    _type(page, "Day", str(day.day))
    _type(page, "Month", str(day.month))
    _type(page, "Year", str(day.year))
    _type(page, "Start time", "1:30pm")
    _type(page, "End time", "3:30pm")
    _tab_to(page, "Just once")
    for _ in range(3):  # past every week and every 2 weeks
        page.keyboard.press("ArrowDown")
    _type(page, "If it comes again: how many dates?", "6")
    _press(page, "Update the dates")
    series = Series.objects.get()
    assert series.how_often == "monthly"
    dates = list(series.forums.order_by("on"))
    expect(page.get_by_text("Check the dates")).to_be_visible()
    page.goto(f"/workspace/forums/{dates[0].pk}/plan/access/")
    _tab_to(page, "Which venue?")
    page.keyboard.press("ArrowDown")
    _tab_to(page, "BSL interpreters (2)")
    page.keyboard.press("Space")
    _press(page, "Save and choose who to invite")
    page.goto(f"/workspace/forums/{dates[0].pk}/plan/when/")
    _press(page, f"Skip {date_format(dates[3].on, 'l j F Y')}")
    _press(page, "Skip this date")
    page.goto(f"/workspace/forums/{dates[1].pk}/move/")
    moved = dates[1].on + timedelta(days=7)
    _type(page, "Day", str(moved.day))
    _type(page, "Month", str(moved.month))
    _type(page, "Year", str(moved.year))
    _press(page, "Save")
    page.goto(f"/workspace/forums/{dates[0].pk}/plan/invite/")
    _press(page, "Open this forum")
    _tab_to(page, "Open every date of this series")
    page.keyboard.press("Space")
    _press(page, "Open this forum")
    expect(page.get_by_text("Open. People may be told of it now.")).to_be_visible()
    stands = Forum.objects.filter(series=series).order_by("on")
    assert [forum.on for forum in stands] == [dates[0].on, moved, dates[2].on, dates[4].on, dates[5].on]
    assert list(series.skipped.values_list("original_on", flat=True)) == [dates[3].on]
    assert {forum.offers.count() for forum in stands if not forum.changed_alone} == {1}
