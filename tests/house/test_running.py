"""Starting and stopping: a port in use, children that live and die together."""

from __future__ import annotations

import socket
import sys
import threading
import time

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from crm.base.children import AskedToStop, ChildDied, Children, ask_to_stop
from crm.base.readiness import what_is_not_ready
from tests.house.source import ROOT

NAPPING = [sys.executable, "-c", "import time; time.sleep(60)"]


def test_a_port_in_use_is_said_kindly(settings):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        settings.PORT, settings.LISTEN_ON = other.getsockname()[1], "127.0.0.1"
        with pytest.raises(CommandError, match=f"already uses port {settings.PORT}"):
            call_command("serve")


@pytest.fixture
def children(monkeypatch):
    """Without the handlers of Ctrl-C, which belong to the whole process."""
    monkeypatch.setattr("signal.signal", lambda *given: None)
    with Children() as found:
        yield found


def test_a_child_that_dies_ends_the_whole_with_its_code(children):
    stays = children.start("The server", NAPPING)
    children.start("The worker", [sys.executable, "-c", "raise SystemExit(3)"])
    with pytest.raises(ChildDied, match="The worker ended by itself") as death:
        children.wait()
    assert death.value.code == 3
    children.stop()
    assert stays.poll() is not None


def test_a_child_killed_by_a_signal_gives_the_code_a_shell_would(children):
    child = children.start("The server", NAPPING)
    threading.Timer(0.2, child.kill).start()
    with pytest.raises(ChildDied) as death:
        children.wait()
    assert death.value.code == 128 + 9


def test_stopping_ends_every_child_also_one_that_prepares(children):
    lasting, passing = children.start("The server", NAPPING), children.begin(NAPPING)
    began = time.monotonic()
    children.stop()
    assert lasting.poll() is not None
    assert passing.poll() is not None
    assert time.monotonic() - began < 10


def test_being_asked_to_stop_ends_what_is_under_way(monkeypatch):
    monkeypatch.setattr("signal.signal", lambda *given: None)
    with Children() as found:
        child = found.start("The server", NAPPING)
        with pytest.raises(AskedToStop):
            ask_to_stop(15, None)
    assert child.poll() is not None


def test_words_of_a_child_reach_the_reader_line_by_line(children):
    said: list[str] = []
    code = children.run([sys.executable, "-c", "print('one'); print('two'); raise SystemExit(4)"], on_line=said.append)
    assert (code, said) == (4, ["one", "two"])


@pytest.mark.django_db
def test_a_visitor_gets_a_kind_page_until_the_council_is_there(client, settings):
    settings.WAIT_UNTIL_READY = True
    assert what_is_not_ready()
    page = client.get("/workspace/")
    assert page.status_code == 503
    assert "Heard is starting" in page.content.decode()
    assert page.headers["Retry-After"]
    assert client.get("/readyz").status_code == 503
    assert client.get("/healthz").json() == {"status": "ok"}


def test_the_demonstrations_own_settings_are_never_a_councils():
    assert settings.DEMONSTRATION
    assert not (ROOT / "settings" / "production.py").read_text(encoding="utf-8").count("DEMONSTRATION = True")
