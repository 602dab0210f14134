"""The page on which an officer logs a contact."""

from datetime import timedelta
from urllib.parse import urlparse

import pytest
from django.core import signing
from django.utils import timezone

from crm.base.actors import SYSTEM
from crm.base.ids import new_id
from crm.search.actions import rebuild_search
from engagement.log.models import EngagementEvent, Promise

NEW = "/workspace/contacts/new/"


def told(world, **changes):
    """What a phone sends for a contact with a promise."""
    return {
        "key": str(new_id()),
        "who_writes": signing.dumps(str(world.amina.pk), salt="kept_contact"),
        "met": str(world.group.pk),
        "with": str(world.group.pk),
        "when": "today",
        "kind": "in_person",
        "words": "Nobody told us a carer can get help too.",
        "promised": "yes",
        "promise_words": "Send the carers leaflet in Urdu",
        "promise_due": "7",
        **changes,
    }


def test_four_answers_and_a_sentence_make_a_contact_with_a_promise(world, signed_in):
    answer = signed_in(world.amina).post(NEW, told(world), follow=True)
    event = EngagementEvent.objects.get()
    assert "Contact saved." in answer.content.decode()
    assert urlparse(answer.redirect_chain[0][0]).path == f"/workspace/contacts/{event.pk}/"
    promise = Promise.objects.get()
    assert (promise.to_organisation, promise.owner) == (world.group, world.amina)
    assert promise.due_on == timezone.localdate() + timedelta(days=7)


def test_everything_missing_is_said_beside_its_question_and_in_the_title(world, signed_in):
    world.contact()
    page = signed_in(world.amina).post(NEW, {"key": str(new_id())}).content.decode()
    for words in (
        "Select who you met",
        "Write what people told you. One sentence is enough",
        "Select yes if you promised something, or no",
    ):
        assert page.count(words) == 2, words  # once in the summary, once beside the question
    assert "<title>Error: Log a contact" in page
    assert EngagementEvent.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"met": "other", "met_other": " "}, "Write the name of the group or the person’s role"),
        ({"when": "other"}, "Enter a real date, like 24 11 2026"),
        (
            {"when": "other", "occurred_on_day": "31", "occurred_on_month": "2", "occurred_on_year": "2026"},
            "Enter a real date, like 24 11 2026",
        ),
        (
            {"when": "other", "occurred_on_day": "1", "occurred_on_month": "1", "occurred_on_year": "2999"},
            "The date must be today or in the past",
        ),
        ({"words": ""}, "Write what people told you. One sentence is enough"),
        ({"promise_words": ""}, "Write what you promised"),
        ({"promise_due": ""}, "Choose by when you promised it"),
        ({"people_count": "many"}, "Write a number, like 12"),
        ({"met": "00000000-0000-0000-0000-000000000000", "with": ""}, "Select who you met"),
    ],
)
def test_a_broken_rule_is_said_once_beside_the_field_and_nothing_typed_is_lost(world, signed_in, changes, words):
    sent = told(world, **changes)
    page = signed_in(world.amina).post(NEW, sent).content.decode()
    assert page.count(f"{words}</a>") == 1
    for typed in (sent["words"], sent["promise_words"]):
        assert typed in page
    assert not EngagementEvent.objects.exists()


def test_a_double_press_makes_one_contact(world, signed_in):
    client, sent = signed_in(world.amina), told(world)
    first, second = client.post(NEW, sent), client.post(NEW, sent)
    assert first.headers["Location"] == second.headers["Location"]
    assert EngagementEvent.objects.count() == 1


def test_going_back_and_saving_something_else_with_the_same_form_does_not_overwrite(world, signed_in):
    client, sent = signed_in(world.amina), told(world)
    client.post(NEW, sent)
    answer = client.post(NEW, {**sent, "words": "Something else."}, follow=True)
    assert "You saved this contact before" in answer.content.decode()
    assert EngagementEvent.objects.get().points.get().words == sent["words"]


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ("Ring her on 07700 900123", "a phone number"),
        ("She lives at NB1 2AB", "a postcode"),
        ("Her number is 943 476 5919", "an NHS number"),
        ("Write to parveen@example.org", "an e-mail address"),
    ],
)
def test_what_looks_like_a_personal_detail_is_warned_of_and_can_be_saved_anyway(world, signed_in, words, what):
    client, sent = signed_in(world.amina), told(world, words=words)
    page = client.post(NEW, sent).content.decode()
    assert f"You may have written {what}" in page
    assert words in page
    assert not EngagementEvent.objects.exists()
    client.post(NEW, {**sent, "anyway": "yes"})
    assert EngagementEvent.objects.count() == 1


