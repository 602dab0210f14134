"""What every page of the public site can do."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, ClassVar

from django.apps import apps
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, Panel, PublishingPanel, TabbedInterface
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField, TranslatableField

from cms.blocks import BodyBlocks
from cms.editing import VersionForm
from cms.editions import new_edition
from cms.languages import Language, about_the_site, language, version_links, voice_links
from cms.rules import NotReady, blockers_to_going_live, may_be_shown, needs_banner
from cms.translating import take_over_source
from cms.versions import Version
from cms.ways import ways_of
from cms.words import words_in
from crm.areas.models import Council

VERSION_PANELS = [
    MultiFieldPanel(
        [FieldPanel("kept_by"), FieldPanel("kept_by_team"), FieldPanel("review_date")], heading="Who keeps this page"
    ),
    MultiFieldPanel(
        [
            FieldPanel("made_by"),
            FieldPanel("made_how"),
            FieldPanel("made_from"),
            FieldPanel("brought_up_to_date"),
            FieldPanel("minor_change"),
            FieldPanel("stale_reason"),
        ],
        heading="How this version was made",
    ),
    MultiFieldPanel(
        [FieldPanel("checked_by"), FieldPanel("checked_on"), FieldPanel("check_method")], heading="Who checked it"
    ),
]


def tabs(*words: str, facts: tuple[str, ...] = ()) -> TabbedInterface:
    """The editor of a page: its words, what else the page says of itself, how it was made, and its address."""
    said: list[Panel] = [*Page.content_panels, *map(FieldPanel, (*facts, *words))]
    return TabbedInterface(
        [
            ObjectList(said, heading="Words"),
            ObjectList(VERSION_PANELS, heading="Made and checked"),
            ObjectList([FieldPanel("slug"), PublishingPanel()], heading="Address and day"),
        ]
    )


class PublicPage(Version, Page):
    """What every page of the public site can do. Saving is the one door to going live, and asks the rules."""

    is_easy_read = False
    # Every page here is for everyone; what is not public lives in the workspace.
    private_page_options: ClassVar[list[str]] = []
    base_form_class = VersionForm
    show_in_menus_default = False

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """As Wagtail's. Raises `NotReady` when the page would go live against its rules; an alias never saves."""
        whole = "update_fields" not in kwargs
        if whole:
            take_over_source(self)
        going_live = self.live and whole
        if going_live or self.alias_of_id:
            blockers = blockers_to_going_live(self)
            if blockers:
                raise NotReady(blockers)
        if going_live:
            self.keep_marks()
        super().save(*args, **kwargs)
        if whole or "live" in kwargs["update_fields"]:
            new_edition()

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """As Wagtail's; the site is another without it."""
        new_edition()
        return super().delete(*args, **kwargs)

    def move(self, *args: Any, **kwargs: Any) -> Any:
        """As Wagtail's; the site has other addresses or another order afterwards."""
        new_edition()
        return super().move(*args, **kwargs)

    @property
    def language(self) -> str:
        """The code of the language it is in."""
        return str(self.locale.language_code)

    @property
    def is_shown(self) -> bool:
        """Whether the public may read it."""
        return may_be_shown(self)

    def easy_read_twins(self) -> list[Any]:
        """The Easy Read pages right below it that are live."""
        return list(apps.get_model("cms", "EasyReadPage").objects.child_of(self).live().select_related("locale"))

    def known_pages(self) -> list[PublicPage]:
        """Pages of its language that were read for it anyway: the first page shows most of them."""
        return []

    @property
    def has_banner(self) -> bool:
        """Whether it must say that nobody has checked it."""
        return needs_banner(self)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds the page's language, its other languages and formats, and whom to phone as it stands this moment."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        ways, links = ways_of(self, request), version_links(self, request)
        # Asked afresh: the page is kept for long, and the workspace's copy of the record may be a minute old.
        return {
            **context,
            "here": _as_previewed(language(self.language), request),
            "banners": _banners(self.language),
            "language_links": [*links, *voice_links(ways.recordings, links)],
            "ways": ways,
            "about_us": about_the_site(self, request, known=self.known_pages()),
            "council": Council.objects.first(),
        }

    @property
    def preview_modes(self) -> list[tuple[str, str]]:
        """As it is; and from right to left, to see whether the layout holds before there is a translation."""
        return [("", "As it is"), ("rtl", "From right to left")]

    @property
    def preview_sizes(self) -> list[dict[str, Any]]:
        """The smallest phone first: a page that fits there fits everywhere."""
        small = {"name": "small-phone", "icon": "mobile-alt", "device_width": 320, "label": "Preview on a small phone"}
        phone = {"name": "phone", "icon": "mobile-alt", "device_width": 360, "label": "Preview on a phone"}
        others = [size for size in super().preview_sizes if size["name"] != "mobile"]
        return [phone, small, *others]

    def serve_preview(self, request: HttpRequest, mode_name: str) -> Any:
        """As Wagtail's, in the mode that was chosen."""
        request.from_right_to_left = mode_name == "rtl"  # type: ignore[attr-defined]
        return super().serve_preview(request, mode_name)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """As Wagtail's, in the page's own language whoever looks: a preview in the editor too."""
        with translation.override(self.language):
            response: HttpResponse = super().serve(request, *args, **kwargs).render()
        return response


def _as_previewed(here: Language, request: HttpRequest) -> Language:
    return replace(here, direction="rtl") if getattr(request, "from_right_to_left", False) else here


def _banners(code: str) -> list[Any]:
    banners: Any = apps.get_model("cms", "Banner").objects
    return list(banners.select_related("link").shown_on(timezone.localdate(), code))


class MessagePage(PublicPage):
    """A page with a summary and a body, in one language. The kinds of page differ in what they add to it."""

    summary = models.CharField(max_length=250, help_text="What the page says, in at most 25 words.")
    body = StreamField(BodyBlocks(), blank=True)

    parent_page_types: ClassVar[list[str]] = ["cms.HomePage", "cms.LocalityPage"]
    subpage_types: ClassVar[list[str]] = ["cms.EasyReadPage"]
    translatable_fields: ClassVar[list[Any]] = [
        TranslatableField("title"),
        TranslatableField("summary"),
        TranslatableField("body"),
        SynchronizedField("slug"),
    ]
    edit_handler = tabs("summary", "body")

    class Meta:
        abstract = True

    def words(self) -> list[str]:
        """Title, summary and body."""
        return [self.title, self.summary, *words_in(self.body.get_prep_value())]


def shown_children(page: PublicPage, kind: type[PublicPage] | None = None) -> list[PublicPage]:
    """The pages right below one that the public may read, in the order of the tree; of one kind, or of all."""
    if kind is not None:
        found = list(kind._default_manager.child_of(page).live().order_by("path"))
    else:
        found = list(Page.objects.child_of(page).live().order_by("path").specific())
    for child in found:
        if child.locale_id == page.locale_id:
            child.locale = page.locale  # one tree, one language: no look-up for each
    return [child for child in found if isinstance(child, PublicPage) and child.is_shown]
