"""The pages about messages and letters."""

from __future__ import annotations

import pytest

from crm.audit.models import AuditEvent
from crm.people.details import SafeRuleDetails
from crm.sending import delivery
from crm.sending.models import LetterVersion, Message
from tests.crm.people.test_pages import unlabelled, words_on
from tests.crm.privacy.helpers import an_objection
from tests.crm.sending.helpers import (
    EMAIL,
    LETTER,
    a_draft,
    answered,
    being_handed_over,
    lease_ran_out,
    letters,
    machine_draft,
    reachable,
    speaks,
    to_phone,
    to_print,
    waiting,
)

LIST = "/workspace/sending/"
State = Message.State


def at(message, end=""):
    return f"{LIST}{message.pk}/{end}"


def test_writing_to_somebody_is_read_before_it_is_sent(world, signed_in):
    client, letter = signed_in(world.amina), letters(world)
    person = reachable(world, languages=speaks(world.urdu, "reads"))
    new = f"/workspace/people/{person.pk}/write/"
    page = words_on(client.get(new))
    assert unlabelled(page) == []
    assert "Thank you for telling us" in page
    answer = client.post(new, {"letter": str(letter.pk), "words": "The ramp is being built."})
    message = Message.objects.get()
    assert (answer["Location"], message.state) == (at(message), State.DRAFT)
    page = words_on(client.get(at(message)))
    assert "Before you send it" in page
    assert "No speaker has checked the Urdu words" in page
    assert "The ramp is being built." in page
    client.post(at(message, "send/"))
    delivery.send_all()
    page = words_on(client.get(at(message)))
    assert "Sent" in page
    assert "Heard itself" in page
    assert "message sent by e-mail" in words_on(client.get(f"/workspace/people/{person.pk}/"))


def test_words_that_are_missing_are_said_and_nothing_is_lost(world, signed_in):
    letter, person = letters(world), reachable(world)
    page = words_on(signed_in(world.amina).post(f"/workspace/people/{person.pk}/write/", {"letter": str(letter.pk)}))
    assert "Say what stands for {words}" in page
    page = words_on(signed_in(world.amina).post(f"/workspace/people/{person.pk}/write/", {"words": "Kept"}))
    assert "Choose a letter" in page
    assert "Kept" in page
    assert not Message.objects.exists()


def test_one_that_cannot_be_sent_safely_says_why_on_the_page(world, signed_in):
    person = reachable(world)
    an_objection(world, person)
    message = a_draft(world, person)
    page = words_on(signed_in(world.amina).post(at(message, "send/"), follow=True))
    assert "Held back" in page
    assert "They objected to everything we do" in page


def test_a_person_decides_what_nobody_knows(world, signed_in):
    client = signed_in(world.amina)
    message = lease_ran_out(being_handed_over(world))
    delivery.send_all()
    assert "We do not know whether it went out" in words_on(client.get(LIST))
    assert "they may get it twice" in words_on(client.get(at(message)))
    client.post(at(message, "went-out/"))
    message.refresh_from_db()
    assert message.state == State.HANDED_OVER
    page = words_on(client.post(at(message, "again/"), follow=True))
    assert "There is nothing to decide" in page


def test_what_failed_shows_the_servers_reason_and_goes_again(world, signed_in):
    client, message = signed_in(world.amina), answered(world, "refused", "The mail server refused it (550): full")
    assert "refused it (550): full" in words_on(client.get(LIST))
    client.post(at(message, "again/"))
    message.refresh_from_db()
    assert message.state == State.WAITING


def test_taking_back_a_message_that_waits(world, signed_in):
    message = waiting(world)
    page = words_on(signed_in(world.amina).post(at(message, "withdraw/"), follow=True))
    assert "Nobody gets it" in page
    assert "Withdrawn" in page


def test_the_letter_is_printed_with_the_address_in_the_window_and_posted(world, signed_in):
    client, message = signed_in(world.amina), to_print(world)
    page = words_on(client.get(at(message, "letter/")))
    assert "1 Mill Street" in page
    assert 'class="heard-letter"' in page
    client.post(at(message, "posted/"))
    message.refresh_from_db()
    assert message.state == State.POSTED


def test_large_print_is_large_on_paper(world, signed_in):
    message = waiting(world, reachable(world, LETTER), format="large_print")
    assert "heard-letter--large" in words_on(signed_in(world.amina).get(at(message, "letter/")))


