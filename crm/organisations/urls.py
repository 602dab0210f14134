"""Addresses of groups."""

from django.urls import path

from crm.organisations import views

urlpatterns = [
    path("groups/", views.GroupList.as_view(), name="groups"),
    path("groups/new/", views.AddGroup.as_view(), name="add-group"),
    path("groups/<uuid:pk>/", views.GroupPage.as_view(), name="group"),
    path("groups/<uuid:pk>/change/", views.ChangeGroup.as_view(), name="change-group"),
]
