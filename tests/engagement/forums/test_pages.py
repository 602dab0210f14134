"""The pages on which a forum is planned, and where forums show elsewhere."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
import time_machine
from django.core import signing
from django.utils import timezone
from django.utils.formats import date_format

from crm.base.ids import new_id
from crm.base.writing import writing_allowed
from engagement.forums.actions.forums import open_forum
from engagement.forums.models import Forum, Job, Series
from engagement.log.models import EngagementEvent
from tests.engagement.forums.helpers import a_forum, a_series, days_of, in_days, offers

FIRST = {"title": "Care at home", "starts": "1:30pm", "ends": "3.30 pm", "by": "weekday"}


def _boxes(day: date) -> dict[str, str]:
    return {"on_day": str(day.day), "on_month": str(day.month), "on_year": str(day.year)}


def _step_one(world, **changes):
    return {
        **FIRST,
        **_boxes(in_days(60)),
        "how_often": "monthly",
        "dates": "6",
        "locality": str(world.east.pk),
        **changes,
    }


@pytest.fixture
def chen(world, signed_in):
    """A champion's browser."""
    offers(world)
    return signed_in(world.chen)


def test_a_champion_plans_a_series_in_three_pages_each_saved_on_leaving(world, chen):
    answer = chen.post("/workspace/forums/new/", _step_one(world, go="on"))
    series = Series.objects.get()
    first = series.forums.order_by("on").first()
    assert answer.headers["Location"] == f"/workspace/forums/{first.pk}/plan/access/"
    page = chen.get(answer.headers["Location"]).content.decode()
    assert "for every date of the series" in page
    assert "Who is missing?" in page
    kind = offers(world, "bsl-interpreters")[0].kind
    sent = {
        "mode": "both",
        "venue": str(world.venue.pk),
        "offers": [str(kind.pk)],
        "is_public": "on",
        "version": series.version,
        "go": "on",
    }
    answer = chen.post(answer.headers["Location"], {**sent, "communities": [str(world.community.pk)]})
    assert answer.headers["Location"] == f"/workspace/forums/{first.pk}/plan/invite/"
    assert Forum.objects.filter(series=series, offers__kind=kind, mode="both", communities=world.community).count() == 6
    page = chen.get(answer.headers["Location"]).content.decode()
    assert "Open this forum" in page
    chen.post(f"/workspace/forums/{first.pk}/open/", {"version": "", "every": "on"})
    assert Forum.objects.public().count() == 6


def test_updating_the_dates_saves_and_shows_them_with_what_may_clash(world, chen):
    new_year = date(timezone.localdate().year + 1, 12, 25)
    answer = chen.post("/workspace/forums/new/", _step_one(world, **_boxes(new_year), how_often="once", go="dates"))
    page = chen.get(answer.headers["Location"].removesuffix("#dates")).content.decode()
    assert "Possible clash" in page
    assert "Bank holiday: Christmas Day" in page
    assert "Source: Bank holidays of England" in page
    assert f'Change<span class="govuk-visually-hidden"> {new_year:%A} 25 December {new_year.year}' in page


def test_finishing_later_keeps_the_draft_and_a_double_press_saves_once(world, chen):
    sent = _step_one(world, how_often="once", go="later", once="3f0a4c1e-0000-4000-8000-000000000001")
    first, second = (chen.post("/workspace/forums/new/", sent) for _ in range(2))
    forum = Forum.objects.get()
    assert first.headers["Location"] == second.headers["Location"] == f"/workspace/forums/{forum.pk}/"
    assert forum.state == "draft"


def test_what_is_missing_is_said_beside_its_field_and_nothing_typed_is_lost(world, chen):
    page = chen.post(
        "/workspace/forums/new/", _step_one(world, title="", ends="1pm", starts="half past one")
    ).content.decode()
    assert "Write a time, like 1:30pm" in page
    assert "half past one" in page
    page = chen.post("/workspace/forums/new/", _step_one(world, title="", ends="1pm")).content.decode()
    assert "The end time must be after 1:30pm" in page
    assert "Write what the forum is about" in page
    assert not Forum.objects.exists()


