"""What the documents say is what the code does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.urls import get_resolver

from crm.audit.verbs import Verb
from crm.management.commands.describe import BEGIN, END, every_permission, our_models, with_part
from tests.house.source import ROOT, name_of

DOCS = sorted([*(ROOT / "docs").rglob("*.md"), ROOT / "README.md", ROOT / "CHANGELOG.md"])
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
# A path on somebody's machine says nothing to a reader elsewhere; an installation's own is under /srv, /etc or /var.
MACHINE_PATHS = re.compile(r"(?<![\w.])/(?:home|root|work|tmp|Users)/")
HALF_MERGED = re.compile(r"^(?:<{7}|={7}|>{7})(?: |$)", re.MULTILINE)


def _page(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def test_the_generated_parts_of_the_documents_are_what_the_code_says():
    try:
        call_command("describe", check=True, verbosity=0)
    except CommandError as stale:
        pytest.fail(f"{stale}")


def test_every_setting_permission_verb_and_model_is_in_the_documents():
    said = {name: _page(name) for name in ("settings.md", "permissions.md", "audit.md", "data-model.md")}
    wanted = {
        "settings.md": settings.DECLARED_SETTINGS,
        "permissions.md": every_permission(),
        "audit.md": [verb.value for verb in Verb],
    }
    missing = [
        f"{name} in docs/{page}" for page, names in wanted.items() for name in names if f"`{name}`" not in said[page]
    ]
    missing += [
        f"{model.__name__} in docs/data-model.md"
        for many in our_models().values()
        for model in many
        if f"### {model.__name__}:" not in said["data-model.md"]
    ]
    assert not missing, f"Not in the documents: {missing}. Run `make docs`."


def test_a_page_that_lost_the_place_of_its_generated_part_says_so():
    assert with_part(f"a\n{BEGIN}\nold\n{END}\nb", "new") == f"a\n{BEGIN}\n\nnew\n\n{END}\nb"
    with pytest.raises(CommandError, match="needs the lines"):
        with_part("a page without them", "new")


def test_a_document_links_only_to_what_is_there_names_no_machine_and_is_wholly_merged():
    wrong = [f"{name_of(page)} {why}" for page in DOCS for why in _wrong_on(page)]
    assert not wrong, "\n".join(wrong)


def _wrong_on(page: Path) -> Iterator[str]:
    words = page.read_text(encoding="utf-8")
    links = [link for link in LINK.findall(words) if not link.startswith(("http", "mailto:"))]
    if dead := [link for link in links if not (page.parent / link).exists()]:
        yield f"links to {dead}, which is not there."
    if MACHINE_PATHS.search(words):
        yield "holds a path of one machine."
    if HALF_MERGED.search(words):
        yield "holds two versions of the same lines."


def test_every_decision_has_a_number_of_its_own():
    notes = [page.name for page in (ROOT / "docs" / "decisions").glob("*.md") if page.name != "README.md"]
    numbers = [name[:4] for name in notes]
    assert numbers
    assert len(set(numbers)) == len(numbers)
    assert all(number.isdigit() for number in numbers)


def test_every_decision_stands_in_the_list_of_them():
    said = _page("decisions/README.md")
    notes = [page.name for page in (ROOT / "docs" / "decisions").glob("*.md") if page.name != "README.md"]
    missing = [name for name in notes if f"]({name})" not in said]
    assert not missing, f"Not in docs/decisions/README.md: {missing}. Run `make docs`."


def test_every_command_is_in_the_documents_of_who_runs_it():
    said = f"{_page('running.md')}{(ROOT / 'README.md').read_text()}{(ROOT / 'Makefile').read_text()}"
    commands = [path.stem for path in ROOT.glob("*/management/commands/*.py") if path.stem != "__init__"]
    missing = [name for name in commands if not re.search(rf"\b{name}\b", said)]
    assert not missing, f"Say in docs/running.md when {missing} is run, and by whom: one that no timer runs never is."


def test_no_line_of_a_backup_saves_another_database_where_the_setting_is_missing():
    assert "${DATABASE_URL:?}" in _page("running.md")
    assert '"$DATABASE_URL"' not in _page("running.md")


def test_no_secret_of_a_link_comes_into_the_log_of_the_proxy():
    masked = re.findall(r"^    ~\^/(\S+) ", _page("running.md"), re.MULTILINE)
    secret = [route for route in every_route(get_resolver()) if ":secret>" in route]
    assert len(secret) > 10
    shown = [route for route in secret if not route.startswith(tuple(masked))]
    assert not shown, f"Add the beginnings of {shown} to the map of section 6 in docs/running.md."


def every_route(resolver: Any, before: str = "") -> Iterator[str]:
    for one in resolver.url_patterns:
        route = before + str(one.pattern)
        yield from every_route(one, route) if hasattr(one, "url_patterns") else [route]


def test_every_room_is_in_the_plan_of_the_house():
    plan = _page("house.md")
    rooms = [
        f"{app}/{folder.name}/"
        for app in ("crm", "engagement")
        for folder in sorted((ROOT / app).iterdir())
        if (folder / "__init__.py").exists() and folder.name not in ("migrations", "management", "templatetags")
    ]
    missing = [room for room in rooms if f"`{room}`" not in plan]
    assert not missing, f"Say in docs/house.md what {missing} is for, in one line."
