"""How gunicorn serves Heard: `gunicorn -c settings/gunicorn.py settings.wsgi`.

Threads rather than one request a worker: browsers open connections ahead of need, and such a connection would hold a
whole worker. The master keeps no log of requests: the application writes one line each, without personal data.
"""

import gc
import os
from typing import Any

_addresses = os.environ.get("LISTEN_ON", "").strip() or "127.0.0.1"
_port = os.environ.get("PORT", "").strip() or "8000"
bind = [f"{address.strip()}:{_port}" for address in _addresses.split(",") if address.strip()]
workers = int(os.environ.get("WEB_WORKERS", "").strip() or 2)
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
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1,::1")


def when_ready(server: Any) -> None:
    """Before the workers are made: what stands in memory now stays shared, because nobody looks through it again
    (Python's garbage collector writes into whatever it looks at)."""
    gc.collect()
    gc.freeze()
