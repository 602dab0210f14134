"""Addresses of whether needs were met, and of the report."""

from django.urls import path

from engagement.needs import views

urlpatterns = [
    path("contacts/<uuid:pk>/needs/<uuid:need>/", views.NeedAtContact.as_view(), name="need-at-contact"),
    path("contacts/<uuid:pk>/needs/<uuid:need>/met/", views.NeedMet.as_view(), name="need-met"),
    path("access-needs/<uuid:pk>/messages/new/", views.NeedInMessage.as_view(), name="need-in-message"),
    path("reports/access/", views.AccessReportPage.as_view(), name="access-report"),
    path("reports/access/export/", views.ExportAccessReport.as_view(), name="export-access-report"),
]
