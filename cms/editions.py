"""One row says which edition of the public site this is. Whatever changes what the public reads gives it a new mark, in
the transaction of the change; so a page that was made ready before is never served after.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import InterfaceError, OperationalError, connection, models

from crm.areas.models import Council
from crm.base.ids import new_id
from crm.base.registries import Registry

# What the record owns and public pages show: name → the model. Rooms that put their own on a page add it here.
shown_to_the_public: Registry[type[models.Model]] = Registry("records that public pages show")
shown_to_the_public.add("council", Council)


class PublicEdition(models.Model):
    """The public site as it stands. A mark is never used twice, so that nothing taken back can be mistaken for it."""

    mark = models.UUIDField(default=new_id, editable=False)

    class Meta:
        verbose_name = "edition of the public site"

    def __str__(self) -> str:
        return str(self.mark)


def new_edition() -> None:
    """Say that something the public reads has changed. One update; safe to say twice."""
    if not PublicEdition.objects.filter(pk=1).update(mark=new_id()):
        PublicEdition.objects.get_or_create(pk=1)


def this_edition() -> UUID | str:
    """The mark of the site as it stands: one look-up by key, in plain SQL because every reader of a page asks it.

    It is also the question whether a kept connection still holds, which Django would otherwise ask before it.
    """
    connection.health_check_done = True
    try:
        return _mark()
    except (OperationalError, InterfaceError):
        if connection.in_atomic_block:
            raise
        connection.close()  # the server went away meanwhile: once more, with a new connection
        return _mark()


def _mark() -> UUID | str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT mark FROM cms_publicedition WHERE id = 1")
        row = cursor.fetchone()
    return row[0] if row else ""


def follow_what_is_shown(written: Sequence[models.Model]) -> None:
    """A new edition, if one of the records an action wrote stands on public pages."""
    if any(isinstance(record, tuple(shown_to_the_public)) for record in written):
        new_edition()
