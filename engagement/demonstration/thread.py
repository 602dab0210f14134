"""From what was said to what changed, told honestly: decisions about the projects, outcomes, and who was told.

A refusal, a "not yet", an outcome that is none, a promise in public that was broken; and a sentence said in a mosque,
followed to an answer in Urdu that waits for somebody to check it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from crm.accounts.models import RoleGrant, User
from crm.areas.models import AreaGrouping
from crm.audit.actions import attach, write
from crm.audit.verbs import Verb
from crm.base.actors import SYSTEM, Role
from crm.base.demonstration import Say
from crm.counting.actions import release_figures
from crm.demonstration.chance import Chance
from crm.demonstration.history import backdate, rewrite
from crm.languages.models import Language
from crm.organisations.models import Organisation
from crm.people.models import Person
from crm.sending.actions import check_letter_version
from crm.sending.models import LetterVersion
from engagement.coproduction.decisions.actions import check_outcome, finish_outcome, record_decision, record_outcome
from engagement.coproduction.decisions.details import (
    CheckDetails,
    DecisionDetails,
    EvidenceDetails,
    OptionDetails,
    OutcomeDetails,
)
from engagement.coproduction.decisions.models import Decision, Outcome
from engagement.coproduction.frameworks.actions import load_frameworks
from engagement.coproduction.frameworks.files import read_frameworks
from engagement.coproduction.frameworks.models import FrameworkPart
from engagement.coproduction.projects.models import Project
from engagement.coproduction.telling.actions import draft_tellings, publish_line, publish_promise, word_answer
from engagement.coproduction.telling.details import WordsDetails
from engagement.coproduction.telling.letters_about import LETTER
from engagement.coproduction.telling.models import Telling
from engagement.coproduction.themes.models import Theme, ThemePoint
from engagement.demonstration.lists import DATA
from engagement.log.models import Contribution, EngagementEvent, Point, Promise, Topic

TOLD_AFTER = (9, 70)  # days from the decision until most were told
SAID_DAYS_AGO = 75  # the sentence in the mosque
IN_PUBLIC = ("Ask the ", "Find out ")  # how a promise to everybody may begin
ABOUT_SOMEBODY = re.compile(r"\b(he|she|him|her|his|they|them|their)\b")
State = Telling.State


@dataclass
class Teller:
    """Who tells it, and the lists it refers to."""

    actor: User
    today: date
    chance: Chance
    parts: dict[str, FrameworkPart]

    def ago(self, days: int) -> date:
        """A day so long ago."""
        return self.today - timedelta(days=days)

    def tell(self, told: dict[str, Any]) -> Decision:
        """One decision about a project and its themes, and what came of it."""
        project = Project.objects.prefetch_related("themes").get(name=told["project"])
        decision = self._decision(told["decision"], project)
        if "outcome" in told:
            self._outcome(told["outcome"], decision)
        return decision

    def _decision(self, told: dict[str, Any], project: Project) -> Decision:
        on = self.ago(told["days"])
        names = ("question", "answer", "reason", "will_do", "decided_by", "authority")
        plain = {name: told.get(name, "") for name in names}
        themes = project.themes.filter(name__in=told["themes"]) if "themes" in told else project.themes.all()
        details = DecisionDetails(
            **plain, decided_on=on, project=project, themes=list(themes),
            points=self._asked(told["asks_about"], told["in_words"], on),
            will_by=self.today + timedelta(days=told["will_in"]) if "will_in" in told else None,
            look_again_on=self.today + timedelta(days=told["again_in"]) if "again_in" in told else None,
            options=[OptionDetails(**option) for option in told["options"]],
            evidence=[EvidenceDetails(**row) for row in told["evidence"]],
        )  # fmt: skip
        decision = record_decision(actor=self.actor, details=details)
        backdate([decision], [_moment(on)])
        answered = list(decision.answered.all())
        backdate(answered, [_moment(on)] * len(answered))
        self._told(decision, on)
        publish_line(actor=self.actor, decision=decision)
        return decision

    def _asked(self, topics: Sequence[str], words: Sequence[str], until: date) -> list[Point]:
        """What else was asked for about these topics, in such words, in the ten months before, and not answered."""
        rows = Point.objects.standing().filter(kind=Point.Kind.ASK, event__restricted=False, answers=None)
        since = until - timedelta(days=300)
        rows = rows.filter(event__topics__name__in=topics, event__occurred_on__range=(since, until))
        found = rows.distinct().order_by("pk")
        return [point for point in found if any(each in f"{point.words} {point.translation}" for each in words)]

    def _outcome(self, told: dict[str, Any], decision: Decision) -> None:
        on = self.ago(told["days"])
        details = OutcomeDetails(
            effect=told["effect"], words=told["words"], for_whom=told["for_whom"],
            since=None if told["effect"] == Outcome.Effect.SAME else on, measure=told.get("measure", ""),
            measure_before=told.get("before", ""), measure_after=told.get("after", ""),
            measure_source=told.get("source", ""), account=told.get("account", ""),
            parts=[self.parts[key] for key in told["parts"] if key in self.parts],
        )  # fmt: skip
        outcome = record_outcome(actor=self.actor, decision=decision, details=details)
        backdate([outcome], [_moment(on)])
        verdict, whom, words = told["check"]
        check = CheckDetails(whom, verdict, on + timedelta(days=5), words)
        outcome = check_outcome(actor=self.actor, outcome=outcome, details=check)
        self._told(outcome, on)
        if told["effect"] == Outcome.Effect.DIFFERENT:
            reason = "Those who are left have moved away, and nobody knows where to."
            finish_outcome(actor=self.actor, outcome=outcome, reason=reason)

    def _told(self, record: Decision | Outcome, on: date) -> None:
        """Most were told some weeks later, where that is past by now; a few wait still."""
        rows = list(record.tellings.order_by("id"))
        for row in rows:
            told_on = on + timedelta(days=self.chance.randrange(*TOLD_AFTER))
            row.due_since = on
            if told_on < self.today and self.chance.happens(85):
                row.state, row.told_on = State.TOLD, told_on
        rewrite(rows, "due_since", "state", "told_on")


def _moment(on: date) -> datetime:
    return datetime.combine(on, time(11), UTC)


def load_thread(say: Say) -> None:
    """The frameworks, the sentence in the mosque, decisions, outcomes, and who was told."""
    load_frameworks(actor=SYSTEM, frameworks=read_frameworks())
    told = json.loads((DATA / "thread.json").read_text(encoding="utf-8"))
    teller = _teller()
    reader = _in_the_mosque(teller, told["mosque"])
    decisions = [teller.tell(row) for row in told["decisions"]]
    _answer_in_urdu(teller, told["mosque"], decisions[0], reader)
    public = _promises_in_public(teller)
    waiting = Telling.objects.untold().count()
    say(f"Decisions: {len(decisions)}, one of them a refusal. Answers still due: {waiting}.")
    say(f"Promises in public: {public}.")


def release_first_figures(say: Say) -> None:
    """What is told to anyone, and to colleagues who meet nobody, until the end of last month."""
    say(f"Releases of figures: {release_figures(actor=SYSTEM)}.")


def _teller() -> Teller:
    grant = RoleGrant.objects.filter(role=Role.MANAGER).select_related("user").order_by("id").first()
    assert grant is not None  # the staff were loaded before
    parts = FrameworkPart.objects.select_related("framework")
    return Teller(
        actor=grant.user, today=timezone.localdate(), chance=Chance("heard/thread"),
        parts={f"{part.framework.key}/{part.code}": part for part in parts},
    )  # fmt: skip


def _in_the_mosque(teller: Teller, told: dict[str, Any]) -> Person:
    """A sentence in Urdu, by somebody who reads it, which may be quoted."""
    group = Organisation.objects.select_related("area").get(name=told["group"])
    who = Person.objects.filter(language_uses__use="reads", language_uses__language__code="ur", restricted=False)
    reader = who.filter(stopped_on=None, ways__kind="letter").order_by("pk").first()
    assert reader is not None  # the people were loaded before
    urdu = Language.objects.get(code="ur")
    on = teller.ago(SAID_DAYS_AGO)
    moments = [teller.chance.id_at(_moment(on)) for _ in range(3)]
    groupings = AreaGrouping.objects.on(on).filter(inner=group.area, outer__kind="locality")
    place = groupings.values_list("outer", flat=True).first()
    by = User.objects.get(email=told["logged_by"])
    event = EngagementEvent(
        id=moments[0], occurred_on=on, occurred_at=time(11), area=group.area, locality_id=place, logged_by=by,
        place=group.place,
    )  # fmt: skip
    write(event, verb=Verb.CONTACT_LOGGED)
    event.organisations.set([group])
    event.officers.set([by])
    event.languages_used.set([urdu])
    event.topics.set(Topic.objects.filter(name__in=told["topics"]).values_list("pk", flat=True))
    came = Contribution(id=moments[1], event=event, person=reader)
    attach([came])
    said = Point(
        id=moments[2], event=event, words=told["words"], kind=Point.Kind.ASK, wording=Point.Wording.VERBATIM,
        language=urdu, translation=told["translation"], translator="An Urdu speaker of the team", raised_by=came,
        through=group, quoting=Point.Quoting.YES,
    )  # fmt: skip
    write(said, verb=Verb.POINT_ADDED)
    backdate([event], [_moment(on)])
    backdate([said], [_moment(on)])
    theme = Theme.objects.get(name=told["theme"])
    since = on + timedelta(days=3)
    write(ThemePoint(theme=theme, point=said, since=since, gathered_by=theme.owner), verb=Verb.POINTS_GATHERED)
    return reader


def _answer_in_urdu(teller: Teller, told: dict[str, Any], decision: Decision, reader: Person) -> None:
    """Drafted in Urdu, and waiting: nobody has checked the words yet."""
    urdu = Language.objects.get(code="ur")
    frame = LetterVersion.objects.get(letter__key=LETTER, language=urdu)
    check_letter_version(actor=teller.actor, version=frame, checked_by="Urdu speakers of the women’s group")
    words = WordsDetails(**told["urdu"], language=urdu, machine_draft=True)
    word_answer(actor=teller.actor, record=decision, details=words)
    word_answer(actor=teller.actor, record=decision, details=WordsDetails(**told["easy"], format="easy_read"))
    rows = decision.tellings.filter(person=reader)
    rows.update(state=State.DUE, told_on=None)
    draft_tellings(actor=teller.actor, tellings=list(rows))


def _reads_well(promise: Promise) -> bool:
    return promise.words.startswith(IN_PUBLIC) and not ABOUT_SOMEBODY.search(promise.words)


def _promises_in_public(teller: Teller) -> int:
    """One that was kept, one that was broken, one that is late: of those whose words read well to everybody."""
    fit = Promise.objects.filter(event__restricted=False, event__withdrawn_at=None, to_person=None)
    kinds = [fit.filter(state="kept"), fit.filter(state="broken"), fit.late(teller.today)]
    chosen = [next(filter(_reads_well, rows.order_by("-due_on", "pk")), None) for rows in kinds]
    found = [promise for promise in chosen if promise is not None]
    public = [publish_promise(actor=teller.actor, promise=one, words=f"{one.words}.") for one in found]
    return len(public)
