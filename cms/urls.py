"""Addresses of the public site: each begins with its language."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import path, re_path
from wagtail.urls import serve_pattern

from cms.asking import Asked, AskForFormat, NotYet
from cms.looking import FindGroups, SearchSite
from cms.views import ChooseLanguage, FrontDoor, Paper, PublicSite
from cms.you_said import Promises, YouSaidLine

urlpatterns = [
    path("", FrontDoor.as_view(), name="public_front_door"),
]
# These go into the root, because an address that begins with its language cannot be included below another.
language_patterns = i18n_patterns(
    path("not-yet/<uuid:key>/", NotYet.as_view(), name="public_not_yet"),
    path("choose/<uuid:key>/", ChooseLanguage.as_view(), name="public_choose"),
    path("ask/<uuid:key>/", AskForFormat.as_view(), name="public_ask"),
    path("ask/<uuid:key>/<str:number>/", Asked.as_view(), name="public_asked"),
    path("groups/", FindGroups.as_view(), name="public_groups"),
    path("search/", SearchSite.as_view(), name="public_search"),
    path("paper/<uuid:key>/<slug:size>.pdf", Paper.as_view(), name="public_paper"),
    path("you-said/<uuid:pk>/", YouSaidLine.as_view(), name="public_you_said_line"),
    path("promises/", Promises.as_view(), name="public_promises"),
    # Wagtail looks its pages' addresses up by this name.
    re_path(serve_pattern, PublicSite.as_view(), name="wagtail_serve"),
)
