"""Who stands around people: whom the reader may not see is named without an id, and stays where it was not shown."""

from __future__ import annotations

import pytest

from crm.base.writing import writing_allowed
from crm.people.models import Intermediary, Person, Supporter
from tests.crm.privacy.helpers import a_supporter, an_intermediary
from tests.crm.privacy.test_pages import day


@pytest.fixture
def hers(world):
    """Somebody whom the champion entered, so that they read what stands around them."""
    with writing_allowed():
        return Person.objects.create(name="Rosa", locality=world.east, team=world.east_team, entered_by=world.chen)


@pytest.fixture
def unseen(world):
    """Somebody whom Amina sees and the champion does not."""
    return world.person


def change_page(row):
    kind = "supporters" if isinstance(row, Supporter) else "intermediaries"
    return f"/workspace/{kind}/{row.pk}/change/"


def test_a_group_one_may_not_open_is_named_without_its_id_as_the_one_between(world, caller, hers):
    row = an_intermediary(world, hers, through_organisation=world.south_group)
    chen, amina = caller(world.chen), caller(world.amina)
    assert chen.get(f"/organisations/{world.south_group.pk}/").status_code == 404
    group = {"id": None, "name": world.south_group.name}
    one, (listed,) = chen.get(f"/intermediaries/{row.pk}/").json(), chen.get("/intermediaries/").json()["results"]
    assert (one["through_organisation"], listed["through_organisation"]) == (group, group)
    assert str(world.south_group.pk) not in f"{one} {listed}"
    assert amina.get(f"/intermediaries/{row.pk}/").json()["through_organisation"]["id"] == str(world.south_group.pk)


@pytest.mark.parametrize("field", ["through_organisation", "through_person"])
def test_who_stands_between_stays_when_it_is_sent_back_as_it_was_read(world, caller, hers, unseen, field):
    through = {"through_organisation": None, field: world.south_group if field.endswith("organisation") else unseen}
    row, chen = an_intermediary(world, hers, **through), caller(world.chen)
    read = chen.get(f"/intermediaries/{row.pk}/").json()
    group = read["through_organisation"]
    sent = {
        "agreed_by": read["agreed_by"], "agreed_on": read["agreed_on"], "gatekeeper_risk": "He answers for her",
        "through_person": read["through_person"], "through_organisation": group and group["id"],
    }  # fmt: skip
    assert chen.patch(f"/intermediaries/{row.pk}/", sent, match="*").status_code == 200
    row.refresh_from_db()
    assert (getattr(row, field), row.gatekeeper_risk) == (through[field], "He answers for her")


def test_another_one_between_takes_the_place_of_a_group_one_may_not_open(world, caller, hers):
    row, chen = an_intermediary(world, hers, through_organisation=world.south_group), caller(world.chen)
    sent = {"through_organisation": str(world.group.pk)}
    assert chen.patch(f"/intermediaries/{row.pk}/", sent, match="*").status_code == 200
    row.refresh_from_db()
    assert row.through_organisation == world.group


def test_whoever_sees_the_group_may_take_it_away_and_must_name_another(world, caller, hers):
    row, amina = an_intermediary(world, hers), caller(world.amina)
    answer = amina.patch(f"/intermediaries/{row.pk}/", {"through_organisation": None}, match="*")
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (400, "intermediary_missing")


@pytest.mark.parametrize("door", ["page", "api"])
def test_the_record_of_a_supporter_stays_where_the_reader_may_not_see_it(world, caller, signed_in, hers, unseen, door):
    row = a_supporter(world, hers, supporter=unseen)
    told = {"kind": "family", "relation": "her uncle"}
    if door == "api":
        chen = caller(world.chen)
        assert chen.get(f"/supporters/{row.pk}/").json()["supporter"] is None
        sent = {**told, "supporter": None}
        assert chen.patch(f"/supporters/{row.pk}/", sent, match="*").status_code == 200
    else:
        sent = {**told, "supporter": "", "version": "1"}
        assert signed_in(world.chen).post(change_page(row), sent).status_code == 302
    row.refresh_from_db()
    assert (row.relation, row.supporter) == ("her uncle", unseen)


def test_who_stands_between_stays_on_the_page_where_the_reader_may_not_see_them(world, signed_in, hers, unseen):
    row = an_intermediary(world, hers, through_organisation=None, through_person=unseen)
    sent = {"through_person": "", "through_organisation": "", "agreed_by": "She said so", **day("agreed_on"),
            "gatekeeper_risk": "He decides", "version": "1"}  # fmt: skip
    assert signed_in(world.chen).post(change_page(row), sent).status_code == 302
    row = Intermediary.objects.get(pk=row.pk)
    assert (row.through_person, row.gatekeeper_risk) == (unseen, "He decides")


def test_whoever_sees_the_record_of_a_supporter_may_unlink_it(world, caller, hers, unseen):
    row, amina = a_supporter(world, hers, supporter=unseen), caller(world.amina)
    assert amina.patch(f"/supporters/{row.pk}/", {"supporter": None}, match="*").status_code == 200
    row.refresh_from_db()
    assert row.supporter is None
