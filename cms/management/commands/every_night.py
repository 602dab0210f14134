"""`manage.py every_night`: all that is forgotten, reminded of, counted and looked after once a day."""

from __future__ import annotations

import logging
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import close_old_connections

logger = logging.getLogger("heard.nightly")
# What must be forgotten comes first, so that nothing slow keeps it waiting.
NIGHTLY = [
    ["forget_old_keys"],
    ["forget_applications"],
    ["forget_messages"],
    ["forget_answers"],
    ["forget_felt_links"],
    ["forget_format_requests"],
    ["clearsessions"],
    ["prune_db_task_results"],
    ["extend_series"],
    ["remind_of_promises"],
    ["offer_free_places"],
    ["remind_invited"],
    ["release_figures"],
    ["look_after_site", "--nightly"],
]


class Command(BaseCommand):
    """Runs each in turn. One that fails keeps none of the others from running."""

    help = "Does all that is due once a day, one after another, and fails at the end if any of it failed."

    def handle(self, *args: Any, **options: Any) -> None:
        """Run them. Raises CommandError at the end, naming those that failed."""
        failed = [name for name, *given in NIGHTLY if not self._ran(name, given)]
        if failed:
            raise CommandError(f"Failed: {', '.join(failed)}. The others ran. The log says where each failed.")

    def _ran(self, name: str, given: list[str]) -> bool:
        try:
            call_command(name, *given, stdout=self.stdout, stderr=self.stderr)
        except Exception:
            logger.exception("nightly.failed", extra={"facts": {"command": name}})
            close_old_connections()  # it may be the connection that broke
            return False
        return True
