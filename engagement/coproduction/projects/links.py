"""One-time links of a round of asking, printed and mailed: neither is kept, and no link is ever kept beside a person.

A printed one is worked out anew when it is handed out; its hash is kept until it is used. A mailed one is made up in
the moment its letter is handed to the mail server, and is written down nowhere: it carries its round, a number at
random and a seal by which we know it for ours. Whose it was nobody can look up, because it was never there to look up.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from uuid import UUID

from django.utils.crypto import constant_time_compare, salted_hmac

LETTERS = 40  # 200 bits in letters that no mail program changes (RFC 4648, base32, small)
ROUND, RANDOM, SEAL = 26, 16, 24  # letters of a mailed link: the id of its round, 80 bits at random, 120 bits of seal


def secret_of(round_pk: UUID, number: int) -> str:
    """The secret of one link of a round."""
    made = salted_hmac("engagement.coproduction.felt", f"{round_pk}:{number}", algorithm="sha256")
    return base64.b32encode(made.digest()).decode().lower()[:LETTERS]


def digest_of(secret: str) -> str:
    """The hash that is stored. The secret has 200 bits, so a fast hash is enough (OWASP)."""
    return hashlib.sha256(secret.lower().encode()).hexdigest()


def mailed_secret(round_pk: UUID) -> str:
    """The secret of a link for one letter: another one each time, and kept nowhere."""
    begin = _letters(round_pk.bytes)[:ROUND] + _letters(secrets.token_bytes(RANDOM))[:RANDOM]
    return begin + _seal(begin)


def round_of_mailed(secret: str) -> UUID | None:
    """The round of a link that was mailed; None for one that is not ours."""
    told = secret.lower()
    begin, seal = told[: ROUND + RANDOM], told[ROUND + RANDOM :]
    if len(told) != ROUND + RANDOM + SEAL or not constant_time_compare(seal, _seal(begin)):
        return None
    return UUID(bytes=base64.b32decode(begin[:ROUND].upper() + "=" * 6))


def _letters(told: bytes) -> str:
    return base64.b32encode(told).decode().lower()


def _seal(begin: str) -> str:
    made = salted_hmac("engagement.coproduction.felt.mailed", begin, algorithm="sha256")
    return _letters(made.digest())[:SEAL]
