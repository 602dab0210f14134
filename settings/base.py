"""Settings that hold everywhere. What differs stands in `local`, `test` and `production`."""

import json
from pathlib import Path
from typing import Any

import django.conf.locale
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from settings import env, languages, limits, listening, logs
from settings.keeping import *  # noqa: F403
from settings.wagtail_site import *  # noqa: F403

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

DEBUG = False
AUTH_USER_MODEL = "crm.User"
ROOT_URLCONF = "settings.urls"
WSGI_APPLICATION = "settings.wsgi.application"
ASGI_APPLICATION = "settings.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "crm",
    "engagement",
    "cms",
    "api",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
]

MIDDLEWARE = [
    "crm.base.middleware.health",
    "crm.base.middleware.RequestLogMiddleware",
    "cms.middleware.ReadyMadePagesMiddleware",
    "api.calendars.middleware.UnchangedCalendarsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "cms.csp.SiteCSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "cms.middleware.AddressLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "crm.accounts.middleware.SecondFactorMiddleware",
    "crm.accounts.middleware.EditorDoorMiddleware",
    "crm.audit.middleware.AuditContextMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "crm.workspace.context.site",
            ],
            "builtins": ["crm.templatetags.heard"],
        },
    },
]

# --- Database -------------------------------------------------------------------------------------------------

SQLITE_OPTIONS = {
    # Many officers write at once: write-ahead log, and every transaction says at its start that it will write.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA cache_size=-1000;PRAGMA temp_store=MEMORY;"
        # An erased person's words must not stay readable in free pages of the file.
        "PRAGMA secure_delete=ON;"
    ),
}


def prepared_database(default: str) -> dict[str, Any]:
    """The database of DATABASE_URL, with the options that many writers need."""
    config = env.database("DATABASE_URL", default)
    # Also for SQLite: opening its file and reading the names of all tables took longer than most questions.
    config["CONN_MAX_AGE"] = 3600
    if config["ENGINE"].endswith("sqlite3"):
        config["OPTIONS"] = SQLITE_OPTIONS
    else:
        config["CONN_HEALTH_CHECKS"] = True
        # A page asks all it shows in one long question that takes milliseconds (crm/base/kept.py): PostgreSQL would
        # compile it for seconds, and plan it anew each time for longer than it takes to answer.
        config.setdefault("OPTIONS", {}).setdefault("options", "-c jit=off -c plan_cache_mode=force_generic_plan")
        config["OPTIONS"].setdefault("prepare_threshold", 0)  # a kept question's plan is kept from its first time on
    return config


# SQLite keeps no rule of "once, empty fields too" (three tables have one), and Django warns of each. It needs none: the
# transactions above write one after another, and the actions look before they write.
if env.database("DATABASE_URL", "sqlite:///heard.sqlite3")["ENGINE"].endswith("sqlite3"):
    SILENCED_SYSTEM_CHECKS = ["models.W047"]

# --- Languages --------------------------------------------------------------------------------------------------
# One line of `languages.csv` each. A language appears on the site once it has a first page, or words that offer to read
# the site to whoever chooses it.

_LANGUAGES = languages.read_languages()
django.conf.locale.LANG_INFO.update(languages.facts_of(_LANGUAGES))
LANGUAGE_CODE = "en"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [(line["code"], line["name"]) for line in _LANGUAGES]
LANGUAGES_BIDI = [line["code"] for line in _LANGUAGES if line["direction"] == "rtl"]
# A translation begins as a draft, whatever its source: nothing goes live before somebody has worked on it.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
LOCALE_PATHS = [BASE_DIR / "cms" / "locale"]
# Language → who checked the site's own words in it (the buttons and notes in cms/locale). A version in any other
# language is not shown to the public, however well its page was checked.
_CODES = [line["code"] for line in _LANGUAGES]
SITE_WORDS_CHECKED_BY = languages.checked_by(LOCALE_PATHS[0], _CODES, LANGUAGE_CODE)
LANGUAGES_WITH_WORDS = languages.with_words(LOCALE_PATHS[0], _CODES, LANGUAGE_CODE)
JOIN_WORDS_CHECKED_BY = languages.checked_by(BASE_DIR / "crm" / "locale", _CODES, LANGUAGE_CODE)
USE_I18N = True
TIME_ZONE = "Europe/London"
USE_TZ = True
FILTERS_EMPTY_CHOICE_LABEL = "All"  # what a list shows of a filter nobody set

# --- Signing in -------------------------------------------------------------------------------------------------

