"""Addresses of people."""

from django.urls import path

from crm.people import around_views, lost, views

urlpatterns = [
    path("people/", views.PersonList.as_view(), name="people"),
    path("people/new/", views.AddPerson.as_view(), name="add-person"),
    path("people/nobody-reads/", lost.LostPeople.as_view(), name="lost-people"),
    path("people/<uuid:pk>/reader/", lost.NameReaderOfPerson.as_view(), name="name-reader-of-person"),
    path("people/<uuid:pk>/", views.PersonPage.as_view(), name="person"),
    path("people/<uuid:pk>/change/", views.ChangePerson.as_view(), name="change-person"),
    path("people/<uuid:pk>/supporters/new/", around_views.AddSupporter.as_view(), name="add-supporter"),
    path("people/<uuid:pk>/intermediaries/new/", around_views.AddIntermediary.as_view(), name="add-intermediary"),
    path("supporters/<uuid:pk>/change/", around_views.ChangeSupporter.as_view(), name="change-supporter"),
    path("supporters/<uuid:pk>/end/", around_views.EndSupporter.as_view(), name="end-supporter"),
    path("intermediaries/<uuid:pk>/change/", around_views.ChangeIntermediary.as_view(), name="change-intermediary"),
    path("intermediaries/<uuid:pk>/end/", around_views.EndIntermediary.as_view(), name="end-intermediary"),
]
