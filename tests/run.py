"""`make test`: every check, then every test on each database that answers, then in plain words what was left out.

Settings, all optional: DATABASE_URL (the PostgreSQL or SQLite to use beside the usual ones), TEST_WORKERS (how many
tests run at once), E2E_CHROMIUM (which browser walks the journeys), TEST_EVERYTHING (yes: every test that touches a
database runs on PostgreSQL too, however long that takes; no: never those that ask it nothing that others do not ask,
see tests/questions.py; otherwise all of them where they end within ten minutes).
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from xml.etree import ElementTree

import psycopg

from tests import questions

ROOT = Path(__file__).resolve().parent.parent
USUAL_POSTGRESQL = "postgres://postgres@127.0.0.1:5432/heard"
LONGEST = 600  # seconds: who waits longer for an answer stops asking
# What PostgreSQL's tests take of SQLite's time, journeys and all: measured 0.59 on a quick machine, 0.66 on a slow one.
SHARE = 0.66


def main() -> int:
    """Run everything, whatever fails on the way. Returns 1 if anything did."""
    started = time.perf_counter()
    given = os.environ.pop("DATABASE_URL", "")
    # Some twenty processes start, each of which would compile the same code anew where Python may not keep it.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = str(ROOT / "var" / "bytecode")
    skipped: list[str] = []
    failed: list[str] = []
    sqlite = given if given.startswith("sqlite") else ""
    postgresql, why_not = _postgresql(given)
    with ThreadPoolExecutor(1) as beside:  # one installs after the other, beside the checks
        looking = beside.submit(_browser)
        beside.submit(_command, ".ci/clients")
        # Alone first: everything else finds the code compiled. Beside each other all would compile the same.
        _step("checks without types", lambda: _make("system", "format-check", "lint"), failed)
        templates = [_template(address) for address in ({sqlite} | {postgresql} if postgresql else {sqlite})]
        _step("types, contracts and migrations", lambda: _make("types", "contracts", "migrations"), failed)
        for template in templates:  # a failure shows in the tests, with its words
            template.wait()
    if looking.result():
        os.environ["E2E_CHROMIUM"] = looking.result()
    else:
        skipped.append("browser journeys: no Chromium was found, and none could be installed")
    journeys = [] if looking.result() else ["-m", "not journey"]
    _on_each(sqlite, postgresql, journeys, started, skipped, failed)
    if not postgresql:
        skipped.append(f"PostgreSQL: {why_not}")
    minutes, seconds = divmod(round(time.perf_counter() - started), 60)
    print(f"\nmake test took {minutes} min {seconds} s.")
    for line in sorted(set(skipped)):
        print(f"Skipped: {line}")
    if not skipped:
        print("Nothing was skipped.")
    print("FAILED: " + ", ".join(failed) if failed else "Everything passed.")
    return 1 if failed else 0


def _on_each(
    sqlite: str, postgresql: str, journeys: list[str], started: float, skipped: list[str], failed: list[str]
) -> None:
    """The tests on SQLite, and on PostgreSQL: all that touch a database where there is time, or those that ask it what
    the others ask as well (`tests/questions.py`)."""
    with tempfile.TemporaryDirectory() as noted:
        writing = [f"--note-questions={noted}"] if postgresql else []
        took = _step("tests on SQLite", lambda: _tests(sqlite, [*journeys, *writing], skipped), failed)
        if not postgresql:
            return
        everything = everything_fits(passed=time.perf_counter() - started, sqlite=took)
        again = ["-m", "not journey", "--database-only", *([] if everything else [f"--noted-questions={noted}"])]
        _step("tests on PostgreSQL", lambda: _tests(postgresql, again, skipped), failed)
        if not everything:
            skipped.append(
                f"on PostgreSQL, {questions.left_out(Path(noted)):,} tests that ask it nothing that the tests it ran "
                "do not ask: ten minutes would have passed (TEST_EVERYTHING=yes runs them)"
            )


def everything_fits(*, passed: float, sqlite: float) -> bool:
    """Whether PostgreSQL is to run every test, `passed` seconds after the start, where SQLite's took `sqlite` seconds:
    what TEST_EVERYTHING says, or whether ten minutes will not be over."""
    wanted = os.environ.get("TEST_EVERYTHING", "")
    return wanted == "yes" if wanted in ("yes", "no") else passed + SHARE * sqlite < LONGEST


def _step(name: str, run: Callable[[], int], failed: list[str]) -> float:
    """Run it, and say how it went. Returns the seconds it took."""
    print(f"\n=== {name}", flush=True)
    started = time.perf_counter()
    if run():
        failed.append(name)
    took = time.perf_counter() - started
    print(f"=== {name}: {took:.0f} s", flush=True)
    return took


def _template(database: str) -> subprocess.Popen[bytes]:
    """Start making the empty database that every worker's is a copy of, beside the checks: both cores have work."""
    command = [sys.executable, "-m", "tests.databases"]
    return subprocess.Popen(command, cwd=ROOT, env={**os.environ, **_environment(database)})


def _environment(database: str) -> dict[str, str]:
    return {"DJANGO_SETTINGS_MODULE": "settings.test", **({"DATABASE_URL": database} if database else {})}


def _command(*command: str) -> int:
    return subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, check=False).returncode


def _make(*targets: str) -> int:
    return _command("make", "--no-print-directory", "-k", "-j2", "--output-sync=target", *targets)


def _browser() -> str:
    found = subprocess.run([ROOT / ".ci" / "browser"], stdout=subprocess.PIPE, text=True, check=False).stdout
    return found.strip()


def _tests(database: str, extra: list[str], skipped: list[str]) -> int:
    """Run the suite on one database and note what its tests skipped. Returns pytest's code."""
    environment = {**os.environ, **_environment(database)}
    workers = os.environ.get("TEST_WORKERS", "2")
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-n",
            workers,
            "--dist=worksteal",
            f"--junitxml={report}",
            *extra,
        ]
        code = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
        skipped += _skips_in(report)
    return code


def _skips_in(report: Path) -> list[str]:
    if not report.exists():
        return []
    # The report was written a moment ago by our own run.
    return [
        f"{case.get('classname')}.{case.get('name')}: {skip.get('message')}"
        for case in ElementTree.parse(report).iter("testcase")
        for skip in case.iter("skipped")
    ]


def _postgresql(given: str) -> tuple[str, str]:
    """The address of a PostgreSQL that answers, or "" and why there is none."""
    address = given if given.startswith("postgres") else USUAL_POSTGRESQL
    server = address.rpartition("/")[0]
    try:
        psycopg.connect(f"{server}/postgres", connect_timeout=3).close()
    except psycopg.Error:
        where = "the server of DATABASE_URL" if given.startswith("postgres") else "no server at 127.0.0.1:5432"
        return "", f"{where} answers to user postgres without a password; DATABASE_URL names another"
    return address, ""


if __name__ == "__main__":
    sys.exit(main())
