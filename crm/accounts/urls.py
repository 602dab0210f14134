"""Signing in and the account's own pages."""

from django.urls import include, path
from django.views.generic import RedirectView

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="account_change_password"), name="account_home"),
    path("", include("allauth.urls")),
]
