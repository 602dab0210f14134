"""Letters about a forum: prepared, looked at, sent; changes, cancelling, reminders and places that come free."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from crm.base.actors import SYSTEM
from crm.base.again import begin_again
from crm.base.rules import Blocked
from crm.base.writing import writing_allowed
from crm.people.details import WayDetails
from crm.privacy.actions import record_permission
from crm.privacy.details import PermissionDetails
from crm.privacy.models import Purpose
from crm.sending.actions import load_letter_templates
from crm.sending.delivery import send_all
from crm.sending.files import read_letters
from crm.sending.models import Message
from engagement.forums.actions.forums import cancel_forum, move_forum
from engagement.forums.actions.telling import prepare_letters, remind_invited, send_letters
from engagement.forums.letters_about import FOLDER
from engagement.forums.models import Forum, Invitation
from engagement.forums.tasks import go_on_with_letters
from tests import grounds
from tests.crm.sending.helpers import reachable
from tests.engagement.forums.helpers import a_forum, in_days
from tests.engagement.forums.inviting import a_guest, an_invitation, an_open_forum, purposes, says

MAILBOX = "replies@heard.example"


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """The purposes and letters that come with Heard, loaded once for this file."""
    with grounds.with_more(django_db_blocker):
        purposes()
        load_letter_templates(actor=SYSTEM, letters=read_letters(FOLDER))
        yield


@pytest.fixture(autouse=True)
def _letters(loaded, world, settings):
    settings.REPLIES_MAILBOX = MAILBOX


def by_email(world, name="Nasreen Akhtar"):
    """Somebody who said that we may write to them about forums."""
    person = reachable(world, WayDetails("email", f"{name.split()[0].lower()}@example.org"), name=name)
    purpose = Purpose.objects.get(key="invitations")
    given = PermissionDetails(purpose, timezone.localdate(), "She said so")
    record_permission(actor=world.amina, person=person, details=given)
    return person


def sent(world, forum):
    prepare_letters(actor=world.amina, forum=forum)
    queued = send_letters(actor=world.amina, forum=forum)
    send_all()
    return queued


def unfolded(text):
    return text.replace("\r\n ", "")


def test_an_invitation_is_prepared_looked_at_and_sent_once(world):
    mine = an_invitation(world, person=by_email(world))
    made = prepare_letters(actor=world.amina, forum=mine.forum)
    assert [(one.state, one.way) for one in made] == [("draft", "email")]
    assert mine.secret in made[0].text
    assert prepare_letters(actor=world.amina, forum=mine.forum) == [], "One letter waits already."
    done = send_letters(actor=world.amina, forum=mine.forum)
    assert (len(done.queued), len(done.held)) == (1, 0)
    assert sent(world, mine.forum).queued == []
    assert Message.objects.count() == 1


def test_its_calendar_asks_one_person_and_answers_come_back_with_their_secret(world):
    mine = an_invitation(world, person=by_email(world))
    message = prepare_letters(actor=world.amina, forum=mine.forum)[0]
    text = unfolded(message.calendar_text)
    assert message.calendar_method == "REQUEST"
    assert f"UID:{mine.forum.uid}" in text
    assert f"mailto:replies+{mine.secret}@heard.example" in text
    assert text.count("ATTENDEE") == 1


def test_who_gave_no_permission_is_held_back_and_stops_nobody_else(world):
    forum = an_open_forum(world)
    an_invitation(world, forum)
    an_invitation(world, forum, by_email(world))
    done = sent(world, forum)
    assert (len(done.queued), len(done.held)) == (1, 1)
    assert done.held[0].why


def test_a_new_day_reaches_who_was_told_with_a_higher_sequence(world):
    mine = an_invitation(world, person=by_email(world))
    sent(world, mine.forum)
    move_forum(actor=world.amina, forum=mine.forum, on=in_days(61))
    made = prepare_letters(actor=world.amina, forum=mine.forum)
    assert [one.version_used.letter.key for one in made] == ["forum-change"]
    assert "SEQUENCE:1" in made[0].calendar_text


def test_that_it_does_not_take_place_reaches_who_was_told_and_not_who_said_no(world):
    forum = an_open_forum(world)
    first, second = (an_invitation(world, forum, by_email(world, name)) for name in ("Nasreen A", "Halina B"))
    sent(world, forum)
    says(Invitation.objects.get(pk=second.pk), "no")
    cancel_forum(actor=world.amina, forum=forum, reason="The boiler broke")
    made = prepare_letters(actor=world.amina, forum=forum)
    assert [(one.about_id, one.calendar_method) for one in made] == [(first.pk, "CANCEL")]
    assert "The boiler broke" in made[0].text


def test_nobody_is_told_of_a_draft(world):
    with pytest.raises(Blocked, match="Open this forum first"):
        prepare_letters(actor=world.amina, forum=a_forum(world))


def test_who_comes_is_reminded_once(world):
    mine = an_invitation(world, person=by_email(world))
    says(mine, "yes")
    with writing_allowed():
        Forum.objects.filter(pk=mine.forum_id).update(on=timezone.localdate() + timedelta(days=2))
    assert remind_invited(actor=SYSTEM, days=3) == 1
    assert remind_invited(actor=SYSTEM, days=3) == 0
    message = Message.objects.get()
    assert (message.version_used.letter.key, message.drafted_by) == ("forum-reminder", mine.forum.owner)


def test_whoever_gets_a_place_that_came_free_hears_of_it(world):
    forum = an_open_forum(world, capacity=1)
    first = says(a_guest(world, forum))
    says(an_invitation(world, forum, by_email(world)))
    says(first, "no")
    assert Message.objects.get().version_used.letter.key == "forum-place"


def test_a_guest_gets_what_they_answered_by_e_mail_if_they_asked_for_that(world):
    guest = a_guest(world)
    says(guest, reach_by="email", reach_at="halina@example.org", in_full=True)
    message = Message.objects.get()
    assert (message.address, message.version_used.letter.key) == ("halina@example.org", "forum-answer")
    assert "halina" not in message.subject.lower()


def test_a_colleague_prepares_looks_and_sends_on_one_page(world, signed_in):
    mine = an_invitation(world, person=by_email(world))
    page, browser = f"/workspace/forums/{mine.forum_id}/letters/", signed_in(world.amina)
    assert "1 invitation must still hear of it" in browser.get(page).content.decode()
    browser.post(page, {"prepare": "1"})
    shown = browser.get(page).content.decode()
    assert "Nasreen Akhtar" in shown
    assert "E-mail" in shown
    browser.post(page, {"send": "1"})
    assert "1 on their way" in browser.get(page).content.decode()


def test_the_poster_says_in_print_what_its_code_says(world, signed_in, settings):
    forum = an_open_forum(world)
    shown = signed_in(world.amina).get(f"/workspace/forums/{forum.pk}/poster/").content.decode()
    assert "<svg" in shown
    assert f"{settings.SITE_ADDRESS.rstrip('/')}/coming/{forum.pk}/" in shown
    assert 'lang="ur" dir="rtl"' in shown


def test_more_than_fifty_letters_go_on_in_the_background_until_all_are_on_their_way(world, signed_in, monkeypatch):
    monkeypatch.setattr("engagement.forums.actions.telling.AT_ONCE", 2)
    monkeypatch.setattr("engagement.forums.views.letters.AT_ONCE", 2)
    forum = an_open_forum(world)
    for number in range(5):
        an_invitation(world, forum, by_email(world, f"Person{number} Khan"))
    browser, at = signed_in(world.amina), f"/workspace/forums/{forum.pk}/letters/"
    assert "The others follow by themselves" in browser.post(at, {"prepare": "1"}, follow=True).content.decode()
    assert Message.objects.filter(state="draft").count() == 5
    assert "The others follow by themselves" in browser.post(at, {"send": "1"}, follow=True).content.decode()
    assert Message.objects.filter(state="waiting").count() == 5
    assert Invitation.objects.filter(told_sequence=None).count() == 0


def test_whoever_may_not_send_letters_any_more_ends_what_goes_on_in_the_background(world):
    forum = an_invitation(world, person=by_email(world)).forum
    prepare_letters(actor=world.amina, forum=forum)
    assert go_on_with_letters.func(forum=str(forum.pk), actor=str(world.leaver.pk), send=True) == 0
    assert Message.objects.get().state == "draft"


def test_a_worker_that_was_killed_in_the_middle_of_a_long_send_goes_on_by_itself(world, signed_in, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    forum = an_open_forum(world)
    an_invitation(world, forum, by_email(world))
    go_on_with_letters.enqueue(forum=str(forum.pk), actor=str(world.amina.pk), send=False)
    left = DBTaskResult.objects.ready().get()
    left.claim("a worker that is killed now")
    page = f"/workspace/forums/{forum.pk}/letters/"
    assert "They go on by themselves" in signed_in(world.amina).get(page).content.decode()
    assert begin_again() == 0, "It may still run."
    DBTaskResult.objects.update(started_at=timezone.now() - timedelta(minutes=6))
    assert (begin_again(), begin_again()) == (1, 0)
    while (one := DBTaskResult.objects.ready().first()) is not None:
        one.claim("another worker")
        one.set_successful(one.task.func(**one.args_kwargs["kwargs"]))
    assert Message.objects.get().state == "draft"
    assert "They go on by themselves" not in signed_in(world.amina).get(page).content.decode()


def test_background_work_that_fails_is_tried_five_times(world):
    left = DBTaskResult.objects.create(
        args_kwargs={"args": [], "kwargs": {}}, task_path=go_on_with_letters.module_path, backend_name="default",
        run_after=timezone.now(), status="FAILED", finished_at=timezone.now() - timedelta(minutes=2), worker_ids=["a"],
    )  # fmt: skip
    assert begin_again() == 1
    DBTaskResult.objects.filter(pk=left.pk).update(status="FAILED", worker_ids=list("abcde"))
    assert begin_again() == 0
