"""Gathers the workspace's addresses of who we know."""

from django.urls import include, path

urlpatterns = [
    path("", include("crm.workspace.urls")),
    path("", include("crm.accounts.staff_urls")),
    path("", include("crm.audit.urls")),
]
