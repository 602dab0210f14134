"""The relationship at a glance on every page, and the sheet that is printed before a visit."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from crm.audit.models import AuditEvent
from crm.base.timeline import Coming, coming
from crm.organisations.actions import change_organisation
from crm.organisations.details import CommunityLinkDetails, OrganisationDetails
from crm.people.actions import add_person, change_person
from crm.people.details import LanguageUseDetails, PersonDetails, RoleDetails, WayDetails
from engagement.log.actions import restrict_event, withdraw_event
from engagement.log.details import PromiseDetails
from tests.crm.people.test_pages import words_on

TODAY = timezone.localdate


def addresses(world):
    return {
        "people": f"/workspace/people/{world.person.pk}/",
        "groups": f"/workspace/groups/{world.group.pk}/",
        "communities": f"/workspace/communities/{world.community.pk}/",
    }


def met(world, **changes):
    """Amina met the group and the person, and owes all three something, some of it late."""
    due = TODAY() - timedelta(days=2)
    promises = [
        PromiseDetails("Ring back", due, to_person=world.person),
        PromiseDetails("Bring the form", due, to_organisation=world.group),
        PromiseDetails("Find a room", due, to_community=world.community),
    ]
    on = TODAY() - timedelta(days=12)
    return world.contact(occurred_on=on, people=[world.person], promises=promises, **changes)


def glance_on(page):
    return page.split('aria-labelledby="glance"')[1].split("</section>")[0]


KINDS = pytest.mark.parametrize("kind", ["people", "groups", "communities"])


class TestAtAGlance:
    @KINDS
    def test_it_says_when_we_last_met_what_we_owe_and_who_knows_them(self, world, signed_in, kind):
        met(world)
        glance = glance_on(words_on(signed_in(world.amina).get(addresses(world)[kind])))
        for words in ("12 days ago", "in person", "1 open, 1 late", "Who knows them", "Amina (last "):
            assert words in glance

    @KINDS
    def test_before_the_first_contact_it_says_so(self, world, signed_in, kind):
        glance = glance_on(words_on(signed_in(world.amina).get(addresses(world)[kind])))
        assert "No contacts yet that you may read." in glance
        assert "No promises waiting that you may read." in glance
        assert "Who knows them" not in glance

    @KINDS
    def test_a_contact_that_was_withdrawn_makes_nobody_known(self, world, signed_in, kind):
        withdraw_event(actor=world.amina, event=met(world), reason="Another group")
        glance = glance_on(words_on(signed_in(world.amina).get(addresses(world)[kind])))
        assert "No contacts yet that you may read." in glance
        assert "Who knows them" not in glance

    @pytest.mark.parametrize("kind", ["groups", "communities"])
    def test_a_champion_is_not_told_who_met_at_contacts_they_may_not_read(self, world, signed_in, kind):
        met(world, officers=[world.manager])
        glance = glance_on(words_on(signed_in(world.chen).get(addresses(world)[kind])))
        assert "12 days ago" in glance
        assert "Manager" not in glance

    @KINDS
    def test_what_is_coming_stands_there_when_a_room_puts_it_in(self, world, signed_in, kind, monkeypatch):
        client = signed_in(world.amina)
        assert "Coming" not in glance_on(words_on(client.get(addresses(world)[kind])))
        forum = Coming(TODAY() + timedelta(days=3), "Carers' forum", "Mill Street Centre")
        monkeypatch.setitem(coming._entries, "forums", lambda reader, subject, most: [forum])
        assert "Carers&#x27; forum, Mill Street Centre" in glance_on(words_on(client.get(addresses(world)[kind])))

    @KINDS
    def test_page_and_sheet_cost_no_more_for_ten_contacts_than_for_one(self, world, signed_in, kind):
        client = signed_in(world.amina)
        both = (addresses(world)[kind], f"{addresses(world)[kind]}print/")

        def cost(address):
            client.get(address)
            with CaptureQueriesContext(connection) as counted:
                assert client.get(address).status_code == 200
            return len(counted)

        met(world)
        before = [cost(address) for address in both]
        for _ in range(10):
            met(world, officers=[world.amina, world.lead])
        assert [cost(address) for address in both] == before


class TestOnPaper:
    @KINDS
    def test_it_holds_what_matters_and_says_who_printed_it_and_what_becomes_of_it(self, world, signed_in, kind):
        met(world)
        page = words_on(signed_in(world.amina).get(f"{addresses(world)[kind]}print/"))
        for words in ("Get this right first", "Printed by Amina on", "confidential waste", "Last contacts",
                      "Nobody told us a carer can get help too.", "1 open, 1 late", "2 days late",
                      "Who knows them"):  # fmt: skip
            assert words in page, words
        assert f'href="{addresses(world)[kind]}print/"' in words_on(signed_in(world.amina).get(addresses(world)[kind]))

    def test_a_group_is_told_with_its_customs_place_and_languages(self, world, signed_in):
        details = OrganisationDetails(
            name=world.group.name,
            area=world.east_ward,
            place="Side door",
            good_to_know="Shoes off at the door.",
            languages=[world.urdu],
            communities=[CommunityLinkDetails(world.community, "led_by")],
        )
        change_organisation(actor=world.amina, organisation=world.group, details=details)
        page = words_on(signed_in(world.amina).get(f"{addresses(world)['groups']}print/"))
        for words in ("Shoes off at the door.", "Side door, Eastgate", "Urdu", "led by Kashmiri community"):
            assert words in page

    def test_a_person_is_told_with_what_must_not_happen_and_without_numbers(self, world, signed_in):
        ways = [WayDetails("text", "07700 900123", is_preferred=True), WayDetails("letter", do_not_use=True)]
        person = add_person(
            actor=world.amina,
            details=PersonDetails(
                name="Hodan Farah",
                area=world.east_ward,
                contact_rules="Never leave a message.",
                ways=ways,
                languages=[LanguageUseDetails(world.urdu, "speaks", is_preferred=True)],
                roles=[RoleDetails(world.group, "Chair")],
            ),
        )
        page = words_on(signed_in(world.amina).get(f"/workspace/people/{person.pk}/print/"))
        for words in ("Never leave a message.", "Text message (they prefer this)", "Letter</s>: do not use",
                      "Speaks Urdu", "Chair, Al-Noor Mosque"):  # fmt: skip
            assert words in page, words
        assert "900123" not in page

    def test_printing_a_restricted_person_is_audited_and_open_to_named_readers_alone(self, world, signed_in):
        details = PersonDetails(
            name=world.person.name, area=world.east_ward, restricted=True, named_readers=[world.amina]
        )
        change_person(actor=world.amina, person=world.person, details=details)
        address = f"{addresses(world)['people']}print/"
        before = AuditEvent.objects.filter(verb="person.read").count()
        assert signed_in(world.manager).get(address).status_code == 404
        assert "Show this sheet to nobody." in words_on(signed_in(world.amina).get(address))
        read = AuditEvent.objects.filter(verb="person.read")
        assert read.count() == before + 1
        assert (read.latest("at").actor, read.latest("at").subject_id) == (world.amina, str(world.person.pk))

    def test_the_words_of_a_restricted_contact_stay_on_the_screen(self, world, signed_in):
        event = met(world)
        restrict_event(actor=world.amina, event=event, readers=[world.amina])
        page = words_on(signed_in(world.amina).get(f"{addresses(world)['groups']}print/"))
        assert "restricted, read it in Heard" in page
        assert "Nobody told us" not in page
        assert "Nobody told us" in words_on(signed_in(world.amina).get(addresses(world)["groups"]))

    def test_the_other_localitys_officer_prints_that_a_group_was_met_and_no_words(self, world, signed_in):
        met(world)
        page = words_on(signed_in(world.joe).get(f"{addresses(world)['groups']}print/"))
        assert "in person" in page
        assert "Nobody told us" not in page
        assert "Bring the form" not in page


def test_what_is_to_do_today_names_the_group_it_is_for(world, signed_in):
    world.contact(follow_up="Ring about the room", follow_up_on=TODAY())
    page = words_on(signed_in(world.amina).get("/workspace/"))
    assert "Ring about the room</a> (Al-Noor Mosque, women&#x27;s group), by" in page
