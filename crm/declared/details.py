"""What a person said about a community they belong to, before it is saved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from crm.communities.models import Community
from crm.declared.models import DeclaredCommunity
from crm.privacy.models import Purpose


@dataclass(frozen=True)
class DeclarationDetails:
    """The community, what they told us for, when and how. All of it must be given: nothing here is guessed."""

    community: Community | None
    purpose: Purpose | None
    declared_on: date | None
    how: str = DeclaredCommunity.How.SPOKEN
