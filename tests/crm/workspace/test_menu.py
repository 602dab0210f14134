"""The menu: short, the same for everyone in a role, and it says where one is."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from crm.accounts.models import User
from tests.world import World

SignIn = Callable[[User], Client]
LINK = re.compile(r'<li><a href="([^"]+)"(?: aria-current="(page|true)")?>([^<]+)</a></li>')


def menu_of(client: Client, name: str) -> tuple[dict[str, str], dict[str, str]]:
    """Words → aria-current, of the menu and of the section."""
    text = client.get(reverse(f"workspace:{name}")).content.decode()
    head = text.partition("</header>")[0]
    whole, _, section = head.partition('class="heard-section"')
    return ({m[3]: m[2] or "" for m in LINK.finditer(whole)}, {m[3]: m[2] or "" for m in LINK.finditer(section)})


def test_a_page_inside_a_section_is_current_there_and_its_section_in_the_menu(world: World, signed_in: SignIn) -> None:
    top, section = menu_of(signed_in(world.amina), "venues")
    assert "Venues" not in top
    assert (top["Groups"], section["Venues"], section["Groups"]) == ("true", "page", "")


def test_the_first_page_of_a_section_is_current_in_both(world: World, signed_in: SignIn) -> None:
    top, section = menu_of(signed_in(world.amina), "groups")
    assert (top["Groups"], section["Groups"]) == ("page", "page")


def test_a_page_without_a_section_shows_none(world: World, signed_in: SignIn) -> None:
    top, section = menu_of(signed_in(world.amina), "home")
    assert (top["Home"], section) == ("page", {})


def test_whoever_may_not_open_the_section_finds_its_page_in_the_menu(world: World, signed_in: SignIn) -> None:
    top, _ = menu_of(signed_in(world.analyst), "home")
    assert "People" not in top
    assert "Services" in top


def test_whoever_has_nothing_waiting_is_told_what_they_can_open(world: World, signed_in: SignIn) -> None:
    page = signed_in(world.analyst).get(reverse("workspace:home")).content.decode()
    told = page.partition("Nothing is waiting for you here")[2]
    assert f'href="{reverse("workspace:hearing")}"' in told
    assert f'href="{reverse("workspace:home")}"' not in told.partition("</ul>")[0]
    assert "Nothing is waiting" not in signed_in(world.amina).get(reverse("workspace:home")).content.decode()
