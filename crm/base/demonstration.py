"""What the demonstration is made of: rooms put in the parts they own, and the command loads them in that order."""

from __future__ import annotations

from collections.abc import Callable

from crm.base.registries import Registry

Say = Callable[[str], None]
# A part runs inside the one action that loads the demonstration: it may write, and if it fails nothing stays. It tells
# `say` in a line what it loaded.
demonstration_parts: Registry[Callable[[Say], None]] = Registry("parts of the demonstration")
