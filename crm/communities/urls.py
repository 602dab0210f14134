"""Addresses of communities."""

from django.urls import path

from crm.communities.views import communities, facts, merging

urlpatterns = [
    path("communities/", communities.CommunityList.as_view(), name="communities"),
    path("communities/new/", communities.AddCommunity.as_view(), name="add-community"),
    path("communities/<uuid:pk>/", communities.CommunityPage.as_view(), name="community"),
    path("communities/<uuid:pk>/change/", communities.ChangeCommunity.as_view(), name="change-community"),
    path("communities/<uuid:pk>/good-to-know/", communities.NoteGoodToKnow.as_view(), name="note-good-to-know"),
    path("communities/<uuid:pk>/merge/", merging.MergeCommunity.as_view(), name="merge-community"),
    path("communities/<uuid:pk>/facts/new/", facts.AddFact.as_view(), name="add-community-fact"),
    path("community-facts/<uuid:pk>/correct/", facts.CorrectFact.as_view(), name="correct-community-fact"),
    path("community-facts/<uuid:pk>/end/", facts.EndFact.as_view(), name="end-community-fact"),
]
