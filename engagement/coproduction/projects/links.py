"""One-time links of a round of asking: worked out anew when they are handed out, kept nowhere but as a hash."""

from __future__ import annotations

import base64
import hashlib
from uuid import UUID

from django.utils.crypto import salted_hmac

LETTERS = 40  # 200 bits in letters that no mail program changes (RFC 4648, base32, small)


def secret_of(round_pk: UUID, number: int) -> str:
    """The secret of one link of a round."""
    made = salted_hmac("engagement.coproduction.felt", f"{round_pk}:{number}", algorithm="sha256")
    return base64.b32encode(made.digest()).decode().lower()[:LETTERS]


def digest_of(secret: str) -> str:
    """The hash that is stored. The secret has 200 bits, so a fast hash is enough (OWASP)."""
    return hashlib.sha256(secret.lower().encode()).hexdigest()
