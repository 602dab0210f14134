"""The quick choices under "Who did you meet?": whom this officer met last, and what is said beside each."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from engagement.log.reports import recent_for

NEW = "/workspace/contacts/new/"


def days_ago(days):
    return timezone.localdate() - timedelta(days=days)


def test_twenty_contacts_with_one_group_do_not_push_the_one_before_away(world):
    world.contact(organisations=[world.south_group], occurred_on=days_ago(60))
    for day in range(21):
        world.contact(occurred_on=days_ago(day))
    assert recent_for(world.amina) == [world.group, world.south_group]


def test_somebody_met_alone_is_among_them_and_whoever_was_met_in_a_group_is_not(world):
    world.contact(organisations=[], people=[world.person], occurred_on=days_ago(1))
    world.contact(people=[world.person])
    assert recent_for(world.amina) == [world.group, world.person]


def test_the_day_beside_a_choice_is_the_day_on_its_card_whoever_of_us_was_there(world, signed_in):
    world.contact(occurred_on=days_ago(9))
    world.contact(actor=world.lead, occurred_on=days_ago(2))
    html = signed_in(world.amina).get(NEW).content.decode()
    newest, older = (f"{days_ago(days):%-d %b}" for days in (2, 9))
    assert html.count(f"Last contact {newest}") == 1
    assert f"Last contact {older}" not in html
