"""The public address where somebody says how it felt, by the secret of a one-time link alone."""

from django.urls import path

from engagement.coproduction.projects.views.felt import Felt

urlpatterns = [path("<str:secret>/", Felt.as_view(), name="felt")]
