"""Addresses of people."""

from django.urls import path

from crm.people import views

urlpatterns = [
    path("people/", views.PersonList.as_view(), name="people"),
    path("people/new/", views.AddPerson.as_view(), name="add-person"),
    path("people/<uuid:pk>/", views.PersonPage.as_view(), name="person"),
    path("people/<uuid:pk>/change/", views.ChangePerson.as_view(), name="change-person"),
]
