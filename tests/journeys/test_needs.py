"""An officer writes down what somebody needs, meets them, and notes whether it was met; a lead reads the report."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from crm.access.actions import end_need
from crm.access.models import AccessNeed
from engagement.log.details import PromiseDetails
from engagement.needs.models import NeedOutcome
from tests.crm.access.helpers import a_need, a_type, her_father, somebody_who_needs_nothing
from tests.crm.privacy.helpers import add_person_of
from tests.engagement.needs.helpers import an_outcome

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def told(cast):
    """Needs of a person and of her father, one met, one not to be shared, and a contact at which they were there."""
    an_outcome(cast, a_need(cast, "easy-read", own_words="Long letters tire me", may_share="yes"))
    a_need(cast, "reach-by-text", may_share="no")
    a_need(cast, "spoken-interpreter", language=cast.urdu, review_on=timezone.localdate() + timedelta(days=2))
    a_need(cast, supporter=her_father(cast))
    cast.nothing = somebody_who_needs_nothing(cast)
    cast.ended = a_need(cast, person=add_person_of(cast, "Needs Ended"))
    end_need(actor=cast.amina, need=cast.ended, reason="Not any more")
    cast.contact(people=[add_person_of(cast, "Never Asked")])
    due = timezone.localdate() + timedelta(days=3)
    cast.event = cast.contact(people=[cast.person], promises=[PromiseDetails("Ring", due, to_person=cast.person)])
    return cast


def test_every_page_about_needs_can_be_read_by_everybody(told, open_page, sign_in, look_over):
    page, person, need = open_page(), told.person.pk, AccessNeed.objects.get(type__key="easy-read").pk
    sign_in(page, told.amina)
    for address in (
        "/workspace/",
        "/workspace/access-needs/?narrow=yes",
        f"/workspace/access-needs/{need}/",
        f"/workspace/access-needs/{need}/review/",
        f"/workspace/access-needs/{need}/change/",
        f"/workspace/access-needs/{need}/messages/new/",
        f"/workspace/people/{person}/",
        f"/workspace/people/{person}/needs/new/",
        f"/workspace/people/{person}/needs/new/?type={a_type().pk}",
        f"/workspace/people/{told.nothing.person_id}/",
        f"/workspace/people/{told.nothing.person_id}/needs/nothing/",
        f"/workspace/no-needs/{told.nothing.pk}/take-back/",
        f"/workspace/people/{told.ended.person_id}/",
        "/workspace/people/?nobody_asked=true",
        f"/workspace/contacts/{told.event.pk}/",
        f"/workspace/contacts/{told.event.pk}/needs/{need}/?met=not_met",
        f"/workspace/contacts/new/?with={person}",
        "/workspace/need-types/",
    ):
        page.goto(address)
        look_over(page)


def test_the_report_and_the_list_of_types_can_be_read_by_everybody(told, open_page, sign_in, look_over):
    page = open_page()
    sign_in(page, told.lead)
    report = f"/workspace/reports/access/?locality={told.east.pk}&until=2025-06-30"
    for address in ("/workspace/reports/access/", report, "/workspace/need-types/", "/workspace/need-types/new/"):
        page.goto(address)
        look_over(page)


def test_without_a_script_a_need_is_written_down_and_noted_as_met_with_one_press(told, open_page, sign_in):
    kind = a_type("large-print-24")
    page = open_page(java_script_enabled=False)
    sign_in(page, told.amina)
    page.goto(f"/workspace/people/{told.person.pk}/")
    page.get_by_role("link", name="Write down a need").click()
    page.get_by_label("What do they need?").select_option(label="Large print 24 point")
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("In their own words (optional)").fill("Big and black")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Print in 24 point, plain letters").nth(1)).to_be_visible()
    page.goto(f"/workspace/contacts/{told.event.pk}/")
    page.get_by_role("button", name=re.compile(r"^Met\W+Large print 24 point")).click()
    expect(page.get_by_text("Noted: this need was met.")).to_be_visible()
    page.get_by_role("button", name=re.compile(r"^Not met\W+BSL interpreter")).click()
    page.get_by_label("If not, or only partly: why?").select_option(label="Nobody booked it")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Nobody booked it")).to_be_visible()
    assert AccessNeed.objects.filter(type=kind, own_words="Big and black").exists()
    assert set(NeedOutcome.objects.filter(event=told.event).values_list("met", flat=True)) == {"met", "not_met"}
