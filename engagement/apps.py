"""The engagement app."""

from django.apps import AppConfig


class EngagementConfig(AppConfig):
    """Fills the registries that lower rooms offer."""

    name = "engagement"
    default_auto_field = "django.db.models.BigAutoField"
