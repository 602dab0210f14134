"""The text of a public entry is kept by all it is made of: whatever a calendar says changes in it at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta

import pytest
from django.test import Client, override_settings

from crm.areas.models import Council
from crm.base.writing import writing_allowed
from crm.languages.models import Language
from crm.venues.models import Venue, VenueFact
from engagement.forums.actions.calendars import make_calendar_link
from engagement.forums.actions.forums import cancel_forum, move_forum, open_forum, skip_date
from engagement.forums.calendars.writing import feed_text
from engagement.forums.details import OfferDetails
from engagement.forums.models import Forum, ForumOffer, Invitation, OfferKind, Series
from engagement.forums.reports.calendar_choices import WAYS_TO_CHOOSE
from engagement.forums.reports.calendars import items_of, public_feed, text_of
from engagement.log.models import Topic
from tests.engagement.forums.helpers import a_public_forum, a_series, in_days, offers

ALL_FORUMS = WAYS_TO_CHOOSE["all"]("forums")


def feed():
    return public_feed(ALL_FORUMS, uid="all", address="https://heard.example/all.ics")


def calendar() -> bytes:
    return feed_text(feed())


def made_of_entries() -> bytes:
    """The same calendar without any text that was kept."""
    return feed_text(replace(feed(), items=items_of(Forum.objects.public(), Council.objects.first())))


def rows(model, **values):
    """Rows changed behind the back of every action, their stamps too: nothing tells that they changed."""
    return lambda: model.objects.update(**values)


CHANGES = {
    "title": rows(Forum, title="Care at night"),
    "about": rows(Forum, about="Bring a friend; or come alone, as you like."),
    "day": rows(Forum, on=in_days(75)),
    "start": rows(Forum, starts=time(13, 0)),
    "end": rows(Forum, ends=time(16, 0)),
    "online": rows(Forum, mode="online"),
    "both": rows(Forum, mode="both"),
    "place in words": rows(Forum, place_words="Side door"),
    "no venue": rows(Forum, venue=None),
    "number of changes": rows(Forum, sequence=7),
    "cancelled": rows(Forum, state="cancelled"),
    "planned again": rows(Forum, state="draft"),
    "not for everybody": rows(Forum, is_public=False),
    "never published": rows(Forum, was_published=False),
    "venue's name": rows(Venue, name="Mill Lane Centre"),
    "venue's address": rows(Venue, address="2 Mill Lane"),
    "venue on the map": rows(Venue, map_point="53.8, -1.54"),
    "what is known of the venue": rows(VenueFact, answer="no"),
    "words about the venue": rows(VenueFact, words="Ring the bell"),
    "nothing known of the venue": lambda: VenueFact.objects.all().delete(),
    "another thing known of it": lambda: VenueFact.objects.create(
        venue=Venue.objects.get(), about="wifi", answer="yes", checked_on=in_days(0),
        checked_by=Forum.objects.first().owner,
    ),
    "offer's name": lambda: OfferKind.objects.filter(key="childcare").update(name="Somebody to mind children"),
    "offer's place in the list": lambda: OfferKind.objects.filter(key="bsl-interpreters").update(order=999),
    "language of an offer": lambda: ForumOffer.objects.update(language=None),
    "name of a language": rows(Language, name="Another"),
    "no offers": lambda: ForumOffer.objects.all().delete(),
    "topic's name": rows(Topic, name="Money"),
    "no topic": lambda: Forum.topics.through.objects.all().delete(),
    "council's name": rows(Council, name="Southbrook"),
    "council's mailbox": rows(Council, contact_email="say@southbrook.example"),
    "council's telephone": rows(Council, contact_phone="0113 496 0199"),
}  # fmt: skip


@pytest.fixture
def forum(world):
    kinds = [offers(world, "bsl-interpreters", "childcare")[0].kind, OfferKind.objects.get(key="childcare")]
    told = [OfferDetails(kinds[0], world.urdu), OfferDetails(kinds[1])]
    return a_public_forum(world, topics=[world.topic], about="What helps at home.", offers=told)


@pytest.mark.parametrize("what", CHANGES)
def test_what_a_calendar_says_changes_with_everything_it_is_made_of(what, world, forum):
    before = calendar()
    assert before == calendar() == made_of_entries()
    with writing_allowed():
        CHANGES[what]()
    after = calendar()
    assert after != before, what
    assert after == made_of_entries(), what


def test_a_calendar_changes_with_the_address_of_the_site(world, forum):
    before = calendar()
    with override_settings(SITE_ADDRESS="https://elsewhere.example"):
        assert b"https://elsewhere.example/" in calendar()
        assert calendar() == made_of_entries()
    assert calendar() == before


def test_a_series_changes_with_each_of_its_dates_and_with_those_it_leaves_out(world):
    series = a_series(world)
    dates = list(Forum.objects.filter(series=series).order_by("original_on"))
    opened = [open_forum(actor=world.amina, forum=date) for date in (*dates[:2], *dates[4:])]
    changes = {
        "one more is opened": lambda: open_forum(actor=world.amina, forum=dates[2]),
        "one is skipped": lambda: skip_date(actor=world.amina, forum=dates[3]),
        "one is moved": lambda: move_forum(actor=world.amina, forum=opened[1], on=opened[1].on + timedelta(days=1)),
        "one is cancelled": lambda: cancel_forum(actor=world.amina, forum=opened[2], reason="Too few"),
        "all start later": lambda: [model.objects.update(starts=time(14)) for model in (Forum, Series)],
        "it has another name to calendars": lambda: Series.objects.update(uid="another"),
    }  # fmt: skip
    for what, change in changes.items():
        before = calendar()
        with writing_allowed():
            change()
        assert calendar() == made_of_entries(), what
        assert calendar() != before or what == "one is skipped", what  # it was never published


def test_when_one_forum_changes_only_its_text_is_made(world, forum):
    for number in range(4):
        a_public_forum(world, title=f"Forum {number}", on=in_days(70 + number))
    calendar()
    made = text_of.cache_info().misses
    with writing_allowed():
        Forum.objects.filter(pk=forum.pk).update(title="Care at night")
    calendar()
    assert text_of.cache_info().misses == made + 1


def test_no_text_of_a_private_calendar_is_kept_and_no_public_one_reads_how_to_join(world):
    link = make_calendar_link(actor=world.amina, person=world.person)
    forum = a_public_forum(world, mode="both", online_link="https://meet.example/secret")
    with writing_allowed():
        Invitation.objects.create(forum=forum, person=world.person)
    text_of.cache_clear()
    assert b"meet.example" in Client().get(f"/calendars/my/{link.secret}.ics").content.replace(b"\r\n ", b"")
    assert text_of.cache_info().currsize == 0
    assert b"meet.example" not in calendar()
    assert text_of.cache_info().currsize == 1


def test_odd_letters_in_what_is_known_of_a_venue_break_no_calendar(world, forum):
    with writing_allowed():
        VenueFact.objects.update(words="a\x1eb\x1fc")
    assert b"a b" not in calendar()
    assert b"(ab c)" in calendar().replace(b"\r\n ", b"")
