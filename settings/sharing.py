"""What the server loads before it makes its workers, so that they share it."""

from django.conf import settings
from django.urls import get_resolver
from django.utils import translation


def load_for_all_workers() -> None:
    """Load every page's code, and the addresses and words of each language, of which Django keeps a table. Each worker
    would load them for itself otherwise: for two, 70 MiB of code and 70 MiB of tables."""
    _ = get_resolver().url_patterns
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            translation.gettext("Monday")
            _ = get_resolver().reverse_dict
