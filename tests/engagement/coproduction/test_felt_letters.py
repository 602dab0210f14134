"""Asking how it felt by letter: to many at once, by their safe way; no store knows whose link is whose."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from crm.base.actors import SYSTEM
from crm.base.permissions import Refused
from crm.base.rules import Blocked
from crm.base.writing import writing_allowed
from crm.languages.dates import day_in_words
from crm.people.models import ContactWay
from crm.sending.actions import check_letter_version, decide_message
from crm.sending.delivery import as_email, send_all
from crm.sending.models import LetterTemplate, Message
from engagement.coproduction.projects.actions.felt import answer_felt, forget_felt_links, take_felt_links
from engagement.coproduction.projects.actions.felt_letters import draft_felt_letters, send_felt_letters
from engagement.coproduction.projects.letters_about import ABOUT, BY_MAIL, HAND_OVER, OVER, PUT, WITH_SLIP
from engagement.coproduction.projects.links import LETTERS, digest_of, mailed_secret, round_of_mailed
from engagement.coproduction.projects.models import FeltLink, FeltRound, FeltSpent, FeltTally
from engagement.coproduction.projects.reports.letters import letters_of
from tests import grounds
from tests.crm.sending.helpers import LETTER, PHONE, reachable, speaks
from tests.engagement.coproduction.helpers import (
    a_place,
    a_project,
    a_round,
    asked_by_letter,
    letters_of_rounds,
    rung,
)

pytestmark = pytest.mark.django_db
State = Message.State


def later(days: int) -> Any:
    """So many days from now."""
    return time_machine.travel(timezone.now() + timedelta(days=days))


IN_A_MAIL = re.compile(r"/felt/([a-z2-7]+)/")


def _sent(world: Any, asked: Any) -> None:
    send_felt_letters(actor=world.amina, round=asked)
    send_all()


def _links() -> list[str]:
    """The secrets that came by e-mail: one in each, the same in its text and in its page."""
    found = []
    for email in mail.outbox:
        (secret,) = set(IN_A_MAIL.findall(f"{email.body} {email.alternatives[0][0]}"))
        found.append(secret)
    return found


@pytest.fixture(scope="class")
def drafted(django_db_setup, django_db_blocker):
    """A round, and letters to ten people, written once for the tests that go on from there."""
    with grounds.with_more(django_db_blocker) as world:
        yield asked_by_letter(world)


@pytest.fixture
def asked(drafted, world):
    """The round, as an object of the test's own."""
    return FeltRound.objects.get(pk=drafted.pk)


class TestTenWereWrittenTo:
    def test_each_e_mail_holds_a_link_of_its_own_that_works_once(self, world, asked):
        _sent(world, asked)
        links = _links()
        assert len(set(links)) == 10
        secret, chosen = links[0], str(rung("consultation").pk)
        page = Client().get(f"/felt/{secret}/")
        assert page.status_code == 200
        assert asked.project.question in page.content.decode()
        assert "counted" in Client().post(f"/felt/{secret}/", {"rung": chosen}).content.decode()
        assert Client().post(f"/felt/{secret}/", {"rung": chosen}).status_code == 410
        assert Client().get(f"/felt/{secret}/").status_code == 410
        assert [tally.answers for tally in FeltTally.objects.filter(answers__gt=0)] == [1]
        assert Client().get(f"/felt/{links[1]}/").status_code == 200

    def test_no_table_holds_a_link_that_was_sent_nor_its_hash_before_it_is_used(self, world, asked):
        _sent(world, asked)
        links = _links()
        traces = [trace for secret in links for trace in (secret, digest_of(secret))]
        for model in apps.get_models():
            for row in model._default_manager.values():
                told = str(row)
                assert not [trace for trace in traces if trace in told], model
        assert {message.state for message in Message.objects.about(ABOUT, [asked.pk])} == {State.HANDED_OVER}
        assert all(PUT in message.text for message in Message.objects.filter(about_kind=ABOUT))

    def test_what_an_answer_leaves_leads_to_no_letter(self, world, asked):
        _sent(world, asked)
        answer_felt(actor=AnonymousUser(), round=asked, secret=_links()[3], rung=rung())
        kept = {field.name for field in FeltSpent._meta.get_fields()}
        assert kept == {"round", "digest"}
        assert not {field.name for field in Message._meta.get_fields()} & {"link", "digest", "secret", "feltspent"}

    def test_a_letter_that_goes_again_carries_another_link(self, world, asked):
        message = letters_of(asked, world.amina)[0]
        first, second = as_email(message).body, as_email(message).body
        assert IN_A_MAIL.findall(first) != IN_A_MAIL.findall(second)

    def test_an_e_mail_that_would_have_to_be_printed_is_taken_back_so_that_nobody_reads_the_link(self, world, asked):
        send_felt_letters(actor=world.amina, round=asked)
        message = letters_of(asked, world.amina)[0]
        with writing_allowed():
            Message.objects.filter(pk=message.pk).update(state=State.FAILED)
            ContactWay.objects.filter(person=message.person).update(kind="letter", value="1 High Street")
        message.refresh_from_db()
        decide_message(actor=world.amina, message=message, decision="send_again")
        message.refresh_from_db()
        assert (message.state, message.why) == (State.WITHDRAWN, HAND_OVER)

    def test_a_letter_that_waited_until_the_last_day_was_over_does_not_go(self, world, asked):
        send_felt_letters(actor=world.amina, round=asked)
        with later(8):
            send_all()
            assert not mail.outbox
            assert {message.why for message in Message.objects.about(ABOUT, [asked.pk])} == {OVER}


