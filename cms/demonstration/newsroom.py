"""What stands beside the pages of the demonstration: hard words with their glossary, a page that shows groups and
champions as the record has them, the workflow with named people, a banner, and problems that really stand.

Nobody has checked the site with people, so there is no check and nobody signed the statement: nothing here says so.
"""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from django.utils import timezone
from wagtail.models import Workflow, WorkflowPage

from cms.demonstration.words import body_of
from cms.models import Banner, GlossaryPage, HardWord, HomePage, InformationPage, NamedCheck, Problem, PublicPage
from cms.versions import MadeHow, in_six_months
from cms.workflow import NAME, make_workflow
from crm.accounts.models import User
from crm.base.actors import Role
from crm.base.demonstration import Say

HARD_WORDS = (
    ("Advocate", "a person who helps you to say what you want.", "helper"),
    ("Assessment", "a talk about what you can do and what help you need.", "form"),
    ("Carer", "a person who looks after someone and is not paid.", "helper"),
    ("Co-production", "people who use care and the council decide together.", "meeting"),
    ("Council", "the people who run services in the city.", "council"),
    ("Direct payment", "money from the council to pay for help that you choose.", "money"),
    ("Feedback", "what you tell us about what is good and bad.", "talk"),
    ("Outcome", "what is different in your life because of help.", "happy"),
    ("Safeguarding", "keeping people safe from harm.", "danger"),
    ("Sensory impairment", "not seeing or hearing well.", "cane"),
)
PROBLEMS = (
    ("site", "Films in British Sign Language are not made yet.", "Deaf people who sign", "", "not_yet", 120),
    ("site", "What groups and champions say of themselves is in English on every page.",
     "people who do not read English", "", "not_yet", 180),
    ("site", "Some pages are not in Easy Read yet.", "people with a learning disability", "", "not_yet", 150),
    ("site", "Words in other languages were translated by a machine and checked by nobody. The pages say so.",
     "people who do not read English", "", "not_yet", 150),
    ("workspace", "Nobody who uses a screen reader every day has tried the workspace.", "colleagues who cannot see", "",
     "not_yet", 90),
    ("documents", "Documents from before 2026 were not looked at.", "people who use a screen reader", "1.3.1",
     "out_of_scope", None),
)  # fmt: skip


def load_newsroom(say: Say) -> None:
    """Load it; after the pages. Running it again changes nothing."""
    home = HomePage.objects.filter(locale__language_code="en").first()
    if home is None:
        return
    for word, meaning, picture in HARD_WORDS:
        HardWord.objects.get_or_create(word=word, language="en", defaults={"meaning": meaning, "picture": picture})
    _page(home, GlossaryPage, "hard-words", "Hard words", "What hard words on this site mean.", [])
    _page(
        home, InformationPage, "who-you-can-meet", "Who you can meet near you",
        "Champions who listen, groups without steps, and forums that are coming.", _living(),
    )  # fmt: skip
    today = timezone.localdate()
    Banner.objects.get_or_create(
        words="This is a demonstration. Every person and group here is made up.", language="en",
        defaults={"first_day": today},
    )  # fmt: skip
    for covers, words, whom, criterion, why, days in PROBLEMS:
        facts = {"whom": whom, "criterion": criterion, "why": why, "found_on": today}
        facts["fix_by"] = today + timedelta(days=days) if days else None
        Problem.objects.get_or_create(covers=covers, words=words, defaults=facts)
    say(f"Newsroom: {len(HARD_WORDS)} hard words, {len(PROBLEMS)} problems written down. {_name_people(home)}")


def _living() -> list[dict[str, Any]]:
    return [
        *body_of("Ask for a visit, or come along. You can bring somebody."),
        {"type": "champions", "value": {"locality": "", "most": 4}},
        {
            "type": "groups",
            "value": {"locality": "", "language": "", "community": "", "access": "step_free", "most": 6},
        },
        {"type": "forums", "value": {"locality": "", "community": "", "most": 3}},
        {"type": "calls", "value": {"most": 3}},
    ]


def _page(home: PublicPage, kind: Any, slug: str, title: str, summary: str, body: list[Any]) -> None:
    if kind.objects.child_of(home).filter(slug=slug).exists():
        return
    now = timezone.now()
    page = kind(
        title=title, slug=slug, summary=summary, body=json.dumps(body), locale=home.locale, live=True,
        made_by="The makers of Heard", made_how=MadeHow.PERSON, review_date=in_six_months(), first_published_at=now,
        last_published_at=now,
    )  # fmt: skip
    home.add_child(instance=page)


def _name_people(home: PublicPage) -> str:
    """The checkers and publishers of the demonstration pass the two checks."""
    make_workflow()
    workflow = Workflow.objects.filter(name=NAME).first()
    if workflow is None:
        return ""
    people = list(User.objects.filter(grants__role__in=[Role.CHECKER, Role.PUBLISHER]).distinct())
    for check in NamedCheck.objects.filter(workflow_tasks__workflow=workflow):
        check.people.set(people)
    WorkflowPage.objects.get_or_create(page_id=home.pk, defaults={"workflow": workflow})
    return f"{len(people)} colleagues pass checks."
