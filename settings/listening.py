"""Where the server listens and how many processes answer: read by Heard's settings and by gunicorn's."""

from settings import declared as _declared  # noqa: F401  # it says what can be read
from settings import env

PORT = env.whole_number("PORT", least=1, most=65535)
LISTEN_ON = ",".join(env.listening("LISTEN_ON"))
WEB_WORKERS = env.whole_number("WEB_WORKERS", least=1, most=100)
FORWARDED_ALLOW_IPS = env.networks("FORWARDED_ALLOW_IPS")
