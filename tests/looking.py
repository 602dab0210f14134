"""How a page in a browser is looked over with axe, and how often.

Every rule but one is asked about the whole of every page, every time: WCAG 2.2 AA and what axe advises beside it. The
one is the contrast of words with what lies behind them. It took two thirds of axe's time and depends on styles alone,
which pages share: it is asked once about every kind of element, of a few of that kind on the page, in ordinary and in
forced colours each, and again until axe has said clearly that it is well. Forcing colours changes nothing but colours:
they are forced on a page only if it shows a kind that was not looked at so before.

Those of one kind (`looking.js`) have the same tags and classes up to the root of the page, and by what the browser
computes the same colours, sizes and weights of each of them, and the same kinds lie over or under them. A new class, a
style for one id alone, another brand: each makes another kind, which is asked about.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

SCRIPT = files("axe_playwright_python").joinpath("axe.min.js").read_text()
SCRIPT += Path(__file__).with_suffix(".js").read_text()
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
FORCED = {"runOnly": {"type": "rule", "values": ["link-in-text-block", "color-contrast"]}}
# The kinds that are well, and those that are so when colours are forced: of all tests that this process runs.
_well: set[str] = set()
_well_forced: set[str] = set()


def nothing_found_by_axe(page: Page) -> None:
    """Axe finds nothing on the page. It is handed over at the first look; later pages in this window have it from the
    start."""
    if not page.evaluate("'looking' in window"):
        page.add_init_script(SCRIPT)
        page.evaluate(SCRIPT)
    _ask(page, RULES)


def nothing_lost_in_forced_colours(page: Page) -> None:
    """Axe finds nothing about colours either when the reader forces others on the page, on which it found nothing
    before. They are not forced where every kind of element was looked at so on an earlier page."""
    if _well_forced.issuperset(page.evaluate("looking.beforeForced()")):
        return
    page.emulate_media(forced_colors="active")
    unsettled = _ask(page, FORCED)
    _well_forced.update(page.evaluate("unsettled => looking.afterForced(unsettled)", unsettled))
    page.emulate_media(forced_colors="none")


def _ask(page: Page, options: dict[str, Any]) -> list[str]:
    """The kinds of which axe could not say whether they are well."""
    kinds = page.evaluate("looking.kinds()")
    new = [kind for kind in kinds if kind not in _well]
    found, well = page.evaluate("([options, kinds]) => looking.over(options, kinds)", [options, new])
    _well.update(() if found else well)
    assert found == [], f"{page.url}: {found}"
    return [kind for kind in kinds if kind not in _well]
