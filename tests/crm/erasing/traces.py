"""Somebody whose name, number and address are written in many ways, and a search of everything there is for them.

The search knows nothing of how erasing works: it reads every row of every table as the database keeps it, opens every
session, and reads every file byte by byte.
"""

from __future__ import annotations

import html
import json
import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import unquote

from django.contrib.sessions.models import Session
from django.core.files.storage import default_storage, storages
from django.db import connection

from crm.people.actions import change_person
from crm.people.details import PersonDetails, WayDetails
from tests.world import World

NAME, EMAIL, PHONE = "Zubeda Kauser Mir (زبیدہ کوثر میر)", "zubeda.mir@example.org", "+447700900456"
PLAIN = (
    "Zubeda Kauser Mir", "ZUBEDA KAUSER MIR", "Mir, Zubeda Kauser", "zubeda-kauser-mir", "Zubeda Mir", "زبیدہ کوثر میر",
    EMAIL, EMAIL.upper(), PHONE, "+44 7700 900 456", "0044 7700 900456", "07700 900456", "07700900456",
    "(07700) 900-456",
)  # fmt: skip
# As keyboards, editors, browsers and other alphabets write them.
HIDDEN = (
    "Zu\u00adbeda Kau\u200dser Mir", "\u2067زبیدہ\u2069 کوثر\u200f میر", "زُبَیدہ کوثر میر", "زبيده كوثر مير",
    "Zu&shy;beda&#32;Mir", "&#90;ubeda Mir", "Zube<b>da</b> Mir", "<b>Zubeda</b> Kauser Mir", "Zúbèda Mir",
    "Z\u0301ubeda Mir", "zubeda.mir&#64;example.org", "zubeda%2Emir%40example%2Eorg",
    "mailto:zubeda.mir&amp;#64;example.org",
    "zubeda.mir at example dot org", "zubeda.mir+forum@example.org", "۰۷۷۰۰ ۹۰۰۴۵۶", "٠٧٧٠٠٩٠٠٤٥٦",
    "tel:+44-7700-900-456", "tel:%2B447700900456", "07 70 09 00 45 6", "0770\u200b0900\u200b456", "07700 <b>900</b>456",
    "https://wa.me/447700900456", "%D8%B2%D8%A8%DB%8C%D8%AF%DB%81%20%D9%85%DB%8C%D8%B1",
)  # fmt: skip
SPELT = (*PLAIN, *HIDDEN)
ALL_OF_IT = "; ".join(SPELT)
# Any part of it, however it is spelt or kept.
TRACE = re.compile("|".join(["zubeda", "kauser", "زبیدہ", "کوثر", r"[\W_]{0,3}".join("7700900456")]))
ESCAPED = re.compile(r"\\+u([0-9a-fA-F]{4})")
MARKUP = re.compile(r"<[^<>]*>")
SAME_LETTER = str.maketrans("يىكهة", "ییکہہ")


def she_is_known(world: World) -> None:
    """The world's own person is called and reached like this."""
    ways = [WayDetails("email", EMAIL), WayDetails("phone", PHONE)]
    change_person(actor=world.amina, person=world.person,
                  details=PersonDetails(name=NAME, area=world.east_ward, ways=ways))  # fmt: skip
    world.person.refresh_from_db()


def names_her(kept: str) -> bool:
    """Whether anything of her stands in what was kept: as it is, without markup, and with every escape opened."""
    opened = ESCAPED.sub(lambda found: chr(int(found[1], 16)), kept)
    for _ in range(3):
        opened = unquote(html.unescape(opened))
    texts = {kept, opened, MARKUP.sub("", opened), MARKUP.sub(" ", opened)}  # mostly one
    return any(TRACE.search(_plain(text)) for text in texts)


def _plain(text: str) -> str:
    """Small letters and our digits, without accents and without what nobody sees: ASCII has neither."""
    if text.isascii():
        return text.lower()
    letters = unicodedata.normalize("NFKD", text).translate(SAME_LETTER).lower()
    seen = (one for one in letters if unicodedata.category(one) not in ("Cf", "Mn", "Me"))
    return "".join(str(unicodedata.digit(one)) if one.isdigit() else one for one in seen)


def every_row() -> Iterator[tuple[str, str]]:
    """Every row of every table there is, as text: ours, the libraries', and the shadows of the search indexes."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            tables = [name for (name,) in cursor.fetchall()]
        for table in tables:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            names = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                for name, value in zip(names, row, strict=True):
                    yield f"{table}.{name}", _as_text(value)


def _as_text(value: object) -> str:
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode("utf-8", "ignore")
    return value if isinstance(value, str) else json.dumps(value, default=str, ensure_ascii=False)


def every_session() -> Iterator[tuple[str, str]]:
    """What waits in sessions, unpacked."""
    for session in Session.objects.all():
        yield "a session", repr(session.get_decoded())


def every_file() -> Iterator[tuple[str, str]]:
    """Every file, by name and byte by byte."""
    for storage in (default_storage, storages["private"]):
        yield from _files(storage, "")


def _files(storage, folder: str) -> Iterator[tuple[str, str]]:
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in files:
        path = f"{folder}/{name}".lstrip("/")
        with storage.open(path, "rb") as file:
            kept = file.read()
        yield f"the name of {path}", path
        yield path, kept.decode("utf-8", "ignore")
        yield path, kept.decode("utf-16-le", "ignore")
    for name in folders:
        yield from _files(storage, f"{folder}/{name}".lstrip("/"))


def where_she_stands() -> list[str]:
    """Every place in which anything of her is left."""
    places = (*every_row(), *every_session(), *every_file())
    return sorted({place for place, kept in places if names_her(kept)})
