"""A form of a page as a browser sends it: nothing left out, nothing made up."""

from __future__ import annotations

from typing import Any

import html5lib


def as_a_browser_sends_it(page: Any, **typed: Any) -> dict[str, Any]:
    """Everything the page's own form holds, with what somebody typed into it."""
    tree = html5lib.parse(page.content.decode(), namespaceHTMLElements=False)
    form = next(one for one in tree.find(".//main").iter("form") if one.get("method") == "post")
    sent: dict[str, Any] = {}
    for one in form.iter():
        held = _held(one)
        if one.get("name") and held is not None:
            sent.setdefault(one.get("name"), []).append(held)
    return sent | typed


def _held(control: Any) -> str | None:
    kind = control.get("type")
    if control.tag == "select":
        options = list(control.iter("option"))
        chosen = [one for one in options if one.get("selected") is not None] or options[:1]
        return chosen[0].get("value") if chosen else None
    if control.tag == "textarea":
        return (control.text or "").removeprefix("\n").replace("\n", "\r\n")
    if control.tag != "input" or kind == "submit":
        return None
    if kind in ("checkbox", "radio"):
        return control.get("value", "on") if control.get("checked") is not None else None
    return control.get("value") or ""
