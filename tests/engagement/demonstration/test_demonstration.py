"""The demonstration: as large and as varied as it is meant to be, the same every time, and of nobody who lives."""

from __future__ import annotations

import re
import unicodedata
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count, Max, Min
from django.test import Client
from django.utils import timezone

from crm.accounts.models import RoleGrant, User
from crm.areas.models import Area, Council
from crm.audit.models import AuditEvent
from crm.base.actors import SYSTEM, Role
from crm.base.demonstration import demonstration_parts
from crm.base.permissions import Refused
from crm.communities.models import Community, CommunityFact, CommunityLink
from crm.demonstration.actions import load_demonstration
from crm.demonstration.readiness import council_is_there
from crm.demonstration.sign_ins import PASSWORD
from crm.organisations.models import Organisation, OrganisationCommunity, Service, SupportGiven
from crm.people.flags import flags_of
from crm.people.models import ContactWay, Person
from crm.privacy.models import Objection, Purpose
from crm.privacy.reports import ways_to_reach
from crm.search.reports import find_in
from crm.venues.models import Venue, VenueFact
from engagement.demonstration.outcomes import LATE
from engagement.hearing.reports.grid import Wanted, cells
from engagement.hearing.reports.picture import draw
from engagement.hearing.reports.quiet import hearings
from engagement.log.models import EngagementEvent, Point, Promise, SafeguardingReferral

FOR_DRAMA = re.compile(r"^\+44(121496|113496)0\d{3}$|^\+447700900\d{3}$")  # Ofcom: numbers for drama use


