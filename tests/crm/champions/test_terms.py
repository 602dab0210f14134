"""Champions: appointed for a term, with rights that end with it and nothing left lying."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from crm.accounts.actions import invite_champion, invite_person
from crm.accounts.details import InvitationDetails, RoleDetails
from crm.accounts.models import Invitation, RoleGrant, User
from crm.audit.models import AuditEvent
from crm.base.permissions import Refused
from crm.base.rules import Blocked, InputBlocked, Stale
from crm.base.writing import writing_allowed
from crm.champions.actions import appoint_champion, change_appointment, end_appointment, hand_over
from crm.champions.models import Appointment
from crm.communities.actions import add_community, merge_community
from crm.communities.details import CommunityDetails
from engagement.forums.actions.forums import cancel_forum
from engagement.forums.models import Forum, Job
from engagement.log.actions import change_promise, name_reader_of_event, restrict_event
from engagement.log.details import PromiseDetails
from engagement.log.models import EngagementEvent, Promise
from tests.crm.champions.helpers import an_appointment, term
from tests.crm.people.test_pages import unlabelled, words_on
from tests.engagement.forums import helpers as planning
from tests.world import PASSWORD

LIST = "/workspace/champions/"


def today():
    return timezone.localdate()


def in_boxes(page, name):
    """The names of the three boxes of a date on a page."""
    return re.findall(rf'name="({name}[^"]*)"', page)


def sent(page, **days):
    """Dates as the page's own boxes take them."""
    return {
        box: part
        for name, day in days.items()
        for box, part in zip(in_boxes(page, name), (day.day, day.month, day.year), strict=True)
    }


def fresh(user):
    return User.objects.get(pk=user.pk)


class TestTheRoleFollowsTheTerm:
    def test_a_term_that_ends_today_leaves_no_right_behind_tomorrow(self, world, signed_in):
        an_appointment(world, days=0)
        contact = world.contact(actor=world.chen)
        doors = (LIST, "/workspace/groups/", "/workspace/people/", f"/workspace/contacts/{contact.pk}/")
        assert {signed_in(world.chen).get(door).status_code for door in doors} == {200}
        with time_machine.travel(timezone.now() + timedelta(days=1)):
            assert fresh(world.chen).roles_today == frozenset()
            assert {signed_in(fresh(world.chen)).get(door).status_code for door in doors} == {403}
            assert not type(contact).objects.visible_to(fresh(world.chen)).exists()

    def test_a_role_held_before_without_an_end_is_taken_over_and_ends_with_the_term(self, world):
        appointment = an_appointment(world, days=30)
        grant = world.chen.grants.get()
        assert (grant, grant.last_day) == (appointment.grant, today() + timedelta(days=30))

    def test_a_longer_or_shorter_term_moves_the_role(self, world):
        appointment = an_appointment(world, days=30)
        for days in (60, 10):
            change_appointment(actor=world.lead, appointment=appointment, details=term(world, days=days))
            assert world.chen.grants.get().last_day == today() + timedelta(days=days)

    def test_ending_today_keeps_the_role_until_tonight_and_ending_yesterday_takes_it_at_once(self, world):
        appointment = an_appointment(world)
        assert fresh(world.chen).roles_today
        end_appointment(actor=world.lead, appointment=appointment, reason="She moved", last_day=today())
        assert fresh(world.chen).roles_today
        other = appoint_champion(actor=world.lead, details=term(world, locality=world.south, user=world.stranger))
        other = change_appointment(
            actor=world.lead, appointment=other,
            details=term(world, user=None, first_day=today() - timedelta(days=3)),
        )  # fmt: skip
        assert fresh(world.stranger).roles_today
        yesterday = today() - timedelta(days=1)
        end_appointment(actor=world.lead, appointment=other, reason="She moved", last_day=yesterday)
        assert not fresh(world.stranger).roles_today

    def test_a_term_that_has_begun_is_moved_neither_into_the_past_nor_to_a_later_day(self, world):
        appointment = an_appointment(world)
        before = term(world, user=None, first_day=today() - timedelta(days=300), last_day=today() - timedelta(days=1))
        with pytest.raises(InputBlocked, match="The last day must be today or later"):
            change_appointment(actor=world.lead, appointment=appointment, details=before)
        assert fresh(world.chen).roles_today
        later = term(world, user=None, first_day=today() + timedelta(days=1))
        with pytest.raises(InputBlocked, match="End it, and appoint them again from the later day"):
            change_appointment(actor=world.lead, appointment=appointment, details=later)

    def test_an_account_needs_a_last_day(self, world):
        with pytest.raises(InputBlocked) as refusal:
            appoint_champion(actor=world.lead, details=term(world, days=None))
        assert refusal.value.by_field() == {"last_day": ["Enter a last day: an account works only as long as the term"]}
        assert appoint_champion(actor=world.lead, details=term(world, days=None, user=None)).last_day is None

    def test_nobody_is_appointed_twice_in_one_place_at_one_time(self, world):
        an_appointment(world)
        with pytest.raises(InputBlocked, match="champion there already"):
            appoint_champion(actor=world.lead, details=term(world))
        assert appoint_champion(actor=world.lead, details=term(world, locality=world.south))

    def test_a_term_that_ended_is_not_stretched(self, world):
        appointment = an_appointment(world)
        end_appointment(actor=world.lead, appointment=appointment, reason="She moved", last_day=today())
        with time_machine.travel(timezone.now() + timedelta(days=1)), pytest.raises(InputBlocked, match="has ended"):
            change_appointment(actor=world.lead, appointment=appointment, details=term(world))


