"""What somebody says about purposes, permission and stopping before it is saved: plain values from every door."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from crm.languages.models import Language
from crm.privacy.models import LawfulBasis, PrivacyNotice, Purpose, Restriction


@dataclass(frozen=True)
class BasisDetails:
    """What a purpose rests on, for one channel or, with none named, for every other."""

    basis: str = LawfulBasis.Basis.PUBLIC_TASK
    channel: str = ""
    condition: str = ""
    source: str = ""


@dataclass(frozen=True)
class PurposeDetails:
    """Something the council does with what it knows about people."""

    name: str
    words: str = ""
    asks_permission: bool = False
    bases: Sequence[BasisDetails] = ()
    ended_on: date | None = None


@dataclass(frozen=True)
class NoticeDetails:
    """That somebody was told what we do with what we know about them."""

    given_on: date | None
    how: str = PrivacyNotice.How.SPOKEN
    language: Language | None = None
    told_of_by_others: bool = False


@dataclass(frozen=True)
class PermissionDetails:
    """That somebody said we may get in touch for a purpose; with no channel named, any way."""

    purpose: Purpose | None
    given_on: date | None
    how: str = ""
    channel: str = ""


@dataclass(frozen=True)
class ObjectionDetails:
    """That somebody objects to a purpose or, with none named, to everything we do."""

    raised_on: date | None
    purpose: Purpose | None = None
    words: str = ""


@dataclass(frozen=True)
class RestrictionDetails:
    """That somebody's record may only be stored from now on."""

    asked_on: date | None
    ground: str = Restriction.Ground.ASKED
    words: str = ""
