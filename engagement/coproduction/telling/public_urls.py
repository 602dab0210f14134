"""Public addresses of answers: by the secret of the link alone."""

from django.urls import path

from engagement.coproduction.telling.views import helped

urlpatterns = [path("my/<str:secret>/", helped.Helped.as_view(), name="answer-helped")]
