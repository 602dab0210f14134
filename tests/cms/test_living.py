"""What pages show of the record: groups, forums, panels and champions, never copied and fresh at once; and search."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.models import DirectoryPage
from crm.directory.actions import change_entry, take_entry_off
from crm.organisations.actions import change_organisation
from crm.organisations.details import OrganisationDetails
from tests.cms.conftest import PublicSite
from tests.crm.directory.helpers import an_entry, entry_details, some_words
from tests.engagement.forums.helpers import a_public_forum


@pytest.fixture
def directory(site: PublicSite) -> DirectoryPage:
    """The page of the directory below the English first page."""
    page = DirectoryPage(
        title="Groups near you", slug="groups-near-you", summary="Who meets where.", locale=site.page("home").locale
    )
    site.page("home").add_child(instance=page)
    return page


def shown(site: PublicSite, address: str = "/en/groups-near-you/") -> str:
    return str(site.read(address).content.decode())


def test_a_group_stands_on_the_page_as_it_agreed_and_nothing_else_of_it(
    site: PublicSite, directory: DirectoryPage
) -> None:
    world = site.world
    known = OrganisationDetails(name="Sparkbrook Women", phone="07700 900123", email="us@group.example",
                                good_to_know="Shoes off.", languages=[world.urdu], area=world.east_ward)  # fmt: skip
    change_organisation(actor=world.amina, organisation=world.group, details=known)
    assert "Sparkbrook Women" not in shown(site)
    an_entry(world, show_phone=True)
    page = shown(site)
    assert "Sparkbrook Women" in page
    assert "<strong>No steps</strong>" in page
    assert "Costs nothing: partly" in page
    assert "tel:+447700900123" in page
    assert "us@group.example" not in page
    assert "Shoes off." not in page
    assert "that this is right." in page


def test_the_page_is_fresh_the_moment_the_record_changes(site: PublicSite, directory: DirectoryPage) -> None:
    entry = an_entry(site.world)
    assert "Tuesdays 10 to 12" in shown(site)
    entry = change_entry(actor=site.world.amina, entry=entry, details=entry_details(meets="Fridays 2 to 4"))
    assert "Fridays 2 to 4" in shown(site)
    take_entry_off(actor=site.world.amina, entry=entry, reason="They asked us to")
    assert "Fridays 2 to 4" not in shown(site)


def test_groups_are_narrowed_down_by_place_language_and_access(site: PublicSite) -> None:
    world = site.world
    an_entry(world)
    an_entry(world, organisation=world.south_group, facts={"hearing_loop": "yes"})
    assert "Al-Noor Mosque" in shown(site, "/en/groups/")
    for wish, there in (
        ("access=step_free", True),
        ("access=hearing_loop", False),
        (f"locality={world.east.pk}", True),
        (f"locality={world.south.pk}", False),
        ("locality=%27;drop", True),
        ("page=9", True),
    ):
        page = shown(site, f"/en/groups/?{wish}")
        assert ("Al-Noor Mosque" in page) is there, wish
    assert '<html lang="ur" dir="rtl"' in shown(site, "/ur/groups/")
    assert site.read("/so/groups/").status_code == 404


def test_the_directory_costs_the_same_queries_for_two_groups_as_for_one(
    site: PublicSite, directory: DirectoryPage
) -> None:
    an_entry(site.world)
    shown(site, "/en/")  # where the site begins is asked once a process
    counts = []
    for more in (None, site.world.south_group):
        if more is not None:
            an_entry(site.world, organisation=more)
        with CaptureQueriesContext(connection) as asked:
            shown(site)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_blocks_that_editors_place_show_the_record_as_it_stands(site: PublicSite) -> None:
    world = site.world
    an_entry(world)
    some_words(world)
    forum = a_public_forum(world)
    blocks = [
        {"type": "forums", "value": {"locality": "", "community": "", "most": 5}},
        {"type": "groups", "value": {"locality": str(world.east.pk), "language": "", "community":
                                     str(world.community.pk), "access": "step_free", "most": 3}},
        {"type": "champions", "value": {"locality": "", "most": 3}},
        {"type": "calls", "value": {"most": 3}},
    ]  # fmt: skip
    page = site.page("page")
    page.body = json.dumps([*page.body.get_prep_value(), *blocks])
    page.save_revision().publish()
    text = shown(site, "/en/come-and-talk/")
    for words in (forum.title, "Al-Noor Mosque", "I listen first.", "No panel is looking for people today."):
        assert words in text, words
    assert not site.page("page", "ur").is_stale, "blocks of the record hold no words of the page"


def searched(site: PublicSite, words: str, code: str = "en") -> str:
    response = site.reader.post(f"/{code}/search/", {"words": words})
    assert response.headers["Cache-Control"] == "no-store, private"
    return str(response.content.decode())


def test_search_forgives_slips_and_other_scripts_and_finds_groups(site: PublicSite) -> None:
    an_entry(site.world)
    assert "/en/come-and-talk/" in searched(site, "cair at home")
    assert "/en/come-and-talk/easy-read/" in searched(site, "halal")
    assert "Al-Noor Mosque" in searched(site, "alnor mosk")
    assert "Al-Noor Mosque" in searched(site, "cook and eat")
    assert "/ur/come-and-talk/" in searched(site, site.page("page", "ur").title.split()[0], "ur")
    assert "Pages in English" not in searched(site, "care", "en")
    assert 'hreflang="en" lang="en"' in searched(site, "halal", "ur")


@pytest.mark.parametrize("words", ["zzzzqqq", "😀", "<script>alert(1)</script>", "x" * 5000, "%"])
def test_search_finds_nothing_kindly(site: PublicSite, words: str) -> None:
    text = searched(site, words)
    assert "<script>alert" not in text
    assert site.reader.get("/en/search/").status_code == 200


def test_search_follows_what_is_published_and_listed(site: PublicSite, signed_in: Any) -> None:
    assert "Rickshaw" not in searched(site, "rickshaw")
    page = site.page("page")
    page.title = "Rickshaw rides"
    page.save_revision().publish()
    assert "Rickshaw rides" in searched(site, "rikshaw")
    page.unpublish()
    assert "Rickshaw" not in searched(site, "rickshaw").split("</form>")[1]
