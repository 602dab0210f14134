"""Venues: what was found there, by whom and when, and what nobody has asked yet."""

from datetime import timedelta

import pytest
from django.utils import timezone

from crm.audit.models import AuditEvent, Revision
from crm.base.permissions import Refused
from crm.base.rules import InputBlocked, Stale
from crm.venues import reports
from crm.venues.actions import add_venue, change_venue, check_venue
from crm.venues.details import VenueDetails, VenueFactDetails
from crm.venues.models import Venue, VenueFact
from tests.crm.people.test_pages import unlabelled, words_on

LIST = "/workspace/venues/"
TODAY = timezone.localdate


def page_of(venue, end=""):
    return f"{LIST}{venue.pk}/{end}"


def fact(about="step_free", answer="yes", days=0, **more):
    return VenueFactDetails(about, answer, checked_on=TODAY() - timedelta(days=days), **more)


def found(answer="yes", **more):
    today = TODAY()
    day = {"checked_on_day": today.day, "checked_on_month": today.month, "checked_on_year": today.year}
    return {"answer": answer, **day, **more}


class TestTheRecord:
    def test_what_nobody_has_asked_is_asked_for_and_never_assumed(self, world, signed_in):
        client = signed_in(world.amina)
        page = words_on(client.get(page_of(world.venue)))
        assert "We do not know if this place has a hearing loop that works. Ask and record it." in page
        assert page.count("Ask and record it.") == len(VenueFact.About.values) - 1
        assert page_of(world.venue, "facts/hearing_loop/") in page
        for words in ("Ramp at the side door", "by Amina, with the caretaker"):
            assert words in page

    def test_a_missing_line_is_recorded_by_its_button(self, world, signed_in):
        client, address = signed_in(world.amina), page_of(world.venue, "facts/hearing_loop/")
        sent = found("partly", words="Only at the desk", checked_with="a member who uses it", version="1")
        assert client.post(address, sent)["Location"] == page_of(world.venue)
        line = world.venue.facts.get(about="hearing_loop")
        assert (line.answer, line.checked_on, line.checked_by) == ("partly", TODAY(), world.amina)
        assert "hearing loop that works. Ask" not in words_on(client.get(page_of(world.venue)))

    def test_a_line_without_an_answer_or_a_day_is_asked_for_and_nothing_typed_is_lost(self, world, signed_in):
        client, address = signed_in(world.amina), page_of(world.venue, "facts/hearing_loop/")
        page = words_on(client.post(address, {"words": "Only at the desk", "version": "1"}))
        assert '<a href="#id_answer_0">Choose what you found</a>' in page
        assert 'value="Only at the desk"' in page
        page = words_on(client.post(address, {"answer": "yes", "version": "1"}))
        assert '<a href="#id_checked_on_0">Enter a real date, like 24 11 2026</a>' in page
        assert world.venue.facts.count() == 1

    def test_we_do_not_know_takes_a_line_away_and_the_audit_keeps_what_stood_there(self, world, signed_in):
        sent = found("unknown", version="1")
        signed_in(world.joe).post(page_of(world.venue, "facts/step_free/"), sent)
        assert not world.venue.facts.exists()
        values = Revision.objects.get(event__verb="venue.checked").values
        assert values["step_free"][0][:2] == ["yes", "Ramp at the side door"]
        assert values["step_free"][1] is None

    def test_the_same_again_on_the_same_day_is_no_news(self, world):
        again = fact(words="Ramp at the side door", checked_with="the caretaker")
        same = check_venue(actor=world.amina, venue=world.venue, facts=[again])
        assert (same.version, AuditEvent.objects.filter(verb="venue.checked").count()) == (1, 0)

    def test_a_line_older_than_a_year_is_to_be_checked_again(self, world, signed_in):
        facts = [fact(days=366), fact("parking", "no", days=364)]
        venue = add_venue(actor=world.amina, details=VenueDetails(name="Old hall"), facts=facts)
        access = {line.about: line for line in reports.access_of(venue)}
        assert (access["step_free"].again, access["parking"].again, access["food"].again) == (True, False, False)
        assert "That is over a year ago. Check it again." in words_on(signed_in(world.amina).get(page_of(venue)))
        page = words_on(signed_in(world.amina).get(LIST, {"to_check_again": "true"}))
        assert "Old hall" in page
        assert world.venue.name not in page

    @pytest.mark.parametrize(
        ("facts", "words"),
        [
            ([VenueFactDetails("step_free", "yes")], "Enter a real date, like 24 11 2026"),
            ([fact(days=-1)], "The date must be today or in the past"),
            ([fact(), fact(answer="no")], "Each thing stands once"),
        ],
    )
    def test_what_cannot_be_is_refused_for_new_and_known_venues_alike(self, world, facts, words):
        with pytest.raises(InputBlocked, match=words):
            check_venue(actor=world.amina, venue=world.venue, facts=facts)
        with pytest.raises(InputBlocked, match=words):
            add_venue(actor=world.amina, details=VenueDetails(name="x"), facts=facts)

    def test_a_colleagues_finding_is_not_lost(self, world):
        check_venue(actor=world.joe, venue=world.venue, facts=[fact("parking", "no")], expected_version=1)
        with pytest.raises(Stale):
            check_venue(actor=world.amina, venue=world.venue, facts=[fact("parking")], expected_version=1)

    def test_there_is_no_page_for_a_thing_that_nobody_looks_at(self, world, signed_in):
        assert signed_in(world.amina).get(page_of(world.venue, "facts/swimming_pool/")).status_code == 404


