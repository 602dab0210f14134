"""Template words of Heard."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from urllib.parse import urlencode

from django import forms, template
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from crm.base.left_behind import WHO_WRITES, mark_of_writer
from crm.base.menu import menu
from crm.base.words import full_day, named_day, named_time
from crm.languages.dates import day_in_words

register = template.Library()


@register.filter
def day(value: date | datetime | None) -> str:
    """A date as people say it: 24 November 2026."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = timezone.localtime(value)
    return full_day(value)


@register.filter
def in_words(value: date | None) -> str:
    """A day as the language of the page writes it: 24 November 2026, 24 listopada 2026."""
    return day_in_words(value) if value else ""


@register.filter
def short_day(value: date | datetime | None) -> str:
    """A date without its year when it is this year: 24 November."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = timezone.localtime(value)
    return named_day(value)


@register.filter
def long_day(value: date | None) -> str:
    """A date with its weekday, as people plan by it: Tuesday 12 January 2027."""
    return date_format(value, "l j F Y") if value else ""


@register.filter
def clock(value: time | None) -> str:
    """A time as people say it: 1:30pm."""
    return named_time(value) if value is not None else ""


@register.filter
def at(values: dict[str, Any], key: str) -> Any:
    """What stands under a key; None for nothing."""
    return values.get(key)


@register.filter
def moment(value: datetime | None) -> str:
    """A time as people say it: 24 November 2026, 2:30pm."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    return f"{full_day(local)}, {named_time(local.time())}"


# What browsers and systems call themselves, and what people call them. First match wins: each also names those below.
BROWSERS = {"Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari"}
SYSTEMS = {"iPhone": "an iPhone", "iPad": "an iPad", "Android": "Android", "Windows": "Windows", "Mac OS": "a Mac",
           "CrOS": "a Chromebook", "Linux": "Linux"}  # fmt: skip


@register.filter
def device(agent: str) -> str:
    """What somebody signed in with, as they would say it: Chrome on Android."""
    browser = next((words for sign, words in BROWSERS.items() if sign in agent), "A browser")
    system = next((words for sign, words in SYSTEMS.items() if sign in agent), "an unknown device")
    return f"{browser} on {system}"


@register.simple_tag
def error_links(form: forms.BaseForm) -> list[dict[str, Any]]:
    """Every error of a form, and what somebody else changed in it, with the id its link jumps to, in the order of the
    page."""
    links = [{"href": "", "words": words} for words in form.non_field_errors()]
    rows = [bound for many in getattr(form, "rows", {}).values() for row in many for bound in row]
    for bound in {bound.html_name: bound for bound in [*form, *rows]}.values():
        target = getattr(bound, "first_id", bound.auto_id)
        told = getattr(form, "changed", {}).get(bound.html_name)
        links += [{"href": f"#{target}", "words": words} for words in [*([told] if told else []), *bound.errors]]
    return links


@register.simple_tag(takes_context=True)
def who_writes(context: template.Context) -> SafeString:
    """In a form: to whom it was shown, so that what was typed comes back to this person after signing in again."""
    mark = mark_of_writer(context["request"].user)
    return format_html('<input type="hidden" name="{}" value="{}">', WHO_WRITES, mark) if mark else SafeString("")


@register.simple_tag
def counted(number: int, one: str, many: str = "") -> str:
    """1 contact, 2 contacts."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


@register.simple_tag(takes_context=True)
def workspace_links(context: template.Context) -> dict[str, Any]:
    """The menu for this reader and page: `top` links, and the links of the `section` that this page belongs to.

    The deepest entry that holds this page is the current one. Of a section that holds one entry nothing is shown.
    """
    request = context["request"]
    shown = {name: menu[name] for name in menu.names() if menu[name].permission.row.open_to(request.user)}
    links = {name: {"words": entry.words, "href": entry.href} for name, entry in shown.items()}
    above = {name: entry.under if entry.under in shown else name for name, entry in shown.items()}
    here = max((n for n in shown if request.path.startswith(links[n]["href"])), key=lambda n: len(links[n]["href"]),
               default="")  # fmt: skip
    in_order = sorted(shown, key=lambda name: shown[name].order)
    inside = [name for name in in_order if here and above[name] == above[here]]
    top = [{**links[name], "current": _current(name, here, above)} for name in in_order if above[name] == name]
    section = [{**links[name], "current": _current(name, here, {})} for name in inside] if len(inside) > 1 else []
    return {"top": top, "section": section}


def _current(name: str, here: str, above: dict[str, str]) -> str:
    """What `aria-current` says of a link: the page itself, or that the page lies in it."""
    if name == here:
        return "page"
    return "true" if here and above.get(here) == name else ""


@register.simple_tag
def record_url(kind: str, record: Any) -> str:
    """The address of a group's, person's or community's page; empty while that room has no pages."""
    try:
        return reverse(f"workspace:{kind}", args=[record.pk])
    except NoReverseMatch:
        return ""


@register.filter
def query(values: dict[str, Any]) -> str:
    """Ids, choices and days as the part of an address after the question mark."""
    return urlencode(values)


@register.filter
def share(part: int, whole: int) -> str:
    """How much of a whole a part is, in percent, for the length of a bar."""
    return f"{100 * part / whole:.1f}" if whole else "0"
