"""What tests of these rooms can ask for besides: a caller of the API, to try the page and the API together."""

from tests.api.conftest import caller

__all__ = ["caller"]
