"""Loading a council's areas from its files."""

import shutil
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from crm.accounts.models import RoleGrant, Team, User
from crm.areas.actions import groupings_corrected, load_areas
from crm.areas.files import read_area_files
from crm.areas.models import Area, AreaFigure, AreaGrouping, Council
from crm.areas.reports import locality_of
from crm.audit.models import AuditEvent
from crm.base.actors import SYSTEM, Role
from crm.base.permissions import Refused
from crm.base.writing import writing_allowed
from crm.languages.models import Language
from engagement.log.actions import log_event
from engagement.log.details import EventDetails, PointDetails, ReachDetails
from tests.crm.areas.second_council import REFERENCE, write_second_council

SHIPPED = Path(__file__).parents[3] / "crm" / "areas" / "data"
pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path):
    """The files of the invented Northbrook, for a test to change."""
    return Path(shutil.copytree(Path(__file__).parent / "northbrook", tmp_path / "northbrook"))


def load(folder):
    said = StringIO()
    call_command("load_areas", str(folder), stdout=said)
    return said.getvalue()


def change(folder, name, old, new):
    path = folder / name
    words = path.read_text()
    assert old in words
    path.write_text(words.replace(old, new))


def test_a_council_with_its_areas_groupings_and_figures_loads(folder):
    load(folder)
    assert Council.objects.get().name == "Northbrook Council"
    ward = Area.objects.get(code="W1")
    assert locality_of(ward, date(2020, 1, 1)).name == "East"
    assert (ward.figures.get().value, ward.figures.get().as_at) == (9876, "Census 2021")
    assert Language.objects.get(code="ur").direction == "rtl"
    assert Language.objects.get(code="bfi").is_signed


def test_the_same_files_a_second_time_change_nothing(folder):
    load(folder)
    before = AuditEvent.objects.count()
    assert "0 added, 0 changed, 0 removed. Languages: 0 added or changed" in load(folder)
    assert AuditEvent.objects.count() == before


@pytest.mark.parametrize(
    ("name", "old", "new", "words"),
    [
        ("areas.csv", "ward,W1", "town,W1", "areas.csv line 4: “town” is no kind of area. Use ward, locality"),
        ("areas.csv", "ward,W2", "ward,W1", "areas.csv line 5: the code W1 is already on line 4"),
        ("areas.csv", "Eastgate,2018-05-03", "Eastgate,2018-02-30", "areas.csv line 4: the dates must be real"),
        ("areas.csv", "2010-05-06,2024-07-03", "2010-05-06,2009-01-01", "areas.csv line 6: the dates must be real"),
        ("areas.csv", "Westgate,2018-05-03,,invented", "Westgate,2018-05-03,,", "areas.csv line 5: say where this"),
        ("areas.csv", "Westgate,2018-05-03,,invented", "Westgate", "areas.csv line 5: has 3 columns, not 6"),
        ("areas.csv", "kind,code", "code,kind", "areas.csv line 1: the columns must be kind, code, name"),
        ("groupings.csv", "W2,WEST", "W2,NORTH", "groupings.csv line 3: there is no area NORTH in areas.csv"),
        ("groupings.csv", "W2,WEST", "W1,WEST", "groupings.csv line 3: W1 would lie in two areas of kind locality"),
        ("groupings.csv", "W2,WEST,2018", "W2,WEST,2012", "groupings.csv line 3: W2 does not exist through all"),
        ("groupings.csv", "W2,WEST", "W2,W2", "groupings.csv line 3: an area cannot lie in itself"),
        ("figures.csv", "9876", '"9,876"', "figures.csv line 2: the value must be a whole number"),
        ("figures.csv", "W1,", "W9,", "figures.csv line 2: there is no area W9"),
        ("council.csv", "E99000001", "\nE99000001", None),
    ],
)
def test_each_mistake_is_told_with_its_line_and_nothing_is_loaded(folder, name, old, new, words):
    change(folder, name, old, new)
    if words is None:
        load(folder)  # an empty line is no mistake
        return
    with pytest.raises(CommandError) as refusal:
        load(folder)
    assert words in str(refusal.value)
    assert not Area.objects.exists()
    assert not Council.objects.exists()


def test_a_missing_file_is_named(folder):
    (folder / "areas.csv").unlink()
    with pytest.raises(CommandError, match=r"areas\.csv is missing"):
        load(folder)


def test_another_councils_files_are_refused_where_one_is_loaded(folder):
    load(folder)
    change(folder, "council.csv", "E99000001", "E99000002")
    with pytest.raises(CommandError, match="this installation belongs to Northbrook Council"):
        load(folder)


