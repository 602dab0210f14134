"""Possible clashes: bank holidays, faith days, school holidays, meetings and other forums, each with its source."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from crm.base.actors import SYSTEM
from crm.base.rules import InputBlocked
from crm.base.tables import Line
from crm.organisations.actions import add_service
from crm.organisations.details import ServiceDetails
from engagement.forums.actions.lists import load_calendar_days, load_offer_kinds
from engagement.forums.files import DAYS, read_calendar_days, shipped_offer_kinds
from engagement.forums.models import CalendarDay, OfferKind
from engagement.forums.reports.clashes import Planned, check_dates, clashes_on
from engagement.forums.reports.faith import bank_holidays, islamic_days
from engagement.forums.reports.missing import who_is_missing
from tests.engagement.forums.helpers import a_forum, a_series, in_days, offers

YEAR = (date(2027, 1, 1), date(2027, 12, 31))


def test_the_libraries_know_the_days_of_2027():
    assert date(2027, 3, 29) in {day.first for day in bank_holidays(*YEAR)}  # Easter Monday
    found = {day.name: day.first for day in islamic_days(*YEAR) if YEAR[0] <= day.first <= YEAR[1]}
    assert found["Eid al-Fitr"] == date(2027, 3, 9)
    assert found["Eid al-Adha"] == date(2027, 5, 16)
    assert found["Ramadan"] == date(2027, 2, 8)


def _clashes(world, *days):
    planned = Planned(world.east, time(13, 30), time(15, 30), {world.amina.pk})
    return clashes_on(days, planned, reader=world.amina)


def test_a_day_that_the_moon_decides_is_expected_on_or_near(world):
    eve, day, after = (date(2027, 3, number) for number in (8, 9, 12))
    found = _clashes(world, eve, day, after)
    assert "Eid al-Fitr is expected on or near this day." in {clash.words for clash in found[day]}
    assert "Eid al-Fitr is expected on or near this day." in {clash.words for clash in found[eve]}
    assert found[after] == []
    assert all(clash.source for clash in found[day])


def _line(**values):
    plain = {
        "name": "Diwali",
        "kind": "faith",
        "first_day": "2027-10-29",
        "last_day": "",
        "near": "yes",
        "source": "us",
    }
    return Line("days.csv", 2, {**plain, **values})


def test_a_councils_own_days_are_loaded_once_and_told_with_their_source(world):
    assert load_calendar_days(actor=SYSTEM, lines=[_line()]) == 1
    assert load_calendar_days(actor=SYSTEM, lines=[_line()]) == 0
    words = {clash.words for clash in _clashes(world, date(2027, 10, 28))[date(2027, 10, 28)]}
    assert words == {"Diwali is expected on or near this day."}


@pytest.mark.parametrize(
    ("values", "words"),
    [({"source": ""}, "its source"), ({"kind": "moon"}, "must be one of"), ({"first_day": "29/10/2027"}, "first day")],
)
def test_a_wrong_line_is_told_by_its_number_and_nothing_is_loaded(world, values, words):
    with pytest.raises(InputBlocked, match=f"line 2: .*{words}"):
        load_calendar_days(actor=SYSTEM, lines=[_line(), _line(**values)])
    assert not CalendarDay.objects.exists()


def test_a_file_of_days_has_its_columns(tmp_path):
    path = tmp_path / "days.csv"
    path.write_text(",".join(DAYS) + "\nDiwali,faith,2027-10-29,2027-10-29,yes,us\n", encoding="utf-8")
    assert read_calendar_days(path)[0]["name"] == "Diwali"


def test_kinds_of_offer_are_loaded_once_with_the_needs_they_answer(world):
    offers(world)
    assert load_offer_kinds(actor=SYSTEM, lines=shipped_offer_kinds()) == 0
    kind = OfferKind.objects.get(key="bsl-interpreters")
    assert kind.need_types.filter(key="bsl-interpreter").exists()


def test_what_a_group_does_on_that_weekday_is_told_in_its_own_words(world):
    details = ServiceDetails(name="Advice", when="Tuesdays 10 to 12")
    add_service(actor=world.amina, organisation=world.group, details=details)
    tuesday, wednesday = date(2027, 6, 15), date(2027, 6, 16)
    found = _clashes(world, tuesday, wednesday)
    assert any("Advice (Tuesdays 10 to 12)" in clash.words for clash in found[tuesday])
    assert not any("Advice" in clash.words for clash in found[wednesday])


def test_another_forum_of_the_same_people_is_told_and_one_nobody_may_see_is_not(world):
    a_forum(world, actor=world.amina, locality=world.south, title="Elsewhere", on=in_days(60))
    mine = a_forum(world, actor=world.amina, on=in_days(60))
    words = [clash.words for clash in check_dates([mine], reader=world.amina)[0].clashes]
    assert any("‘Elsewhere’ is at this time in South. Amina looks after both." in line for line in words)
    words = [clash.words for clash in check_dates([mine], reader=world.chen)[0].clashes]
    assert not any("Elsewhere" in line for line in words)


def test_the_dates_of_one_series_do_not_clash_with_each_other_and_a_week_later_is_offered(world):
    series = a_series(world, dates=12)
    checked = check_dates(list(series.forums.for_page()), reader=world.amina)
    assert not any("Care at home" in clash.words for date_ in checked for clash in date_.clashes)
    for date_ in checked:
        assert date_.try_instead in (None, date_.on + timedelta(days=7))


def test_who_is_missing_shows_every_community_zeros_too_and_never_heard_first(world):
    world.contact()  # the group of the East is led by the Kashmiri community
    forum = a_forum(world, communities=[world.nested])
    found = {row.community: row for row in who_is_missing(forum).rows}
    assert found[world.community].contacts == 1
    assert found[world.nested].contacts == 0
    assert found[world.nested].meant
    assert next(iter(who_is_missing(forum).rows)).contacts == 0
