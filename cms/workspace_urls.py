"""Addresses of the workspace that are about the public site."""

from django.urls import path

from cms import version_views as views

urlpatterns = [
    path("versions/", views.VersionsPage.as_view(), name="versions"),
    path("versions/<int:page>/check/", views.SignOff.as_view(), name="sign-off-version"),
]
