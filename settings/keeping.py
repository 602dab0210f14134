"""How long words are kept (storage limitation, UK GDPR article 5(1)(e)), and where it stands who was erased."""

from settings import env

env.declare("APPLICATIONS_KEPT_DAYS", "how many days applications of people who got no place are kept.", example="180")
env.declare("MESSAGES_KEPT_DAYS", "how many days the words of messages are kept after they went.", example="90")
env.declare(
    "ERASURES_FILE",
    "where the list of erasures is kept, by key, so that a backup brings nobody back; not beside the backups.",
    example="/srv/heard/var/erased.jsonl",
)

APPLICATIONS_KEPT_DAYS = env.whole_number("APPLICATIONS_KEPT_DAYS", 180)
MESSAGES_KEPT_DAYS = env.whole_number("MESSAGES_KEPT_DAYS", 90)
