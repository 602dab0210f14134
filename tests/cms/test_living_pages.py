"""Pages that show what the record owns: forums, calls for panels, and how fresh they are."""

from __future__ import annotations

from cms.models import ForumPage, LocalityPage
from engagement.forums.actions.forums import cancel_forum, open_forum
from tests.cms.conftest import PublicSite
from tests.crm.panels import calling
from tests.engagement.forums.helpers import a_forum


def test_a_forum_is_on_the_site_the_moment_it_is_opened_and_gone_when_it_is_cancelled(site: PublicSite) -> None:
    assert "No forum is planned yet." in site.read("/en/forums/").content.decode()
    forum = a_forum(site.world, title="Breaks for carers")
    assert "Breaks for carers" not in site.read("/en/forums/").content.decode(), "a draft is nobody's business"
    forum = open_forum(actor=site.world.amina, forum=forum)
    text = site.read("/en/forums/").content.decode()
    assert f'href="/coming/{forum.pk}/?lang=en"' in text
    assert "1 forum<" in text
    cancel_forum(actor=site.world.amina, forum=forum, reason="The hall is flooded")
    assert "Breaks for carers" not in site.read("/en/forums/").content.decode()


def test_the_page_of_a_forum_says_that_it_is_cancelled(site: PublicSite) -> None:
    forum = open_forum(actor=site.world.amina, forum=a_forum(site.world))
    page = ForumPage.objects.get()
    page.forum = forum
    page.save_revision().publish()
    assert f'href="/coming/{forum.pk}/?lang=en"' in site.read("/en/care-at-home-forum/").content.decode()
    cancel_forum(actor=site.world.amina, forum=forum, reason="The hall is flooded")
    assert "The hall is flooded" in site.read("/en/care-at-home-forum/").content.decode()


def test_a_locality_shows_only_its_own_forums(site: PublicSite) -> None:
    forum = open_forum(actor=site.world.amina, forum=a_forum(site.world, title="Only in the East"))
    assert forum.locality == site.world.east
    assert LocalityPage.objects.count() == 2
    assert "Only in the East" in site.read("/en/in-the-east/").content.decode()
    assert "Only in the East" not in site.read("/en/in-the-south/").content.decode()


def test_a_call_for_a_panel_is_there_while_it_is_open(site: PublicSite) -> None:
    assert "No panel is looking for people today." in site.read("/en/join-us/").content.decode()
    call = calling.a_call(site.world)
    text = site.read("/en/join-us/").content.decode()
    assert call.title in text
    assert f'href="/join/{call.slug}/"' in text
