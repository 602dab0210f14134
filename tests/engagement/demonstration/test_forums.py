"""The forums of the demonstration: a year behind and ahead in five localities, and a series around Eid."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from crm.accounts.models import User
from crm.areas.models import Area
from crm.venues.models import Venue
from engagement.demonstration.forums import AROUND_EID, Maker, around_eid, forum_lines
from engagement.forums.models import Attendance, Forum, ForumNotes, Job, NotesRow, Series
from engagement.log.models import EngagementEvent


def test_on_whatever_day_it_is_loaded_one_date_around_eid_is_moved_and_one_skipped():
    where, line = Area(), forum_lines()[0]
    venues, owners = {line["venue"]: Venue()}, {where.pk: User()}
    for days in range(0, 3 * 366, 3):
        today = timezone.localdate() + timedelta(days=days)
        maker = Maker(today, {})
        made = around_eid(maker, line, where, venues, owners)
        assert len([forum for forum in made if forum.changed_alone]) == 1, today
        assert len(maker.skipped) == 1, today
        assert maker.skipped[0].original_on not in {forum.original_on for forum in made}


@pytest.mark.usefixtures("demonstration")
class TestTheForumsOfTheDemonstration:
    def test_there_is_a_year_of_them_behind_and_ahead_in_five_localities(self):
        today = timezone.localdate()
        assert Forum.objects.values("locality").distinct().count() == 5
        assert Forum.objects.filter(on__lt=today, state="closed").count() > 20
        assert Forum.objects.upcoming().filter(state="open").exists()
        assert Forum.objects.upcoming().filter(state="draft").exists()
        assert Forum.objects.filter(state="cancelled").exists()

    def test_a_series_around_eid_has_one_date_moved_and_one_skipped(self):
        series = Series.objects.get(name=AROUND_EID)
        assert series.forums.filter(changed_alone=True).count() == 1
        assert series.skipped.count() == 1

    def test_every_date_keeps_the_day_its_series_gave_it(self):
        for series in Series.objects.all():
            days = set(series.days_until(timezone.localdate() + timedelta(days=366)))
            assert set(series.forums.values_list("original_on", flat=True)) <= days

    def test_champions_have_jobs_some_of_them_late(self):
        assert Job.objects.open().exists()
        assert Job.objects.filter(done_on=None).exclude(owner__grants__role="champion").count() == 0

    def test_all_but_the_newest_forum_behind_are_closed_with_one_contact_each(self):
        behind = Forum.objects.filter(on__lt=timezone.localdate()).exclude(state="cancelled")
        newest = behind.order_by("-on", "id").first()
        assert newest.state == "held"
        assert newest.captured.count() == 3
        closed = behind.filter(state="closed")
        assert closed.count() == behind.count() - 1 == EngagementEvent.objects.exclude(forum=None).count()
        assert not closed.filter(event__reach=None).exists()

    def test_what_was_to_be_done_after_forums_of_long_ago_is_no_longer_to_do(self):
        long_ago = timezone.localdate() - timedelta(days=6)
        steps = EngagementEvent.objects.exclude(forum=None).exclude(follow_up="")
        assert not steps.filter(follow_up_on__lt=long_ago).exists()
        assert not Forum.objects.exclude(event=None).filter(next_words="").exists()

    def test_not_everybody_came_and_of_most_it_is_known_why(self):
        away = Attendance.objects.filter(came=False)
        assert away.filter(barrier=None).count() < away.count() / 2
        assert Attendance.objects.filter(spoke=True).exists()
        assert not Attendance.objects.filter(forum__on__lt=timezone.localdate() - timedelta(weeks=4)).exclude(reason="")

    def test_the_newest_closed_forums_have_notes_in_easy_read_with_pictures(self):
        assert ForumNotes.objects.published().count() == 6
        assert not NotesRow.objects.filter(picture="").exists()
