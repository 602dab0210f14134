"""Addresses of frameworks."""

from django.urls import path

from engagement.coproduction.frameworks import views

urlpatterns = [
    path("frameworks/", views.FrameworkList.as_view(), name="frameworks"),
    path("frameworks/new/", views.AddFramework.as_view(), name="add-framework"),
    path("frameworks/<uuid:pk>/", views.FrameworkPage.as_view(), name="framework"),
    path("frameworks/<uuid:pk>/end/", views.EndFramework.as_view(), name="end-framework"),
]
