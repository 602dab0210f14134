"""Careful publishing: two checks by named people, then a publisher; and what happens once the last has passed it.

Wagtail imports this while it starts, so nothing of its models, nor of ours, is imported here.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from wagtail.log_actions import log

NAME = "Careful publishing"
STEPS = (("Accessibility check", "access"), ("Community check", "community"))
LAST = "A publisher puts it on the site"


def make_workflow() -> None:
    """The workflow every council starts with. Nobody is named in it yet, and no page needs it until it is given one:
    in the editor, under Settings, Workflows. Running it again changes nothing."""
    workflow_model = apps.get_model("wagtailcore", "Workflow")
    group = apps.get_model("auth", "Group").objects.filter(name="Publishers").first()
    if group is None or workflow_model.objects.filter(name=NAME).exists():
        return
    workflow = workflow_model.objects.create(name=NAME)
    named, by_group = apps.get_model("cms", "NamedCheck"), apps.get_model("wagtailcore", "GroupApprovalTask")
    steps = [named.objects.create(name=name, kind=kind) for name, kind in STEPS]
    last = by_group.objects.create(name=LAST)
    last.groups.add(group)
    in_order = apps.get_model("wagtailcore", "WorkflowTask")
    for place, step in enumerate([*steps, last]):
        in_order.objects.create(workflow=workflow, task_id=step.pk, sort_order=place)


def finish(workflow_state: Any, user: Any = None) -> None:
    """Put the page on the site, if whoever passed it last may publish and its rules let it. Otherwise it stays a draft
    that everybody has passed, and its history says why; nobody meets an error page."""
    page = workflow_state.content_object
    revision = page.get_latest_revision()
    may = user is not None and page.permissions_for_user(user).can_publish()
    try:
        if may:
            revision.publish(user=user)
    except ValidationError as refused:  # the rules of going live: `cms.rules.NotReady`
        reasons = "; ".join(refused.messages)
        log(instance=page, action="wagtail.edit", user=user, data={"not_published": reasons})
