"""The council is data: its name stands in no code and in no template."""

from pathlib import Path

ROOT = Path(__file__).parents[3]
NAME = "birming" + "ham"
FREE = {"data", "docs", "tests", "var", "node_modules"}  # data folders, documents and tests may name it


def files_of_code():
    for top in ("crm", "engagement", "cms", "api", "settings", "templates"):
        for path in (ROOT / top).rglob("*"):
            inside = path.relative_to(ROOT)
            if path.is_file() and not FREE & set(inside.parts[:-1]) and "__pycache__" not in inside.parts:
                yield inside
    yield from (Path(name) for name in ("manage.py", "Makefile", "pyproject.toml") if (ROOT / name).exists())


def test_no_code_and_no_template_names_the_council():
    read = list(files_of_code())
    assert len(read) > 50
    naming = [
        str(path) for path in read if NAME in str(path).lower() or NAME.encode() in (ROOT / path).read_bytes().lower()
    ]
    assert not naming, f"These name the council. Move what they say into a data folder: {naming}"
