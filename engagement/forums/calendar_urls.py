"""Addresses of the pages about calendars."""

from django.urls import path

from engagement.forums.views import calendars

urlpatterns = [
    path("calendars/", calendars.Calendars.as_view(), name="calendars"),
    path("calendar-links/<uuid:pk>/end/", calendars.EndCalendarLink.as_view(), name="end-calendar"),
    path("people/<uuid:pk>/calendar/", calendars.PersonCalendar.as_view(), name="person-calendar"),
]
