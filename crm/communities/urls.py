"""Addresses of communities."""

from django.urls import path

from crm.communities import views

urlpatterns = [
    path("communities/", views.CommunityList.as_view(), name="communities"),
    path("communities/new/", views.AddCommunity.as_view(), name="add-community"),
    path("communities/<uuid:pk>/", views.CommunityPage.as_view(), name="community"),
    path("communities/<uuid:pk>/change/", views.ChangeCommunity.as_view(), name="change-community"),
    path("communities/<uuid:pk>/good-to-know/", views.NoteGoodToKnow.as_view(), name="note-good-to-know"),
]
