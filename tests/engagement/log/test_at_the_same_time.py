"""Two colleagues, or two tabs, change the same contact, group or point: nobody's change is lost without a word."""

import pytest

from crm.base.views import STALE_WORDS
from engagement.log.details import ReachDetails
from tests.crm.people.test_pages import words_on
from tests.sending_forms import as_a_browser_sends_it


@pytest.fixture
def event(world):
    return world.contact(reach=[ReachDetails(community=world.community, people=12)])


def page_of(event, end="correct/"):
    return f"/workspace/contacts/{event.pk}/{end}"


def how_many(event):
    return [row.people for row in event.reach.all()]


def test_what_the_later_one_did_not_touch_stays_as_the_other_one_saved_it(world, signed_in, event):
    amina, lead = signed_in(world.amina), signed_in(world.lead)
    opened = lead.get(page_of(event))
    twenty = as_a_browser_sends_it(amina.get(page_of(event)), **{"reach-0-people": "20", "reason": "We counted"})
    amina.post(page_of(event), twenty)
    late = lead.post(page_of(event), as_a_browser_sends_it(opened, place="The hall", reason="I know where"))
    page = words_on(late)
    for words in (STALE_WORDS, "Last changed by Amina", "Saved meanwhile: 20. It is filled in here.", "The hall"):
        assert words in page
    assert page.count("Saved meanwhile") == 1  # nobody else touched the place
    lead.post(page_of(event), as_a_browser_sends_it(late))
    event.refresh_from_db()
    assert (event.place, how_many(event)) == ("The hall", [20])


def test_what_both_touched_is_a_choice_and_saving_again_keeps_the_later_ones(world, signed_in, event):
    amina, lead = signed_in(world.amina), signed_in(world.lead)
    opened = lead.get(page_of(event))
    first = {"reach-0-people": "20", "place": "The hall", "reason": "We counted"}
    amina.post(page_of(event), as_a_browser_sends_it(amina.get(page_of(event)), **first))
    second = {"reach-0-people": "15", "reason": "I counted too"}
    late = lead.post(page_of(event), as_a_browser_sends_it(opened, **second))
    page = words_on(late)
    assert "Saved meanwhile: 20.<" in page
    assert "Saved meanwhile: The hall. It is filled in here." in page
    assert 'aria-describedby="id_reach-0-people-meanwhile"' in page
    lead.post(page_of(event), as_a_browser_sends_it(late))
    event.refresh_from_db()
    assert (event.place, how_many(event)) == ("The hall", [15])


def test_a_row_the_other_one_added_is_not_thrown_away(world, signed_in, event):
    amina, lead = signed_in(world.amina), signed_in(world.lead)
    opened = lead.get(page_of(event))
    amina.post(
        page_of(event),
        as_a_browser_sends_it(amina.get(page_of(event)), **{"reach-1-people": "7", "reason": "More came"}),
    )
    late = lead.post(page_of(event), as_a_browser_sends_it(opened, place="The hall", reason="I know where"))
    lead.post(page_of(event), as_a_browser_sends_it(late))
    assert sorted(how_many(event)) == [7, 12]


def test_a_form_that_says_nothing_of_how_it_was_opened_is_told_all_that_differs(world, signed_in, event):
    amina, lead = signed_in(world.amina), signed_in(world.lead)
    old = as_a_browser_sends_it(lead.get(page_of(event)), place="The yard", reason="I know where")
    del old["opened"]
    first = as_a_browser_sends_it(amina.get(page_of(event)), **{"reach-0-people": "20", "reason": "We counted"})
    amina.post(page_of(event), first)
    page = words_on(lead.post(page_of(event), old))
    assert "Saved meanwhile: 20." in page
    assert "Saved meanwhile: nothing." in page  # beside the place
    assert 'value="12"' in page


def test_two_tabs_of_a_group_lose_neither_its_name_nor_its_communities(world, signed_in):
    address = f"/workspace/groups/{world.group.pk}/change/"
    amina, lead = signed_in(world.amina), signed_in(world.lead)
    opened = lead.get(address)
    first = {"good_to_know": "Ring twice", "communities-0-community": str(world.nested.pk)}
    amina.post(address, as_a_browser_sends_it(amina.get(address), **first))
    late = lead.post(address, as_a_browser_sends_it(opened, phone="07700 900123"))
    page = words_on(late)
    for words in ("Saved meanwhile: Ring twice. It is filled in here.", f"Saved meanwhile: {world.nested.name}."):
        assert words in page
    answer = lead.post(address, as_a_browser_sends_it(late))
    world.group.refresh_from_db()
    communities = [link.community for link in world.group.community_links.all()]
    assert (answer.status_code, world.group.good_to_know, world.group.phone) == (302, "Ring twice", "+447700900123")
    assert communities == [world.nested]


def test_two_tabs_of_a_point_lose_neither_its_words_nor_whether_it_may_be_quoted(world, signed_in, event):
    point = event.points.get()
    address = page_of(event, f"points/{point.pk}/")
    amina, lead = signed_in(world.amina), signed_in(world.lead)
    opened = lead.get(address)
    amina.post(address, as_a_browser_sends_it(amina.get(address), quoting="yes", reason="They said yes"))
    late = lead.post(address, as_a_browser_sends_it(opened, words="Carers get no help.", reason="Their words"))
    assert "Saved meanwhile: May be quoted. It is filled in here." in words_on(late)
    lead.post(address, as_a_browser_sends_it(late))
    point.refresh_from_db()
    assert (point.words, point.quoting) == ("Carers get no help.", "yes")


def test_a_longer_form_still_knows_how_it_was_opened(world, signed_in):
    address = f"/workspace/groups/{world.group.pk}/change/"
    amina, lead = signed_in(world.amina), signed_in(world.lead)
    opened = lead.get(address)
    amina.post(address, as_a_browser_sends_it(amina.get(address), good_to_know="Ring twice"))
    longer = lead.post(address, as_a_browser_sends_it(opened, phone="07700 900123", more="areas"))
    late = lead.post(address, as_a_browser_sends_it(longer))
    lead.post(address, as_a_browser_sends_it(late))
    world.group.refresh_from_db()
    assert (world.group.good_to_know, world.group.phone) == ("Ring twice", "+447700900123")
