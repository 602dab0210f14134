"""Logs: one JSON object a line; no query strings, no names."""

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"private": {"()": "crm.base.logs.WithoutPersonalData"}},
    "formatters": {"json": {"()": "crm.base.logs.JsonLine"}},
    "handlers": {
        "out": {"class": "logging.StreamHandler", "formatter": "json", "filters": ["private"]},
        # The worker tells of every task that it begins and ends; only what went wrong is worth a line.
        "problems": {"class": "logging.StreamHandler", "formatter": "json", "filters": ["private"], "level": "WARNING"},
    },
    "root": {"handlers": ["out"], "level": "WARNING"},
    "loggers": {
        "heard": {"level": "INFO"},
        "django.request": {"level": "ERROR"},
        **{name: {"handlers": ["problems"], "propagate": False} for name in ("django_tasks", "django_tasks_db")},
    },
}
