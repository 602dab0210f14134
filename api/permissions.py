"""The permissions table, asked by the API."""

from rest_framework.permissions import IsAuthenticated


class RowPermission(IsAuthenticated):
    """The view's row."""
