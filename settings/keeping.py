"""How long words are kept (storage limitation, UK GDPR article 5(1)(e)). At least a day: what is deleted at once can
not have been meant."""

from settings import declared as _declared  # noqa: F401  # it says what can be read
from settings import env

_TEN_YEARS = 3660
APPLICATIONS_KEPT_DAYS = env.whole_number("APPLICATIONS_KEPT_DAYS", least=1, most=_TEN_YEARS)
MESSAGES_KEPT_DAYS = env.whole_number("MESSAGES_KEPT_DAYS", least=1, most=_TEN_YEARS)