def test_short_lead_times_and_stairs_are_warned_of_once_and_never_stop_anybody(world, chen):
    forum = a_forum(world, actor=world.chen, on=in_days(10), offers=[], venue=None)
    kind = offers(world, "bsl-interpreters")[0].kind
    sent = {"mode": "in_person", "offers": [str(kind.pk)], "version": forum.version, "go": "on"}
    page = chen.post(f"/workspace/forums/{forum.pk}/plan/access/", sent).content.decode()
    assert "Leave 4 weeks to book 2 BSL interpreters" in page
    assert "or say you already have them" in page
    assert "Choose at least one way for people to take part without stairs" in page
    assert not forum.offers.exists()
    assert chen.post(f"/workspace/forums/{forum.pk}/plan/access/", {**sent, "seen": "yes"}).status_code == 302
    assert forum.jobs.get(kind=kind).is_late


def test_a_forum_held_once_comes_again_when_step_one_says_so(world, chen):
    forum = a_forum(world, actor=world.chen)
    chen.post(f"/workspace/forums/{forum.pk}/plan/when/", _step_one(world, version=forum.version, dates="3"))
    assert Series.objects.get().forums.count() == 3


def test_one_date_is_moved_and_another_skipped_on_their_own_pages(world, chen):
    series = a_series(world, actor=world.chen, dates=4)
    _, second, third, _ = series.forums.order_by("on")
    day = second.on + timedelta(days=7)
    chen.post(f"/workspace/forums/{second.pk}/move/", {**_boxes(day), "starts": "1:30pm", "ends": "3:30pm"})
    chen.post(f"/workspace/forums/{third.pk}/skip/", {})
    assert days_of(series)[1] == day
    assert len(days_of(series)) == 3
    page = chen.get(f"/workspace/series/{series.pk}/").content.decode()
    assert "Left out" in page
    assert "moved from" in page


def test_a_venue_without_an_access_record_is_asked_about(world, chen):
    forum = a_forum(world, actor=world.chen)
    page = chen.get(f"/workspace/forums/{forum.pk}/plan/access/").content.decode()
    assert "We do not know if this place has a hearing loop that works" in page
    assert "Mill Street Centre has this" in page


def test_home_tells_todays_forum_and_jobs_that_are_late(world, chen):
    forum = a_forum(world, actor=world.chen, on=in_days(10))
    page = chen.get("/workspace/").content.decode()
    assert "1 job late" in page or "jobs late" in page
    with writing_allowed():
        Forum.objects.filter(pk=forum.pk).update(on=timezone.localdate())
    assert "Today, 1:30pm:" in chen.get("/workspace/").content.decode()
    job = Job.objects.filter(forum=forum, done_on=None).first()
    chen.post(f"/workspace/jobs/{job.pk}/finish/", {})
    job.refresh_from_db()
    assert job.done_on == timezone.localdate()


def test_what_is_coming_stands_on_the_communitys_page(world, signed_in):
    forum = open_forum(actor=world.amina, forum=a_forum(world, communities=[world.community]))
    page = signed_in(world.amina).get(f"/workspace/communities/{world.community.pk}/").content.decode()
    assert f"/workspace/forums/{forum.pk}/" in page


def test_the_online_link_is_not_for_those_who_only_read_what_is_public(world, signed_in):
    link = "https://meet.northbrook.example/secret"
    forum = open_forum(actor=world.amina, forum=a_forum(world, mode="both", online_link=link, notes="The key is odd"))
    assert link in signed_in(world.chen).get(f"/workspace/forums/{forum.pk}/").content.decode()
    for address in (f"/workspace/forums/{forum.pk}/", f"/api/v1/forums/{forum.pk}/"):
        page = signed_in(world.publisher).get(address).content.decode()
        assert link not in page
        assert "odd" not in page


