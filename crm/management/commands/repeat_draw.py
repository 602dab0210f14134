"""`manage.py repeat_draw`: draws again from a pool and a record that were saved, without Heard."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from crm.panels import drawing


class Command(BaseCommand):
    """Repeats a random selection: the pool (number → answers) and the record of the draw (draw.json)."""

    help = "Repeat a random selection from the pool and the record of the draw, and say whether the pool is the same."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Two files."""
        parser.add_argument("pool", type=Path, help="JSON: number of the application → question → answer")
        parser.add_argument("record", type=Path, help="the record of the draw (draw.json)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check the fingerprint, draw, and write the numbers, one a line. Raises CommandError for another pool."""
        pool = json.loads(options["pool"].read_text(encoding="utf-8"))
        pool = pool.get("pool", pool)  # as the API gives it
        record = json.loads(options["record"].read_text(encoding="utf-8"))
        if drawing.hash_of(pool) != record["pool_sha256"]:
            raise CommandError("This is not the pool that was frozen: its SHA-256 is another.")
        if record["method"] != drawing.METHOD:
            raise CommandError("It was drawn by another method. Use the version of Heard that has it.")
        if record.get("quotas_hidden"):
            raise CommandError("This is what anybody may read, without small quotas. Take the record of the draw from "
                               "the page of the call, or from the API.")  # fmt: skip
        quotas: dict[str, dict[str, list[int]]] = {}
        for one in record["quotas"]:
            quotas.setdefault(one["key"], {})[one["answer"]] = [one["least"], one["most"]]
        if drawing.hash_of_all(pool, quotas) != record["pool_and_quotas_sha256"]:
            raise CommandError("These are not the quotas that were frozen: the SHA-256 of pool and quotas is another.")
        for number in drawing.select(pool, quotas, record["places"], record["seed"]).chosen:
            self.stdout.write(number)
