"""Asking an address that somebody wrote into a page whether it answers, within limits: https alone, never into our own
network, 5 seconds, and no more of an answer than its first line and headers.

The name is looked up once and that very address is connected to, so that a name cannot lead elsewhere between the check
and the request. Redirects are not followed: that an address moved is an answer.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
from urllib.parse import urlsplit

SECONDS = 5
WHO = "Heard link check"


class NotAllowed(Exception):
    """The address may not be asked."""


def answer_of(address: str) -> tuple[bool, str]:
    """Whether an address answers as a page should, and in words what it answered."""
    try:
        status, reason = _ask(address)
    except NotAllowed as problem:
        return False, str(problem)
    except (OSError, http.client.HTTPException, ValueError) as problem:
        return False, f"No answer ({type(problem).__name__})"
    if status in (301, 302, 303, 307, 308):
        return status not in (301, 308), "It has moved for good" if status in (301, 308) else "It leads elsewhere"
    return status < 400 or status in (401, 403, 405, 429), f"{status} {reason}"[:100]


def place_of(host: str, port: int) -> str:
    """The one public network address of a name. Raises `NotAllowed` when any of its addresses is not public."""
    found = {str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    for entry in found:
        if not ipaddress.ip_address(entry).is_global:
            raise NotAllowed("It leads into a private network")
    if not found:
        raise NotAllowed("There is no such name")
    return min(found, key=lambda entry: (":" in entry, entry))


def _ask(address: str) -> tuple[int, str]:
    parts = urlsplit(address)
    if parts.scheme != "https":
        raise NotAllowed("It is not https")
    if not parts.hostname or parts.username or parts.password:
        raise NotAllowed("It is no address of a page")
    port = parts.port or 443
    place = place_of(parts.hostname, port)
    plain = socket.create_connection((place, port), timeout=SECONDS)
    with ssl.create_default_context().wrap_socket(plain, server_hostname=parts.hostname) as secure:
        connection = http.client.HTTPSConnection(parts.hostname, port, timeout=SECONDS)
        connection.sock = secure
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("GET", path, headers={"User-Agent": WHO, "Range": "bytes=0-0"})
        response = connection.getresponse()
        return response.status, response.reason
