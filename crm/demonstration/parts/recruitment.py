"""Calls for members, invented: one that is open, with people who applied, and one whose places were drawn."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from crm.audit.actions import attach, write_new
from crm.audit.verbs import Verb
from crm.base.demonstration import Say
from crm.base.phones import kept_phone
from crm.base.tables import read_table
from crm.demonstration.chance import Chance
from crm.demonstration.history import backdate, days_ago
from crm.demonstration.parts.networks import officers_of_localities
from crm.demonstration.sign_ins import DATA
from crm.panels import drawing
from crm.panels.models import Application, Draw, Panel, PanelKind, PoolEntry, RecruitmentCall

WORDS = ("name", "reach_by", "reach_at", "postcode_start", "topics", "when_and_how", "would_help", "paid_by", "how")
COLUMNS = (*WORDS[:4], "knows_about", *WORDS[4:])
LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
QUESTIONS: list[dict[str, Any]] = [
    {"key": "q1", "words": "How old are you?", "answers": ["Under 40", "40 to 64", "65 or over"]},
    {"key": "q2", "words": "Do you use care yourself?", "answers": ["Yes", "No"]},
]
QUOTAS = {"q1": {"Under 40": [2, 4], "40 to 64": [2, 4], "65 or over": [2, 4]}, "q2": {"Yes": [4, 8]}}
PLACES, IN_POOL = 8, 34
SEED, SOURCE = "03 11 19 24 40 52", "Invented lottery numbers of the evening after the pool was frozen, in order"
ACCEPTED = "You were drawn at random from everybody who agreed to it and fits what the panel needs."
RESERVE = "The places were drawn at random and you were not drawn. You are on the reserve list."
State = Application.State


def load_recruitment(say: Say) -> None:
    """Load both calls with who applied."""
    chance = Chance("heard/recruitment")
    open_call, drawn_call = _calls(chance)
    applied = _applied(open_call, chance)
    pool = _pool(drawn_call, chance)
    _draw(drawn_call, chance)
    say(f"Recruitment: 2 calls, with {len(applied) + len(pool)} applications.")


def _calls(chance: Chance) -> tuple[RecruitmentCall, RecruitmentCall]:
    today = timezone.localdate()
    first = Panel.objects.filter(kind=PanelKind.CITIZEN_PANEL).order_by("name").first()
    second = Panel.objects.exclude(kind=PanelKind.CITIZEN_PANEL).order_by("name").first()
    calls = [
        RecruitmentCall(
            id=chance.id_at(days_ago(12)), panel=first, slug="join-us", places=6, state=RecruitmentCall.State.OPEN,
            title="Join the people who tell us what care should be like",
            words="We meet every two months for two hours. You are paid £25 an hour and we pay for travel. Last year "
            "the panel made us throw away the nine-page form.",
            opens_on=today - timedelta(days=12), closes_on=today + timedelta(days=18),
            answer_by=today + timedelta(days=46), pool_questions=QUESTIONS[:1],
        ),
        RecruitmentCall(
            id=chance.id_at(days_ago(120)), panel=second, slug="drawn-in-the-summer", places=PLACES,
            state=RecruitmentCall.State.DECIDED, method=RecruitmentCall.Method.RANDOM,
            title="Eight people, drawn at random",
            words="We meet four times. You are paid £25 an hour and we pay for travel.",
            opens_on=today - timedelta(days=120), closes_on=today - timedelta(days=90),
            answer_by=today - timedelta(days=70), pool_questions=QUESTIONS,
        ),
    ]  # fmt: skip
    backdate(write_new(calls, verb=Verb.CALL_ADDED), [days_ago(12), days_ago(120)])
    return calls[0], calls[1]


def _number(chance: Chance) -> str:
    drawn = "".join(chance.choice(LETTERS) for _ in range(8))
    return f"{drawn[:3]}-{drawn[3:6]}-{drawn[6:]}"


def _applied(call: RecruitmentCall, chance: Chance) -> list[Application]:
    officers = officers_of_localities()
    rows = []
    for day, line in enumerate(read_table(DATA / "applications.csv", COLUMNS), start=1):
        row = Application(id=chance.id_at(days_ago(day)), call=call, number=_number(chance), state=State.SENT,
                          sent_at=days_ago(day), **{name: line[name] for name in WORDS})  # fmt: skip
        row.knows_about = line["knows_about"].split(";")
        if row.reach_by in ("phone", "text"):
            row.reach_at = kept_phone(row.reach_at) or ""
        row.entered_by = chance.choice(officers) if row.how != Application.How.ONLINE else None
        rows.append(row)
    backdate(write_new(rows, verb=Verb.APPLICATION_SENT), [days_ago(day) for day in range(1, len(rows) + 1)])
    return rows


def _pool(call: RecruitmentCall, chance: Chance) -> dict[str, Application]:
    rows, entries = {}, []
    for _ in range(IN_POOL):
        row = Application(id=chance.id_at(days_ago(100)), call=call, number=_number(chance), state=State.SENT,
                          sent_at=days_ago(100), name="(invented)", reach_by="link",
                          postcode_start=chance.choice(["B10", "B19", "B31", "B44"]))  # fmt: skip
        features = {one["key"]: chance.choice(one["answers"]) for one in QUESTIONS}
        rows[row.number] = row
        entries.append(PoolEntry(application=row, agreed_on=call.closes_on, features=features))
    numbers = {entry.application.number: entry.features for entry in entries}
    found = drawing.select(numbers, QUOTAS, PLACES, SEED)
    for row in rows.values():
        row.state, row.reason, row.decided_on = State.ACCEPTED, ACCEPTED, call.answer_by
    for rank, number in enumerate(found.reserve, start=1):
        rows[number].state, rows[number].reason, rows[number].reserve_rank = State.RESERVE, RESERVE, rank
    backdate(write_new(list(rows.values()), verb=Verb.APPLICATION_SENT), [days_ago(100)] * IN_POOL)
    attach(entries)
    return rows


def _draw(call: RecruitmentCall, chance: Chance) -> None:
    entries = PoolEntry.objects.filter(application__call=call).select_related("application")
    pool = {entry.application.number: entry.features for entry in entries}
    draw = Draw(
        id=chance.id_at(days_ago(88)), call=call, frozen_at=days_ago(88), pool=pool, pool_hash=drawing.hash_of(pool),
        quotas=QUOTAS, method=drawing.METHOD, seed=SEED, seed_source=SOURCE, drawn_at=days_ago(87),
        chosen=drawing.select(pool, QUOTAS, PLACES, SEED).chosen,
    )  # fmt: skip
    backdate(write_new([draw], verb=Verb.MEMBERS_DRAWN), [days_ago(87)])