@pytest.mark.usefixtures("demonstration")
class TestWhatIsThere:
    def test_it_is_as_large_as_it_is_meant_to_be(self):
        assert Organisation.objects.count() >= 60
        assert Person.objects.count() == 300
        assert EngagementEvent.objects.filter(forum=None).count() == 2001  # and the sentence in the mosque
        assert set(EngagementEvent.objects.annotate(n=Count("points")).values_list("n", flat=True)) == {1, 2, 3}
        span = EngagementEvent.objects.aggregate(first=Min("occurred_on"), last=Max("occurred_on"))
        assert 530 <= (timezone.localdate() - span["first"]).days <= 560
        assert (timezone.localdate() - span["last"]).days <= 4

    def test_groups_lie_in_every_locality(self):
        localities = Organisation.objects.values_list("area__lies_in__outer__name", flat=True).distinct()
        assert set(localities) == {"Central", "East", "North", "South", "West"}

    def test_groups_lead_speak_for_and_work_with_communities(self):
        relations = set(OrganisationCommunity.objects.values_list("relation", flat=True))
        assert relations == set(OrganisationCommunity.Relation.values)

    def test_three_kinds_of_groups_from_real_life_fit(self):
        scheme = Organisation.objects.get(name="East Neighbourhood Network")
        assert set(scheme.areas_served.values_list("kind", flat=True)) == {"constituency"}
        assert scheme.network_members.filter(part="leads").count() == 1
        assert scheme.network_members.filter(part="member").count() >= 3
        women = Organisation.objects.get(name="Al-Falah Mosque, women's group")
        assert (women.parent.kind, women.parent.name) == ("faith", "Al-Falah Mosque")
        deaf = Organisation.objects.get(name="Signed Lives")
        assert deaf.kind == "user_led"
        assert deaf.community_links.filter(relation="led_by", community__name="Deaf community").exists()
        assert deaf.children.exists()
        assert deaf.networks.get().network.name == "South Neighbourhood Network"

    def test_venues_have_gaps_and_some_lines_are_old(self):
        assert Venue.objects.count() >= 12
        assert Venue.objects.filter(facts=None).exists()
        assert not Venue.objects.annotate(n=Count("facts")).filter(n=len(VenueFact.About.values)).exists()
        assert VenueFact.objects.filter(checked_on__lt=timezone.localdate() - timedelta(days=365)).exists()
        assert set(VenueFact.objects.values_list("answer", flat=True)) == set(VenueFact.Answer.values)

    def test_some_groups_were_confirmed_lately_some_long_ago_and_some_never(self):
        long_ago = timezone.localdate() - timedelta(days=365)
        assert Organisation.objects.filter(confirmed_on__gte=long_ago).exists()
        assert Organisation.objects.filter(confirmed_on__lt=long_ago).exists()
        assert Organisation.objects.filter(confirmed_on=None).exists()
        assert set(SupportGiven.objects.values_list("kind", flat=True)) == set(SupportGiven.Kind.values)
        assert Service.objects.filter(in_directory=True).exclude(languages=None).exists()

    def test_communities_are_nested_and_say_which_document_names_them(self):
        assert not Community.objects.filter(source="").exists()
        women, widest = Community.objects.get(name="Kashmiri women"), Community.objects.get(name="Pakistani community")
        assert CommunityLink.objects.get(ancestor=widest, descendant=women).depth == 2
        assert CommunityLink.objects.filter(depth=0).count() == Community.objects.count()

    def test_some_promises_are_late_and_the_others_end_in_every_way(self):
        assert Promise.objects.late().count() == LATE
        assert set(Promise.objects.values_list("state", flat=True)) == set(Promise.State.values)
        assert Promise.objects.exclude(changes=None).exists()
        assert not Promise.objects.filter(settled_on__gte=timezone.localdate()).exists()

    def test_some_communities_are_quiet_and_others_are_not(self):
        heard = Community.objects.annotate(last=Max("reach__occurred_on")).exclude(last=None)
        quiet = {c.name for c in heard if (timezone.localdate() - c.last).days > c.rhythm_days}
        assert {"Roma community", "Ethiopian community"} <= quiet
        assert "Unpaid carers" not in quiet

    def test_the_grid_and_home_name_the_community_that_averages_hide(self):
        rows = {
            (row.community.name, row.locality.name): row
            for row in hearings(today=timezone.localdate())
            if row.locality is not None
        }
        hidden = rows["Somali community", "East"]
        assert hidden.is_quiet
        assert hidden.last_on is None
        assert hidden.through_on is not None
        assert not rows["Somali community", "West"].is_quiet
        assert not next(row for row in hearings(localities=[]) if row.community == hidden.community).is_quiet
        officer = User.objects.get(email="officer.east@heard.example")
        browser = Client()
        browser.force_login(officer)
        home = browser.get("/workspace/").content.decode()
        card = home.partition("Gone quiet")[2].partition("All quiet communities")[0]
        assert card.index("East") < card.index("Somali community") < card.index("never heard directly")
        year = Wanted(timezone.localdate() - timedelta(days=364), timezone.localdate())
        picture = draw(year)
        east = next(place for place, area in enumerate(picture.columns) if area and area.name == "East")
        cell = next(line for line in picture.communities if line.name == "Somali community").across[east]
        assert (cell.direct, cell.quiet.is_quiet) == (0, True)
        assert cell.through > 0
        assert ("Somali community", "East") in {(row.community.name, row.locality.name) for row in picture.hidden}
        assert len(picture.hidden) <= 5

    def test_a_merged_community_keeps_its_past_under_its_old_name(self):
        gone = Community.objects.get(name="Mirpuri community")
        span = {"first_day": timezone.localdate() - timedelta(days=600), "last_day": timezone.localdate()}
        counted = {
            as_it_was: {c.key[0]: c.contacts for c in cells(Wanted(**span, as_it_was=as_it_was), ["community"])}
            for as_it_was in (True, False)
        }
        then, now = counted[True], counted[False]
        assert then[gone.pk] > 0
        assert now[gone.merged_into_id] == then[gone.merged_into_id] + then[gone.pk]

    def test_communities_speak_for_themselves_beside_what_we_know(self):
        beside = CommunityFact.objects.filter(voice="community", corrects__voice="council")
        assert beside.count() >= 3
        assert not CommunityFact.objects.filter(voice="community", said_by="").exists()
        assert {"format", "avoid", "trusted_place", "barrier", "told_already", "language"} <= set(
            CommunityFact.objects.values_list("kind", flat=True)
        )

    def test_names_and_words_stand_in_several_scripts(self):
        assert scripts(Person.objects.values_list("name", flat=True)) >= {
            "ARABIC", "BENGALI", "CJK", "CYRILLIC", "ETHIOPIC", "GURMUKHI", "LATIN",
        }  # fmt: skip
        foreign = Point.objects.exclude(language=None)
        assert len(scripts(foreign.values_list("words", flat=True))) >= 7
        assert not foreign.filter(translation="").exists()
        assert Person.objects.filter(name="李明").exists()

    def test_what_people_say_is_varied(self):
        assert Point.objects.values("words").distinct().count() >= 250

    def test_no_telephone_number_can_be_a_living_persons(self):
        numbers = (
            ContactWay.objects.filter(kind__in=["phone", "text"]).exclude(value="").values_list("value", flat=True)
        )
        groups = Organisation.objects.exclude(phone="").values_list("phone", flat=True)
        assert len(numbers) > 100
        assert [number for number in [*numbers, *groups] if not FOR_DRAMA.match(number)] == []
        council = Council.objects.get()
        for number in (council.contact_phone, council.contact_text, council.safeguarding_phone):
            assert FOR_DRAMA.match("+44" + number.replace(" ", "")[1:])

    def test_no_e_mail_address_can_be_delivered(self):
        mails = [
            *User.objects.values_list("email", flat=True),
            *ContactWay.objects.filter(kind="email").exclude(value="").values_list("value", flat=True),
            *Organisation.objects.exclude(email="").values_list("email", flat=True),
        ]
        assert [mail for mail in mails if not mail.endswith(".example")] == []

    def test_some_contacts_are_restricted_withdrawn_or_passed_on(self):
        assert EngagementEvent.objects.filter(restricted=True).count() == 12
        assert not EngagementEvent.objects.filter(restricted=True, named_readers=None).exists()
        assert EngagementEvent.objects.exclude(withdrawn_at=None).exclude(withdrawn_reason="").count() == 10
        assert SafeguardingReferral.objects.count() == 8

    def test_somebody_lives_in_the_east_about_whom_everything_must_be_got_right(self):
        nasreen = Person.objects.get(name="Nasreen Kauser")
        assert nasreen.locality.name == "East"
        amina = User.objects.get(email="officer.east@heard.example")
        flags = flags_of([nasreen], reader=amina)[nasreen.pk]
        said = {(flag.about, flag.words) for flag in flags}
        assert ("", "Never leave a voice message.") in said
        assert ("", "Speaks Urdu, does not read it. Say it aloud: written words do not reach them.") in said
        assert ("her father", "Book a BSL interpreter") in said
        ways = ways_to_reach(nasreen, purpose=Purpose.objects.get(key="invitations")).ways
        assert {answer.way.kind for answer in ways if answer.is_open} == {"phone", "group"}
        assert [found.name for found in find_in(Person.objects.all(), "person", "nasrin kausar", most=1)] == [
            "Nasreen Kauser"
        ]

    def test_two_people_asked_us_to_stop_and_some_object(self):
        assert Person.objects.exclude(stopped_on=None).count() == 2
        assert {row.is_late for row in Objection.objects.filter(outcome="open")} == {True, False}
        assert Objection.objects.filter(outcome="granted").exists()

    def test_young_people_under_18_are_restricted_and_have_a_responsible_adult(self):
        young = Person.objects.filter(age_band__in=Person.CHILDREN)
        assert young.exists()
        assert not young.filter(restricted=False).exists()
        assert not young.filter(responsible_adult="").exists()

    def test_there_is_an_account_for_every_role_and_one_password_for_all(self):
        assert set(RoleGrant.objects.values_list("role", flat=True)) == set(Role.values)
        assert not User.objects.filter(is_demonstration=False).exists()
        assert all(user.check_password(PASSWORD) for user in User.objects.all())
        for locality in Area.objects.localities():
            assert RoleGrant.objects.filter(role=Role.OFFICER, locality=locality).exists()
            assert RoleGrant.objects.filter(role=Role.CHAMPION, locality=locality).exists()

    def test_an_officer_reads_the_words_of_her_locality_alone(self):
        officer = User.objects.get(email="officer.east@heard.example")
        seen = EngagementEvent.objects.visible_to(officer)
        assert 100 < seen.count() < 1000
        assert seen.filter(locality__name="East").count() > 0.8 * seen.count()

    def test_everything_loaded_is_in_the_audit_trail_as_done_by_the_system(self):
        logged = AuditEvent.objects.filter(verb="contact.logged", actor=None, door="command")
        assert logged.count() == EngagementEvent.objects.count()
        assert AuditEvent.objects.filter(verb="demonstration.loaded").exists()

    def test_contacts_were_logged_when_they_happened(self):
        for event in EngagementEvent.objects.order_by("?")[:20]:
            assert event.created_at.date() == event.occurred_on

    def test_a_second_load_changes_nothing_and_says_so(self):
        before = AuditEvent.objects.count()
        said = StringIO()
        call_command("load_demonstration", stdout=said)
        assert "loaded already" in said.getvalue()
        assert AuditEvent.objects.count() == before
        call_command("load_demonstration", "--if-needed", stdout=(silent := StringIO()))
        assert silent.getvalue() == ""

    def test_the_server_may_serve_now(self):
        assert council_is_there() == ""

    def test_progress_is_told_line_by_line(self, demonstration):
        assert "People: 300." in demonstration
        assert "Contacts: 2000" in demonstration


