"""The cms app."""

from django.apps import AppConfig


class CmsConfig(AppConfig):
    """Fills the registries that lower rooms offer."""

    name = "cms"
    default_auto_field = "django.db.models.BigAutoField"
