"""The cms app."""

from typing import Any

from django.apps import AppConfig
from django.apps import apps as installed
from django.db.models.signals import post_migrate

from crm.base.demonstration import demonstration_parts
from crm.base.menu import MenuEntry, menu
from crm.base.timeline import home_cards


class CmsConfig(AppConfig):
    """Fills the registries that lower rooms offer."""

    name = "cms"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """The demonstration's pages, the card on home, what the checks say, and what every `migrate` puts right."""
        from cms import checks, permissions  # noqa: F401  # the checks register themselves
        from cms.cards import site_card
        from cms.demonstration import load_pages
        from cms.demonstration.newsroom import load_newsroom
        from cms.editions import follow_what_is_shown, shown_to_the_public
        from cms.erasing import register_public_site
        from crm.audit.actions import after_writing
        from crm.champions.models import Appointment
        from crm.counting.models import Release
        from crm.directory.models import ChampionWords, DirectoryEntry
        from crm.erasing.models import ErasureRequest
        from crm.organisations.models import Organisation
        from crm.panels.models import Panel, RecruitmentCall
        from crm.venues.models import Venue
        from engagement.coproduction.decisions.models import Decision, Outcome
        from engagement.coproduction.telling.models import AnswerWords, PublicLine
        from engagement.forums.models import Forum

        for name, model in (
            ("forums", Forum),
            ("venues", Venue),
            ("panels", Panel),
            ("calls", RecruitmentCall),
            ("groups", Organisation),
            ("directory", DirectoryEntry),
            ("champions", ChampionWords),
            ("terms", Appointment),
            ("erasures", ErasureRequest),
            ("figures", Release),
        ):
            shown_to_the_public.add(name, model)
        for model in (Decision, Outcome, AnswerWords, PublicLine):
            shown_to_the_public.add(model._meta.verbose_name, model)
        after_writing.add("public site", follow_what_is_shown)
        register_public_site()
        home_cards.add("public site", site_card)
        menu.add("versions", MenuEntry("Versions of pages", "workspace:versions", 77, permissions.read_versions))
        demonstration_parts.add("public site", load_pages)
        demonstration_parts.add("newsroom", load_newsroom)
        # Django's own way for an app to put rows right after `migrate`: a new language is there at once.
        post_migrate.connect(_put_right, sender=self)


def _put_right(sender: AppConfig, **kwargs: Any) -> None:
    """A locale for every language of the settings, and the permissions of the editor's groups."""
    from cms.languages import make_locales
    from cms.offices import open_the_editor
    from cms.workflow import make_workflow

    make_locales()
    open_the_editor(kwargs.get("apps", installed))  # `flush` (tests) names no apps
    if "apps" in kwargs:
        make_workflow()
