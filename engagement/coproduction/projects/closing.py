"""What must be true before a project closes: rooms above, that know who was told, put their reasons in.

A project cannot close without telling people. Each entry is asked once for the project and gives its blockers, in the
words that the page, the action and the API say alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from crm.base.registries import Registry
from crm.base.rules import Blocker
from engagement.coproduction.projects.models import Project

before_closing: Registry[Callable[[Project], Iterable[Blocker]]] = Registry("what must be done before a project closes")
