"""Odd words through every door about forums: too much, other scripts, formulas, and what looks like markup."""

from __future__ import annotations

import csv
import io

import pytest
from django.core import mail
from django.test import Client

from crm.access.models import NeedType
from crm.base.writing import writing_allowed
from crm.sending import delivery
from crm.sending.models import LetterVersion, Message
from engagement.forums.models import Arrangement, Forum, Invitation
from engagement.needs.reports import whole_year
from tests.api.conftest import Caller, token_for
from tests.crm.people.test_pages import words_on
from tests.crm.sending.helpers import letters, reachable
from tests.engagement.forums.coming import an_arrangement
from tests.engagement.forums.helpers import in_days, offers
from tests.engagement.forums.holding import held
from tests.engagement.forums.inviting import a_guest, an_invitation

ODD = "=1+1 \u202egnirts\u202c \u06cc\u0648\u0633\u0641 \U0001f642 <b>bold</b> {{ 7 }} %s {name}"
SHOWN = "&lt;b&gt;bold&lt;/b&gt;"
TOO_MUCH = "x" * 10_000_000


def first_page(world, **changes):
    day = in_days(60)
    plain = {"title": "Care at home", "on_day": day.day, "on_month": day.month, "on_year": day.year, "starts": "1:30pm",
             "ends": "3:30pm", "how_often": "once", "locality": str(world.east.pk), "go": "later"}  # fmt: skip
    return {**plain, **changes}


def test_ten_megabytes_are_refused_at_every_door_and_nothing_is_saved(world, signed_in):
    offers(world)
    amina, caller, anybody = signed_in(world.amina), Caller(token_for(world.amina).name), Client()
    mine, guest, letter = an_invitation(world), a_guest(world), letters(world)
    row, person = an_arrangement(world), reachable(world)
    today, known = held(world).pk, Forum.objects.count()
    doors = [
        amina.post("/workspace/forums/new/", first_page(world, title=TOO_MUCH)),
        anybody.post(f"/coming/my/{mine.secret}/all/", {"answer": "yes", "help_words": TOO_MUCH}),
        anybody.post(f"/coming/my/{guest.secret}/questions/say/", {"to_say": TOO_MUCH}),
        amina.post(f"/workspace/people/{person.pk}/write/", {"letter": str(letter.pk), "words": TOO_MUCH}),
        signed_in(world.lead).post(f"/workspace/letters/{letter.pk}/words/", {"subject": "Hi", "body": TOO_MUCH}),
        amina.post(f"/workspace/arrangements/{row.pk}/book/", {"version": "", "supplier": TOO_MUCH}),
        *(
            amina.post(f"/workspace/forums/{today}/{page}/", {"words": TOO_MUCH})
            for page in ("capture", "desk", "close")
        ),
        caller.post("/forums/", {"title": TOO_MUCH}),
        caller.post("/messages/", {"values": {"words": TOO_MUCH}}),
    ]
    assert {answer.status_code for answer in doors} <= {400, 413}
    assert not Message.objects.exists()
    assert Forum.objects.count() == known
    assert Invitation.objects.get(pk=mine.pk).answer == "none"


def test_a_field_that_is_too_long_says_so_and_keeps_what_was_typed(world, signed_in):
    offers(world)
    amina, long = signed_in(world.amina), "\U0001f642" * 5_001
    page = words_on(amina.post("/workspace/forums/new/", first_page(world, title=long)))
    assert page.startswith("<!DOCTYPE html>")
    assert "150" in page
    assert long in page
    mine = an_invitation(world)
    page = words_on(Client().post(f"/coming/my/{mine.secret}/all/", {"answer": "yes", "help_words": long}))
    assert long in page
    assert Invitation.objects.get(pk=mine.pk).answer == "none"


