"""Which browser the tests use: Chromium, without a window."""

from __future__ import annotations

import os
import shutil
from typing import Any

from playwright.sync_api import Browser, Playwright

# The first never has a window, and does the same pages with three quarters of the work.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# No page stays long enough for its scripts to be made fast: making them so took a tenth of the work.
AS_THEY_ARE = "--js-flags=--always-sparkplug --no-opt --no-maglev"


def chromium() -> str | None:
    """Where the browser is; None lets Playwright use its own."""
    return os.environ.get("E2E_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def opened_by(playwright: Playwright, **options: Any) -> Browser:
    """The browser, started. Raises `playwright.sync_api.Error` where there is none."""
    arguments = [AS_THEY_ARE, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    return playwright.chromium.launch(executable_path=chromium(), args=arguments, **options)
