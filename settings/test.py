"""Settings of the tests: real database, e-mail in memory, nothing else different from a council's installation."""

from settings import env
from settings.base import *  # noqa: F403
from settings.base import LOGGING, VAR_DIR, prepared_database

DEMONSTRATION = True
SECRET_KEY = "for-tests-only-" + "x" * 40
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
SITE_ADDRESS = WAGTAILADMIN_BASE_URL = "http://testserver"
VAR_DIR.mkdir(exist_ok=True)
DATABASES = {"default": prepared_database(f"sqlite:///{VAR_DIR / 'test-run.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: the browser journeys serve from other threads, and locking must be the real one.
    DATABASES["default"]["TEST"] = {"NAME": f"{DATABASES['default']['NAME']}.test"}
    DATABASES["default"]["CONN_MAX_AGE"] = 0  # the file is replaced between tests
ERASURES_FILE = str(VAR_DIR / "test-erased.jsonl")
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
DEFAULT_FROM_EMAIL = "heard@example.org"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # the suite signs in a thousand times
SECOND_FACTOR_REQUIRED = env.yes_or_no("SECOND_FACTOR_REQUIRED", False)
SHOW_UNREVIEWED_LANGUAGES = True
# Else each browser of a test looks through all that `make run` gathered: a fifth of the time.
WHITENOISE_AUTOREFRESH = True
WAIT_UNTIL_READY = False  # most tests have no council
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "private": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
# Refusals are no errors, as in a council's installation; writing down all that led to each took a fifth of its time.
REFUSALS = {"django.request": {"level": "ERROR"}}
LOGGING = {**LOGGING, "root": {"handlers": [], "level": "CRITICAL"}, "loggers": REFUSALS}
