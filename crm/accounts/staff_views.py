"""Who works with Heard: the list, one member, invitations. And one's own keys for other systems."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from crm.accounts import actions, permissions
from crm.accounts.forms import EndRoleForm, InvitationForm, RoleForm, TokenForm
from crm.accounts.models import ApiToken, Invitation, RoleGrant, User
from crm.accounts.reader import reader_of
from crm.accounts.reports import account_state, grants_of, staff_list
from crm.base.rules import Blocked
from crm.base.views import WorkspacePage, WorkspaceView, one_of, one_seen, page_of, refusal_words

NOT_SENT = (
    "The invitation is saved, but the mail server did not take the e-mail. "
    "Withdraw the invitation, and invite them again later."
)


class FormPage(WorkspacePage):
    """A page with one form. A refusal comes back with everything that was typed."""

    def form(self, data: Any = None) -> Any:
        """The form, empty or with what was sent."""
        raise NotImplementedError

    def save(self, form: Any) -> HttpResponse:
        """What happens to a form whose shape is right."""
        raise NotImplementedError

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the form."""
        return super().get_context_data(**{"form": kwargs.pop("form", None) or self.form(), **kwargs})

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save, or show the reasons beside the fields."""
        form = self.form(request.POST)
        if form.is_valid():
            try:
                return self.save(form)
            except Blocked as refusal:
                form.add_blockers(refusal)
        return self.render_to_response(self.get_context_data(form=form))


class Button(WorkspaceView):
    """A single button somewhere: does one thing, says what happened, and goes back."""

    http_method_names = ["post"]
    said = ""

    def act(self, key: UUID) -> str:
        """Do it; return where to go."""
        raise NotImplementedError

    def where(self, key: UUID) -> str:
        """Where to go when it was refused."""
        raise NotImplementedError

    def post(self, request: HttpRequest, key: UUID) -> HttpResponse:
        """Do it, or say why not."""
        try:
            following = self.act(key)
            messages.success(request, self.said)
        except Blocked as refusal:
            following = self.where(key)
            for words in refusal_words(refusal):
                messages.warning(request, words)
        return redirect(following)


def _member_page(user_id: Any) -> str:
    return redirect("workspace:member", key=user_id).url


class StaffList(WorkspacePage):
    """Everybody with an account, and invitations that wait."""

    permission = permissions.read_staff
    template_name = "workspace/accounts/staff.html"
    title = "Staff"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """A page of accounts, and the open invitations."""
        user = reader_of(self.request)
        waiting = Invitation.objects.visible_to(user).open().select_related("team", "locality").order_by("expires_at")
        return super().get_context_data(
            page=page_of(staff_list(user), self.request), waiting=list(waiting[:50]), **kwargs
        )


class Member(FormPage):
    """One account: roles now and before, a role to give, and closing."""

    permission = permissions.give_role
    template_name = "workspace/accounts/member.html"

    @property
    def member(self) -> User:
        """Whose page this is."""
        found: User = one_seen(self.request.user, User, self.kwargs["key"])
        return found

    def form(self, data: Any = None) -> RoleForm:
        """A role to give."""
        return RoleForm(data, actor=reader_of(self.request))

    def save(self, form: RoleForm) -> HttpResponse:
        """Give it."""
        grant = actions.give_role(actor=reader_of(self.request), user=self.member, details=form.details())
        messages.success(self.request, f"Role given: {grant.get_role_display()}.")
        return redirect("workspace:member", key=self.kwargs["key"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The member and every role they held."""
        member = self.member
        return super().get_context_data(
            title=member.name or member.email,
            member=member,
            state=account_state(member),
            grants=grants_of(reader_of(self.request), member),
            **kwargs,
        )


class Invite(FormPage):
    """Invite somebody."""

    permission = permissions.invite_person
    template_name = "workspace/accounts/invite.html"
    title = "Invite somebody"

    def form(self, data: Any = None) -> InvitationForm:
        """Who, and to which role."""
        return InvitationForm(data, actor=reader_of(self.request))

    def save(self, form: InvitationForm) -> HttpResponse:
        """Send it. When the mail server refuses, the administrator must know."""
        try:
            actions.invite_person(actor=reader_of(self.request), details=form.invitation())
            messages.success(self.request, "Invitation sent. The link works once, for 14 days.")
        except OSError:
            messages.warning(self.request, NOT_SENT)
        return redirect("workspace:staff")


class WithdrawInvitation(Button):
    """Withdraw an invitation."""

    permission = permissions.withdraw_invitation
    said = "Invitation withdrawn. Its link does not work any more."

    def act(self, key: UUID) -> str:
        """Withdraw it."""
        found = one_seen(self.request.user, Invitation, key)
        actions.withdraw_invitation(actor=reader_of(self.request), invitation=found)
        return self.where(key)

    def where(self, key: UUID) -> str:
        """The staff list."""
        return "workspace:staff"


