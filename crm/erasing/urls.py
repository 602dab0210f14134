"""Addresses of requests to be erased."""

from django.urls import path

from crm.erasing import views

urlpatterns = [
    path("people/<uuid:pk>/erase/", views.AskToErase.as_view(), name="ask-to-erase"),
    path("erasures/", views.ErasureList.as_view(), name="erasures"),
    path("erasures/<uuid:pk>/decide/", views.DecideErasure.as_view(), name="decide-erasure"),
]
