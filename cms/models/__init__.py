"""The pages of the public site, and what stands beside them."""

from cms.editions import PublicEdition
from cms.models.base import MessagePage, PublicPage
from cms.models.checking import NamedCheck
from cms.models.glossary import AgreedWord, HardWord
from cms.models.library import SiteDocument, SitePicture, SiteRendition
from cms.models.living import DirectoryPage, ForumPage, ForumsPage, LocalityPage, PanelsPage, YouSaidPage
from cms.models.media import MediaKind, MediaVersion
from cms.models.newsroom import Banner, Covers, LinkCheck, Problem, Review, ReviewReminder
from cms.models.pages import (
    AccessibilityPage,
    ContactPage,
    EasyReadPage,
    GlossaryPage,
    HomePage,
    InformationPage,
    LettersPage,
    NewsPage,
    PrivacyPage,
    ReportPage,
)

PAGE_TYPES: tuple[type[PublicPage], ...] = (
    HomePage, InformationPage, NewsPage, ForumPage, ForumsPage, PanelsPage, DirectoryPage, YouSaidPage, ReportPage,
    LettersPage, ContactPage, AccessibilityPage, PrivacyPage, LocalityPage, EasyReadPage,
    GlossaryPage,
)  # fmt: skip

__all__ = [
    "Banner",
    "Covers",
    "LinkCheck",
    "NamedCheck",
    "Problem",
    "Review",
    "ReviewReminder",
    "PAGE_TYPES",
    "AccessibilityPage",
    "AgreedWord",
    "ContactPage",
    "DirectoryPage",
    "EasyReadPage",
    "ForumPage",
    "ForumsPage",
    "GlossaryPage",
    "HardWord",
    "HomePage",
    "InformationPage",
    "LettersPage",
    "LocalityPage",
    "MediaKind",
    "MediaVersion",
    "MessagePage",
    "NewsPage",
    "PanelsPage",
    "PrivacyPage",
    "PublicEdition",
    "PublicPage",
    "ReportPage",
    "SiteDocument",
    "SitePicture",
    "SiteRendition",
    "YouSaidPage",
]
