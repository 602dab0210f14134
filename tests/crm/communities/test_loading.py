"""The list of communities that comes with Heard, and a council's own."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from crm.audit.models import AuditEvent
from crm.base.actors import SYSTEM
from crm.base.permissions import Refused
from crm.communities.actions import add_community, change_community, load_communities, merge_community
from crm.communities.details import CommunityDetails
from crm.communities.files import COLUMNS, read_communities
from crm.communities.models import Community, CommunityLink
from crm.languages.actions import load_languages
from crm.languages.files import shipped_languages

HEADING = ",".join(COLUMNS)


@pytest.fixture
def _languages(world):
    load_languages(actor=SYSTEM, lines=shipped_languages())


def load(file=None):
    said = StringIO()
    call_command("load_communities", *([file] if file else []), stdout=said)
    return said.getvalue()


def written(folder, *lines):
    file = folder / "ours.csv"
    file.write_text("\n".join([HEADING, *lines]), encoding="utf-8")
    return file


@pytest.mark.usefixtures("_languages")
def test_the_shipped_list_loads_nested_with_languages_and_what_is_good_to_know(world):
    before = Community.objects.count()
    number = len(read_communities())
    # The world has two of them already.
    assert load() == f"Communities: {number - 2} added.\n"
    assert Community.objects.count() == before + number - 2
    roma = Community.objects.get(name="Roma community")
    assert roma.parent.name == "Gypsy, Roma and Traveller communities"
    assert Community.objects.within(roma.parent).filter(pk=roma.pk).exists()
    assert {language.code for language in roma.languages.all()} == {"rom", "ro", "sk", "cs"}
    assert roma.good_to_know.startswith("Not everybody who speaks Romanian is Roma")
    assert CommunityLink.objects.get(ancestor=roma.parent, descendant=roma).depth == 1
    assert AuditEvent.objects.filter(verb="community.added", subject_id=str(roma.pk), actor=None).exists()


@pytest.mark.usefixtures("_languages")
def test_a_second_time_changes_nothing(world):
    load()
    before = AuditEvent.objects.count(), Community.objects.count(), CommunityLink.objects.count()
    assert load() == "Communities: 0 added.\n"
    assert before == (AuditEvent.objects.count(), Community.objects.count(), CommunityLink.objects.count())


@pytest.mark.usefixtures("_languages")
def test_what_the_council_reworded_renamed_or_merged_stays(world):
    load()
    deaf = Community.objects.get(name="Deaf community")
    details = CommunityDetails(name="Deaf people who sign", good_to_know="Ask Signed Lives first.")
    change_community(actor=world.lead, community=deaf, details=details)
    trans = Community.objects.get(name="Trans and non-binary people")
    merge_community(actor=world.lead, community=trans, into=trans.parent, reason="They asked for one name")
    assert load() == "Communities: 0 added.\n"
    deaf.refresh_from_db()
    assert (deaf.name, deaf.good_to_know) == ("Deaf people who sign", "Ask Signed Lives first.")
    assert not Community.objects.filter(name="Deaf community").exists()


@pytest.mark.usefixtures("_languages")
def test_a_council_loads_a_file_of_its_own_under_communities_it_has(world, tmp_path):
    other = add_community(actor=world.lead, details=CommunityDetails(name="Kashmiris"))
    merge_community(actor=world.lead, community=world.community, into=other, reason="One name")
    file = written(
        tmp_path,
        "Boat dwellers,community,,,en,,,",
        "Boat families,community,boat dwellers,30,en en,,,",
        "Kashmiri elders,community,Kashmiri community,,ur,,,",
    )
    assert load(file) == "Communities: 3 added.\n"
    families = Community.objects.get(name="Boat families")
    assert (families.parent.name, families.rhythm_days, families.parent.rhythm_days) == ("Boat dwellers", 30, 90)
    elders = Community.objects.get(name="Kashmiri elders")
    assert elders.parent == other  # what was merged goes on under the one that stays
    assert CommunityLink.objects.filter(ancestor=other, descendant=elders, depth=1).exists()


@pytest.mark.usefixtures("_languages")
def test_every_mistake_is_told_with_its_line_and_nothing_is_loaded(world, tmp_path):
    before = Community.objects.count()
    file = written(
        tmp_path,
        "Good,community,,90,en,,,",
        ",club,,0,en,,,",
        "good,community,Nobody,soon,xx,,,",
        f"{'L' * 121},community,,40000,,,,{'s' * 301}",
    )
    with pytest.raises(CommandError) as refusal:
        load(file)
    told = str(refusal.value).splitlines()
    assert told[0] == "Nothing was loaded:"
    assert [line.strip().partition(": ")[0] for line in told[1:]] == ["ours.csv line 3"] * 3 + [
        "ours.csv line 4"
    ] * 4 + ["ours.csv line 5"] * 3
    assert Community.objects.count() == before


def test_a_language_that_is_not_loaded_is_a_mistake_that_says_what_to_do(world, tmp_path):
    with pytest.raises(CommandError, match=r"ours\.csv line 2: the language pl is not loaded"):
        load(written(tmp_path, "Polish community,community,,,pl,,,"))


@pytest.mark.parametrize("who", ["lead", "administrator", "stranger", "nobody"])
def test_only_a_command_loads_communities(world, who):
    with pytest.raises(Refused):
        load_communities(actor=world.everybody()[who], lines=[])
