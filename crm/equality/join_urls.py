"""Public addresses of the equality questions, by the secret of an application alone."""

from django.urls import path

from crm.equality import views

urlpatterns = [
    path("my/<str:secret>/equality/", views.EqualityStart.as_view(), name="my-equality"),
    path("my/<str:secret>/equality/questions/", views.EqualityQuestions.as_view(), name="my-equality-questions"),
]
