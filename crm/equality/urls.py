"""Addresses of equality figures in the workspace."""

from django.urls import path

from crm.equality import views

urlpatterns = [path("recruitment/<uuid:pk>/equality/", views.EqualityPage.as_view(), name="call-equality")]
