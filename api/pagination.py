"""Pages that stay right while rows arrive."""

from rest_framework.pagination import CursorPagination


class StablePages(CursorPagination):
    """Pages by position."""