@pytest.mark.django_db
class TestWhenItMayLoad:
    def test_the_server_waits_for_it(self):
        assert council_is_there() == "the demonstration to be loaded"

    def test_a_councils_own_server_waits_for_areas_only(self, settings):
        settings.DEMONSTRATION = False
        assert council_is_there() == "the council's areas to be loaded"

    def test_it_does_not_load_where_a_councils_own_people_are(self, world):
        Council.objects.filter(pk=world.council.pk)._raw_delete("default")
        with pytest.raises(CommandError, match="already holds accounts or people"):
            call_command("load_demonstration")

    def test_it_does_not_load_under_a_councils_own_settings(self, settings):
        settings.DEMONSTRATION = False
        with pytest.raises(CommandError, match="only where settings say that this is one"):
            call_command("load_demonstration")

    def test_nobody_who_signed_in_may_load_it(self, world):
        with pytest.raises(Refused):
            load_demonstration(actor=world.administrator, say=print)

    def test_nothing_stays_when_a_part_fails(self, monkeypatch):
        def stumble(say):
            raise OSError("no room left")

        monkeypatch.setitem(demonstration_parts._entries, "people", stumble)
        with pytest.raises(OSError, match="no room left"):
            load_demonstration(actor=SYSTEM, say=lambda line: None)
        assert not Area.objects.exists()
        assert not Council.objects.exists()


def scripts(texts):
    return {unicodedata.name(letter).split()[0] for text in texts for letter in text if letter.isalpha()}
