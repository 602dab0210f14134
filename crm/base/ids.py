"""Identifiers that say nothing about a person and still sort by when they were made."""

from uuid import UUID

from uuid_utils.compat import uuid7


def new_id() -> UUID:
    """A new id for any record (UUIDv7, RFC 9562): unguessable enough for a URL, in time order for the index."""
    return uuid7()
