"""A lead sees where nobody stands, appoints a champion, and ends a term so that nothing is left lying."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from crm.champions.models import Appointment
from engagement.log.details import ReachDetails
from engagement.log.models import Promise
from tests.crm.champions.helpers import a_governance_role, an_appointment

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def standing(cast):
    """Chen stands for the Kashmiri community in the East for 30 days more; somebody for everybody in the South."""
    cast.term = an_appointment(cast, days=30, may_decide="The place of forums", hours_a_month=6)
    an_appointment(cast, name="Noor", user=None, locality=cast.south, communities=[])
    cast.role = a_governance_role(cast)
    long_ago = timezone.localdate() - timedelta(days=400)
    reach = [ReachDetails(cast.community, 4)]
    there = {"organisations": [cast.south_group], "area": cast.south_ward}
    cast.contact(actor=cast.joe, occurred_on=long_ago, reach=reach, **there)
    return cast


def test_every_page_about_champions_can_be_read_by_everybody(standing, open_page, sign_in, look_over):
    page = open_page()
    sign_in(page, standing.lead)
    champion, role = f"/workspace/champions/{standing.term.pk}/", f"/workspace/governance-roles/{standing.role.pk}/"
    for address in (
        "/workspace/champions/",
        "/workspace/champions/?narrow=yes",
        "/workspace/champions/new/",
        "/workspace/champions/coverage/",
        champion,
        f"{champion}change/",
        f"{champion}end/",
        f"{champion}hand-over/",
        f"{champion}learning/new/",
        "/workspace/governance-roles/",
        role,
        f"{role}change/",
        f"{role}influences/new/",
        "/workspace/",
    ):
        page.goto(address)
        look_over(page)


def test_without_a_script_a_term_ends_and_its_promise_passes_on(standing, open_page, sign_in):
    promise = standing.promise(actor=standing.chen)
    page = open_page(java_script_enabled=False)
    sign_in(page, standing.lead)
    page.goto("/workspace/")
    page.get_by_role("link", name="Chen", exact=True).first.click()
    page.get_by_role("link", name="End it").click()
    page.get_by_label("Why does it end?").fill("She moved away")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("link", name="Chen has 1 open promise. Choose who takes over")).to_be_visible()
    expect(page.get_by_label("Why does it end?")).to_have_value("She moved away")
    page.get_by_label("Who takes over?").select_option(label="Amina")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Ended: She moved away")).to_be_visible()
    assert Promise.objects.get(pk=promise.pk).owner == standing.amina
    assert Appointment.objects.get(pk=standing.term.pk).handed_over_to == standing.amina
