"""The API described as OpenAPI 3.1, from the views' own words and the permissions table."""

from __future__ import annotations

import functools
import re
from typing import Any

from django.conf import settings
from drf_spectacular.extensions import OpenApiAuthenticationExtension, OpenApiSerializerFieldExtension
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import force_instance, is_patched_serializer
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, PolymorphicProxySerializer
from rest_framework import serializers

from api.changes import may_be_withdrawn
from api.inputs import Input
from api.negotiation import PROBLEM
from api.parameters import filters_of, header, paging_of, parameter_of, sent
from api.problems import TITLES
from api.reports import Report
from api.v1.search import Search
from api.v1.similar import Similar
from api.views import ApiView, Collection, Item, Operation, Output, Saved, Verb
from crm.erasing.gone import may_be_gone

ABOUT = """Heard's REST API: the same records, the same rights and the same words as the pages of the workspace.

**Signing in.** Make a token on your account page and send it: `Authorization: Bearer <key>`. A token reads (`read`),
logs and changes (`log`), or does everything its user may (`admin`); never more than its user.

**Pages of a list.** Follow `next` until it is null. Rows that arrive meanwhile neither repeat a row nor hide one.

**Reading what changed.** Ask a list with `changed_since` and a time. Keep `read_again_from` of the answer and ask with
it next time. It lies some minutes back, because a change that began before your reading may be saved after it: rows
come again, and whoever keeps them by `id` has each once. A withdrawn contact comes as its `id` and when it was
withdrawn, without its words; so do its points and promises. Of an erased person, of what was deleted with them, and of
what was taken away in the daily work come the `id` and when it went.

**Changing.** Read the record, change it, and send its `ETag` as `If-Match`. If somebody else changed it meanwhile you
are told (412), and nothing is lost; `changed` names the fields that differ from what you read.

**Sending again.** Put an `Idempotency-Key` (any text of your own, new for each request) on every POST. If no answer
came, send the same again: it happens once. The key is kept for 24 hours.

**Not right.** Every refusal is `application/problem+json`, with a code for programs and words for people; each of its
`errors` points to the field. What is hidden from you and what does not exist are both 404.
"""


class ErrorOut(Output):
    """One thing that is not right."""

    code = serializers.CharField(help_text="For programs.")
    detail = serializers.CharField(help_text="For people, as the page says it.")
    pointer = serializers.CharField(required=False, help_text="Where in the body (RFC 6901); empty for all of it.")
    parameter = serializers.CharField(required=False, help_text="Which part of the address, or which header.")


