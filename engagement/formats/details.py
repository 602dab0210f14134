"""What somebody asks for: plain values that the public page, the workspace and the API fill in."""

from __future__ import annotations

from dataclasses import dataclass

from crm.accounts.models import User
from crm.languages.models import Language


@dataclass(frozen=True)
class RequestDetails:
    """What is wanted, how, and how to reach whoever wants it. `owner` answers for the page, where somebody does."""

    about: str
    format: str
    language: Language | None = None
    address: str = ""
    words: str = ""
    name: str = ""
    reach_by: str = ""
    reach_at: str = ""
    owner: User | None = None
