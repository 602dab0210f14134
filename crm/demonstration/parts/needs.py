"""What a third of the people need: in their own words, some overdue, some not to be shared, some ended."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from django.utils import timezone

from crm.access.actions import load_need_types
from crm.access.files import shipped_need_types
from crm.access.models import AccessNeed, NeedKind, NeedReview, NeedShare, NeedType, NoNeed
from crm.audit.actions import attach, write_new
from crm.audit.verbs import Verb
from crm.base.actors import SYSTEM
from crm.base.demonstration import Say
from crm.base.tables import Line, read_table
from crm.demonstration.chance import Chance
from crm.demonstration.history import backdate
from crm.demonstration.sign_ins import DATA
from crm.languages.models import Language
from crm.people.models import Person, Supporter

COLUMNS = ("type", "weight", "groups", "own_words", "what_to_do")
SIGNERS, OTHERS = 95, 33  # of a hundred who sign, and of a hundred others, so many have needs
SUPPORTERS = 20  # of a hundred who support somebody, so many have a need of their own
NOTHING = 55  # of a hundred without a need of their own, so many were asked and need nothing
ASKED_AGAIN = 60  # of a hundred whose year was over
SHARED_WITH = ("The interpreter agency", "The venue", "The taxi firm", "The group's secretary", "The print room")
Answer, Sharing, ToldBy = NeedReview.Answer, AccessNeed.Sharing, AccessNeed.ToldBy


@dataclass
class Asker:
    """Asks one person after another what they need, always with the same answers."""

    today: date
    lines: list[Line]
    types: dict[str, NeedType]
    chance: Chance = field(default_factory=lambda: Chance("heard/needs"))
    needs: list[AccessNeed] = field(default_factory=list)
    moments: list[datetime] = field(default_factory=list)
    reviews: list[NeedReview] = field(default_factory=list)
    shares: list[NeedShare] = field(default_factory=list)

    def ask(self, person: Person) -> None:
        """Write down what this person needs, if they were asked and need something."""
        tongues = [use.language for use in person.language_uses.all()]
        signs = any(language.is_signed for language in tongues)
        if not self.chance.happens(SIGNERS if signs else OTHERS):
            return
        groups = " ".join(role.organisation.name for role in person.roles.all())
        foreign = next((tongue for tongue in tongues if not tongue.is_signed and tongue.code != "en"), None)
        for line in self._lines_for(groups, foreign, signs=signs):
            language = foreign if self.types[line["type"]].kind == NeedKind.LANGUAGE else None
            self._write(person, line, language=language)

    def ask_supporter(self, supporter: Supporter) -> None:
        """A father signs; some others who support somebody need large print, a lift or the fare."""
        if supporter.relation.endswith(" father"):
            self._write_down_the_fathers(supporter)
        elif self.chance.happens(SUPPORTERS):
            key = self.chance.choice(["large-print-18", "transport", "travel-costs"])
            line = next(line for line in self.lines if line["type"] == key)
            self._write(supporter.person, line, supporter=supporter)

    def _write_down_the_fathers(self, supporter: Supporter) -> None:
        """The need that a visitor to the demonstration looks for: it stands, and may be shared."""
        person, type_ = supporter.person, self.types["bsl-interpreter"]
        told_on = max(person.created_at.date(), self.today - timedelta(days=90))
        need = AccessNeed(
            id=self.chance.id_at(_morning(told_on)),
            person=person,
            supporter=supporter,
            type=type_,
            own_words="My father signs. He comes along, and he wants to follow it too.",
            what_to_do=type_.what_to_do,
            told_by=AccessNeed.ToldBy.CARER,
            told_on=told_on,
            review_on=told_on + timedelta(days=365),
            may_share=Sharing.YES,
            recorded_by=person.entered_by,
        )
        self.needs.append(need)
        self.moments.append(_morning(told_on))

    def _lines_for(self, groups: str, foreign: Language | None, *, signs: bool) -> list[Line]:
        """One to three different needs, likely ones for these groups first."""
        wanted = self.chance.choices([1, 2, 3], [40, 38, 22])[0] + signs
        near = [line for line in self.lines if line["groups"] and re.search(line["groups"], groups)]
        anyone = [line for line in self.lines if not line["groups"] and self._fits(line, foreign)]
        spoken = [line for line in anyone if self.types[line["type"]].kind == NeedKind.COMMUNICATION]
        found: dict[str, Line] = {}
        while len(found) < wanted:
            deck = near if near and self.chance.happens(90 if signs else 65) else anyone
            deck = spoken if deck is anyone and not found and self.chance.happens(70) else deck
            line = self.chance.choices(deck, [int(row["weight"]) for row in deck])[0]
            found.setdefault(line["type"], line)
            if len(found) >= len(near) + len(anyone):
                break
        return list(found.values())

    def _fits(self, line: Line, foreign: Language | None) -> bool:
        if self.types[line["type"]].kind != NeedKind.LANGUAGE:
            return True
        if foreign is None:
            return False
        return line["type"] != ("written-language" if foreign.is_spoken_only else "spoken-messages")

    def _write(
        self, person: Person, line: Line, *, language: Language | None = None, supporter: Supporter | None = None
    ) -> None:
        told_on = self._told_on(person)
        type_ = self.types[line["type"]]
        need = AccessNeed(
            id=self.chance.id_at(_morning(told_on)),
            person=person,
            supporter=supporter,
            type=type_,
            own_words=self.chance.choice(line["own_words"].split("|")) if self.chance.happens(75) else "",
            what_to_do=(line["what_to_do"] or type_.what_to_do).replace(
                "{language}", language.name if language else ""
            ),
            language=language,
            told_by=self.chance.choices(ToldBy.values, [62, 18, 8, 4, 8])[0],
            told_on=told_on,
            review_on=told_on + timedelta(days=365),
            may_share=self.chance.choices(Sharing.values, [58, 15, 27])[0],
            recorded_by=person.entered_by,
        )
        self.needs.append(need)
        self.moments.append(_morning(told_on))
        self._ask_again(need)
        self._share(need)

    def _told_on(self, person: Person) -> date:
        """Most tell it when they are first met, some much later."""
        known_for = max(2, (self.today - person.created_at.date()).days)
        after = self.chance.randrange(known_for) if self.chance.happens(30) else self.chance.randrange(40)
        return self.today - timedelta(days=max(1, known_for - after))

    def _ask_again(self, need: AccessNeed) -> None:
        """Some are asked again when their year is over, a few before; the others are late now."""
        over = need.review_on < self.today
        if not self.chance.happens(ASKED_AGAIN if over else 8):
            return
        due = need.review_on
        asked_on = min(due + timedelta(days=self.chance.randrange(-30, 40)), self.today - timedelta(days=1))
        if not over:
            asked_on = self.today - timedelta(days=self.chance.randrange(1, max(2, (self.today - need.told_on).days)))
        answer = self.chance.choices(Answer.values, [80, 12, 8])[0]
        self.reviews.append(
            NeedReview(need=need, reviewed_on=asked_on, due_on=due, answer=answer, reviewed_by=need.recorded_by)
        )
        if answer == Answer.ENDED:
            need.ended_on, need.ended_reason = asked_on, "They said they do not need it any more"
        need.review_on = asked_on + timedelta(days=365)
        need.version += 1

    def _share(self, need: AccessNeed) -> None:
        if need.may_share != Sharing.YES or not self.chance.happens(60):
            return
        on = need.told_on + timedelta(days=self.chance.randrange(0, max(1, (self.today - need.told_on).days)))
        with_whom = self.chance.choice(SHARED_WITH)
        self.shares.append(NeedShare(need=need, shared_on=on, shared_with=with_whom, shared_by=need.recorded_by))


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(10), UTC)


def load_needs(say: Say) -> None:
    """Load the list of types, and what a third of the people need."""
    types = load_need_types(actor=SYSTEM, lines=shipped_need_types())
    asker = Asker(
        today=timezone.localdate(),
        lines=read_table(DATA / "needs.csv", COLUMNS),
        types={row.key: row for row in NeedType.objects.all()},
    )
    people = Person.objects.select_related("entered_by").prefetch_related(
        "language_uses__language", "roles__organisation"
    )
    for person in people.order_by("pk"):
        asker.ask(person)
    for supporter in Supporter.objects.select_related("person__entered_by").order_by("person_id", "relation"):
        asker.ask_supporter(supporter)
    needs = write_new(asker.needs, verb=Verb.NEED_RECORDED)
    backdate(needs, asker.moments)
    attach(asker.reviews)
    attach(asker.shares)
    nothing = _who_needs_nothing(list(people.order_by("pk")), needs)
    say(f"Asked, and need nothing: {len(nothing)} people.")
    say(f"Types of access need: {types}. Needs: {len(needs)}, of {len({need.person_id for need in needs})} people.")


def _who_needs_nothing(people: list[Person], needs: list[AccessNeed]) -> list[NoNeed]:
    """Some were asked and need nothing, a few of them longer than a year ago; the others nobody has asked."""
    chance, today = Chance("heard/need nothing"), timezone.localdate()
    holders = {need.supporter.supporter_id if need.supporter else need.person_id for need in needs}
    rows, moments = [], []
    for person in people:
        known_for = (today - person.created_at.date()).days
        asked, after = chance.happens(NOTHING), chance.randrange(max(1, min(known_for, 60)))
        if not asked or known_for < 1 or person.pk in holders:
            continue
        asked_on = today - timedelta(days=known_for - after)
        told_by = chance.choices(ToldBy.values, [80, 8, 4, 2, 6])[0]
        moments.append(_morning(asked_on))
        rows.append(
            NoNeed(id=chance.id_at(moments[-1]), person=person, told_by=told_by, asked_on=asked_on,
                   asked_by=person.entered_by, review_on=asked_on + timedelta(days=365))
        )  # fmt: skip
    made = write_new(rows, verb=Verb.NO_NEED_NOTED)
    backdate(made, moments)
    return made
