"""Accounts come by invitation."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from crm.accounts.actions import accept_invitation, invite_person, withdraw_invitation
from crm.accounts.details import InvitationDetails, RoleDetails
from crm.accounts.models import Invitation, User
from crm.audit.models import AuditEvent, Revision
from crm.base.actors import SYSTEM, Role
from crm.base.permissions import Refused
from crm.base.rules import Blocked, InputBlocked
from crm.base.writing import writing_allowed
from tests.world import PASSWORD

NEW_PASSWORD = "purple kettle marathon"
NOT_ADMINISTRATORS = ["amina", "chen", "lead", "manager", "analyst", "publisher", "auditor", "leaver", "stranger"]


@pytest.fixture
def invite(world, django_capture_on_commit_callbacks):
    """Invite somebody as the administrator; returns the invitation and the path of its link."""

    def send(**changes):
        details = {"name": "Sam Okoro", "email": "Sam@Northbrook.example", "role": RoleDetails(role=Role.OFFICER)}
        with django_capture_on_commit_callbacks(execute=True):
            invitation = invite_person(actor=world.administrator, details=InvitationDetails(**{**details, **changes}))
        return invitation, re.search(r"http://testserver(/accounts/invitation/\S+/)", mail.outbox[-1].body)[1]

    return send


def test_the_link_opens_an_account_with_its_role_and_signs_in(world, invite):
    role = RoleDetails(role=Role.OFFICER, team=world.east_team, locality=world.east)
    invitation, link = invite(role=role)
    browser = Client()
    assert "Hello Sam Okoro" in browser.get(link).content.decode()
    answer = browser.post(link, {"password": NEW_PASSWORD})
    assert answer.status_code == 302
    user = User.objects.get(email="sam@northbrook.example")
    assert (user.name, user.roles_today) == ("Sam Okoro", {Role.OFFICER})
    assert user.scope_of({Role.OFFICER}).teams == {world.east_team.pk}
    assert browser.get("/workspace/").status_code == 200
    invitation.refresh_from_db()
    assert invitation.state == "taken up"
    assert {"account.opened", "account.role_given"} <= set(AuditEvent.objects.values_list("verb", flat=True))


def test_the_invited_set_up_their_second_step_at_once(world, invite, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    _, link = invite()
    browser = Client()
    browser.post(link, {"password": NEW_PASSWORD})
    assert browser.get("/workspace/").headers["Location"] == "/accounts/2fa/"
    assert "Write the code that the app shows" in browser.get("/accounts/2fa/totp/activate/").content.decode()


def test_the_e_mail_names_nobody_in_its_subject_and_goes_to_the_invited_alone(world, invite):
    invite()
    [sent] = mail.outbox
    assert sent.subject == "Your invitation to Heard"
    assert sent.to == ["sam@northbrook.example"]
    assert "The link works once" in sent.body


def test_the_secret_is_stored_nowhere(world, invite):
    invitation, link = invite()
    secret = link.split("/")[-2]
    assert len(secret) >= 43
    assert invitation.digest == Invitation.digest_of(secret)
    stored = [*Invitation.objects.values_list(), *AuditEvent.objects.values_list(), *Revision.objects.values_list()]
    assert secret not in str(stored)


def test_the_link_works_once(world, invite):
    _, link = invite()
    Client().post(link, {"password": NEW_PASSWORD})
    again = Client().post(link, {"password": "another long password"})
    assert again.status_code == 404
    assert "This link does not work any more" in again.content.decode()
    assert User.objects.get(email="sam@northbrook.example").check_password(NEW_PASSWORD)


@pytest.mark.parametrize("what", ["withdrawn", "too old", "unknown"])
def test_a_dead_link_says_the_same_whatever_killed_it(world, invite, what):
    invitation, link = invite()
    if what == "withdrawn":
        withdraw_invitation(actor=world.administrator, invitation=invitation)
    if what == "too old":
        with writing_allowed():
            Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    answer = Client().get("/accounts/invitation/guessed/" if what == "unknown" else link)
    assert answer.status_code == 404
    assert "Ask whoever invited you for a new one" in answer.content.decode()
    assert Client().post(link if what != "unknown" else "/accounts/invitation/x/", {"password": "x"}).status_code == 404


def test_the_link_lives_fourteen_days(world, invite):
    invitation, _ = invite()
    assert timedelta(days=13, hours=23) < invitation.expires_at - timezone.now() <= timedelta(days=14)


def test_a_weak_password_is_refused_beside_its_field_and_the_link_stays_good(world, invite):
    _, link = invite()
    answer = Client().post(link, {"password": "short"})
    assert "govuk-error-message" in answer.content.decode()
    assert not User.objects.filter(email="sam@northbrook.example").exists()
    assert Client().get(link).status_code == 200


def test_who_is_signed_in_is_told_so_and_opens_nothing(world, invite, signed_in):
    invitation, link = invite()
    assert "You are signed in" in signed_in(world.amina).get(link).content.decode()
    with pytest.raises(Refused):
        accept_invitation(actor=world.amina, invitation=invitation, password=NEW_PASSWORD)


def test_an_address_with_an_account_is_refused_however_it_is_typed(world):
    details = InvitationDetails("Amina", "AMINA@northbrook.example", RoleDetails(role=Role.OFFICER))
    with pytest.raises(Blocked, match="has an account already"):
        invite_person(actor=world.administrator, details=details)


def test_an_address_with_an_open_invitation_is_refused_until_it_is_withdrawn(world, invite):
    invitation, _ = invite()
    with pytest.raises(Blocked, match="open invitation"):
        invite()
    withdraw_invitation(actor=world.administrator, invitation=invitation)
    assert invite()[0].state == "waiting"


def test_everything_missing_is_said_at_once(world):
    with pytest.raises(InputBlocked) as refusal:
        invite_person(actor=world.administrator, details=InvitationDetails(email="no address"))
    assert refusal.value.by_field() == {
        "name": ["Write their name"],
        "email": ["Enter an e-mail address, like name@example.org"],
        "role": ["Select a role"],
    }


@pytest.mark.parametrize("who", [*NOT_ADMINISTRATORS, "nobody"])
def test_nobody_but_an_administrator_invites_or_withdraws(world, invite, who):
    invitation, _ = invite()
    actor = world.everybody()[who]
    details = InvitationDetails("Pat", "pat@example.org", RoleDetails(role=Role.OFFICER))
    with pytest.raises(Refused):
        invite_person(actor=actor, details=details)
    with pytest.raises(Refused):
        withdraw_invitation(actor=actor, invitation=invitation)


def test_a_used_or_withdrawn_invitation_cannot_be_withdrawn(world, invite):
    invitation, link = invite()
    Client().post(link, {"password": NEW_PASSWORD})
    with pytest.raises(Blocked, match="opened their account"):
        withdraw_invitation(actor=world.administrator, invitation=invitation)


def test_two_presses_make_one_account(world, invite):
    invitation, _ = invite()
    accept_invitation(actor=AnonymousUser(), invitation=invitation, password=NEW_PASSWORD)
    with pytest.raises(Blocked, match="does not work any more"):
        accept_invitation(actor=AnonymousUser(), invitation=invitation, password=NEW_PASSWORD)


def test_the_page_invites_shows_the_reasons_and_withdraws(world, signed_in, django_capture_on_commit_callbacks):
    browser = signed_in(world.administrator)
    full = browser.post("/workspace/staff/invite/", {"name": "Sam", "role": "champion", "email": "sam@example.org"})
    assert "Select the locality where they are a champion" in full.content.decode()
    assert 'value="sam@example.org"' in full.content.decode()
    given = {"name": "Sam", "role": "champion", "email": "sam@example.org", "locality": str(world.east.pk)}
    with django_capture_on_commit_callbacks(execute=True):
        assert browser.post("/workspace/staff/invite/", given).status_code == 302
    invitation = Invitation.objects.get()
    assert "sam@example.org" in browser.get("/workspace/staff/").content.decode()
    browser.post(f"/workspace/staff/invitations/{invitation.pk}/withdraw/")
    assert "sam@example.org" not in browser.get("/workspace/staff/").content.decode()


def test_a_mail_server_that_refuses_is_said_plainly(world, signed_in, settings, django_capture_on_commit_callbacks):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # nothing listens there
    details = InvitationDetails("Pat", "pat@example.org", RoleDetails(role=Role.OFFICER))
    with pytest.raises(OSError), django_capture_on_commit_callbacks(execute=True):  # noqa: PT011
        invite_person(actor=world.administrator, details=details)
    assert Invitation.objects.open().exists()


def test_the_first_administrator_is_invited_by_a_command(db, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        call_command("invite_administrator", "first@northbrook.example", "First Person")
    link = re.search(r"http://testserver(\S+)", mail.outbox[-1].body)[1]
    Client().post(link, {"password": NEW_PASSWORD})
    assert User.objects.get().roles_today == {Role.ADMINISTRATOR}
    with pytest.raises(CommandError, match="has an account already"):
        call_command("invite_administrator", "first@northbrook.example", "First Person")


def test_no_page_signs_anybody_up(world):
    form = {"email": "new@example.org", "password1": NEW_PASSWORD}
    for answer in (Client().get("/accounts/signup/"), Client().post("/accounts/signup/", form)):
        assert answer.status_code == 404
        assert "Accounts come by invitation" in answer.content.decode()
    assert not User.objects.filter(email="new@example.org").exists()


@pytest.mark.parametrize("address", ["/accounts/email/", "/accounts/confirm-email/", "/accounts/confirm-email/x:y/"])
def test_no_page_changes_an_e_mail_address(world, signed_in, address):
    browser = signed_in(world.amina)
    assert browser.get(address).status_code == 404
    assert browser.post(address, {"action_add": "", "email": "other@example.org"}).status_code == 404
    assert User.objects.get(pk=world.amina.pk).email == "amina@northbrook.example"
    assert browser.login(email="amina@northbrook.example", password=PASSWORD)


def invite_first(email="first@northbrook.example"):
    call_command("invite_administrator", email, "First Person")


@pytest.fixture
def capture(django_capture_on_commit_callbacks):
    """Whatever follows a save happens at its end, as in a council's installation."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def test_a_mail_server_that_failed_once_does_not_lock_the_first_administrator_out(db, settings, capture):
    works, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # nothing listens there
    with pytest.raises(OSError), capture():  # noqa: PT011
        invite_first()
    settings.EMAIL_BACKEND = works
    with capture():
        invite_first("First@Northbrook.example")
    [sent] = mail.outbox
    link = re.search(r"http://testserver(\S+)", sent.body)[1]
    Client().post(link, {"password": NEW_PASSWORD})
    assert User.objects.get().roles_today == {Role.ADMINISTRATOR}
    assert sorted(invitation.state for invitation in Invitation.objects.all()) == ["taken up", "withdrawn"]
    assert AuditEvent.objects.filter(verb="account.invitation_withdrawn", actor_id=None).count() == 1


def test_the_command_names_the_setting_to_look_at_when_the_mail_server_fails(db, monkeypatch):
    def fails(*given):
        raise ConnectionRefusedError

    monkeypatch.setattr("crm.management.commands.invite_administrator.invite_person", lambda **given: fails())
    with pytest.raises(CommandError, match="Check EMAIL_URL, and run this again"):
        invite_first()


def test_the_command_replaces_its_own_invitation_and_nobody_elses(world, invite):
    invitation, _ = invite()
    with pytest.raises(CommandError, match="open invitation"):
        invite_first(invitation.email)
    with pytest.raises(Refused):
        withdraw_invitation(actor=SYSTEM, invitation=invitation)
    invitation.refresh_from_db()
    assert invitation.state == "waiting"
