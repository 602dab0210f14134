"""Heard or the bare reference under gunicorn: BENCH_SETTINGS says which."""

import os

from django.core.wsgi import get_wsgi_application

os.environ["DJANGO_SETTINGS_MODULE"] = os.environ["BENCH_SETTINGS"]
if os.environ["BENCH_SETTINGS"] == "tests.benchmarks.settings":
    from settings.wsgi import application
else:
    application = get_wsgi_application()

__all__ = ["application"]
