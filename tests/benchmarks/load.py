"""Closed-loop clients: each asks, waits for the answer, asks again."""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

Asking = Callable[[], tuple[str, str, bytes, dict[str, str]]]  # method, path, body, headers
WARM_UP = 1.5  # seconds


@dataclass(frozen=True)
class Figures:
    """Requests per second, milliseconds of the middle and the 95th of a hundred, queries of a request."""

    rate: float
    p50: float
    p95: float
    queries: int


def measure(port: int, ask: Asking, *, clients: int, seconds: float) -> Figures:
    """Ask for some seconds after a warm-up. Raises RuntimeError at the first answer that is no success.

    All clients warm up together: a connection to PostgreSQL plans each question once, in the first second of its hour,
    and a short run would measure little else. Heard and the references get the same.
    """
    gate = threading.Barrier(clients)

    def one(_: int) -> tuple[list[float], int]:
        gate.wait()
        return _client(port, ask, time.perf_counter() + seconds)

    with ThreadPoolExecutor(clients) as pool:
        list(pool.map(lambda _: _client(port, ask, time.perf_counter() + WARM_UP), range(clients)))
        started = time.perf_counter()
        answers = list(pool.map(one, range(clients)))
    lasted = time.perf_counter() - started
    times = sorted(taken for found, _ in answers for taken in found)
    return Figures(len(times) / lasted, _at(times, 0.5), _at(times, 0.95), answers[0][1])


def _at(times: Sequence[float], share: float) -> float:
    return round(times[min(len(times) - 1, int(len(times) * share))] * 1000, 1)


def _client(port: int, ask: Asking, until: float) -> tuple[list[float], int]:
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    times, queries = [], 0
    while not times or time.perf_counter() < until:
        method, path, body, headers = ask()
        started = time.perf_counter()
        link.request(method, path, body or None, headers)
        answer = link.getresponse()
        text = answer.read()
        times.append(time.perf_counter() - started)
        if answer.status >= 400:
            raise RuntimeError(f"{method} {path} answered {answer.status}: {text[:300]!r}")
        queries = int(answer.headers.get("X-Queries", 0))
    link.close()
    return times, queries
