"""A council's installation. Nothing has a default that could be unsafe: what is missing stops the start."""

from settings import env
from settings.base import *  # noqa: F403
from settings.base import VAR_DIR, prepared_database

DEMONSTRATION = False
SECRET_KEY = env.secret("SECRET_KEY")
ALLOWED_HOSTS = env.hosts("ALLOWED_HOSTS")
SITE_ADDRESS = WAGTAILADMIN_BASE_URL = env.site("SITE_ADDRESS", known_as=ALLOWED_HOSTS, secure=True)
CSRF_TRUSTED_ORIGINS = [SITE_ADDRESS]
VAR_DIR.mkdir(exist_ok=True)
DATABASES = {"default": prepared_database(f"sqlite:///{VAR_DIR / 'heard.sqlite3'}")}
CACHES = {"default": env.cache("CACHE_URL", f"filecache://{VAR_DIR / 'cache'}")}
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.address("EMAIL_FROM", named=True)
vars().update(env.email("EMAIL_URL"))

SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
# This installation stands behind a proxy that ends TLS, so guesses are counted by the address the proxy reports. With
# none, everybody would share the proxy's address, and whoever guesses would lock all others out.
ALLAUTH_TRUSTED_PROXY_COUNT = env.whole_number("PROXIES", least=1, most=10)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
