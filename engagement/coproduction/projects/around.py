"""What rooms above show on the page of a project, and what projects show on the pages of people and themes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from crm.base.actors import Actor
from crm.base.kept import kept
from crm.base.registries import Registry
from crm.base.timeline import Card, asks
from crm.people.models import Person
from engagement.coproduction.projects.models import Project, ProjectPerson
from engagement.coproduction.projects.permissions import people as permissions
from engagement.coproduction.projects.permissions.projects import read_projects
from engagement.coproduction.themes.models import Theme

project_cards: Registry[Callable[[Actor, Project], Card | None]] = Registry("cards about a project")


def cards_about_project(project: Project, *, reader: Actor) -> list[Card]:
    """The cards of every room about a project, in order."""
    cards = [card for make in project_cards if (card := make(reader, project)) is not None]
    return sorted(cards, key=lambda card: card.order)


@kept
def _places_of(reader: Actor, person: UUID) -> Any:
    return ProjectPerson.objects.visible_to(reader).filter(person=person).for_list()


def _asks(reader: Actor, subject: Any) -> list[tuple[Any, ...]]:
    shown = isinstance(subject, Person) and permissions.read_project_people(actor=reader)
    return [(_places_of, reader, subject.pk)] if shown else []


@asks(_asks)
def projects_of(reader: Actor, subject: Any) -> Card | None:
    """On the page of a person: the projects they take part in, and a way to add one. 1 query."""
    if not isinstance(subject, Person) or not permissions.read_project_people(actor=reader):
        return None
    places = _places_of(reader, subject.pk)
    may_add = permissions.take_part.row.open_to(reader)
    return Card("workspace/projects/card_of_person.html", {"places": places, "person": subject, "may_add": may_add}, 70)


def projects_on(reader: Actor, theme: Theme) -> Card | None:
    """On the page of a theme: the projects it led to. 1 query."""
    found = list(theme.projects.all()[:20]) if read_projects(actor=reader) else []
    return Card("workspace/projects/card_of_theme.html", {"projects": found}, 20) if found else None
