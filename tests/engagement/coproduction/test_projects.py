"""Co-production projects: the level declared beforehand, who takes part, how it felt, and closing."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import timezone

from crm.audit.models import AuditEvent, Revision
from crm.base.actors import SYSTEM
from crm.base.permissions import Refused
from crm.base.rules import Blocked, Blocker, InputBlocked, Stale
from crm.communities.actions import add_community, merge_community
from crm.communities.details import CommunityDetails
from crm.counting.actions import release_figures
from engagement.coproduction.projects.actions.felt import answer_felt, take_felt_links
from engagement.coproduction.projects.actions.people import leave_project
from engagement.coproduction.projects.actions.projects import (
    change_project,
    close_project,
    declare_level,
    load_ladder,
    move_project,
    open_project,
)
from engagement.coproduction.projects.closing import before_closing
from engagement.coproduction.projects.details import LeavingDetails, LevelDetails, ProjectDetails
from engagement.coproduction.projects.files import shipped_ladder
from engagement.coproduction.projects.models import FeltLink, FeltTally, ProjectPerson
from engagement.coproduction.projects.reports.felt import felt_in
from engagement.coproduction.projects.reports.people import leavers_of
from tests.crm.panels.helpers import somebody
from tests.engagement.coproduction.helpers import (
    a_place,
    a_project,
    a_round,
    a_secret,
    felt,
    project_details,
    rung,
    themed,
)

TODAY = timezone.localdate


def codes(refusal):
    return {blocker.code for blocker in refusal.value.blockers}


def later(days):
    return time_machine.travel(timezone.now() + timedelta(days=days))


def test_a_project_opens_with_a_level_declared_and_says_what_can_and_cannot_change(world):
    with pytest.raises(InputBlocked) as refusal:
        open_project(actor=world.amina, details=ProjectDetails("", locality=world.east_ward), level=LevelDetails(None))
    assert codes(refusal) == {
        "name_missing", "question_missing", "can_change_missing", "cannot_change_missing", "not_a_locality",
        "level_missing",
    }  # fmt: skip
    project = a_project(world, themes=[themed(world)], communities=[world.community], budget_open=2500)
    assert (project.level.key, project.level_declared_on, project.owner) == ("co-design", TODAY(), world.amina)
    assert project.stages.get().stage == "commission"
    with pytest.raises(Refused):
        change_project(actor=world.joe, project=project, details=project_details("Mine"))
    with pytest.raises(InputBlocked) as refusal:
        change_project(actor=world.lead, project=project, details=project_details(budget_open=-1, question="a@b.org"))
    assert codes(refusal) == {"budget_negative", "personal_detail"}


def test_the_level_changes_with_a_reason_and_never_after_people_were_asked(world):
    project = a_project(world)
    with pytest.raises(InputBlocked) as refusal:
        declare_level(actor=world.amina, project=project, details=LevelDetails(rung()))
    assert codes(refusal) == {"level_same", "reason_missing"}
    declare_level(actor=world.amina, project=project, details=LevelDetails(rung("engagement"), "The law leaves less"))
    assert [level.rung.key for level in project.levels.all()] == ["co-design", "engagement"]
    a_round(world, project=project)
    with pytest.raises(Blocked) as refusal:
        declare_level(actor=world.lead, project=project, details=LevelDetails(rung("informing"), "Looks better"))
    assert codes(refusal) == {"people_were_asked"}


def test_the_ladder_is_loaded_once_and_wrong_lines_are_told(world):
    assert load_ladder(actor=SYSTEM, lines=shipped_ladder()) == 7
    rung()
    assert rung("co-production").position == 7


def test_it_moves_through_its_stages_forwards_and_back(world):
    project = a_project(world)
    move_project(actor=world.amina, project=project, stage="deliver", words="Signed", expected_version=1)
    with pytest.raises(Stale):
        move_project(actor=world.lead, project=project, stage="design", expected_version=1)
    with pytest.raises(InputBlocked) as refusal:
        move_project(actor=world.lead, project=project, stage="deliver")
    assert codes(refusal) == {"stage_same"}
    move_project(actor=world.lead, project=project, stage="design", words="The contract fell through")
    assert [stage.stage for stage in project.stages.all()] == ["commission", "deliver", "design"]


def test_somebody_takes_part_once_leaves_with_a_reason_and_comes_back(world):
    place = a_place(world, part="carer")
    with pytest.raises(InputBlocked) as refusal:
        a_place(world, first_day=TODAY() - timedelta(days=1))
    assert codes(refusal) == {"takes_part_already", "day_before_start"}
    with pytest.raises(InputBlocked) as refusal:
        leave_project(actor=world.amina, place=place, details=LeavingDetails(""))
    assert codes(refusal) == {"because_missing"}
    leave_project(actor=world.amina, place=place, details=LeavingDetails("not_heard", "لم يسمعني أحد"))
    with pytest.raises(Blocked) as refusal:
        leave_project(actor=world.amina, place=place, details=LeavingDetails("done"))
    assert codes(refusal) == {"has_left"}
    a_place(world)
    assert not ProjectPerson.objects.visible_to(world.analyst).exists()
    with pytest.raises(Refused):
        leave_project(actor=world.chen, place=place, details=LeavingDetails("done"))


def test_why_people_left_is_told_only_where_enough_left(world, settings):
    settings.SMALL_NUMBERS_UNDER = 3
    project = a_project(world)
    before = leavers_of(project)
    for number, because in enumerate(["not_heard"] * 4 + ["cost"] * 2 + ["time"]):
        place = a_place(world, somebody(world, f"Person {number}"), project=project)
        leave_project(actor=world.amina, place=place, details=LeavingDetails(because))
    for because in ["access"] * 5:  # one person, five times: counted once, with the last reason
        leave_project(actor=world.amina, place=a_place(world, project=project), details=LeavingDetails(because))
    release_figures(actor=SYSTEM)
    assert leavers_of(project) == before, "whoever left this month counts next month"
    with later(31):
        release_figures(actor=SYSTEM)
        shown = leavers_of(project)
    assert [words for words, _ in shown.lines] == [words for words, _ in before.lines], "no reason appears"
    assert {words: figure.value for words, figure in shown.lines if not figure.is_hidden} == {
        "They did not feel heard": 5, "For all reasons that few gave": 5,
    }  # fmt: skip
    assert shown.total.value == 10, "rounded: 4 and 4"


def test_an_answer_is_counted_once_and_nothing_joins_it_to_anybody(world, settings):
    place, asked = a_place(world), a_round(world)
    secret = a_secret(world)
    browser = Client()
    page = browser.get(f"/felt/{secret}/")
    assert "Nobody can see that the answer is yours" in page.content.decode()
    assert page.headers["Cache-Control"] == "no-store, private"
    assert "Choose the answer" in browser.post(f"/felt/{secret}/", {}).content.decode()
    in_urdu = browser.get(f"/felt/{secret}/?lang=ur").content.decode()
    assert 'lang="ur" dir="rtl"' in in_urdu
    assert "مجھے بتایا گیا کہ کیا ہو گا۔" in in_urdu
    settings.SHOW_UNREVIEWED_LANGUAGES, settings.SITE_WORDS_CHECKED_BY = False, {}
    assert 'dir="rtl"' not in browser.get(f"/felt/{secret}/?lang=ur").content.decode(), "words nobody checked"
    chosen = rung("consultation")
    assert "counted" in browser.post(f"/felt/{secret}/", {"rung": str(chosen.pk)}).content.decode()
    assert browser.post(f"/felt/{secret}/", {"rung": str(chosen.pk)}).status_code == 410
    assert [tally.answers for tally in FeltTally.objects.filter(answers__gt=0)] == [1]
    assert secret not in take_felt_links(actor=world.amina, round=asked)
    assert FeltLink.objects.count() == asked.links_made - 1
    told = AuditEvent.objects.get(verb="felt.answered")
    assert (told.actor_id, told.fields, told.subject_id) == (None, [], ""), "nobody counts a round's answers by it"
    assert not Revision.objects.filter(event=told).exists()
    kept = {field.name for model in (FeltTally, FeltLink) for field in model._meta.get_fields()}
    assert not kept & {"person", "place", "user", "created_at", "modified_at", "answered_at"}
    assert place.person == world.person


def test_a_link_of_somebody_else_or_after_the_last_day_counts_nothing(world):
    asked = a_round(world)
    secret = a_secret(world)
    with pytest.raises(Refused):
        answer_felt(actor=AnonymousUser(), round=asked, secret="x" * 40, rung=rung())
    with later(8):
        page = Client().post(f"/felt/{secret}/", {"rung": str(rung().pk)}).content.decode()
        assert "The last day to answer is over" in page
        assert take_felt_links(actor=world.amina, round=asked) == []
    assert not FeltTally.objects.filter(answers__gt=0).exists()


def test_what_people_felt_stands_beside_what_was_declared_once_it_is_over(world):
    project = a_project(world)
    asked = a_round(world, 30, project=project)
    felt(asked, consultation=14, co_design=11)
    assert felt_in(project)[0].figures is None, "nobody watches answers come in"
    with later(8):
        shown = felt_in(project)[0]
        assert {words: figure.value for words, figure in shown.lines} == {
            "Less than was declared": 15, "As much as was declared": None, "More than was declared": None,
        }  # fmt: skip
        assert (shown.answers.value, shown.middle.key, shown.gap) == (25, "consultation", -2)


def test_the_middle_is_hidden_with_the_group_it_lies_in(world):
    """Half of all answers are at the middle or below: with twelve that would tell of the six who felt less."""
    project = a_project(world)
    felt(a_round(world, 30, project=project), consultation=6, co_design=6)
    with later(8):
        shown = felt_in(project)[0]
        assert all(figure.is_hidden for _, figure in shown.lines)
        assert (shown.middle, shown.gap) == (None, None)


def test_few_answers_say_nothing_at_all(world, signed_in):
    project = a_project(world)
    felt(a_round(world, project=project), informing=9)
    with later(8):
        shown = felt_in(project)[0]
        assert (shown.answers.value, shown.middle, shown.gap) == (None, None, None)
        page = signed_in(world.lead).get(f"/workspace/projects/{project.pk}/").content.decode()
        assert "too few to show" in page
        assert "Informing" not in page


def test_a_project_cannot_close_while_people_are_untold_or_asked(world, signed_in):
    project = a_project(world)
    untold = Blocker("people_untold", "2 people are due an answer")
    before_closing.add("test", lambda one: [untold] if one == project else [])
    try:
        with pytest.raises(Blocked) as refusal:
            close_project(actor=world.amina, project=project, words="Done")
        assert codes(refusal) == {"people_untold"}
        page = signed_in(world.amina).get(f"/workspace/projects/{project.pk}/close/").content.decode()
        assert "2 people are due an answer" in page
    finally:
        before_closing._entries.pop("test")
    a_round(world, project=project)
    with pytest.raises(Blocked) as refusal:
        close_project(actor=world.amina, project=project, words="Done")
    assert codes(refusal) == {"still_asking"}
    with later(8):
        with pytest.raises(InputBlocked):
            close_project(actor=world.amina, project=project, words=" ")
        close_project(actor=world.amina, project=project, words="Carers can book a break by phone.")
        with pytest.raises(Blocked) as refusal:
            a_place(world, project=project)
        assert codes(refusal) == {"project_closed"}


def test_a_merged_community_goes_along(world):
    project = a_project(world, communities=[world.community])
    other = add_community(actor=world.lead, details=CommunityDetails(name="Mirpuri community"))
    merge_community(actor=world.lead, community=world.community, into=other, reason="One name")
    assert list(project.communities.all()) == [other]


def test_the_pages_open_change_and_ask(world, signed_in):
    browser = signed_in(world.amina)
    level = rung()
    sent = {"name": "Breaks 😀", "question": "=1+1?", "can_change": "Much", "cannot_change": "Little",
            "budget_open": "lots", "once": "a"}  # fmt: skip
    page = browser.post("/workspace/projects/new/", sent).content.decode()
    assert "Write an amount in pounds" in page
    assert "=1+1?" in page
    sent = {**sent, "budget_open": "2500.50"}
    assert "before anybody takes part" in browser.post("/workspace/projects/new/", sent).content.decode()
    answer = browser.post("/workspace/projects/new/", {**sent, "level": str(level.pk)})
    assert answer.status_code == 302
    page = browser.get(answer.url).content.decode()
    assert "£2,500.50" in page
    assert level.promise in page
    project = a_project(world, "Breaks 😀")
    browser.post(f"/workspace/people/{world.person.pk}/projects/new/", {"project": project.pk, "part": "carer",
                                                                         "once": "b"})  # fmt: skip
    assert "Parveen Begum" in browser.get(answer.url).content.decode()
    assert "Breaks" in browser.get(f"/workspace/people/{world.person.pk}/").content.decode()
    last = TODAY() + timedelta(days=9)
    when = {"closes_on_day": last.day, "closes_on_month": last.month, "closes_on_year": last.year}
    browser.post(f"{answer.url}ask/", {"links": "3", **when, "once": "c"})
    asked = project.felt_rounds.get()
    page = browser.post(f"/workspace/felt-rounds/{asked.pk}/links/").content.decode()
    assert page.count("/felt/") == 3
    assert AuditEvent.objects.filter(verb="felt.links_taken").count() == 1
    assert "Breaks" in browser.get("/workspace/projects/?stage=commission").content.decode()
