"""What the demonstration promises follows from what was said, and its words are those of whoever said them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

import pytest
from django.db.models import Count, F, Max

from crm.accounts.models import RoleGrant
from crm.areas.models import Area
from crm.base.actors import FIELD_ROLES, Role
from engagement.demonstration.forum_words import ForumWords
from engagement.demonstration.forums import AROUND_EID
from engagement.demonstration.promises import Answers
from engagement.demonstration.sentences import Sentences
from engagement.forums.models import Arrangement, Forum
from engagement.forums.reports.faith import bank_holidays
from engagement.log.models import EngagementEvent, Point, Promise, PromiseChange

pytestmark = pytest.mark.usefixtures("demonstration")
OURSELVES = re.compile(r"\b(I|me|my|mine|we|us|our|ours)\b", re.IGNORECASE)


def as_written(words):
    """A pattern of a sentence that has places to fill in."""
    return re.compile("".join(".+" if part[:1] == "{" else re.escape(part) for part in re.split(r"(\{\w+\})", words)))


@pytest.fixture(scope="module")
def follows():
    """What was promised → the ways to write down what it answers."""
    said, answers = Sentences(None, None).lines, Answers(None)
    found = defaultdict(list)
    for line in said:
        ways = [as_written(line[name]) for name in ("words", "paraphrase") if line[name]]
        for answer in answers.to_what_was_said(line):
            found[answer.words] += ways
    for line in ForumWords(None).lines:
        found[line["promise"]].append(as_written(line["words"]))
    return [(as_written(words), ways) for words, ways in found.items()]


def test_every_promise_answers_something_that_was_told_in_the_same_contact(follows):
    told = defaultdict(list)
    for event, words in Point.objects.values_list("event", "words"):
        told[event].append(words)
    loose = [
        promise.words
        for promise in Promise.objects.all()
        if not any(
            pattern.fullmatch(promise.words)
            and any(way.fullmatch(said) for way in ways for said in told[promise.event_id])
            for pattern, ways in follows
        )
    ]
    assert loose == []


def test_every_answer_in_the_file_is_to_one_sentence_of_the_other():
    lines, answers = Sentences(None, None).lines, Answers(None)
    counted = Counter(
        phrase for line in lines for phrase in answers.phrases if phrase in (line["translation"] or line["words"])
    )
    assert [phrase for phrase in answers.phrases if counted[phrase] != 1] == []


def test_promises_are_varied_and_no_group_is_promised_one_thing_twice():
    rows = Promise.objects.filter(event__forum=None)
    assert rows.values("words").distinct().count() >= 250
    twice = (
        rows.exclude(to_organisation=None).values("to_organisation", "words").annotate(n=Count("pk")).filter(n__gt=1)
    )
    assert list(twice) == []


def test_whoever_keeps_a_promise_meets_people_and_it_is_due_on_a_working_day():
    keepers = set(RoleGrant.objects.filter(role__in=FIELD_ROLES).values_list("user", flat=True))
    assert set(Promise.objects.values_list("owner", flat=True)) <= keepers
    made = Promise.objects.filter(event__forum=None)
    assert [promise for promise in made if promise.due_on.weekday() > 4] == []
    assert made.exclude(owner=F("event__logged_by")).exists()
    assert not made.exclude(owner=F("event__logged_by")).filter(event__restricted=True).exists()


def test_nothing_came_of_a_promise_before_it_was_made_and_it_was_put_off_before_it_was_due():
    assert not Promise.objects.filter(settled_on__lte=F("event__occurred_on")).exists()
    assert not Promise.objects.filter(state="broken", settled_on__lt=F("due_on"), event__forum=None).exists()
    assert not PromiseChange.objects.filter(changed_at__date__gte=F("due_before")).exists()
    assert not PromiseChange.objects.filter(changed_at__date__lte=F("promise__event__occurred_on")).exists()


def test_what_is_retold_is_not_in_the_first_person():
    retold = Point.objects.filter(wording="paraphrase").values_list("words", flat=True)
    assert [words for words in retold if OURSELVES.search(words)] == []
    quoted = Point.objects.filter(wording="verbatim", language=None).values_list("words", flat=True)
    assert sum(bool(OURSELVES.search(words)) for words in quoted) > 300


def test_nobody_else_says_i_for_somebody():
    spoken_for = Point.objects.filter(voice="spoken_for", language=None).values_list("words", flat=True)
    assert [words for words in spoken_for if OURSELVES.search(words)] == []


def test_a_group_hardly_ever_says_the_same_sentence_twice():
    told = Point.objects.exclude(event__organisations=None).values("event__organisations", "words")
    said_again = told.annotate(n=Count("pk")).filter(n__gt=1).count()
    assert said_again < Point.objects.count() / 200


def test_a_point_in_a_language_comes_from_a_group_that_has_it_and_the_contact_says_so():
    rows = Point.objects.exclude(language=None).filter(event__forum=None)
    assert not rows.exclude(event__languages_used=F("language")).exists()
    elsewhere = rows.exclude(event__organisations=None).exclude(event__organisations__languages=F("language"))
    assert not elsewhere.exists()


def test_the_contacts_are_spread_over_the_team():
    logged = EngagementEvent.objects.filter(forum=None)
    most = logged.values("logged_by").annotate(n=Count("pk")).aggregate(most=Max("n"))["most"]
    assert most < logged.count() * 0.15
    for locality in Area.objects.localities():
        there = Counter(logged.filter(locality=locality).values_list("logged_by", flat=True))
        officers = RoleGrant.objects.filter(role=Role.OFFICER, locality=locality)
        assert officers.count() >= 2
        assert there.most_common(1)[0][1] < 0.6 * there.total()


def test_forums_say_what_concerns_them_and_none_is_on_a_bank_holiday():
    own = {(line["title"], line["words"]) for line in ForumWords(None).lines}
    said = set(Point.objects.exclude(event__forum=None).values_list("event__forum__title", "words"))
    assert said <= own
    assert len(said) > 25
    days = set(Forum.objects.exclude(state="cancelled").exclude(title=AROUND_EID).values_list("on", flat=True))
    assert days.isdisjoint(noted.first for noted in bank_holidays(min(days), max(days)))


def test_a_taxi_firm_looks_after_no_children():
    rows = Arrangement.objects.filter(supplier="Kestrel Taxis").select_related("asked_type", "need__type")
    kinds = {row.type.key for row in rows}
    assert kinds <= {"transport", "accessible-transport", "travel-costs"}
