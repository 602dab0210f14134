"""What somebody said would help them is offered as an access need with their place, and never becomes one alone."""

from __future__ import annotations

import pytest
from django.utils import timezone

from crm.access.models import AccessNeed
from crm.access.told import told_by
from crm.base.writing import writing_allowed
from crm.panels.actions import applying, choosing
from crm.panels.details.recruitment import Answers
from crm.panels.models import Application
from tests.crm.access.helpers import a_type
from tests.crm.panels import calling
from tests.crm.people.test_pages import words_on

LIFT = "A lift, I cannot take the bus"


@pytest.fixture
def seated(world):
    """Halina has her place."""
    answers = Answers(name="Halina Zielinska", reach_by="link", would_help=LIFT)
    offered = calling.decided(world, calling.sent_and_closed(world, answers=answers))
    told = applying.record_offer_answer(actor=world.lead, application=offered, accepts=True)
    return choosing.seat_applicant(actor=world.lead, application=told)


def test_nothing_is_written_down_by_itself_and_the_page_says_so(world, signed_in, seated):
    assert not AccessNeed.objects.exists()
    page = words_on(signed_in(world.lead).get(f"/workspace/applications/{seated.pk}/"))
    assert "It is not an access need yet" in page
    assert f"/workspace/people/{seated.person_id}/needs/new/" in page


def test_their_own_words_stand_in_the_form_and_sharing_is_asked(world, signed_in, seated):
    lead, address = signed_in(world.lead), f"/workspace/people/{seated.person_id}/needs/new/"
    chosen = a_type()
    assert LIFT in words_on(lead.get(address))
    page = words_on(lead.get(f"{address}?type={chosen.pk}"))
    assert f">\n{LIFT}</textarea>" in page
    assert "May we share it?" in page
    today = timezone.localdate()
    sent = {"type": chosen.pk, "own_words": LIFT, "told_by": "themselves", "what_to_do": "Book a taxi",
            **{f"told_on_{n}": v for n, v in enumerate((today.day, today.month, today.year))}}  # fmt: skip
    assert lead.post(address, sent).status_code == 302
    need = AccessNeed.objects.get()
    assert (need.own_words, need.told_by, need.may_share) == (LIFT, "themselves", "not_asked")
    assert "It is not an access need yet" not in words_on(lead.get(f"/workspace/applications/{seated.pk}/"))


def test_who_may_not_read_the_application_is_offered_nothing(world, seated):
    assert [one.words for one in told_by(seated.person, reader=world.lead)] == [LIFT]
    for name in ("amina", "chen", "analyst"):
        assert told_by(seated.person, reader=getattr(world, name)) == [], name


def test_words_too_long_for_the_box_are_shown_and_not_cut(world, signed_in, seated):
    long = "A lift. " * 100
    with writing_allowed():
        Application.objects.filter(pk=seated.pk).update(would_help=long)
    page = words_on(signed_in(world.lead).get(f"/workspace/people/{seated.person_id}/needs/new/?type={a_type().pk}"))
    assert long.strip() in page
    assert long.strip() not in page.split("<textarea")[1]
