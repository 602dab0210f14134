"""One's own account, and invitations taken up."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.generic import FormView, TemplateView

from crm.accounts import permissions, rules
from crm.accounts.actions import accept_invitation
from crm.accounts.forms import PasswordForm
from crm.accounts.models import Invitation, RoleGrant
from crm.accounts.reader import reader_of
from crm.accounts.reports import account_state
from crm.base.permissions import Row
from crm.base.rules import Blocked
from crm.base.views import WorkspacePage


class AccountHome(WorkspacePage):
    """Your account: name, roles, how you sign in."""

    permission = permissions.read_own_account
    template_name = "workspace/accounts/account.html"
    title = "Your account"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The roles that hold today, and the state of signing in."""
        user = reader_of(self.request)
        grants = RoleGrant.objects.filter(user=user).on(timezone.localdate())
        return super().get_context_data(
            grants=grants.select_related("team", "locality"), state=account_state(user), **kwargs
        )


class TakeUpInvitation(FormView[PasswordForm]):
    """Where the link of an invitation leads: choose a password, and you are in."""

    row: Row = permissions.accept_invitation.row
    template_name = "workspace/accounts/invitation.html"
    form_class = PasswordForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Every dead link gets the same page, whatever killed it."""
        digest = Invitation.digest_of(kwargs["secret"])
        found = Invitation.objects.filter(digest=digest).first()
        if found is None or rules.blockers_to_accepting(found):
            return self._over(request)
        if request.user.is_authenticated:
            return render(request, "workspace/accounts/signed_in_already.html", {"title": "You are signed in"})
        self.invitation = found
        response = super().dispatch(request, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store, private"
        return response

    @staticmethod
    def _over(request: HttpRequest) -> HttpResponse:
        words = {"title": "This link does not work any more", "words": rules.DEAD_LINK.words}
        return render(request, "workspace/accounts/dead_link.html", words, status=404)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whom the link is for."""
        return super().get_context_data(title="Open your account", invitation=self.invitation, **kwargs)

    def form_valid(self, form: PasswordForm) -> HttpResponse:
        """Open the account and sign in; the second step, where the council asks for one, comes next."""
        password = form.cleaned_data["password"]
        try:
            user = accept_invitation(actor=self.request.user, invitation=self.invitation, password=password)
        except Blocked as refusal:
            if rules.DEAD_LINK in refusal.blockers:
                return self._over(self.request)
            form.add_error("password", [blocker.words for blocker in refusal.blockers])
            return self.form_invalid(form)
        response: HttpResponse = perform_login(self.request, user, email_verification="none")
        # The password was chosen this minute: adding a second factor need not ask for it again.
        record_authentication(self.request, user, method="password", reauthenticated=True)
        return response


class Closed(TemplateView):
    """A page of allauth that Heard does not offer: accounts come by invitation, and e-mail addresses do not change."""

    row: Row = permissions.PUBLIC_PAGE
    template_name = "workspace/accounts/closed.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The title."""
        return super().get_context_data(title="This page is not here", **kwargs)

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """404, with kind words."""
        return super().render_to_response(context, status=404, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The same for whoever posts."""
        return self.get(request, *args, **kwargs)
