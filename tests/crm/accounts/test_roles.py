"""Roles given and ended, accounts closed and opened again."""

import re
from datetime import date, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from crm.accounts.actions import close_account, end_role, give_role, make_token, reopen_account
from crm.accounts.details import RoleDetails
from crm.accounts.models import ApiToken, RoleGrant, User
from crm.audit.models import AuditEvent
from crm.base.actors import Role
from crm.base.permissions import Refused
from crm.base.rules import Blocked, InputBlocked
from tests.world import PASSWORD


def fresh(user):
    return User.objects.get(pk=user.pk)


def today(days=0):
    return timezone.localdate() + timedelta(days=days)


def test_a_role_reaches_where_it_was_given_and_is_audited(world):
    give_role(actor=world.administrator, user=world.stranger, details=RoleDetails(role="officer", locality=world.south))
    scope = fresh(world.stranger).scope_of({Role.OFFICER})
    assert (scope.everywhere, scope.localities) == (False, {world.south.pk})
    assert AuditEvent.objects.get(verb="account.role_given").actor == world.administrator


def test_a_role_begins_on_its_first_day_and_ends_after_its_last(world):
    details = RoleDetails(role="manager", first_day=today(1), last_day=today(2))
    give_role(actor=world.administrator, user=world.stranger, details=details)
    assert fresh(world.stranger).roles_today == set()
    held = {day: RoleGrant.objects.on(today(day)).filter(user=world.stranger).exists() for day in range(4)}
    assert held == {0: False, 1: True, 2: True, 3: False}


@pytest.mark.parametrize(
    ("details", "words"),
    [
        ({"role": ""}, {"role": ["Select a role"]}),
        ({"role": "king"}, {"role": ["Select a role"]}),
        ({"role": "champion"}, {"locality": ["Select the locality where they are a champion"]}),
        (
            {"role": "officer", "first_day": today(2), "last_day": today(1)},
            {"last_day": ["The last day must be the first day or later"]},
        ),
        (
            {"role": "officer", "first_day": today(-9), "last_day": today(-1)},
            {"last_day": ["The last day must be today or later"]},
        ),
    ],
)
def test_a_role_with_something_missing_is_refused_in_words(world, details, words):
    with pytest.raises(InputBlocked) as refusal:
        give_role(actor=world.administrator, user=world.stranger, details=RoleDetails(**details))
    assert refusal.value.by_field() == words
    assert not world.stranger.grants.exists()


@pytest.mark.parametrize("role", ["administrator", "auditor", "publisher"])
def test_a_role_that_reaches_everywhere_takes_no_place(world, role):
    with pytest.raises(InputBlocked, match="reaches everywhere"):
        give_role(actor=world.administrator, user=world.stranger, details=RoleDetails(role=role, locality=world.east))


def test_the_same_role_in_the_same_place_is_not_given_twice(world):
    details = RoleDetails(role="officer", team=world.east_team, locality=world.east)
    with pytest.raises(Blocked, match="hold this role"):
        give_role(actor=world.administrator, user=world.amina, details=details)
    give_role(actor=world.administrator, user=world.leaver, details=details)  # theirs ended yesterday


def test_a_closed_account_is_given_nothing(world):
    close_account(actor=world.administrator, user=world.amina)
    with pytest.raises(Blocked, match="closed"):
        give_role(actor=world.administrator, user=world.amina, details=RoleDetails(role="manager"))


def test_a_role_ended_now_holds_no_longer(world):
    end_role(actor=world.administrator, grant=world.amina.grants.get())
    assert fresh(world.amina).roles_today == set()
    assert world.amina.grants.get().last_day == today(-1)


def test_the_members_page_puts_the_full_stop_at_the_words(world, signed_in):
    body = signed_in(world.administrator).get(f"/workspace/staff/{world.amina.pk}/").content.decode()
    assert re.search(r"from 1 January 2020\. <a", body)
    assert not re.search(r"\s\. <a", body)


def test_a_role_given_by_mistake_today_can_be_taken_away_today(world):
    grant = give_role(actor=world.administrator, user=world.stranger, details=RoleDetails(role="manager"))
    end_role(actor=world.administrator, grant=grant)
    assert fresh(world.stranger).roles_today == set()
    assert AuditEvent.objects.get(verb="account.role_ended").subject_id == str(grant.pk)


def test_a_role_may_end_on_a_later_day(world):
    end_role(actor=world.administrator, grant=world.amina.grants.get(), last_day=today(3))
    assert fresh(world.amina).roles_today == {Role.OFFICER}


def test_a_role_that_ended_is_not_ended_again_nor_backdated(world):
    with pytest.raises(Blocked, match="ended already"):
        end_role(actor=world.administrator, grant=world.leaver.grants.get())
    with pytest.raises(Blocked, match="today or later"):
        end_role(actor=world.administrator, grant=world.amina.grants.get(), last_day=today(-5))


