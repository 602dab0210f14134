"""The pages about people."""

import re
from dataclasses import replace

import pytest
from django.urls import reverse

from crm.audit.models import AuditEvent
from crm.base.views import STALE_WORDS
from crm.people.actions import add_person, change_person
from crm.people.details import PersonDetails, RoleDetails, WayDetails
from crm.people.models import Person

LIST, NEW = "/workspace/people/", "/workspace/people/new/"


def page_of(person, end=""):
    return f"/workspace/people/{person.pk}/{end}"


def typed(**changes):
    rows = {"ways-rows": "1", "languages-rows": "1", "roles-rows": "1"}
    return {"name": "Yusuf Iqbal", "age_band": "unknown", **rows, **changes}


def words_on(response):
    return response.content.decode()


def unlabelled(page):
    """The controls of a page that no label, fieldset legend or hidden type explains."""
    labelled = set(re.findall(r'<label[^>]* for="([^"]+)"', page))
    controls = re.findall(r"<(?:input|select|textarea)\b[^>]*>", page)
    shown = [control for control in controls if 'type="hidden"' not in control]
    ids = [(re.search(r'\bid="([^"]+)"', control) or [None, control])[1] for control in shown]
    return [found for found in ids if found not in labelled]


def test_adding_a_person_with_rows(world, signed_in):
    sent = typed(
        area=str(world.east_ward.pk),
        **{"ways-rows": "2", "ways-0-kind": "text", "ways-0-value": "07700 900123", "ways-0-is_preferred": "on",
           "ways-1-kind": "phone", "ways-1-do_not_use": "on", "languages-0-language": str(world.urdu.pk),
           "languages-0-use": "speaks", "roles-0-organisation": "al noor mosque womens group",
           "roles-0-role": "Chair"},
    )  # fmt: skip
    response = signed_in(world.amina).post(NEW, sent)
    person = Person.objects.get(name="Yusuf Iqbal")
    assert response["Location"] == page_of(person)
    assert [way.value for way in person.ways.all()] == ["+447700900123", ""]
    assert person.roles.get().organisation == world.group
    assert person.language_uses.get().language == world.urdu


def test_another_row_comes_without_javascript_and_keeps_what_was_typed(world, signed_in):
    sent = typed(more="ways", **{"ways-0-kind": "text", "ways-0-value": "07700 9"})
    page = words_on(signed_in(world.amina).post(NEW, sent))
    assert 'name="ways-rows" value="2"' in page
    assert 'name="ways-1-kind"' in page
    assert 'value="07700 9"' in page
    assert 'value="Yusuf Iqbal"' in page
    assert "There is a problem" not in page
    assert Person.objects.count() == 1


def test_what_is_missing_is_said_beside_its_field_and_linked_on_top(world, signed_in):
    sent = typed(name="", **{"ways-0-value": "07700 900123", "roles-0-organisation": "Nobody's club"})
    page = words_on(signed_in(world.amina).post(NEW, sent))
    for target, words in (("#id_name", "Write the name they use"),):
        assert f'<a href="{target}">{words}</a>' not in page  # rows first: what cannot be read is said before the rules
    assert '<a href="#id_ways-0-kind">Choose by what, or empty the row</a>' in page
    assert '<a href="#id_roles-0-organisation">We do not know this group. Add it to the groups first</a>' in page
    page = words_on(signed_in(world.amina).post(NEW, typed(name="", **{"ways-0-kind": "phone", "ways-0-value": "12"})))
    assert '<a href="#id_name">Write the name they use</a>' in page
    assert '<a href="#id_ways-0-kind">Write a phone number, like 07700 900123</a>' in page
    assert 'value="12"' in page


def test_a_colleagues_change_is_not_lost_and_nothing_typed_is(world, signed_in):
    change_person(actor=world.lead, person=world.person, details=PersonDetails(name="Parveen B", area=world.east_ward))
    client = signed_in(world.amina)
    page = words_on(client.post(page_of(world.person, "change/"), typed(name="Mrs Begum", version="1")))
    assert STALE_WORDS in page
    assert 'value="Mrs Begum"' in page
    assert Person.objects.get(pk=world.person.pk).name == "Parveen B"
    assert 'name="version" value="2"' in page
    client.post(page_of(world.person, "change/"), typed(name="Mrs Begum", version="2"))
    assert Person.objects.get(pk=world.person.pk).name == "Mrs Begum"


