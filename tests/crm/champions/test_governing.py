"""Roles in governance: on the person's page, with what they influenced."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone

from crm.audit.models import AuditEvent
from crm.base.permissions import Refused
from crm.base.rules import InputBlocked
from crm.champions.actions import end_governance_role, note_influence
from crm.champions.models import GovernanceRole
from crm.people.actions import add_person
from crm.people.details import PersonDetails
from tests.crm.champions.helpers import a_governance_role
from tests.crm.champions.test_terms import sent
from tests.crm.people.test_pages import unlabelled, words_on


def test_from_the_persons_page_to_what_came_out_differently(world, signed_in):
    client, person = signed_in(world.amina), f"/workspace/people/{world.person.pk}/"
    assert f"{person}governance-roles/new/" in words_on(client.get(person))
    page = words_on(client.get(f"{person}governance-roles/new/"))
    assert unlabelled(page) == []
    told = {"kind": "expert", "body": "Safeguarding Adults Board", **sent(page, first_day=timezone.localdate())}
    role = client.post(f"{person}governance-roles/new/", told)["Location"]
    page = words_on(client.get(f"{role}influences/new/"))
    version = re.search(r'name="version" value="(\d+)"', page)[1]
    told = {"words": "The letter begins with the phone number", "version": version}
    assert client.post(f"{role}influences/new/", {**told, **sent(page, happened_on=timezone.localdate())})
    assert "The letter begins with the phone number" in words_on(client.get(role))
    assert "Influenced: The letter begins with the phone number" in words_on(client.get(person))
    assert "1 influence" in words_on(client.get("/workspace/governance-roles/"))


def test_whoever_does_not_see_the_person_does_not_see_the_role(world, signed_in):
    role = a_governance_role(world)
    assert signed_in(world.joe).get(f"/workspace/governance-roles/{role.pk}/").status_code == 404
    assert "Parveen" not in words_on(signed_in(world.joe).get("/workspace/governance-roles/"))
    with pytest.raises(Refused):
        note_influence(actor=world.joe, role=role, words="x", happened_on=None)


def test_a_role_ends_once_and_not_before_it_began(world):
    role = a_governance_role(world)
    with pytest.raises(InputBlocked, match="first day or later"):
        end_governance_role(actor=world.amina, role=role, last_day=role.first_day.replace(year=2020))
    assert end_governance_role(actor=world.amina, role=role, last_day=timezone.localdate()).last_day


def test_what_is_missing_is_said(world, signed_in):
    page = words_on(signed_in(world.amina).post(f"/workspace/people/{world.person.pk}/governance-roles/new/", {}))
    for words in ("Choose what they are", "Write the board, group or piece of work"):
        assert words in page
    assert not GovernanceRole.objects.exists()


def test_reading_of_somebody_restricted_leaves_a_mark_on_every_page(world, signed_in):
    named = PersonDetails(name="Sara", area=world.east_ward, restricted=True, named_readers=[world.amina])
    role = a_governance_role(world, add_person(actor=world.amina, details=named))
    own, person = f"/workspace/governance-roles/{role.pk}/", f"/workspace/people/{role.person_id}/"
    for address in (own, f"{own}change/", f"{own}influences/new/", f"{own}end/", "/workspace/governance-roles/",
                    f"{person}governance-roles/new/"):  # fmt: skip
        before = AuditEvent.objects.filter(verb="person.read").count()
        assert signed_in(world.amina).get(address).status_code == 200
        assert AuditEvent.objects.filter(verb="person.read").count() == before + 1, address
        assert "Sara" not in words_on(signed_in(world.lead).get(address))
