"""Makes the words of a letter for one reader: plain text for mail programs and printing, and accessible HTML.

What is filled in is never read as markup: a value cannot make a link, a heading or a placeholder.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from crm.sending.models import Format, LetterVersion

PLACEHOLDER = re.compile(r"\{(\w+)\}")
LINK = re.compile(r"\[([^\]\n]+)\]\((\{\w+\}|https://[^\s)]+)\)")
PIECE = re.compile(f"{LINK.pattern}|{PLACEHOLDER.pattern}")
ITEM = "- "
SAFE_ADDRESS = re.compile(r"https?://\S+\Z")


@dataclass(frozen=True)
class Rendered:
    """A letter ready for one reader."""

    subject: str
    text: str
    html: str


def placeholders_in(words: str) -> list[str]:
    """The placeholders these words use, in their order."""
    return list(dict.fromkeys(PLACEHOLDER.findall(words)))


def stray_braces(words: str) -> bool:
    """Whether a brace stands there that begins or ends no placeholder: somebody mistyped one."""
    rest = PLACEHOLDER.sub("", words)
    return "{" in rest or "}" in rest


def render(version: LetterVersion, values: Mapping[str, str], *, form: str, footer: str) -> Rendered:
    """The letter for one reader. `footer` says who sends it and how to stop it."""
    subject = " ".join(_tidied(_filled(version.subject, values)).split())
    blocks = _blocks(version.body, values)
    text = "\n\n".join("\n".join(_as_text(line, values) for line in block) for block in blocks)
    inner = "".join(_block_html(block, values) for block in blocks)
    language = version.language.code if version.language else "en"
    direction = version.language.direction if version.language else "ltr"
    page = _page(subject, inner, footer, language, direction, large=form == Format.LARGE_PRINT)
    return Rendered(subject, f"{_tidied(text)}\n\n-- \n{footer}\n", page)


def _filled(words: str, values: Mapping[str, str]) -> str:
    return PLACEHOLDER.sub(lambda found: str(values.get(found[1], "")), words)


def _tidied(words: str) -> str:
    """Nothing stands before a comma where a name was empty."""
    return re.sub(r"[ \t]+([,.!?])", r"\1", words)


def _blocks(body: str, values: Mapping[str, str]) -> list[list[str]]:
    """The paragraphs, each as lines. One that is a single placeholder becomes as many as its value has."""
    found: list[list[str]] = []
    for block in re.split(r"\n\s*\n", body.replace("\r\n", "\n").strip()):
        alone = PLACEHOLDER.fullmatch(block.strip())
        if alone and "\n" in values.get(alone[1], ""):
            paragraphs = re.split(r"\n\s*\n", values[alone[1]].replace("\r\n", "\n").strip())
            found += [[_Literal(line) for line in one.split("\n")] for one in paragraphs]
        else:
            found.append(block.strip("\n").split("\n"))
    return found


class _Literal(str):
    """A line of a value: shown as it is."""


def _as_text(line: str, values: Mapping[str, str]) -> str:
    if isinstance(line, _Literal):
        return line

    def piece(found: re.Match[str]) -> str:
        words, address, name = found.groups()
        return f"{words}: {_filled(address, values)}" if address else str(values.get(name, ""))

    return PIECE.sub(piece, line)


def _block_html(block: list[str], values: Mapping[str, str]) -> str:
    if all(line.startswith(ITEM) for line in block):
        items = "".join(f"<li>{_line_html(_rest(line), values)}</li>" for line in block)
        return f"<ul>{items}</ul>\n"
    return f"<p>{'<br>'.join(_line_html(line, values) for line in block)}</p>\n"


def _rest(line: str) -> str:
    rest = line.removeprefix(ITEM)
    return _Literal(rest) if isinstance(line, _Literal) else rest


def _line_html(line: str, values: Mapping[str, str]) -> str:
    if isinstance(line, _Literal):
        return escape(line)
    made, at = [], 0
    for found in PIECE.finditer(line):
        made.append(escape(line[at : found.start()]))
        made.append(_piece_html(found, values))
        at = found.end()
    return _tidied("".join([*made, escape(line[at:])]))


def _piece_html(found: re.Match[str], values: Mapping[str, str]) -> str:
    words, address, name = found.groups()
    if address is None:
        return f"<bdi>{escape(str(values.get(name, ''))).replace(chr(10), '<br>')}</bdi>"
    to = _filled(address, values)
    if not SAFE_ADDRESS.match(to):
        return escape(words)
    return f'<a href="{escape(to)}">{escape(words)}</a>'


def _page(subject: str, inner: str, footer: str, language: str, direction: str, *, large: bool) -> str:
    size = "24px" if large else "16px"  # 18 point and 12 point
    style = f"font-family:Arial,sans-serif;font-size:{size};line-height:1.5;max-width:38em;color:#0b0c0c"
    ending = escape(footer).replace("\n", "<br>")
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(language)}" dir="{escape(direction)}">\n<head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{escape(subject)}</title></head>\n'
        f'<body style="{style}"><main>\n<h1 style="font-size:1.4em;line-height:1.3">{escape(subject)}</h1>\n{inner}'
        f'</main>\n<hr>\n<footer lang="en" dir="ltr"><p>{ending}</p></footer></body>\n</html>\n'
    )
