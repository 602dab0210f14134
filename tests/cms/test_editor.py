"""Who may do what in the editor of the public site."""

from __future__ import annotations

from typing import Any

from django.contrib.messages import get_messages
from django.urls import reverse

from crm.accounts.groups import keep_groups_in_step
from tests.cms.conftest import PublicSite

INSIDE = ("publisher", "translator", "checker")
OUTSIDE = ("amina", "chen", "lead", "manager", "analyst", "administrator", "auditor", "leaver", "stranger", "nobody")


def enter(site: PublicSite, signed_in: Any, name: str) -> Any:
    user = site.world.everybody()[name]
    if user.is_authenticated:
        keep_groups_in_step(user)
    return signed_in(user)


def test_the_editor_opens_for_those_who_make_the_site(site: PublicSite, signed_in: Any) -> None:
    for name in INSIDE:
        client = enter(site, signed_in, name)
        assert client.get("/cms/").status_code == 200
        assert client.get(reverse("wagtailadmin_pages:edit", args=[site.page("page").pk])).status_code == 200


def test_the_editor_stays_shut_for_everybody_else(site: PublicSite, signed_in: Any) -> None:
    page = reverse("wagtailadmin_pages:edit", args=[site.page("page").pk])
    for name in OUTSIDE:
        client = enter(site, signed_in, name)
        for address in ("/cms/", page):
            assert client.get(address).status_code == (302 if name == "nobody" else 403), (name, address)


def test_only_publishers_publish(site: PublicSite) -> None:
    for name in INSIDE:
        user = getattr(site.world, name)
        keep_groups_in_step(user)
        tester = site.page("page", "ur").permissions_for_user(user)
        assert tester.can_edit()
        assert tester.can_publish() is (name == "publisher")


def form_of(client: Any, page: Any) -> dict[str, Any]:
    """What the browser would send back from the page's own form, unchanged."""
    response = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    form = response.context["form"]
    data = {form.add_prefix(name): form[name].value() or "" for name in form.fields if name != "body"}
    data.update({"body-count": "0", "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"})
    return {name: value for name, value in data.items() if value not in (None, False)}


def test_publishing_an_unchecked_page_says_what_is_missing(site: PublicSite, signed_in: Any, settings: Any) -> None:
    settings.SHOW_UNREVIEWED_LANGUAGES = False
    client = enter(site, signed_in, "publisher")
    page = site.page("home")
    before = page.live_revision_id
    data = {**form_of(client, page), "title": "Another title", "action-publish": "action-publish"}
    response = client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)
    assert response.status_code == 302, response.context["form"].errors if response.context else ""
    said = [str(message) for message in get_messages(response.wsgi_request)]
    assert "Nobody has checked these words. Say who checked them, when and how." in said
    page.refresh_from_db()
    assert (page.title, page.live_revision_id) == ("Have your say about care and support", before)


def test_a_translator_says_that_a_version_is_up_to_date_again(site: PublicSite, signed_in: Any) -> None:
    source = site.page("home")
    source.intro = "A new beginning."
    source.save_revision().publish()
    page = site.page("home", "ur")
    assert page.is_stale
    client = enter(site, signed_in, "publisher")
    data = {**form_of(client, page), "brought_up_to_date": "on", "action-publish": "action-publish"}
    assert client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data).status_code == 302
    assert not site.page("home", "ur").is_stale


def test_a_preview_is_in_the_language_of_its_page(site: PublicSite) -> None:
    response = site.page("page", "ur").make_preview_request()
    assert response.status_code == 200
    assert '<html lang="ur" dir="rtl"' in response.content.decode()
    assert "اب کیا کریں" in response.content.decode()
