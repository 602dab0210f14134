"""OpenAPI."""

from drf_spectacular.openapi import AutoSchema


class FieldWordsSchema(AutoSchema):
    """Field's words."""