class EndRole(FormPage):
    """End a role."""

    permission = permissions.end_role
    template_name = "workspace/accounts/end_role.html"
    title = "End a role"

    @property
    def grant(self) -> RoleGrant:
        """The role to end."""
        readable = RoleGrant.objects.visible_to(self.request.user).select_related("user", "team", "locality")
        found: RoleGrant = one_of(readable, pk=self.kwargs["key"])
        return found

    def form(self, data: Any = None) -> EndRoleForm:
        """When."""
        return EndRoleForm(data)

    def save(self, form: EndRoleForm) -> HttpResponse:
        """End it."""
        grant = self.grant
        actions.end_role(actor=reader_of(self.request), grant=grant, last_day=form.cleaned_data["last_day"])
        messages.success(self.request, f"Role ended: {grant.get_role_display()}.")
        return redirect("workspace:member", key=grant.user_id)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Which role of whom."""
        return super().get_context_data(grant=self.grant, **kwargs)


class CloseAccount(Button):
    """Close an account."""

    permission = permissions.close_account
    said = "Account closed. They are signed out, and their keys do not work any more."

    def act(self, key: UUID) -> str:
        """Close it."""
        found = one_seen(self.request.user, User, key)
        actions.close_account(actor=reader_of(self.request), user=found)
        # Whoever closed their own account has no page to go back to.
        return "account_login" if found.pk == self.request.user.pk else self.where(key)

    def where(self, key: UUID) -> str:
        """Their page."""
        return _member_page(key)


class ReopenAccount(Button):
    """Open a closed account again."""

    permission = permissions.reopen_account
    said = "Account open again."

    def act(self, key: UUID) -> str:
        """Open it."""
        found = one_seen(self.request.user, User, key)
        actions.reopen_account(actor=reader_of(self.request), user=found)
        return self.where(key)

    def where(self, key: UUID) -> str:
        """Their page."""
        return _member_page(key)


class LostPhone(Button):
    """Somebody lost their phone: the button on one's own account page, and on a member's for whoever rings in."""

    permission = permissions.report_phone_lost
    said = (
        "Signed out everywhere. What waited on the lost phone cannot be opened any more. At the next sign-in, the "
        "password alone opens the account: set up a new second step then."
    )

    def act(self, key: UUID) -> str:
        """Lock it for good. One's own second step goes with it, so that, like on the page that removes it, the password
        is asked for again: a page left open must not open the account to whoever finds it."""
        found = one_seen(self.request.user, User, key)
        if found.pk == self.request.user.pk and account_state(found).has_factor:
            raise_if_reauthentication_required(self.request, app="allauth.mfa")
        actions.report_phone_lost(actor=reader_of(self.request), user=found)
        if found.pk != self.request.user.pk:
            return self.where(key)
        logout(self.request)  # here too: the session of this page is over
        return "account_login"

    def where(self, key: UUID) -> str:
        """Their page."""
        return _member_page(key)


class TakeSecondStepAway(Button):
    """Take a colleague's second step away. It cannot be undone, so it is asked first whose, and what it means."""

    http_method_names = ["get", "post"]
    permission = permissions.take_second_step_away
    said = "Their second step is taken away, and they are signed out everywhere. We have sent them an e-mail."

    def get(self, request: HttpRequest, key: UUID) -> HttpResponse:
        """Whether they are sure."""
        found = one_seen(request.user, User, key)
        title = f"Take away the second step of {found.name or found.email}?"
        context = {"title": title, "member": found, "state": account_state(found)}
        return render(request, "workspace/accounts/take_second_step.html", context)

    def act(self, key: UUID) -> str:
        """Take it away."""
        found = one_seen(self.request.user, User, key)
        actions.take_second_step_away(actor=reader_of(self.request), user=found)
        return self.where(key)

    def where(self, key: UUID) -> str:
        """Their page."""
        return _member_page(key)


class Keys(FormPage):
    """Your keys for other systems. A new key is shown once, in the answer to the form, and never again."""

    permission = permissions.make_token
    template_name = "workspace/accounts/keys.html"
    title = "Your keys for other systems"

    def form(self, data: Any = None) -> Form:
        """A key to make."""
        return TokenForm(data)

    def save(self, form: TokenForm) -> HttpResponse:
        """Make it and show it, here and now: kept in no session, no address and no log."""
        given = form.cleaned_data
        token, key = actions.make_token(
            actor=reader_of(self.request), name=given["name"], scope=given["scope"], days=given["days"]
        )
        self.template_name = "workspace/accounts/key_made.html"
        return self.render_to_response({"title": "Copy your new key now", "token": token, "key": key})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """One's own keys, newest first."""
        keys = ApiToken.objects.visible_to(self.request.user).order_by("-created_at", "-id")
        return super().get_context_data(page=page_of(keys, self.request), **kwargs)


class RevokeKey(Button):
    """Revoke a key. It cannot be undone, so it is asked first which key that is and what it means."""

    http_method_names = ["get", "post"]
    permission = permissions.revoke_token
    said = "Key revoked. It does not work any more."

    def key_to_revoke(self, key: UUID) -> ApiToken:
        """One's own key."""
        found: ApiToken = one_seen(self.request.user, ApiToken, key)
        return found

    def get(self, request: HttpRequest, key: UUID) -> HttpResponse:
        """Whether they are sure."""
        found = self.key_to_revoke(key)
        context = {"title": f"Revoke the key “{found.name}”?", "key": found}
        return render(request, "workspace/accounts/revoke_key.html", context)

    def act(self, key: UUID) -> str:
        """Revoke it."""
        actions.revoke_token(actor=reader_of(self.request), token=self.key_to_revoke(key))
        return self.where(key)

    def where(self, key: UUID) -> str:
        """The list of keys."""
        return "workspace:keys"
