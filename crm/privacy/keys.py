"""The key of a purpose: a short name for files and the API, made once from its name."""

from __future__ import annotations

from django.utils.text import slugify

from crm.privacy.models import Purpose


def key_for(name: str) -> str:
    """A key that no purpose bears yet."""
    start = slugify(name)[:34].strip("-") or "purpose"
    taken = set(Purpose.objects.filter(key__startswith=start).values_list("key", flat=True))
    number = next(n for n in range(1, len(taken) + 2) if (f"{start}-{n}" if n > 1 else start) not in taken)
    return f"{start}-{number}" if number > 1 else start
