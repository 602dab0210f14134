"""The accounts of the demonstration, for whoever tries it out."""

from __future__ import annotations

from pathlib import Path

from crm.base.actors import Role
from crm.base.tables import Line, read_table

DATA = Path(__file__).parent / "data"
PASSWORD = "two robins on a fence"  # noqa: S105  # printed for everyone; `check --deploy` refuses these accounts


def staff_lines() -> list[Line]:
    """Everyone who has an account: e-mail address, name, role, team and locality."""
    return read_table(DATA / "staff.csv", ("email", "name", "role", "team", "locality"))


def sign_in_words() -> list[str]:
    """One line for each account, and the password they share."""
    accounts = [f"{line['email']:32} {line['name']}, {_role(line)}" for line in staff_lines()]
    return [*accounts, f"Password for all of them: {PASSWORD}"]


def _role(line: Line) -> str:
    return f"{Role(line['role']).label}{', ' + line['locality'] if line['locality'] else ''}"
