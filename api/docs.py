"""The schema served, and a page to read it by: made here, without a script."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator
from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import path
from django.utils.safestring import SafeString
from django.views.generic import TemplateView, View
from drf_spectacular.renderers import OpenApiJsonRenderer, OpenApiYamlRenderer

from api.schema import ABOUT, whole_schema
from crm.accounts.permissions import PUBLIC_PAGE
from crm.base.permissions import Row

RENDERERS: dict[str, Any] = {"yaml": OpenApiYamlRenderer, "json": OpenApiJsonRenderer}


@functools.cache
def schema_bytes(form: str) -> bytes:
    """The schema as YAML or JSON."""
    made: bytes = RENDERERS[form]().render(whole_schema(), renderer_context={})
    return made


class SchemaFile(View):
    """The schema: YAML, or JSON with `?format=json`."""

    row: Row = PUBLIC_PAGE
    form: ClassVar[str] = ""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The file."""
        asked = self.form or request.GET.get("format", "yaml")
        form = asked if asked in RENDERERS else "yaml"
        media = RENDERERS[form].media_type
        response = HttpResponse(schema_bytes(form), content_type=media)
        response.headers["Cache-Control"] = "public, max-age=300"
        return response


class ApiPage(TemplateView):
    """How the API works, and a list of what it holds: each resource has a page of its own."""

    row: Row = PUBLIC_PAGE
    template_name = "api/docs.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What holds for all of it, and the resources."""
        return super().get_context_data(
            title="The API of Heard", about=paragraphs(ABOUT), resources=resources().values(), **kwargs
        )


class ResourcePage(TemplateView):
    """Every operation of one resource in plain words, with its parameters, fields and an example."""

    row: Row = PUBLIC_PAGE
    template_name = "api/resource.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The resource and the shapes it takes and gives; 404 where there is none of this name."""
        resource = resources().get(kwargs["resource"])
        if resource is None:
            raise Http404
        title = f"The API: {resource['name']}"
        return super().get_context_data(title=title, operations=operations(resource["name"]), **kwargs)


@functools.cache
def operations(resource: str) -> SafeString:
    """Every operation of a resource as its page shows them, which is the same for everybody until Heard is started
    anew: they take longer to write than the rest of the page ten times over."""
    found = resources()[resource]
    return render_to_string("api/operations.html", {"operations": found["operations"], "shapes": shapes_of(resource)})


def paragraphs(words: str) -> list[dict[str, str]]:
    """Paragraphs with the bold words they begin with, if any, as their heading."""
    found = []
    for part in words.strip().split("\n\n"):
        head, _, rest = part.removeprefix("**").partition("**") if part.startswith("**") else ("", "", part)
        found.append({"head": head.rstrip("."), "words": " ".join(rest.split()).replace("`", "")})
    return found


@functools.cache
def resources() -> dict[str, dict[str, Any]]:
    """Each resource with its operations, by name, in the order of the schema."""
    found: dict[str, list[dict[str, Any]]] = {}
    for address, methods in whole_schema()["paths"].items():
        for method, operation in methods.items():
            found.setdefault(operation["tags"][0], []).append(_operation(address, method, operation))
    return {name: {"name": name, "operations": operations} for name, operations in found.items()}


def _operation(path: str, method: str, operation: dict[str, Any]) -> dict[str, Any]:
    taken = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    given = next(iter(operation["responses"].values())).get("content", {}).get("application/json", {})
    return {
        "id": operation["operationId"],
        "method": method.upper(),
        "path": path,
        "summary": operation["summary"],
        "description": [part.replace("`", "") for part in operation["description"].split("\n\n")],
        "parameters": [_parameter(one) for one in operation.get("parameters", [])],
        "takes": _kind(taken.get("schema", {})) if taken else "",
        "gives": _kind(given.get("schema", {})) if given else "",
        "example": _example(taken) or _example(given),
        "statuses": list(operation["responses"]),
        "shapes": _named_in([taken, given]),
    }


def _parameter(one: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": one["name"],
        "where": one["in"],
        "kind": _kind(one["schema"]),
        "words": one.get("description", "").replace("`", ""),
        "required": one.get("required", False),
    }


def _kind(schema: dict[str, Any]) -> str:
    """What kind of value, in a few words; a shape by its name."""
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[-1]
    for several in ("allOf", "anyOf", "oneOf"):
        if several in schema:
            return " or ".join(_kind(one) for one in schema[several])
    if schema.get("type") == "array":
        return f"list of {_kind(schema['items'])}"
    if "enum" in schema:
        return "one of: " + ", ".join(str(value) for value in schema["enum"])
    named = schema.get("format") or schema.get("type", "anything")
    return " or ".join(named) if isinstance(named, list) else str(named)


def _example(content: dict[str, Any]) -> str:
    for one in content.get("examples", {}).values():
        return json.dumps(one["value"], indent=2, ensure_ascii=False)
    return ""


def shapes_of(resource: str) -> list[dict[str, Any]]:
    """The shapes that a resource's operations take and give, and those inside them, each with its fields."""
    named = whole_schema()["components"]["schemas"]
    wanted: set[str] = set()
    ahead = {name for operation in resources()[resource]["operations"] for name in operation["shapes"]}
    while ahead:
        wanted |= ahead
        ahead = {inside for name in ahead for inside in _named_in(named[name])} - wanted
    return [
        {"name": name, "words": one.get("description", "").replace("`", ""), "fields": list(_fields(one))}
        for name, one in named.items()
        if name in wanted
    ]


def _named_in(part: Any) -> set[str]:
    """The names of the shapes that a part of the schema refers to."""
    if isinstance(part, dict):
        own = {str(part["$ref"]).rsplit("/", 1)[-1]} if "$ref" in part else set()
        return own.union(*map(_named_in, part.values()))
    return set().union(*map(_named_in, part)) if isinstance(part, list) else set()


def _fields(shape: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if "anyOf" in shape:
        yield {"name": "either", "kind": _kind(shape), "required": True, "words": ""}
    for name, field in shape.get("properties", {}).items():
        yield {
            "name": name,
            "kind": _kind(field),
            "required": name in shape.get("required", []),
            "words": field.get("description", "").replace("`", ""),
        }


PAGES = [
    path("", ApiPage.as_view(), name="docs"),
    path("about/<slug:resource>/", ResourcePage.as_view(), name="about"),
    path("schema/", SchemaFile.as_view(), name="schema"),
    path("schema.json", SchemaFile.as_view(form="json"), name="schema-json"),
]
