"""A second council, without localities, made at test time from the census figures beside the checkout."""

from __future__ import annotations

import csv
from pathlib import Path

REFERENCE = Path(__file__).parents[4] / "shared" / "reference" / "census"
CODE = "E08000005"
OGL = "Source: Office for National Statistics licensed under the Open Government Licence v.3.0"


def write_second_council(folder: Path) -> Path:
    """Write its three files, of the shape that every council gives, and return the folder."""
    with (REFERENCE / "geography" / "wards_2022.csv").open(encoding="utf-8") as file:
        wards = {row["WD22CD"]: row for row in csv.DictReader(file) if row["LAD22CD"] == CODE}
    with (REFERENCE / "ts001_residence_type_ward_birmingham_rochdale_DERIVED.csv").open(encoding="utf-8") as file:
        figures = [row for row in csv.DictReader(file) if row["geography code"] in wards]
    name = next(iter(wards.values()))["LAD22NM"]
    council = [CODE, name, "#00566b", "0161 496 0100", "", "talk@council.example", "0161 496 0999", ""]
    _write(
        folder / "council.csv",
        "code,name,brand_colour,contact_phone,contact_text,contact_email,safeguarding_phone,safeguarding_url",
        [council],
    )
    _write(
        folder / "areas.csv",
        "kind,code,name,first_day,last_day,source",
        [["ward", code, row["WD22NM"], "2022-05-05", "", OGL] for code, row in wards.items()],
    )
    total = "Residence type: Total: All usual residents"
    _write(
        folder / "figures.csv",
        "code,name,value,as_at,source",
        [[row["geography code"], "usual residents", row[total], "Census 2021", OGL] for row in figures],
    )
    return folder


def _write(path: Path, heading: str, rows: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(heading.split(","))
        writer.writerows(rows)
