"""How code stands in its room: what it may import, how long it may be, and that nothing happens behind one's back."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.house.source import APPS, ROOT, name_of, nodes, sources

QUIET_ROOMS = {"models", "rules", "actions", "permissions", "reports"}
NOT_THERE = ("django.http", "django.views", "django.forms", "django.shortcuts", "rest_framework", "wagtail")
SIGNALS = ("django.db.models.signals", "django.dispatch", "django.core.signals", "django.contrib.auth.signals")
# Django's one moment after the tables are there; no rule about people hangs on it.
AFTER_MIGRATIONS = "django.db.models.signals.post_migrate"
LINES, FUNCTION, TEST_LINES = 350, 50, 600
READ_AT_ONCE = {
    *(f"is_{state}" for state in ("visible", "hidden", "checked", "enabled", "disabled", "editable")),
    *("input_value", "inner_text", "inner_html", "text_content", "get_attribute"),
}
# Words of one council, which belong to data and not to code.
COUNCIL_WORDS = ("birmingham", "sandwell", "wolverhampton")


@cache
def _imports(path: Path) -> list[tuple[int, str]]:
    found = []
    for node in nodes(path):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            found += [(node.lineno, f"{node.module}.{alias.name}") for alias in node.names]
    return found


def _is_quiet(path: Path) -> bool:
    return bool(QUIET_ROOMS & {path.stem, path.parent.name}) and not _in(path, "api", "cms")


def _in(path: Path, *folders: str) -> bool:
    return path.relative_to(ROOT).parts[0] in folders


def _under(name: str, modules: tuple[str, ...]) -> bool:
    return any(name == module or name.startswith(f"{module}.") for module in modules)


def test_models_rules_actions_permissions_and_reports_know_no_page():
    found = [
        f"{name_of(path)}:{line} imports {name}"
        for path in sources(*APPS)
        if _is_quiet(path)
        for line, name in _imports(path)
        if _under(name, NOT_THERE)
    ]
    assert not found, f"{found}: what these files do must work without a request. Move it to views or forms."


def test_nothing_is_imported_inside_a_function_but_in_ready():
    found = []
    for path in sources(*APPS):
        inside = any(node.col_offset for node in nodes(path) if isinstance(node, ast.Import | ast.ImportFrom))
        if not inside or path.name == "apps.py":
            continue
        for function in nodes(path):
            if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            found += [
                f"{name_of(path)}:{node.lineno}"
                for node in ast.walk(function)
                if isinstance(node, ast.Import | ast.ImportFrom)
            ]
    assert not found, f"{found}: an import inside a function hides a circle. Turn it round with a registry."


def test_no_rule_of_ours_hangs_on_a_signal():
    found = [
        f"{name_of(path)}:{line} {name}"
        for path in sources(*APPS)
        for line, name in _imports(path)
        if _under(name, SIGNALS) and not (name == AFTER_MIGRATIONS and path.name == "apps.py")
    ]
    assert not found, f"{found}: what happens on a change stands in its action, or in a registry the action walks."


def test_files_and_functions_stay_short_enough_to_read():
    found = []
    for path in [*sources(*APPS, "settings"), *sources("tests")]:
        most = TEST_LINES if _in(path, "tests") else LINES
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > most:
            found.append(f"{name_of(path)} has {lines} lines (most: {most})")
        if _in(path, "tests"):
            continue
        for node in nodes(path):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                size = (node.end_lineno or node.lineno) - node.lineno + 1
                if size > FUNCTION:
                    found.append(f"{name_of(path)}:{node.lineno} {node.name} has {size} lines (most: {FUNCTION})")
    assert not found, f"{found}: split it where its two jobs meet."


def test_no_council_is_named_outside_data():
    found = [
        f"{name_of(path)}:{number}"
        for path in [*sources(*APPS, "settings"), *(ROOT / "templates").rglob("*.html")]
        if "data" not in path.parts and "demonstration" not in name_of(path)
        for number, line in enumerate(path.read_text(encoding="utf-8").lower().splitlines(), 1)
        if any(word in line for word in COUNCIL_WORDS)
    ]
    assert not found, f"{found}: another council installs the same code. Put the name into data."


def test_no_page_holds_its_own_script_or_style_and_none_searches_by_its_address():
    pages = sorted((ROOT / "templates").rglob("*.html"))
    assert pages
    found = [f"{name_of(path)}: {why}" for path in pages for why in _wrong_in(path.read_text(encoding="utf-8").lower())]
    assert not found, "\n".join(found)


def _wrong_in(words: str) -> Iterator[str]:
    """What a template may not hold."""
    if " style=" in words or "<style" in words:
        yield "the Content-Security-Policy drops inline styles. Use a class."
    if "<script>" in words or "javascript:" in words:
        yield "the Content-Security-Policy drops inline scripts."
    for form in words.split("<form")[1:]:
        inside, _, _ = form.partition("</form>")
        tag, _, _ = inside.partition(">")
        if 'method="post"' in tag or "method='post'" in tag:
            continue
        if any(kind in inside for kind in ('type="text"', 'type="search"', "<textarea")):
            yield (
                "a form that is not sent by POST puts what somebody types into the address, the history and the "
                "logs. Search by POST."
            )


def test_journeys_wait_for_what_they_expect():
    """What is read at once may be read from the page before, or from half of the next: on a slow machine it is."""
    found = [
        f"{name_of(path)}:{call.lineno} {call.func.attr}()"
        for path in sorted((ROOT / "tests").rglob("test_*.py"))
        if path.parent.name == "journeys" or path.stem.endswith("_in_browser")
        for asserted in nodes(path)
        if isinstance(asserted, ast.Assert)
        for call in ast.walk(asserted.test)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and _reads_at_once(call.func)
    ]
    assert not found, f"{found}: use playwright's expect(…), which asks again until it is so."


def _reads_at_once(method: ast.Attribute) -> bool:
    on_the_page = any(part in ast.unparse(method.value) for part in ("page.", "locator(", "get_by_"))
    return method.attr in READ_AT_ONCE or (method.attr in ("count", "title") and on_the_page)
