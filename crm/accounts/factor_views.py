"""allauth's pages that change how somebody signs in. Each change stands in the audit, in the same transaction."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.views import PasswordChangeView, PasswordResetFromKeyView, PasswordSetView
from allauth.mfa.base.views import IndexView
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from crm.accounts.actions import note_sign_in_change
from crm.accounts.middleware import remember_added_factor, wanted_page
from crm.accounts.models import User
from crm.audit.verbs import Verb


class Noted:
    """For a page with a form. What the form of the page did is noted under `verb`. Without the note it is not done."""

    verb: ClassVar[Verb]
    request: HttpRequest

    def who(self) -> User:
        """Whose sign-in changes."""
        found: User = self.request.user  # type: ignore[assignment]  # these pages are for people who signed in
        return found

    def form_valid(self, form: Any) -> HttpResponse:
        """Change it and note it, both or neither."""
        who = self.who()
        with transaction.atomic():
            response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
            note_sign_in_change(actor=who, verb=self.verb)
            if getattr(self, "did_generate_recovery_codes", False):  # with the first app or passkey come the codes
                note_sign_in_change(actor=who, verb=Verb.BACKUP_CODES_MADE)
        return response


class Proving(Noted):
    """A second factor is added; the session then counts as opened with one."""

    def form_valid(self, form: Any) -> HttpResponse:
        """The factor works."""
        response = super().form_valid(form)
        remember_added_factor(self.request)
        return response


class ActivateApp(Proving, ActivateTOTPView):  # type: ignore[misc]  # allauth ships no types
    """Set up an app."""

    verb = Verb.APP_SET_UP


class AddPasskey(Proving, AddWebAuthnView):  # type: ignore[misc]
    """Add a passkey."""

    verb = Verb.PASSKEY_ADDED


class RemoveApp(Noted, DeactivateTOTPView):  # type: ignore[misc]
    """Stop using the app."""

    verb = Verb.APP_REMOVED


class RemovePasskey(Noted, RemoveWebAuthnView):  # type: ignore[misc]
    """Remove a passkey."""

    verb = Verb.PASSKEY_REMOVED


class MakeBackupCodes(Noted, GenerateRecoveryCodesView):  # type: ignore[misc]
    """Make new backup codes."""

    verb = Verb.BACKUP_CODES_MADE


class ChangePassword(Noted, PasswordChangeView):  # type: ignore[misc]
    """Change one's password."""

    verb = Verb.PASSWORD_CHANGED


class ChoosePassword(Noted, PasswordSetView):  # type: ignore[misc]
    """Choose a password where there was none."""

    verb = Verb.PASSWORD_CHANGED


class ResetPassword(Noted, PasswordResetFromKeyView):  # type: ignore[misc]
    """Choose a new password by the link in an e-mail."""

    verb = Verb.PASSWORD_RESET

    def who(self) -> User:
        """Whoever the link is for: nobody need be signed in."""
        found: User = self.reset_user
        return found


class SecondStep(IndexView):  # type: ignore[misc]
    """Which second steps stand, and where one is set up."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whether the council asks for one, and the page that waits until there is one."""
        required = settings.SECOND_FACTOR_REQUIRED
        found = super().get_context_data(required=required, wanted=wanted_page(self.request), **kwargs)
        return dict(found)


class BackupCodes(ViewRecoveryCodesView):  # type: ignore[misc]
    """One's backup codes."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """And the page that waited until a second step was there."""
        return dict(super().get_context_data(wanted=wanted_page(self.request), **kwargs))
