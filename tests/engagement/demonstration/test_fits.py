"""What the demonstration tells fits whom it tells it of."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import timedelta

import pytest
from django.utils import timezone

from crm.people.models import Person, PersonLanguage, PersonRole
from engagement.forums.reports.faith import bank_holidays
from engagement.log.models import EngagementEvent, Point
from engagement.needs.models import NeedOutcome

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _loaded(demonstration: str) -> None:
    """All of it stands on the demonstration."""


def test_support_is_used_where_somebody_may_have_needed_it() -> None:
    met = EngagementEvent.objects.filter(organisations__isnull=False)
    signed = met.filter(support_used__name="BSL interpreter")
    assert signed.exists()
    assert not signed.exclude(organisations__languages__is_signed=True).exists()
    assert not EngagementEvent.objects.filter(
        kind=EngagementEvent.Kind.ONLINE, support_used__name__in=["Childcare", "Step-free room", "Hearing loop"]
    ).exists()
    braille = met.filter(support_used__name="Braille").values_list("organisations__name", flat=True)
    assert {name for name in braille if "Carers" in name or "Mosque" in name} == set()


def test_whoever_is_quoted_in_a_language_has_it() -> None:
    has = set(PersonLanguage.objects.values_list("person_id", "language_id"))
    quoted = Point.objects.exclude(language=None).exclude(raised_by=None).exclude(raised_by__person=None)
    pairs = quoted.filter(event__logged_by__isnull=False).values_list("raised_by__person_id", "language_id")
    assert pairs
    assert [pair for pair in pairs if pair not in has] == []


def test_no_old_man_speaks_for_young_people() -> None:
    older = (Person.AgeBand.ADULT, Person.AgeBand.OLDER, Person.AgeBand.OLDEST)
    young = EngagementEvent.objects.filter(organisations__name__in=["Next Step Youth Forum", "Young Carers' Voice"])
    assert young.exists()
    assert not young.filter(contributions__person__age_band__in=older, forum=None).exists()


def test_nobody_is_met_on_a_bank_holiday_and_says_one_thing_twice() -> None:
    today = timezone.localdate()
    closed = [noted.first for noted in bank_holidays(today - timedelta(days=600), today)]
    assert not EngagementEvent.objects.filter(occurred_on__in=closed, forum=None).exists()
    said = Point.objects.filter(withdrawn_at=None) if hasattr(Point, "withdrawn_at") else Point.objects.all()
    pairs = list(said.values_list("event_id", "words"))
    assert len(pairs) == len(set(pairs))


def test_what_is_said_of_a_need_that_was_not_met_fits_the_need() -> None:
    about = defaultdict(set)
    for words, group, key in NeedOutcome.objects.exclude(words="").values_list(
        "words", "need__type__group", "need__type__key"
    ):
        about[words].add(f"{group} {key}")
    assert about
    for word, kinds in {"interpreter": "interpreter", "lift": "step-free|wheelchair", "taxi": "transport"}.items():
        said = [kind for words, found in about.items() if word in words for kind in found]
        assert [kind for kind in said if not re.search(kinds, kind)] == []


def test_the_young_bear_other_names_than_their_grandparents() -> None:
    def given(*groups: str) -> set[str]:
        names = Person.objects.filter(roles__organisation__name__in=groups).values_list("name", flat=True)
        return {name.split()[0] for name in names}

    young = given("Next Step Youth Forum", "Young Carers' Voice")
    assert young
    assert young.isdisjoint(given("Castle Vale Over-60s", "Silver Pride", "St Brigid's Parish lunch"))


def test_one_secretary_is_enough_for_a_group_and_a_college_has_students() -> None:
    kept = PersonRole.objects.filter(role="Secretary").values_list("organisation", flat=True)
    assert len(kept) == len(set(kept))
    college = PersonRole.objects.filter(organisation__kind="education").values_list("role", flat=True)
    assert {"Tutor", "Student"} <= set(college)
    assert "Chair" not in college