def test_a_save_while_signed_out_survives_signing_in(world, signed_in, client):
    sent = told(world)
    answer = client.post(NEW, sent)
    assert answer.status_code == 302
    client.force_login(world.amina)
    page = client.get(f"{NEW}?kept=1").content.decode()
    assert "You are signed in again" in page
    assert sent["words"] in page
    assert sent["promise_words"] in page
    assert f'value="{sent["key"]}"' in page


def test_what_an_officer_left_behind_is_not_shown_to_the_next_one(world, client):
    client.post(NEW, told(world))
    client.force_login(world.joe)
    page = client.get(f"{NEW}?kept=1").content.decode()
    assert "Nobody told us" not in page


def test_a_group_typed_in_any_case_is_found_and_an_unknown_one_is_kept_in_words(world, signed_in):
    rebuild_search(actor=SYSTEM)
    client = signed_in(world.amina)
    client.post(NEW, told(world, met="other", met_other="al-noor mosque, WOMEN'S group"))
    client.post(NEW, told(world, met="other", met_other="A carer at the library", words="More benches"))
    known, unknown = EngagementEvent.objects.order_by("created_at")
    assert list(known.organisations.all()) == [world.group]
    assert unknown.met_in_words == "A carer at the library"
    assert not unknown.organisations.exists()


def test_the_card_of_a_recent_group_tells_of_its_late_promise_and_what_is_good_to_know(world, signed_in):
    world.promise(days=-4)
    page = signed_in(world.amina).get(NEW).content.decode()
    assert "About Al-Noor Mosque, women&#x27;s group: 1 promise is late" in page
    assert "4 days late" in page
    assert "Shoes off at the door." in page


def test_a_hidden_answer_counts_for_nothing(world, signed_in):
    signed_in(world.amina).post(NEW, told(world, promised="no", when="today", occurred_on_day="1"))
    event = EngagementEvent.objects.get()
    assert not event.promises.exists()
    assert event.occurred_on == timezone.localdate()


def test_the_page_costs_the_same_queries_for_one_recent_group_and_ten(world, signed_in, django_assert_max_num_queries):
    client = signed_in(world.amina)
    for _ in range(10):
        world.contact()
    with django_assert_max_num_queries(20):
        client.get(NEW)


@pytest.mark.parametrize("who", ["analyst", "publisher", "auditor", "leaver", "stranger"])
def test_whoever_meets_nobody_is_refused(world, signed_in, who):
    assert signed_in(getattr(world, who)).get(NEW).status_code == 403


def test_a_name_with_an_emoji_right_to_left_words_and_ten_thousand_letters_are_handled(world, signed_in):
    client = signed_in(world.amina)
    client.post(NEW, told(world, words="😀 ہمیں مدد چاہیے"))
    assert EngagementEvent.objects.get().points.get().words == "😀 ہمیں مدد چاہیے"
    page = client.post(NEW, told(world, words="x" * 10_000)).content.decode()
    assert "at most 5000 characters" in page


def test_words_that_are_too_long_are_given_back_whole_and_no_browser_cuts_them_off(world, signed_in):
    client, pasted = signed_in(world.amina), "They said it again. " * 325
    assert "maxlength" not in client.get(NEW).content.decode()
    page = client.post(NEW, told(world, words=pasted)).content.decode()
    assert '<a href="#id_words">Write at most 5000 characters' in page
    assert pasted in page


def test_whoever_has_met_nobody_yet_types_the_name_at_once(world, signed_in):
    client = signed_in(world.amina)
    page = client.get(NEW).content.decode()
    assert "Type the group’s name" in page
    assert 'type="radio" name="met"' not in page
    assert page.index('id="id_met_other"') < page.index('name="when"')
    page = client.post(NEW, told(world, met="other", met_other="", **{"with": ""})).content.decode()
    assert '<a href="#id_met_other">Write the name of the group or the person’s role</a>' in page
    client.post(NEW, told(world, met="other", met_other="A carer at the library", **{"with": ""}))
    assert EngagementEvent.objects.get().met_in_words == "A carer at the library"
