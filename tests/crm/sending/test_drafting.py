"""Writing a message: the safe way, the language and the form of the reader, and what is said when one is missing."""

from __future__ import annotations

import pytest
from django.core import mail

from crm.audit.models import AuditEvent, Revision
from crm.base.actors import SYSTEM
from crm.base.permissions import Refused
from crm.base.rules import Blocked, InputBlocked
from crm.base.writing import writing_allowed
from crm.languages.models import Language
from crm.people.details import LanguageUseDetails, SafeRuleDetails, WayDetails
from crm.people.relations import OnErase, person_relations
from crm.sending import delivery, rules
from crm.sending.actions import check_letter_version, forget_messages, note_posted, note_told
from crm.sending.actions.deciding import blank
from crm.sending.details import About, Calendar, Recipient
from crm.sending.models import LetterTemplate, Message
from crm.sending.reaching import rules_for
from crm.sending.registry import AboutKind, about_kinds
from crm.sending.reports import notes_before_sending
from tests.crm.access.helpers import a_need
from tests.crm.privacy.helpers import an_objection, stopped
from tests.crm.sending.helpers import (
    EMAIL,
    LETTER,
    PHONE,
    WORDS,
    a_draft,
    answering,
    ended_long_ago,
    letters,
    machine_draft,
    reachable,
    speaks,
    to_phone,
    to_print,
    waiting,
)

State = Message.State


def preferred(way):
    return WayDetails(way.kind, way.value, is_preferred=True)


def test_the_way_they_prefer_comes_first_and_e_mail_otherwise(world):
    assert a_draft(world, reachable(world, PHONE, EMAIL)).way == "email"
    assert a_draft(world, reachable(world, preferred(PHONE), EMAIL, name="Sam")).way == "phone"


def test_a_letter_waits_to_be_printed_and_a_call_to_be_made(world):
    letter, call = to_print(world), to_phone(world, name="Sam")
    assert (letter.state, call.state) == (State.TO_PRINT, State.TO_PHONE)
    delivery.send_all()
    assert not mail.outbox
    assert note_posted(actor=world.amina, message=letter).state == State.POSTED
    assert note_told(actor=world.amina, message=call, result="no_answer").state == State.TO_PHONE
    done = note_told(actor=world.amina, message=call, result="spoke")
    assert (done.state, done.tries, done.result) == (State.PHONED, 1, "spoke")


def test_a_wrong_number_is_given_back_to_a_person(world):
    call = note_told(actor=world.amina, message=to_phone(world), result="wrong")
    assert (call.state, call.why) == (State.FAILED, "Wrong number or address")


def test_somebody_who_does_not_read_is_phoned_though_they_have_an_e_mail_address(world):
    person = reachable(world, preferred(EMAIL), PHONE, languages=speaks(world.urdu, "speaks", "reads_not"))
    message = waiting(world, person)
    assert (message.way, message.state) == ("phone", State.TO_PHONE)
    assert message.language is None  # a colleague reads it out; the sheet says which language they speak
    assert "Say it aloud" not in message.fell_back


def test_somebody_who_does_not_read_and_cannot_be_spoken_with_is_held_back(world):
    person = reachable(world, EMAIL, languages=speaks(world.urdu, "speaks", "reads_not"))
    message = waiting(world, person)
    assert message.state == State.HELD
    assert "They do not read" in message.why


def test_a_rule_that_needs_judgement_makes_an_e_mail_the_work_of_a_person(world):
    person = reachable(world, EMAIL, safe_rules=[SafeRuleDetails("family")])
    message = waiting(world, person)
    assert (message.way, message.by_hand, message.state) == ("email", True, State.TO_PHONE)
    delivery.send_all()
    assert not mail.outbox
    assert any("Write nothing that shows who you are" in words for words in rules_for(message))


def test_a_rule_closes_letters_and_never_leave_a_message_stands_on_the_sheet(world):
    both = [SafeRuleDetails("family"), SafeRuleDetails("no_voicemail")]
    message = waiting(world, reachable(world, preferred(LETTER), PHONE, safe_rules=both))
    assert message.way == "phone"
    assert any("Never leave a voice message" in words for words in rules_for(message))


