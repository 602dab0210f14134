"""Reads settings from the environment and stops loudly, naming the setting, when one is missing or malformed.

Every setting is declared once, in `settings.declared`, with what it is for; `docs/settings.md` is checked against it.
"""

from __future__ import annotations

import ipaddress
import os
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from email.utils import parseaddr
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured
from django.core.validators import validate_email
from django.http.request import validate_host

_reader = environ.Env()


@dataclass(frozen=True)
class Setting:
    """One setting a council may give: its name, what it is for, what it looks like, and what holds where it is not
    given, written as it would be given. None: it must be given."""

    name: str
    purpose: str
    example: str
    default: str | None = None


SETTINGS: dict[str, Setting] = {}


def declare(name: str, purpose: str, *, example: str, default: str | None = None) -> str:
    """Put a setting into the list that the documents are checked against."""
    SETTINGS[name] = Setting(name, purpose, example, default)
    return name


DECLARED: Any = object()  # "whatever is declared": stops the start where nothing is
# Django keeps 300 and then throws a third away at random: whoever fills it would make the limits on guessing forget.
# Each entry is looked at whenever one is written, so not many thousands either.
FILES_OF_CACHE = 2000
LIBRARIES_OF_CACHES = {"RedisCache": "redis", "PyMemcacheCache": "pymemcache", "PyLibMCCache": "pylibmc"}
YES = ("yes", "true", "1", "on")
NO = ("no", "false", "0", "off")
NONE = "none"
HOST = re.compile(r"\.?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*|\[[0-9a-f:.]+\]", re.IGNORECASE)
RATE = re.compile(r"[1-9]\d{1,9}/(s|sec|second|m|min|minute|h|hour|d|day)")
SHORTEST_SECRET, FEWEST_CHARACTERS = 50, 10
OF_THE_DEMONSTRATION = "demonstration-only-"


def _read(name: str, cast: Callable[[str], Any], default: Any, wanted: str) -> Any:
    if name not in SETTINGS:
        raise ImproperlyConfigured(f"{name} is read but not declared in settings.")
    setting = SETTINGS[name]
    raw = os.environ.get(name, "").strip()
    if not raw and default is not DECLARED:
        return default
    if not raw and setting.default is None:
        raise ImproperlyConfigured(
            f"{name} is missing. It is {setting.purpose} Set it, for example: {name}={setting.example}"
        )
    raw = raw or setting.default or ""
    try:
        return cast(raw) if raw else None
    except Exception:
        # The value itself stays out of the message and of what led to it: it may be a secret.
        raise ImproperlyConfigured(f"{name} must be {wanted}, for example {setting.example}.") from None


def _insist(fine: object) -> None:
    """Raises ValueError for what is not fine; `_read` says it in the words of the setting."""
    if not fine:
        raise ValueError


def text(name: str, default: Any = DECLARED) -> str:
    """Read a setting as words."""
    return str(_read(name, str, default, "text") or "")


def whole_number(name: str, default: Any = DECLARED, *, least: int, most: int) -> int:
    """Read a setting as a whole number within limits."""

    def cast(raw: str) -> int:
        _insist(raw.removeprefix("-").isascii() and least <= int(raw) <= most)
        return int(raw)

    return int(_read(name, cast, default, f"a whole number from {least} to {most}"))


def yes_or_no(name: str, default: Any = DECLARED) -> bool:
    """Read a setting as yes or no; anything else stops the start, so that a typing slip never switches a guard off."""

    def cast(raw: str) -> bool:
        _insist(raw.lower() in YES + NO)
        return raw.lower() in YES

    return bool(_read(name, cast, default, "yes or no"))


def _parts(raw: str) -> list[str]:
    found = [part.strip() for part in raw.split(",") if part.strip()]
    _insist(found)
    return found


def some_of(name: str, known: Collection[str]) -> list[str]:
    """Read a setting as some of what is known, with commas between; `none` chooses nothing."""

    def cast(raw: str) -> list[str]:
        chosen = [] if raw.lower() == NONE else _parts(raw)
        _insist(set(chosen) <= set(known))
        return chosen

    wanted = f"some of {', '.join(known)}, with commas between, or {NONE}"
    return list(_read(name, cast, DECLARED, wanted) or [])


def hosts(name: str, default: Any = DECLARED) -> list[str]:
    """Read a setting as names of this site: no address before or port behind them, and never every name there is."""

    def cast(raw: str) -> list[str]:
        found = _parts(raw)
        _insist(all(HOST.fullmatch(host) for host in found))
        return found

    return list(_read(name, cast, default, "names without https:// and without a port, and not *"))


