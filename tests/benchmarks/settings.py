"""Heard as a council runs it, without the limits that would measure themselves, and counting its queries."""

from settings.test import *  # noqa: F403
from settings.test import DATABASES, MIDDLEWARE, VAR_DIR

ALLOWED_HOSTS = ["*"]
DATABASES["default"]["CONN_MAX_AGE"] = 3600
API_RATE = "100000000/min"
WAIT_UNTIL_READY = False
WHITENOISE_AUTOREFRESH = False
CACHES = {"default": {"BACKEND": "crm.base.caches.CountingFiles", "LOCATION": VAR_DIR / "bench-cache"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
MIDDLEWARE = ["tests.benchmarks.counting.CountQueries", *MIDDLEWARE]
LOGGING = {"version": 1, "disable_existing_loggers": True}
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
