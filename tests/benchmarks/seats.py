"""Fills panels with members, and localities with champions: what who is at the table and the coverage are made of."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from crm.areas.models import Area
from crm.base.writing import writing_allowed
from crm.champions.models import Appointment
from crm.communities.models import Community
from crm.declared.models import DeclaredCommunity
from crm.panels.models import Membership, Panel, PanelKind, Seat
from crm.panels.rules.members import FOR_SEATS
from crm.privacy.models import Purpose
from tests.world import World

MEMBERS = 10_000  # at most: a council with more has other worries
OF_EACH = 50  # members of a panel
CHAMPIONS = 500
BATCH = 500


def fill_tables(world: World, persons: list[UUID], communities: list[Community], new_id: Callable[[], UUID],
                chance: random.Random) -> None:  # fmt: skip
    """As many members as there are people, at most ten thousand, half of them with a declaration; 500 champions."""
    today = date.today()  # noqa: DTZ011
    since = today - timedelta(days=200)  # people are counted as they sat at the end of the last month
    with writing_allowed():
        sitting = persons[:MEMBERS]
        panels = _panels(max(5, len(sitting) // OF_EACH), world, communities, since)
        seats = Seat.objects.bulk_create([Seat(panel=panel, name=f"Seat {n}") for panel in panels for n in range(5)])
        taken = {panel.pk: iter(seats[place * 5 : place * 5 + 5]) for place, panel in enumerate(panels)}
        rows = []
        for place, person in enumerate(sitting):
            panel = panels[place % len(panels)]
            seat = next(taken[panel.pk], None)
            rows.append(Membership(id=new_id(), panel=panel, person_id=person, seat=seat, first_day=since,
                                   lived_experience=chance.random() < 0.4))  # fmt: skip
        Membership.objects.bulk_create(rows, batch_size=BATCH)
        _declarations(sitting[::2], world, communities, chance, since)
        _champions(world, communities, chance, today)


def _panels(number: int, world: World, communities: list[Community], today: date) -> list[Panel]:
    panels = Panel.objects.bulk_create(
        [Panel(name=f"Panel {n}", kind=PanelKind.CITIZEN_PANEL, purpose="To be heard", first_day=today,
               lived_experience_wanted=5) for n in range(number)]
    )  # fmt: skip
    through: Any = Panel.communities.through
    pairs = [through(panel=panel, community=communities[(place + n) % 10])
             for place, panel in enumerate(panels) for n in range(3)]  # fmt: skip
    through.objects.bulk_create(pairs, batch_size=BATCH)
    return list(panels)


def _declarations(persons: list[UUID], world: World, communities: list[Community], chance: random.Random,
                  today: date) -> None:  # fmt: skip
    purpose, _ = Purpose.objects.get_or_create(key=FOR_SEATS, defaults={"name": "Keeping seats"})
    rows = [DeclaredCommunity(person_id=person, community=chance.choice(communities[:10]), purpose=purpose,
                              declared_on=today, how=DeclaredCommunity.How.SPOKEN, recorded_by=world.amina)
            for person in persons]  # fmt: skip
    DeclaredCommunity.objects.bulk_create(rows, batch_size=BATCH)


def _champions(world: World, communities: list[Community], chance: random.Random, today: date) -> None:
    places: list[Area] = [world.east, world.south]
    rows = Appointment.objects.bulk_create(
        [Appointment(name=f"Champion {n}", kind=Appointment.Kind.CITIZEN, locality=chance.choice(places),
                     first_day=today, last_day=today + timedelta(days=chance.randrange(400)))
         for n in range(CHAMPIONS)], batch_size=BATCH)  # fmt: skip
    through: Any = Appointment.communities.through
    through.objects.bulk_create([through(appointment=row, community=chance.choice(communities)) for row in rows],
                                batch_size=BATCH)  # fmt: skip
