"""Questions that `check --deploy` asks before a council's installation opens its doors."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import DatabaseError, connection

from crm.accounts.models import User

UNSHARED_CACHES = ("LocMemCache", "DummyCache")


@register(Tags.security, deploy=True)
def demonstration_is_left_behind(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Accounts whose password is printed for everyone, and settings that belong to the demonstration."""
    found: list[CheckMessage] = []
    if settings.DEMONSTRATION:
        words = "This installation runs as the demonstration. Start it with DJANGO_SETTINGS_MODULE=settings.production."
        found.append(Error(words, id="heard.E001"))
    if settings.SHOW_UNREVIEWED_LANGUAGES:
        words = "Words that no speaker has checked would be published. Set SHOW_UNREVIEWED_LANGUAGES=no."
        found.append(Error(words, id="heard.E003"))
    return found


@register(Tags.security, deploy=True)
def no_account_is_everybodys(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Demonstration accounts and superusers that are open. A database without tables has none."""
    try:
        shared = User.objects.filter(is_demonstration=True, is_active=True).exists()
        superusers = User.objects.filter(is_superuser=True, is_active=True).exists()
    except DatabaseError:
        return []
    found: list[CheckMessage] = []
    if shared:
        words = "Demonstration accounts are open. Their password is printed for everyone: start from an empty database."
        found.append(Error(words, id="heard.E002"))
    if superusers:
        words = "A superuser account is open. It passes every question Django asks: close it and give roles instead."
        found.append(Error(words, id="heard.E005"))
    return found


@register(Tags.security, deploy=True)
def sign_in_is_guarded(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """The second factor, and the counting of guesses across server processes."""
    found: list[CheckMessage] = []
    if not settings.SECOND_FACTOR_REQUIRED:
        words = "Staff may sign in with a password alone. Set SECOND_FACTOR_REQUIRED=yes."
        found.append(Error(words, id="heard.E004"))
    if settings.CACHES["default"]["BACKEND"].endswith(UNSHARED_CACHES):
        words = "Each server process would count guesses for itself. Set CACHE_URL to a cache they share."
        found.append(Error(words, id="heard.E006"))
    if settings.EMAIL_BACKEND.endswith(("console.EmailBackend", "dummy.EmailBackend", "locmem.EmailBackend")):
        words = "E-mail goes nowhere: invitations and new passwords would not arrive. Set EMAIL_URL to a mail server."
        found.append(Error(words, id="heard.E007"))
    return found


@register(Tags.security, deploy=True)
def erased_words_are_overwritten(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """SQLite leaves what was deleted readable in the file, unless told to overwrite it."""
    if connection.vendor != "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete")
        on = cursor.fetchone()[0]
    if on == 1:
        return []
    return [Warning("SQLite does not overwrite what is erased. Keep SQLITE_OPTIONS of settings.base.", id="heard.W001")]
