"""The parameters of addresses and the headers of requests and answers, as OpenAPI says them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter

from api.pagination import LARGEST_PAGE, PAGE_SIZE, SINCE
from api.reports import Parameter
from api.views import Collection

ORDERING = "The order. `created_at` is that of being added, as the ids are."


def header(
    name: str, words: str, *, required: bool = False, example: str = "", longest: int | None = None
) -> OpenApiParameter:
    """A header of a request."""
    kind: dict[str, Any] = {"type": "string", **({"minLength": 1, "maxLength": longest} if longest else {})}
    examples = [OpenApiExample(name, value=example)] if example else []
    return OpenApiParameter(
        name, kind, OpenApiParameter.HEADER, description=words, required=required, examples=examples
    )


def sent(name: str, words: str, statuses: list[str], kind: Any = OpenApiTypes.STR) -> OpenApiParameter:
    """A header of an answer, and with which statuses it is sent."""
    return OpenApiParameter(name, kind, OpenApiParameter.HEADER, description=words, response=statuses)


def paging_of(view: Collection) -> list[OpenApiParameter]:
    """How a list is read."""
    found = _pages(view)
    return found if view.tells_changes else [one for one in found if one.name != SINCE]


def _pages(view: Collection) -> list[OpenApiParameter]:
    size = {"type": "integer", "minimum": 1, "maximum": LARGEST_PAGE, "default": PAGE_SIZE}
    return [
        OpenApiParameter("page_size", size, description="How many rows a page has."),
        OpenApiParameter("cursor", str, description="Where the page begins: take it, whole, from `next`."),
        OpenApiParameter("ordering", str, enum=list(view.orders), default=view.default_order, description=ORDERING),
        OpenApiParameter(
            SINCE,
            OpenApiTypes.DATETIME,
            description="Only what changed since then, oldest change first; withdrawn and erased rows without words.",
        ),
    ]


def filters_of(view: Collection) -> list[OpenApiParameter]:
    """How a list is narrowed down."""
    filters = view.filter_class.base_filters if view.filter_class else {}
    return [filter_of(name, one) for name, one in filters.items()]


KINDS: Mapping[str, Any] = {
    "ModelChoiceFilter": OpenApiTypes.UUID,
    "DateFilter": OpenApiTypes.DATE,
    "BooleanFilter": OpenApiTypes.BOOL,
    "ChoiceFilter": OpenApiTypes.STR,
    "UUIDFilter": OpenApiTypes.UUID,
}


def filter_of(name: str, one: Any) -> OpenApiParameter:
    """One filter."""
    choices = one.extra.get("choices") if type(one).__name__ == "ChoiceFilter" else None
    values = [value for value, _ in (choices() if callable(choices) else choices)] if choices else None
    return OpenApiParameter(name, KINDS[type(one).__name__], description=f"{one.label}.", enum=values)


def parameter_of(one: Parameter) -> OpenApiParameter:
    """What a report may be asked."""
    kinds = {"uuid": OpenApiTypes.UUID, "date": OpenApiTypes.DATE, "boolean": OpenApiTypes.BOOL,
             "integer": OpenApiTypes.INT}  # fmt: skip
    choices = list(one.choices) if one.kind == "string" else None
    return OpenApiParameter(one.name, kinds.get(one.kind, OpenApiTypes.STR), description=f"{one.words}.", enum=choices)
