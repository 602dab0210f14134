"""Addresses of messages and letters."""

from django.urls import path

from crm.sending import letter_views, views

urlpatterns = [
    path("sending/", views.MessageList.as_view(), name="messages"),
    path("sending/<uuid:pk>/", views.MessagePage.as_view(), name="message"),
    path("sending/<uuid:pk>/send/", views.SendIt.as_view(), name="send-message"),
    path("sending/<uuid:pk>/withdraw/", views.Withdraw.as_view(), name="withdraw-message"),
    path("sending/<uuid:pk>/went-out/", views.ItWentOut.as_view(), name="message-went-out"),
    path("sending/<uuid:pk>/again/", views.SendAgain.as_view(), name="message-again"),
    path("sending/<uuid:pk>/posted/", views.Posted.as_view(), name="message-posted"),
    path("sending/<uuid:pk>/letter/", views.LetterPage.as_view(), name="message-letter"),
    path("sending/<uuid:pk>/phone/", views.PhoneSheet.as_view(), name="message-phone"),
    path("people/<uuid:pk>/write/", views.WriteToPerson.as_view(), name="write-to-person"),
    path("letters/", letter_views.LetterList.as_view(), name="letters"),
    path("letters/<uuid:pk>/", letter_views.LetterTemplatePage.as_view(), name="letter"),
    path("letters/<uuid:pk>/words/", letter_views.AddWords.as_view(), name="letter-words"),
    path("letters/versions/<uuid:pk>/check/", letter_views.CheckWords.as_view(), name="check-letter"),
]
