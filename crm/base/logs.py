"""Logs for machines: one JSON object a line, with nothing that could name a person."""

from __future__ import annotations

import json
import logging
import re
from datetime import UTC, datetime
from typing import Any

EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
QUERY = re.compile(r"\?[^\s\"']+")
NUMBER = re.compile(r"\+?\d[\d \-]{8,}\d")
# Secrets of links and keys are at least 40 characters without a space; an id (36 characters) is not.
SECRET = re.compile(r"[\w-]{40,}")
# The id of a record in an address, which leads to whom it is about.
ID = re.compile(r"(?<=/)[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def without_personal_data(words: str) -> str:
    """The words with e-mail addresses, query strings, secrets of links, ids in addresses and long numbers taken out."""
    without_secrets = SECRET.sub("(secret)", QUERY.sub("?(cut)", EMAIL.sub("(e-mail)", words)))
    return NUMBER.sub("(number)", ID.sub("(id)", without_secrets))


def route_of(request: Any) -> str:
    """Which kind of address was asked for, as it is declared: without the ids and secrets in it."""
    match = getattr(request, "resolver_match", None)
    return match.route if match else "(none)"


class WithoutPersonalData(logging.Filter):
    """Cleans every message before a handler sees it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always lets the record through, cleaned: where Django says which address failed, its route instead."""
        request = getattr(record, "request", None)
        if isinstance(record.args, tuple) and isinstance(path := getattr(request, "path", None), str):
            said = path.encode("unicode_escape").decode("ascii")  # as django.utils.log writes it
            record.args = tuple(route_of(request) if one in (path, said) else one for one in record.args)
        record.msg, record.args = without_personal_data(record.getMessage()), ()
        return True


class JsonLine(logging.Formatter):
    """Writes a record as one line of JSON. A traceback keeps places in the code and drops the values of the error."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, "facts", {}),
        }
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
            line["where"] = self._places(record)
        return json.dumps(line, ensure_ascii=False)

    @staticmethod
    def _places(record: logging.LogRecord) -> list[str]:
        places, trace = [], record.exc_info[2] if record.exc_info else None
        while trace:
            code = trace.tb_frame.f_code
            places.append(f"{code.co_filename}:{trace.tb_lineno} {code.co_name}")
            trace = trace.tb_next
        return places[-12:]