def test_opening_the_form_and_saving_changes_nothing(world, signed_in):
    person = add_person(
        actor=world.amina,
        details=PersonDetails(
            name="Sami",
            age_band="14_17",
            responsible_adult="His aunt",
            area=world.east_ward,
            ways=[WayDetails("text", "07700 900123", is_preferred=True)],
            roles=[RoleDetails(world.group, "member")],
        ),
    )
    client = signed_in(world.amina)
    form = client.get(page_of(person, "change/")).context["form"]
    sent = {"ways-rows": "2", "languages-rows": "1", "roles-rows": "2"}
    for field in form:
        value = field.value()
        value = getattr(value, "name", value) if field.name == "organisation" else getattr(value, "pk", value)
        if field.name == "named_readers":
            value = [str(getattr(reader, "pk", reader)) for reader in value]
        if value not in (None, "", False, []):
            sent[field.html_name] = value
    before = AuditEvent.objects.count()
    assert client.post(page_of(person, "change/"), sent).status_code == 302
    person.refresh_from_db()
    assert (person.version, AuditEvent.objects.count()) == (1, before)


def test_a_role_in_a_group_one_may_not_open_is_no_row_of_the_form_and_stays(world, signed_in):
    details = PersonDetails(name="Sami", area=world.east_ward, roles=[RoleDetails(world.group, "member")])
    person = add_person(actor=world.chen, details=details)
    south = RoleDetails(world.south_group, "chair")
    change_person(actor=world.lead, person=person, details=replace(details, roles=[*details.roles, south]))
    client = signed_in(world.chen)
    form = words_on(client.get(page_of(person, "change/")))
    assert (world.group.name.split(",")[0] in form, world.south_group.name in form) == (True, False)
    assert client.post(page_of(person, "change/"), typed(name="Sami")).status_code == 302
    assert [role.organisation for role in person.roles.all()] == [world.south_group]


def test_rules_of_contact_stand_before_any_way_and_a_barred_way_is_struck_and_labelled(world, signed_in):
    ways = [WayDetails("text", "07700 900123", is_preferred=True), WayDetails("phone", "07700 900456", do_not_use=True)]
    details = PersonDetails(name="Yusuf", area=world.east_ward, contact_rules="Never leave a message.", ways=ways)
    page = words_on(signed_in(world.amina).get(page_of(add_person(actor=world.amina, details=details))))
    assert page.index("Never leave a message.") < page.index("07700 900123")
    assert 'href="sms:+447700900123"' in page
    assert "Do not use</strong> <s" in page
    assert 'href="tel:' not in page


def test_a_restricted_person_is_there_for_their_readers_only(world, signed_in):
    details = PersonDetails(name="Hidden", area=world.east_ward, restricted=True, named_readers=[world.lead])
    person = add_person(actor=world.amina, details=details)
    for who, status in (("amina", 200), ("lead", 200), ("manager", 404), ("joe", 404), ("analyst", 403)):
        client = signed_in(world.everybody()[who])
        assert client.get(page_of(person)).status_code == status, who
        assert client.get(page_of(person, "change/")).status_code == status, who
        if status != 403:
            assert ("Hidden" in words_on(client.get(LIST))) == (status == 200), who


def test_opening_the_form_of_a_restricted_person_leaves_a_mark_and_saving_it_no_second_one(world, signed_in):
    details = PersonDetails(name="Hidden", area=world.east_ward, restricted=True, named_readers=[world.lead])
    person = add_person(actor=world.amina, details=details)
    read = AuditEvent.objects.filter(verb="person.read", actor=world.lead)
    signed_in(world.lead).get(page_of(person, "change/"))
    assert read.count() == 1
    signed_in(world.lead).post(page_of(person, "change/"), {"name": ""})
    assert read.count() == 1
    signed_in(world.manager).get(page_of(person, "change/"))
    assert not AuditEvent.objects.filter(verb="person.read", actor=world.manager).exists()


@pytest.mark.parametrize("address", ["people", "add-person"])
def test_every_control_has_a_label(world, signed_in, address):
    assert unlabelled(words_on(signed_in(world.amina).get(reverse(f"workspace:{address}")))) == []


def test_a_list_costs_the_same_for_one_person_and_for_ten(world, signed_in, django_assert_max_num_queries):
    client = signed_in(world.amina)
    client.get(LIST)  # the first page of a process asks once for what all later ones know

    def cost():
        with django_assert_max_num_queries(15) as counted:
            assert client.get(LIST).status_code == 200
        return len(counted)

    world_of_one = cost()
    for number in range(10):
        role = RoleDetails(world.group, "member")
        add_person(actor=world.amina, details=PersonDetails(name=f"P {number}", area=world.east_ward, roles=[role]))
    assert cost() <= world_of_one + 1  # the one prefetch that a list without any role skips


def test_an_empty_list_says_what_to_do(world, signed_in):
    assert "Add the first person" in words_on(signed_in(world.joe).get(LIST))
    page = words_on(signed_in(world.amina).get(LIST, {"language": str(world.urdu.pk)}))
    assert "No people match. Take a filter away and try again." in page
