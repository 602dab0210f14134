"""The council's lists: topics, kinds of support, barriers, as they come with Heard."""

from __future__ import annotations

from pathlib import Path

from crm.base.actors import SYSTEM
from crm.base.demonstration import Say
from engagement.log.actions import load_lists as load_from_files
from engagement.log.files import read_lists

DATA = Path(__file__).parent / "data"


def load_lists(say: Say) -> None:
    """Load what officers choose from when they log a contact."""
    added = load_from_files(actor=SYSTEM, lists=read_lists())
    say(f"Topics: {added['topics']}. Kinds of support: {added['support']}. Barriers: {added['barriers']}.")
