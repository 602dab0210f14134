"""allauth's forms in the look and the words of Heard. What they check and do stays allauth's."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.mfa.base import forms as factor
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import forms as codes
from allauth.mfa.totp import forms as app
from allauth.mfa.utils import is_mfa_enabled
from allauth.mfa.webauthn import forms as passkeys
from django import forms

from crm.base.forms import GovukRenderer

CODE_ATTRIBUTES = {"autocomplete": "one-time-code", "inputmode": "numeric", "class": "govuk-input--width-10"}
HINT_FOR_NEW = "At least 12 characters. Three words that do not belong together are easy to remember."

DO_NOT_FIT = {"account_inactive", "email_password_mismatch", "invalid_login"}


class Restyled(forms.Form):
    """Sets the renderer, and for each named field its label, hint and the words when it is left empty."""

    default_renderer = GovukRenderer
    required_css_class = ""
    says: ClassVar[dict[str, tuple[str, str, str]]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            label, hint, when_empty = self.says.get(name, (str(field.label or ""), "", ""))
            field.label, field.help_text = label, hint
            if when_empty:
                field.error_messages["required"] = when_empty


class CodeForm(Restyled):
    """A form that asks for a code."""

    says: ClassVar[dict[str, tuple[str, str, str]]] = {
        "code": ("Code", "6 numbers from your app, or one of your backup codes", "Enter the code")
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs = dict(CODE_ATTRIBUTES)


class LoginForm(Restyled, account.LoginForm):  # type: ignore[misc]  # allauth ships no types
    """Sign in."""

    says: ClassVar[dict[str, tuple[str, str, str]]] = {
        "login": ("E-mail address", "", "Enter your e-mail address"),
        "password": ("Password", "", "Enter your password"),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].error_messages["invalid"] = "Enter an e-mail address, like name@example.org"
        self.fields["login"].widget.attrs = {"autocomplete": "username"}

    def clean(self) -> dict[str, Any]:
        """What does not fit together is said beside the password, so that the summary has somewhere to lead."""
        try:
            super().clean()
        except forms.ValidationError as problem:
            if problem.code not in DO_NOT_FIT:
                raise
            self.add_error("password", problem)
        return self.cleaned_data


class ResetPasswordForm(Restyled, account.ResetPasswordForm):  # type: ignore[misc]
    """Ask for a link to choose a new password."""

    says: ClassVar[dict[str, tuple[str, str, str]]] = {"email": ("E-mail address", "", "Enter your e-mail address")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].error_messages["invalid"] = "Enter an e-mail address, like name@example.org"


class ResetPasswordKeyForm(Restyled, account.ResetPasswordKeyForm):  # type: ignore[misc]
    """Choose a new password."""

    says: ClassVar[dict[str, tuple[str, str, str]]] = {
        "password1": ("New password", HINT_FOR_NEW, "Enter a new password"),
        "password2": ("New password again", "", "Enter the new password again"),
    }


class ChangePasswordForm(Restyled, account.ChangePasswordForm):  # type: ignore[misc]
    """Change one's password."""

    says: ClassVar[dict[str, tuple[str, str, str]]] = {
        "oldpassword": ("Password now", "", "Enter the password you have now"),
        **ResetPasswordKeyForm.says,
    }


class ReauthenticateForm(Restyled, account.ReauthenticateForm):  # type: ignore[misc]
    """Say the password again before something important."""

    says: ClassVar[dict[str, tuple[str, str, str]]] = {"password": ("Password", "", "Enter your password")}


class AppOrBackupForm(CodeForm):
    """A form that asks for a code of the app or a backup code: who has no app is asked for no code of one."""

    user: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.has_app = is_mfa_enabled(self.user, [Authenticator.Type.TOTP])
        if not self.has_app:
            self.fields["code"].label, self.fields["code"].help_text = "Backup code", "One that you have not used yet"


class FactorForm(AppOrBackupForm, factor.AuthenticateForm):  # type: ignore[misc]
    """The second step of signing in."""


class FactorAgainForm(AppOrBackupForm, factor.ReauthenticateForm):  # type: ignore[misc]
    """The second factor again before something important."""


class ActivateAppForm(CodeForm, app.ActivateTOTPForm):  # type: ignore[misc]
    """Show that the app was set up."""

    says: ClassVar[dict[str, tuple[str, str, str]]] = {
        "code": ("Code", "The 6 numbers that your app shows now", "Enter the code from your app")
    }


class DeactivateAppForm(Restyled, app.DeactivateTOTPForm):  # type: ignore[misc]
    """Stop using the app."""


class GenerateCodesForm(Restyled, codes.GenerateRecoveryCodesForm):  # type: ignore[misc]
    """Make new backup codes."""


class AddPasskeyForm(Restyled, passkeys.AddWebAuthnForm):  # type: ignore[misc]
    """Add a passkey."""

    says: ClassVar[dict[str, tuple[str, str, str]]] = {
        "name": ("Name of this passkey", "To tell your passkeys apart, like: work phone", ""),
        "passwordless": (
            "Sign in with this passkey alone, without my password",
            "For a phone, computer or key that only you use.",
            "",
        ),
        "credential": ("", "", "Your device did not give us a passkey. Try again"),
    }


class PasskeyForm(Restyled, passkeys.AuthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey as the second step of signing in."""


class PasskeyAgainForm(Restyled, passkeys.ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """The passkey again before something important."""


class PasskeyLoginForm(Restyled, passkeys.LoginWebAuthnForm):  # type: ignore[misc]
    """Sign in with a passkey alone."""


class RenamePasskeyForm(Restyled, passkeys.EditWebAuthnForm):  # type: ignore[misc]
    """Give a passkey another name."""

    says: ClassVar[dict[str, tuple[str, str, str]]] = {
        "name": ("Name of this passkey", "To tell your passkeys apart, like: work phone", "Enter a name"),
    }
