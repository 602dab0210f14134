"""The address of a group's own link."""

from django.urls import path

from crm.directory.views.mine import MyEntry

urlpatterns = [path("my/<str:secret>/", MyEntry.as_view(), name="my-entry")]
