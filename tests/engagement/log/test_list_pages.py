"""The page of the workspace on which topics, barriers and kinds of support are kept."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from crm.base.writing import writing_allowed
from engagement.log.models import AccessSupport, Barrier, Topic

LISTS = "/workspace/lists/"
KINDS = {"topics": Topic, "barriers": Barrier, "access-support": AccessSupport}


def words_on(response):
    return unescape(response.content.decode())


@pytest.fixture(params=KINDS)
def kind(request):
    """One of the three lists."""
    return request.param


def an_entry(kind, name="Boats", **given):
    with writing_allowed():
        return KINDS[kind].objects.create(name=name, **given)


def test_a_lead_adds_renames_and_retires_an_entry(world, signed_in, kind):
    client = signed_in(world.lead)
    assert f"/workspace/{kind}/new/" in words_on(client.get(LISTS))
    answer = client.post(f"/workspace/{kind}/new/", {"name": " Boats ", "order": ""}, follow=True)
    assert answer.redirect_chain[-1][0] == LISTS
    entry = KINDS[kind].objects.get(name="Boats")
    assert entry.order == 100
    address = f"/workspace/{kind}/{entry.pk}/change/"
    assert address in words_on(answer)
    assert 'value="Boats"' in words_on(client.get(address))
    sent = {"name": "Ferries", "order": "5", "retired": "on", "version": "1"}
    assert "not offered any more" in words_on(client.post(address, sent, follow=True))
    entry.refresh_from_db()
    assert (entry.name, entry.order, entry.retired) == ("Ferries", 5, True)
    client.post(address, {"name": "Ferries", "order": "5", "version": "2"})
    entry.refresh_from_db()
    assert not entry.retired


def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(world, signed_in, kind):
    client, entry = signed_in(world.manager), an_entry(kind)
    for sent, said in (({"name": ""}, "Write a name"), ({"name": "boats"}, "is on the list already")):
        page = words_on(client.post(f"/workspace/{kind}/new/", {**sent, "order": "7"}))
        error = re.search(r'id="id_name-error"[^>]*>(.*?)</p>', page, re.S)
        assert error is not None
        assert said in error[1]
        assert 'href="#id_name"' in page
        assert 'value="7"' in page
    page = words_on(client.post(f"/workspace/{kind}/new/", {"name": "x" * 81, "order": "many"}))
    assert 'id="id_name-error"' in page
    assert 'id="id_order-error"' in page
    other = an_entry(kind, "Ships")
    page = words_on(
        client.post(f"/workspace/{kind}/{other.pk}/change/", {"name": entry.name, "order": "1", "version": "1"})
    )
    assert "is on the list already" in page


def test_two_colleagues_who_change_the_same_entry_lose_nothing(world, signed_in, kind):
    entry = an_entry(kind)
    address = f"/workspace/{kind}/{entry.pk}/change/"
    signed_in(world.lead).post(address, {"name": "Ferries", "order": "100", "version": "1"})
    page = words_on(signed_in(world.manager).post(address, {"name": "Ships", "order": "100", "version": "1"}))
    assert "Ferries" in page
    assert KINDS[kind].objects.get(pk=entry.pk).name == "Ferries"


@pytest.mark.parametrize(("who", "status"), [("amina", 403), ("analyst", 403), ("administrator", 200)])
def test_everyone_on_the_staff_reads_the_lists_and_who_keeps_them_changes_them(world, signed_in, kind, who, status):
    client, entry = signed_in(getattr(world, who)), an_entry(kind)
    assert client.get(f"/workspace/{kind}/new/").status_code == status
    assert client.get(f"/workspace/{kind}/{entry.pk}/change/").status_code == status
    page = client.get(LISTS)
    assert "Boats" in words_on(page)
    assert (f"/workspace/{kind}/{entry.pk}/change/" in words_on(page)) == (status == 200)


def test_who_keeps_the_lists_finds_them_in_the_menu(world, signed_in):
    link = f'<a href="{LISTS}"'
    assert link in words_on(signed_in(world.lead).get("/workspace/contacts/"))
    assert link in words_on(signed_in(world.administrator).get("/workspace/"))
    assert link not in words_on(signed_in(world.amina).get("/workspace/contacts/"))


def test_ten_entries_cost_no_more_queries_than_one(world, signed_in, kind):
    client, asked = signed_in(world.lead), []
    client.get(LISTS)
    for number in range(2):
        with CaptureQueriesContext(connection) as captured:
            client.get(LISTS)
        asked.append(len(captured))
        for place in range(10):
            an_entry(kind, f"Entry {number} {place}")
    assert asked[0] == asked[1]
