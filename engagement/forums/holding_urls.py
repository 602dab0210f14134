"""Addresses of forums that take place: the desk, who came, what was said, closing."""

from django.urls import path

from engagement.forums.views import barriers, capturing, day, holding, notes

urlpatterns = [
    path("forums/<uuid:pk>/hold/", holding.HoldForum.as_view(), name="hold-forum"),
    path("forums/<uuid:pk>/not-held/", holding.TakeBackHeld.as_view(), name="take-back-held"),
    path("forums/<uuid:pk>/desk/", holding.Desk.as_view(), name="desk"),
    path("forums/<uuid:pk>/desk/walk-in/", holding.WalkIn.as_view(), name="walk-in"),
    path("forums/<uuid:pk>/desk/heads/", holding.CountHeads.as_view(), name="count-heads"),
    path("forums/<uuid:pk>/run-sheet/", day.RunSheetPage.as_view(), name="run-sheet"),
    path("forums/<uuid:pk>/run-sheet/change/", day.PrepareDay.as_view(), name="prepare-day"),
    path("invitations/<uuid:pk>/meeting/", day.SetMeeting.as_view(), name="set-meeting"),
    path("invitations/<uuid:pk>/letter-form/", day.ChooseLetterForm.as_view(), name="letter-form"),
    path("forums/<uuid:pk>/capture/", capturing.CapturePage.as_view(), name="capture"),
    path("forums/<uuid:pk>/close/", holding.CloseForum.as_view(), name="close-forum"),
    path("forums/<uuid:pk>/notes/", notes.NotesPage.as_view(), name="forum-notes"),
    path("forums/<uuid:pk>/notes/write/", notes.WriteNotes.as_view(), name="write-notes"),
    path("forums/<uuid:pk>/next/", notes.WhatIsNext.as_view(), name="what-is-next"),
    path("forums/<uuid:pk>/thanks/", notes.ThanksPage.as_view(), name="thanks"),
    path("notes/<uuid:pk>/check/", notes.CheckNotes.as_view(), name="check-notes"),
    path("notes/<uuid:pk>/publish/", notes.PublishNotes.as_view(), name="publish-notes"),
    path("reports/barriers/", barriers.BarriersPage.as_view(), name="barriers-report"),
    path("reports/barriers/export/", barriers.ExportBarriers.as_view(), name="export-barriers-report"),
    path("attendances/<uuid:pk>/change/", holding.OneAttendance.as_view(), name="change-attendance"),
    path("captured/<uuid:pk>/change/", capturing.ChangeCaptured.as_view(), name="change-captured"),
    path("captured/<uuid:pk>/drop/", capturing.DropCaptured.as_view(), name="drop-captured"),
]