def test_a_rule_added_in_between_stops_the_machine(world):
    person = reachable(world)
    message = waiting(world, person)
    with writing_allowed():
        person.safe_rules.create(rule="check_first")
    delivery.send_all()
    message.refresh_from_db()
    assert not mail.outbox
    assert message.state == State.HELD
    assert "not safe any more to send it by machine" in message.why


def test_text_only_do_not_phone_is_obeyed(world):
    person = reachable(world, preferred(PHONE), WayDetails("text", "+447700900123"))
    a_need(world, "reach-by-text", person=person)
    assert a_draft(world, person).way == "text"
    other = reachable(world, PHONE, name="Sam")
    a_need(world, "reach-by-text", person=other)
    message = waiting(world, other)
    assert message.state == State.HELD
    assert "Text only, do not phone" in message.why


@pytest.mark.parametrize(
    ("need", "form"),
    [("easy-read", "easy_read"), ("large-print-18", "large_print"), ("braille-2", "braille"), ("audio-cd", "audio")],
)
def test_the_form_follows_their_access_needs(world, need, form):
    person = reachable(world, EMAIL, LETTER)
    a_need(world, need, person=person)
    message = a_draft(world, person)
    assert message.format == form
    assert message.way == ("letter" if form in ("braille", "audio") else "email")


def test_easy_read_that_nobody_checked_is_not_sent_and_the_officer_is_told_before(world):
    person = reachable(world)
    a_need(world, "easy-read", person=person)
    message = a_draft(world, person)
    assert "no Easy Read version" in message.fell_back
    assert message.fell_back in notes_before_sending(message)
    easy = letters(world).versions.get(format="easy_read")
    check_letter_version(actor=world.lead, version=easy, checked_by="The Easy Read group")
    message = a_draft(world, person)
    assert (message.fell_back, message.version_used) == ("", easy)
    assert "- We wrote down what you said." in message.text
    assert "<li>We wrote down what you said.</li>" in message.html


def test_words_a_machine_drafted_are_not_sent_and_checked_ones_are_right_to_left(world):
    person = reachable(world, languages=speaks(world.urdu, "speaks", "reads"))
    message = a_draft(world, person)
    assert message.language is None
    assert message.fell_back == "No speaker has checked the Urdu words of this letter. It goes in English."
    check_letter_version(actor=world.lead, version=machine_draft(world), checked_by="An Urdu speaker")
    message = a_draft(world, person)
    assert message.language == world.urdu
    assert '<html lang="ur" dir="rtl">' in message.html
    assert '<footer lang="en" dir="ltr">' in message.html


def test_a_language_without_words_is_said_openly(world):
    with writing_allowed():
        somali = Language.objects.create(code="so", name="Somali", own_name="Soomaali")
    message = a_draft(world, reachable(world, languages=speaks(somali, "reads")))
    assert message.fell_back == "There are no Somali words for this letter. It goes in English."


def test_somebody_who_reads_english_too_gets_english(world):
    with writing_allowed():
        english = Language.objects.create(code="en", name="English", own_name="English")
    uses = (*speaks(world.urdu, "reads"), LanguageUseDetails(english, "reads"))
    assert a_draft(world, reachable(world, languages=uses)).fell_back == ""


def test_a_value_cannot_make_a_link_or_a_heading(world):
    evil = "<h1>Pay now</h1> [click](https://evil.example) {council}"
    message = a_draft(world, values={"words": evil})
    assert "<h1>Pay now" not in message.html
    assert 'href="https://evil.example"' not in message.html
    assert evil in message.text


def test_the_subject_and_the_number_for_mail_programs_tell_nothing_about_the_person(world):
    message = a_draft(world)
    assert "Nasreen" not in message.subject + message.message_id
    assert str(message.pk) in message.message_id


def test_values_that_are_missing_or_unknown_are_refused_in_words(world):
    with pytest.raises(InputBlocked, match=r"Say what stands for \{words\}"):
        a_draft(world, values={})
    with pytest.raises(InputBlocked, match=r"This letter has no \{shoe_size\}"):
        a_draft(world, values={**WORDS, "shoe_size": "7"})


def test_a_message_goes_to_exactly_one(world):
    for to in (Recipient(), Recipient(person=world.person, guest="a@example.org"), Recipient(guest="   ")):
        with pytest.raises(InputBlocked, match="Choose one person"):
            a_draft(world, to=to)


