"""`make bench`: fill, serve, ask, and write the table into docs/benchmarks.md.

python -m tests.benchmarks [--people 1000,10000,100000] [--seconds 3] [--only sqlite|postgresql] [--step fill|again]

Filling takes far longer than asking: `--step fill` fills and stops, `--step again` asks what was filled.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
WORK = ROOT / "var" / "bench"
POSTGRESQL = os.environ.get("BENCH_POSTGRESQL", "postgres://postgres@127.0.0.1:5432")


def main() -> int:
    """Measure every size on every database that answers; keep what was measured in var/bench/."""
    options = _options()
    WORK.mkdir(parents=True, exist_ok=True)
    databases = {"sqlite": "", "postgresql": POSTGRESQL}
    for vendor in [options.only] if options.only else databases:
        for people in [int(number) for number in options.people.split(",")]:
            address = _address(vendor, people) if options.step == "again" else _fresh(vendor, people)
            if not address:
                print(f"{vendor}: no server answers; left out.")
                continue
            environ = {**os.environ, "DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "tests.benchmarks.settings"}
            run = [sys.executable, "-m", "tests.benchmarks.one", vendor, str(people), str(options.seconds)]
            run.append(options.step)
            subprocess.run(run, cwd=ROOT, env=environ, check=True)
    if options.step != "fill":
        subprocess.run([sys.executable, "-m", "tests.benchmarks.report"], cwd=ROOT, check=True)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure Heard against plain SQL and bare Django.")
    parser.add_argument("--people", default="1000,10000,100000")
    parser.add_argument("--seconds", type=float, default=3.0)
    parser.add_argument("--only", choices=["sqlite", "postgresql"])
    parser.add_argument("--step", choices=["both", "fill", "again"], default="both")
    return parser.parse_args()


def _address(vendor: str, people: int) -> str:
    return (
        f"sqlite:///{WORK / f'bench-{people}.sqlite3'}" if vendor == "sqlite" else f"{POSTGRESQL}/heard_bench_{people}"
    )


def _fresh(vendor: str, people: int) -> str:
    """The address of an empty database; "" when no server answers."""
    if vendor == "sqlite":
        for file in WORK.glob(f"bench-{people}.sqlite3*"):
            file.unlink()
        return _address(vendor, people)
    import psycopg

    try:
        with psycopg.connect(f"{POSTGRESQL}/postgres", autocommit=True, connect_timeout=3) as server:
            server.execute(f"DROP DATABASE IF EXISTS heard_bench_{people}")
            server.execute(f"CREATE DATABASE heard_bench_{people}")
    except psycopg.OperationalError:
        return ""
    return _address(vendor, people)


if __name__ == "__main__":
    sys.exit(main())
