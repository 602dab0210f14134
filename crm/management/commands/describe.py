"""Writes the parts of docs/ that the code knows best: data model, permissions, audit verbs, settings."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import models

from crm.audit.blanking import BLANKED_ON_ERASURE
from crm.audit.verbs import Verb
from crm.base.actors import Role
from crm.base.permissions import PERMISSIONS, Row

BEGIN, END = "<!-- Written by `make docs`. -->", "<!-- End of what `make docs` writes. -->"
CANNOT_STAND_IN_A_CELL = str.maketrans({"|": "\\|", "\n": " "})


class Command(BaseCommand):
    """`manage.py describe`: makes the generated parts of docs/ what the code says now."""

    help = "Writes the generated parts of docs/. With --check, only says which of them are out of date."

    def add_arguments(self, parser: CommandParser) -> None:
        """One switch."""
        parser.add_argument("--check", action="store_true", help="Write nothing; fail if something is out of date.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write them. With --check, raises CommandError naming those that are out of date."""
        stale = []
        for name, part in PARTS.items():
            page = Path(settings.BASE_DIR) / "docs" / name
            old = page.read_text(encoding="utf-8")
            new = with_part(old, "\n".join(part()))
            if new != old:
                stale.append(f"docs/{name}")
                if not options["check"]:
                    page.write_text(new, encoding="utf-8")
                    self.stdout.write(f"Wrote docs/{name}")
        if stale and options["check"]:
            raise CommandError(f"Out of date: {', '.join(stale)}. Run `make docs`.")


def with_part(page: str, part: str) -> str:
    """The page with its generated part replaced. Raises CommandError where the page has no place for it."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise CommandError(f"The page needs the lines {BEGIN} and {END}.")
    return f"{before}{BEGIN}\n\n{part.strip()}\n\n{END}{after}"


def table(headings: list[str], rows: list[list[str]]) -> Iterator[str]:
    """A table in Markdown."""
    yield "| " + " | ".join(headings) + " |"
    yield "|" + "---|" * len(headings)
    for row in rows:
        yield "| " + " | ".join(str(cell).translate(CANNOT_STAND_IN_A_CELL) for cell in row) + " |"


def every_permission() -> dict[str, Row]:
    """The whole table: each room enters its rows when its permissions are imported, so import them all."""
    for config in apps.get_app_configs():
        if Path(config.path).parent == Path(settings.BASE_DIR):
            root = Path(config.path)
            for file in sorted([*root.rglob("permissions.py"), *root.rglob("permissions/*.py")]):
                import_module(".".join([config.name, *file.relative_to(root).with_suffix("").parts]))
    return PERMISSIONS


def the_permissions() -> Iterator[str]:
    """Every row: what, which roles, on what condition, which key reaches it."""
    rows = sorted(every_permission().values(), key=lambda row: (not row.public, row.name))
    cells = [[f"`{row.name}`", row.words, _who(row), row.condition, row.scope or "–"] for row in rows]
    yield from table(["Name", "What", "Who", "On what condition", "API key needs"], cells)
    yield ""
    yield from table(
        ["Role", "May, on those conditions"],
        [[role.label, ", ".join(f"`{row.name}`" for row in rows if role in row.roles) or "–"] for role in Role],
    )


def _who(row: Row) -> str:
    if row.public:
        return "Anyone"
    if row.roles == frozenset(Role):
        found = ["Everyone with a role"]
    else:
        found = [role.label for role in Role if role in row.roles]
    return ", ".join([*found, *(["the system, by command"] if row.system else [])])


def the_verbs() -> Iterator[str]:
    """Every verb, and what erasing a person does to what it kept."""
    blanked = {verb: "blanked" if verb in BLANKED_ON_ERASURE else "kept" for verb in Verb}
    yield from table(
        ["Verb", "In words", "Values before and after, when a person in it is erased"],
        [[f"`{verb.value}`", verb.label, blanked[verb]] for verb in Verb],
    )


def the_settings() -> Iterator[str]:
    """Every setting a council may give."""
    declared = sorted(settings.DECLARED_SETTINGS.values(), key=lambda setting: setting.name)
    yield from table(
        ["Setting", "What it is", "Where you give none", "Like"],
        [
            [
                f"`{each.name}`",
                each.purpose[:1].upper() + each.purpose[1:],
                _where_none_is_given(each.default),
                f"`{each.name}={each.example}`",
            ]
            for each in declared
        ],
    )


def _where_none_is_given(default: str | None) -> str:
    if default is None:
        return "It must be given"
    return f"`{default}`" if default else "Empty"


def our_models() -> dict[str, list[type[models.Model]]]:
    """Room → its models, in the order of the rooms' names."""
    found: dict[str, list[type[models.Model]]] = {}
    for config in apps.get_app_configs():
        if Path(config.path).parent == Path(settings.BASE_DIR):
            for model in config.get_models():
                room = ".".join(model.__module__.split(".")[:2]).removesuffix(".models")
                found.setdefault(room, []).append(model)
    return dict(sorted(found.items()))