class ProblemOut(Output):
    """Why not (RFC 9457)."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    code = serializers.CharField()
    detail = serializers.CharField()
    errors = ErrorOut(many=True)  # type: ignore[assignment]  # a field of ours by that name
    changed = serializers.ListField(
        child=serializers.CharField(),
        required=False,
        help_text="Only with 412, and only where the ETag you sent came with the record: its fields that differ now.",
    )


class Tombstone(Output):
    """What is left of a row that was withdrawn: that it was there, so that a copy elsewhere can be taken away."""

    id = serializers.UUIDField()
    state = serializers.CharField()
    withdrawn_at = serializers.DateTimeField()


class Erased(Output):
    """What is left of a record that was erased or taken away: its id, so that copies elsewhere go too."""

    id = serializers.UUIDField()
    state = serializers.CharField()
    erased_at = serializers.DateTimeField()


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """A token in the header."""

    target_class = "api.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        """As OpenAPI says it."""
        return {"type": "http", "scheme": "bearer", "description": "A token made on your account page."}


class PageScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """The session of a page."""

    target_class = "api.authentication.PageSession"
    name = "page"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        """As OpenAPI says it."""
        about = "A page of the workspace, signed in. Changes need the X-CSRFToken header too."
        return {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME, "description": about}


class TimeOfDay(OpenApiSerializerFieldExtension):  # type: ignore[no-untyped-call]
    """A time on the clock of the place. JSON Schema’s format `time` asks for an offset (RFC 3339)."""

    target_class = serializers.TimeField

    def map_serializer_field(self, auto_schema: Any, direction: Any) -> dict[str, Any]:
        """Like 13:30."""
        return {"type": "string", "pattern": r"^\d{2}:\d{2}(:\d{2}(\.\d+)?)?$"}


@functools.cache
def page_of(shape: type[Output], tombstones: tuple[type[Output], ...], tells_changes: bool = True) -> type[Output]:
    """The shape of a page of a list."""
    fields: dict[str, Any] = {
        "__doc__": "A page of a list.",
        "__module__": __name__,
        "results": shape(many=True),
        "next": serializers.CharField(allow_null=True, help_text="The address of the next page; null on the last."),
    }
    if tells_changes:
        fields["read_again_from"] = serializers.DateTimeField(
            required=False, help_text="Only with `changed_since`: where to begin next time."
        )
    if tombstones:
        fields["results"] = PolymorphicProxySerializer(
            component_name=f"{shape.__name__}OrTombstone",
            serializers=[shape, *tombstones],
            resource_type_field_name=None,
            many=True,
        )
    return type(f"{shape.__name__}Page", (Output,), fields)


class FieldWordsSchema(AutoSchema):
    """Describes each operation in the words its view gives."""

    view: Any  # an ApiView, once `is_excluded` has answered

    @property
    def operation(self) -> Operation:
        """What the view says of this method."""
        found: Operation = self.view.operations[self.method]
        return found

    def is_excluded(self) -> bool:
        """The editor has an API of its own, which is not ours to describe."""
        return not isinstance(self.view, ApiView)

    def get_summary(self) -> str:
        """In a few words."""
        return self.operation.words

    def get_description(self) -> str:  # type: ignore[override]  # as the class above it, in truth
        """More words, and who may."""
        row = self.view.permissions_by_method[self.method].row
        needs = f"Who may: {row.condition} A token needs the scope `{row.scope}`."
        return "\n\n".join(filter(None, [self.operation.more, needs]))

    def get_operation_id(self) -> str:
        """The words as a name."""
        return re.sub(r"[^a-z]+", "_", self.operation.words.lower()).strip("_")

    def get_tags(self) -> list[str]:
        """The resource."""
        return [self.path.removeprefix("/api/v1/").split("/")[0]]

    def get_request_serializer(self) -> Any:
        """What comes in."""
        return self.operation.takes

    def get_response_serializers(self) -> Any:
        """What goes out: the answer, and every refusal this operation knows."""
        gives: Any = self.operation.gives
        if isinstance(self.view, Search | Similar) or (isinstance(self.view, Collection) and self.method == "GET"):
            gives = page_of(gives, self._tombstones(gives), getattr(self.view, "tells_changes", True))
        problems = {(str(status), PROBLEM): ProblemOut for status in self._refusals()}
        same = {"304": OpenApiResponse(description="You have it as it is.")} if self._is_one() else {}
        return {str(self.operation.status): gives, **same, **problems}

    def _tombstones(self, gives: Any) -> tuple[type[Output], ...]:
        never = isinstance(self.view, Similar) or not getattr(self.view, "tells_changes", True)
        withdrawn = may_be_withdrawn(self.view.model) and not never
        erased = may_be_gone(self.view.model) and not never
        return (*((Tombstone,) if withdrawn else ()), *((Erased,) if erased else ()))

    def _refusals(self) -> list[int]:
        known = [400, 401, 403, 406, 429]
        if "{" in self.path:
            known.append(404)
        if self.method != "GET":
            known += [413, 415]
        if self.method != "GET" and not isinstance(self.view, Search | Similar):
            known.append(409)
        if self._needs_version():
            known += [412, 428]
        if self._takes_key():
            known.append(422)
        return sorted(known)

    def _needs_version(self) -> bool:
        return self.method == "PATCH" or (isinstance(self.view, Verb) and self.view.needs_version)

    def _takes_key(self) -> bool:
        return self.method == "POST" and not isinstance(self.view, Search | Similar)

    def _is_one(self) -> bool:
        return isinstance(self.view, Item) and self.method == "GET"

    def _map_basic_serializer(self, serializer: Any, direction: Any) -> dict[str, Any]:
        """What comes in holds no field more, and of a new record what the rules always ask for."""
        made: dict[str, Any] = super()._map_basic_serializer(serializer, direction)  # type: ignore[no-untyped-call]
        shape = force_instance(serializer)  # type: ignore[no-untyped-call]
        if isinstance(shape, Input) and made.get("properties"):
            made["additionalProperties"] = False
            always = set(shape.always) & set(made.get("properties", {}))
            if always and not is_patched_serializer(shape, direction):
                made["required"] = sorted({*made.get("required", []), *always})
        return made

    def _headers_out(self) -> list[OpenApiParameter]:
        """The headers of answers, each where it is sent."""
        done, taken = str(self.operation.status), self._takes_key()
        versioned = "version" in self.operation.gives().fields and not isinstance(self.view, Search)
        found = [sent("Retry-After", "In how many seconds to come again.", ["429"], OpenApiTypes.INT),
                 sent("WWW-Authenticate", "What to bring: a token.", ["401"])]  # fmt: skip
        if self._is_one():
            found.append(sent("ETag", "The version, and what was shown to you. Keep it for a change.", [done, "304"]))
        elif versioned and self.method != "GET":
            found.append(sent("ETag", "The version. Send it as `If-Match` with the next change.", [done]))
        if taken and done == "201" and versioned:
            found.append(sent("Location", "Where to read it.", [done]))
        if taken:
            found.append(sent("Idempotent-Replayed", "`true`: the answer to the same request before.", [done]))
        return found

    def get_override_parameters(self) -> list[Any]:
        """Filters, paging and headers."""
        found: list[OpenApiParameter] = self._headers_out()
        if isinstance(self.view, Collection) and self.method == "GET":
            found += [*filters_of(self.view), *paging_of(self.view)]
        if isinstance(self.view, Report):
            found += [parameter_of(one) for one in self.view.parameters]
        if self._is_one():
            found.append(header("If-None-Match", "The ETag you have: 304 when nothing changed."))
        if self._needs_version():
            found.append(header("If-Match", "The ETag of what you read.", required=True, example='"1"'))
        if self._takes_key():
            found.append(header("Idempotency-Key", "Any text of your own, new for each request.", longest=255))
        return found

    def get_examples(self) -> list[OpenApiExample]:
        """One example for what comes in, where something does, and one for what goes out, where it is not the same
        as every reading of the record."""
        example = self.operation.example
        saved = [self._saved()] if self.operation.gives is Saved else []
        if example is None:
            return saved
        if self.operation.takes is not None:
            return [OpenApiExample("Example", value=example, request_only=True), *saved, *self._answer()]
        value: Any = example
        if isinstance(self.view, Collection):
            value = {"results": [example], "next": None}
        return [OpenApiExample("Example", value=value, response_only=True, status_codes=["200"])]

    def _answer(self) -> list[OpenApiExample]:
        value: Any = self.operation.answer
        if value is None:
            return []
        if isinstance(self.view, Search | Similar):
            value = {"results": [value], "next": None}
        status = str(self.operation.status)
        return [OpenApiExample("Answer", value=value, response_only=True, status_codes=[status])]

    def _saved(self) -> OpenApiExample:
        pk = "0190f3c2-7a10-7d4e-9c1b-3f2a6b8d0e07"
        address = f"/api/v1/{self.get_tags()[0]}/{pk}/"
        value = {"id": pk, "version": 1, "modified_at": "2026-11-24T15:04:05+00:00", "url": address}
        return OpenApiExample("Saved", value=value, response_only=True, status_codes=[str(self.operation.status)])

    def _get_filter_parameters(self) -> list[Any]:
        return []

    def _get_pagination_parameters(self) -> list[Any]:
        return []


def finish(result: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
    """What the generator does not know: the words at the top, and that a row may look like a tombstone as well."""
    result["info"]["description"] = ABOUT
    for component in result.get("components", {}).get("schemas", {}).values():
        if "oneOf" in component:
            component["anyOf"] = component.pop("oneOf")
    for operations in result["paths"].values():
        for operation in operations.values():
            for status, response in operation["responses"].items():
                response["description"] = response["description"] or TITLES.get(int(status), "Done")
    return result


@functools.cache
def whole_schema() -> dict[str, Any]:
    """The schema, made once in each server process."""
    generator: Any = SchemaGenerator
    found: dict[str, Any] = generator().get_schema(request=None, public=True)
    return found
