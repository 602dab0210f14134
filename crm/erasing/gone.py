"""Of which kinds of record erased ones are told, and to whom: never to more than could read them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import models

# Whoever sees a person sees these; these only with an office role. Of kinds that are seen otherwise (who came, who sits
# on a panel, who applied) nobody is told: a copy loses them with the person.
WITH_THE_PERSON = {
    "person", "supporter", "intermediary", "contactpermission", "objection", "restriction", "privacynotice",
    "governancerole",
}  # fmt: skip
IN_AN_OFFICE = {"accessneed", "noneed", "declaredcommunity", "needoutcome"}


def may_be_gone(model: type[models.Model]) -> bool:
    """Whether it is told that records of a kind were erased."""
    return model._meta.model_name in WITH_THE_PERSON | IN_AN_OFFICE


def alone_known_to(row: Any) -> UUID | None:
    """The one colleague who could read a need that may not be shared, or what came of it; None for any other record."""
    need = getattr(row, "need", row)
    return need.recorded_by_id if getattr(need, "may_share", "") == "no" else None
