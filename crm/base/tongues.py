"""In which languages the words of public pages are there, who checked them, and which of them are offered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import get_language_info


@dataclass(frozen=True)
class Tongues:
    """The languages in which every word of some pages is there, and the setting that says who checked them."""

    codes: tuple[str, ...]
    checked_in: str = "SITE_WORDS_CHECKED_BY"

    def checked(self, code: str) -> bool:
        """Whether a speaker has checked the words. English is what they are written in."""
        return code == "en" or code in getattr(settings, self.checked_in)

    def offered(self) -> list[str]:
        """Those whose words a speaker has checked; in the demonstration also others, with a warning."""
        return [code for code in self.codes if self.checked(code) or settings.SHOW_UNREVIEWED_LANGUAGES]

    def first_of(self, *wanted: str) -> str:
        """The first of some languages that is offered; else English."""
        offered = self.offered()
        return next((code for code in wanted if code in offered), "en")

    def said(self, code: str) -> dict[str, Any]:
        """What a page says about its language, and which others it links to."""
        return {
            "lang": code,
            "dir": "rtl" if get_language_info(code)["bidi"] else "ltr",
            "unchecked": not self.checked(code),
            "links": [(one, get_language_info(one)) for one in self.offered()],
        }
