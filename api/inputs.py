"""What comes in: shapes are checked here, records are chosen from what the reader may see, rules are the actions'."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from rest_framework import serializers
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser

from api.problems import Fault, Problem, pointer_of
from api.strict import NOT_AN_OBJECT, made_strict
from crm.base import wrong
from crm.base.actors import Actor
from crm.base.kept import asked_ahead, kept
from crm.base.wrong import NO_SUCH_RECORD as UNKNOWN_RECORD
from crm.organisations.models import Organisation

UNKNOWN_FIELD = "There is no field of this name here."
LARGEST_NUMBER = 2_147_483_647  # what the database keeps in a whole number (PostgreSQL integer)
Place = tuple[str | int, ...]
READ_WITH: dict[type[models.Model], tuple[str, ...]] = {Organisation: ("area",)}  # actions ask for a group's ward


class StrictJson(BaseParser):
    """JSON as RFC 8259 has it: no NaN, no endless nesting, and no name twice in an object: one of the two values would
    be lost in silence."""

    media_type = "application/json"

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        """The values. Raises `ParseError`."""
        try:
            words = stream.read().decode("utf-8")
            return json.loads(words, parse_constant=self._no_such_number, object_pairs_hook=self._each_once)
        except (ValueError, RecursionError) as problem:
            raise ParseError("This is not JSON that can be read.") from problem

    @staticmethod
    def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) != len(pairs):
            raise ValueError
        return found

    @staticmethod
    def _no_such_number(name: str) -> Any:
        raise ValueError(name)


class Link(serializers.UUIDField):
    """The id of a record, chosen from those the reader may see. What is no id is no record either."""

    def __init__(self, model: type[models.Model], **kwargs: Any) -> None:
        self.model = model
        kwargs.setdefault("required", False)
        super().__init__(**kwargs)


class Links(serializers.ListField):
    """Ids of records, each once."""

    def __init__(self, model: type[models.Model] | None = None, **kwargs: Any) -> None:
        if model is not None:
            kwargs["child"] = Link(model)
        kwargs.setdefault("required", False)
        kwargs.setdefault("max_length", 500)
        super().__init__(**kwargs)

    def to_internal_value(self, data: Any) -> list[UUID]:
        """The ids, each once, in their order."""
        return list(dict.fromkeys(super().to_internal_value(data)))


class Input(serializers.Serializer[Any]):
    """The body of a request. A field it does not know is an error: a misspelt one must not be lost in silence."""

    # What the rules always ask of a new one, for the schema. No field says so itself: the rules have the words.
    always: ClassVar[tuple[str, ...]] = ()
    default_error_messages: ClassVar[dict[str, Any]] = {"invalid": NOT_AN_OBJECT}

    def get_fields(self) -> dict[str, Any]:
        """The fields, strict about what they take, with the words of the pages for what they do not."""
        fields = super().get_fields()
        for field in fields.values():
            made_strict(field)
        return fields

    def to_internal_value(self, data: Any) -> Any:
        """The values, with every error at once."""
        faults: dict[str, Any] = {}
        try:
            values = super().to_internal_value(data)
        except serializers.ValidationError as problem:
            faults = dict(problem.detail) if isinstance(problem.detail, dict) else {}
        if isinstance(data, dict):
            for name in set(data) - set(self.fields):
                faults[name] = [serializers.ErrorDetail(UNKNOWN_FIELD, code="unknown_field")]
        if faults:
            raise serializers.ValidationError(faults)
        return values


def text(limit: int, *, help_text: str = "", **kwargs: Any) -> serializers.CharField:
    """A field for words, which may be empty: that something is missing is for the rules to say."""
    kwargs.setdefault("required", False)
    told: dict[str, Any] = {"max_length": wrong.too_long("{max_length}"), **kwargs.pop("error_messages", {})}
    return serializers.CharField(max_length=limit, allow_blank=True, help_text=help_text, error_messages=told, **kwargs)


def choice(of: type[models.TextChoices], **kwargs: Any) -> serializers.ChoiceField:
    """A field for one of a vocabulary."""
    kwargs.setdefault("required", False)
    told = ", ".join(f"`{value}`: {label}" for value, label in of.choices)
    kwargs["help_text"] = " ".join(filter(None, [kwargs.get("help_text", ""), f"One of {told}."]))
    return one_of(of.values, **kwargs)


def one_of(values: Iterable[str], **kwargs: Any) -> serializers.ChoiceField:
    """A field for one of some words. Whoever sends another is told which there are."""
    words = list(values)
    told: dict[str, Any] = {"invalid_choice": wrong.not_one_of(words)}
    return serializers.ChoiceField(choices=words, error_messages=told, **kwargs)


def number(**kwargs: Any) -> serializers.IntegerField:
    """A field for a whole number, 0 or more unless told."""
    limits = {"required": False, "min_value": 0, "max_value": LARGEST_NUMBER, **kwargs}
    told = {"min_value": wrong.too_small(limits["min_value"]), "max_value": wrong.too_large(limits["max_value"])}
    return serializers.IntegerField(**{**limits, "error_messages": {**told, **kwargs.get("error_messages", {})}})


def read_input(shape: type[Input], data: Any, reader: Actor) -> dict[str, Any]:
    """The values of a request, records in the place of their ids: one query for all that are named.

    Raises DRF's `ValidationError` for a wrong shape and `Problem` (400) for a record the reader may not see; hidden
    and missing are told in the same words.
    """
    body = _made_once(shape)
    values: dict[str, Any] = body.run_validation({} if data is None else data)
    wanted: dict[type[models.Model], dict[UUID, list[Place]]] = defaultdict(lambda: defaultdict(list))
    for model, pk, place in _links(body, values, ()):
        wanted[model][pk].append(place)
    found: dict[UUID, models.Model] = {}
    faults = []
    named = {model: _as_many(list(places)) for model, places in wanted.items()}
    with asked_ahead((named_by_id, reader, model, ids) for model, ids in named.items()):
        for model, places in wanted.items():
            rows = {row.pk: row for row in named_by_id(reader, model, named[model])}
            found |= rows
            faults += [place for pk, where in places.items() if pk not in rows for place in where]
    if faults:
        told = [Fault("unknown_record", UNKNOWN_RECORD, pointer_of(*place)) for place in sorted(faults, key=str)]
        raise Problem(400, detail=UNKNOWN_RECORD, faults=told)
    return {name: _with_records(body.fields[name], value, found) for name, value in values.items()}


@kept
def named_by_id(reader: Actor, model: type[models.Model], ids: tuple[UUID, ...]) -> models.QuerySet[Any]:
    """The records with these ids that the reader may see."""
    seen: models.QuerySet[Any] = model._default_manager.all().visible_to(reader)  # type: ignore[attr-defined]
    return seen.select_related(*READ_WITH.get(model, ())).filter(pk__in=ids).order_by()


def _as_many(ids: list[UUID]) -> tuple[UUID, ...]:
    """These ids, the last of them again until there are 1, 2, 4 or 8 and so on: a question is written once for each
    number of ids."""
    return (*ids, *ids[-1:] * ((1 << (len(ids) - 1).bit_length()) - len(ids)))


@cache
def _made_once(shape: type[Input]) -> Input:
    """A shape with its fields. It is never given a request's data, so that one serves all requests: making the fields
    takes as long as checking what came."""
    return shape()


def _links(field: Any, value: Any, place: Place) -> Iterator[tuple[type[models.Model], UUID, Place]]:
    """Every record named in the values, with where it is named."""
    if value is None:
        return
    if isinstance(field, Link):
        yield field.model, value, place
    elif isinstance(field, serializers.Serializer):
        for name, inner in value.items():
            yield from _links(field.fields[name], inner, (*place, name))
    elif isinstance(field, serializers.ListField | serializers.ListSerializer):
        for number_, inner in enumerate(value):
            yield from _links(field.child, inner, (*place, number_))


def _with_records(field: Any, value: Any, found: dict[UUID, models.Model]) -> Any:
    if value is None:
        return None
    if isinstance(field, Link):
        return found[value]
    if isinstance(field, serializers.Serializer):
        return {name: _with_records(field.fields[name], inner, found) for name, inner in value.items()}
    if isinstance(field, serializers.ListField | serializers.ListSerializer):
        return [_with_records(field.child, inner, found) for inner in value]
    return value