class TestInvitations:
    def test_an_appointment_invites_an_account_that_lasts_as_long(
        self, world, client, django_capture_on_commit_callbacks
    ):
        with django_capture_on_commit_callbacks(execute=True):
            appointment = an_appointment(world, user=None, invite_email="noor@example.org", days=20, name="Noor")
        link = re.search(r"/accounts/invitation/\S+", mail.outbox[0].body)[0]
        client.post(link, {"password": PASSWORD})
        appointment.refresh_from_db()
        grant = RoleGrant.objects.get(user__email="noor@example.org")
        assert (grant.role, grant.locality, grant.last_day) == ("champion", world.east, appointment.last_day)
        assert (appointment.user.name, appointment.grant) == ("Noor", grant)

    def test_an_invitation_moves_with_the_term_and_dies_with_it(self, world):
        appointment = an_appointment(world, user=None, invite_email="noor@example.org")
        later = change_appointment(actor=world.lead, appointment=appointment, details=term(world, days=9, user=None))
        assert Invitation.objects.get().last_day == later.last_day
        end_appointment(actor=world.lead, appointment=appointment, reason="She moved", last_day=today())
        assert Invitation.objects.get().state == "withdrawn"

    def test_an_invitation_to_a_term_that_is_over_opens_nothing(
        self, world, client, django_capture_on_commit_callbacks
    ):
        with django_capture_on_commit_callbacks(execute=True):
            an_appointment(world, user=None, invite_email="noor@example.org", days=2)
        link = re.search(r"/accounts/invitation/\S+", mail.outbox[0].body)[0]
        with time_machine.travel(timezone.now() + timedelta(days=3)):
            client.post(link, {"password": PASSWORD})
        assert not User.objects.filter(email="noor@example.org").exists()

    def test_leads_invite_champions_and_nobody_else(self, world):
        role = RoleDetails("champion", None, world.east)
        assert invite_champion(actor=world.lead, details=InvitationDetails("Sam", "sam@example.org", role))
        for wrong in ("officer", "lead", "administrator", ""):
            details = InvitationDetails("Ann", "ann@example.org", RoleDetails(wrong, None, None))
            with pytest.raises(Refused):
                invite_champion(actor=world.lead, details=details)
        with pytest.raises(Refused):
            invite_person(actor=world.lead, details=InvitationDetails("Ann", "ann@example.org", role))

    def test_a_lead_of_one_locality_invites_and_appoints_there_alone(self, world):
        with writing_allowed():
            RoleGrant.objects.filter(user=world.lead).delete()
            RoleGrant.objects.create(user=world.lead, role="lead", locality=world.east)
        lead = fresh(world.lead)
        assert appoint_champion(actor=lead, details=term(world))
        with pytest.raises(Refused):
            appoint_champion(actor=lead, details=term(world, locality=world.south))

    def test_an_address_with_an_account_is_told_beside_the_field(self, world):
        with pytest.raises(Blocked) as refusal:
            an_appointment(world, user=None, invite_email="amina@northbrook.example")
        assert list(refusal.value.by_field()) == ["invite_email"]
        assert not Appointment.objects.exists()


