"""How long until a slow phone shows something: first paint of public pages on a line of 400 kbps with 400 ms there and
back, and a processor six times slower than this machine's (the targets of docs/benchmarks.md).

python -m tests.benchmarks.first_paint http://localhost:8000 [--times 5] [/en/ /ur/ …]

The site must be running (`make run`). Every page is opened as by somebody who was never here: nothing kept, no ready
connection. It prints the lines of the table in docs/benchmarks.md. It is no test: what a busy machine says is no bug.
"""

from __future__ import annotations

import argparse
import os
import statistics
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from tests import browsers

PHONE = {"width": 360, "height": 740}
PAGES = ("/en/", "/en/come-and-talk/", "/en/come-and-talk/easy-read/", "/ur/", "/ur/come-and-talk/easy-read/",
         "/ti/", "/ti/come-and-talk/easy-read/", "/en/groups/")  # fmt: skip
LINE = {"offline": False, "latency": 400, "downloadThroughput": 400_000 / 8, "uploadThroughput": 400_000 / 8}
SLOWER = 6
# A desk has letters of every script, an old phone has not and must fetch ours: they are hidden from the browser here.
FEW_LETTERS = """<?xml version="1.0"?><fontconfig><include>/etc/fonts/fonts.conf</include>
<selectfont><rejectfont><glob>*Noto*</glob></rejectfont></selectfont></fontconfig>"""
MEASURED = """() => new Promise(done => {
    const said = () => {
        const paint = performance.getEntriesByName('first-contentful-paint')[0]
        const way = performance.getEntriesByType('navigation')[0]
        if (!paint || !way.loadEventEnd) { setTimeout(said, 50); return }
        const files = performance.getEntriesByType('resource')
        done({paint: paint.startTime, usable: way.domContentLoadedEventEnd, whole: way.loadEventEnd,
              bytes: way.transferSize + files.reduce((sum, file) => sum + file.transferSize, 0)})
    }
    said()
})"""


@dataclass(frozen=True)
class Seen:
    """What one opening of a page took, in milliseconds, and what came over the line, in bytes."""

    paint: float
    usable: float
    whole: float
    bytes: float


def opened(browser: Browser, address: str) -> Seen:
    """One page, opened by a phone that was never here."""
    context = browser.new_context(viewport=PHONE, device_scale_factor=2, is_mobile=True, has_touch=True)
    page = context.new_page()
    throttle = context.new_cdp_session(page)
    throttle.send("Network.enable")
    throttle.send("Network.emulateNetworkConditions", LINE)
    throttle.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    answer = page.goto(address, wait_until="load", timeout=60_000)
    if answer is None or not answer.ok:
        raise SystemExit(f"{address} did not answer with a page: is the site ready?")
    found: dict[str, Any] = page.evaluate(MEASURED)
    context.close()
    return Seen(**found)


def line_of(address: str, seen: list[Seen]) -> str:
    """The page's line in the table: the middle one of several openings, and the slowest first paint."""

    def middle(name: str) -> float:
        return statistics.median(getattr(one, name) for one in seen)

    paint, usable, whole = (f"{middle(name) / 1000:.2f}" for name in ("paint", "usable", "whole"))
    slowest = f"{max(one.paint for one in seen) / 1000:.2f}"
    return f"| `{address}` | {paint} | {slowest} | {usable} | {whole} | {middle('bytes') / 1024:.1f} |"


def main() -> None:
    """Open every page several times, and print the table."""
    parser = argparse.ArgumentParser(description="First paint of public pages on a slow phone.")
    parser.add_argument("site", help="where Heard answers, like http://localhost:8000")
    parser.add_argument("pages", nargs="*", default=PAGES)
    parser.add_argument("--times", type=int, default=5)
    options = parser.parse_intermixed_args()
    print("| page | first paint, s | slowest | usable, s | whole, s | KB |\n|---|---|---|---|---|---|")
    with sync_playwright() as playwright, TemporaryDirectory() as folder:
        fonts = Path(folder, "fonts.conf")
        fonts.write_text(FEW_LETTERS, encoding="utf-8")
        environ = {**os.environ, "FONTCONFIG_FILE": str(fonts)}
        browser = browsers.opened_by(playwright, env=environ)
        for page in options.pages:
            print(line_of(page, [opened(browser, options.site + page) for _ in range(options.times)]))
        browser.close()


if __name__ == "__main__":
    main()
