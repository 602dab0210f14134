"""What a change brings with it: for dates that differ from their series, for letters that say how it was, for needs."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from crm.base.actors import SYSTEM
from crm.base.rules import Blocked
from crm.base.writing import writing_allowed
from crm.people.actions import change_person
from crm.people.details import PersonDetails, WayDetails
from crm.privacy.actions import record_permission
from crm.privacy.details import PermissionDetails
from crm.privacy.models import Purpose
from crm.sending.actions import withdraw_message
from crm.sending.delivery import send_all
from crm.sending.models import LetterTemplate, Message
from crm.venues.actions import add_venue
from crm.venues.details import VenueDetails
from engagement.forums.actions.forums import (
    bring_back_date,
    cancel_forum,
    change_forum,
    move_forum,
    open_forum,
    skip_date,
)
from engagement.forums.actions.invitations import renew_link, set_letter_form
from engagement.forums.actions.series import change_series, end_series, extend_series
from engagement.forums.actions.telling import prepare_letters, remind_invited, send_letters
from engagement.forums.details import details_of, on_its_day, rhythm_of
from engagement.forums.models import Arrangement, Forum, Invitation, SkippedDate
from tests.crm.access.helpers import a_need
from tests.crm.sending.helpers import EMAIL, LETTER, PHONE, reachable
from tests.engagement.forums.helpers import a_public_forum, a_series, a_skipped_date, in_days
from tests.engagement.forums.inviting import an_invitation, help_of, prepared, says, to_be_told


def dates_of(series):
    return list(Forum.objects.filter(series=series).order_by("original_on"))


def changed(world, series, **changes):
    """The whole series, changed as the page does it."""
    like = next(forum for forum in dates_of(series) if not forum.changed_alone)
    details = on_its_day(details_of(like), series.first_on)
    return change_series(
        actor=world.amina,
        series=series,
        details=type(details)(**{**vars(details), **changes}),
        rhythm=rhythm_of(series),
    )


def test_a_new_venue_of_the_series_reaches_the_date_that_was_moved_alone(world):
    series = a_series(world)
    moved = dates_of(series)[2]
    move_forum(actor=world.amina, forum=moved, on=moved.on + timedelta(days=1), starts=time(10), ends=time(12))
    library = add_venue(actor=world.amina, details=VenueDetails(name="The library", area=world.east_ward))
    changed(world, series, venue=library, title="Care here", communities=[world.community])
    after = Forum.objects.get(pk=moved.pk)
    assert (after.venue, after.title, after.on, after.starts) == (
        library,
        "Care here",
        moved.on + timedelta(days=1),
        time(10),
    )
    assert list(after.communities.all()) == [world.community]
    assert {forum.venue for forum in dates_of(series)} == {library}


def test_what_differed_stays_and_the_day_to_answer_by_moves_with_the_rest(world):
    series = a_series(world, reply_by=in_days(53))
    alone = dates_of(series)[1]
    own = details_of(alone)
    change_forum(actor=world.amina, forum=alone, details=type(own)(**{**vars(own), "place_words": "Room 2"}))
    changed(world, series, place_words="Room 1", capacity=20, reply_by=series.first_on - timedelta(days=3))
    after = Forum.objects.get(pk=alone.pk)
    assert (after.place_words, after.capacity, after.reply_by) == ("Room 2", 20, after.on - timedelta(days=3))


def test_a_skipped_date_is_put_back_like_the_others_and_not_made_twice(world, signed_in, caller):
    skipped = a_skipped_date(world)
    series, day = skipped["series"], skipped["on"]
    open_forum(actor=world.amina, forum=dates_of(series)[0])
    page = signed_in(world.amina).get(f"/workspace/series/{series.pk}/bring-back/")
    assert page.status_code == 200
    bring_back_date(actor=world.amina, **skipped)
    assert not SkippedDate.objects.exists()
    assert Forum.objects.filter(series=series, original_on=day).count() == 1
    extend_series(actor=SYSTEM)
    assert Forum.objects.filter(series=series, original_on=day).count() == 1
    again = skip_date(actor=world.amina, forum=Forum.objects.get(series=series, original_on=day, was_published=False))
    answer = caller(world.amina).post(f"/series/{series.pk}/bring-back/", {"on": str(day)}, match="*")
    assert answer.status_code == 200
    for wrong, why in ((in_days(5), "left out"), (None, "left out")):
        with pytest.raises(Blocked, match=why):
            bring_back_date(actor=world.amina, series=again, on=wrong)
    end_series(actor=world.amina, series=series)
    with pytest.raises(Blocked, match="has ended"):
        bring_back_date(actor=world.amina, series=series, on=day)


def test_letters_that_were_prepared_before_the_forum_changed_do_not_go_out(world):
    forum = prepared(world)
    draft = Message.objects.get()
    move_forum(actor=world.amina, forum=forum, on=forum.on + timedelta(days=7))
    draft.refresh_from_db()
    assert (draft.state, "changed since" in draft.why) == ("withdrawn", True)
    assert send_letters(actor=world.amina, forum=forum).queued == []
    new = prepare_letters(actor=world.amina, forum=forum)[0]
    assert new.text != draft.text


def on_its_way(world, *ways):
    """Two people's invitations were sent on their way, one by each of these ways, and nothing has gone yet."""
    forum = to_be_told(world)
    kept = Purpose.objects.get(key="invitations")
    for number, way in enumerate(ways):
        person = reachable(world, way, name=f"Person{number} Khan")
        record_permission(
            actor=world.amina, person=person, details=PermissionDetails(kept, timezone.localdate(), "She said so")
        )
        an_invitation(world, forum, person)
    prepare_letters(actor=world.amina, forum=forum)
    send_letters(actor=world.amina, forum=forum)
    return forum, list(Message.objects.exclude(state="held").order_by("id"))