class TestHandingOver:
    def test_a_term_does_not_end_while_promises_would_lie(self, world):
        appointment = an_appointment(world)
        promise = world.promise(actor=world.chen)
        ends = {"actor": world.lead, "appointment": appointment, "reason": "She moved", "last_day": today()}
        with pytest.raises(InputBlocked) as refusal:
            end_appointment(**ends)
        assert refusal.value.by_field() == {"hand_over_to": ["Chen has 1 open promise. Choose who takes over"]}
        ended = end_appointment(**ends, hand_over_to=world.amina)
        promise.refresh_from_db()
        assert (promise.owner, promise.words) == (world.amina, "Send the leaflet in Urdu")
        assert (ended.handed_over_to, ended.handed_over_on) == (world.amina, today())
        assert Promise.objects.visible_to(world.amina).filter(pk=promise.pk).exists()
        assert AuditEvent.objects.filter(verb="promise.changed", subject_id=promise.pk).count() == 1

    def test_forums_series_and_jobs_pass_on_like_promises(self, world):
        appointment = an_appointment(world)
        promise = world.promise(actor=world.chen)
        forum = planning.a_forum(world, actor=world.chen)
        series = planning.a_series(world, actor=world.chen)
        gone = planning.a_forum(world, actor=world.chen, title="Flooded")
        cancel_forum(actor=world.chen, forum=gone, reason="The hall is flooded")
        jobs = Job.objects.open().filter(owner=world.chen).count()
        dates = Forum.objects.filter(series=series).count()
        with pytest.raises(InputBlocked) as refusal:
            end_appointment(actor=world.lead, appointment=appointment, reason="She moved", last_day=today())
        words = refusal.value.by_field()["hand_over_to"][0]
        assert (
            f"1 open promise, {1 + dates} forums to look after, 1 series of forums and {jobs} jobs for forums" in words
        )
        end_appointment(
            actor=world.lead, appointment=appointment, reason="She moved", last_day=today(), hand_over_to=world.amina
        )
        for row in (promise, forum, series, gone):
            row.refresh_from_db()
        assert {promise.owner, forum.owner, series.owner} == {world.amina}
        assert gone.owner == world.chen
        assert not Job.objects.open().filter(owner=world.chen).exists()
        assert not Forum.objects.to_look_after().filter(owner=world.chen).exists()
        for verb, number in (("forum.given", 1 + dates), ("series.given", 1), ("job.given", jobs)):
            assert AuditEvent.objects.filter(verb=verb).count() == number, verb

    def test_only_somebody_who_works_there_takes_over(self, world):
        appointment = an_appointment(world)
        for wrong in (world.joe, world.chen, world.analyst, world.leaver):
            with pytest.raises(InputBlocked, match="works in this locality"):
                hand_over(actor=world.lead, appointment=appointment, hand_over_to=wrong)
        with pytest.raises(InputBlocked, match="Choose who takes over"):
            hand_over(actor=world.lead, appointment=appointment, hand_over_to=None)

    def test_whoever_stays_an_officer_keeps_their_promises(self, world):
        appointment = an_appointment(world, user=world.amina, name="Amina", kind="staff")
        promise = world.promise()
        end_appointment(actor=world.lead, appointment=appointment, reason="Enough", last_day=today())
        assert Promise.objects.get(pk=promise.pk).owner == world.amina

    def test_promises_at_a_restricted_contact_stay_with_its_readers(self, world):
        appointment = an_appointment(world)
        promise = world.promise(officers=[world.chen])
        changed = Promise.objects.filter(pk=promise.pk)
        with writing_allowed():
            changed.update(owner=world.chen)
        restrict_event(actor=world.amina, event=promise.event, readers=[world.manager])
        end_appointment(actor=world.lead, appointment=appointment, reason="She moved", last_day=today())
        assert changed.get().owner == world.chen

    def test_what_stays_with_named_readers_is_told_in_words_and_to_them_alone(self, world, signed_in):
        appointment = an_appointment(world)
        promise = world.promise(officers=[world.chen], words="Ring her sister")
        with writing_allowed():
            Promise.objects.filter(pk=promise.pk).update(owner=world.chen)
        told = "Promises at restricted contacts do not pass on"
        for way in ("end", "hand-over"):
            assert told in words_on(signed_in(world.lead).get(f"/workspace/champions/{appointment.pk}/{way}/")), way
        restrict_event(actor=world.amina, event=promise.event, readers=[world.manager])
        assert "Promises nobody keeps now" not in words_on(signed_in(world.manager).get("/workspace/"))
        end_appointment(actor=world.lead, appointment=appointment, reason="She moved", last_day=today())
        with time_machine.travel(timezone.now() + timedelta(days=1)):
            home = words_on(signed_in(fresh(world.manager)).get("/workspace/"))
            assert "Promises nobody keeps now" in home
            assert "Ring her sister" in home
            assert "Promises nobody keeps now" not in words_on(signed_in(fresh(world.lead)).get("/workspace/"))
            details = PromiseDetails(words=promise.words, due_on=promise.due_on, owner=fresh(world.manager))
            change_promise(actor=fresh(world.manager), promise=promise, changed=details, reason="Mine now")
            assert "Promises nobody keeps now" not in words_on(signed_in(fresh(world.manager)).get("/workspace/"))

    def test_where_all_named_readers_left_the_new_one_finds_the_promise_nobody_keeps(self, world, signed_in):
        an_appointment(world, days=3)
        promise = world.promise(actor=world.chen, words="Ring her sister")
        with writing_allowed():
            EngagementEvent.objects.filter(pk=promise.event_id).update(restricted=True)
            promise.event.named_readers.set([world.chen])
        with time_machine.travel(timezone.now() + timedelta(days=4)):
            client = signed_in(fresh(world.administrator))
            assert str(promise.event_id) in client.get("/workspace/contacts/nobody-reads/").content.decode()
            name_reader_of_event(actor=fresh(world.administrator), event=promise.event, reader=fresh(world.amina))
            assert "Ring her sister" in words_on(signed_in(fresh(world.amina)).get("/workspace/"))

    def test_a_term_that_ended_by_itself_is_shown_to_leads_until_it_is_handed_over(self, world, signed_in):
        appointment = an_appointment(world, days=3)
        world.promise(actor=world.chen)
        home = words_on(signed_in(world.lead).get("/workspace/"))
        assert "Terms ending within 90 days" in home
        assert "Gone, with something open" not in home
        with time_machine.travel(timezone.now() + timedelta(days=4)):
            home = words_on(signed_in(fresh(world.lead)).get("/workspace/"))
            assert "Gone, with something open" in home
            assert "1 open promise" in home
            hand_over(actor=fresh(world.lead), appointment=appointment, hand_over_to=fresh(world.amina))
            assert "Gone, with something open" not in words_on(signed_in(fresh(world.lead)).get("/workspace/"))


