"""What every filter needs: choices that never show more than the reader may see."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

# A day as systems write it, and as people here do: day before month.
DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d %m %Y", "%d.%m.%Y", "%d-%m-%Y")


def seen(model: Any, **only: Any) -> Callable[[HttpRequest | None], QuerySet[Any]]:
    """The rows of a model this reader may choose from, of those that fit `only`; none when nobody asks."""

    def choose(request: HttpRequest | None) -> QuerySet[Any]:
        everything = model.objects.all()
        rows: QuerySet[Any] = everything.none() if request is None else everything.visible_to(request.user)
        return rows.filter(**only)

    return choose
