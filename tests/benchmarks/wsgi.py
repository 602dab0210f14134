"""Heard or the bare reference under gunicorn: BENCH_SETTINGS says which."""

import os

from django.core.wsgi import get_wsgi_application

from settings.sharing import load_for_all_workers

os.environ["DJANGO_SETTINGS_MODULE"] = os.environ["BENCH_SETTINGS"]
application = get_wsgi_application()
load_for_all_workers()
