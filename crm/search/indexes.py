# ruff: noqa: S608  # every name in these statements is ours
"""The indexes that make search fast, which Django cannot describe for both databases.

PostgreSQL: two partial GIN indexes of trigrams (pg_trgm). SQLite: two FTS5 tables of trigrams over views of the
documents, kept in step by triggers. The keys are plain ASCII, so both cut the same trigrams whatever the collation.
A kind never changes its shelf. A migration that alters the table drops these indexes first and makes them afterwards.
"""

from __future__ import annotations

from typing import Any

TABLE = "crm_searchdocument"
SHELVES = {"names": "NOT prose", "prose": "prose"}  # name → which documents stand there


def table_of(shelf: str) -> str:
    """The FTS5 table of a shelf (SQLite)."""
    return f"crm_search_{shelf}"


def make_indexes(apps: Any, schema_editor: Any) -> None:
    """Make the indexes of this database; for a migration."""
    make = _make_postgresql if schema_editor.connection.vendor == "postgresql" else _make_sqlite
    for statement in make():
        schema_editor.execute(statement)


def drop_indexes(apps: Any, schema_editor: Any) -> None:
    """Take them away again; for a migration."""
    postgresql = schema_editor.connection.vendor == "postgresql"
    for shelf in SHELVES:
        if postgresql:
            schema_editor.execute(f"DROP INDEX {table_of(shelf)}")
            continue
        for event in ("insert", "update", "delete"):
            schema_editor.execute(f"DROP TRIGGER {table_of(shelf)}_{event}")
        schema_editor.execute(f"DROP TABLE {table_of(shelf)}")
        schema_editor.execute(f"DROP VIEW {table_of(shelf)}_documents")


def _make_postgresql() -> list[str]:
    statements = ["CREATE EXTENSION IF NOT EXISTS pg_trgm"]
    for shelf, condition in SHELVES.items():
        statements.append(f"CREATE INDEX {table_of(shelf)} ON {TABLE} USING gin (key gin_trgm_ops) WHERE {condition}")
    return statements


def _make_sqlite() -> list[str]:
    return [statement for shelf, condition in SHELVES.items() for statement in _sqlite_shelf(shelf, condition)]


def _sqlite_shelf(shelf: str, condition: str) -> list[str]:
    """An FTS5 table over a view, and the triggers that follow every change (SQLite, FTS5, external content tables)."""
    fts, view = table_of(shelf), f"{table_of(shelf)}_documents"
    here = condition.replace("prose", "{row}.prose")
    put = f"INSERT INTO {fts}(rowid, key) VALUES (new.id, new.key)"
    take = f"INSERT INTO {fts}({fts}, rowid, key) VALUES ('delete', old.id, old.key)"
    new, old = here.format(row="new"), here.format(row="old")
    return [
        f"CREATE VIEW {view} AS SELECT id, key FROM {TABLE} WHERE {condition}",
        f"CREATE VIRTUAL TABLE {fts} USING fts5(key, content='{view}', content_rowid='id', tokenize='trigram')",
        f"CREATE TRIGGER {fts}_insert AFTER INSERT ON {TABLE} WHEN {new} BEGIN {put}; END",
        f"CREATE TRIGGER {fts}_delete AFTER DELETE ON {TABLE} WHEN {old} BEGIN {take}; END",
        f"CREATE TRIGGER {fts}_update AFTER UPDATE OF key ON {TABLE} WHEN {old} BEGIN {take}; {put}; END",
        f"INSERT INTO {fts}({fts}) VALUES ('rebuild')",
    ]
