"""Reads settings from the environment and stops loudly, naming the setting, when one is missing or malformed.

Every setting is declared once, in `SETTINGS`, with what it is for; `docs/settings.md` is checked against it.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

_reader = environ.Env()


@dataclass(frozen=True)
class Setting:
    """One setting a council may give: its name, what it is for, and what it looks like."""

    name: str
    purpose: str
    example: str


SETTINGS: dict[str, Setting] = {}


def declare(name: str, purpose: str, *, example: str) -> str:
    """Put a setting into the list that the documents are checked against."""
    SETTINGS[name] = Setting(name, purpose, example)
    return name


def _read(name: str, cast: Callable[[str], Any], default: Any, wanted: str) -> Any:
    if name not in SETTINGS:
        raise ImproperlyConfigured(f"{name} is read but not declared in settings.")
    raw = os.environ.get(name, "").strip()
    if not raw:
        if default is REQUIRED:
            setting = SETTINGS[name]
            raise ImproperlyConfigured(
                f"{name} is missing. It is {setting.purpose} Set it, for example: {name}={setting.example}"
            )
        return default
    try:
        return cast(raw)
    except Exception as problem:
        # The value itself stays out of the message: it may be a secret.
        raise ImproperlyConfigured(f"{name} must be {wanted}, for example {SETTINGS[name].example}.") from problem


REQUIRED: Any = object()
# Django keeps 300 and then throws a third away at random: whoever fills it would make the limits on guessing forget.
# Each entry is looked at whenever one is written, so not many thousands either.
FILES_OF_CACHE = 2000
LIBRARIES_OF_CACHES = {"RedisCache": "redis", "PyMemcacheCache": "pymemcache", "PyLibMCCache": "pylibmc"}
YES = ("yes", "true", "1", "on")
NO = ("no", "false", "0", "off")


def text(name: str, default: Any = REQUIRED) -> str:
    """Read a setting as words."""
    return str(_read(name, str, default, "text"))


def whole_number(name: str, default: Any = REQUIRED) -> int:
    """Read a setting as a whole number."""
    return int(_read(name, int, default, "a whole number"))


def yes_or_no(name: str, default: Any = REQUIRED) -> bool:
    """Read a setting as yes or no; anything else stops the start, so that a typing slip never switches a guard off."""

    def cast(raw: str) -> bool:
        words = {
            "yes": True,
            "true": True,
            "1": True,
            "on": True,
            "no": False,
            "false": False,
            "0": False,
            "off": False,
        }
        return words[raw.lower()]

    return bool(_read(name, cast, default, "yes or no"))


def listing(name: str, default: Any = REQUIRED) -> list[str]:
    """Read a setting as a list with commas between."""
    return list(_read(name, lambda raw: [part.strip() for part in raw.split(",") if part.strip()], default, "a list"))


def database(name: str, default: str) -> dict[str, Any]:
    """Read the database address. Only SQLite and PostgreSQL are known: nothing else is tested."""

    def cast(raw: str) -> dict[str, Any]:
        config = dict(_reader.db_url_config(raw))
        if config["ENGINE"] not in ("django.db.backends.sqlite3", "django.db.backends.postgresql"):
            raise ValueError(config["ENGINE"])
        if not config.get("NAME"):
            raise ValueError("no name")
        return config

    return dict(_read(name, cast, None, "a sqlite:/// or postgres:// address") or cast(default))


def cache(name: str, default: str) -> dict[str, Any]:
    """Read the address of the cache that all server processes share."""

    def cast(raw: str) -> dict[str, Any]:
        config = dict(_reader.cache_url_config(raw))
        library = LIBRARIES_OF_CACHES.get(config["BACKEND"].rpartition(".")[2])
        if library and find_spec(library) is None:
            raise ValueError(f"{library} is not installed")
        return config

    wanted = "the address of a cache whose library is installed here"
    config = dict(_read(name, cast, None, wanted) or cast(default))
    if config["BACKEND"].endswith("FileBasedCache"):
        config["BACKEND"] = "crm.base.caches.CountingFiles"
        config["OPTIONS"] = {"MAX_ENTRIES": FILES_OF_CACHE, **config.get("OPTIONS", {})}
    return config


def email(name: str, default: str) -> dict[str, Any]:
    """Read the address of the mail server."""

    def cast(raw: str) -> dict[str, Any]:
        return dict(_reader.email_url_config(raw))

    return dict(
        _read(name, cast, None, "an e-mail address of a server, like smtp+tls://user:secret@host:587") or cast(default)
    )
