"""The letters editors keep: new words, what is wrong with them, who checked them, and which version a reader gets."""

from __future__ import annotations

import pytest

from crm.base.actors import SYSTEM
from crm.base.permissions import Refused
from crm.base.rules import Blocked, InputBlocked, Stale
from crm.sending.actions import add_letter_version, check_letter_version, load_letter_templates
from crm.sending.choosing import choose_version
from crm.sending.details import VersionDetails
from crm.sending.files import read_letters
from crm.sending.models import LetterVersion
from tests.crm.sending.helpers import a_draft, letters, machine_draft, reachable


def words(world, letter, **changes):
    told = {"subject": "Thank you", "body": "Hello {name}, {words}", **changes}
    return add_letter_version(actor=world.lead, letter=letter, details=VersionDetails(**told))


def test_the_letters_that_come_with_heard_load_once_and_are_free_of_mistakes(world):
    letter = letters(world)
    assert letter.versions.count() == 3  # English, Easy Read, Urdu: Tigrinya is not loaded in this world
    assert load_letter_templates(actor=SYSTEM, letters=read_letters()) == 0


def test_what_the_council_wrote_stays_when_letters_are_loaded_again(world):
    letter = letters(world)
    mine = words(world, letter)
    load_letter_templates(actor=SYSTEM, letters=read_letters())
    assert choose_version(letters(world), None, "standard").version == mine


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"body": "Hello {nmae}, {words}"}, r"\{nmae\} is not known here"),
        ({"body": "Hello {name}"}, r"\{words\} must stand in the words"),
        ({"body": "Hello {name, {words}"}, "stands alone"),
        ({"subject": "Dear {name}"}, "must not stand there"),
        ({"subject": "Ring 0121 496 0123"}, "Take a phone number out"),
        ({"subject": " "}, "Write a subject"),
        ({"body": " "}, "Write the words"),
        ({"format": "braille"}, "standard or Easy Read"),
    ],
    ids=str,
)
def test_words_with_a_mistake_are_refused_with_what_is_wrong(world, changes, said):
    with pytest.raises(InputBlocked, match=said):
        words(world, letters(world), **changes)


def test_messages_keep_the_words_they_were_made_with(world):
    person = reachable(world)
    before = a_draft(world, person)
    words(world, letters(world), body="New words. {words}")
    after = a_draft(world, person)
    assert before.version_used.number == 1
    assert after.version_used.number == 2
    assert "New words." not in before.text
    assert "New words." in after.text


def test_a_draft_does_not_push_out_the_checked_words_before_it(world):
    checked = check_letter_version(actor=world.lead, version=machine_draft(world), checked_by="An Urdu speaker")
    words(world, letters(world), language=world.urdu, machine_draft=True)
    assert choose_version(letters(world), world.urdu, "standard").version == checked


def test_a_translation_older_than_its_source_is_sent_and_said_to_be_old(world):
    check_letter_version(actor=world.lead, version=machine_draft(world), checked_by="An Urdu speaker")
    assert choose_version(letters(world), world.urdu, "standard").fell_back == ()
    words(world, letters(world))
    chosen = choose_version(letters(world), world.urdu, "standard")
    assert chosen.version.language == world.urdu
    assert chosen.fell_back == ("The Urdu words are older than the ones they were made from",)


def test_who_checked_must_be_said_and_once_is_enough(world):
    version = machine_draft(world)
    with pytest.raises(InputBlocked, match="Write who checked it"):
        check_letter_version(actor=world.lead, version=version, checked_by=" ")
    check_letter_version(actor=world.translator, version=version, checked_by="An Urdu speaker")
    with pytest.raises(Blocked, match="checked already"):
        check_letter_version(actor=world.lead, version=version, checked_by="Somebody else")


def test_nobody_checks_their_own_words(world):
    version = words(world, letters(world), language=world.urdu)
    with pytest.raises(Refused):
        check_letter_version(actor=world.lead, version=version, checked_by="I did")
    check_letter_version(actor=world.manager, version=version, checked_by="An Urdu speaker")


def test_words_of_another_letter_are_no_source(world):
    letter = letters(world)
    other = LetterVersion.objects.get(letter__key="note")
    with pytest.raises(InputBlocked, match="same letter"):
        words(world, letter, language=world.urdu, made_from=other)


def test_two_colleagues_who_write_at_once_hear_of_each_other(world):
    letter = letters(world)
    words(world, letter)
    with pytest.raises(Stale):
        add_letter_version(
            actor=world.manager, letter=letter, details=VersionDetails("Thanks", "{words}"), expected_version=1
        )
