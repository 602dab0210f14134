"""What a page refuses about a contact the API refuses too, in the same words, and the other way round."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from crm.base.writing import writing_allowed
from engagement.log.models import EngagementEvent, Promise
from tests.api.test_events import EVENTS, told
from tests.engagement.log.test_contact_pages import correction

NOBODY = "00000000-0000-0000-0000-000000000000"
NO_RECORD = "There is no such record, or you may not see it."


def a_day(on, name="occurred_on"):
    return dict(zip((f"{name}_day", f"{name}_month", f"{name}_year"), reversed(on.split("-")), strict=True))


BROKEN = {
    "people, none": ({"reach": [{"people": 0}]}, {"reach-0-people": "0"},
                     "Write a number of 1 or more, or leave it empty"),
    "people, fewer than none": ({"reach": [{"people": -3}]}, {"reach-0-people": "-3"},
                                "Write a number of 1 or more, or leave it empty"),
    "people, too many": ({"reach": [{"people": 200_000}]}, {"reach-0-people": "200000"},
                         "Write a number of 100,000 or less"),
    "people, in words": ({"reach": [{"people": "many"}]}, {"reach-0-people": "many"}, "Write a number, like 12"),
    "another way": ({"kind": "telepathy"}, {"kind": "telepathy"}, "Use one of these: in_person, phone, "),
    "a long place": ({"place": "x" * 201}, {"place": "x" * 201}, "Write at most 200 characters"),
    "no day": ({"occurred_on": "2026-02-31"}, a_day("2026-02-31"), "Enter a real date, like 24 11 2026"),
    "no time": ({"occurred_at": "soon"}, {"occurred_at": "soon"}, "Write a time, like 14:30"),
    "an unknown topic": ({"topics": [NOBODY]}, {"topics": [NOBODY]}, NO_RECORD),
    "a topic that is no id": ({"topics": ["abc"]}, {"topics": ["abc"]}, NO_RECORD),
    "an unknown ward": ({"area": NOBODY}, {"area": NOBODY}, NO_RECORD),
    "a ward that is no id": ({"area": "abc"}, {"area": "abc"}, NO_RECORD),
    "an unknown group": ({"organisations": [NOBODY]}, {"organisations": [NOBODY]}, NO_RECORD),
    "long ago": ({"occurred_on": "1890-01-01"}, a_day("1890-01-01"), "The date must be 1 January 2000 or later"),
    "tomorrow": ({"occurred_on": "2999-01-01"}, a_day("2999-01-01"), "The date must be today or in the past"),
}  # fmt: skip


@pytest.mark.parametrize("what", list(BROKEN))
def test_a_broken_rule_reads_the_same_on_the_page_and_by_the_api(world, caller, signed_in, what):
    by_api, by_page, words = BROKEN[what]
    answer = caller(world.amina, "log").post(EVENTS, told(world, promises=[], **by_api))
    (said,) = {error["detail"] for error in answer.json()["errors"]}
    said = said.replace("2026-11-24", "24 11 2026")  # a day as it is sent, and as it is typed
    assert (answer.status_code, said[: len(words)]) == (400, words)
    event = world.contact()
    page = signed_in(world.amina).post(f"/workspace/contacts/{event.pk}/correct/", correction(event, **by_page))
    assert f"{said}</" in page.content.decode()
    event.refresh_from_db()
    assert event.version == 1


def test_a_way_that_is_none_reads_the_same_where_a_contact_is_logged(world, caller, signed_in):
    answer = caller(world.amina, "log").post(EVENTS, told(world, kind="telepathy"))
    page = signed_in(world.amina).post("/workspace/contacts/new/", {"kind": "telepathy", "topics": [NOBODY]})
    for said in (answer.json()["errors"][0]["detail"], NO_RECORD):
        assert f"{said}</a>" in page.content.decode()


def test_a_time_that_is_still_to_come_is_refused_at_both_doors(world, caller, signed_in):
    with time_machine.travel(timezone.localtime().replace(hour=12, minute=0)):
        later, words = {"occurred_at": "23:59"}, "The time must be now or in the past"
        amina = caller(world.amina, "log")
        answer = amina.post(EVENTS, told(world, **later))
        assert (answer.json()["errors"][0]["pointer"], answer.json()["detail"]) == ("/occurred_at", words)
        event = world.contact()
        page = signed_in(world.amina).post(f"/workspace/contacts/{event.pk}/correct/", correction(event, **later))
        assert f'<a href="#id_occurred_at">{words}</a>' in page.content.decode()
        assert amina.post(EVENTS, told(world, occurred_at="11:59")).status_code == 201


def test_a_promise_is_due_within_ten_years_at_both_doors(world, caller, signed_in):
    today, words = timezone.localdate(), "A promise must be due within 10 years"
    furthest = today.replace(year=today.year + 10, day=min(today.day, 28))
    event, client, amina = world.contact(), signed_in(world.amina), caller(world.amina, "log")
    for due, taken in ((furthest, True), (furthest + timedelta(days=31), False)):
        promise = {"words": "Plant a tree", "due_on": str(due)}
        answer = amina.post("/promises/", {**promise, "event": str(event.pk)})
        assert (answer.status_code == 201) == taken, answer.json()
        page = client.post(f"/workspace/contacts/{event.pk}/promises/new/", promise | a_day(str(due), "due_on"))
        assert (page.status_code == 302) == taken
    assert answer.json()["errors"][0]["detail"] == words
    assert f'<a href="#id_due_on_0">{words}</a>' in page.content.decode()
    assert Promise.objects.count() == 2


def test_only_colleagues_from_here_are_named_as_there_for_us_and_so_read_it(world, caller, signed_in):
    words = "Choose colleagues of the team, or who work in this locality or everywhere"
    elsewhere, amina = world.joe, caller(world.amina, "log")
    answer = amina.post(EVENTS, told(world, officers=[str(elsewhere.pk)]))
    assert (answer.json()["errors"][0]["pointer"], answer.json()["detail"]) == ("/officers", words)
    event = world.contact()
    sent = correction(event, officers=[str(elsewhere.pk)])
    page = signed_in(world.amina).post(f"/workspace/contacts/{event.pk}/correct/", sent)
    assert f'<a href="#id_officers_0">{words}</a>' in page.content.decode()
    assert not EngagementEvent.objects.visible_to(elsewhere).exists()
    for colleague in (world.chen, world.lead, world.manager):  # who work here or everywhere
        assert amina.post(EVENTS, told(world, officers=[str(colleague.pk)])).status_code == 201


def test_whoever_stands_on_a_contact_stays_when_the_rest_is_put_right(world, signed_in):
    event = world.contact(officers=[world.chen])
    with writing_allowed():
        world.chen.grants.all().delete()
    page = signed_in(world.amina).post(f"/workspace/contacts/{event.pk}/correct/", correction(event, place="The hall"))
    assert page.status_code == 302
    assert list(event.officers.all()) == [world.chen]