def test_the_last_administrator_can_neither_end_that_role_nor_close_their_account(world):
    grant = world.administrator.grants.get()
    for last_day in (None, today(30)):
        with pytest.raises(Blocked, match="Nobody would be administrator"):
            end_role(actor=world.administrator, grant=grant, last_day=last_day)
    with pytest.raises(Blocked, match="only administrator"):
        close_account(actor=world.administrator, user=world.administrator)
    assert fresh(world.administrator).is_active


def test_a_role_may_end_on_the_last_day_of_the_calendar(world):
    grant = end_role(actor=world.administrator, grant=world.administrator.grants.get(), last_day=date.max)
    assert grant.last_day == date.max


def test_with_a_second_administrator_both_are_possible(world):
    give_role(actor=world.administrator, user=world.lead, details=RoleDetails(role="administrator"))
    close_account(actor=world.administrator, user=world.administrator)
    assert not fresh(world.administrator).is_active


def test_a_closed_administrator_does_not_count_as_one(world):
    give_role(actor=world.administrator, user=world.lead, details=RoleDetails(role="administrator"))
    close_account(actor=world.administrator, user=world.lead)
    with pytest.raises(Blocked, match="only administrator"):
        close_account(actor=world.administrator, user=world.administrator)


def test_closing_an_account_ends_its_sessions_and_revokes_its_keys_at_once(world):
    browser = Client()
    browser.post("/accounts/login/", {"login": world.amina.email, "password": PASSWORD})
    assert browser.get("/workspace/").status_code == 200
    token, _ = make_token(actor=world.amina, name="Report", scope="read")
    kept = Session.objects.count()
    close_account(actor=world.administrator, user=world.amina)
    assert browser.get("/workspace/").status_code == 302
    assert Session.objects.count() == kept - 1
    assert not ApiToken.objects.working().filter(pk=token.pk).exists()
    again = Client()
    again.post("/accounts/login/", {"login": world.amina.email, "password": PASSWORD})
    assert again.get("/workspace/").status_code == 302


def test_an_account_opened_again_has_its_roles_but_neither_old_sessions_nor_keys(world):
    browser = Client()
    browser.post("/accounts/login/", {"login": world.amina.email, "password": PASSWORD})
    make_token(actor=world.amina, name="Report", scope="read")
    close_account(actor=world.administrator, user=world.amina)
    reopen_account(actor=world.administrator, user=world.amina)
    assert fresh(world.amina).roles_today == {Role.OFFICER}
    assert browser.get("/workspace/").status_code == 302
    assert not ApiToken.objects.working().exists()
    with pytest.raises(Blocked, match="open already"):
        reopen_account(actor=world.administrator, user=world.amina)


@pytest.mark.parametrize("who", ["amina", "lead", "manager", "publisher", "auditor", "leaver", "stranger", "nobody"])
def test_nobody_but_an_administrator_touches_accounts(world, who):
    actor = world.everybody()[who]
    with pytest.raises(Refused):
        give_role(actor=actor, user=world.stranger, details=RoleDetails(role="manager"))
    with pytest.raises(Refused):
        end_role(actor=actor, grant=world.joe.grants.get())
    with pytest.raises(Refused):
        close_account(actor=actor, user=world.joe)
    with pytest.raises(Refused):
        reopen_account(actor=actor, user=world.joe)


def test_the_pages_give_end_close_and_open(world, signed_in):
    browser = signed_in(world.administrator)
    page = f"/workspace/staff/{world.stranger.pk}/"
    assert "Select a role" in browser.post(page, {}).content.decode()
    assert browser.post(page, {"role": "manager"}).status_code == 302
    grant = world.stranger.grants.get()
    assert "Manager" in browser.get(page).content.decode()
    assert "End a role" in browser.get(f"/workspace/staff/roles/{grant.pk}/end/").content.decode()
    assert browser.post(f"/workspace/staff/roles/{grant.pk}/end/", {}).status_code == 302
    assert not world.stranger.grants.exists()
    browser.post(f"{page}close/")
    assert "Account closed" in browser.get(page).content.decode()
    browser.post(f"{page}reopen/")
    assert fresh(world.stranger).is_active


def test_a_refusal_is_said_on_the_page(world, signed_in):
    browser = signed_in(world.administrator)
    answer = browser.post(f"/workspace/staff/{world.administrator.pk}/close/", follow=True)
    assert "only administrator" in answer.content.decode()


def test_the_staff_list_costs_the_same_for_one_and_for_many(world, signed_in, django_assert_max_num_queries):
    browser = signed_in(world.administrator)
    with django_assert_max_num_queries(12):
        body = browser.get("/workspace/staff/").content.decode()
    assert "Amina" in body
    assert "East engagement team" in body


def test_your_account_shows_name_roles_with_place_and_dates_and_the_second_step(world, signed_in):
    body = signed_in(world.amina).get("/accounts/").content.decode()
    for words in ("Amina", "Engagement officer", "East engagement team", "1 January 2020", "Not set up", "Sign out"):
        assert words in body
