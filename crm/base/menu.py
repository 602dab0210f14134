"""The menu of the workspace: rooms put their entries in, each with the permission row that shows it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse

from crm.base.permissions import Permission
from crm.base.registries import Registry


@dataclass(frozen=True)
class MenuEntry:
    """A link in the menu: its words, the name of its address, its place in the order, and who sees it.

    `under` names the entry whose section it belongs to: it shows when that section is open, so that the menu stays
    short. For a reader who may not open that entry it stands in the menu itself.
    """

    words: str
    url_name: str
    order: int
    permission: Permission
    under: str = ""

    @cached_property
    def href(self) -> str:
        """Its address: the workspace has one language, so it is the same for every reader."""
        return reverse(self.url_name)


menu: Registry[MenuEntry] = Registry("menu entries")
