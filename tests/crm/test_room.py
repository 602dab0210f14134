"""Room for calls inside calls: what is called gives what it gives, and asks the system for no more memory each time."""

from __future__ import annotations

import resource
import sys

import pytest

from crm.base.room import with_room


def deep(calls):
    return deep(calls - 1) + 1 if calls else 0


def pieces_asked_for():
    """How often the system had to give a page of memory, for 200 calls at each of 200 depths."""

    def at(depth):
        if depth:
            at(depth - 1)
        for _ in range(200):
            deep(1)

    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    at(200)
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before


def test_it_gives_what_the_work_gives_and_raises_what_it_raises():
    assert with_room(lambda: deep(300)) == 300
    with pytest.raises(ZeroDivisionError):
        with_room(lambda: 1 / 0)


@pytest.mark.skipif(sys.platform != "linux", reason="how memory is given is the system's own affair")
def test_calls_at_any_depth_ask_for_hardly_any_memory():
    assert with_room(pieces_asked_for) < 50, "without it, some two hundred"
