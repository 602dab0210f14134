"""Addresses of access arrangements."""

from django.urls import path

from engagement.forums.views import arrangements, arrangements_report

urlpatterns = [
    path("arrangements/", arrangements.ArrangementList.as_view(), name="arrangements"),
    path("reports/arrangements/", arrangements_report.ReportPage.as_view(), name="arrangements-report"),
    path("reports/arrangements/export/", arrangements_report.Export.as_view(), name="export-arrangements-report"),
    path("arrangements/<uuid:pk>/", arrangements.ArrangementPage.as_view(), name="arrangement"),
    path("arrangements/<uuid:pk>/book/", arrangements.BookArrangement.as_view(), name="book-arrangement"),
    path("arrangements/<uuid:pk>/confirm/", arrangements.ConfirmArrangement.as_view(), name="confirm-arrangement"),
    path("arrangements/<uuid:pk>/tell/", arrangements.TellArrangement.as_view(), name="tell-arrangement"),
    path("arrangements/<uuid:pk>/fall-through/", arrangements.ArrangementFell.as_view(), name="arrangement-fell"),
    path("arrangements/<uuid:pk>/drop/", arrangements.DropArrangement.as_view(), name="drop-arrangement"),
    path("arrangements/<uuid:pk>/note/", arrangements.NoteArrangement.as_view(), name="note-arrangement"),
    path("forums/<uuid:pk>/arrangements/", arrangements.ForumArrangements.as_view(), name="forum-arrangements"),
    path("forums/<uuid:pk>/ready/", arrangements.CallReady.as_view(), name="call-ready"),
]
