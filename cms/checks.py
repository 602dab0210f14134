"""What `check --deploy` says about the public site."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.conf.locale import LANG_INFO
from django.core.checks import CheckMessage, Error, Tags, register
from django.utils.translation import check_for_language


@register(Tags.security, deploy=True)
def no_unreviewed_languages(app_configs: Sequence[AppConfig] | None, **options: Any) -> list[CheckMessage]:
    """A council's site never shows words that nobody has checked."""
    if not settings.SHOW_UNREVIEWED_LANGUAGES:
        return []
    return [
        Error(
            "SHOW_UNREVIEWED_LANGUAGES is on: the public would read words that nobody has checked.",
            hint="It is for the demonstration only. Set SHOW_UNREVIEWED_LANGUAGES=no.",
            id="cms.E001",
        )
    ]


@register(Tags.translation)
def languages_are_known(app_configs: Sequence[AppConfig] | None, **options: Any) -> list[CheckMessage]:
    """Every language of the site has a name of its own and a catalogue, without which its addresses do not open."""

    found: list[CheckMessage] = []
    for code, name in settings.LANGUAGES:
        if "name_local" not in LANG_INFO.get(code, {}):
            found.append(
                Error(
                    f"{name} ({code}) has no name of its own.",
                    hint="Write it into settings/languages.csv.",
                    id="cms.E002",
                )
            )
        elif not check_for_language(code):
            hint = f"Add cms/locale/{code}/LC_MESSAGES/django.mo; an empty catalogue is enough."
            found.append(Error(f"{name} ({code}) has no catalogue.", hint=hint, id="cms.E003"))
    return found