def test_a_champion_of_elsewhere_finds_nothing(world, signed_in):
    forum = a_forum(world, locality=world.south)
    for path in ("", "plan/when/", "plan/access/", "plan/invite/", "move/", "cancel/"):
        assert signed_in(world.chen).get(f"/workspace/forums/{forum.pk}/{path}").status_code == 404


def _on_today(world, state="open", starts_in=0):
    """Chen's forum of today, that began so many minutes from now."""
    forum = open_forum(actor=world.chen, forum=a_forum(world, actor=world.chen))
    now = timezone.localtime() + timedelta(minutes=starts_in)
    starts = min(now.time().replace(microsecond=0), time(23, 58))
    with writing_allowed():
        Forum.objects.filter(pk=forum.pk).update(on=timezone.localdate(), starts=starts, ends=time(23, 59), state=state)
    return forum


def test_the_log_offers_todays_forum_first_and_chooses_it_near_its_time(world, chen):
    forum = _on_today(world)
    page = chen.get("/workspace/contacts/new/").content.decode()
    assert "The forum ‘Care at home’" in page
    assert f'value="{forum.pk}" ' in page
    sent = {"met": str(forum.pk), "when": "today", "kind": "in_person", "words": "Too few buses.", "promised": "no"}
    key = "3f0a4c1e-0000-4000-8000-000000000002"
    chen.post("/workspace/contacts/new/", {**sent, "key": key})
    event = EngagementEvent.objects.get()
    assert event.met_in_words.startswith("The forum ‘Care at home’")
    assert event.place == "Mill Street Centre"


def test_a_contact_about_a_forum_that_is_over_when_the_phone_sends_it_is_accepted_by_the_day_it_was_saved(world, chen):
    forum = _on_today(world)
    today, writer = str(timezone.localdate()), signing.dumps(str(world.chen.pk), salt="kept_contact")
    sent = {
        "met": str(forum.pk),
        "kind": "in_person",
        "words": "Too few buses.",
        "promised": "no",
        "who_writes": writer,
    }
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        chen.force_login(world.chen)
        for saved_on, status in (("", 422), ("2026-02-30", 422), (today, 201)):
            headers = {"Idempotency-Key": str(new_id())}
            answer = chen.post("/workspace/contacts/phone/send/", {**sent, "saved_on": saved_on}, headers=headers)
            assert answer.status_code == status
    event = EngagementEvent.objects.get()
    assert (str(event.occurred_on), event.place) == (today, "Mill Street Centre")


def test_logging_a_contact_for_a_forum_already_held_warns_and_does_not_stop(world, chen):
    forum = _on_today(world, state="held")
    sent = {"met": str(forum.pk), "when": "today", "kind": "in_person", "words": "Too few buses.", "promised": "no",
            "key": "3f0a4c1e-0000-4000-8000-000000000003"}  # fmt: skip
    assert "closing it writes the contact" in chen.post("/workspace/contacts/new/", sent).content.decode()
    assert not EngagementEvent.objects.exists()
    assert chen.post("/workspace/contacts/new/", {**sent, "anyway": "yes"}).status_code == 302
    assert EngagementEvent.objects.count() == 1


def test_opening_every_date_names_the_one_that_cannot_be_opened_and_opens_none(world, signed_in):
    series = a_series(world, dates=3)
    first, second, _ = series.forums.order_by("on")
    with writing_allowed():
        Forum.objects.filter(pk=second.pk).update(venue=None, place_words="")
    sent = {"version": "", "every": "on", "once": "3f0e7a52-0000-7000-8000-000000000001"}
    page = signed_in(world.amina).post(f"/workspace/forums/{first.pk}/open/", sent).content.decode()
    assert f"{date_format(second.on, 'l j F Y')}: Choose the venue, or write where it is" in page
    assert set(series.forums.values_list("state", flat=True)) == {"draft"}
