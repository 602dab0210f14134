"""A lead finds who is not heard, reads what is known about them, and merges two names of one community."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from crm.communities.actions import add_community, add_community_fact
from crm.communities.details import CommunityDetails, CommunityFactDetails
from engagement.log.details import PromiseDetails, ReachDetails

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def told(cast):
    """Contacts direct and through a group, a fact, and promises that wait."""
    today = timezone.localdate()
    owed = [PromiseDetails("Say what became of the door", today + timedelta(days=3), to_community=cast.community)]
    for days in range(8):
        reach = [ReachDetails(cast.community, 20 + days)]
        cast.contact(occurred_on=today - timedelta(days=days), topics=[cast.topic], reach=reach, promises=owed)
    through = [ReachDetails(cast.nested, None, voice="through", through=cast.south_group)]
    cast.contact(actor=cast.joe, organisations=[cast.south_group], area=cast.south_ward, reach=through)
    add_community_fact(
        actor=cast.amina,
        community=cast.community,
        details=CommunityFactDetails(words="Not on Fridays after midday.", kind="avoid"),
    )
    return cast


def test_every_page_about_hearing_can_be_read_by_everybody(told, open_page, sign_in, look_over):
    page = open_page()
    sign_in(page, told.manager)
    fact = told.community.facts.get()
    for address in (
        "/workspace/hearing/",
        "/workspace/hearing/?narrow=yes",
        "/workspace/hearing/quiet/",
        "/workspace/champions/coverage/",
        f"/workspace/communities/{told.community.pk}/",
        f"/workspace/communities/{told.community.pk}/change/",
        f"/workspace/communities/{told.community.pk}/merge/",
        f"/workspace/communities/{told.community.pk}/facts/new/",
        f"/workspace/community-facts/{fact.pk}/correct/",
        f"/workspace/community-facts/{fact.pk}/end/",
        "/workspace/",
    ):
        page.goto(address)
        look_over(page)


def test_without_a_script_their_words_are_put_beside_ours_and_two_names_become_one(told, open_page, sign_in):
    stays = add_community(actor=told.lead, details=CommunityDetails(name="South Asian communities"))
    page = open_page(java_script_enabled=False)
    sign_in(page, told.lead)
    page.goto(f"/workspace/communities/{told.community.pk}/")
    page.get_by_role("link", name="They say otherwise about: Not on Fridays after midday.").click()
    page.get_by_label("What do they say?").fill("Fridays are fine after three.")
    page.get_by_label("Who in the community said so?").fill("The women's group")
    page.get_by_role("button", name="Save").last.click()
    expect(page.get_by_text("Not on Fridays after midday.").first).to_be_visible()
    expect(page.get_by_text("Fridays are fine after three.").first).to_be_visible()
    page.get_by_role("link", name="Merge it into another").click()
    page.get_by_label("Which one stays?").select_option(label=stays.name)
    page.get_by_label("Why are they one?").fill("They asked for one name")
    page.get_by_role("button", name="Merge").click()
    page.get_by_role("link", name=stays.name).first.click()
    expect(page.get_by_role("heading", name=stays.name)).to_be_visible()
    expect(page.get_by_text("Fridays are fine after three.").first).to_be_visible()


def test_a_number_opens_its_contacts_and_the_log_page_says_tell_them_first(told, open_page, sign_in):
    page = open_page(viewport={"width": 1280, "height": 900})
    sign_in(page, told.amina)
    page.goto("/workspace/hearing/")
    row = page.get_by_role("row", name="Kashmiri community").first
    row.get_by_role("link", name="8", exact=True).first.click()
    page.wait_for_url("**/workspace/contacts/?**")
    expect(page.get_by_role("heading", name="Contacts")).to_be_visible()
    page.goto(f"/workspace/contacts/new/?with={told.community.pk}")
    note = page.get_by_text("Kashmiri community: They were asked 9 times in 90 days")
    expect(note.filter(visible=True)).to_have_count(1)  # beside the one that is chosen