@pytest.mark.parametrize("way", [EMAIL, LETTER, PHONE], ids=["sent", "printed", "told"])
def test_a_letter_on_its_way_says_how_the_forum_is_when_it_goes_and_nobody_is_told_twice(world, way, mailoutbox):
    forum, (message,) = on_its_way(world, way)
    before = message.text
    move_forum(actor=world.amina, forum=forum, on=forum.on + timedelta(days=7))
    due = [one.about_id for one in prepare_letters(actor=world.amina, forum=forum)]
    assert message.about_id not in due
    send_all()
    message.refresh_from_db()
    day = date_format(forum.on + timedelta(days=7), "l j F Y")
    assert (day in message.text, day in before) == (True, False)
    assert "made anew" in message.steps.exclude(words="").last().words
    assert Invitation.objects.get(pk=message.about_id).told_sequence == 1
    if way is EMAIL:
        assert day in mailoutbox[0].body
        assert "SEQUENCE:1" in message.calendar_text


@pytest.mark.parametrize("way", [EMAIL, LETTER], ids=["sent", "printed"])
def test_a_letter_on_its_way_is_stopped_when_the_forum_is_cancelled(world, way, mailoutbox):
    forum, (message,) = on_its_way(world, way)
    cancel_forum(actor=world.amina, forum=forum, reason="The boiler broke")
    send_all()
    message.refresh_from_db()
    assert (message.state, message.why, mailoutbox) == ("withdrawn", "The forum does not take place any more", [])
    assert Invitation.objects.get(pk=message.about_id).told_sequence is None


def test_whose_letter_was_taken_back_before_it_went_is_due_again(world):
    forum, (message,) = on_its_way(world, EMAIL)
    withdraw_message(actor=world.amina, message=message)
    assert message.about_id in {one.about_id for one in prepare_letters(actor=world.amina, forum=forum)}


def test_a_letter_with_a_link_that_was_ended_goes_with_the_new_one(world, mailoutbox):
    _, (message,) = on_its_way(world, EMAIL)
    mine = renew_link(actor=world.amina, invitation=Invitation.objects.get(pk=message.about_id))
    send_all()
    assert mine.secret in mailoutbox[0].body


def test_a_reminder_counts_only_when_it_was_written(world):
    forum = to_be_told(world)
    invitation = says(forum.invitations.get())
    with writing_allowed():
        Forum.objects.filter(pk=forum.pk).update(on=timezone.localdate() + timedelta(days=2))
        LetterTemplate.objects.filter(key="forum-reminder").update(key="not-there")
    assert remind_invited(actor=SYSTEM) == 0
    invitation.refresh_from_db()
    assert invitation.reminded_on is None
    with writing_allowed():
        LetterTemplate.objects.filter(key="not-there").update(key="forum-reminder")
    assert remind_invited(actor=SYSTEM) == 1
    assert remind_invited(actor=SYSTEM) == 0


