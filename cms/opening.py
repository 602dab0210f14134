"""Where the public site begins: a first page in each language, and the address it answers at."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from wagtail.models import Locale, Page, Site

from cms.editions import new_edition
from cms.languages import answered_in, make_locales
from cms.models import HomePage

INTRO = (
    "{council} wants to hear from people who use care and support, and from people who look after someone. "
    "Tell us what is good and what is not."
)
PORTS = {"http": 80, "https": 443}


def root_of_pages() -> Page:
    """The root of the page tree, which `migrate` makes."""
    return Page.get_first_root_node() or Page.add_root(instance=Page(title="Root", slug="root"))


def public_address() -> tuple[str, int]:
    """The host and the port of `SITE_ADDRESS`; an empty host where it names none."""
    parts = urlsplit(settings.SITE_ADDRESS)
    return parts.hostname or "", parts.port or PORTS.get(parts.scheme, 80)


def other_at_the_address() -> Site | None:
    """A site that is not the council's own and has its address: Wagtail keeps one for each. 1 query."""
    hostname, port = public_address()
    found: Site | None = Site.objects.filter(hostname=hostname, port=port, is_default_site=False).first()
    return found


def begin_at(home: HomePage, name: str) -> bool:
    """Let the site begin at this first page, at the address of the settings. Wagtail's own welcome page goes, unless
    somebody put pages below it. Returns whether anything was otherwise before."""
    hostname, port = public_address()
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    wanted = {"hostname": hostname, "port": port, "root_page_id": home.pk, "site_name": name}
    otherwise = {field for field, value in wanted.items() if getattr(site, field) != value}
    if otherwise:
        for field in otherwise:
            setattr(site, field, wanted[field])
        site.save()
    welcome = Page.objects.filter(depth=2, numchild=0, content_type__app_label="wagtailcore")
    gone = welcome.filter(content_type__model="page").exclude(pk=home.pk)
    if not otherwise and not gone.exists():
        return False
    gone.delete()
    new_edition()
    return True


def make_first_pages(council: str) -> tuple[HomePage, list[str]]:
    """The first page in the site's own language, and the codes of the languages it was made in now: a draft in every
    language that the site has words in and no first page yet. Nothing that is there is touched."""
    make_locales()
    home = _first_page()
    made = [] if home else [settings.LANGUAGE_CODE]
    if home is None:  # somebody may have deleted it alone: those in other languages are then its own again
        others = HomePage.objects.order_by("path").first()
        home = _draft(settings.LANGUAGE_CODE, council, None, of=others)
    there = set(HomePage.objects.values_list("locale__language_code", flat=True))
    for code in answered_in():
        if code not in there:
            _draft(code, council, home)
            made.append(code)
    return home, made


def _first_page() -> HomePage | None:
    """Where the site begins already, or else the first page that somebody made in its own language."""
    homes = HomePage.objects.select_related("locale")
    site = Site.objects.filter(is_default_site=True).first()
    begins = homes.filter(pk=site.root_page_id).first() if site is not None else None
    return begins or homes.filter(locale__language_code=settings.LANGUAGE_CODE).order_by("path").first()


def _draft(code: str, council: str, source: HomePage | None, of: HomePage | None = None) -> HomePage:
    """A draft that says of nobody that they made or checked it: it cannot go live before somebody has."""
    words = {"title": council, "intro": INTRO.format(council=council)}
    # Home pages lie side by side, so each needs a slug of its own; it is not part of the address.
    page = HomePage(live=False, slug=f"home-{code}", locale=Locale.objects.get(language_code=code), **words)
    if source is not None:
        page.made_from = Page.objects.get(pk=source.pk)
    if (family := source or of) is not None:
        page.translation_key = family.translation_key
    root_of_pages().add_child(instance=page)
    page.save_revision()
    return page
