"""Communities that people declared themselves: `/api/v1/declared-communities/?person=<id>`. Each reading is audited."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from api.inputs import Input, Link, choice
from api.v1 import examples
from api.v1.about_person import AboutPeople, AboutPersonItem, AboutPersonOut, start_of
from api.views import Named, Operation, Row, Verb, named
from crm.base.models import Record
from crm.communities.models import Community
from crm.declared import actions, permissions
from crm.declared.details import DeclarationDetails
from crm.declared.models import DeclaredCommunity
from crm.people.models import Person
from crm.privacy.models import Purpose


class DeclarationInput(Input):
    """What a person said themselves. Nothing here may be inferred from whom they were met with."""

    person = Link(Person, required=True)
    community = Link(Community, required=True)
    purpose = Link(Purpose, required=True, help_text="What they told us for.")
    declared_on = serializers.DateField(help_text="When they said so.")
    how = choice(DeclaredCommunity.How)


class DeclarationOut(AboutPersonOut):
    """A declared community."""

    community = Named()
    purpose = Named()
    declared_on = serializers.DateField()
    how = serializers.CharField()


EXAMPLE = {
    "id": f"{examples.ID}80", "version": 1, "person": f"{examples.ID}10", "community": examples.COMMUNITY,
    "purpose": {"id": f"{examples.ID}70", "name": "Keep seats for communities that are seldom heard"},
    "declared_on": "2026-11-24", "how": "spoken", "created_at": examples.WHEN,
    "modified_at": examples.WHEN,
}  # fmt: skip
RELATED = ("community", "purpose")


def as_row(row: DeclaredCommunity) -> Row:
    """A declared community as it goes out."""
    own = {name: getattr(row, name) for name in ("declared_on", "how")}
    return {**start_of(row), "community": named(row.community), "purpose": named(row.purpose), **own}


def note(rows: Sequence[Any], reader: Any) -> None:
    """Audit the reading, once for each person."""
    people = {row.person_id: row.person for row in rows}
    if people:
        actions.read_declared_communities(actor=reader, people=list(people.values()))


class DeclaredCommunities(AboutPeople):
    """What people declared."""

    model = DeclaredCommunity
    item_name = "declared-community"
    related = RELATED
    permissions_by_method = {"GET": permissions.read_declared_communities, "POST": permissions.declare_community}
    operations = {
        "GET": Operation("List declared communities", "Each reading is audited.", gives=DeclarationOut,
                         example=EXAMPLE),
        "POST": Operation("Record a declared community", "Only what the person said themselves, for what they told us.",
                          takes=DeclarationInput, status=201,
                          example={"person": f"{examples.ID}10", "community": f"{examples.ID}04",
                                   "purpose": f"{examples.ID}70", "declared_on": "2026-11-24"}),
    }  # fmt: skip

    def rows(self) -> QuerySet[Any]:
        """Those that stand; where changes are asked for, those taken back too, which go out as ids alone."""
        if "changed_since" in self.request.query_params:
            return DeclaredCommunity.objects.changes_visible_to(self.reader)
        return super().rows()

    def represent(self, rows: Sequence[Any]) -> list[Row]:
        """No query of its own, but for the trail."""
        note(rows, self.reader)
        return super().represent(rows)

    def as_row(self, row: Any) -> Row:
        """One row."""
        return as_row(row)

    def create(self, values: dict[str, Any]) -> Record:
        """Record it."""
        person = values.pop("person")
        return actions.declare_community(actor=self.reader, person=person, details=DeclarationDetails(**values))


class DeclaredCommunityItem(AboutPersonItem):
    """One of them."""

    model = DeclaredCommunity
    item_name = "declared-community"
    related = RELATED
    permissions_by_method = {"GET": permissions.read_declared_communities}
    operations = {"GET": Operation("Read a declared community", gives=DeclarationOut, example=EXAMPLE)}

    def represent_one(self, row: Any) -> Row:
        """As in the list."""
        note([row], self.reader)
        return super().represent_one(row)

    def as_row(self, row: Any) -> Row:
        """The row."""
        return as_row(row)


class WithdrawDeclaration(Verb):
    """They took it back."""

    model = DeclaredCommunity
    item_name = "declared-community"
    permissions_by_method = {"POST": permissions.withdraw_declaration}
    operations = {"POST": Operation("Record that a declared community was taken back", takes=Input, example={})}

    def act(self, record: Any, values: dict[str, Any], expected_version: int | None) -> Record:
        """Record it."""
        return actions.withdraw_declaration(actor=self.reader, declaration=record, expected_version=expected_version)
