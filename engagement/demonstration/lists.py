"""The council's lists: topics, kinds of support, barriers."""

from __future__ import annotations

from pathlib import Path

from crm.audit.actions import write_new
from crm.audit.verbs import Verb
from crm.base.demonstration import Say
from crm.base.tables import read_table
from engagement.log.models import AccessSupport, Barrier, Topic

DATA = Path(__file__).parent / "data"


def load_lists(say: Say) -> None:
    """Load what officers choose from when they log a contact."""
    topics = [
        Topic(name=line["name"], order=int(line["order"]))
        for line in read_table(DATA / "topics.csv", ("name", "order"))
    ]
    lines = read_table(DATA / "lists.csv", ("list", "name", "order"))
    support = [AccessSupport(name=row["name"], order=int(row["order"])) for row in lines if row["list"] == "support"]
    barriers = [Barrier(name=row["name"], order=int(row["order"])) for row in lines if row["list"] == "barrier"]
    write_new(topics, verb=Verb.TOPIC_ADDED)
    write_new(support, verb=Verb.TOPIC_ADDED)
    write_new(barriers, verb=Verb.TOPIC_ADDED)
    say(f"Topics: {len(topics)}. Kinds of support: {len(support)}. Barriers: {len(barriers)}.")
