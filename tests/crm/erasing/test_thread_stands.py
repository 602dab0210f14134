"""Somebody is erased and the thread still stands without them: every page, line and answer of it, and every figure as
it was released."""

from __future__ import annotations

import pytest

from cms.models import YouSaidPage
from crm.erasing.actions import decide_erasure
from engagement.coproduction.decisions.models import AnsweredPoint
from engagement.coproduction.telling.actions import publish_line
from engagement.log.details import PointDetails
from tests.crm.erasing.helpers import EVERYWHERE, a_request
from tests.crm.erasing.traces import NAME, names_her, she_is_known, where_she_stands
from tests.engagement.coproduction.deciding import an_outcome
from tests.engagement.coproduction.helpers import a_theme
from tests.engagement.coproduction.test_in_public import asked, counted_afresh, decided

SPOKEN = NAME.split(" (")[0]


@pytest.fixture
def a_thread(public_pages):
    """What 40 people said, she among them and named by what they said, what was decided about it and what came of it,
    told in public and counted."""
    world = public_pages
    she_is_known(world)
    said = PointDetails(f"{SPOKEN} wants letters in Urdu.", kind="ask", raised_by=world.person)
    hers = world.contact(people=[world.person], points=[said]).points.get()
    points = [hers, *asked(world, 40)]
    theme = a_theme(world, f"Letters in Urdu, as {SPOKEN} asked", points=points)
    decision = decided(world, *points, reason=f"{SPOKEN} and others asked. It costs little.")
    outcome = an_outcome(world, decision)
    line = publish_line(actor=world.lead, decision=decision)
    counted_afresh()
    return world, theme, decision, outcome, line


def test_every_page_and_answer_of_it_stands_and_no_figure_moves(
    a_thread, signed_in, caller, client, django_capture_on_commit_callbacks
):
    world, theme, decision, outcome, line = a_thread
    officer, api = signed_in(world.amina), caller(world.amina)
    pages = {
        "the thread": lambda: officer.get(f"/workspace/thread/theme/{theme.pk}/"),
        "the thread as a file": lambda: officer.post(f"/workspace/thread/theme/{theme.pk}/export/", {"format": "json"}),
        "the theme": lambda: officer.get(f"/workspace/themes/{theme.pk}/"),
        "the decision": lambda: officer.get(f"/workspace/decisions/{decision.pk}/"),
        "the decision by API": lambda: api.get(f"/decisions/{decision.pk}/"),
        "the outcome by API": lambda: api.get(f"/outcomes/{outcome.pk}/"),
        "the public line": lambda: client.get(f"/en/you-said/{line.pk}/"),
        "what was said and done": lambda: client.get(YouSaidPage.objects.get(locale__language_code="en").url),
    }
    figures = lambda: client.get("/api/v1/public/you-said/").json()["whole"]  # noqa: E731
    before = figures()
    assert before["asked"], "something was counted"
    assert {name for name, ask in pages.items() if ask().status_code != 200} == set()
    assert any(names_her(ask().content.decode()) for ask in pages.values()), "the pages named her"
    request = a_request(world)
    with django_capture_on_commit_callbacks(execute=True):
        decide_erasure(actor=world.lead, request=request, outcome="granted", reason="They asked", looked=EVERYWHERE)
    assert where_she_stands() == []
    after = {name: ask() for name, ask in pages.items()}
    assert {name: answer.status_code for name, answer in after.items() if answer.status_code != 200} == {}
    assert [name for name, answer in after.items() if names_her(answer.content.decode())] == []
    assert figures() == before
    assert AnsweredPoint.objects.filter(decision=decision).count() == 41
