"""Addresses of requests for other formats."""

from django.urls import path

from engagement.formats import views

urlpatterns = [
    path("format-requests/", views.FormatRequestList.as_view(), name="format-requests"),
    path("format-requests/new/", views.AddFormatRequest.as_view(), name="add-format-request"),
    path("format-requests/<uuid:pk>/", views.FormatRequestPage.as_view(), name="format-request"),
    path("format-requests/<uuid:pk>/answer/", views.AnswerFormatRequest.as_view(), name="answer-format-request"),
    path("format-requests/<uuid:pk>/give/", views.GiveFormatRequest.as_view(), name="give-format-request"),
]
