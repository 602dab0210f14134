"""A form of the workspace that is pressed twice is saved once, and leads to the same page."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone

from crm.access.models import AccessNeed, NeedReview, NeedType
from crm.communities.models import CommunityFact
from crm.organisations.models import Service
from crm.people.models import Person, Supporter
from crm.privacy.models import Objection, PrivacyNotice, Restriction
from crm.venues.models import Venue
from engagement.needs.models import NeedOutcome
from tests.crm.access.helpers import a_need

TODAY = timezone.localdate()
DAY = {"day": TODAY.day, "month": TODAY.month, "year": TODAY.year}


def day(name):
    return {f"{name}_{part}": number for part, number in DAY.items()}


def once_on(page):
    return re.search(r'name="once" value="([^"]+)"', page.content.decode())[1]


def pressed(browser, path, *presses):
    """The answers to several presses of one form, each with what was typed by then."""
    key = once_on(browser.get(path))
    return [browser.post(path.partition("?")[0], {"once": key, **typed}) for typed in presses]


def form_for(world, name):
    """Where a form stands, what is typed into it, and of what it makes a row."""
    person, need = f"/workspace/people/{world.person.pk}", a_need(world)
    kind = NeedType.objects.current().first().pk
    letter = {"message": "The letter of May", "met": "met", **day("happened_on")}
    return {
        "supporter": (f"{person}/supporters/new/", {"kind": "family", "relation": "her aunt"}, Supporter),
        "told": (f"{person}/privacy/told/", {"how": "spoken", **day("given_on")}, PrivacyNotice),
        "objection": (f"{person}/privacy/objection/", day("raised_on"), Objection),
        "stop": (f"{person}/privacy/stop/", {"ground": "asked", **day("asked_on")}, Restriction),
        "need": (f"{person}/needs/new/?type={kind}",
                 {"type": kind, "what_to_do": "Ring", "told_by": "themselves", "may_share": "yes",
                  **day("told_on"), "review_on_day": 1, "review_on_month": 1, "review_on_year": TODAY.year + 1},
                 AccessNeed),
        "met in a message": (f"/workspace/access-needs/{need.pk}/messages/new/", letter, NeedOutcome),
        "fact": (f"/workspace/communities/{world.community.pk}/facts/new/",
                 {"kind": "other", "voice": "council", "words": "Not on Fridays", **day("said_on")}, CommunityFact),
        "service": (f"/workspace/groups/{world.group.pk}/services/new/", {"name": "Tea", "status": "active"}, Service),
        "venue": ("/workspace/venues/new/", {"name": "Long Hall"}, Venue),
        "person": ("/workspace/people/new/", {"name": "Sunita Rao", "age_band": "25_64"}, Person),
    }[name]  # fmt: skip


FORMS = ["supporter", "told", "objection", "stop", "need", "met in a message", "fact", "service", "venue", "person"]


@pytest.mark.parametrize("name", FORMS)
def test_a_form_pressed_twice_makes_one_record_and_leads_to_the_same_page(world, signed_in, name):
    path, typed, model = form_for(world, name)
    before = model.objects.count()
    first, second = pressed(signed_in(world.amina), path, typed, typed)
    assert first.status_code == 302, first.content.decode()
    assert (second.status_code, second.url) == (302, first.url)
    assert model.objects.count() == before + 1


def test_the_same_words_on_a_fresh_page_are_another_record(world, signed_in):
    path, typed, model = form_for(world, "supporter")
    for _ in range(2):
        pressed(signed_in(world.amina), path, typed)
    assert model.objects.count() == 2


def test_other_words_after_the_back_button_are_another_record(world, signed_in):
    path, typed, model = form_for(world, "supporter")
    answers = pressed(signed_in(world.amina), path, typed, {**typed, "relation": "her uncle"})
    assert [answer.status_code for answer in answers] == [302, 302]
    assert set(model.objects.values_list("relation", flat=True)) == {"her aunt", "her uncle"}


def test_a_press_that_was_refused_may_come_again_put_right(world, signed_in):
    path, typed, model = form_for(world, "supporter")
    refused, saved = pressed(signed_in(world.amina), path, {**typed, "relation": ""}, typed)
    assert (refused.status_code, saved.status_code, model.objects.count()) == (200, 302, 1)


def test_a_change_pressed_twice_is_not_told_of_somebody_elses_change(world, signed_in):
    need = a_need(world)
    path = f"/workspace/access-needs/{need.pk}/review/"
    browser = signed_in(world.amina)
    page = browser.get(path).content.decode()
    assert f'name="version" value="{need.version}"' in page.replace('type="hidden" ', "")
    next_year = {"review_on_day": 1, "review_on_month": 1, "review_on_year": TODAY.year + 1}
    typed = {
        "version": need.version,
        "answer": "same",
        "what_to_do": need.what_to_do,
        **next_year,
        **day("reviewed_on"),
    }
    first, second = pressed(browser, path, typed, typed)
    assert (first.status_code, second.status_code) == (302, 302), second.content.decode()
    assert NeedReview.objects.filter(need=need).count() == 1


def test_the_key_of_a_colleague_opens_nothing(world, signed_in):
    path, typed, model = form_for(world, "supporter")
    browser = signed_in(world.amina)
    key = once_on(browser.get(path))
    assert browser.post(path, {"once": key, **typed}).status_code == 302
    assert signed_in(world.joe).post(path, {"once": key, **typed}).status_code == 404
    assert model.objects.count() == 1
