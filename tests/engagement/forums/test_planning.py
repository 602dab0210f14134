"""Planning: a forum once, a series in plain words, one date moved and another skipped, and the jobs they make."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from django.utils import timezone

from crm.base.actors import SYSTEM
from crm.base.permissions import Refused
from crm.base.rules import Blocked, InputBlocked
from crm.base.writing import writing_allowed
from engagement.forums.actions.forums import cancel_forum, change_forum, move_forum, open_forum, skip_date
from engagement.forums.actions.jobs import finish_job, give_job
from engagement.forums.actions.series import change_series, end_series, extend_series, plan_series, repeat_forum
from engagement.forums.details import RhythmDetails, details_of
from engagement.forums.models import Forum, Series
from engagement.forums.models.series import days_by_rule, rhythm_in_words
from tests.engagement.forums.helpers import a_forum, a_series, days_of, forum_details, in_days, offers

LAST = date(2028, 1, 31)


@pytest.mark.parametrize(
    ("how_often", "by", "words", "days"),
    [
        ("once", "weekday", "Just once", [date(2027, 1, 12)]),
        ("weekly", "weekday", "Every week, on Tuesdays", [date(2027, 1, 12), date(2027, 1, 19)]),
        ("two_weekly", "weekday", "Every 2 weeks, on Tuesdays", [date(2027, 1, 12), date(2027, 1, 26)]),
        ("monthly", "weekday", "Every month, on the second Tuesday", [date(2027, 1, 12), date(2027, 2, 9)]),
        ("two_monthly", "weekday", "Every 2 months, on the second Tuesday", [date(2027, 1, 12), date(2027, 3, 9)]),
        ("three_monthly", "day", "Every 3 months, on day 12 of the month", [date(2027, 1, 12), date(2027, 4, 12)]),
    ],
)  # fmt: skip
def test_a_rhythm_in_plain_words_gives_its_days(how_often, by, words, days):
    first = date(2027, 1, 12)
    assert rhythm_in_words(how_often, by, first) == words
    assert days_by_rule(how_often, by, first, last=LAST)[: len(days)] == days


def test_a_fifth_weekday_is_the_last_one_of_every_month():
    first = date(2027, 3, 30)
    assert rhythm_in_words("monthly", "weekday", first) == "Every month, on the last Tuesday"
    assert days_by_rule("monthly", "weekday", first, last=LAST, most=3) == [first, date(2027, 4, 27), date(2027, 5, 25)]


def test_a_series_is_one_forum_for_each_date_and_says_its_rule_as_calendars_do(world):
    series = a_series(world, how_often="two_monthly", dates=3)
    days = days_of(series)
    assert len(days) == 3
    assert {day.weekday() for day in days} == {series.first_on.weekday()}
    assert series.rrule.startswith("FREQ=MONTHLY;INTERVAL=2;BYDAY=")
    assert series.rrule.endswith("COUNT=3")
    assert [forum.original_on for forum in series.forums.order_by("on")] == days


def test_half_past_one_stays_half_past_one_when_the_clocks_change(world):
    series = a_series(world, dates=12)
    offsets = {forum.starts_at.utcoffset() for forum in series.forums.all()}
    assert offsets == {timedelta(0), timedelta(hours=1)}
    assert {forum.starts_at.time() for forum in series.forums.all()} == {time(13, 30)}


def test_one_date_is_moved_and_one_skipped_and_the_others_stay(world):
    series = a_series(world, dates=6)
    before = days_of(series)
    second, third = list(series.forums.order_by("original_on"))[1:3]
    move_forum(actor=world.chen, forum=second, on=second.on + timedelta(days=7))
    skip_date(actor=world.chen, forum=third)
    assert days_of(series) == [before[0], before[1] + timedelta(days=7), *before[3:]]
    assert [row.original_on for row in series.skipped.all()] == [before[2]]
    assert series.forums.get(original_on=before[1]).changed_alone


def test_a_date_people_were_told_of_is_cancelled_not_skipped(world):
    forum = open_forum(actor=world.amina, forum=a_series(world).forums.order_by("on")[1])
    with pytest.raises(Blocked, match="Cancel it instead"):
        skip_date(actor=world.amina, forum=forum)
    with pytest.raises(InputBlocked, match="Write why"):
        cancel_forum(actor=world.amina, forum=forum, reason=" ")
    gone = cancel_forum(actor=world.amina, forum=forum, reason="The hall is flooded")
    assert (gone.state, gone.sequence) == ("cancelled", 1)
    assert gone in Forum.objects.public()


def test_calendars_hear_of_a_new_day_only_once_people_were_told(world):
    forum = a_forum(world)
    moved = move_forum(actor=world.amina, forum=forum, on=in_days(61))
    assert moved.sequence == 0
    moved = move_forum(actor=world.amina, forum=open_forum(actor=world.amina, forum=moved), on=in_days(62))
    assert (moved.sequence, moved.moved_from) == (1, in_days(61))
    noted = change_forum(actor=world.amina, forum=moved, details=forum_details(world, on=in_days(62), notes="Key"))
    assert noted.sequence == 1


def test_jobs_are_dated_from_lead_times_move_with_the_forum_and_stay_when_done(world):
    forum = a_forum(world, offers=offers(world, "bsl-interpreters", "easy-read-agenda"))
    due = {job.words: job.due_on for job in forum.jobs.all()}
    assert due["Book 2 BSL interpreters"] == in_days(60 - 28)
    assert due["Send the Easy Read agenda"] == in_days(60 - 14)
    assert due["Publish ‘You said, we did’"] == in_days(60 + 14)
    finish_job(actor=world.amina, job=forum.jobs.get(words="Book 2 BSL interpreters"))
    move_forum(actor=world.amina, forum=forum, on=in_days(70))
    due = {job.words: job.due_on for job in forum.jobs.all()}
    assert due["Book 2 BSL interpreters"] == in_days(60 - 28)
    assert due["Send the Easy Read agenda"] == in_days(70 - 14)


def test_a_job_nobody_needs_any_more_goes_and_one_is_given_away(world):
    forum = a_forum(world)
    job = give_job(actor=world.amina, job=forum.jobs.get(words="Book 2 BSL interpreters"), owner=world.chen)
    assert job.owner == world.chen
    with pytest.raises(InputBlocked, match="open account"):
        give_job(actor=world.amina, job=job, owner=world.leaver)
    change_forum(actor=world.amina, forum=forum, details=forum_details(world, offers=[]))
    assert not forum.jobs.filter(words="Book 2 BSL interpreters").exists()


def test_a_new_rhythm_makes_and_takes_away_dates_nobody_was_told_of(world):
    series = a_series(world, dates=6)
    first = series.forums.order_by("on").first()
    change_series(
        actor=world.amina, series=series, details=details_of(first), rhythm=RhythmDetails("two_monthly", dates=3)
    )
    series.refresh_from_db()
    assert days_of(series) == series.days_until(in_days(900))
    assert series.forums.count() == 3


def test_a_rhythm_people_were_told_of_does_not_change(world):
    series = a_series(world)
    first = series.forums.order_by("on").first()
    open_forum(actor=world.amina, forum=first)
    with pytest.raises(Blocked, match="one by one"):
        change_series(actor=world.amina, series=series, details=details_of(first), rhythm=RhythmDetails("weekly"))


def test_what_changes_for_the_series_leaves_a_date_changed_alone_as_it_is(world):
    series = a_series(world, dates=3)
    first, second, _third = series.forums.order_by("on")
    change_forum(actor=world.amina, forum=second, details=forum_details(world, on=second.on, title="Only this one"))
    details = forum_details(world, on=first.on, title="Every other one")
    change_series(actor=world.amina, series=series, details=details, rhythm=RhythmDetails("monthly", dates=3))
    titles = list(series.forums.order_by("on").values_list("title", flat=True))
    assert titles == ["Every other one", "Only this one", "Every other one"]


def test_a_forum_held_once_can_come_again(world):
    forum = a_forum(world)
    series = repeat_forum(actor=world.amina, forum=forum, rhythm=RhythmDetails("monthly", dates=4))
    forum.refresh_from_db()
    assert (forum.series, forum.original_on, series.forums.count()) == (series, forum.on, 4)


def test_every_night_makes_the_next_dates_once_like_the_last_one(world):
    series = a_series(world, dates=None)
    last = series.forums.order_by("-on").first()
    open_forum(actor=world.amina, forum=last)
    with writing_allowed():
        Series.objects.filter(pk=series.pk).update(first_on=series.first_on)
        series.forums.filter(on__lt=last.on, on__gt=in_days(150)).delete()
    assert extend_series(actor=SYSTEM) > 0
    assert extend_series(actor=SYSTEM) == 0
    assert days_of(series) == series.days_until(in_days(60 + 366))


def test_a_series_that_ended_keeps_what_people_were_told_of(world):
    series = a_series(world, dates=4)
    open_forum(actor=world.amina, forum=series.forums.order_by("on").first())
    end_series(actor=world.amina, series=series)
    assert series.forums.count() == 1


def test_a_champion_plans_in_their_own_locality_alone(world):
    assert a_forum(world, actor=world.chen).owner == world.chen
    with pytest.raises(Refused):
        a_forum(world, actor=world.chen, locality=world.south)
    with pytest.raises(InputBlocked, match="Choose your locality"):
        plan_series(actor=world.chen, details=forum_details(world, locality=None), rhythm=RhythmDetails("monthly"))
    mine = a_forum(world, actor=world.chen)
    with pytest.raises(Refused):
        change_forum(actor=world.chen, forum=mine, details=forum_details(world, locality=world.south))


def test_who_sees_a_forum(world):
    east, south = a_forum(world), a_forum(world, locality=world.south)
    helped = a_forum(world, locality=world.south, organisers=[world.chen])
    assert set(Forum.objects.visible_to(world.joe)) == {east, south, helped}
    assert set(Forum.objects.visible_to(world.chen)) == {east, helped}
    assert not Forum.objects.visible_to(world.publisher).exists()
    open_forum(actor=world.amina, forum=south)
    assert set(Forum.objects.visible_to(world.publisher)) == {south}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"title": " "}, "Write what the forum is about"),
        ({"on": None}, "Write the date of the forum"),
        ({"on": timezone.localdate}, "The first date must be in the future"),
        ({"starts": None}, "Write when it starts"),
        ({"ends": time(13, 30)}, "The end time must be after 1:30pm"),
        ({"capacity": 0}, "1 or more"),
    ],
)
def test_what_is_missing_is_said_in_plain_words(world, changes, words):
    changes = {name: value() if callable(value) else value for name, value in changes.items()}
    with pytest.raises(InputBlocked, match=words):
        a_forum(world, **changes)
