"""How allauth fits in: accounts open by invitation only, and its refusals are said in our words."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Any, ClassVar
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest

WRONG_SIGN_IN = "The e-mail address or the password is not right. Check both and try again"
TOO_MANY = "Too many tries. Wait 5 minutes, then try again"


class InvitationOnlyAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Nobody signs up; an administrator invites."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": WRONG_SIGN_IN,
        "email_password_mismatch": WRONG_SIGN_IN,
        "enter_current_password": "This is not your password now. Check it and try again",
        "incorrect_password": "This is not your password. Check it and try again",
        "invalid_login": WRONG_SIGN_IN,
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": TOO_MANY,
        "incorrect_code": "This code is not right. A code works once: take the next one and try again",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Whom limits count: of IPv6 the first half, for one connection has all 2^64 addresses of it (RFC 6177)."""
        found = ip_address(super().get_client_ip(request))
        if isinstance(found, IPv4Address):
            return str(found)
        return str(found.ipv4_mapped or IPv6Address(int(found) >> 64 << 64))

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The link for a new password: at this site's own address, whatever host the request named."""
        made = urlsplit(super().get_reset_password_from_key_url(key))
        return f"{settings.SITE_ADDRESS.rstrip('/')}{made.path}"


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth ships no types
    """The words of the second factor."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": InvitationOnlyAdapter.error_messages["incorrect_code"],
        "cannot_generate_recovery_codes": "Set up an app or a passkey first. Then you can make backup codes",
    }

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        """A first name for a passkey, which its owner may change."""
        return "My passkey"
