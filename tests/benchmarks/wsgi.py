"""Heard or the bare reference under gunicorn: BENCH_SETTINGS says which."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ["DJANGO_SETTINGS_MODULE"] = os.environ["BENCH_SETTINGS"]
application = get_wsgi_application()
_ = get_resolver().url_patterns  # as settings/wsgi.py does