def test_fewer_than_a_figure_needs_are_not_asked_alone(world):
    asked = asked_by_letter(world, people=9)
    with pytest.raises(Blocked, match="At least 10 people must be asked at once"):
        send_felt_letters(actor=world.amina, round=asked)
    assert not mail.outbox
    a_place(world, reachable(world, name="The Tenth"), project=asked.project)
    draft_felt_letters(actor=world.amina, round=asked)
    assert len(send_felt_letters(actor=world.amina, round=asked).queued) == 10
    a_place(world, reachable(world, name="Came Later"), project=asked.project)
    (late,) = draft_felt_letters(actor=world.amina, round=asked)
    with pytest.raises(Blocked, match="1 can be written to"):
        send_felt_letters(actor=world.amina, round=asked)
    assert late.person.name == "Came Later"


def test_by_post_and_by_phone_a_printed_link_goes_along_and_none_stands_beside_the_name(world, settings):
    settings.SMALL_NUMBERS_UNDER = 2
    letters_of_rounds(world)
    asked = a_round(world)
    for way, name in ((LETTER, "By Post"), (PHONE, "By Phone")):
        a_place(world, reachable(world, way, name=name))
    drafts = draft_felt_letters(actor=world.amina, round=asked)
    assert {message.version_used.letter.key for message in drafts} == {WITH_SLIP}
    assert not [message for message in drafts if "/felt/" in message.text or PUT in message.text]
    send_felt_letters(actor=world.amina, round=asked)
    assert {message.state for message in letters_of(asked, world.amina)} == {State.TO_PRINT, State.TO_PHONE}


def test_readers_of_urdu_and_easy_read_get_words_that_were_checked_or_wait(world, settings):
    settings.SMALL_NUMBERS_UNDER = 1
    letters_of_rounds(world)
    asked = a_round(world)
    a_place(world, reachable(world, name="Reads Urdu", languages=speaks(world.urdu, "reads")))
    (draft,) = draft_felt_letters(actor=world.amina, round=asked)
    assert "Urdu" in draft.fell_back
    with pytest.raises(Blocked, match="0 can be written to"):
        send_felt_letters(actor=world.amina, round=asked)
    version = LetterTemplate.objects.get(key=BY_MAIL).versions.get(language=world.urdu)
    check_letter_version(actor=world.translator, version=version, checked_by="Urdu speakers of the women's group")
    (draft,) = draft_felt_letters(actor=world.amina, round=asked)
    assert (draft.language, draft.fell_back) == (world.urdu, "")
    assert "?lang=ur" in draft.text
    assert day_in_words(asked.closes_on, "ur") in draft.text, "the last day as Urdu writes it"
    assert send_felt_letters(actor=world.amina, round=asked).queued


