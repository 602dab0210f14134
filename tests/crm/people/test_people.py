"""Adding and changing people."""

import pytest

from crm.audit.models import AuditEvent
from crm.base.permissions import Refused
from crm.base.rules import InputBlocked, Stale
from crm.people.actions import add_person, change_person
from crm.people.details import LanguageUseDetails, PersonDetails, RoleDetails, WayDetails
from crm.people.models import Person


def test_a_person_takes_locality_from_the_ward_and_team_from_the_officer(world):
    person = add_person(
        actor=world.amina,
        details=PersonDetails(
            name=" Yusuf Iqbal ",
            area=world.east_ward,
            ways=[WayDetails("text", "07700 900123", is_preferred=True), WayDetails("phone", do_not_use=True)],
            languages=[LanguageUseDetails(world.urdu, "speaks")],
            roles=[RoleDetails(world.group, "chair")],
        ),
    )
    assert (person.name, person.locality, person.team) == ("Yusuf Iqbal", world.east, world.east_team)
    assert [(way.value, way.is_preferred, way.do_not_use) for way in person.ways.all()] == [
        ("+447700900123", True, False),
        ("", False, True),
    ]
    assert person.roles.get().organisation == world.group
    assert list(AuditEvent.objects.values_list("verb", flat=True)) == ["person.added"]


def test_everything_missing_is_said_at_once(world):
    with pytest.raises(InputBlocked) as refusal:
        add_person(
            actor=world.amina,
            details=PersonDetails(
                name="",
                restricted=True,
                ways=[WayDetails("phone", "12"), WayDetails("email", "nobody"), WayDetails("visit", is_preferred=True,
                      do_not_use=True), WayDetails("letter", is_preferred=True)],
                languages=[LanguageUseDetails(world.urdu, "reads")] * 2,
                roles=[RoleDetails(world.group, " ")],
            ),
        )  # fmt: skip
    assert refusal.value.by_field() == {
        "name": ["Write the name they use"],
        "named_readers": ["Name at least one colleague who may see them"],
        "ways": [
            "Choose one preferred way",
            "A way cannot be preferred and not to be used",
            "Write a phone number, like 07700 900123",
            "Write an e-mail address, like name@example.org",
        ],
        "languages": ["Each language stands once for speaking, reading or signing"],
        "roles": ["Write what they are in the group, like member"],
    }


def test_somebody_under_18_is_seen_only_by_who_entered_them_and_has_a_responsible_adult(world):
    with pytest.raises(InputBlocked) as refusal:
        add_person(actor=world.amina, details=PersonDetails(name="Sami", age_band="14_17"))
    assert list(refusal.value.by_field()) == ["responsible_adult"]
    sami = add_person(
        actor=world.amina, details=PersonDetails(name="Sami", age_band="14_17", responsible_adult="His aunt")
    )
    assert sami.restricted
    seeing = [name for name, user in world.everybody().items() if sami in Person.objects.visible_to(user)]
    assert seeing == ["amina"]


def test_children_under_14_are_not_kept(world):
    with pytest.raises(InputBlocked) as refusal:
        add_person(
            actor=world.amina, details=PersonDetails(name="Sami", age_band="under_14", responsible_adult="His aunt")
        )
    assert refusal.value.blockers[0].code == "under_14"


def test_restricting_a_person_keeps_whoever_did_it_among_the_readers(world):
    changed = change_person(
        actor=world.amina,
        person=world.person,
        details=PersonDetails(name=world.person.name, restricted=True, named_readers=[world.lead]),
    )
    assert {reader.pk for reader in changed.named_readers.all()} == {world.amina.pk, world.lead.pk}
    assert changed not in Person.objects.visible_to(world.manager)
    opened = change_person(actor=world.lead, person=changed, details=PersonDetails(name=world.person.name))
    assert not opened.named_readers.exists()
    assert opened in Person.objects.visible_to(world.manager)


def test_changing_parts_alone_is_one_audit_event_and_a_new_version(world):
    details = PersonDetails(
        name=world.person.name, area=world.east_ward, ways=[WayDetails("email", "parveen@example.org")]
    )
    changed = change_person(actor=world.amina, person=world.person, details=details, expected_version=1)
    assert changed.version == 2
    assert AuditEvent.objects.get().fields == ["ways"]
    again = change_person(actor=world.amina, person=world.person, details=details, expected_version=2)
    assert (again.version, AuditEvent.objects.count()) == (2, 1)
    with pytest.raises(Stale):
        change_person(actor=world.amina, person=world.person, details=details, expected_version=1)


def test_nobody_changes_a_person_they_may_not_see(world):
    for who in ("joe", "chen", "analyst", "administrator", "leaver", "nobody"):
        with pytest.raises(Refused):
            change_person(actor=world.everybody()[who], person=world.person, details=PersonDetails(name="x"))
