"""Child processes that live and die together: the server, its background worker, and what prepares them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from types import FrameType

PATIENCE = 15.0  # seconds a child may take to stop by itself; gunicorn lets a running request end


class AskedToStop(Exception):
    """Somebody pressed Ctrl-C, or the system asked this process to end."""


class ChildDied(Exception):
    """A child ended that should not have. `code` is what the whole ends with."""

    def __init__(self, name: str, code: int) -> None:
        self.name = name
        # A child that a signal killed ends with minus the signal's number; shells say 128 plus it.
        self.code = 128 - code if code < 0 else code or 1
        super().__init__(f"{name} ended by itself (code {code}).")


def ask_to_stop(number: int, frame: FrameType | None) -> None:
    """The handler of SIGINT and SIGTERM. A second press must not break off the tidy end of the first."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise AskedToStop


class Children:
    """Starts processes, notices when one that should go on ends, and leaves none behind.

    Use as a context: leaving it, in whatever way, stops every child.
    """

    def __init__(self) -> None:
        self._lasting: dict[str, subprocess.Popen[str]] = {}
        self._passing: list[subprocess.Popen[str]] = []

    def __enter__(self) -> Children:
        signal.signal(signal.SIGINT, ask_to_stop)
        signal.signal(signal.SIGTERM, ask_to_stop)
        return self

    def __exit__(self, *problem: object) -> None:
        self.stop()

    def start(self, name: str, command: Sequence[str], **environment: str) -> subprocess.Popen[str]:
        """Start a process that goes on until everything stops."""
        self._lasting[name] = self._open(command, environment, output=None)
        return self._lasting[name]

    def run(self, command: Sequence[str], *, on_line: Callable[[str], None]) -> int:
        """Run a process to its end, handing each line it says to `on_line`. Returns its code.

        Raises `ChildDied` when a process that should go on ended meanwhile.
        """
        child = self.begin(command)
        assert child.stdout is not None
        for line in child.stdout:
            on_line(line.rstrip("\n"))
            self.look_after()
        code = child.wait()
        self._passing.remove(child)
        self.look_after()
        return code

    def begin(self, command: Sequence[str]) -> subprocess.Popen[str]:
        """Start a process that runs beside others to its end; its words are read by `finish`."""
        child = self._open(command, {}, output=subprocess.PIPE)
        self._passing.append(child)
        return child

    def finish(self, child: subprocess.Popen[str]) -> tuple[int, str]:
        """Wait for a process that was begun. Returns its code and what it said."""
        said, _ = child.communicate()
        self._passing.remove(child)
        self.look_after()
        return child.returncode, said

    def look_after(self) -> None:
        """Raise `ChildDied` when a process that should go on has ended."""
        for name, child in self._lasting.items():
            code = child.poll()
            if code is not None:
                raise ChildDied(name, code)

    def wait(self) -> None:
        """Look after the children until one dies or somebody asks to stop; raises either."""
        while True:
            self.look_after()
            time.sleep(0.2)

    def stop(self) -> None:
        """Ask every child to end; after a while, end it."""
        alive = [child for child in (*self._passing, *self._lasting.values()) if child.poll() is None]
        for child in alive:
            child.terminate()
        deadline = time.monotonic() + PATIENCE
        for child in alive:
            try:
                child.wait(timeout=max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()

    @staticmethod
    def _open(command: Sequence[str], environment: dict[str, str], output: int | None) -> subprocess.Popen[str]:
        # A session of its own: Ctrl-C reaches this process alone, which then ends the children in order.
        return subprocess.Popen(  # noqa: S603  # the commands are ours
            command,
            env={**os.environ, "PYTHONUNBUFFERED": "1", **environment},
            stdout=output,
            stderr=subprocess.STDOUT if output else None,
            stdin=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
        )


def python(*arguments: str) -> list[str]:
    """A command that runs under the same Python as this one."""
    return [sys.executable, *arguments]