def test_a_letter_that_must_not_be_posted_any_more_shows_no_address(world, signed_in):
    person = reachable(world, LETTER)
    message = waiting(world, person)
    an_objection(world, person, message.purpose)
    page = words_on(signed_in(world.amina).get(at(message, "letter/")))
    assert "Do not post this." in page
    assert "1 Mill Street" not in page


def test_the_phoning_sheet_says_what_must_never_happen_and_takes_how_it_ended(world, signed_in):
    message = to_phone(world, safe_rules=[SafeRuleDetails("no_voicemail")], languages=speaks(world.urdu, "speaks"))
    client = signed_in(world.amina)
    page = words_on(client.get(at(message, "phone/")))
    assert "Never leave a voice message. Ring again." in page
    assert "What to say" in page
    assert unlabelled(page) == []
    assert "Choose how it ended" in words_on(client.post(at(message, "phone/"), {"version": message.version}))
    client.post(at(message, "phone/"), {"result": "spoke", "version": message.version})
    message.refresh_from_db()
    assert message.state == State.PHONED


def test_the_phoning_sheet_of_somebody_who_objected_since_hides_the_number(world, signed_in):
    message = to_phone(world)
    an_objection(world, message.person)
    page = words_on(signed_in(world.amina).get(at(message, "phone/")))
    assert "Do not get in touch." in page
    assert "4960123" not in page


def test_home_shows_what_needs_whoever_wrote_it(world, signed_in):
    message = answered(world, "refused", "full")
    home = "/workspace/"
    assert "Messages that need you" in words_on(signed_in(world.amina).get(home))
    assert str(message.pk) not in words_on(signed_in(world.lead).get(home))


def test_colleagues_of_another_place_find_nothing(world, signed_in):
    message = a_draft(world)
    client = signed_in(world.joe)
    assert "Nothing waits for you" in words_on(client.get(LIST))
    for end in ("", "letter/", "phone/"):
        assert client.get(at(message, end)).status_code == 404
    assert client.post(at(message, "send/")).status_code == 404


def test_reading_a_message_to_a_restricted_person_leaves_a_mark(world, signed_in):
    person = reachable(world, EMAIL, restricted=True, named_readers=[world.amina])
    message = a_draft(world, person)
    signed_in(world.amina).get(at(message))
    assert AuditEvent.objects.filter(verb="person.read", subject_id=str(person.pk)).exists()


def test_leads_write_new_words_and_a_colleague_notes_who_checked_them(world, signed_in):
    letter, lead = letters(world), signed_in(world.lead)
    page = words_on(lead.get(f"/workspace/letters/{letter.pk}/"))
    assert "Nobody has checked it: it is not sent." in page
    assert 'lang="ur" dir="rtl"' in page
    new = f"/workspace/letters/{letter.pk}/words/"
    page = words_on(lead.get(new, {"from": str(machine_draft(world).pk)}))
    assert unlabelled(page) == []
    sent = {"language": str(world.urdu.pk), "format": "standard", "subject": "شکریہ", "body": "{nmae}",
            "version": letter.version}  # fmt: skip
    assert "is not known here" in words_on(lead.post(new, sent))
    lead.post(new, {**sent, "body": "{name} {words}"})
    version = LetterVersion.objects.get(language=world.urdu, number=2)
    check = f"/workspace/letters/versions/{version.pk}/check/"
    assert lead.post(check, {"checked_by": "I"}).status_code == 403
    signed_in(world.translator).post(check, {"checked_by": "An Urdu speaker", "version": version.version})
    version.refresh_from_db()
    assert version.may_be_sent


def test_officers_read_letters_and_do_not_change_them(world, signed_in):
    letter, client = letters(world), signed_in(world.amina)
    assert "Write it in another language" not in words_on(client.get(f"/workspace/letters/{letter.pk}/"))
    assert client.get(f"/workspace/letters/{letter.pk}/words/").status_code == 403


@pytest.mark.parametrize("state", ["draft", "handed_over", "failed"])
def test_other_messages_are_found_by_their_state(world, signed_in, state):
    a_draft(world)
    answered(world, "taken", person=reachable(world, name="Sam"))
    answered(world, "refused", "full", person=reachable(world, name="Kit"))
    page = words_on(signed_in(world.amina).get(LIST, {"state": state}))
    shown = [name for name in ("Nasreen", "Sam", "Kit") if f"<bdi>{name}" in page]
    assert shown == {"draft": ["Nasreen"], "handed_over": ["Sam"], "failed": ["Kit"]}[state]
