"""The list of types that comes with Heard, and the council's own."""

import csv
import hashlib
from io import StringIO

import pytest
from django.core.management import call_command

from crm.access.actions import add_need_type, change_need_type, load_need_types
from crm.access.details import NeedTypeDetails
from crm.access.files import shipped_need_types
from crm.access.models import NeedGroup, NeedKind, NeedType
from crm.base.actors import SYSTEM
from crm.base.permissions import Refused
from crm.base.rules import InputBlocked
from crm.base.tables import Line
from tests.crm.access.helpers import a_type
from tests.house.source import ROOT

REFERENCE = ROOT.parent / "shared" / "reference" / "ais" / "ais_needs.csv"


def load(lines=None):
    return load_need_types(actor=SYSTEM, lines=lines or shipped_need_types())


def test_the_shipped_list_loads_by_command_and_a_second_time_changes_nothing(db):
    said = StringIO()
    call_command("load_need_types", stdout=said)
    assert f"Types of access need: {len(shipped_need_types())} added" in said.getvalue()
    assert load() == 0
    assert set(NeedType.objects.values_list("kind", flat=True)) == set(NeedKind.values)
    assert set(NeedType.objects.exclude(group="").values_list("group", flat=True)) == set(NeedGroup.values)


def test_only_the_one_code_that_was_read_is_filled_in(db):
    load()
    assert list(NeedType.objects.exclude(snomed_code="").values_list("key", "snomed_code")) == [
        ("easy-read", "796161000000101")
    ]


@pytest.mark.parametrize(
    "key",
    ["easy-read", "braille-1", "braille-2", "large-print-16", "large-print-28", "audio-file", "talking-mats",
     "picture-cards", "makaton-symbols", "moon", "bsl-interpreter", "lipspeaker", "speech-to-text", "deafblind-manual",
     "hands-on-interpreter", "note-taker", "advocate", "sighted-guide", "spoken-interpreter", "spoken-messages",
     "step-free", "quiet-room", "breaks", "prayer-space", "transport", "childcare", "food", "carer-cover"],
)  # fmt: skip
def test_what_the_documents_ask_for_is_on_the_list(db, key):
    assert a_type(key).what_to_do


def test_what_the_council_reworded_or_ended_stays_when_the_list_is_loaded_again(world):
    kind = a_type("moon")
    words = NeedTypeDetails(name="Moon letters", kind=kind.kind, group=kind.group, what_to_do="Ask the library")
    change_need_type(actor=world.lead, need_type=kind, details=words)
    NeedType.objects.filter(key="braille-1")._raw_delete("default")
    assert load() == 1
    kind.refresh_from_db()
    assert (kind.name, kind.what_to_do) == ("Moon letters", "Ask the library")


def test_mistakes_in_a_list_are_told_by_line(db):
    good = shipped_need_types()[0]
    wrong = [
        Line("x.csv", 2, good.values),
        Line("x.csv", 3, {**good.values, "what_to_do": ""}),
        Line("x.csv", 4, {**good.values, "key": "a", "name": "A", "kind": "odd"}),
        Line("x.csv", 5, {**good.values, "key": "b", "name": "B", "kind": "language"}),
    ]
    with pytest.raises(InputBlocked) as refusal:
        load(wrong)
    codes = [blocker.code for blocker in refusal.value.blockers]
    assert codes == ["type_unnamed", "type_twice", "type_twice", "kind_unknown", "group_wrong", "group_wrong"]
    assert not NeedType.objects.exists()


def test_two_types_never_share_a_key(world):
    details = NeedTypeDetails(name="Easy read!", kind="adjustment", what_to_do="x")
    a_type("easy-read")
    assert add_need_type(actor=world.lead, details=details).key == "easy-read-2"
    with pytest.raises(InputBlocked) as refusal:
        add_need_type(actor=world.lead, details=NeedTypeDetails("Z", "adjustment", what_to_do="x", key="easy-read"))
    assert list(refusal.value.by_field()) == ["key"]


@pytest.mark.parametrize("who", ["amina", "chen", "analyst", "leaver", "nobody"])
def test_who_keeps_no_lists_adds_no_type(world, who):
    with pytest.raises(Refused):
        add_need_type(actor=world.everybody()[who], details=NeedTypeDetails("Z", "adjustment", what_to_do="x"))


# Where each term of the reference list has its home with us. The terms themselves belong to others and are not copied
# here: each stands by the beginning of its SHA-256.
HOMES: dict[str, str] = {
    "0374ba3d5a": "sound-signal", "366ff37726": "reach-by-email", "c2788ff0ef": "reach-by-letter",
    "fc5b077e4d": "reach-by-text", "b32105f6d0": "reach-by-phone", "8332d320cf": "reach-by-relay",
    "71cf792970": "reach-through-carer", "dd070188e1": "touch-signal", "9daf2393fb": "light-signal",
    "5a9fd4a4da": "own-recording", "e771868900": "format-email", "c1493f0cd7": "braille-2", "da2fe7d4aa": "easy-read",
    "9a4f93a775": "audio-file", "5c88e47973": "download", "72d7b533f1": "makaton-symbols", "2804924099": "moon",
    "4f65debb93": "braille-1", "7ece18a6ea": "audio-tape", "6268611d4d": "audio-cd", "1b21dc15b7": "dvd",
    "85e4b90ee5": "usb-stick", "2075756915": "told-aloud", "a3c1f9ea7c": "read-out-by-somebody",
    "51c5294c34": "large-print-20", "a10f7b9067": "large-print-24", "b4c6e7f903": "large-print-28",
    "2b9a42f9ef": "bsl-interpreter", "faebbd6197": "hands-on-interpreter", "06a132fb52": "makaton-interpreter",
    "01132c18c4": "advocate", "a289db9572": "deafblind-block", "98685b4c7e": "communicator-guide",
    "4fb7720dfd": "deafblind-haptic", "e0e0671470": "deafblind-manual", "f7c9f90eb1": "lipspeaker",
    "028654c684": "note-taker", "0fc29bfe37": "sighted-guide", "49db888fd8": "speech-to-text",
    "680d22dd03": "sse-interpreter", "260287f440": "visual-frame-interpreter", "979cddc55c": "lip-reads",
    "daa3798c7c": "communication-device", "547745f46c": "hearing-aid", "8f4d9e945a": "in-writing",
    "340821b9af": "citizen-advocate", "60f17a9ebc": "legal-advocate", "a8df84efa0": "other-communication",
    "3214641117": "signs-bsl", "d10bd46e1f": "cued-speech", "c7fd2cb364": "deafblind-intervener",
    "831b0fb9df": "deafblind-manual", "05a66dd795": "electronic-note-taker", "01a4355320": "lipspeaker",
    "2ce4553d0a": "signs-makaton", "2500f5cf23": "note-taker", "9dc3e7f393": "own-recording",
    "da71f281f4": "communication-passport", "f802179a53": "signs-other", "2ae5a41893": "speech-to-text",
    "6294deaa4b": "textphone",
}  # fmt: skip


@pytest.mark.skipif(not REFERENCE.is_file(), reason="The reference of the standard does not stand beside the checkout.")
def test_every_term_of_the_standards_list_has_a_home():
    keys = {line["key"] for line in shipped_need_types()}
    with REFERENCE.open(encoding="utf-8") as file:
        terms = [hashlib.sha256(row["term"].encode()).hexdigest()[:10] for row in csv.DictReader(file)]
    assert len(terms) == 61
    assert [term for term in terms if HOMES.get(term) not in keys] == []
