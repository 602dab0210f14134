"""The schema served, and a page to read it by: made here, without a script."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
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
    """Every operation in plain words, with its parameters, fields and an example."""

    row: Row = PUBLIC_PAGE
    template_name = "api/docs.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The schema as the template walks it."""
        return super().get_context_data(
            title="The API of Heard", about=paragraphs(ABOUT), resources=resources(), operations=operations(), **kwargs
        )


@functools.cache
def operations() -> SafeString:
    """Every operation and shape as the page shows them, which is the same for everybody until Heard is started anew:
    some 200 operations take longer to write than the rest of the page ten times over."""
    return render_to_string("api/operations.html", {"resources": resources(), "shapes": shapes()})


def paragraphs(words: str) -> list[dict[str, str]]:
    """Paragraphs with the bold words they begin with, if any, as their heading."""
    found = []
    for part in words.strip().split("\n\n"):
        head, _, rest = part.removeprefix("**").partition("**") if part.startswith("**") else ("", "", part)
        found.append({"head": head.rstrip("."), "words": " ".join(rest.split()).replace("`", "")})
    return found


@functools.cache
def resources() -> list[dict[str, Any]]:
    """Each resource with its operations, in the order of the schema."""
    found: dict[str, list[dict[str, Any]]] = {}
    for path, operations in whole_schema()["paths"].items():
        for method, operation in operations.items():
            found.setdefault(operation["tags"][0], []).append(_operation(path, method, operation))
    return [{"name": name, "operations": operations} for name, operations in found.items()]


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


@functools.cache
def shapes() -> list[dict[str, Any]]:
    """Every shape with its fields."""
    named = whole_schema()["components"]["schemas"]
    return [{"name": name, "words": one.get("description", ""), "fields": list(_fields(one))} for name, one in
            named.items()]  # fmt: skip


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
