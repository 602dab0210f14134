"""Addresses of projects."""

from django.urls import path

from engagement.coproduction.projects.views import people, projects

urlpatterns = [
    path("projects/", projects.ProjectList.as_view(), name="projects"),
    path("projects/new/", projects.OpenProject.as_view(), name="open-project"),
    path("projects/<uuid:pk>/", projects.ProjectPage.as_view(), name="project"),
    path("projects/<uuid:pk>/change/", projects.ChangeProject.as_view(), name="change-project"),
    path("projects/<uuid:pk>/level/", projects.DeclareLevel.as_view(), name="declare-level"),
    path("projects/<uuid:pk>/stage/", projects.MoveProject.as_view(), name="move-project"),
    path("projects/<uuid:pk>/close/", projects.CloseProject.as_view(), name="close-project"),
    path("projects/<uuid:pk>/ask/", people.AskHowItFelt.as_view(), name="ask-how-it-felt"),
    path("felt-rounds/<uuid:pk>/links/", people.FeltLinks.as_view(), name="felt-links"),
    path("felt-rounds/<uuid:pk>/letters/", people.FeltLetters.as_view(), name="felt-letters"),
    path("felt-rounds/<uuid:pk>/letters/send/", people.SendFeltLetters.as_view(), name="send-felt-letters"),
    path("project-people/<uuid:pk>/leave/", people.LeaveProject.as_view(), name="leave-project"),
    path("people/<uuid:pk>/projects/new/", people.TakePart.as_view(), name="take-part"),
]