def test_the_form_of_letters_can_be_chosen_for_one_forum(world, signed_in, caller):
    ways = [WayDetails(kind="letter", value="At the mosque", is_preferred=True)]
    change_person(
        actor=world.amina, person=world.person, details=PersonDetails("Parveen Begum", area=world.east_ward, ways=ways)
    )
    forum = to_be_told(world)
    invitation = forum.invitations.get()
    with pytest.raises(Blocked, match="one of the forms"):
        set_letter_form(actor=world.amina, invitation=invitation, form="song")
    path = f"/workspace/invitations/{invitation.pk}/letter-form/"
    assert signed_in(world.amina).get(path).status_code == 200
    signed_in(world.amina).post(path, {"version": "", "form": "easy_read"})
    assert prepare_letters(actor=world.amina, forum=forum)[0].format == "easy_read"
    api = f"/invitations/{invitation.pk}/letter-form/"
    assert caller(world.amina).post(api, {"form": ""}, match="*").status_code == 200
    invitation.refresh_from_db()
    assert invitation.format == ""


def test_a_known_need_that_they_untick_is_not_arranged_this_time_and_stays_theirs(world):
    invitation = an_invitation(world)
    need = a_need(world, "quiet-room", person=world.person, may_share="yes")
    row = Arrangement.objects.filter(need=need)
    says(invitation, in_full=True, help_asked=help_of("quiet-room"))
    assert row.get().is_needed
    says(invitation, in_full=True)
    assert (row.get().is_needed, row.get().not_needed_reason) == (
        False,
        "They unticked it in their answer to this forum",
    )
    need.refresh_from_db()
    assert need.ended_on is None
    says(invitation, in_full=True, help_asked=help_of("quiet-room"))
    assert row.get().is_needed


@pytest.mark.once
def test_a_poster_bears_only_languages_that_a_speaker_checked(world, signed_in, settings):
    forum = an_invitation(world).forum
    path = f"/workspace/forums/{forum.pk}/poster/"
    settings.SHOW_UNREVIEWED_LANGUAGES, settings.SITE_WORDS_CHECKED_BY = False, {"en": "us"}
    assert 'lang="ur"' not in signed_in(world.amina).get(path).content.decode()
    settings.SHOW_UNREVIEWED_LANGUAGES = True
    shown = signed_in(world.amina).get(path).content.decode()
    assert 'lang="ur"' in shown
    assert "before a speaker has checked them" in shown


@pytest.mark.once
def test_calendars_lead_to_the_page_of_a_forum_of_a_series_and_of_a_date_that_differs(world, client):
    forum = an_invitation(world).forum
    body = client.get(f"/calendars/forum/{forum.pk}.ics").content.decode().replace("\r\n ", "")
    assert f"URL:http://testserver/coming/{forum.pk}/" in body
    series = a_series(world, is_public=True)
    first, second, third = dates_of(series)[:3]
    for date in (first, second, third):
        open_forum(actor=world.amina, forum=date)
    move_forum(actor=world.amina, forum=second, on=second.on + timedelta(days=1))
    feed = client.get("/calendars/all/forums.ics").content.decode().replace("\r\n ", "")
    assert feed.count(f"URL:http://testserver/coming/series/{series.pk}/") == 1
    assert feed.count(f"URL:http://testserver/coming/{second.pk}/") == 1
    assert f"URL:http://testserver/coming/{first.pk}/" not in feed
    page = client.get(f"/coming/series/{series.pk}/").content.decode()
    assert [f"/coming/{date.pk}/" in page for date in dates_of(series)[:4]] == [True, True, True, False]
    assert client.get(f"/coming/series/{forum.pk}/").status_code == 404


@pytest.mark.once
def test_a_calendar_leads_to_the_place_on_the_map(world, client):
    for wrong in ("52.4862", "91, 0", "Mill Street", "1, 2, 3"):
        with pytest.raises(Blocked, match="latitude and longitude"):
            add_venue(actor=world.amina, details=VenueDetails(name="The library", map_point=wrong))
    library = add_venue(actor=world.amina, details=VenueDetails(name="The library", map_point="52.4862, -1.8904"))
    forum = a_public_forum(world, venue=library)
    text = client.get(f"/calendars/forum/{forum.pk}.ics").content.decode()
    assert "GEO:52.486200;-1.890400" in text
