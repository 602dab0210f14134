"""People and groups who are due an answer, in a world with letters."""

from __future__ import annotations

from typing import Any

from crm.base.actors import SYSTEM
from crm.people.models import Person
from crm.sending.actions import check_letter_version, load_letter_templates
from crm.sending.files import read_letters
from crm.sending.models import LetterTemplate
from crm.sending.registry import letter_folders
from engagement.coproduction.decisions.models import Decision
from engagement.coproduction.telling.actions import draft_tellings, publish_line, publish_promise, word_answer
from engagement.coproduction.telling.details import WordsDetails
from engagement.coproduction.telling.letters_about import LETTER
from engagement.coproduction.telling.models import AnswerWords, PublicLine, PublicPromise, Telling
from engagement.log.details import PointDetails
from tests.crm.privacy.helpers import a_purpose
from tests.crm.sending.helpers import reachable, speaks
from tests.engagement.coproduction.deciding import a_decision
from tests.world import World


def letters_of_answers(world: World) -> LetterTemplate:
    """The letters that come with this room."""
    found = LetterTemplate.objects.filter(key=LETTER).first()
    if found is None:
        a_purpose(world, "Answering", asks_permission=False)
        load_letter_templates(actor=SYSTEM, letters=read_letters(letter_folders["answers"]))
        found = LetterTemplate.objects.get(key=LETTER)
    return found


def check_urdu(world: World) -> None:
    """A speaker found the frame of the letter right."""
    version = letters_of_answers(world).versions.get(language=world.urdu)
    check_letter_version(actor=world.translator, version=version, checked_by="Urdu speakers of the women's group")


def a_reader(world: World, *ways: Any, urdu: bool = False, **more: Any) -> Person:
    """Somebody with an open way, who reads Urdu if told so."""
    languages = speaks(world.urdu, "reads") if urdu else ()
    return reachable(world, *ways, languages=languages, **more)


def due_to(world: World, person: Person | None = None, **changes: Any) -> Telling:
    """A decision about what this person said at the mosque: the answer that is due to them."""
    letters_of_answers(world)
    reader = person or a_reader(world)
    decision = a_decision(world, said_by(world, reader), **changes)
    return decision.tellings.get(person=reader)


def said_by(world: World, person: Person, **changes: Any) -> Any:
    """One point of theirs."""
    contact = world.contact(people=[person], points=[_point(person)], **changes)
    return contact.points.get()


def _point(person: Person) -> Any:
    return PointDetails("The letters came in English only.", kind="ask", raised_by=person)


def drafted(world: World) -> Telling:
    """One that waits for approval."""
    return draft_tellings(actor=world.amina, tellings=[due_to(world)])[0]


def urdu_words(world: World, decision: Decision | None = None) -> AnswerWords:
    """The answer in Urdu, which nobody has checked."""
    details = WordsDetails("آپ نے خطوط کے بارے میں پوچھا", "پہلا خط اردو میں آئے گا۔", language=world.urdu)
    return word_answer(actor=world.amina, record=decision or a_decision(world), details=details)


def a_line(world: World, decision: Decision | None = None) -> PublicLine:
    """A decision in You said, we did."""
    return publish_line(actor=world.lead, decision=decision or a_decision(world))


def a_public_promise(world: World) -> PublicPromise:
    """A promise in the public list."""
    return publish_promise(actor=world.amina, promise=world.promise(), words="Send the leaflet in Urdu")
