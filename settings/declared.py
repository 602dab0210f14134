"""Every setting a council may give: what it is for, what it looks like, and what holds where it is not given."""

from settings.env import declare

declare(
    "SECRET_KEY", "the secret that signs sessions and links.", example="fifty-random-characters-or-more-of-your-own"
)
declare("ALLOWED_HOSTS", "the names this site answers to, with commas between.", example="heard.example.gov.uk")
declare("SITE_ADDRESS", "the public address of this site.", example="https://heard.example.gov.uk")
declare(
    "DATABASE_URL",
    "the database: SQLite or PostgreSQL.",
    example="postgres://heard:secret@localhost/heard",
    default="sqlite:////srv/heard/var/heard.sqlite3",
)
declare(
    "CACHE_URL",
    "the cache every server process shares (rate limits).",
    example="filecache:///srv/heard/var/cache",
    default="filecache:///srv/heard/var/cache",
)
declare("EMAIL_URL", "the mail server.", example="smtp+tls://heard:secret@mail.example.gov.uk:587")
declare("EMAIL_FROM", "the address that e-mails come from.", example="heard@example.gov.uk")
declare(
    "REPLIES_MAILBOX",
    "where calendars send answers; empty: they cannot.",
    example="replies@heard.example.gov.uk",
    default="",
)

# --- Signing in, and the proxy ---------------------------------------------------------------------------------------

declare(
    "SECOND_FACTOR_REQUIRED",
    "whether staff must sign in with a second factor (an authenticator app or a passkey).",
    example="yes",
    default="yes",
)
declare(
    "PROXIES",
    "how many reverse proxies of the council stand before this server, 1 at least: they end TLS.",
    example="2",
    default="1",
)
declare("PORT", "the port the server listens on.", example="8080", default="8000")
declare(
    "LISTEN_ON",
    "the IP addresses the server listens on, with commas between.",
    example="127.0.0.1,::1",
    default="127.0.0.1",
)
declare("WEB_WORKERS", "how many processes answer requests.", example="4", default="2")
declare(
    "FORWARDED_ALLOW_IPS",
    "the IP addresses or networks of proxies that are believed about the visitor.",
    example="10.0.0.7",
    default="127.0.0.1,::1",
)
declare(
    "API_RATE",
    "how many API requests one token or person may make in a second (s), min, h or day, 10 at least; without sign-in a "
    "tenth.",
    example="600/min",
    default="600/min",
)

# --- What is asked, shown and promised -------------------------------------------------------------------------------

declare(
    "SHOW_UNREVIEWED_LANGUAGES",
    "whether words no speaker has checked may be shown, under a banner; for the demonstration only.",
    example="no",
    default="no",
)
declare(
    "EQUALITY_QUESTIONS_LEFT_OUT",
    "equality questions that are not asked, by key, or `none`; take advice before you ask the two that are left out at "
    "first.",
    example="sex,gender-identity",
    default="sex,gender-identity",
)
declare(
    "FORMAT_REQUESTS_TO",
    "e-mail of the colleague whom requests for other formats reach; empty: the first EDI lead.",
    example="amina@heard.example.gov.uk",
    default="",
)
declare(
    "FORMAT_ANSWER_DAYS",
    "within how many working days whoever asks for a format hears from us.",
    example="5",
    default="5",
)
declare(
    "FORMAT_READY_DAYS",
    "within how many working days they have it; not fewer than `FORMAT_ANSWER_DAYS`.",
    example="15",
    default="15",
)
declare(
    "PUBLIC_PROMISES",
    "whether the public site lists the promises that officers chose for it.",
    example="yes",
    default="no",
)
declare("SMALL_NUMBERS_UNDER", "counts of people under this are hidden; 3 at least.", example="10", default="10")
declare(
    "SMALL_NUMBERS_ROUND_TO",
    "other counts of people are rounded to a multiple of this; 1 rounds nothing.",
    example="5",
    default="5",
)

# --- How long words are kept, and where it stands who was erased -----------------------------------------------------

declare(
    "APPLICATIONS_KEPT_DAYS",
    "how many days applications of people who got no place are kept.",
    example="180",
    default="180",
)
declare(
    "MESSAGES_KEPT_DAYS",
    "how many days the words of messages are kept after they went.",
    example="90",
    default="90",
)
declare(
    "ERASURES_FILE",
    "where the list of erasures is kept, by key, so that a backup brings nobody back; not beside the backups.",
    example="/srv/heard/var/erased.jsonl",
    default="/srv/heard/var/erased.jsonl",
)
