"""Addresses of groups."""

from django.urls import path

from crm.organisations.views import groups, offers

urlpatterns = [
    path("groups/", groups.GroupList.as_view(), name="groups"),
    path("groups/new/", groups.AddGroup.as_view(), name="add-group"),
    path("groups/<uuid:pk>/", groups.GroupPage.as_view(), name="group"),
    path("groups/<uuid:pk>/change/", groups.ChangeGroup.as_view(), name="change-group"),
    path("groups/<uuid:pk>/confirm/", offers.ConfirmGroup.as_view(), name="confirm-group"),
    path("groups/<uuid:pk>/services/new/", offers.AddService.as_view(), name="add-service"),
    path("groups/<uuid:pk>/support/new/", offers.AddSupportGiven.as_view(), name="add-support-given"),
    path("services/", offers.ServiceList.as_view(), name="services"),
    path("services/<uuid:pk>/", offers.ServicePage.as_view(), name="service"),
    path("services/<uuid:pk>/change/", offers.ChangeService.as_view(), name="change-service"),
    path("services/<uuid:pk>/confirm/", offers.SettleService.as_view(), name="confirm-service"),
    path("services/<uuid:pk>/end/", offers.EndService.as_view(), name="end-service"),
    path("support-given/", offers.SupportGivenList.as_view(), name="support-given"),
    path("support-given/<uuid:pk>/change/", offers.ChangeSupportGiven.as_view(), name="change-support-given"),
]
