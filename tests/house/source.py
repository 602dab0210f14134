"""The project's own source, as files and as syntax trees."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = ("crm", "engagement", "cms", "api")


def sources(*folders: str) -> Iterator[Path]:
    """Every Python file of these folders but migrations."""
    for folder in folders:
        yield from sorted(path for path in (ROOT / folder).rglob("*.py") if "migrations" not in path.parts)


@cache
def tree(path: Path) -> ast.Module:
    """The file's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """Everything in the file's syntax tree, outer before inner: walking a tree takes longer than making it."""
    return tuple(ast.walk(tree(path)))


def name_of(path: Path) -> str:
    """The file as the project names it, like crm/people/rules.py."""
    return path.relative_to(ROOT).as_posix()


def is_actions(path: Path) -> bool:
    """Whether the file is a room's actions."""
    return path.name == "actions.py" or path.parent.name == "actions"


def excepted(path: Path, exceptions: dict[str, str]) -> bool:
    """Whether a file, or a folder (ending with /) it lies in, is a named exception."""
    name = name_of(path)
    return any(name == entry or (entry.endswith("/") and name.startswith(entry)) for entry in exceptions)
