"""Every relation to a person is declared, and nothing is declared that is not there."""

from crm.people.models import Person
from crm.people.relations import OnErase, person_relations, relations_to


def test_every_field_that_leads_to_a_person_says_what_merging_and_erasing_do_there():
    declared = {relation.name for relation in person_relations if relation.field}
    assert declared == relations_to(Person), "Declare it in the room's relations.py, see crm/people/relations.py."


def test_only_a_link_that_may_be_empty_is_emptied():
    for relation in person_relations:
        if relation.erase is OnErase.UNLINK:
            assert relation.model._meta.get_field(relation.field).null, relation.name
