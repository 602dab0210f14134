"""Addresses of champions."""

from django.urls import path

from crm.champions import governing_views, views

urlpatterns = [
    path("champions/", views.ChampionList.as_view(), name="champions"),
    path("champions/new/", views.AppointChampion.as_view(), name="appoint-champion"),
    path("champions/<uuid:pk>/", views.AppointmentPage.as_view(), name="champion"),
    path("champions/<uuid:pk>/change/", views.ChangeAppointment.as_view(), name="change-appointment"),
    path("champions/<uuid:pk>/end/", views.EndAppointment.as_view(), name="end-appointment"),
    path("champions/<uuid:pk>/hand-over/", views.HandOver.as_view(), name="hand-over"),
    path("champions/<uuid:pk>/learning/new/", views.AddLearning.as_view(), name="add-learning"),
    path("governance-roles/", governing_views.GovernanceRoleList.as_view(), name="governance-roles"),
    path("governance-roles/<uuid:pk>/", governing_views.GovernanceRolePage.as_view(), name="governance-role"),
    path(
        "governance-roles/<uuid:pk>/change/",
        governing_views.ChangeGovernanceRole.as_view(),
        name="change-governance-role",
    ),
    path("governance-roles/<uuid:pk>/end/", governing_views.EndGovernanceRole.as_view(), name="end-governance-role"),
    path("governance-roles/<uuid:pk>/influences/new/", governing_views.NoteInfluence.as_view(), name="note-influence"),
    path(
        "people/<uuid:pk>/governance-roles/new/",
        governing_views.AddGovernanceRole.as_view(),
        name="add-governance-role",
    ),
]
