"""Gathers the workspace's addresses of who we know."""

from django.urls import include, path

urlpatterns = [
    path("", include("crm.workspace.urls")),
    path("", include("crm.accounts.staff_urls")),
    path("", include("crm.audit.urls")),
    path("", include("crm.communities.urls")),
    path("", include("crm.organisations.urls")),
    path("", include("crm.privacy.urls")),
    path("", include("crm.erasing.urls")),
    path("", include("crm.declared.urls")),
    path("", include("crm.people.urls")),
    path("", include("crm.access.urls")),
    path("", include("crm.venues.urls")),
    path("", include("crm.champions.urls")),
    path("", include("crm.directory.urls")),
    path("", include("crm.panels.panel_urls")),
    path("", include("crm.panels.recruitment_urls")),
    path("", include("crm.equality.urls")),
    path("", include("crm.sending.urls")),
    path("", include("crm.search.urls")),
]
