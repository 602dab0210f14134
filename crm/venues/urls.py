"""Addresses of venues."""

from django.urls import path

from crm.venues import views

urlpatterns = [
    path("venues/", views.VenueList.as_view(), name="venues"),
    path("venues/new/", views.AddVenue.as_view(), name="add-venue"),
    path("venues/<uuid:pk>/", views.VenuePage.as_view(), name="venue"),
    path("venues/<uuid:pk>/change/", views.ChangeVenue.as_view(), name="change-venue"),
    path("venues/<uuid:pk>/facts/<slug:about>/", views.CheckVenue.as_view(), name="check-venue"),
]