def the_data_model() -> Iterator[str]:
    """A diagram of each app, then every model with its fields."""
    rooms = our_models()
    for app in dict.fromkeys(room.partition(".")[0] for room in rooms):
        mine = [model for room, many in rooms.items() if room.partition(".")[0] == app for model in many]
        yield from [f"## How `{app}` hangs together", "", "```mermaid", "erDiagram"]
        yield from (f"    {line}" for model in mine for line in _lines_of_diagram(model))
        yield from ["```", ""]
    for room, many in rooms.items():
        yield from [f"## `{room}`", ""]
        for model in many:
            yield from _described(model)


def _links(model: type[models.Model]) -> list[Any]:
    own = [*model._meta.local_fields, *model._meta.local_many_to_many]
    return [field for field in own if field.is_relation and isinstance(field.related_model, type)]


def _lines_of_diagram(model: type[models.Model]) -> Iterator[str]:
    links = _links(model)
    if not links:
        yield model.__name__
    for field in links:
        if field.many_to_many:
            ends = "}o--o{"
        else:
            ends = "|o--" if field.one_to_one else "}o--"
            ends += "o|" if field.null else "||"
        yield f'{model.__name__} {ends} {field.related_model.__name__} : "{field.verbose_name}"'


def _described(model: type[models.Model]) -> Iterator[str]:
    words = " ".join((model.__doc__ or "").split())
    yield from [f"### {model.__name__}: {model._meta.verbose_name}", "", words, ""]
    fields = [*model._meta.local_fields, *model._meta.local_many_to_many]
    yield from table(["Field", "In words", "Holds", "Note"], [_cells_of(field) for field in fields])
    kept = [rule.name for rule in model._meta.constraints]
    if kept:
        yield from ["", f"The database keeps: {', '.join(f'`{name}`' for name in kept)}."]
    yield ""


def _cells_of(field: Any) -> list[str]:
    holds = field.get_internal_type().removesuffix("Field")
    if field.is_relation and isinstance(field.related_model, type):
        holds = f"{'many ' if field.many_to_many else ''}{field.related_model.__name__}"
    elif field.choices:
        holds = ", ".join(f"`{value}`" for value, _ in field.flatchoices)
    return [f"`{field.name}`", str(field.verbose_name), holds, str(field.help_text)]


def the_decisions() -> Iterator[str]:
    """Every decision note by its number, and which numbers hold none."""
    notes = sorted((Path(settings.BASE_DIR) / "docs" / "decisions").glob("[0-9]*.md"))
    numbers = [int(note.name[:4]) for note in notes]
    for number, note in zip(numbers, notes, strict=True):
        title = note.read_text(encoding="utf-8").partition("\n")[0].strip("# ")
        yield f"- {number}. [{title.lstrip('0123456789.: ')}]({note.name})"
    gaps = sorted(set(range(1, max(numbers))) - set(numbers))
    if gaps:
        yield from ["", f"These numbers were never given to a note: {', '.join(map(str, gaps))}."]


PARTS = {
    "data-model.md": the_data_model,
    "permissions.md": the_permissions,
    "audit.md": the_verbs,
    "settings.md": the_settings,
    "decisions/README.md": the_decisions,
}