def test_a_letter_without_words_is_refused(world):
    purpose = answering(world)
    with writing_allowed():
        LetterTemplate.objects.create(key="empty", name="Empty", purpose=purpose)
    with pytest.raises(Blocked, match="no words yet"):
        a_draft(world, template_key="empty", values={})


def test_a_group_and_an_address_given_for_one_thing_are_written_to(world):
    with writing_allowed():
        type(world.group).objects.filter(pk=world.group.pk).update(email="group@example.org")
        world.group.refresh_from_db()
    group = waiting(world, to=Recipient(organisation=world.group))
    guest = waiting(world, to=Recipient(guest="x@example.org"))
    delivery.send_all()
    assert sorted(one.to[0] for one in mail.outbox) == ["group@example.org", "x@example.org"]
    assert "Hello," in guest.text
    assert f"Hello {world.group.name}," in group.text


def test_a_guest_who_gave_a_phone_number_is_phoned(world):
    assert waiting(world, to=Recipient(guest="0121 496 0123")).state == State.TO_PHONE


def test_a_calendar_entry_goes_along_with_its_method(world):
    ics = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n"
    waiting(world, calendar=Calendar("REQUEST", ics))
    delivery.send_all()
    kinds = {part.get_content_type(): part for part in mail.outbox[0].message().walk()}
    assert kinds["text/calendar"].get_param("method") == "REQUEST"
    assert {"text/plain", "text/html"} <= set(kinds)


def test_why_nobody_can_be_reached_is_asked_before_anything_is_written(world):
    person, purpose = reachable(world), answering(world)
    assert rules.blockers_to_sending(person, purpose) == []
    an_objection(world, person, purpose)
    (blocker,) = rules.blockers_to_sending(person, purpose)
    assert blocker.words == "There is no safe way to reach them for this. E-mail: They objected to this"


def test_nobody_writes_to_people_they_may_not_see(world):
    person = reachable(world)
    for user in (world.joe, world.analyst, world.leaver):
        with pytest.raises(Refused):
            a_draft(world, person, actor=user)
    stopped(world, person)
    with pytest.raises(Refused):
        a_draft(world, person)


def test_a_champion_sees_messages_about_what_is_theirs_and_no_others(world):
    person = reachable(world)
    hidden = reachable(world, name="Alex", restricted=True, named_readers=[world.amina])
    forum = About("test-forum", world.topic.pk)
    about = a_draft(world, person, about=forum)
    a_draft(world, hidden, about=forum)
    a_draft(world, person)
    kind = AboutKind("A forum", lambda user: [world.topic.pk] if user == world.chen else [],
                     lambda user, pk: user == world.chen, lambda pk: "")  # fmt: skip
    assert not Message.objects.visible_to(world.chen).exists()
    about_kinds.add("test-forum", kind)
    try:
        assert list(Message.objects.visible_to(world.chen)) == [about]
        assert a_draft(world, person, about=forum, actor=world.chen).drafted_by == world.chen
        with pytest.raises(Refused):
            a_draft(world, hidden, about=forum, actor=world.chen)
    finally:
        about_kinds._entries.pop("test-forum")
    assert about in Message.objects.about("test-forum", [world.topic.pk])


def test_the_words_go_after_some_weeks_and_what_became_of_it_stays(world):
    message = ended_long_ago(world)
    recent = to_print(world, name="Sam")
    assert forget_messages(actor=SYSTEM) == 1
    message.refresh_from_db()
    assert (message.text, message.html, message.address, message.subject) == ("", "", "", "")
    assert (message.state, bool(message.blanked_on)) == (State.HANDED_OVER, True)
    recent.refresh_from_db()
    assert recent.text


def test_an_erased_persons_messages_keep_no_word_of_theirs(world):
    message = waiting(world)
    with writing_allowed():
        blank([message.pk])
        message.person.delete()
    message.refresh_from_db()
    assert (message.person, message.text, message.address) == (None, "", "")
    assert person_relations["message.person"].erase is OnErase.BLANK


def test_the_audit_of_messages_holds_no_number_and_no_word(world):
    message = waiting(world)
    events = AuditEvent.objects.filter(subject_type="message", subject_id=str(message.pk))
    assert {event.verb for event in events} == {"message.drafted", "message.queued"}
    assert not Revision.objects.filter(event__in=events).exists()
