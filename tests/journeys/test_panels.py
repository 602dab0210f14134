"""A lead keeps a panel and reads who is missing; an officer puts somebody on it, without a script."""

import pytest
from playwright.sync_api import expect

from crm.panels.models import Membership
from tests.crm.panels.helpers import a_member, a_panel, a_seat, declares, somebody
from tests.journeys.conftest import DESK

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def panel(cast):
    """A panel with a reserved seat that is empty, members, somebody who stands in, and a focus group out of it."""
    panel = a_panel(cast, communities=[cast.community], lived_experience_wanted=5)
    a_seat(cast, "Kashmiri seat", reserved_for=cast.community)
    member = a_member(cast, somebody(cast, "Chair of All"), seat=a_seat(cast), role="chair")
    a_member(cast, somebody(cast, "Stands In"), role="substitute", substitutes=member)
    a_panel(cast, "Kashmiri women who care", kind="focus_group", grew_from=panel)
    cast.member = member
    return panel


def test_every_page_about_panels_can_be_read_by_everybody(cast, panel, open_page, sign_in, look_over):
    page = open_page()
    sign_in(page, cast.lead)
    seat, member = panel.seats.first().pk, cast.member.pk
    own = ("", "change/", "nature/", "end/", "seats/new/")
    for address in (
        "panels/?narrow=yes",
        "panels/table/",
        f"panels/new/?from={panel.pk}",
        *(f"panels/{panel.pk}/{name}" for name in own),
        f"seats/{seat}/change/",
        f"seats/{seat}/end/",
        *(f"memberships/{member}/{name}" for name in ("", "change/", "leave/", "note/")),
        f"people/{cast.person.pk}/panels/new/",
        f"people/{cast.person.pk}/panels/new/?panel={panel.pk}",
        f"people/{cast.member.person_id}/",
    ):
        page.goto(f"/workspace/{address}")
        look_over(page, also=DESK)


def test_without_a_script_a_kept_seat_says_kindly_why_not_and_then_takes_its_member(cast, panel, open_page, sign_in):
    page = open_page(java_script_enabled=False)
    sign_in(page, cast.amina)
    page.goto(f"/workspace/people/{cast.person.pk}/")
    page.get_by_role("link", name="Put them on a panel").click()
    page.get_by_label("Which panel?").select_option(label="East citizen panel")
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Which seat?").select_option(label="Kashmiri seat (kept for: Kashmiri community)")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("This seat is kept for people who told us themselves").first).to_be_visible()
    declares(cast)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    assert Membership.objects.filter(person=cast.person, seat__name="Kashmiri seat").exists()
