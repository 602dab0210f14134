"""Rate limits."""

from rest_framework.throttling import UserRateThrottle


class ByTokenOrPerson(UserRateThrottle):
    """So many requests a minute."""

    scope = "api"
