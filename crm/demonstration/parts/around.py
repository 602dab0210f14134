"""What surrounds the invented people: hats, safe-contact rules, who supports them, what they allow and object to."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db import models
from django.utils import timezone

from crm.audit.actions import attach, write_new
from crm.audit.verbs import Verb
from crm.base.actors import SYSTEM
from crm.base.demonstration import Say
from crm.communities.models import Community
from crm.declared.models import DeclaredCommunity
from crm.demonstration.chance import Chance
from crm.demonstration.history import days_ago, rewrite
from crm.demonstration.parts.nasreen import introduce_nasreen
from crm.organisations.models import OrganisationCommunity
from crm.people.models import Intermediary, Person, PersonHat, SafeContactRule, Supporter
from crm.privacy.actions import load_purposes
from crm.privacy.files import read_purposes
from crm.privacy.models import ContactPermission, Objection, PrivacyNotice, Purpose, Restriction

Rule, Hat = SafeContactRule.Rule, PersonHat.Hat
# Free words of the people's file that are one of the rules Heard obeys by itself.
RULES = {
    "Never leave a message.": Rule.NO_VOICEMAIL,
    "Do not write to the home address: others open the post.": Rule.PLAIN_POST,
    "Do not say where you are calling from until they say it is safe.": Rule.CHECK_FIRST,
}
BESIDE = (
    ("her daughter", Supporter.Kind.CARER), ("his wife", Supporter.Kind.CARER), ("their neighbour", "family"),
    ("their support worker", Supporter.Kind.SUPPORT_WORKER), ("their advocate", Supporter.Kind.ADVOCATE),
)  # fmt: skip
SAID = ("At the drop-in", "By phone", "After the forum", "When we first met")


@dataclass
class Surroundings:
    """Makes the rows, always the same."""

    today: date
    purposes: dict[str, Purpose]
    named: dict[Any, Community]  # by group: a community that leads it, which some of its people name as theirs
    chance: Chance = field(default_factory=lambda: Chance("heard/around"))
    made: dict[Verb, list[Any]] = field(default_factory=dict)
    parts: dict[type[models.Model], list[Any]] = field(default_factory=dict)

    def surround(self, person: Person, number: int) -> None:
        """Everything about one person."""
        groups = [role.organisation for role in person.roles.all()]
        self._hats(person, bool(groups))
        self._safe(person)
        if self.chance.happens(8):
            relation, kind = self.chance.choice(BESIDE)
            self._write(Verb.SUPPORTER_ADDED, Supporter(person=person, relation=relation, kind=kind))
        if groups and self.chance.happens(4):
            self._between(person, groups[0])
        self._allow(person)
        if groups and self.chance.happens(7):
            self._declare(person, self.named.get(groups[0].pk))
        if number % 90 == 45:
            self._object(person, days=(12, 44, 80)[number // 90 % 3])

    def _write(self, verb: Verb, row: Any) -> None:
        row.id = self.chance.id_at(days_ago(1))
        self.made.setdefault(verb, []).append(row)

    def _ago(self, most: int) -> date:
        return self.today - timedelta(days=self.chance.randrange(1, most))

    def _hats(self, person: Person, in_group: bool) -> None:
        hats = [Hat.CARER] if self.chance.happens(30) else [Hat.LIVED_EXPERIENCE] if self.chance.happens(45) else []
        hats += [Hat.VOLUNTEER] if in_group and self.chance.happens(15) else []
        hats += [Hat.EXPERT] if hats and self.chance.happens(12) else []
        rows = [PersonHat(person=person, hat=hat, first_day=self._ago(900)) for hat in hats]
        self.parts.setdefault(PersonHat, []).extend(rows)

    def _safe(self, person: Person) -> None:
        """A rule written in free words becomes the rule itself; a few more have one nobody wrote down before."""
        rule = RULES.get(person.contact_rules)
        if rule:
            person.contact_rules = ""
        elif self.chance.happens(2):
            rule = Rule.IN_PERSON_ONLY
        if rule:
            self.parts.setdefault(SafeContactRule, []).append(SafeContactRule(person=person, rule=rule))

    def _between(self, person: Person, group: Any) -> None:
        risk = "The chair answers before they can." if self.chance.happens(50) else ""
        row = Intermediary(
            person=person, through_organisation=group, agreed_by="They said so themselves", agreed_on=self._ago(300),
            gatekeeper_risk=risk, recorded_by=person.entered_by,
        )  # fmt: skip
        self._write(Verb.INTERMEDIARY_ADDED, row)

    def _allow(self, person: Person) -> None:
        if self.chance.happens(70):
            notice = PrivacyNotice(person=person, given_on=self._ago(400), how="spoken", recorded_by=person.entered_by)
            self._write(Verb.PRIVACY_TOLD, notice)
        for key, percent in (("invitations", 60), ("panels", 25), ("seats", 15)):
            if not self.chance.happens(percent):
                continue
            given = ContactPermission(
                person=person, purpose=self.purposes[key], given_on=self._ago(400), how=self.chance.choice(SAID),
                recorded_by=person.entered_by,
            )  # fmt: skip
            if self.chance.happens(6):
                given.withdrawn_on, given.withdrawn_how = self.today, "By phone"
            self._write(Verb.PERMISSION_GIVEN, given)

    def _declare(self, person: Person, community: Community | None) -> None:
        """What an invented person said of themselves; in real life nobody's group says it for them."""
        if community is not None:
            said = DeclaredCommunity(
                person=person, community=community, purpose=self.purposes["seats"], declared_on=self._ago(300),
                how="spoken", recorded_by=person.entered_by,
            )  # fmt: skip
            self._write(Verb.DECLARATION_MADE, said)

    def _object(self, person: Person, days: int) -> None:
        objection = Objection(
            person=person, purpose=self.purposes["invitations"], raised_on=self.today - timedelta(days=days),
            words="Too many invitations", recorded_by=person.entered_by,
        )  # fmt: skip
        if days > 60:
            objection.outcome, objection.decided_on = Objection.Outcome.GRANTED, self.today - timedelta(days=days - 20)
            objection.reason = "We stopped inviting you."
        self._write(Verb.OBJECTION_RAISED, objection)


