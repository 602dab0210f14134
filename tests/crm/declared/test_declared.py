"""Declared communities: said by the person, for a purpose, until they take it back, and read by few."""

from __future__ import annotations

import ast

import pytest
from django.apps import apps
from django.utils import timezone

from crm.audit.models import AuditEvent
from crm.base.permissions import Refused
from crm.base.rules import InputBlocked
from crm.communities.models import Community
from crm.declared.actions import declare_community, withdraw_declaration
from crm.declared.details import DeclarationDetails
from crm.declared.models import DeclaredCommunity
from crm.people import around_forms, forms
from crm.people.actions import add_person
from crm.people.details import PersonDetails
from crm.people.models import Person
from crm.privacy import forms as privacy_forms
from crm.privacy.models import Purpose
from tests.crm.privacy import helpers
from tests.house.source import APPS, name_of, sources, tree

READERS = {"amina", "lead", "manager"}


def test_only_officers_leads_and_managers_of_the_person_record_and_read_it(world):
    said = helpers.a_declaration(world)
    seeing = {name for name, who in world.everybody().items() if said in DeclaredCommunity.objects.visible_to(who)}
    assert seeing == READERS
    details = DeclarationDetails(world.nested, helpers.a_purpose(world), timezone.localdate())
    for name, member in world.everybody().items():
        if name not in READERS:
            with pytest.raises(Refused):
                declare_community(actor=member, person=world.person, details=details)


def test_the_champion_who_entered_a_person_does_not_read_what_they_declared(world, signed_in):
    known = add_person(actor=world.chen, details=PersonDetails(name="Known to Chen", area=world.east_ward))
    browser = signed_in(world.chen)
    page = browser.get(f"/workspace/people/{known.pk}/").content.decode()
    assert "Known to Chen" in page
    assert "declared" not in page
    assert browser.get(f"/workspace/people/{known.pk}/declared/").status_code == 403


def test_each_reading_is_audited_on_the_page_and_through_the_api(world, signed_in, caller):
    helpers.a_declaration(world)
    readings = AuditEvent.objects.filter(verb="declaration.read", subject_id=str(world.person.pk))
    assert (
        "Kashmiri community"
        in signed_in(world.amina).get(f"/workspace/people/{world.person.pk}/declared/").content.decode()
    )
    assert readings.count() == 1
    rows = caller(world.lead).get(f"/declared-communities/?person={world.person.pk}").json()["results"]
    assert [row["community"]["name"] for row in rows] == ["Kashmiri community"]
    assert readings.count() == 2


def test_nothing_of_it_stands_on_the_persons_own_page_or_in_their_api_row(world, signed_in, caller):
    helpers.a_declaration(world)
    page = signed_in(world.amina).get(f"/workspace/people/{world.person.pk}/").content.decode()
    assert "Kashmiri" not in page
    assert b"Kashmiri" not in caller(world.amina).get(f"/people/{world.person.pk}/").content


def test_it_is_taken_back_and_may_be_said_again(world, signed_in):
    said = helpers.a_declaration(world)
    with pytest.raises(InputBlocked) as refusal:
        helpers.a_declaration(world)
    assert refusal.value.blockers[0].code == "declaration_standing"
    signed_in(world.amina).post(f"/workspace/declared-communities/{said.pk}/take-back/", {"version": "1"})
    assert not DeclaredCommunity.objects.standing().exists()
    again = helpers.a_declaration(world)
    withdraw_declaration(actor=world.lead, declaration=again)
    assert DeclaredCommunity.objects.count() == 2


def test_what_was_taken_back_is_read_by_nobody_and_a_copy_elsewhere_hears_only_that_it_is_gone(
    world, signed_in, caller
):
    said = helpers.a_declaration(world)
    withdraw_declaration(actor=world.amina, declaration=said)
    page = signed_in(world.lead).get(f"/workspace/people/{world.person.pk}/declared/").content.decode()
    assert "Kashmiri" not in page
    lead = caller(world.lead)
    assert lead.get(f"/declared-communities/?person={world.person.pk}").json()["results"] == []
    assert lead.get(f"/declared-communities/{said.pk}/").status_code == 404
    [gone] = lead.get("/declared-communities/?changed_since=2026-01-01T00:00:00Z").json()["results"]
    assert gone.keys() == {"id", "state", "withdrawn_at"}


def test_everything_must_be_said_and_nothing_is_filled_in(world, signed_in):
    path = f"/workspace/people/{world.person.pk}/declared/new/"
    form = signed_in(world.amina).get(path).context["form"]
    assert (form["community"].value(), form["purpose"].value()) == (None, None)
    page = signed_in(world.amina).post(path, {}).content.decode()
    for words in ("Choose the community they named themselves", "Choose what they told us for"):
        assert words in page


# --- guards ---------------------------------------------------------------------------------------------------------


def test_no_other_table_ties_a_person_to_a_community():
    """A person's community is theirs to declare: no other model may hold both."""
    both = {
        model._meta.model_name
        for model in apps.get_models()
        if {Person, Community} <= {field.related_model for field in model._meta.get_fields() if field.concrete}
    }
    assert both - {"declaredcommunity", "contribution", "promise", "appointment"} == set(), (
        "Only DeclaredCommunity ties a person to a community (design, Who). A promise names one or the other; a "
        "contribution copies only what was declared for that purpose; an appointment says for whom a champion speaks, "
        "which is not who they are."
    )


def test_only_the_action_of_this_room_writes_a_declared_community():
    """Nothing infers a community: not from a group, a meeting or a language."""
    writing = {
        name_of(path)
        for path in sources(*APPS)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and (
            ast.unparse(node.func) == "DeclaredCommunity"
            or any(word.arg == "declared_community" for word in node.keywords)
        )
    }
    assert writing <= {
        "crm/declared/actions.py",
        *(f"crm/demonstration/parts/{one}.py" for one in ("around", "panels")),
    }, "A declared community is written when the person said so: to a colleague, or on their own page."


def test_no_form_but_its_own_asks_for_a_persons_community():
    """Officers record the community of a meeting, never of a person."""
    for module in (forms, around_forms, privacy_forms):
        for name, form in vars(module).items():
            fields = getattr(form, "base_fields", {})
            assert not [
                field for field in fields if "communit" in field and field != "interpreter_not_from_community"
            ], name


def test_a_stopped_persons_declaration_vanishes_with_them(world):
    helpers.a_declaration(world)
    helpers.stopped(world)
    assert not DeclaredCommunity.objects.visible_to(world.lead).exists()
    assert Purpose.objects.exists()