class TestPages:
    def test_a_champion_is_appointed_changed_taught_and_ended(self, world, signed_in):
        client = signed_in(world.lead)
        page = words_on(client.get(f"{LIST}new/"))
        assert unlabelled(page) == []
        told = {
            "name": "Noor", "kind": "citizen", "locality": world.east.pk, "hours_a_month": 6, "version": "",
            "may_decide": "The place of forums", "communities-rows": 1, "communities-0-community": world.community.pk,
            **sent(page, first_day=today(), last_day=today() + timedelta(days=40)),
        }  # fmt: skip
        where = client.post(f"{LIST}new/", told)["Location"]
        page = words_on(client.get(where))
        for words in ("Noor", "Kashmiri community", "6 hours a month", "The place of forums", "Ends soon", "None."):
            assert words in page
        page = words_on(client.get(f"{where}learning/new/"))
        learnt = {"kind": "mentored", "words": "How to chair", "hours": "1.5", "other": "the EDI lead"}
        client.post(f"{where}learning/new/", {**learnt, **sent(page, happened_on=today())})
        assert "Mentoring received: How to chair" in words_on(client.get(where))
        page = words_on(client.get(f"{where}change/"))
        version = re.search(r'name="version" value="(\d+)"', page)[1]
        changed = {**told, "version": version, "hours_a_month": 3, "communities-0-community": world.nested.pk}
        assert client.post(f"{where}change/", changed).status_code == 302
        assert "Kashmiri women" in words_on(client.get(where))
        page = words_on(client.get(f"{where}end/"))
        assert unlabelled(page) == []
        version = re.search(r'name="version" value="(\d+)"', page)[1]
        wrong = words_on(client.post(f"{where}end/", {"version": version, **sent(page, last_day=today())}))
        assert "Write the reason in a few words" in wrong
        assert client.post(
            f"{where}end/", {"version": version, "reason": "Moved away", **sent(page, last_day=today())}
        ).status_code == 302  # fmt: skip
        assert "Ended: Moved away" in words_on(client.get(where))

    def test_nothing_typed_is_lost(self, world, signed_in):
        page = words_on(signed_in(world.lead).post(f"{LIST}new/", {"name": "Noor", "kind": "staff"}))
        assert 'value="Noor"' in page
        assert "Choose the locality" in page

    def test_the_list_shows_who_stands_and_on_demand_who_ended(self, world, signed_in):
        an_appointment(world, name="Zadie", user=None)
        old = {"first_day": today() - timedelta(days=9), "last_day": today() - timedelta(days=1)}
        an_appointment(world, name="Yusuf", user=None, **old)
        client = signed_in(world.amina)
        page = words_on(client.get(LIST))
        assert "Zadie" in page
        assert "Yusuf" not in page
        assert "Yusuf" in words_on(client.get(f"{LIST}?when=over"))
        assert "Zadie" not in words_on(client.get(f"{LIST}?ending=true"))

    def test_a_champion_reads_their_own_term_at_home(self, world, signed_in):
        an_appointment(world, may_decide="The place of forums", hours_a_month=4)
        home = words_on(signed_in(world.chen).get("/workspace/"))
        assert "Your term as champion" in home
        assert "You may decide: The place of forums" in home

    def test_two_who_change_at_once_do_not_overwrite_each_other(self, world):
        appointment = an_appointment(world)
        change_appointment(actor=world.lead, appointment=appointment, details=term(world, days=9))
        with pytest.raises(Stale):
            change_appointment(
                actor=world.manager, appointment=appointment, details=term(world, days=5), expected_version=1
            )

    @pytest.mark.parametrize("who", ["amina", "chen", "analyst"])
    def test_others_appoint_nobody(self, world, who):
        with pytest.raises(Refused):
            appoint_champion(actor=getattr(world, who), details=term(world))


def test_a_community_that_went_into_another_takes_its_champions_along(world):
    appointment = an_appointment(world)
    stays = add_community(actor=world.lead, details=CommunityDetails(name="South Asian communities"))
    merge_community(actor=world.lead, community=world.community, into=stays, reason="They asked for one name")
    assert list(appointment.communities.all()) == [stays]
