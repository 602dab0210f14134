"""The council's lists of topics, barriers and kinds of support: loaded from files, kept in the workspace."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from crm.audit.models import AuditEvent
from crm.base.permissions import Refused
from crm.base.rules import InputBlocked, Stale
from engagement.log.actions import (
    add_access_support,
    add_barrier,
    add_topic,
    change_access_support,
    change_barrier,
    change_topic,
    load_lists,
)
from engagement.log.models import AccessSupport, Barrier, Topic

KINDS = {
    "topics": (Topic, add_topic, change_topic, "topic"),
    "barriers": (Barrier, add_barrier, change_barrier, "barrier"),
    "support": (AccessSupport, add_access_support, change_access_support, "support"),
}
HEADING = "name,order,retired\n"


def load(*folder):
    said = StringIO()
    call_command("load_lists", *folder, stdout=said)
    return said.getvalue()


def test_the_shipped_lists_load_and_a_second_time_changes_nothing(world):
    assert load() == "Topics: 24 added. Barriers: 15 added. Kinds of support: 18 added.\n"
    assert Barrier.objects.for_list().first().name == "No interpreter, or the wrong one"
    assert AccessSupport.objects.for_list().first().name == "Spoken-language interpreter"
    assert set(AuditEvent.objects.values_list("verb", flat=True)) == {
        "topic.added", "barrier.added", "access_support.added"
    }  # fmt: skip
    before = AuditEvent.objects.count()
    assert load() == "Topics: 0 added. Barriers: 0 added. Kinds of support: 0 added.\n"
    assert AuditEvent.objects.count() == before


@pytest.mark.parametrize("kind", KINDS)
def test_what_the_council_renamed_twice_or_retired_stays_when_the_lists_are_loaded_again(world, kind):
    load()
    model, _, change, word = KINDS[kind]
    first, second = model.objects.for_list()[0:2]
    for name in ("Another name", "A third name"):
        change(actor=world.lead, **{word: model.objects.get(pk=first.pk)}, name=name)
    change(actor=world.manager, **{word: second}, retired=True)
    assert load() == "Topics: 0 added. Barriers: 0 added. Kinds of support: 0 added.\n"
    assert model.objects.get(pk=first.pk).name == "A third name"
    assert model.objects.get(pk=second.pk).retired


def test_a_council_loads_files_of_its_own_retired_entries_among_them(world, tmp_path):
    (tmp_path / "barriers.csv").write_text(f"{HEADING}Tide,,\nThe old ferry,5,yes\n", encoding="utf-8")
    assert load(tmp_path) == "Topics: 0 added. Barriers: 2 added. Kinds of support: 0 added.\n"
    assert list(Barrier.objects.for_list().values_list("name", "order", "retired")) == [
        ("The old ferry", 5, True), ("Tide", 100, False)
    ]  # fmt: skip


def test_every_mistake_is_told_with_its_file_and_line_and_nothing_is_loaded(world, tmp_path):
    (tmp_path / "topics.csv").write_text(f"{HEADING}Boats,10,\nboats,ten,no\n", encoding="utf-8")
    (tmp_path / "support.csv").write_text(f"{HEADING},1,\n", encoding="utf-8")
    with pytest.raises(CommandError) as refusal:
        load(tmp_path)
    assert str(refusal.value).splitlines()[1:] == [
        "  topics.csv line 3: boats already stands above",
        "  topics.csv line 3: the order must be a number from 0 to 32,767, or nothing",
        "  topics.csv line 3: write yes under retired, or nothing",
        "  support.csv line 2: give it a name of 1 to 80 characters",
    ]
    assert not Topic.objects.filter(name="Boats").exists()


def test_a_folder_without_any_of_the_files_is_a_mistake(world, tmp_path):
    with pytest.raises(CommandError, match=r"holds none of topics\.csv, barriers\.csv"):
        load(tmp_path)


@pytest.mark.parametrize("kind", KINDS)
def test_who_keeps_the_lists_adds_renames_and_retires(world, kind):
    model, add, change, word = KINDS[kind]
    entry = add(actor=world.lead, name=" Boats ", order=5)
    assert (entry.name, entry.order, entry.retired) == ("Boats", 5, False)
    change(actor=world.administrator, **{word: entry}, name="Boats and ferries", retired=True, expected_version=1)
    stored = model.objects.get(pk=entry.pk)
    assert (stored.name, stored.retired) == ("Boats and ferries", True)
    with pytest.raises(Stale):
        change(actor=world.lead, **{word: entry}, name="Ships", expected_version=1)


@pytest.mark.parametrize("kind", KINDS)
def test_a_name_that_is_taken_in_any_capitals_or_empty_is_refused_beside_its_field(world, kind):
    _, add, change, word = KINDS[kind]
    add(actor=world.lead, name="Boats")
    other = add(actor=world.lead, name="Ferries")
    for refused in (lambda: add(actor=world.lead, name="boats"), lambda: add(actor=world.lead, name=" "),
                    lambda: change(actor=world.lead, **{word: other}, name="BOATS")):  # fmt: skip
        with pytest.raises(InputBlocked) as refusal:
            refused()
        assert list(refusal.value.by_field()) == ["name"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("who", ["amina", "chen", "analyst", "leaver", "nobody"])
def test_who_does_not_keep_the_lists_adds_and_changes_nothing(world, kind, who):
    _, add, change, word = KINDS[kind]
    entry = add(actor=world.lead, name="Boats")
    with pytest.raises(Refused):
        add(actor=world.everybody()[who], name="Ships")
    with pytest.raises(Refused):
        change(actor=world.everybody()[who], **{word: entry}, retired=True)
    with pytest.raises(Refused):
        load_lists(actor=world.everybody()[who], lists={})
