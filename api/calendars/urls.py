"""Addresses of calendars."""

from django.urls import path

from api.calendars import views

urlpatterns = [
    path("forum/<uuid:pk>.ics", views.OneForum.as_view(), name="forum-calendar"),
    path("my/<str:secret>.ics", views.PrivateCalendar.as_view(), name="private-calendar"),
    path("<slug:way>/<str:key>.ics", views.PublicCalendar.as_view(), name="public-calendar"),
]
