"""The WSGI door of the server."""

import os

from django.core.wsgi import get_wsgi_application

from settings.sharing import load_for_all_workers

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings.production")
application = get_wsgi_application()
load_for_all_workers()
