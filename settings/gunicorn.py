"""How gunicorn serves Heard: `gunicorn -c settings/gunicorn.py settings.wsgi`.

Threads rather than one request a worker: browsers open connections ahead of need, and such a connection would hold a
whole worker. The master keeps no log of requests: the application writes one line each, without personal data.
"""

import gc
import os
import sys
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # gunicorn reads this before it looks in the folder
try:
    from settings import listening
except ImproperlyConfigured as _problem:
    sys.exit(str(_problem))  # gunicorn would print all that led to it

bind = [f"{address}:{listening.PORT}" for address in listening.LISTEN_ON.split(",")]
workers = listening.WEB_WORKERS
worker_class = "gthread"
threads = 4
timeout = 60
graceful_timeout = 10
keepalive = 5
# Loaded once and shared: half the memory. `manage.py serve` says no while it still prepares the static files, because
# workers made from a preloaded application never see them.
preload_app = os.environ.get("HEARD_STILL_PREPARING") != "yes"
# Nobody commands this server by gunicorn's socket, which would stand in the home folder of the account, one for all its
# servers. systemd and `manage.py serve` send signals.
control_socket_disable = True
accesslog = None
loglevel = "warning"
# A heartbeat file on a disk under load makes the master kill healthy workers (gunicorn's FAQ).
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") and os.access("/dev/shm", os.W_OK) else None  # noqa: PTH112, S108
forwarded_allow_ips = listening.FORWARDED_ALLOW_IPS


def when_ready(server: Any) -> None:
    """Before the workers are made: what stands in memory now stays shared, because nobody looks through it again
    (Python's garbage collector writes into whatever it looks at)."""
    gc.collect()
    gc.freeze()
