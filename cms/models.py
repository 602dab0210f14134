"""The pages of the public site."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField, TranslatableField

from cms.blocks import BodyBlocks, EasyReadBlocks
from cms.editing import VersionForm
from cms.languages import language, version_links
from cms.rules import NotReady, blockers_to_going_live, may_be_shown, needs_banner
from cms.versions import Version
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
        ],
        heading="How this version was made",
    ),
    MultiFieldPanel(
        [FieldPanel("checked_by"), FieldPanel("checked_on"), FieldPanel("check_method")], heading="Who checked it"
    ),
]


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
        going_live = self.live and "update_fields" not in kwargs
        if going_live or self.alias_of_id:
            blockers = blockers_to_going_live(self)
            if blockers:
                raise NotReady(blockers)
        if going_live:
            self.keep_marks()
        super().save(*args, **kwargs)

    @property
    def language(self) -> str:
        """The code of the language it is in."""
        return str(self.locale.language_code)

    @property
    def is_shown(self) -> bool:
        """Whether the public may read it."""
        return may_be_shown(self)

    @property
    def has_banner(self) -> bool:
        """Whether it must say that nobody has checked it."""
        return needs_banner(self)

    @property
    def is_overdue(self) -> bool:
        """Whether the day to look at it again has passed."""
        return self.review_date < timezone.localdate()

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds the page's language, the links to its other languages, and whom to phone as it stands this moment."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        links = version_links(self, request)
        # Asked afresh: the page is kept for long, and the workspace's copy of the record may be a minute old.
        council = Council.objects.first()
        return {**context, "here": language(self.language), "language_links": links, "council": council}

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """As Wagtail's, in the page's own language whoever looks: a preview in the editor too."""
        with translation.override(self.language):
            response: HttpResponse = super().serve(request, *args, **kwargs).render()
        return response


class HomePage(PublicPage):
    """The first page of the site in one language."""

    intro = models.TextField(help_text="What this site is for, in one or two easy sentences.")

    template = "public/home_page.html"
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    subpage_types: ClassVar[list[str]] = ["cms.InformationPage"]
    translatable_fields = [TranslatableField("title"), TranslatableField("intro"), SynchronizedField("slug")]
    edit_handler = TabbedInterface(
        [
            ObjectList([*Page.content_panels, FieldPanel("intro")], heading="Words"),
            ObjectList(VERSION_PANELS, heading="Made and checked"),
            ObjectList([FieldPanel("slug")], heading="Address"),
        ]
    )

    def words(self) -> list[str]:
        """Title and introduction."""
        return [self.title, self.intro]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds the pages that the public may read, each with its Easy Read twin."""
        found = InformationPage.objects.child_of(self).live().select_related("locale").order_by("path")
        pages = [page for page in found if page.is_shown]
        twins = EasyReadPage.objects.live().descendant_of(self).select_related("locale")
        by_parent = {twin.path[: -Page.steplen]: twin for twin in twins if twin.is_shown}
        topics = [(page, by_parent.get(page.path)) for page in pages]
        return {**super().get_context(request, *args, **kwargs), "topics": topics}


class InformationPage(PublicPage):
    """A page about one topic, in one language."""

    summary = models.CharField(max_length=250, help_text="What the page says, in at most 25 words.")
    body = StreamField(BodyBlocks())

    template = "public/information_page.html"
    parent_page_types: ClassVar[list[str]] = ["cms.HomePage"]
    subpage_types: ClassVar[list[str]] = ["cms.EasyReadPage"]
    translatable_fields = [
        TranslatableField("title"),
        TranslatableField("summary"),
        TranslatableField("body"),
        SynchronizedField("slug"),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList([*Page.content_panels, FieldPanel("summary"), FieldPanel("body")], heading="Words"),
            ObjectList(VERSION_PANELS, heading="Made and checked"),
            ObjectList([FieldPanel("slug")], heading="Address"),
        ]
    )

    def words(self) -> list[str]:
        """Title, summary and body."""
        return [self.title, self.summary, *words_in(self.body.get_prep_value())]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds the Easy Read twin, if the public may read it."""
        twins = EasyReadPage.objects.child_of(self).live().select_related("locale")
        easy_read = next((twin for twin in twins if twin.is_shown), None)
        return {**super().get_context(request, *args, **kwargs), "easy_read": easy_read}


class EasyReadPage(PublicPage):
    """The Easy Read twin of an information page: a picture beside every one or two short sentences."""

    is_easy_read = True
    sections = StreamField(EasyReadBlocks())

    template = "public/easy_read_page.html"
    parent_page_types: ClassVar[list[str]] = ["cms.InformationPage"]
    subpage_types: ClassVar[list[str]] = []
    # One twin a page: a second would hide the first.
    max_count_per_parent = 1
    translatable_fields = [TranslatableField("title"), TranslatableField("sections"), SynchronizedField("slug")]
    edit_handler = TabbedInterface(
        [
            ObjectList([*Page.content_panels, FieldPanel("sections")], heading="Words"),
            ObjectList(VERSION_PANELS, heading="Made and checked"),
            ObjectList([FieldPanel("slug")], heading="Address"),
        ]
    )

    def words(self) -> list[str]:
        """Title, headings, sentences and hard words."""
        return [self.title, *words_in(self.sections.get_prep_value())]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds the full version, if the public may read it."""
        full = InformationPage.objects.parent_of(self).select_related("locale").first()
        shown = full if full is not None and full.is_shown else None
        return {**super().get_context(request, *args, **kwargs), "full_version": shown}


PAGE_TYPES: tuple[type[PublicPage], ...] = (HomePage, InformationPage, EasyReadPage)
