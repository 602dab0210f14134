"""Addresses of the thread."""

from django.urls import path

from engagement.coproduction.thread import views

urlpatterns = [
    path("thread/", views.HowFar.as_view(), name="how-far"),
    path("thread/<slug:kind>/<uuid:pk>/", views.Thread.as_view(), name="thread"),
    path("thread/<slug:kind>/<uuid:pk>/export/", views.ExportThread.as_view(), name="export-thread"),
]
