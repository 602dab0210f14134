"""Serves Heard: answers at once, and prepares meanwhile whatever is missing."""

from __future__ import annotations

import json
import re
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from crm.base import static
from crm.base.children import AskedToStop, ChildDied, Children, python
from crm.demonstration.rules import is_loaded
from crm.demonstration.sign_ins import sign_in_words

APPLIED = re.compile(r"^\s+Applying (\S+?)\.(\S+)\.\.\. OK")
EVERY = 25  # migrations between two lines of progress


class Command(BaseCommand):
    """`manage.py serve`: the server, its worker, the sender; before them the database and the static files."""

    help = "Serves Heard with its background worker, after preparing what is missing. Ctrl-C stops all of it."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Serve until somebody stops it or a part of it ends. Raises CommandError with what went wrong."""
        self.started = time.perf_counter()
        self.addresses = [part.strip() for part in settings.LISTEN_ON.split(",") if part.strip()]
        self._insist_on_free_port()
        try:
            with Children() as children:
                self._serve(children)
        except AskedToStop:
            self._say("Heard has stopped.")
        except ChildDied as death:
            self._say(f"{death} Everything else was stopped.")
            sys.exit(death.code)

    def _serve(self, children: Children) -> None:
        fresh = static.is_fresh()
        if not fresh:
            static.forget()
        server = children.start(
            "The server",
            python("-m", "gunicorn", "-c", "settings/gunicorn.py", "settings.wsgi"),
            PORT=str(settings.PORT),
            LISTEN_ON=settings.LISTEN_ON,
            HEARD_STILL_PREPARING="no" if fresh else "yes",
            MALLOC_ARENA_MAX="2",  # one heap for each thread would hold 60 MiB more (glibc, mallopt(3))
        )
        self._say(f"Heard answers at http://localhost:{settings.PORT}/healthz and gets ready.")
        gathering = None if fresh else children.begin(python("manage.py", "collectstatic", "--noinput", "-v", "0"))
        self._migrate(children)
        self._load_demonstration(children)
        if gathering is not None:
            self._say("Gathering the pages' styles …")
            code, said = children.finish(gathering)
            self._insist(code, "static files", said)
            static.mark_fresh()
            server.send_signal(signal.SIGHUP)  # new workers that know the files
        self._wait_until_ready(children)
        children.start("The background worker", python("manage.py", "db_worker"))
        children.start("The sender of messages", python("manage.py", "send_messages"))
        self._welcome()
        children.wait()

    def _migrate(self, children: Children) -> None:
        executor = MigrationExecutor(connection)
        steps = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
        connection.close()
        if not steps:
            return
        self._say(f"Setting up the database: {steps} steps, under a minute …")
        done, last = 0, [""]

        def tell(line: str) -> None:
            nonlocal done
            last.append(line)
            if APPLIED.match(line):
                done += 1
                if done % EVERY == 0:
                    self._say(f"  database: {done} of {steps}")

        code = children.run(python("manage.py", "migrate", "--no-color"), on_line=tell)
        self._insist(code, "database", "\n".join(last[-15:]))

    def _load_demonstration(self, children: Children) -> None:
        if settings.DEMONSTRATION and not is_loaded():
            self._say("Loading the demonstration …")
            code = children.run(python("manage.py", "load_demonstration"), on_line=self._say)
            self._insist(code, "demonstration")
            connection.close()

    def _insist(self, code: int, what: str, said: str = "") -> None:
        if code:
            raise CommandError(f"{said}\nPreparing the {what} failed.".strip(), returncode=code)

    def _wait_until_ready(self, children: Children) -> None:
        told: list[str] = []
        while True:
            children.look_after()
            waiting = self._what_the_server_waits_for()
            if not waiting:
                return
            if waiting not in (told, ["the server"]):
                self._say(f"  waiting for {', '.join(waiting)}")
                told = waiting
            time.sleep(0.5)

    def _what_the_server_waits_for(self) -> list[str]:
        address = self.addresses[0].replace("0.0.0.0", "127.0.0.1")  # noqa: S104  # the way to ask, not to listen
        try:
            with urllib.request.urlopen(f"http://{address}:{settings.PORT}/readyz", timeout=10):
                return []
        except urllib.error.HTTPError as answer:
            return list(json.load(answer).get("waiting_for", []))
        except OSError:
            return ["the server"]

    def _insist_on_free_port(self) -> None:
        """Raises CommandError, kindly, where another program has the port."""
        for address in self.addresses:
            family = socket.AF_INET6 if ":" in address else socket.AF_INET
            with socket.socket(family) as trial:
                trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                try:
                    trial.bind((address.strip("[]"), settings.PORT))
                except OSError as problem:
                    raise CommandError(
                        f"Another program already uses port {settings.PORT} (or it may not be used here). "
                        f"Stop that program, or choose another port: PORT={settings.PORT + 1} make run"
                    ) from problem

    def _welcome(self) -> None:
        at = f"http://localhost:{settings.PORT}"
        took = time.perf_counter() - self.started
        lines = [
            "",
            f"Heard is ready, after {took:.0f} seconds.",
            f"  Workspace    {at}/workspace/",
            f"  Public site  {at}/en/",
            f"  Its editor   {at}/cms/",
            f"  API          {at}/api/v1/",
        ]
        if settings.DEMONSTRATION:
            lines += ["", "Sign in as one of these invented people:", *(f"  {line}" for line in sign_in_words())]
        for line in [*lines, "", "Ctrl-C stops it."]:
            self._say(line)

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
