"""Who gave an e-mail address is told by e-mail, others by a colleague, and nobody reads a name too early."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from crm.base.actors import SYSTEM
from crm.base.permissions import Refused
from crm.base.rules import Blocked
from crm.base.writing import writing_allowed
from crm.panels.actions.applying import record_offer_answer
from crm.panels.actions.calls import finish_call
from crm.panels.actions.choosing import close_offer, seat_applicant
from crm.panels.details.recruitment import Answers
from crm.panels.letters import ABOUT, PAGE
from crm.panels.models import Application
from crm.privacy.actions import load_purposes
from crm.privacy.files import read_purposes
from crm.sending.actions import add_letter_version, answer_guest, check_letter_version, load_letter_templates
from crm.sending.delivery import send_all
from crm.sending.details import About, VersionDetails
from crm.sending.files import read_letters
from crm.sending.models import LetterTemplate, Message
from crm.sending.registry import letter_folders
from tests.api.conftest import Caller, token_for
from tests.crm.panels import calling
from tests.crm.people.test_pages import words_on

EMAIL, NAME = "halina@post.example", "Halina"
BY_PHONE = Answers(name="Wanda", reach_by="phone", reach_at="07700 900123", topics="Lifts")


@pytest.fixture
def with_letters(world):
    load_purposes(actor=SYSTEM, lines=read_purposes())
    load_letter_templates(actor=SYSTEM, letters=read_letters(letter_folders["panels"]))


def link_in(email):
    return next(word for word in email.body.split() if "/join/my/" in word).split("/join/my/")[1].strip("/")


def page_of(world, application, signed_in):
    return words_on(signed_in(world.lead).get(f"/workspace/applications/{application.pk}/"))


def close_by_api(who, offered):
    caller = Caller(token_for(who).name)
    return caller.post(f"/applications/{offered.pk}/close-offer/", {}, match=f'"{offered.version}"')


def test_whoever_sends_by_the_page_gets_the_number_and_their_link(world):
    calling.an_application(world, send=False)
    Client().post(f"/join/my/{calling.SECRET}/check/")
    sent = mail.outbox[-1]
    assert (sent.to, link_in(sent)) == ([EMAIL], calling.SECRET)
    assert Application.objects.get().number in sent.body
    assert NAME not in sent.subject + sent.body
    assert not Message.objects.exists()


def test_whoever_wants_no_e_mail_gets_none(world):
    calling.an_application(world, answers=BY_PHONE, send=False)
    Client().post(f"/join/my/{calling.SECRET}/check/")
    assert Application.objects.get().state == "sent"
    assert not mail.outbox


def test_an_offer_goes_by_e_mail_with_a_link_that_is_kept_nowhere_and_opens_their_page(world, with_letters, signed_in):
    offered = calling.decided(world, calling.sent_and_closed(world))
    kept = Message.objects.about(ABOUT, [offered.pk]).get()
    assert (kept.state, kept.address, kept.drafted_by) == ("waiting", EMAIL, world.lead)
    assert PAGE in kept.text
    assert offered.mailed_secret not in kept.text + kept.html
    assert offered.reason not in kept.subject
    send_all()
    sent = mail.outbox[-1]
    assert (sent.to, sent.subject) == ([EMAIL], "Our answer to you")
    assert link_in(sent) == offered.mailed_secret
    assert offered.mailed_secret in sent.alternatives[0][0]
    assert offered.reason in sent.body
    visitor = Client()
    assert "We would like you to join" in words_on(visitor.get(f"/join/my/{link_in(sent)}/"))
    visitor.post(f"/join/my/{link_in(sent)}/offer/", {"accepts": "yes"})
    offered.refresh_from_db()
    assert offered.state == "accepted"
    assert "by e-mail" not in page_of(world, offered, signed_in)


def test_a_mailed_link_opens_its_own_application_alone_and_a_changed_one_opens_none(world):
    mine = calling.an_application(world)
    other = calling.an_application(world, answers=BY_PHONE, secret="o" * 43)
    assert Application.objects.found_by(mine.mailed_secret).get() == mine
    assert not other.is_opened_by(mine.mailed_secret)
    pk, _, signature = mine.mailed_secret.partition(":")
    for wrong in (f"{other.pk}:{signature}", f"{pk}:{signature[:-1]}", f"not-an-id:{signature}", f"{pk}:", pk):
        assert Client().get(f"/join/my/{wrong}/").status_code == 404, wrong


@pytest.mark.parametrize("outcome", ["reserve", "not_chosen"])
def test_no_message_tells_a_name_while_the_choice_is_blind(world, with_letters, signed_in, outcome):
    told = calling.decided(world, calling.sent_and_closed(world), outcome=outcome, reason="Others came first.")
    message = Message.objects.get()
    assert "Others came first." in message.text
    for who in (world.lead, world.manager, world.amina, world.chen):
        assert not Message.objects.visible_to(who).exists(), who
    lead, caller = signed_in(world.lead), Caller(token_for(world.lead).name)
    assert lead.get(f"/workspace/messages/{message.pk}/").status_code == 404
    for door in ("messages/", "", f"applications/{told.pk}/"):
        assert EMAIL not in words_on(lead.get(f"/workspace/{door}")), door
    assert EMAIL not in caller.get("/messages/").content.decode()
    assert caller.get(f"/messages/{message.pk}/").status_code == 404
    assert "goes by e-mail" in page_of(world, told, signed_in)
    finish_call(actor=world.lead, call=told.call)
    assert Message.objects.visible_to(world.lead).get() == message


def test_whom_to_phone_shows_at_once_for_an_offer_and_for_others_once_everybody_has_an_answer(world, signed_in):
    calling.a_call(world)
    first = calling.an_application(world, answers=BY_PHONE)
    second = calling.an_application(world, answers=BY_PHONE, secret="o" * 43)
    calling.closed(world, first.call)
    offered, refused = calling.decided(world, first), calling.decided(world, second, outcome="not_chosen")
    shown = page_of(world, offered, signed_in)
    assert "Phone them: their name and how to reach them stand above" in shown
    assert "07700 900123" in shown
    hidden = page_of(world, refused, signed_in)
    assert "show once everybody has an answer" in hidden
    assert "Wanda" not in hidden
    Client().post(f"/join/my/{calling.SECRET}/offer/", {"accepts": "no"})
    finish_call(actor=world.lead, call=offered.call)
    later = page_of(world, refused, signed_in)
    assert "Wanda" in later
    assert "07700 900123" in later


def test_without_a_letter_the_page_says_that_somebody_must_write(world, signed_in):
    offered = calling.decided(world, calling.sent_and_closed(world))
    assert not Message.objects.exists()
    assert "Write to them" in page_of(world, offered, signed_in)


def test_nobody_writes_to_an_applicant_who_may_not_decide(world, with_letters):
    sent = calling.sent_and_closed(world)
    for who in (world.amina, world.chen):
        with pytest.raises(Refused):
            answer_guest(actor=who, address=EMAIL, purpose=None, template_key="application-decided", values={},
                         about=About(ABOUT, sent.pk))  # fmt: skip
    with pytest.raises(Refused):
        answer_guest(actor=world.lead, address=EMAIL, purpose=None, template_key="note", values={},
                     about=About("nothing", sent.pk))  # fmt: skip


def test_our_answer_goes_in_their_language_once_a_speaker_checked_the_words(world, with_letters, signed_in):
    """They say it with how to reach them; until somebody checked, English goes, and the message says why."""
    answers = replace(calling.HALINA, language=world.urdu)
    sent = calling.sent_and_closed(world, answers=answers)
    english = calling.decided(world, sent, outcome="reserve", reason="Others came first.")
    told = Message.objects.about(ABOUT, [english.pk]).get()
    assert told.language is None
    assert "There are no Urdu words for this letter" in told.fell_back
    letter = LetterTemplate.objects.get(key="application-decided")
    english_words = letter.versions.get(language=None)
    words = VersionDetails("جواب", "{decision} {reason} {own_page}", world.urdu, made_from=english_words)
    version = add_letter_version(actor=world.lead, letter=letter, details=words)
    check_letter_version(actor=world.checker, version=version, checked_by="Shazia, speaker")
    refused = calling.decided(world, english, outcome="not_chosen", reason="Others came first.")
    told = Message.objects.about(ABOUT, [refused.pk]).order_by("created_at").last()
    assert (told.language, told.subject, told.fell_back) == (world.urdu, "جواب", "")
    assert "Others came first." in told.text


def test_an_applicant_chooses_the_language_and_whoever_gets_a_place_keeps_it(world, signed_in):
    calling.an_application(world, send=False)
    page = f"/join/my/{calling.SECRET}/questions/reach/"
    visitor = Client()
    assert "Which language shall we write to you in?" in words_on(visitor.get(page))
    told = {"reach_by": "email", "reach_at": EMAIL, "language": str(world.urdu.pk)}
    visitor.post(page, told)
    assert "اردو" in words_on(visitor.get(f"/join/my/{calling.SECRET}/check/"))
    visitor.post(page, {**told, "language": "not-a-language"})
    assert Application.objects.get().language == world.urdu
    visitor.post(f"/join/my/{calling.SECRET}/check/")
    sent = Application.objects.get()
    calling.closed(world, sent.call)
    assert "Urdu" not in page_of(world, sent, signed_in)  # while the choice is blind
    offered = calling.decided(world, sent)
    assert "In Urdu" in page_of(world, offered, signed_in)
    record_offer_answer(actor=world.lead, application=offered, accepts=True)
    offered.refresh_from_db()
    seated = seat_applicant(actor=world.lead, application=offered)
    assert [(use.language, use.use) for use in seated.person.language_uses.all()] == [(world.urdu, "reads")]


class TestAnOfferNobodyAnswers:
    def test_it_stands_until_the_day_it_says(self, world, signed_in):
        offered = calling.decided(world, calling.sent_and_closed(world))
        assert offered.offer_until == timezone.localdate() + timedelta(days=14)
        with writing_allowed():
            Application.objects.update(offer_until=timezone.localdate())
        offered.refresh_from_db()
        with pytest.raises(Blocked, match="Until then only they can answer it"):
            close_offer(actor=world.lead, application=offered)
        assert "close the offer" not in page_of(world, offered, signed_in)
        answer = close_by_api(world.lead, offered)
        assert answer.status_code == 409

    def test_after_it_a_lead_closes_it_and_the_place_is_free(self, world, signed_in):
        offered = calling.an_old_offer(world)
        page = f"/workspace/applications/{offered.pk}/"
        assert "No answer came: close the offer" in page_of(world, offered, signed_in)
        signed_in(world.lead).post(f"{page}close/")
        offered.refresh_from_db()
        assert (offered.state, offered.name_may_be_read) == ("no_answer", False)
        assert offered.reason.startswith("No answer came by")
        assert "We asked somebody else" in words_on(Client().get(f"/join/my/{calling.SECRET}/"))
        with pytest.raises(Blocked):
            calling.decided(world, offered, outcome="offered")
        assert finish_call(actor=world.lead, call=offered.call).state == "decided"

    def test_they_may_still_say_yes_until_somebody_closes_it(self, world):
        offered = calling.an_old_offer(world)
        Client().post(f"/join/my/{calling.SECRET}/offer/", {"accepts": "yes"})
        offered.refresh_from_db()
        assert offered.state == "accepted"
        with pytest.raises(Blocked, match="No place is offered"):
            close_offer(actor=world.lead, application=offered)

    def test_it_is_closed_by_api_and_by_nobody_but_leads_and_managers(self, world):
        offered = calling.an_old_offer(world)
        for who in (world.amina, world.chen, world.analyst):
            with pytest.raises(Refused):
                close_offer(actor=who, application=offered)
        answer = close_by_api(world.manager, offered)
        assert answer.status_code == 200, answer.content
        offered.refresh_from_db()
        assert offered.state == "no_answer"
