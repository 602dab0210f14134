"""Addresses of purposes, permission and stopping."""

from django.urls import path

from crm.privacy import views

urlpatterns = [
    path("people/stopped/", views.StoppedPeople.as_view(), name="stopped-people"),
    path("people/<uuid:pk>/privacy/", views.PrivacyPage.as_view(), name="privacy-of"),
    path("people/<uuid:pk>/privacy/told/", views.AddNotice.as_view(), name="add-notice"),
    path("people/<uuid:pk>/privacy/permission/", views.AddPermission.as_view(), name="add-permission"),
    path("people/<uuid:pk>/privacy/objection/", views.AddObjection.as_view(), name="add-objection"),
    path("people/<uuid:pk>/privacy/stop/", views.StopRecord.as_view(), name="stop-record"),
    path("permissions/<uuid:pk>/take-back/", views.TakePermissionBack.as_view(), name="take-permission-back"),
    path("objections/<uuid:pk>/decide/", views.DecideObjection.as_view(), name="decide-objection"),
    path("restrictions/<uuid:pk>/lift/", views.LiftRestriction.as_view(), name="lift-restriction"),
    path("purposes/", views.PurposeList.as_view(), name="purposes"),
    path("purposes/new/", views.AddPurpose.as_view(), name="add-purpose"),
    path("purposes/<uuid:pk>/change/", views.ChangePurpose.as_view(), name="change-purpose"),
]