AUTHENTICATION_BACKENDS = ["crm.accounts.backends.TodaysRolesBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = WAGTAILADMIN_LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "workspace:home"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "crm.accounts.adapters.InvitationOnlyAdapter"
ACCOUNT_FORMS = {
    "login": "crm.accounts.signin_forms.LoginForm",
    "change_password": "crm.accounts.signin_forms.ChangePasswordForm",
    "reset_password": "crm.accounts.signin_forms.ResetPasswordForm",
    "reset_password_from_key": "crm.accounts.signin_forms.ResetPasswordKeyForm",
    "reauthenticate": "crm.accounts.signin_forms.ReauthenticateForm",
}
ACCOUNT_EMAIL_NOTIFICATIONS = True  # a changed password or second factor is told to its owner
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"  # which says that they are signed out
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_RATE_LIMITS = limits.RATE_LIMITS
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Heard"
MFA_ADAPTER = "crm.accounts.adapters.SecondFactorAdapter"
MFA_ALLOW_UNVERIFIED_EMAIL = True  # the invitation went to the address: it is theirs
MFA_FORMS = {
    "authenticate": "crm.accounts.signin_forms.FactorForm",
    "reauthenticate": "crm.accounts.signin_forms.FactorAgainForm",
    "activate_totp": "crm.accounts.signin_forms.ActivateAppForm",
    "deactivate_totp": "crm.accounts.signin_forms.DeactivateAppForm",
    "generate_recovery_codes": "crm.accounts.signin_forms.GenerateCodesForm",
    "add_webauthn": "crm.accounts.signin_forms.AddPasskeyForm",
    "authenticate_webauthn": "crm.accounts.signin_forms.PasskeyForm",
    "reauthenticate_webauthn": "crm.accounts.signin_forms.PasskeyAgainForm",
    "login_webauthn": "crm.accounts.signin_forms.PasskeyLoginForm",
    "edit_webauthn": "crm.accounts.signin_forms.RenamePasskeyForm",
}
# Guesses are counted by the reader's own address: how many proxies of ours stand before the server.
ALLAUTH_TRUSTED_PROXY_COUNT = env.whole_number("PROXIES", 0, least=0, most=10)
SECOND_FACTOR_REQUIRED = env.yes_or_no("SECOND_FACTOR_REQUIRED")
SESSION_ENGINE = "crm.accounts.sessions"  # in the database, read with a question that is kept
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "crm.base.errors.csrf_failure"

SHOW_UNREVIEWED_LANGUAGES = env.yes_or_no("SHOW_UNREVIEWED_LANGUAGES")

# --- Content-Security-Policy: nothing from anywhere else --------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "media-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "frame-src": [SELF],
        "frame-ancestors": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"  # Wagtail itself loosens it for its previews
SECURE_REFERRER_POLICY = "same-origin"

# --- The API ----------------------------------------------------------------------------------------------------

API_RATE = env.rate("API_RATE")
REPLIES_MAILBOX = env.address("REPLIES_MAILBOX")
REST_FRAMEWORK = {
    # How our API behaves stands in api.views.ApiView; this holds for every other view, the editor's own among them.
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_SCHEMA_CLASS": "api.schema.FieldWordsSchema",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Heard",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "COMPONENT_SPLIT_REQUEST": False,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "POSTPROCESSING_HOOKS": ["api.schema.finish"],
}

# --- Background work ---------------------------------------------------------------------------------------------

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

# --- Files -------------------------------------------------------------------------------------------------------

PORT = listening.PORT
LISTEN_ON = listening.LISTEN_ON
# Until tables, static files and the council are there, visitors get a kind page instead of an error.
WAIT_UNTIL_READY = True
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
MEDIA_URL = "/media/"
SERVE_MEDIA = False
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Recordings of people: no address leads here, a page that checks who asks reads them out.
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "private", "file_permissions_mode": 0o600},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000

ERASURES_FILE = env.file("ERASURES_FILE", VAR_DIR / "erased.jsonl")
EMAIL_TIMEOUT = 60  # seconds; far less than the lease of a message, so that a silent server does not keep it

# --- What the public pages promise ----------------------------------------------------------------------------------

FORMAT_REQUESTS_TO = env.address("FORMAT_REQUESTS_TO")
FORMAT_ANSWER_DAYS = env.whole_number("FORMAT_ANSWER_DAYS", least=1, most=250)
FORMAT_READY_DAYS = env.whole_number("FORMAT_READY_DAYS", least=1, most=250)
if FORMAT_READY_DAYS < FORMAT_ANSWER_DAYS:
    raise ImproperlyConfigured("FORMAT_READY_DAYS must not be fewer than FORMAT_ANSWER_DAYS: an answer comes first.")
PUBLIC_PROMISES = env.yes_or_no("PUBLIC_PROMISES")

# --- Small numbers -----------------------------------------------------------------------------------------------

_SETS = [json.loads(file.read_text("utf-8")) for file in sorted(BASE_DIR.glob("crm/equality/data/questions-*.json"))]
_QUESTIONS = dict.fromkeys(question["key"] for one in _SETS for question in one["questions"])
EQUALITY_QUESTIONS_LEFT_OUT = env.some_of("EQUALITY_QUESTIONS_LEFT_OUT", _QUESTIONS)
# Under 3, hardly anything would be hidden: one person and two are who can be recognised.
SMALL_NUMBERS_UNDER = env.whole_number("SMALL_NUMBERS_UNDER", least=3, most=1000)
SMALL_NUMBERS_ROUND_TO = env.whole_number("SMALL_NUMBERS_ROUND_TO", least=1, most=1000)

LOGGING = logs.LOGGING
DECLARED_SETTINGS = env.SETTINGS  # every setting a council may give, for `manage.py describe`