def test_a_change_ends_one_grouping_and_begins_another_and_leaves_the_past(folder):
    load(folder)
    change(folder, "groupings.csv", "W1,EAST,2018-05-03,", "W1,EAST,2018-05-03,2025-12-31\nW1,WEST,2026-01-01,")
    assert "1 added, 1 changed, 0 removed" in load(folder)
    ward = Area.objects.get(code="W1")
    assert locality_of(ward, date(2025, 12, 31)).name == "East"
    assert locality_of(ward, date(2026, 1, 1)).name == "West"


def test_a_correction_replaces_the_grouping_and_tells_the_rooms_that_store_places(folder):
    load(folder)
    told: list[str] = []
    groupings_corrected.add("test", lambda areas: told.extend(area.name for area in areas))
    try:
        change(folder, "groupings.csv", "W1,EAST", "W1,WEST")
        assert "1 added, 0 changed, 1 removed" in load(folder)
    finally:
        groupings_corrected._entries.pop("test")
    assert AreaGrouping.objects.get(inner__code="W1").outer.name == "West"
    assert told == ["Eastgate"]


def test_a_corrected_name_is_changed_in_place(folder):
    load(folder)
    ward = Area.objects.get(code="W2")
    change(folder, "areas.csv", "Westgate", "West Gate")
    load(folder)
    ward.refresh_from_db()
    assert ward.name == "West Gate"


def test_only_the_system_loads_areas(folder, world):
    with pytest.raises(Refused):
        load_areas(actor=world.administrator, files=read_area_files(folder))


def test_the_system_may_do_nothing_else_and_sees_nothing(world):
    with pytest.raises(Refused):
        world.contact(actor=SYSTEM)
    assert not Area.objects.visible_to(SYSTEM).exists()


def test_the_councils_figures_load_with_their_sources():
    load(SHIPPED / "birmingham")
    assert (Area.objects.wards().count(), Area.objects.localities().count()) == (69, 5)
    assert AreaGrouping.objects.filter(inner__kind="ward", outer__kind="locality").count() == 69
    assert not AreaGrouping.objects.filter(outer__kind="constituency").exists()
    pairs = AreaGrouping.objects.filter(inner__kind="constituency").values_list("outer__name", "inner__name")
    assert {name: sum(1 for outer, _ in pairs if outer == name) for name, _ in pairs} == {
        "Central": 2, "East": 2, "North": 2, "South": 2, "West": 2,
    }  # fmt: skip
    assert sum(AreaFigure.objects.filter(as_at="mid-2024").values_list("value", flat=True)) == 1_183_618
    assert not AreaFigure.objects.filter(source="").exists()


def test_a_council_without_localities_loads_and_logs_contacts(world, folder):
    world_council = Council.objects.get()
    change(folder, "council.csv", "E99000001", world_council.code)
    change(folder, "areas.csv", "locality,EAST,East,2018-05-03,,invented\n", "")
    change(folder, "areas.csv", "locality,WEST,West,2018-05-03,,invented\n", "")
    change(folder, "areas.csv", "ward,W1,", "ward,NL1,")
    change(folder, "areas.csv", "ward,W2,", "ward,NL2,")
    (folder / "groupings.csv").unlink()
    (folder / "figures.csv").unlink()
    load(folder)
    event = world.contact(area=Area.objects.get(code="NL1"))
    assert event.locality is None
    assert event.team == world.east_team


@pytest.mark.skipif(not REFERENCE.is_dir(), reason="The census reference folder does not stand beside the checkout.")
def test_a_second_councils_twenty_wards_load_into_an_empty_database(tmp_path):
    load(write_second_council(tmp_path))
    assert Area.objects.wards().count() == 20
    assert not Area.objects.localities().exists()
    assert not AreaGrouping.objects.exists()
    assert sum(AreaFigure.objects.values_list("value", flat=True)) == pytest.approx(223_773, abs=30)
    with writing_allowed():
        officer = User.objects.create_user("officer@council.example", name="Sam", password=None)
        RoleGrant.objects.create(user=officer, role=Role.OFFICER, team=Team.objects.create(name="Engagement"))
    ward = Area.objects.wards().first()
    details = EventDetails(
        occurred_on=timezone.localdate(),
        area=ward,
        reach=[ReachDetails(people=6)],
        points=[PointDetails(words="Hello")],
    )
    assert log_event(actor=officer, details=details).locality is None
