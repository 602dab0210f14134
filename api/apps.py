"""The api app."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Fills the registries that lower rooms offer."""

    name = "api"
    default_auto_field = "django.db.models.BigAutoField"
