"""Addresses of who we hear from."""

from django.urls import path

from engagement.hearing import views

urlpatterns = [
    path("hearing/", views.HearingPage.as_view(), name="hearing"),
    path("hearing/quiet/", views.QuietPage.as_view(), name="quiet"),
    path("hearing/export/", views.ExportHearing.as_view(), name="export-hearing"),
]
