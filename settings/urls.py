"""The addresses of the whole installation."""

from django.conf import settings
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from django.views.static import serve
from wagtail.admin import urls as wagtailadmin_urls

from cms import errors as public_errors
from cms.urls import language_patterns
from crm.base import errors
from crm.workspace.brand import brand

# The web server in front of a council's installation gives out pictures and recordings; the demonstration has none.
media = (
    [re_path(r"^media/(?P<path>.*)$", serve, {"document_root": settings.MEDIA_ROOT})] if settings.SERVE_MEDIA else []
)

urlpatterns = [
    path(
        "workspace/",
        include(
            (
                [
                    path("", include("engagement.urls")),
                    path("", include("cms.workspace_urls")),
                    path("", include("crm.urls")),
                ],
                "workspace",
            )
        ),
    ),
    path("brand.css", brand, name="brand"),
    path("accounts/", include("crm.accounts.urls")),
    path("api/v1/", include("api.v1.urls")),
    path("calendars/", include("api.calendars.urls")),
    path("join/", include("crm.equality.join_urls")),
    path("join/", include("crm.panels.join_urls")),
    path("listed/", include("crm.directory.my_urls")),
    path("coming/", include("engagement.forums.coming_urls")),
    path("felt/", include("engagement.coproduction.projects.felt_urls")),
    path("answers/", include("engagement.coproduction.telling.public_urls")),
    # Before the editor's own: its password form knows nothing of the second factor.
    path("cms/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path("cms/logout/", RedirectView.as_view(pattern_name="account_logout")),
    path("cms/", include(wagtailadmin_urls)),
    *(media if settings.SERVE_MEDIA else []),
    path("", include("cms.urls")),
    *language_patterns,
]

handler400 = errors.cannot_read
handler403 = errors.not_allowed
handler404 = public_errors.not_found
handler500 = public_errors.server_error
