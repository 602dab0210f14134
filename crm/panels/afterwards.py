"""What rooms above ask of somebody who has just applied."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crm.base.permissions import Permission
from crm.base.registries import Registry
from crm.panels.models import Application

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


@dataclass(frozen=True)
class Afterwards:
    """A page that follows an application: its name among the addresses, what leads to it, who may still be asked; and
    the page with the numbers that came of it, for whom it is."""

    name: str
    words: StrPromise
    wanted: Callable[[Application], bool]
    figures: str
    figures_for: Permission


after_sending: Registry[Afterwards] = Registry("after sending an application")
