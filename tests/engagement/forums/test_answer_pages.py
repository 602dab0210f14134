"""The pages on which people answer: by link or on the open page, in English and Urdu, all at once or one by one."""

from __future__ import annotations

import gettext
import re

import polib
import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from crm.access.actions import record_need
from crm.access.details import NeedDetails
from crm.base.writing import writing_allowed
from crm.people.models import Person
from engagement.forums import words
from engagement.forums.models import Invitation
from tests.crm.access.helpers import a_need
from tests.engagement.forums.helpers import offers
from tests.engagement.forums.inviting import a_guest, an_invitation, an_open_forum, help_of, says

FOLDER = settings.BASE_DIR / "engagement/locale/ur/LC_MESSAGES"


@pytest.fixture
def browser() -> Client:
    return Client()


def link(invitation, more="", lang=""):
    return f"/coming/my/{invitation.secret}/{more}" + (f"?lang={lang}" if lang else "")


def test_somebody_answers_one_question_at_a_time_and_hears_what_happens_next(world, browser):
    forum = an_open_forum(world)
    browser.post(f"/coming/{forum.pk}/")
    mine = Invitation.objects.get(forum=forum)
    said = {
        "coming": {"answer": "yes"},
        "name": {"guest_name": "Halina"},
        "reach": {"reach_by": "text", "reach_at": "07700 900123"},
        "help": {"help_understanding": ["bsl-interpreter"], "help_words": "No bright light"},
        "guests": {"guests_supporters": "1", "guests_others": ""},
        "keep": {"keep_needs": "delete"},
    }
    where = link(mine, "questions/coming/")
    for key, data in said.items():
        assert where.endswith(f"questions/{key}/")
        assert browser.get(where).status_code == 200
        answer = browser.post(where, data)
        assert answer.status_code == 302, answer.context["form"].errors
        where = answer.url
    page = browser.get(where).content.decode()
    assert "Thank you. We look forward to meeting you" in page
    assert "BSL interpreter" in page
    assert "everything you need is booked" in page
    mine = Invitation.objects.get(pk=mine.pk)
    assert (mine.guest_name, mine.reach_at, mine.heads, mine.answered_in_full) == ("Halina", "+447700900123", 2, True)


def test_all_on_one_page_is_the_same_answer(world, browser):
    mine = an_invitation(world)
    page = browser.get(link(mine, "all/")).content.decode()
    assert "What name shall we use?" not in page, "We know the name: it is not asked again."
    data = {"answer": "maybe", "help_getting_there": ["transport"], "guests_others": "2", "keep_needs": "delete"}
    assert browser.post(link(mine, "all/"), data).status_code == 302
    mine = Invitation.objects.get(pk=mine.pk)
    assert (mine.answer, mine.answered_how, mine.guests_others) == ("maybe", "page", 2)
    assert [one.type.key for one in mine.help_asked.all()] == ["transport"]


def test_who_cannot_come_is_asked_what_they_want_to_say_and_no_more(world, browser):
    mine = an_invitation(world)
    answer = browser.post(link(mine, "questions/coming/"), {"answer": "cannot_but_say"})
    assert answer.url.endswith("questions/say/")
    answer = browser.post(answer.url, {"to_say": "Ring before you come."})
    assert answer.url == link(mine)
    assert "one working day" in browser.get(answer.url).content.decode()


def test_nothing_typed_is_lost_and_errors_speak_plainly(world, browser):
    mine = a_guest(world)
    data = {"guest_name": "Halina", "reach_by": "phone", "reach_at": "abc", "help_words": "No nuts"}
    page = browser.post(link(mine, "all/"), data).content.decode()
    assert "Tell us if you are coming" in page
    assert "Write a phone number, like 07700 900123" in page
    assert "No nuts" in page
    for word in ("invalid", "required", "field"):
        assert word not in re.sub(r"<[^>]*>", " ", page).lower()


def test_what_they_let_us_keep_is_ticked_and_what_may_not_be_shared_is_not(world, browser):
    mine = an_invitation(world)
    for key, share in (("quiet-room", "yes"), ("bsl-interpreter", "no")):
        kind = help_of(key)[0]
        record_need(actor=world.amina, person=world.person, details=NeedDetails(type=kind, may_share=share))
    page = browser.get(link(mine, "questions/help/")).content.decode()
    ticked = re.findall(r'value="([\w-]+)"[^>]*checked', page)
    assert ticked == ["quiet-room"]
    assert "We have ticked what you told us before" in page


def test_what_is_there_already_is_said_first(world, browser):
    mine = an_invitation(world, an_open_forum(world, offers=offers(world, "hearing-loop")))
    assert "Hearing loop" in browser.get(link(mine, "questions/help/")).content.decode()


