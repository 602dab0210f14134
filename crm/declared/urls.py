"""Addresses of declared communities."""

from django.urls import path

from crm.declared import views

urlpatterns = [
    path("people/<uuid:pk>/declared/", views.DeclaredPage.as_view(), name="declared-communities"),
    path("people/<uuid:pk>/declared/new/", views.AddDeclaration.as_view(), name="add-declaration"),
    path("declared-communities/<uuid:pk>/take-back/", views.TakeBack.as_view(), name="take-declaration-back"),
]
