"""The crm app."""

from django.apps import AppConfig

from crm.base.menu import MenuEntry, menu


class CrmConfig(AppConfig):
    """Fills the registries that lower rooms offer."""

    name = "crm"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Menu entries of the rooms."""
        from crm.accounts import permissions as accounts

        menu.add("home", MenuEntry("Home", "workspace:home", 10, accounts.open_workspace))
