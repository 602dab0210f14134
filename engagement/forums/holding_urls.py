"""Addresses of forums that take place: the desk, who came, what was said, closing."""

from django.urls import path

from engagement.forums.views import capturing, holding

urlpatterns = [
    path("forums/<uuid:pk>/hold/", holding.HoldForum.as_view(), name="hold-forum"),
    path("forums/<uuid:pk>/desk/", holding.Desk.as_view(), name="desk"),
    path("forums/<uuid:pk>/desk/walk-in/", holding.WalkIn.as_view(), name="walk-in"),
    path("forums/<uuid:pk>/desk/heads/", holding.CountHeads.as_view(), name="count-heads"),
    path("forums/<uuid:pk>/capture/", capturing.CapturePage.as_view(), name="capture"),
    path("forums/<uuid:pk>/close/", holding.CloseForum.as_view(), name="close-forum"),
    path("attendances/<uuid:pk>/change/", holding.OneAttendance.as_view(), name="change-attendance"),
    path("captured/<uuid:pk>/change/", capturing.ChangeCaptured.as_view(), name="change-captured"),
    path("captured/<uuid:pk>/drop/", capturing.DropCaptured.as_view(), name="drop-captured"),
]
