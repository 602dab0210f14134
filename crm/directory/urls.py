"""Addresses of the public directory in the workspace."""

from django.urls import path

from crm.directory.views import champions, entries

urlpatterns = [
    path("directory/", entries.EntryList.as_view(), name="directory"),
    path("directory/<uuid:pk>/", entries.EntryPage.as_view(), name="directory-entry"),
    path("directory/<uuid:pk>/change/", entries.ChangeEntry.as_view(), name="change-entry"),
    path("directory/<uuid:pk>/confirm/", entries.ConfirmEntry.as_view(), name="confirm-entry"),
    path("directory/<uuid:pk>/off/", entries.TakeEntryOff.as_view(), name="take-entry-off"),
    path("directory/<uuid:pk>/link/", entries.MakeEntryLink.as_view(), name="make-entry-link"),
    path("directory/corrections/<uuid:pk>/", entries.SettleCorrection.as_view(), name="settle-correction"),
    path("groups/<uuid:pk>/directory/", entries.ListGroup.as_view(), name="list-group"),
    path("champions/<uuid:pk>/words/", champions.PublishWords.as_view(), name="publish-champion-words"),
    path("champions/<uuid:pk>/words/off/", champions.TakeWordsOff.as_view(), name="take-champion-words-off"),
]
