"""Requests to be erased through the API."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from crm.people.models import Person
from tests.engagement.coproduction.deciding import a_point

ADDRESS = "/erasure-requests/"


def test_a_request_is_written_down_decided_and_carried_out(world, caller):
    amina, lead = caller(world.amina), caller(world.lead)
    body = {"person": str(world.person.pk), "asked_on": timezone.localdate().isoformat(), "how": "By letter"}
    made = amina.post(ADDRESS, body, key="one")
    assert made.status_code == 201, made.content
    assert amina.post(ADDRESS, body, key="one").json() == made.json()
    url = made.json()["url"]
    decided = {"outcome": "granted", "reason": "We have no need of it.", "looked": True}
    default_storage.save("versions/film.mp4", ContentFile(b"film"))
    refused = lead.post(f"{url}decide/", {**decided, "looked": False}, match="*")
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (400, "/looked"), refused.content
    assert amina.post(f"{url}decide/", decided, match="*").status_code == 403
    assert lead.post(f"{url}decide/", {"outcome": "granted"}, match="*").status_code == 400
    assert lead.post(f"{url}decide/", decided, match="*").status_code == 200
    row = lead.get(url).json()
    assert (row["person"], row["outcome"], row["words"]) == (None, "granted", "")
    assert row["erased_on"]
    assert not Person.objects.filter(pk=world.person.pk).exists()
    assert amina.get(url).status_code == 404


@pytest.mark.parametrize("slip", ["the", "a", "علی", "😀"])
def test_a_word_that_is_nobodys_alone_is_not_taken_out_of_words_about_others(world, caller, slip):
    point = a_point(world, "The letters are no good 😀 said علی.")
    lead = caller(world.lead)
    body = {"person": str(world.person.pk), "asked_on": timezone.localdate().isoformat(), "how": "By letter"}
    url = lead.post(ADDRESS, body).json()["url"]
    decided = {"outcome": "granted", "reason": "No need of it.", "looked": True, "elsewhere": True}
    refused = lead.post(f"{url}decide/", {**decided, "spellings": [slip]}, match="*")
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (400, "/spellings"), refused.content
    assert Person.objects.filter(pk=world.person.pk).exists()
    whole = {**decided, "spellings": ["Ali Khan", "علی خان", "07700 900999"]}
    assert lead.post(f"{url}decide/", whole, match="*").status_code == 200
    point.refresh_from_db()
    assert point.words == "The letters are no good 😀 said علی."
