"""Two colleagues, or two tabs, change the same contact, group or point: nobody's change is lost without a word."""

import re
from datetime import timedelta

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


def links_in(page):
    """What the summary at the top says of each field, with where it leads."""
    summary = page[page.index("There is a problem") : page.index("<h1")]
    return dict(re.findall(r'<a href="#([^"]+)">([^<]+)</a>', summary))


def test_the_summary_says_what_changed_from_what_to_what_and_leads_to_each(world, signed_in, event):
    amina, lead = signed_in(world.amina), signed_in(world.lead)
    opened = lead.get(page_of(event))
    first = {"reach-0-people": "20", "place": "The hall", "kind": "phone", "reason": "We counted"}
    amina.post(page_of(event), as_a_browser_sends_it(amina.get(page_of(event)), **first))
    second = {"reach-0-people": "15", "place": "The yard", "reason": "I counted too"}
    told = links_in(words_on(lead.post(page_of(event), as_a_browser_sends_it(opened, **second))))
    assert told["id_place"] == "“Where, in words” was nothing and is now The hall."  # both touched it
    assert told["id_kind"] == "“How?” was In person and is now Phone."  # only the other one did
    assert told["id_reach-0-people"].endswith("is now 20.")
    assert len(told) == 3, told


def test_the_summary_says_it_also_after_two_changes_and_shortens_what_is_long(world, signed_in):
    address = f"/workspace/groups/{world.group.pk}/change/"
    amina, lead = signed_in(world.amina), signed_in(world.lead)
    opened = lead.get(address)
    for words in ("Ring twice", "Knock. " * 40):
        amina.post(address, as_a_browser_sends_it(amina.get(address), good_to_know=words))
    page = words_on(lead.post(address, as_a_browser_sends_it(opened, good_to_know="Come in")))
    (told,) = links_in(page).values()
    assert told.startswith("“Good to know” was Shoes off at the door and is now Knock. Knock.")
    assert told.endswith("K….")
    assert "Come in" in page, "what was typed stays"


def test_the_summary_tells_nobody_what_their_form_did_not_show_them(world, signed_in, event):
    amina, lead = signed_in(world.amina), signed_in(world.lead)
    opened = as_a_browser_sends_it(lead.get(page_of(event)), place="The yard", reason="I know where")
    first = {"place": "The hall", "reason": "We know"}
    amina.post(page_of(event), as_a_browser_sends_it(amina.get(page_of(event)), **first))
    opened["opened"] = opened["opened"][0].replace("place:", "place:x")  # as if it had held something else
    told = links_in(words_on(lead.post(page_of(event), opened)))
    assert told["id_place"] == "“Where, in words” is now The hall."


def test_the_summary_of_a_promise_says_what_changed_too(world, signed_in):
    promise = world.promise()
    address = f"/workspace/promises/{promise.pk}/change/"
    amina, lead = signed_in(world.amina), signed_in(world.lead)
    opened = lead.get(address)
    day = promise.due_on + timedelta(days=7)
    first = {"due_on_day": day.day, "due_on_month": day.month, "due_on_year": day.year, "reason": "The printer broke"}
    amina.post(address, as_a_browser_sends_it(amina.get(address), **first))
    second = {"due_on_day": "1", "due_on_month": "1", "due_on_year": str(day.year + 1), "reason": "Christmas"}
    told = links_in(words_on(lead.post(address, as_a_browser_sends_it(opened, **second))))
    assert told == {"id_due_on_0": f"“By when?” was {promise.due_on:%-d %B %Y} and is now {day:%-d %B %Y}."}
