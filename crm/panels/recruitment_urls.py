"""Addresses of recruitment in the workspace."""

from django.urls import path

from crm.panels.views import choosing, recruitment

urlpatterns = [
    path("recruitment/", recruitment.CallList.as_view(), name="calls"),
    path("recruitment/new/", recruitment.AddCall.as_view(), name="add-call"),
    path("recruitment/<uuid:pk>/", recruitment.CallPage.as_view(), name="call"),
    path("recruitment/<uuid:pk>/change/", recruitment.ChangeCall.as_view(), name="change-call"),
    path("recruitment/<uuid:pk>/open/", recruitment.OpenCall.as_view(), name="open-call"),
    path("recruitment/<uuid:pk>/close/", recruitment.CloseCall.as_view(), name="close-call"),
    path("recruitment/<uuid:pk>/finish/", recruitment.FinishCall.as_view(), name="finish-call"),
    path("recruitment/<uuid:pk>/draw/", recruitment.DrawPage.as_view(), name="call-draw"),
    path("recruitment/<uuid:pk>/pool/", recruitment.PoolFile.as_view(), name="call-pool"),
    path("recruitment/<uuid:pk>/draw.json", recruitment.DrawRecord.as_view(), name="call-draw-record"),
    path("recruitment/<uuid:pk>/enter/", choosing.EnterApplication.as_view(), name="enter-application"),
    path("applications/", choosing.ApplicationList.as_view(), name="applications"),
    path("applications/<uuid:pk>/", choosing.ApplicationPage.as_view(), name="application"),
    path("applications/<uuid:pk>/shortlist/", choosing.Shortlist.as_view(), name="shortlist"),
    path("applications/<uuid:pk>/decide/", choosing.Decide.as_view(), name="decide-application"),
    path("applications/<uuid:pk>/offer/", choosing.OfferAnswer.as_view(), name="offer-answer"),
    path("applications/<uuid:pk>/close/", choosing.CloseOffer.as_view(), name="close-offer"),
    path("applications/<uuid:pk>/place/", choosing.GivePlace.as_view(), name="give-place"),
    path("applications/<uuid:pk>/recording/", choosing.Recording.as_view(), name="recording"),
]
