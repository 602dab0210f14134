"""The demonstration and a developer's machine: an embedded database, e-mail to the console, invented people."""

from settings import env
from settings.base import *  # noqa: F403
from settings.base import PORT, VAR_DIR, prepared_database

DEMONSTRATION = True
SECRET_KEY = env.text("SECRET_KEY", env.OF_THE_DEMONSTRATION + "not-a-secret-" + "x" * 32)
ALLOWED_HOSTS = env.hosts("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
SITE_ADDRESS = env.site("SITE_ADDRESS", f"http://localhost:{PORT}", known_as=ALLOWED_HOSTS, secure=False)
WAGTAILADMIN_BASE_URL = SITE_ADDRESS
VAR_DIR.mkdir(exist_ok=True)
DATABASES = {"default": prepared_database(f"sqlite:///{VAR_DIR / 'heard.sqlite3'}")}
CACHES = {"default": env.cache("CACHE_URL", f"filecache://{VAR_DIR / 'cache'}")}
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
DEFAULT_FROM_EMAIL = env.address("EMAIL_FROM", "Heard <heard@localhost>", named=True)
SECOND_FACTOR_REQUIRED = env.yes_or_no("SECOND_FACTOR_REQUIRED", False)
SHOW_UNREVIEWED_LANGUAGES = env.yes_or_no("SHOW_UNREVIEWED_LANGUAGES", True)
# Passkeys are refused on plain http, except on this machine's own name.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
SERVE_MEDIA = True
