"""Gathers the workspace's addresses of what we did and heard."""

from django.urls import include, path

urlpatterns = [
    path("", include("engagement.log.urls")),
    path("", include("engagement.forums.calendar_urls")),
    path("", include("engagement.forums.urls")),
    path("", include("engagement.forums.invitation_urls")),
    path("", include("engagement.coproduction.themes.urls")),
    path("", include("engagement.forums.holding_urls")),
    path("", include("engagement.coproduction.projects.urls")),
    path("", include("engagement.coproduction.thread.urls")),
    path("", include("engagement.needs.urls")),
    path("", include("engagement.formats.urls")),
    path("", include("engagement.hearing.urls")),
    path("", include("engagement.coproduction.frameworks.urls")),
    path("", include("engagement.coproduction.decisions.urls")),
    path("", include("engagement.coproduction.telling.urls")),
    path("", include("engagement.forums.arrangement_urls")),
]