def load_around(say: Say) -> None:
    """Load it, and introduce Nasreen Kauser of the East, with whom much can go wrong."""
    purposes = load_purposes(actor=SYSTEM, lines=read_purposes())
    leading = OrganisationCommunity.objects.filter(relation="led_by").select_related("community").order_by("id")
    around = Surroundings(
        today=timezone.localdate(),
        purposes={purpose.key: purpose for purpose in Purpose.objects.all()},
        named={link.organisation_id: link.community for link in leading},
    )
    people = list(
        Person.objects.select_related("entered_by", "locality")
        .prefetch_related("roles__organisation", "language_uses__language")
        .order_by("pk")
    )
    nasreen = introduce_nasreen(people, around.purposes)
    others = [person for person in people if person.pk != nasreen.pk]
    for number, person in enumerate(others):
        around.surround(person, number)
    rewrite(others, "contact_rules")
    for rows in around.parts.values():
        attach(rows)
    for verb, made in around.made.items():
        write_new(made, verb=verb)
    stopped = _stop(others, around)
    say(f"Purposes: {purposes}. What people allow: {len(around.made[Verb.PERMISSION_GIVEN])}. Stopped: {stopped}.")


def _stop(people: list[Person], around: Surroundings) -> int:
    """Two adults asked us, today, to leave their record alone."""
    asked = [person for person in people if not person.restricted][7::120][:2]
    for person in asked:
        person.stopped_on = around.today
    rewrite(asked, "stopped_on")
    rows = [
        Restriction(
            id=around.chance.id_at(days_ago(1)), person=person, asked_on=around.today,
            words="Leave my record alone for now", recorded_by=person.entered_by,
        )
        for person in asked
    ]  # fmt: skip
    write_new(rows, verb=Verb.RECORD_STOPPED)
    return len(rows)
