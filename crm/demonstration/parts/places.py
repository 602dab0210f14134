"""The council, its areas and the languages."""

from __future__ import annotations

from pathlib import Path

from crm.areas import actions
from crm.areas.files import read_area_files
from crm.base.actors import SYSTEM
from crm.base.demonstration import Say
from crm.base.tables import read_table
from crm.demonstration.sign_ins import DATA
from crm.languages.actions import load_languages
from crm.languages.files import shipped_languages

SHIPPED = Path(actions.__file__).parent / "data"


def load_places(say: Say) -> None:
    """Load the areas that ship with Heard for the council that the demonstration plays in."""
    folder = read_table(DATA / "places.csv", ("areas",))[0]["areas"]
    loaded = actions.load_areas(actor=SYSTEM, files=read_area_files(SHIPPED / folder))
    languages = load_languages(actor=SYSTEM, lines=shipped_languages())
    say(f"Council, wards, localities and figures: {loaded.added}. Languages: {languages}.")
