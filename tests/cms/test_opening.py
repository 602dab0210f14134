"""A council's own public site begins: a first page in each language, at the address of the settings."""

from __future__ import annotations

import re
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, Site

from cms.actions import open_site
from cms.languages import answered_in
from cms.models import HomePage, InformationPage
from cms.rules import NotReady
from crm.accounts.groups import keep_groups_in_step
from crm.areas.models import Council
from crm.audit.models import AuditEvent
from crm.base.permissions import Refused
from crm.base.writing import writing_allowed
from tests.world import World

ADDRESS = "https://heard.northbrook.example"


def opened() -> str:
    said = StringIO()
    call_command("open_site", stdout=said)
    return said.getvalue()


def homes() -> dict[str, HomePage]:
    return {home.language: home for home in HomePage.objects.select_related("locale")}


@pytest.fixture
def council(world: World, settings: Any) -> World:
    """As a council runs it: at its own address, and nothing unreviewed on its site."""
    settings.SITE_ADDRESS, settings.SHOW_UNREVIEWED_LANGUAGES = ADDRESS, False
    settings.SITE_WORDS_CHECKED_BY = {"en": "the makers of Heard", "ur": "Urdu speakers"}
    return world


def test_it_begins_at_the_councils_own_first_page_and_the_welcome_page_goes(council: World) -> None:
    assert Page.objects.filter(title__startswith="Welcome").exists()
    said = opened()
    site = Site.objects.get()
    assert (site.hostname, site.port, site.is_default_site) == ("heard.northbrook.example", 443, True)
    assert site.root_page.specific == homes()["en"]
    assert site.site_name == homes()["en"].title == "Northbrook Council"
    assert not Page.objects.filter(title__startswith="Welcome").exists()
    assert "en, ur" in said
    assert ADDRESS in said


def test_there_is_a_draft_in_each_language_that_is_switched_on_and_nobody_stands_as_its_maker(council: World) -> None:
    opened()
    assert list(homes()) == answered_in() == ["en", "ur"]
    assert len({home.translation_key for home in homes().values()}) == 1
    for home in homes().values():
        assert not home.live
        assert home.latest_revision is not None
        assert (home.made_by, home.checked_by) == ("", "")
        with pytest.raises(NotReady):
            home.save_revision().publish()


def test_once_a_publisher_has_published_the_checked_words_the_public_reads_them(council: World) -> None:
    opened()
    keep_groups_in_step(council.publisher)
    editor = Client()
    editor.force_login(council.publisher)
    home = homes()["en"]
    assert editor.get(f"/cms/pages/{home.pk}/edit/").status_code in (200, 302)
    assert home.permissions_for_user(council.publisher).can_publish()
    assert Client().get("/en/").status_code == 404
    facts = {"title": "Have your say", "made_by": "Pat", "made_how": "person", "checked_by": "People First"}
    for name, value in {**facts, "checked_on": timezone.localdate(), "check_method": "readers"}.items():
        setattr(home, name, value)
    home.save_revision(user=council.publisher).publish(user=council.publisher)
    answer = Client().get("/", follow=True)
    assert answer.redirect_chain == [("/en/", 302)]
    assert answer.status_code == 200
    assert "Have your say" in answer.content.decode()


def test_again_it_changes_nothing(council: World) -> None:
    opened()
    home = homes()["en"]
    home.title = "Have your say"
    home.save_revision()
    before = AuditEvent.objects.count(), list(Page.objects.order_by("pk").values("pk", "title", "path", "draft_title"))
    assert "Nothing was changed" in opened()
    assert before == (
        AuditEvent.objects.count(), list(Page.objects.order_by("pk").values("pk", "title", "path", "draft_title"))
    )  # fmt: skip


def test_again_it_follows_a_new_address_and_a_language_that_was_switched_on(council: World, settings: Any) -> None:
    opened()
    before = homes()
    settings.SITE_ADDRESS = "http://talk.northbrook.example:8080"
    settings.SITE_WORDS_CHECKED_BY = {**settings.SITE_WORDS_CHECKED_BY, "pl": "Polish speakers"}
    opened()
    site = Site.objects.get()
    assert (site.hostname, site.port) == ("talk.northbrook.example", 8080)
    assert set(homes()) == {"en", "ur", "pl"}
    assert homes()["en"] == before["en"] == site.root_page.specific
    assert AuditEvent.objects.filter(verb="site.opened", actor=None).count() == 2


def test_pages_that_somebody_made_before_are_not_lost(council: World) -> None:
    welcome = Page.objects.get(depth=2)
    own = welcome.add_child(instance=HomePage(title="Ours", intro="Ours.", slug="ours", live=False))
    own.add_child(instance=InformationPage(title="Inside", summary="Inside.", slug="inside", live=False))
    opened()
    assert Site.objects.get().root_page.specific == own
    assert InformationPage.objects.get().title == "Inside"
    assert HomePage.objects.filter(locale__language_code="en").count() == 1


def test_the_demonstrations_site_stands_at_the_address_of_the_settings(public_pages: World) -> None:
    site = Site.objects.get()
    assert (site.hostname, site.port) == ("testserver", 80)
    assert not Page.objects.filter(depth=2, content_type__model="page").exists()


def test_without_a_council_or_an_address_it_says_what_to_do_first(council: World, settings: Any) -> None:
    settings.SITE_ADDRESS = "heard.northbrook.example"
    with pytest.raises(CommandError, match="SITE_ADDRESS"):
        opened()
    settings.SITE_ADDRESS = ADDRESS
    with writing_allowed():
        Council.objects.all()._raw_delete("default")
    with pytest.raises(CommandError, match="load_areas"):
        opened()
    assert not HomePage.objects.exists()


def test_an_address_that_another_site_has_is_named_and_nothing_is_made(council: World) -> None:
    root = Page.get_first_root_node()
    with writing_allowed():
        Site.objects.create(hostname="heard.northbrook.example", port=443, root_page=root, site_name="Theirs")
    with pytest.raises(CommandError, match=re.escape("“Theirs”, has the address heard.northbrook.example:443")):
        opened()
    assert not HomePage.objects.exists()
    assert not AuditEvent.objects.filter(verb="site.opened").exists()
    with writing_allowed():
        Site.objects.filter(site_name="Theirs").update(port=8080)
    opened()
    assert Site.objects.get(is_default_site=True).port == 443


@pytest.mark.parametrize("who", ["publisher", "administrator", "nobody"])
def test_only_a_command_opens_the_site(world: World, who: str) -> None:
    with pytest.raises(Refused):
        open_site(actor=world.everybody()[who])


def test_a_first_page_that_was_deleted_comes_back_beside_those_in_other_languages(council: World) -> None:
    opened()
    before = homes()
    assert len(before) > 1
    Page.objects.get(pk=before["en"].pk).delete()
    assert not Site.objects.exists()
    opened()
    after = homes()
    assert after.keys() == before.keys()
    assert len({home.translation_key for home in after.values()}) == 1
    assert Site.objects.get().root_page_id == after["en"].pk