def test_odd_words_about_a_forum_stay_words_on_pages_in_calendars_and_in_the_api(world, signed_in):
    offers(world)
    amina, caller = signed_in(world.amina), Caller(token_for(world.amina).name)
    odd = f"{ODD}\r\nBEGIN:VEVENT"
    amina.post("/workspace/forums/new/", first_page(world, title=ODD))
    forum = Forum.objects.get()
    assert forum.title == ODD
    assert SHOWN in words_on(amina.get(f"/workspace/forums/{forum.pk}/"))
    caller.patch(f"/forums/{forum.pk}/", {"about": odd, "place_words": ODD}, match=f'"{forum.version}"')
    amina.post(f"/workspace/forums/{forum.pk}/open/", {"version": ""})
    assert Forum.objects.get().was_published
    told = caller.get(f"/forums/{forum.pk}/").json()
    assert (told["title"], told["place_words"]) == (ODD, ODD)
    calendar = Client().get(f"/calendars/forum/{forum.pk}.ics").content.decode()
    assert calendar.count("BEGIN:VEVENT\r\n") == 1
    assert "\u06cc\u0648\u0633\u0641" in calendar.replace("\r\n ", "")


def test_odd_words_in_an_answer_reach_the_office_as_words(world, signed_in):
    offers(world)
    mine = a_guest(world)
    said = {"answer": "yes", "guest_name": ODD, "reach_by": "email", "reach_at": "a@b.example", "help_words": ODD,
            "keep_needs": "delete"}  # fmt: skip
    assert Client().post(f"/coming/my/{mine.secret}/all/", said).status_code == 302
    mine.refresh_from_db()
    assert mine.guest_name == mine.help_words == ODD
    amina = signed_in(world.amina)
    for page in (
        f"/workspace/invitations/{mine.pk}/",
        f"/workspace/forums/{mine.forum_id}/",
        "/workspace/arrangements/",
    ):
        text = words_on(amina.get(page))
        assert "<b>bold</b>" not in text, page
    assert SHOWN in words_on(amina.get(f"/workspace/invitations/{mine.pk}/"))
    for nul in ("guest_name", "help_words"):
        page = words_on(Client().post(f"/coming/my/{mine.secret}/all/", {**said, nul: "a\x00b"}))
        assert "There is a problem" in page


def test_odd_words_in_a_message_and_a_letter_are_no_markup_no_placeholder_and_no_header(world, signed_in):
    letter, person = letters(world), reachable(world)
    amina = signed_in(world.amina)
    words = f"{ODD}\n\n[Press](https://evil.example) {{answer_link}}\nBcc: all@b.example"
    amina.post(f"/workspace/people/{person.pk}/write/", {"letter": str(letter.pk), "words": words})
    message = Message.objects.get()
    assert SHOWN in message.html
    assert "<a href" not in message.html
    assert ODD in message.text
    amina.post(f"/workspace/sending/{message.pk}/send/")
    delivery.send_all()
    assert mail.outbox[-1].to == ["parveen@example.org"]
    assert mail.outbox[-1].bcc == []
    lead, door = signed_in(world.lead), f"/workspace/letters/{letter.pk}/words/"
    said = {"format": "standard", "subject": "Hi\nBcc: all@b.example", "body": "Hello {name.__class__} {nobody}"}
    page = words_on(lead.post(door, said))
    assert "{nobody} is not known here" in page
    assert "{name.__class__}" in page
    assert LetterVersion.objects.filter(letter=letter, subject__contains="Bcc").count() == 0


@pytest.mark.parametrize("name", ["=1+1", "\u200b=HYPERLINK(1)", "\uff0bcmd"])
def test_no_cell_of_the_arrangements_file_runs_as_a_formula(world, signed_in, settings, name):
    settings.SMALL_NUMBERS_UNDER = 0
    row = an_arrangement(world)
    day = whole_year()[1]
    with writing_allowed():
        NeedType.objects.filter(pk=row.need.type_id).update(name=name)
        Forum.objects.filter(pk=row.forum_id).update(on=day)
        Arrangement.objects.update(supplier=name)
    answer = signed_in(world.lead).post("/workspace/reports/arrangements/export/", {})
    cells = [cell for line in csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig")))
             for cell in line]  # fmt: skip
    assert f"'{name}" in cells
    assert name not in cells
