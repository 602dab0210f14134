"""Records we only store: `/api/v1/restrictions/`, and that people were told what we do: `/api/v1/privacy-notices/`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from rest_framework import serializers

from api.inputs import Input, Link, choice, text
from api.v1.about_person import AboutPeople, AboutPersonItem, AboutPersonOut, start_of
from api.v1.privacy import WHO, start_example
from api.views import Named, Operation, Row, Verb, named
from crm.base.models import Record
from crm.languages.models import Language
from crm.people.models import Person
from crm.privacy import actions, permissions
from crm.privacy.details import NoticeDetails, RestrictionDetails
from crm.privacy.models import PrivacyNotice, Restriction


class RestrictionInput(Input):
    """That a person's record shall only be stored."""

    person = Link(Person, required=True)
    ground = choice(Restriction.Ground)
    asked_on = serializers.DateField(help_text="When they asked.")
    words = text(300, help_text="In their words.")


class LiftInput(Input):
    """Why the record may be used again."""

    reason = text(300, required=True, help_text="Tell the person first. They can read these words.")


class RestrictionOut(AboutPersonOut):
    """A restriction."""

    ground = serializers.CharField()
    asked_on = serializers.DateField()
    words = serializers.CharField()
    lifted_on = serializers.DateField(allow_null=True)
    lifted_reason = serializers.CharField()


RESTRICTION = {**start_example(73), "ground": "asked", "asked_on": "2026-11-24", "words": "", "lifted_on": None,
               "lifted_reason": ""}  # fmt: skip


class Stopped:
    """What both addresses of restrictions share."""

    model: ClassVar[Any] = Restriction
    item_name = "restriction"

    def as_row(self, row: Any) -> Row:
        """A restriction as it goes out."""
        own = ("ground", "asked_on", "words", "lifted_on", "lifted_reason")
        return {**start_of(row), **{name: getattr(row, name) for name in own}}


class Restrictions(Stopped, AboutPeople):
    """Records that were stopped: of people one sees, those lifted; leads and managers find the standing ones."""

    permissions_by_method = {"GET": permissions.read_privacy, "POST": permissions.restrict_person}
    operations = {
        "GET": Operation("List restrictions", "Standing ones are shown to leads and managers only, and each reading is "
                         "audited.", gives=RestrictionOut, example=RESTRICTION),
        "POST": Operation("Stop using a person's record", "It vanishes at once, for everybody.", takes=RestrictionInput,
                          status=201, example={"person": WHO, "asked_on": "2026-11-24"}),
    }  # fmt: skip

    def represent(self, rows: Sequence[Any]) -> list[Row]:
        """No query of its own, but for the trail."""
        note_stopped(rows, self.reader)
        return super().represent(rows)

    def create(self, values: dict[str, Any]) -> Record:
        """Stop it."""
        person = values.pop("person")
        return actions.restrict_person(actor=self.reader, person=person, details=RestrictionDetails(**values))


class RestrictionItem(Stopped, AboutPersonItem):
    """One restriction."""

    permissions_by_method = {"GET": permissions.read_privacy}
    operations = {"GET": Operation("Read a restriction", gives=RestrictionOut, example=RESTRICTION)}

    def represent_one(self, row: Any) -> Row:
        """As in the list."""
        note_stopped([row], self.reader)
        return super().represent_one(row)


def note_stopped(rows: Sequence[Any], reader: Any) -> None:
    """Audit that somebody was shown who asked us to stop."""
    stopped = [row.person for row in rows if row.person.stopped_on]
    if stopped:
        actions.read_stopped_people(actor=reader, people=stopped)


class LiftRestriction(Verb):
    """Use the record again."""

    model = Restriction
    item_name = "restriction"
    permissions_by_method = {"POST": permissions.lift_restriction}
    operations = {
        "POST": Operation("Use a stopped record again", "Tell the person first (UK GDPR article 18(3)).",
                          takes=LiftInput, example={"reason": "They told us that it is right now."})
    }  # fmt: skip

    def act(self, record: Any, values: dict[str, Any], expected_version: int | None) -> Record:
        """Lift it."""
        return actions.lift_restriction(
            actor=self.reader, restriction=record, reason=values["reason"], expected_version=expected_version
        )


class NoticeInput(Input):
    """That a person was told what we do with what we know about them."""

    person = Link(Person, required=True)
    given_on = serializers.DateField(help_text="When.")
    how = choice(PrivacyNotice.How)
    language = Link(Language, allow_null=True, help_text="In which language; left out, English.")
    told_of_by_others = serializers.BooleanField(required=False, help_text="Somebody else told us about them.")


class NoticeOut(AboutPersonOut):
    """That a person was told."""

    given_on = serializers.DateField()
    how = serializers.CharField()
    language = Named(allow_null=True)
    told_of_by_others = serializers.BooleanField()


NOTICE = {**start_example(74), "given_on": "2026-11-24", "how": "spoken", "language": None, "told_of_by_others": False}


class Told:
    """What both addresses of notices share."""

    model: ClassVar[Any] = PrivacyNotice
    item_name = "privacy-notice"
    related: ClassVar[tuple[str, ...]] = ("language",)

    def as_row(self, row: Any) -> Row:
        """A notice as it goes out."""
        own = ("given_on", "how", "told_of_by_others")
        return {**start_of(row), **{name: getattr(row, name) for name in own}, "language": named(row.language)}


class Notices(Told, AboutPeople):
    """What people were told."""

    permissions_by_method = {"GET": permissions.read_privacy, "POST": permissions.record_notice}
    operations = {
        "GET": Operation("List privacy information given", gives=NoticeOut, example=NOTICE),
        "POST": Operation("Record that a person was told what we do", takes=NoticeInput, status=201,
                          example={"person": WHO, "given_on": "2026-11-24", "how": "spoken"}),
    }  # fmt: skip

    def create(self, values: dict[str, Any]) -> Record:
        """Record it."""
        person = values.pop("person")
        return actions.record_notice(actor=self.reader, person=person, details=NoticeDetails(**values))


class NoticeItem(Told, AboutPersonItem):
    """One of them."""

    permissions_by_method = {"GET": permissions.read_privacy}
    operations = {"GET": Operation("Read privacy information given", gives=NoticeOut, example=NOTICE)}