def test_the_pages_speak_urdu_from_right_to_left_with_a_warning_until_a_speaker_checked_them(world, browser, settings):
    mine = an_invitation(world)
    settings.SHOW_UNREVIEWED_LANGUAGES = False
    assert '<html lang="en"' in browser.get(link(mine, lang="ur")).content.decode()[:80]
    settings.SHOW_UNREVIEWED_LANGUAGES = True
    page = browser.get(link(mine, "questions/coming/", "ur")).content.decode()
    assert '<html lang="ur" dir="rtl"' in page
    assert "کیا آپ آ رہے ہیں؟" in page
    assert "مشین نے ترجمہ" in page
    answer = browser.post(link(mine, "questions/coming/", "ur"), {})
    assert "ہمیں بتائیں کہ کیا آپ آ رہے ہیں" in answer.content.decode()
    answer = browser.post(link(mine, "questions/coming/", "ur"), {"answer": "yes"})
    assert answer.url.endswith("lang=ur")


def test_the_secret_leaves_through_no_header_and_nothing_is_kept(world, browser):
    answer = browser.get(link(an_invitation(world)))
    assert answer.headers["Cache-Control"] == "no-store, private"
    assert answer.headers["Referrer-Policy"] == "strict-origin"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert not answer.cookies.get("sessionid")


def test_a_wrong_link_and_a_stopped_person_get_the_same_page(world, browser):
    mine = an_invitation(world)
    with writing_allowed():
        Person.objects.filter(pk=world.person.pk).update(stopped_on=timezone.localdate())
    assert browser.get(link(mine)).status_code == browser.get("/coming/my/nobodys/").status_code == 404


def test_a_forum_that_is_not_for_anybody_has_no_public_page(world, browser):
    assert browser.get(f"/coming/{an_open_forum(world, is_public=False).pk}/").status_code == 404


def test_the_link_to_join_online_is_only_for_who_said_they_come(world, browser):
    forum = an_open_forum(world, mode="both", online_link="https://meet.example/room")
    mine = an_invitation(world, forum)
    for where in (f"/coming/{forum.pk}/", link(mine), link(mine, "forum.ics")):
        assert "meet.example" not in browser.get(where).content.decode()
    says(mine, "yes")
    assert "meet.example" in browser.get(link(mine)).content.decode()
    assert "meet.example" in browser.get(link(mine, "forum.ics")).content.decode().replace("\r\n ", "")


def test_every_word_of_these_pages_is_there_in_urdu():
    rooms = ("forums/words.py", "coproduction/telling/words.py", "coproduction/projects/words.py")
    source = "".join((settings.BASE_DIR / "engagement" / room).read_text() for room in rooms)
    marked = {re.sub(r'"\s+"', "", one) for one in re.findall(r'_\(\s*"([^)]+)"\s*\)', source)}
    catalogue = gettext.translation("django", settings.BASE_DIR / "engagement/locale", languages=["ur"])
    assert len(marked) > 100
    assert not {one for one in marked if catalogue.gettext(one) == one}
    readable = {one.msgid: one.msgstr for one in polib.pofile(str(FOLDER / "django.po"))}
    assert readable == {one.msgid: one.msgstr for one in polib.mofile(str(FOLDER / "django.mo"))}
    assert set(words.TONGUES.codes) == {"en", "ur"}


def test_whoever_needs_easy_read_gets_a_picture_beside_each_thought_and_can_change_that(world, browser):
    mine = an_invitation(world)
    start = f"/coming/my/{mine.secret}/"
    assert "heard-pictured" not in browser.get(f"{start}all/").content.decode()
    a_need(world, "easy-read", person=world.person)
    for part, pictures in (("", 3), ("questions/coming/", 1), ("questions/help/", 1)):
        shown = browser.get(start + part).content.decode()
        assert shown.count("heard-row__picture") >= pictures
        assert 'class="heard-easy"' in shown
    assert shown.count("heard-pictured") > 20
    after = browser.post(f"{start}questions/coming/", {"answer": "yes"})
    assert browser.get(after["Location"]).content.decode().count("heard-pictured") > 20
    assert "heard-easy" not in browser.get(f"{start}?easy=0").content.decode()
    next_page = browser.post(f"{start}questions/coming/?easy=0", {"answer": "yes"})["Location"]
    assert "heard-easy" not in browser.get(next_page).content.decode()
    anybody = browser.get(f"/coming/{mine.forum_id}/?easy=1").content.decode()
    assert anybody.count("heard-row__picture") >= 3
