"""The WSGI door of the server."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings.production")
application = get_wsgi_application()
# Every page's code is loaded now, before the server makes its workers, so that they share it: 70 MiB less for two.
_ = get_resolver().url_patterns
