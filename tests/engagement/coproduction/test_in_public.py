"""What stands in public: You said, we did, with figures nobody can look behind; promises; and how long answers take."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import strip_tags

from cms.models import HomePage, YouSaidPage
from crm.base.actors import SYSTEM
from crm.base.permissions import Refused
from crm.base.rules import Blocked, InputBlocked
from crm.base.writing import writing_allowed
from crm.communities.models import Community
from crm.counting.actions import release_figures
from crm.counting.figures import Figure, says_how_it_changes, says_the_rule
from crm.counting.models import Release
from crm.counting.months import last_month_end, month_began
from crm.sending.models import Message
from engagement.coproduction.decisions.actions import withdraw_decision, withdraw_outcome
from engagement.coproduction.decisions.models import AnsweredPoint, Decision
from engagement.coproduction.telling.actions import (
    check_answer_words,
    excuse_telling,
    publish_line,
    publish_promise,
    take_line_off,
    take_promise_off,
    tell_in_person,
    word_answer,
)
from engagement.coproduction.telling.details import WordsDetails
from engagement.coproduction.telling.models import HelpTally, PromiseReminder, PublicLine, Telling
from engagement.coproduction.telling.reports.days import days_to_answer
from engagement.coproduction.telling.reports.helped import helped_by
from engagement.coproduction.telling.reports.you_said import one_line, you_said
from engagement.coproduction.thread.reports.funnel import how_far
from engagement.log.actions import restrict_event
from engagement.log.details import PointDetails, ReachDetails
from engagement.log.models import Point
from tests.engagement.coproduction.deciding import a_decision, a_point, an_outcome
from tests.engagement.coproduction.telling_helpers import letters_of_answers, urdu_words


def asked(world: Any, number: int, **more: Any) -> list[Point]:
    """So many points that ask for something, at one contact of the month before that reached the community."""
    yesterday = last_month_end()
    details: dict[str, Any] = {"area": world.east_ward, "reach": [ReachDetails(world.community, number)], **more}
    points = [PointDetails(f"Letters in Urdu, please ({place})", kind="ask") for place in range(number)]
    contact = world.contact(occurred_on=yesterday, points=points, **details)
    _long_ago(Point, event=contact)
    return list(contact.points.all())


def _long_ago(model: Any, **which: Any) -> None:
    with writing_allowed():
        model.objects.filter(**which).update(created_at=month_began() - timedelta(days=2))


def decided(world: Any, *points: Point, **changes: Any) -> Decision:
    decision = a_decision(world, *points, **changes)
    _long_ago(Decision, pk=decision.pk)
    _long_ago(AnsweredPoint, decision=decision)
    return decision


def counted_afresh() -> None:
    """As if this were the first month that is counted."""
    with writing_allowed():
        Release.objects.all().delete()
    release_figures(actor=SYSTEM)


def next_month() -> Any:
    """In the middle of the month after this one."""
    return time_machine.travel(timezone.now().replace(day=15) + timedelta(days=30))


def test_the_headline_is_the_share_of_what_was_asked_for(world, client):
    points = asked(world, 40)
    asked(world, 20)
    publish_line(actor=world.publisher, decision=decided(world, *points))
    assert you_said().whole.asked.value is None, "no month was counted yet"
    counted_afresh()
    told = you_said()
    assert (told.whole.asked.value, told.whole.answered.value, told.whole.percent) == (60, 40, 67)
    (line,) = told.lines
    assert line.points.value == 60, "from 40 to 79"
    assert line.communities == ["Kashmiri community"]
    assert line.status == "will"
    public = client.get("/api/v1/public/you-said/")
    assert public.status_code == 200
    body = public.json()
    assert (body["whole"]["asked"], body["whole"]["percent"], body["lines"][0]["points"]) == (60, 67, 60)
    assert client.get("/api/v1/public/you-said/?locality=1").status_code == 400


def test_small_figures_appear_nowhere_not_by_subtraction_either(world):
    first, second, third = asked(world, 30), asked(world, 15), asked(world, 3)
    for points in (first, second, third):
        publish_line(actor=world.lead, decision=decided(world, *points))
    counted_afresh()
    told = you_said()
    assert sorted(line.points.value or 0 for line in told.lines) == [0, 15, 30], "3 is hidden, the others are rough"
    assert {tuple(line.communities) for line in told.lines if line.points.is_hidden} == {()}
    asked(world, 4)
    counted_afresh()
    share = you_said().whole
    assert (share.asked.value, share.answered.value) == (50, 40), "four who wait are not told apart from 48"


def test_what_is_said_decided_and_withdrawn_is_counted_when_the_month_is_over(world):
    points = asked(world, 20)
    publish_line(actor=world.lead, decision=decided(world, *points))
    counted_afresh()
    before = you_said()
    world.contact(area=world.east_ward, points=[PointDetails("And me", kind="ask")] * 15)
    restrict_event(actor=world.amina, event=points[0].event, readers=[world.amina])
    release_figures(actor=SYSTEM)
    assert you_said() == before
    with next_month():
        release_figures(actor=SYSTEM)
        after = you_said()
    assert (before.whole.asked.value, after.whole.asked.value) == (20, 10), "20 went and 15 came: five of them wait"
    assert (before.lines[0].points.value, after.lines[0].points.value) == (30, None)
    assert after.until != before.until


def test_a_month_is_counted_once(world):
    assert release_figures(actor=SYSTEM) == 4
    assert release_figures(actor=SYSTEM) == 0
    with pytest.raises(Refused):
        release_figures(actor=world.administrator)


def test_words_may_be_edited_and_numbers_may_not(world):
    decision = decided(world, *asked(world, 12))
    publish_line(actor=world.lead, decision=decision)
    counted_afresh()
    with pytest.raises(InputBlocked, match="Leave numbers"):
        word_answer(actor=world.amina, record=decision, details=WordsDetails("500 people said", "We did"))
    word_answer(actor=world.amina, record=decision, details=WordsDetails("You asked for letters in Urdu", "In part."))
    (line,) = you_said().lines
    assert line.words.said == "You asked for letters in Urdu"
    assert line.points.value == 15


def test_another_language_is_shown_once_it_was_checked(world):
    decision = decided(world, a_point(world))
    line = publish_line(actor=world.lead, decision=decision)
    words = urdu_words(world, decision)
    told = you_said("ur")
    assert (told.lines, told.only_in_english) == ([], 1)
    check_answer_words(actor=world.translator, words=words, checked_by="A speaker")
    (shown,) = you_said("ur").lines
    assert shown.words.answer == "پہلا خط اردو میں آئے گا۔"
    easy = WordsDetails("Letters", "We send one letter in Urdu.\nNot all letters.", format="easy_read")
    check_answer_words(
        actor=world.checker, words=word_answer(actor=world.amina, record=decision, details=easy), checked_by="Readers"
    )
    found = one_line(line.pk)
    assert found is not None
    assert list(found[0].words.easy) == ["We send one letter in Urdu.", "Not all letters."]


def test_anyone_walks_to_the_decision_and_the_words_that_may_be_quoted(world):
    yes = {"quoting": "yes", "wording": "verbatim"}
    quoted = a_point(world, "My mother cannot read your letters.", **yes)
    silent = a_point(world, "Do not quote me.", quoting="no")
    _long_ago(Point)
    line = publish_line(actor=world.lead, decision=decided(world, quoted, silent))
    found = one_line(line.pk)
    assert found is not None
    assert [quote.words for quote in found[1]] == ["My mother cannot read your letters."]
    assert found[1][0].month.day == 1
    take_line_off(actor=world.lead, line=line, reason="Wrong")
    assert one_line(line.pk) is None


def test_the_public_page_of_a_line(public_pages, client, settings):
    world = public_pages
    decision = decided(world, a_point(world))
    line = publish_line(actor=world.lead, decision=decision)
    page = client.get(f"/en/you-said/{line.pk}/")
    assert page.status_code == 200
    said = page.content.decode()
    assert "Every letter in Urdu: refused. It costs more than we have" in said
    assert "Adult social care board" in said
    assert "csrf" not in said
    urdu = client.get(f"/ur/you-said/{line.pk}/").content.decode()
    assert 'dir="rtl"' in urdu
    assert '<div lang="en" dir="ltr"><h2' in urdu  # no Urdu words of it yet
    assert client.get("/en/promises/").status_code == 404
    settings.PUBLIC_PROMISES = True
    assert client.get("/en/promises/").status_code == 200


def test_a_day_that_is_past_is_said_as_what_it_is(public_pages, client):
    world = public_pages
    day = timezone.localdate() + timedelta(days=3)
    decision = a_decision(world, will_by=day)
    page = f"/en/you-said/{publish_line(actor=world.publisher, decision=decision).pk}/"

    def told(after: int) -> tuple[str, str]:
        """What the line says and what its page says, so many days later."""
        with time_machine.travel(timezone.now() + timedelta(days=after)):
            (line,) = you_said().lines
            assert client.get("/api/v1/public/you-said/").json()["lines"][0]["answer"] == line.words.answer
            return line.words.answer, " ".join(client.get(page).content.decode().split())

    words = f"{day.day} {day:%B %Y}"
    for days in (0, 3):
        answer, shown = told(days)
        assert f"what we will do: Send the first letter in Urdu. We will do it by {words}." in answer
        assert "It is late" not in answer + shown
    answer, shown = told(4)
    assert f"This is what we said we would do by {words}: Send the first letter in Urdu. It is late." in answer
    assert "we will do" not in answer + shown
    assert f"What we said we would do by {words}: Send the first letter in Urdu. It is late." in shown
    same = an_outcome(world, decision, effect="same")
    assert "It is late" in told(4)[0], "nothing changed yet"
    withdraw_outcome(actor=world.amina, outcome=same, reason="Wrong one")
    an_outcome(world, decision)
    answer, shown = told(4)
    assert f"This is what we said we would do by {words}: Send the first letter in Urdu." in answer
    assert "It is late" not in answer + shown


def test_lines_whose_day_is_past_cost_the_same_for_one_as_for_four(world):
    day = timezone.localdate() + timedelta(days=1)
    costs = []
    for _ in range(4):
        publish_line(actor=world.publisher, decision=a_decision(world, will_by=day))
        with time_machine.travel(timezone.now() + timedelta(days=2)), CaptureQueriesContext(connection) as asked_for:
            assert all("It is late" in line.words.answer for line in you_said().lines)
        costs.append(len(asked_for))
    assert costs == [costs[0]] * 4


def figures_in(page: str) -> list[str]:
    """Every number on a page but those of days, of years and of the rule about small numbers."""
    text = " ".join(strip_tags(page[page.index("<h1") : page.index("</main>")]).split())
    for other in (
        says_the_rule(),
        "0113 496 0100",
        says_how_it_changes(),
        *re.findall(r"[0-9]{1,2} [A-Z][a-z]+ [0-9]{4}|[A-Z][a-z]+ [0-9]{4}", text),
    ):
        text = text.replace(other, "")
    return re.findall(r"[0-9]+", text)


def test_every_number_in_public_is_one_of_the_endpoint_and_of_how_far(public_pages, client):
    world = public_pages
    many, few = asked(world, 23), asked(world, 4, area=world.south_ward)
    for points in (many, few):
        decision = decided(world, *points)
        an_outcome(world, decision, measure="Letters in Urdu", measure_before="2 of 17", measure_after="16 of 17")
        publish_line(actor=world.lead, decision=decision)
    asked(world, 31, area=world.south_ward)
    counted_afresh()
    home = HomePage.objects.get(locale__language_code="en")
    home.add_child(instance=YouSaidPage(title="You said, we did", slug="you-said-test", summary="What changed"))
    body = client.get("/api/v1/public/you-said/").json()
    whole, lines = body["whole"], {line["id"]: line for line in body["lines"]}
    measured = ["2", "17", "16", "17"]
    page = figures_in(client.get("/en/you-said-test/").content.decode())
    assert (whole["asked"], whole["answered"], whole["percent"]) == (60, 25, 42), "the 4 of the South are not told"
    assert sorted(page) == sorted(str(number) for number in [
        *(line["points"] for line in lines.values() if line["points"]), *whole_numbers(whole),
    ])  # fmt: skip
    for pk, line in lines.items():
        assert [(row["before"], row["after"]) for row in line["outcomes"]] == [("2 of 17", "16 of 17")]
        assert figures_in(client.get(f"/en/you-said/{pk}/").content.decode()) == measured
    far = {line.name: line.steps for line in how_far().lines}
    for row in [{**whole, "locality": "The whole council"}, *body["localities"]]:
        steps = far[row["locality"]]
        assert (steps["heard"].value, steps["decided"].value) == (row["asked"], row["answered"]), "they are one count"


def whole_numbers(whole: dict[str, Any]) -> list[int]:
    """What the page says of the headline: how many asked, how many were answered, and the share."""
    return [whole["asked"], whole["answered"], whole["percent"]]


def test_published_once_taken_off_and_back(world):
    decision = a_decision(world)
    line = publish_line(actor=world.publisher, decision=decision)
    with pytest.raises(Blocked, match="stands in You said"):
        publish_line(actor=world.lead, decision=decision)
    with pytest.raises(Refused):
        publish_line(actor=world.amina, decision=decision)
    with pytest.raises(InputBlocked, match="Say why"):
        take_line_off(actor=world.lead, line=line, reason="")
    off = take_line_off(actor=world.lead, line=line, reason="Wrong words")
    with pytest.raises(Blocked, match="not in public"):
        take_line_off(actor=world.lead, line=off, reason="Again")
    assert publish_line(actor=world.lead, decision=decision).pk == line.pk
    withdraw_decision(actor=world.amina, decision=decision, reason="Never met")
    assert not PublicLine.objects.public().exists()


def test_pages_and_api_for_staff(world, signed_in, caller):
    decision, browser = a_decision(world), signed_in(world.publisher)
    page = browser.post(f"/workspace/decisions/{decision.pk}/publish/", follow=True).content.decode()
    assert "It stands in public since" in page
    line = PublicLine.objects.get()
    assert decision.question in browser.get("/workspace/you-said/").content.decode()
    browser.post(f"/workspace/you-said/{line.pk}/take-off/", {"version": "1", "reason": "Wrong", "once": "a"})
    api = caller(world.publisher)
    assert api.get(f"/public-lines/{line.pk}/").json()["taken_off_reason"] == "Wrong"
    assert api.post("/public-lines/", {"decision": str(decision.pk)}).status_code == 201
    assert api.post("/public-lines/", {"decision": str(decision.pk)}).status_code == 409
    assert api.post(f"/public-lines/{line.pk}/take-off/", {"reason": "No"}, match='"3"').status_code == 200


def test_how_long_answers_take_hides_the_few(world, signed_in, caller):
    letters_of_answers(world)
    end = last_month_end()
    long_ago = end - timedelta(days=20)
    decision = a_decision(world, a_point(world, occurred_on=long_ago, area=world.east_ward))
    with writing_allowed():
        for number in range(12):
            one = Telling.objects.create(
                decision=decision, to_kind="organisation", organisation=world.group, said_on=long_ago,
                due_since=long_ago, locality=world.east, state="told", told_on=long_ago + timedelta(days=number),
            )  # fmt: skip
            one.points.set(decision.tellings.first().points.all())
    assert days_to_answer().until is None, "no month was counted yet"
    counted_afresh()
    assert days_to_answer().whole.told.is_hidden, "twelve answers to one group are one"
    with writing_allowed():
        Telling.objects.filter(organisation=world.group).update(to_kind="person", organisation=None)
    counted_afresh()
    report = days_to_answer()
    assert report.until == end
    assert report.whole.told.value == 10
    assert report.whole.days == 6
    assert [(row.name, row.told.value, row.days) for row in report.communities] == [("Kashmiri community", 15, 6)]
    assert report.hidden == Community.objects.count() - 1, "all others, whether anybody spoke there or not"
    assert [row.name for row in report.localities] == ["East", "South", "Elsewhere, or not known where"]
    assert "Half of those who were told" in signed_in(world.analyst).get("/workspace/reports/answers/").content.decode()
    assert caller(world.analyst).get("/reports/answers/").json()["whole"]["days"] == 6


def test_whoever_looks_before_and_after_one_was_told_excused_or_withdrawn_sees_the_same(world, settings):
    settings.SMALL_NUMBERS_UNDER, settings.SMALL_NUMBERS_ROUND_TO = 1, 1
    letters_of_answers(world)
    with time_machine.travel(month_began() - timedelta(days=3)):
        decisions = [a_decision(world) for _ in range(3)]
    counted_afresh()
    before = days_to_answer()
    assert before.whole.waiting.value == 1, "three answers are due to one person"
    tell_in_person(actor=world.amina, telling=decisions[0].tellings.get(), how="At the door")
    excuse_telling(actor=world.amina, telling=decisions[1].tellings.get(), reason="They asked not to be told")
    withdraw_decision(actor=world.amina, decision=decisions[2], reason="Never met")
    release_figures(actor=SYSTEM)
    assert days_to_answer() == before
    with next_month():
        release_figures(actor=SYSTEM)
        assert days_to_answer().whole.told.value == 1


def told_after(world: Any, *days: int) -> None:
    """So many people of the East were told of a decision, after so many days each; they have been erased since."""
    said = last_month_end() - timedelta(days=60)
    decision = a_decision(world, a_point(world, occurred_on=said, area=world.east_ward))
    with writing_allowed():
        for number in days:
            one = Telling.objects.create(
                decision=decision, to_kind="person", said_on=said, due_since=said, locality=world.east, state="told",
                told_on=said + timedelta(days=number),
            )  # fmt: skip
            one.points.set(Point.objects.filter(answers__decision=decision))


def test_the_days_in_the_middle_move_only_with_a_batch(world):
    """Twelve waited ten days. Nine wait thirty: had the middle moved, it would tell of them."""
    letters_of_answers(world)
    told_after(world, *[10] * 12)
    counted_afresh()
    assert (days_to_answer().whole.days, days_to_answer().localities[0].days) == (10, 10)
    with next_month():
        told_after(world, *[30] * 9)
        release_figures(actor=SYSTEM)
        row = days_to_answer().localities[0]
        assert (row.told, row.days) == (Figure(10), 10)
    with time_machine.travel(timezone.now().replace(day=15) + timedelta(days=61)):
        told_after(world, *[30] * 9)
        release_figures(actor=SYSTEM)
        row = days_to_answer().localities[0]
        assert (row.told, row.days) == (Figure(30), 30)


def test_whether_it_helped_is_told_roughly_and_once_a_month(world):
    decision = a_decision(world)
    release_figures(actor=SYSTEM)
    assert [shown.value for _, shown in helped_by(decision)] == [None, None, None]
    with writing_allowed():
        tally = HelpTally.objects.create(decision=decision, helped="yes", answers=22)
        HelpTally.objects.create(decision=decision, helped="no", answers=9)
    assert [shown.value for _, shown in helped_by(decision)] == [None, None, None]
    with next_month():
        release_figures(actor=SYSTEM)
        shown = helped_by(decision)
        assert shown == [("Yes", Figure(30)), ("A little", Figure(None)), ("No", Figure(None))]
        with writing_allowed():
            HelpTally.objects.filter(pk=tally.pk).update(answers=23)
        assert helped_by(decision) == shown


def test_promises_in_public(world, signed_in, client, settings, public_pages):
    promise = world.promise(days=-3)
    browser = signed_in(world.amina)
    address = f"/workspace/promises/{promise.pk}/publish/"
    wrong = browser.post(address, {"words": "Ring 0113 496 0100", "once": "a"}).content.decode()
    assert "Take a phone number out" in wrong
    browser.post(address, {"words": "Send the leaflet in Urdu", "once": "b"})
    public = promise.in_public
    body = client.get("/api/v1/public/you-said/").json()
    assert body["promises"] == []  # until a council switches it on
    settings.PUBLIC_PROMISES = True
    (shown,) = client.get("/api/v1/public/you-said/").json()["promises"]
    assert (shown["words"], shown["state"]) == ("Send the leaflet in Urdu", "late")
    with pytest.raises(Blocked, match="already"):
        publish_promise(actor=world.amina, promise=promise, words="Again")
    browser.post(f"/workspace/public-promises/{public.pk}/take-off/")
    public.refresh_from_db()
    with pytest.raises(Blocked, match="not in the public list"):
        take_promise_off(actor=world.amina, public=public)
    to_person = world.promise(people=[world.person])
    if to_person.to_person_id is None:
        with writing_allowed():
            type(to_person).objects.filter(pk=to_person.pk).update(to_person=world.person)
    with pytest.raises(Blocked, match="theirs"):
        publish_promise(actor=world.amina, promise=to_person, words="Visit")


def test_whoever_keeps_a_promise_is_reminded_once_before_and_once_late(world, capsys):
    letters_of_answers(world)
    world.promise(days=3)
    world.promise(days=30)
    world.promise(days=-3)
    for _ in range(2):
        call_command("remind_of_promises")
    assert capsys.readouterr().out == "Reminders of promises: 2.\nReminders of promises: 0.\n"
    assert {row.kind for row in PromiseReminder.objects.all()} == {"soon", "late"}
    messages = Message.objects.filter(about_kind="promise")
    assert {message.address for message in messages} == {world.amina.email}
    assert all("leaflet" not in message.text for message in messages)
    assert all("You get this because you keep this promise." in message.text for message in messages)
    assert not Message.objects.visible_to(world.joe).filter(about_kind="promise").exists()
    assert mail.outbox == []