def test_links_that_we_did_not_make_and_links_of_another_round_count_nothing(world):
    asked = a_round(world)
    secret = mailed_secret(asked.pk)
    assert round_of_mailed(secret) == asked.pk
    assert round_of_mailed(secret.upper()) == asked.pk
    forged = ("a" if secret[0] != "a" else "b") + secret[1:]
    for wrong in (forged, secret[:-1], secret + "a", "é" * len(secret), "x" * LETTERS):
        assert round_of_mailed(wrong) is None
        assert Client().get(f"/felt/{wrong}/").status_code == 410
        with pytest.raises(Refused):
            answer_felt(actor=AnonymousUser(), round=asked, secret=wrong, rung=rung())
    other = a_round(world, project=a_project(world, "Another one"))
    with pytest.raises(Refused):
        answer_felt(actor=AnonymousUser(), round=other, secret=secret, rung=rung())
    with later(8):
        assert Client().get(f"/felt/{secret}/").status_code == 410


def test_what_is_left_of_the_links_goes_after_the_last_day_and_the_tallies_stay(world):
    asked = a_round(world)
    answer_felt(actor=AnonymousUser(), round=asked, secret=mailed_secret(asked.pk), rung=rung())
    answer_felt(
        actor=AnonymousUser(), round=asked, secret=take_felt_links(actor=world.amina, round=asked)[0], rung=rung()
    )
    assert forget_felt_links(actor=SYSTEM) == 0, "people can still answer"
    with later(8):
        assert forget_felt_links(actor=SYSTEM) == asked.links_made
    assert not FeltLink.objects.exists()
    assert not FeltSpent.objects.exists()
    assert [tally.answers for tally in FeltTally.objects.filter(answers__gt=0)] == [2]


def test_who_takes_part_is_written_to_and_shown_only_to_whoever_may_see_them(world, signed_in):
    asked = asked_by_letter(world, people=1)
    address = reverse("workspace:felt-letters", args=[asked.pk])
    assert "Takes Part 0" in signed_in(world.amina).get(address).content.decode()
    assert "Takes Part 0" not in signed_in(world.joe).get(address).content.decode()
    with pytest.raises(Blocked, match="Nobody whom you may see"):
        draft_felt_letters(actor=world.joe, round=asked)
    assert signed_in(world.analyst).get(address).status_code == 403


def test_by_page_they_are_written_looked_at_and_sent(world, signed_in, settings):
    settings.SMALL_NUMBERS_UNDER = 2
    letters_of_rounds(world)
    asked, browser = a_round(world), signed_in(world.amina)
    for number in range(2):
        a_place(world, reachable(world, name=f"Takes Part {number}"))
    address = reverse("workspace:felt-letters", args=[asked.pk])
    assert address in browser.get(reverse("workspace:project", args=[asked.project_id])).content.decode()
    assert "Nobody was written to yet" in browser.get(address).content.decode()
    assert "2 written" in browser.post(address, follow=True).content.decode()
    done = browser.post(reverse("workspace:send-felt-letters", args=[asked.pk]), follow=True)
    assert "2 on the way" in done.content.decode()
    again = browser.post(reverse("workspace:send-felt-letters", args=[asked.pk]), follow=True)
    assert "At least 2 people must be asked at once" in again.content.decode()


def test_by_the_api_too(world, caller, settings):
    settings.SMALL_NUMBERS_UNDER = 2
    letters_of_rounds(world)
    asked, amina = a_round(world), caller(world.amina)
    for number in range(2):
        a_place(world, reachable(world, name=f"Takes Part {number}"))
    letters = f"/felt-rounds/{asked.pk}/letters/"
    assert amina.post(f"{letters}send/", {}).status_code == 409
    assert amina.post(letters, {}).status_code == 200
    found = amina.get(f"/messages/?about_kind={ABOUT}&about={asked.pk}&state=draft").json()["results"]
    assert len(found) == 2
    assert amina.post(f"{letters}send/", {"as_they_are": False}).status_code == 200
    assert caller(world.analyst).post(letters, {}).status_code == 403
