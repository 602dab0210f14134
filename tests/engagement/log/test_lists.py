"""Lists an officer narrows down: what the filters say, which day they mean, and where a list was opened from."""

import re
from datetime import timedelta

import pytest
from django.utils.html import escape

from crm.languages.models import Language
from engagement.log.details import PointDetails


def choices_of(html, name):
    found = re.search(rf'<select name="{name}"[^>]*>(.*?)</select>', html, re.S)
    return re.findall(r"<option[^>]*>([^<]*)</option>", found.group(1))


def test_a_filter_nobody_set_reads_all_and_one_that_narrows_says_how(world, signed_in):
    html = signed_in(world.amina).get("/workspace/contacts/?narrow=yes").content.decode()
    assert choices_of(html, "mine") == ["All", "Only mine"]
    assert choices_of(html, "community")[0] == choices_of(html, "kind")[0] == "All"
    assert "---------" not in html
    assert html.count('class="govuk-select"') == html.count("<select")


def test_a_filter_left_alone_is_no_filter(world, signed_in):
    html = signed_in(world.amina).get("/workspace/contacts/?mine=unknown&community=&kind=").content.decode()
    assert "filter on)" not in html


def test_wards_and_localities_are_chosen_apart(world, signed_in):
    html = signed_in(world.amina).get("/workspace/contacts/?narrow=yes").content.decode()
    assert not set(choices_of(html, "area")[1:]) & set(choices_of(html, "locality")[1:])


@pytest.mark.parametrize("written", ["%d/%m/%Y", "%-d/%-m/%Y", "%-d %-m %Y", "%d.%m.%Y", "%Y-%m-%d"])
def test_a_day_is_read_as_people_here_write_it(world, signed_in, written):
    event = world.contact()
    day, client = f"{event.occurred_on:{written}}", signed_in(world.amina)
    found = client.get("/workspace/contacts/", {"occurred_from": day, "occurred_to": day}).context["page"]
    assert list(found) == [event]
    later = f"{event.occurred_on + timedelta(days=1):{written}}"
    assert list(client.get("/workspace/contacts/", {"occurred_from": later}).context["page"]) == []
    saved = client.post("/workspace/contacts/export/", {"occurred_from": day, "occurred_to": day})
    assert str(event.pk) in b"".join(saved.streaming_content).decode()  # the list and its export mean the same day


def test_a_groups_page_leads_to_all_contacts_with_it_and_back_to_logging_one(world, signed_in):
    event = world.contact()
    client = signed_in(world.amina)
    address = f"/workspace/contacts/?organisation={world.group.pk}"
    assert address in client.get(f"/workspace/groups/{world.group.pk}/").content.decode()
    html = client.get(address).content.decode()
    assert f'<h1 class="govuk-heading-l">Contacts with {escape(world.group.name)}</h1>' in html
    assert f"/workspace/contacts/new/?with={world.group.pk}" in html
    assert str(event.pk) in html


def test_the_name_of_a_group_that_is_not_there_never_heads_the_list(world, signed_in):
    client = signed_in(world.amina)
    for wanted in ("x", str(world.contact().pk)):
        assert client.get("/workspace/contacts/", {"organisation": wanted}).context["title"] == "Contacts"


def test_a_contacts_title_names_the_group_so_that_two_of_a_day_differ(world, signed_in):
    event = world.contact()
    title = signed_in(world.amina).get(f"/workspace/contacts/{event.pk}/").context["title"]
    assert title == f"Contact with {world.group.name}, {event.occurred_on:%-d %B %Y}"


def test_only_late_promises_are_one_choice_away(world, signed_in):
    world.promise(days=-4)
    html = signed_in(world.amina).get("/workspace/promises/?late=true&narrow=yes").content.decode()
    assert "4 days late" in html
    assert choices_of(html, "late") == ["All", "Only late"]


def test_a_day_that_is_none_is_said_at_the_top_and_beside_its_box(world, signed_in):
    html = signed_in(world.amina).get("/workspace/contacts/?occurred_from=31/31/2026").content.decode()
    assert "<title>Error: Contacts" in html
    assert html.count("Enter a real date, like 24/11/2026") == 2
    assert 'href="#id_occurred_from"' in html


def test_words_in_another_language_say_so_on_a_groups_page(world, signed_in):
    urdu = Language.objects.get(code="ur")
    said = PointDetails(words="ہمیں ایک عورت چاہیے", language=urdu, translation="We need a woman")
    world.contact(points=[said])
    html = signed_in(world.amina).get(f"/workspace/groups/{world.group.pk}/").content.decode()
    assert 'lang="ur" dir="rtl">ہمیں' in html


def test_a_misspelt_filter_is_named_so_that_nobody_takes_all_for_what_they_asked_for(world, signed_in):
    event = world.contact()
    answer = signed_in(world.amina).get("/workspace/contacts/", {"comunity": world.group.pk, "kind": event.kind})
    assert "There is no filter “comunity” here, so it narrows nothing." in answer.content.decode()
    assert list(answer.context["page"]) == [event]


def test_a_filter_that_is_there_is_not_called_missing(world, signed_in):
    html = signed_in(world.amina).get("/workspace/contacts/?narrow=yes&kind=&mine=true&page=1").content.decode()
    assert "There is no" not in html


@pytest.mark.parametrize("address", ["/workspace/contacts/", "/workspace/communities/", "/workspace/people/"])
def test_a_page_that_is_not_there_is_said_before_the_first_is_shown(world, signed_in, address):
    html = signed_in(world.amina).get(address, {"page": "99999"}).content.decode()
    assert "There is no page 99999. This is page 1." in html


def test_a_link_is_never_written_out_as_it_came(world, signed_in):
    html = signed_in(world.amina).get("/workspace/contacts/", {"<script>": "1"}).content.decode()
    assert "<script>”" not in html
    assert "&lt;script&gt;”" in html


@pytest.mark.parametrize("asked", ["topic=foo", "topic=\0", "topic=00000000-0000-0000-0000-000000000000"])
def test_a_filter_that_names_no_record_says_so_in_plain_words(world, signed_in, asked):
    body = signed_in(world.amina).get(f"/workspace/contacts/?{asked}").content.decode()
    assert "There is no such record, or you may not see it." in body
    for words in ("UUID", "Null characters", "Select a valid choice"):
        assert words not in body


def test_a_yes_or_no_that_says_neither_is_named_and_counts_as_no_filter(world, signed_in):
    world.contact()
    body = signed_in(world.joe).get("/workspace/contacts/?mine=on").content.decode()
    assert "Only mine: “on” is neither yes nor no. So it narrows nothing." in body
    assert "Take all filters away" not in body
    body = signed_in(world.joe).get("/workspace/contacts/?mine=on&late=true&narrow=yes").content.decode()
    assert 'value="on"' not in body
    for said, narrows in (("true", True), ("unknown", False), ("", False)):
        body = signed_in(world.joe).get(f"/workspace/contacts/?mine={said}").content.decode()
        assert ("Take all filters away" in body, "neither yes nor no" in body) == (narrows, False), said


def test_a_link_to_a_record_one_may_not_see_does_not_quietly_show_everything(world, signed_in):
    body = signed_in(world.amina).get("/workspace/contacts/?organisation=00000000-0000-0000-0000-000000000000")
    said = "There is no such record, or you may not see it. So it narrows nothing."
    assert said in body.content.decode()
    assert (
        said not in signed_in(world.amina).get(f"/workspace/contacts/?organisation={world.group.pk}").content.decode()
    )
