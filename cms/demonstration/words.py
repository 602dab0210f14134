"""The words of the demonstration's public site, read from `cms/data/demonstration`.

One file a language holds the first page, one topic with its Easy Read twin, and how to reach us. A machine made those
that are not English. All other messages lie in `messages.toml`, in English and in marks that are quick to write.
"""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.html import escape

FOLDER = Path(__file__).parent.parent / "data" / "demonstration"
ENGLISH = "en"
TOPIC, CONTACT = "come-and-talk", "contact-and-help"
SENTENCE = re.compile(r"(?<=[.!?])\s+")


@dataclass(frozen=True)
class Message:
    """One page: its kind, its address, its fields as the page takes them, and the sections of its Easy Read twin."""

    kind: str
    slug: str
    fields: dict[str, Any]
    easy: dict[str, Any] | None = None


@dataclass(frozen=True)
class Words:
    """Everything the site says in one language, and how those words were made."""

    made: dict[str, str]
    home: dict[str, Any]
    messages: list[Message] = field(default_factory=list)


def languages() -> list[str]:
    """Those there are words in; English first, because the others are made from it."""
    found = sorted(path.stem for path in FOLDER.glob("*.json"))
    return [ENGLISH, *(code for code in found if code != ENGLISH)]


def words_in_language(code: str, council: str) -> Words:
    """The words of one language, with the council's name in them."""
    told = _filled(json.loads((FOLDER / f"{code}.json").read_text(encoding="utf-8")), council)
    easy = {"title": told["easy_read"]["title"], "sections": json.dumps(told["easy_read"]["sections"])}
    topic = Message("information", TOPIC, _stored(told["page"]), easy)
    contact = [Message("contact", CONTACT, _stored(told["contact"]))] if "contact" in told else []
    others = _written(council) if code == ENGLISH else []
    return Words(told["made"], told["home"], [topic, *contact, *others])


def _stored(words: dict[str, Any]) -> dict[str, Any]:
    return {name: json.dumps(value) if isinstance(value, list) else value for name, value in words.items()}


def _filled(value: Any, council: str) -> Any:
    """The words with the council's name in them; inside rich text it is escaped."""
    if isinstance(value, dict):
        return {name: _filled(inner, council) for name, inner in value.items()}
    if isinstance(value, list):
        return [_filled(inner, council) for inner in value]
    return value.replace("{council}", escape(council) if value.startswith("<") else council)


def _written(council: str) -> list[Message]:
    pages = tomllib.loads((FOLDER / "messages.toml").read_text(encoding="utf-8"))["page"]
    return [_message(page, council) for page in pages]


def _message(page: dict[str, Any], council: str) -> Message:
    told = {name: page[name] for name in ("title", "summary", "covers", "published_on") if name in page}
    told["body"] = json.dumps(_filled(body_of(page["body"]), council))
    if "letters" in page:
        told["letters"] = json.dumps([_letter(*letter) for letter in page["letters"]])
    easy = {"title": page["title"], "sections": json.dumps(sections_of(page["easy"]))} if "easy" in page else None
    return Message(page["kind"], page["slug"], told, easy)


def _letter(name: str, words: str) -> dict[str, Any]:
    return {"type": "letter", "value": {"name": name, "words": words}}


def body_of(words: str) -> list[dict[str, str]]:
    """Blocks of a page: `## ` begins a heading, `- ` an entry of a list, anything else is a paragraph."""
    blocks: list[dict[str, str]] = []
    for line in filter(None, map(str.strip, words.splitlines())):
        if line.startswith("## "):
            blocks.append({"type": "heading", "value": line[3:]})
        elif line.startswith("- "):
            _put_in(blocks, f"<ul><li>{escape(line[2:])}</li></ul>")
        else:
            _put_in(blocks, f"<p>{escape(line)}</p>")
    return blocks


def _put_in(blocks: list[dict[str, str]], html: str) -> None:
    if not blocks or blocks[-1]["type"] == "heading":
        blocks.append({"type": "paragraph", "value": html})
    else:
        blocks[-1]["value"] = (blocks[-1]["value"] + html).replace("</ul><ul>", "")


def sections_of(words: str) -> list[dict[str, Any]]:
    """Sections of an Easy Read page: `## ` begins one; each line is picture, sentences and, if need be, a hard word."""
    sections: list[dict[str, Any]] = []
    for line in filter(None, map(str.strip, words.splitlines())):
        if line.startswith("## "):
            sections.append({"type": "section", "value": {"heading": line[3:], "rows": []}})
        else:
            sections[-1]["value"]["rows"].append(_row(*(part.strip() for part in line.split("|"))))
    return sections


def _row(picture: str, words: str, hard: str = "") -> dict[str, Any]:
    bold = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", escape(words))
    row: dict[str, Any] = {"picture": picture, "words": "".join(f"<p>{part}</p>" for part in SENTENCE.split(bold))}
    if hard:
        word, _, meaning = hard.partition(":")
        row["hard_words"] = [{"word": word.strip(), "meaning": meaning.strip()}]
    return row