def site(name: str, default: Any = DECLARED, *, known_as: list[str], secure: bool) -> str:
    """Read a setting as the address of this site, at one of the names it is known by."""

    def cast(raw: str) -> str:
        address = urlsplit(raw)
        _insist(address.scheme == "https" or (address.scheme == "http" and not secure))
        _insist(not (address.path.strip("/") or address.query or address.fragment or address.username))
        _insist(address.port != 0 and address.hostname and validate_host(address.hostname, known_as))
        return f"{address.scheme}://{address.netloc}"

    begins = "https://" if secure else "http:// or https://"
    return str(_read(name, cast, default, f"an address that begins with {begins} and has a name of ALLOWED_HOSTS"))


def address(name: str, default: Any = DECLARED, *, named: bool = False) -> str:
    """Read a setting as an e-mail address; `named`: a name may stand before it, as in `Heard <heard@example.org>`."""

    def cast(raw: str) -> str:
        bare = parseaddr(raw)[1] if named else raw
        validate_email(bare)
        _insist(bare == raw or raw.endswith(f"<{bare}>"))
        return raw

    return str(_read(name, cast, default, "an e-mail address") or "")


def rate(name: str) -> str:
    """Read a setting as so many requests in a second, minute, hour or day. At least ten: without sign-in it is a
    tenth of them."""

    def cast(raw: str) -> str:
        _insist(RATE.fullmatch(raw))
        return raw

    return str(_read(name, cast, DECLARED, "a number from 10 on, a stroke, and s, min, h or day"))


def file(name: str, default: Path) -> str:
    """Read a setting as a file, which need not be there yet, in a folder that is."""

    def cast(raw: str) -> str:
        path = Path(raw)
        _insist(path.is_absolute() and path.parent.is_dir() and not path.is_dir())
        return raw

    return str(_read(name, cast, str(default), "the whole path of a file, from / on, in a folder that is there"))


def secret(name: str) -> str:
    """Read a setting as a secret that nobody guesses, as Django's own check asks (security.W009)."""

    def cast(raw: str) -> str:
        _insist(len(raw) >= SHORTEST_SECRET and len(set(raw)) >= FEWEST_CHARACTERS)
        _insist(not raw.startswith(("django-insecure-", OF_THE_DEMONSTRATION)))
        return raw

    return str(_read(name, cast, DECLARED, f"at least {SHORTEST_SECRET} characters at random"))


def listening(name: str) -> list[str]:
    """Read a setting as addresses of this machine to listen on; those of IPv6 come out in brackets."""

    def cast(raw: str) -> list[str]:
        bare = [part.removeprefix("[").removesuffix("]") for part in _parts(raw)]
        for part in bare:
            _insist(part == "localhost" or ipaddress.ip_address(part))
        return [f"[{part}]" if ":" in part else part for part in bare]

    return list(_read(name, cast, DECLARED, "IP addresses or localhost, with commas between"))


def networks(name: str) -> str:
    """Read a setting as IP addresses and networks, or `*` for all."""

    def cast(raw: str) -> str:
        found = _parts(raw)
        for part in found:
            _insist(part == "*" or ipaddress.ip_network(part))
        return ",".join(found)

    return str(_read(name, cast, DECLARED, "IP addresses or networks like 10.0.0.0/8, with commas between, or *"))


def database(name: str, default: str) -> dict[str, Any]:
    """Read the database address. Only SQLite and PostgreSQL are known: nothing else is tested."""

    def cast(raw: str) -> dict[str, Any]:
        config = dict(_reader.db_url_config(raw))
        _insist(config["ENGINE"] in ("django.db.backends.sqlite3", "django.db.backends.postgresql"))
        _insist(config.get("NAME"))
        return config

    return dict(_read(name, cast, None, "a sqlite:/// or postgres:// address") or cast(default))


def cache(name: str, default: str) -> dict[str, Any]:
    """Read the address of the cache that all server processes share."""

    def cast(raw: str) -> dict[str, Any]:
        config = dict(_reader.cache_url_config(raw))
        library = LIBRARIES_OF_CACHES.get(config["BACKEND"].rpartition(".")[2])
        _insist(not library or find_spec(library) is not None)
        return config

    wanted = "the address of a cache whose library is installed here"
    config = dict(_read(name, cast, None, wanted) or cast(default))
    if config["BACKEND"].endswith("FileBasedCache"):
        config["BACKEND"] = "crm.base.caches.CountingFiles"
        config["OPTIONS"] = {"MAX_ENTRIES": FILES_OF_CACHE, **config.get("OPTIONS", {})}
    return config


def email(name: str) -> dict[str, Any]:
    """Read the address of the mail server."""

    def cast(raw: str) -> dict[str, Any]:
        config = dict(_reader.email_url_config(raw))
        _insist(config["EMAIL_HOST"] or "smtp" not in config["EMAIL_BACKEND"])
        return config

    return dict(
        _read(
            name, cast, DECLARED, "the address of a mail server with its name, by smtp://, smtp+tls:// or smtp+ssl://"
        )
    )