class TestFinding:
    @pytest.fixture
    def halls(self, world):
        answers = {"Yes hall": "yes", "Partly hall": "partly", "No hall": "no"}
        for name, answer in answers.items():
            add_venue(actor=world.amina, details=VenueDetails(name=name), facts=[fact("quiet_room", answer)])
        return [*answers, world.venue.name]

    @pytest.mark.parametrize(
        ("asked", "shown"),
        [
            ("yes", {"Yes hall"}),
            ("partly", {"Yes hall", "Partly hall"}),
            ("no", {"No hall"}),
            ("unknown", {"Mill Street Centre"}),
        ],
    )
    def test_unknown_is_neither_yes_nor_no(self, world, halls, signed_in, asked, shown):
        page = words_on(signed_in(world.publisher).get(LIST, {"quiet_room": asked}))
        assert {name for name in halls if f">{name}</a>" in page} == shown

    def test_a_place_in_the_locality_is_found_and_how_much_is_unknown_is_said(self, world, signed_in):
        client = signed_in(world.amina)
        assert world.venue.name in words_on(client.get(LIST, {"locality": str(world.east.pk)}))
        assert world.venue.name not in words_on(client.get(LIST, {"locality": str(world.south.pk)}))
        assert "10 of 11 not asked yet." in words_on(client.get(LIST))


class TestAddingAndChanging:
    def test_a_venue_of_a_name_like_it_is_shown_before_saving(self, world, signed_in):
        client, known = signed_in(world.amina), world.venue
        page = words_on(client.post(f"{LIST}new/", {"name": "Mill Stret Center", "address": "Mill Street"}))
        for words in ("We may know this venue already.", page_of(known), "Save anyway", 'value="Mill Street"'):
            assert words in page
        client.post(f"{LIST}new/", {"name": "Mill Stret Center", "seen": "yes"})
        assert Venue.objects.count() == 2

    def test_whose_place_it_is_is_named_and_changed(self, world, signed_in):
        client = signed_in(world.amina)
        sent = {"name": "Mill Street Centre", "organisation": world.south_group.name, "phone": "12", "version": "1"}
        assert "Write a phone number" in words_on(client.post(page_of(world.venue, "change/"), sent))
        client.post(page_of(world.venue, "change/"), {**sent, "phone": "0121 496 0001"})
        world.venue.refresh_from_db()
        assert (world.venue.organisation, world.venue.phone) == (world.south_group, "+441214960001")

    @pytest.mark.parametrize("who", ["analyst", "publisher", "auditor", "leaver", "stranger", "nobody"])
    def test_who_meets_nobody_reads_and_writes_nothing_down(self, world, who):
        member = world.everybody()[who]
        with pytest.raises(Refused):
            add_venue(actor=member, details=VenueDetails(name="x"))
        with pytest.raises(Refused):
            change_venue(actor=member, venue=world.venue, details=VenueDetails(name="x"))
        with pytest.raises(Refused):
            check_venue(actor=member, venue=world.venue, facts=[fact()])

    def test_a_reader_without_that_right_is_offered_no_button(self, world, signed_in):
        page = words_on(signed_in(world.publisher).get(page_of(world.venue)))
        assert "Ask and record it." in page
        assert "/facts/" not in page

    def test_every_control_has_a_label(self, world, signed_in):
        for address in (f"{LIST}new/", f"{LIST}?narrow=yes", page_of(world.venue, "facts/food/"),
                        page_of(world.venue, "change/")):  # fmt: skip
            assert unlabelled(words_on(signed_in(world.amina).get(address))) == [], address
