"""Logs for machines: one JSON object a line, with nothing that could name a person."""

from __future__ import annotations

import json
import logging
import re
from datetime import UTC, datetime

EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
QUERY = re.compile(r"\?[^\s\"']+")
NUMBER = re.compile(r"\+?\d[\d \-]{8,}\d")
# Secrets of links and keys are at least 40 characters without a space; an id (36 characters) is not.
SECRET = re.compile(r"[\w-]{40,}")


def without_personal_data(words: str) -> str:
    """The words with e-mail addresses, query strings, secrets of links and long numbers taken out."""
    without_secrets = SECRET.sub("(secret)", QUERY.sub("?(cut)", EMAIL.sub("(e-mail)", words)))
    return NUMBER.sub("(number)", without_secrets)


class WithoutPersonalData(logging.Filter):
    """Cleans every message before a handler sees it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always lets the record through, cleaned."""
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
