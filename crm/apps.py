"""The crm app."""

from django.apps import AppConfig

from crm.base.menu import MenuEntry, menu
from crm.base.readiness import readiness_checks


class CrmConfig(AppConfig):
    """Fills the registries that lower rooms offer."""

    name = "crm"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Menu entries of the rooms."""
        from crm.accounts import permissions as accounts

        menu.add("home", MenuEntry("Home", "workspace:home", 10, accounts.open_workspace))
        self._say_who_we_know()
        self._get_ready_for_the_demonstration()

    def _say_who_we_know(self) -> None:
        """What leads to a person in these rooms, and what search finds."""
        from crm.audit.actions import after_writing
        from crm.people.relations import declare_parts_of_people
        from crm.search.kinds import register_kinds
        from crm.search.relations import declare_relations_of_search
        from crm.search.upkeep import follow

        declare_parts_of_people()
        declare_relations_of_search()
        register_kinds()
        after_writing.add("search documents", follow)

    def _get_ready_for_the_demonstration(self) -> None:
        """The parts of the demonstration that these rooms own, and the wait for them."""
        from crm.demonstration.readiness import council_is_there

        readiness_checks.add("council", council_is_there)
