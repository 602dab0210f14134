"""Addresses of invitations in the workspace."""

from django.urls import path

from engagement.forums.views import invitations, letters

urlpatterns = [
    path("invitations/", invitations.InvitationList.as_view(), name="invitations"),
    path("invitations/<uuid:pk>/", invitations.InvitationPage.as_view(), name="invitation"),
    path("invitations/<uuid:pk>/answer/", invitations.RecordAnswer.as_view(), name="record-answer"),
    path("invitations/<uuid:pk>/link/", invitations.RenewLink.as_view(), name="renew-link"),
    path("invitations/<uuid:pk>/log/", invitations.LogWords.as_view(), name="log-what-was-said"),
    path("forums/<uuid:pk>/invite/", invitations.Invite.as_view(), name="invite"),
    path("forums/<uuid:pk>/hold-places/", invitations.HoldPlaces.as_view(), name="hold-places"),
    path("forums/<uuid:pk>/letters/", letters.LettersPage.as_view(), name="forum-letters"),
    path("forums/<uuid:pk>/poster/", letters.Poster.as_view(), name="forum-poster"),
    path("held-places/<uuid:pk>/release/", invitations.ReleasePlaces.as_view(), name="release-places"),
]
