"""Addresses of who we hear from."""

from django.urls import path

from engagement.hearing import coverage_views, views

urlpatterns = [
    path("hearing/", views.HearingPage.as_view(), name="hearing"),
    path("hearing/quiet/", views.QuietPage.as_view(), name="quiet"),
    path("champions/coverage/", coverage_views.CoveragePage.as_view(), name="coverage"),
    path("hearing/export/", views.ExportHearing.as_view(), name="export-hearing"),
]
