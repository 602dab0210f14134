"""What the tests of co-production share: points in themes, and a theme."""

from __future__ import annotations

from datetime import timedelta

import time_machine
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from crm.accounts.models import RoleGrant, User
from crm.base.actors import SYSTEM, Role
from crm.base.writing import writing_allowed
from crm.sending.actions import load_letter_templates
from crm.sending.files import read_letters
from crm.sending.models import LetterTemplate
from crm.sending.registry import letter_folders
from engagement.coproduction.projects.actions.felt import answer_felt, open_felt_round, take_felt_links
from engagement.coproduction.projects.actions.felt_letters import draft_felt_letters
from engagement.coproduction.projects.actions.people import leave_project, take_part
from engagement.coproduction.projects.actions.projects import load_ladder, open_project
from engagement.coproduction.projects.details import (
    LeavingDetails,
    LevelDetails,
    PartDetails,
    ProjectDetails,
    RoundDetails,
)
from engagement.coproduction.projects.files import shipped_ladder
from engagement.coproduction.projects.letters_about import BY_MAIL
from engagement.coproduction.projects.links import digest_of, secret_of
from engagement.coproduction.projects.models import FeltLink, FeltRound, Project, ProjectPerson, Rung
from engagement.coproduction.themes.actions import add_theme, gather_points, merge_theme
from engagement.coproduction.themes.details import ThemeDetails
from engagement.coproduction.themes.models import Theme
from engagement.log.details import PointDetails, ReachDetails
from engagement.log.models import Point
from tests.crm.panels.helpers import a_panel, somebody
from tests.crm.privacy.helpers import a_purpose
from tests.crm.sending.helpers import reachable
from tests.world import LONG_AGO, PASSWORD, World


def a_point(world: World, words: str = "Nobody told us a carer can get help too.", **changes) -> Point:
    """Something a group of the East told Amina today, its community heard directly, unless told otherwise."""
    point = {name: changes.pop(name) for name in ("kind", "quoting", "through", "language", "translation")
             if name in changes}  # fmt: skip
    given = {"area": world.east_ward, "reach": [ReachDetails(world.community, 4)], **changes}
    return world.contact(points=[PointDetails(words, **point)], **given).points.get()


def a_theme(world: World, name: str = "Carers do not know what they can get", *, points=(), actor=None, **changes):
    """An open theme of the whole council that Amina looks after; the same one for the same name."""
    found = Theme.objects.open().filter(name=name).first()
    details = ThemeDetails(name, **changes)
    return found or add_theme(actor=actor or world.amina, details=details, points=points)


def themed(world: World, number: int = 1, name: str = "Carers do not know what they can get") -> Theme:
    """A theme with so many points."""
    return a_theme(world, name, points=[a_point(world, f"{name}: {place}.") for place in range(number)])


def rung(key: str = "co-design") -> Rung:
    """A rung of the ladder as it comes with Heard."""
    load_ladder(actor=SYSTEM, lines=shipped_ladder())
    return Rung.objects.get(key=key)


def project_details(name: str = "Breaks for carers", **changes) -> ProjectDetails:
    """What Amina says about a project."""
    given = {"question": "What kind of break would help?", "can_change": "How you ask for one.",
             "cannot_change": "Who can get one: the law says so."}  # fmt: skip
    return ProjectDetails(name, **{**given, **changes})


def a_project(world: World, name: str = "Breaks for carers", *, level: str = "co-design", **changes) -> Project:
    """A project of the whole council that Amina answers for; the same one for the same name."""
    found = Project.objects.filter(name=name).first()
    details = project_details(name, **changes)
    return found or open_project(actor=world.amina, details=details, level=LevelDetails(rung(level)))


def a_place(world: World, person=None, *, project=None, actor=None, **changes) -> ProjectPerson:
    """Parveen Begum takes part in the project, unless told otherwise."""
    details = PartDetails(**changes)
    project = project or a_project(world)
    return take_part(actor=actor or world.amina, project=project, person=person or world.person, details=details)


def a_round(world: World, links: int = 12, *, project=None, days: int = 7) -> FeltRound:
    """People of the project are asked how it felt, for a week; the round that runs, where there is one."""
    project = project or a_project(world)
    found = FeltRound.objects.filter(project=project, closes_on__gte=timezone.localdate()).first()
    details = RoundDetails(links, timezone.localdate() + timedelta(days=days))
    return found or open_felt_round(actor=world.amina, project=project, details=details)


def a_secret(world: World) -> str:
    """The secret of a one-time link."""
    return take_felt_links(actor=world.amina, round=a_round(world))[0]


def felt(asked: FeltRound, **answers: int) -> None:
    """So many people answer with each rung, each by a link of their own."""
    links = list(FeltLink.objects.filter(round=asked))
    secrets = {digest_of(secret): secret for secret in
               (secret_of(asked.pk, number) for number in range(asked.links_made))}  # fmt: skip
    for key, number in answers.items():
        for _ in range(number):
            link = links.pop()
            chosen = rung(key.replace("_", "-"))
            answer_felt(actor=AnonymousUser(), round=asked, secret=secrets[link.digest], rung=chosen)


def letters_of_rounds(world: World) -> None:
    """The letters that come with this room."""
    if not LetterTemplate.objects.filter(key=BY_MAIL).exists():
        a_purpose(world, "Listening", asks_permission=False)
        load_letter_templates(actor=SYSTEM, letters=read_letters(letter_folders["felt"]))


def asked_by_letter(world: World, people: int = 10) -> FeltRound:
    """A round, with so many people who have an e-mail address; their letters are drafted."""
    letters_of_rounds(world)
    project, asked = a_project(world), a_round(world)
    for number in range(people):
        a_place(world, reachable(world, name=f"Takes Part {number}"), project=project)
    draft_felt_letters(actor=world.amina, round=asked)
    return asked


def officer_of(team) -> User:
    """A new officer of a team, of no locality."""
    with writing_allowed():
        user = User.objects.create_user(f"new@{team.pk}.example", PASSWORD, name="New Officer")
        RoleGrant.objects.create(user=user, role=Role.OFFICER, team=team, first_day=LONG_AGO)
    return user


def one_more(world: World, number: int, point: Point) -> None:
    """One more point in the world's own theme, with one more theme inside it that holds the point too."""
    wide = themed(world)
    theme = a_theme(world, f"Theme {number}", parent=wide, locality=world.east, points=[point])
    gather_points(actor=world.amina, theme=wide, points=[point])
    merge_theme(actor=world.amina, theme=a_theme(world, f"Merged {number}", points=[point]), into=theme, reason="Same")
    _project(world, number, theme, point)


def _project(world: World, number: int, theme: Theme, point: Point) -> None:
    """One more project in which the world's own person takes part, and one more of everything in the world's own."""
    links = {"themes": [themed(world), theme], "communities": [world.community], "organisations": [world.group],
             "panels": [a_panel(world)]}  # fmt: skip
    details = project_details(f"Project {number}", locality=world.east, **links)
    project = open_project(actor=world.amina, details=details, level=LevelDetails(rung()))
    a_place(world, project=project)
    somebody_else = somebody(world, f"Takes part {number}")
    leave_project(actor=world.amina, place=a_place(world, somebody_else), details=LeavingDetails("time", "Busy"))
    a_place(world, somebody_else)
    with time_machine.travel(timezone.now() - timedelta(days=300 - number * 20)):
        a_round(world)
