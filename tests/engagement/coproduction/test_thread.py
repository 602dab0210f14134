"""One thread, one screen: forwards and backwards, with its gaps; how far everything got; the event log."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta

import pytest
import time_machine
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from crm.audit.models import AuditEvent
from crm.base.actors import SYSTEM
from crm.base.permissions import Refused
from crm.base.rules import Blocked
from crm.base.writing import writing_allowed
from crm.counting.actions import release_figures
from engagement.coproduction.projects.actions.projects import close_project
from engagement.coproduction.telling.actions import tell_in_person
from engagement.coproduction.telling.models import Telling
from engagement.coproduction.themes.actions import change_theme, gather_points, release_points
from engagement.coproduction.themes.details import ThemeDetails
from engagement.coproduction.thread.actions import export_thread, number_feed
from engagement.coproduction.thread.models import FeedEntry
from engagement.coproduction.thread.reports.chain import chain_of
from engagement.coproduction.thread.reports.funnel import how_far
from engagement.log.actions import restrict_event
from engagement.log.details import PromiseDetails
from tests.engagement.coproduction.deciding import a_decision, an_outcome
from tests.engagement.coproduction.helpers import a_point, a_project, a_theme, themed
from tests.engagement.coproduction.telling_helpers import a_reader, letters_of_answers, said_by

TODAY = timezone.localdate


def a_telling(decision, *points, state="told", days=0):
    """Somebody is due an answer about a decision, or had it so many days ago."""
    with writing_allowed():
        telling = Telling.objects.create(
            decision=decision, to_kind="person", state=state,
            said_on=TODAY(), due_since=TODAY(),
            told_on=TODAY() - timedelta(days=days) if state == "told" else None,
        )  # fmt: skip
        telling.points.set(points)
    return telling


def the_whole(world):
    """A point said 40 days ago, its theme, a project, a decision in part, an outcome, and somebody who was told."""
    said = TODAY() - timedelta(days=40)
    promise = PromiseDetails("Send the form", said + timedelta(days=5))
    point = a_point(world, "Carers get no break.", kind="ask", occurred_on=said, promises=[promise])
    theme = a_theme(world, "Breaks", points=[point])
    project = a_project(world, themes=[theme])
    decision = a_decision(world, point, project=project, decided_on=TODAY() - timedelta(days=10))
    outcome = an_outcome(world, decision)
    a_telling(decision, point)
    return {"point": point, "theme": theme, "project": project, "decision": decision, "outcome": outcome}


def test_every_end_leads_to_the_whole_thread(world):
    whole = the_whole(world)
    a_point(world, "Something else.")
    for record in whole.values():
        chain = chain_of(record, reader=world.amina)
        found = {stage.key: [step.pk for step in stage.steps] for stage in chain.stages}
        assert found["heard"] == [whole["point"].pk], record
        assert found["themed"] == [whole["theme"].pk], record
        assert found["worked_on"] == [whole["project"].pk], record
        assert found["decided"] == [whole["decision"].pk], record
        assert found["changed"] == [whole["outcome"].pk], record
        assert len(found["promised"]) == 1
        days = {stage.key: stage.days for stage in chain.stages}
        assert (days["themed"], days["decided"], days["changed"], days["told"]) == (40, -10, 10, 0)
        assert (chain.waiting, chain.stopped_at) == (None, "")


def test_where_it_stops_and_for_how_long_is_said(world):
    point = a_point(world, occurred_on=TODAY() - timedelta(days=41))
    chain = chain_of(point, reader=world.amina)
    assert (chain.waiting, chain.stopped_at) == (41, "Gathered into themes")
    theme = a_theme(world, points=[point])
    chain = chain_of(theme, reader=world.amina)
    assert (chain.waiting, chain.stopped_at) == (41, "Decided")
    assert "Nothing is decided yet." in [stage.missing for stage in chain.stages]


def test_words_and_promises_are_shown_only_to_whoever_may_read_them(world, signed_in):
    whole = the_whole(world)
    hidden = a_point(world, "Whispered.", kind="ask")
    gather_points(actor=world.amina, theme=whole["theme"], points=[hidden])
    restrict_event(actor=world.amina, event=hidden.event, readers=[world.lead])
    address = f"/workspace/thread/theme/{whole['theme'].pk}/"
    joe = signed_in(world.joe).get(address).content.decode()
    assert "Carers get no break." not in joe
    assert "Send the form" not in joe
    assert "1 point more" in joe
    assert "Whispered" not in signed_in(world.manager).get(address).content.decode()
    assert "Whispered" in signed_in(world.lead).get(address).content.decode()
    assert AuditEvent.objects.filter(verb="contact.read", actor=world.lead).exists()
    assert signed_in(world.joe).get(f"/workspace/thread/point/{whole['point'].pk}/").status_code == 404
    assert signed_in(world.joe).get(f"/workspace/thread/person/{world.person.pk}/").status_code == 404


def test_a_restricted_contact_leads_nowhere_but_for_its_named_readers(world):
    """Gathered and told on a day, where nothing was heard: that would tell that there is one."""
    whole = the_whole(world)
    restrict_event(actor=world.amina, event=whole.pop("point").event, readers=[world.lead])
    for kind, record in whole.items():
        for reader in (world.analyst, world.publisher, world.joe, world.manager):
            chain = {stage.key: stage for stage in chain_of(record, reader=reader).stages}
            assert [chain[key].first for key in ("heard", "themed", "told")] == [None] * 3, (kind, reader)
            assert not chain["told"].steps
        chain = {stage.key: stage for stage in chain_of(record, reader=world.lead).stages}
        assert all(chain[key].first for key in ("heard", "themed", "told")), kind
    (themed,) = [stage for stage in chain_of(whole["decision"], reader=world.analyst).stages if stage.key == "themed"]
    assert not themed.steps, "that the decision is about this theme was known by the contact alone"


def test_the_same_queries_however_long_the_chain(world):
    whole = the_whole(world)

    def asked():
        with CaptureQueriesContext(connection) as captured:
            chain_of(whole["project"], reader=world.amina)
        return len(captured)

    few = asked()
    for number in range(12):
        point = a_point(world, f"More {number}.", kind="ask", through=world.group)
        gather_points(actor=world.amina, theme=whole["theme"], points=[point])
        an_outcome(world, a_decision(world, point, project=whole["project"]))
    assert asked() == few <= 10


def test_a_thread_is_taken_away_as_a_file_that_cannot_run_and_is_audited(world, signed_in):
    theme = a_theme(world, points=[a_point(world, "=1+1")])
    browser = signed_in(world.amina)
    address = f"/workspace/thread/theme/{theme.pk}/export/"
    answer = browser.post(address, {"format": "csv"})
    rows = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert rows[0]["what"] == "'=1+1"
    told = json.loads(browser.post(address, {"format": "json"}).content)
    assert told["results"][0]["what"] == "=1+1"
    assert AuditEvent.objects.filter(verb="thread.exported", subject_id=str(theme.pk)).count() == 2
    with pytest.raises(Refused):
        export_thread(actor=world.publisher, record=theme)


def counted(months: int = 1):
    """The lines by name, as they are when this month is over, or months later."""
    with time_machine.travel(timezone.now().replace(day=15) + timedelta(days=30 * months)):
        release_figures(actor=SYSTEM)
        return {line.name: line for line in how_far().lines}


def test_how_far_everything_got_hides_the_few(world, settings, signed_in):
    settings.SMALL_NUMBERS_UNDER, settings.SMALL_NUMBERS_ROUND_TO = 3, 1
    points = [a_point(world, f"Ask {number}.", kind="ask") for number in range(9)]
    a_point(world, "Lovely.", kind="praise")
    theme = a_theme(world, points=points[:6])
    project = a_project(world, themes=[theme])
    decision = a_decision(world, *points[:3], project=project)
    release_figures(actor=SYSTEM)
    assert all(line.steps["heard"].is_hidden for line in how_far().lines), "what was said this month counts next month"
    lines = counted()
    council = {step: figure.value for step, figure in lines["The whole council"].steps.items()}
    assert council == {"heard": 9, "themed": 6, "decided": 3, "changed": None, "told": None}
    assert lines["East"].steps["heard"].value == 9
    a_telling(decision, *points[:3])
    lines = counted(2)
    council = {step: figure.value for step, figure in lines["The whole council"].steps.items()}
    assert (council["changed"], council["told"]) == (None, 3), "told of a refusal is no outcome"
    page = signed_in(world.analyst).get("/workspace/thread/").content.decode()
    assert "Breaks for carers" in page


def test_a_project_is_told_roughly_so_the_council_less_it_is_no_few(world, settings):
    settings.SMALL_NUMBERS_UNDER, settings.SMALL_NUMBERS_ROUND_TO = 3, 1
    points = [a_point(world, f"Ask {number}.", kind="ask") for number in range(9)]
    project = a_project(world, themes=[a_theme(world, points=points[:8])])
    line = counted()[project.name]
    assert (line.steps["heard"].value, line.share("themed")) == (9, None), "from 6 to 11 of 9"
    assert line.steps["decided"].is_hidden


def test_a_project_is_told_as_of_the_end_of_a_month_like_everything_else(world, settings):
    settings.SMALL_NUMBERS_UNDER, settings.SMALL_NUMBERS_ROUND_TO = 1, 1
    with time_machine.travel(timezone.now() - timedelta(days=40)):
        points = [a_point(world, f"Ask {number}.", kind="ask") for number in range(4)]
        theme = a_theme(world, points=points[:2])
        project = a_project(world, themes=[theme])
    release_figures(actor=SYSTEM)
    before = how_far()
    assert before.lines[-1].steps["heard"].value == 3, "2 or 3"
    gather_points(actor=world.amina, theme=theme, points=points[2:3])
    release_points(actor=world.amina, theme=theme, points=points[:1])
    a_decision(world, *points[3:], project=project)
    release_figures(actor=SYSTEM)
    assert how_far() == before


def test_how_many_were_told_stands_in_a_thread_roughly_and_only_where_not_few(world):
    decision = a_decision(world)
    for number in range(12):
        a_telling(decision, decision.answered.get().point, state="told" if number < 11 else "due")
    (told,) = [stage for stage in chain_of(decision, reader=world.analyst).stages if stage.key == "told"]
    assert [step.what for step in told.steps] == ["Told: about 15"]
    (told,) = [stage for stage in chain_of(decision, reader=world.amina).stages if stage.key == "told"]
    assert [step.what for step in told.steps] == ["Due: hidden", "Told: about 15"], "she may open the list"


def test_that_few_were_told_is_not_to_be_seen_in_a_thread_by_its_day(world):
    decision = a_decision(world)

    def told(reader):
        (stage,) = [stage for stage in chain_of(decision, reader=reader).stages if stage.key == "told"]
        return stage

    nobody = told(world.analyst)
    assert (nobody.missing, nobody.first) == ("Nobody was told yet, or too few to say.", None)
    for _ in range(3):
        a_telling(decision, decision.answered.get().point, state="told")
    assert told(world.analyst) == nobody, "three or none: the same"
    assert told(world.amina).first == timezone.localdate()
    for _ in range(8):
        a_telling(decision, decision.answered.get().point, state="told")
    assert told(world.analyst).first == timezone.localdate()


def test_the_event_log_gives_positions_after_the_commit_and_misses_nothing(world):
    theme = themed(world)
    assert number_feed(actor=world.amina) >= 1
    first = FeedEntry.objects.numbered().last()
    assert (first.kind, first.subject_id, first.what) == ("theme", theme.pk, "changed")
    with transaction.atomic():
        change_theme(actor=world.amina, theme=theme, details=ThemeDetails("Never"))
        transaction.set_rollback(True)
    assert number_feed(actor=world.amina) == 0
    change_theme(actor=world.amina, theme=theme, details=ThemeDetails("Carers"))
    assert not FeedEntry.objects.filter(position=None, subject_id=first.subject_id).count() > 1
    number_feed(actor=world.amina)
    positions = list(FeedEntry.objects.numbered().values_list("position", flat=True))
    assert positions == sorted(positions) == list(range(1, len(positions) + 1))


def test_being_told_is_an_event_of_the_decision_and_names_nobody(world):
    decision = a_decision(world)
    a_telling(decision, state="due")
    names = {field.name for field in FeedEntry._meta.get_fields()}
    assert names == {"id", "position", "kind", "subject_id", "what", "at"}
    number_feed(actor=world.amina)
    told = FeedEntry.objects.numbered().filter(subject_id=decision.pk).values_list("what", flat=True)
    assert list(told) == ["created"]


def test_the_event_log_says_once_that_people_were_told(world):
    """Whoever counted the entries would count the people."""
    letters_of_answers(world)
    decision = a_decision(world, *(said_by(world, a_reader(world, name=f"Reader {number}")) for number in range(3)))
    for telling in decision.tellings.filter(to_kind="person"):
        tell_in_person(actor=world.amina, telling=telling, how="At the door")
    assert FeedEntry.objects.filter(subject_id=decision.pk, what="told").count() == 1


def test_a_project_closes_only_when_something_is_decided(world):
    point = a_point(world, kind="ask")
    project = a_project(world, themes=[a_theme(world, points=[point])])
    with pytest.raises(Blocked) as refusal:
        close_project(actor=world.amina, project=project, words="Done")
    assert {blocker.code for blocker in refusal.value.blockers} == {"nothing_decided"}
    decision = a_decision(world, point, project=project)
    with writing_allowed():
        Telling.objects.filter(decision=decision).update(state="told", told_on=TODAY())
    close_project(actor=world.amina, project=project, words="The first letter comes in Urdu.")


def test_themes_projects_decisions_and_outcomes_are_found_by_their_words(world, signed_in, caller):
    whole = the_whole(world)
    amina = caller(world.amina)
    for kind, words in {"theme": "braeks", "project": "breaks carers", "decision": "letters urdu"}.items():
        rows = amina.post(f"/{kind}s/search/", {"words": words}).json()["results"]
        assert [row["id"] for row in rows] == [str(whole[kind].pk)], kind
    rows = amina.post("/outcomes/search/", {"words": whole["outcome"].words.split(".")[0]}).json()["results"]
    assert [row["id"] for row in rows] == [str(whole["outcome"].pk)]
    assert caller(world.auditor).post("/decisions/search/", {"words": "letters"}).status_code == 403
    page = signed_in(world.analyst).post("/workspace/search/", {"words": "breaks"}).content.decode()
    assert page.index("Themes</h2>") < page.index("Breaks</bdi>") < page.index("Projects</h2>")
    assert (
        "Themes</h2>" not in signed_in(world.auditor).post("/workspace/search/", {"words": "breaks"}).content.decode()
    )
