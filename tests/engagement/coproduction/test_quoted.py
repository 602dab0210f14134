"""Who is quoted in public, and that the pages of the council's own words show nobody's."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.utils import timezone

from crm.base.writing import writing_allowed
from crm.erasing.actions import erase_person
from crm.people.models import Person
from engagement.coproduction.telling.actions import publish_line
from engagement.coproduction.telling.reports.you_said import one_line
from engagement.log.actions import correct_point
from engagement.log.details import PointDetails
from engagement.log.models import Point
from tests.crm.erasing.helpers import LOOKED, granted
from tests.engagement.coproduction.deciding import a_point
from tests.engagement.coproduction.test_in_public import _long_ago, decided


def test_nobody_is_quoted_who_cannot_or_must_not_be_asked_any_more(world):
    """Their record is only stored, or kept from most colleagues, or they were erased, or they said no after all."""
    yes = {"quoting": "yes", "wording": "verbatim"}
    point = a_point(world, "My mother cannot read your letters.", **yes)
    _long_ago(Point)
    line = publish_line(actor=world.lead, decision=decided(world, point))

    def quoted():
        found = one_line(line.pk)
        return [quote.words for quote in found[1]] if found else []

    assert len(quoted()) == 1
    for changes in ({"stopped_on": timezone.localdate()}, {"restricted": True}):
        with writing_allowed():
            Person.objects.filter(pk=world.person.pk).update(**changes)
        assert quoted() == [], changes
        with writing_allowed():
            Person.objects.filter(pk=world.person.pk).update(stopped_on=None, restricted=False)
    no = PointDetails(point.words, raised_by=world.person, kind="ask", quoting="no", wording="verbatim")
    why = {"actor": world.amina, "reason": "They thought again"}
    correct_point(event=point.event, point=point, corrected=no, **why)
    assert quoted() == []
    correct_point(event=point.event, point=point, corrected=replace(no, quoting="yes"), **why)
    assert len(quoted()) == 1
    erase_person(actor=world.lead, request=granted(world), looked=LOOKED)
    point.refresh_from_db()
    assert (quoted(), point.words, point.quoting) == ([], "My mother cannot read your letters.", "no")


@pytest.mark.parametrize("who", ["amina", "joe", "chen", "analyst", "publisher"])
def test_the_words_of_an_answer_are_the_councils_own_whoever_reads_them(world, signed_in, who):
    """No page of them shows what somebody said, who, or how few: officers of another locality, champions, analysts and
    publishers read them; nobody else finds out that they are there."""
    point = a_point(world, "My mother cannot read your letters.", quoting="yes", wording="verbatim")
    decision = decided(world, point)
    address = f"/workspace/decisions/{decision.pk}/words/"
    page = signed_in(getattr(world, who)).get(address)
    assert page.status_code == 200
    shown = page.content.decode()
    assert point.words not in shown
    assert world.person.name not in shown


@pytest.mark.parametrize("who", ["stranger", "leaver", "auditor", "administrator"])
def test_others_learn_nothing_of_the_words_of_an_answer(world, signed_in, client, who):
    there = f"/workspace/decisions/{decided(world, a_point(world)).pk}/words/"
    missing = f"/workspace/decisions/{world.person.pk}/words/"
    reader = signed_in(getattr(world, who))
    answers = [(reader.get(address).status_code, reader.post(f"{address}new/", {}).status_code)
               for address in (there, missing)]  # fmt: skip
    assert answers[0] == answers[1]
    assert 200 not in answers[0]
    signed_out = [client.get(address).status_code for address in (there, missing)]
    assert signed_out == [302, 302]
