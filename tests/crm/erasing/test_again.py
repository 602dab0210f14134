"""A backup from before brings nobody back: the list beside the database says who was erased, and holds no name."""

from __future__ import annotations

import stat
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from crm.access.models import AccessNeed
from crm.base.permissions import Refused
from crm.base.rules import Blocked
from crm.base.writing import writing_allowed
from crm.erasing.actions import decide_erasure, erase_again
from crm.erasing.ledger import Erased, note, noted
from crm.erasing.models import ErasureRequest
from crm.people.models import Person
from tests.crm.access.helpers import a_need
from tests.crm.erasing.helpers import EVERYWHERE, LOOKED, a_request, in_the_list
from tests.crm.erasing.traces import names_her, she_is_known, where_she_stands

WHY = "They asked"


@pytest.fixture
def the_list(settings, tmp_path) -> Path:
    """A list of its own, beside no other."""
    settings.ERASURES_FILE = str(tmp_path / "erased.jsonl")
    return tmp_path / "erased.jsonl"


def put_back(*given: str) -> str:
    """What the command says that is run after a backup was put back."""
    said = StringIO()
    call_command("erase_again", *given, stdout=said)
    return said.getvalue()


def test_an_erasure_stands_in_the_list_without_a_name(world, the_list, django_capture_on_commit_callbacks):
    she_is_known(world)
    person, request = world.person.pk, a_request(world)
    with django_capture_on_commit_callbacks(execute=True):
        decide_erasure(actor=world.lead, request=request, outcome="granted", reason=WHY, looked=EVERYWHERE)
    assert not names_her(the_list.read_text())
    (line,) = noted()
    assert (line.person, line.request, line.elsewhere, line.parts) == (person, request.pk, True, ())
    assert stat.S_IMODE(the_list.stat().st_mode) == 0o600


def test_nothing_is_written_before_it_is_done(world, the_list):
    decide_erasure(actor=world.lead, request=a_request(world), outcome="granted", reason=WHY, looked=LOOKED)
    assert not the_list.exists(), "the transaction is not through"


@pytest.mark.parametrize("given", [[], ["--none-yet"]])
def test_a_list_that_is_not_there_is_refused_after_a_restore(world, the_list, given):
    """It was lost with the disk: `Erasures in the list: 0` would have been a lie."""
    with writing_allowed():
        ErasureRequest.objects.filter(pk=a_request(world).pk).update(
            outcome="granted", decided_on=timezone.localdate(), erased_on=timezone.localdate()
        )
    with pytest.raises(CommandError, match="Put the newest copy of the list there"):
        put_back(*given)


def test_where_nobody_was_ever_erased_the_operator_says_so(world, the_list):
    with pytest.raises(CommandError, match="--none-yet"):
        put_back()
    a_request(world)
    assert "Erasures in the list: 0." in put_back("--none-yet")
    the_list.write_text("")
    assert "Erasures in the list: 0." in put_back(), "an empty list says it by itself"


def test_whoever_came_back_with_a_backup_is_erased_again_everywhere(world, the_list):
    """The database as it was before: the person is there, and their request waits or was not even made."""
    she_is_known(world)
    request = a_request(world)
    note(in_the_list(world))
    assert "carried out again: 1" in put_back()
    assert not Person.objects.filter(pk=world.person.pk).exists()
    assert where_she_stands() == []
    request.refresh_from_db()
    assert (request.outcome, request.person, request.words) == ("granted", None, "")
    assert request.reason == "Erased again, because an older copy of the records was put back."
    assert "carried out again: 0" in put_back(), "it is safe to run twice"


def test_it_needs_no_request(world, the_list):
    line = in_the_list(world)
    note(Erased(line.person, line.person, line.on))
    put_back()
    assert not Person.objects.filter(pk=world.person.pk).exists()


def test_what_went_in_part_goes_again_in_part(world, the_list):
    need = a_need(world)
    line = in_the_list(world)
    note(Erased(line.person, line.request, line.on, parts=("accessneed.person",)))
    put_back()
    assert not AccessNeed.objects.filter(pk=need.pk).exists()
    assert Person.objects.filter(pk=world.person.pk).exists()
    assert ErasureRequest.objects.get(pk=line.request).outcome == "part"


def test_a_list_that_cannot_be_read_erases_nobody(world, the_list):
    note(in_the_list(world))
    with the_list.open("a") as file:
        file.write("half a li")
    with pytest.raises(CommandError, match="cannot be read"):
        put_back()
    assert Person.objects.filter(pk=world.person.pk).exists()


def test_nobody_is_erased_while_the_list_cannot_be_written(world, settings, tmp_path):
    settings.ERASURES_FILE = str(tmp_path / "no such folder" / "erased.jsonl")
    with pytest.raises(Blocked) as blocked:
        decide_erasure(actor=world.lead, request=a_request(world), outcome="granted", reason=WHY, looked=LOOKED)
    assert {blocker.code for blocker in blocked.value.blockers} == {"list_not_writable"}
    assert Person.objects.filter(pk=world.person.pk).exists()


def test_only_the_command_erases_again(world):
    with pytest.raises(Refused):
        erase_again(actor=world.manager, erased=in_the_list(world))
