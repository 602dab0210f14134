"""Addresses of the log."""

urlpatterns: list[object] = []
