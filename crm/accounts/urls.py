"""Signing in and the account's own pages.

What stands before allauth's own addresses replaces them: nobody signs up, e-mail addresses do not change, and adding a
second factor marks the session as opened with one.
"""

from django.urls import include, path, re_path

from crm.accounts import views

urlpatterns = [
    path("", views.AccountHome.as_view(), name="account_home"),
    path("invitation/<str:secret>/", views.TakeUpInvitation.as_view(), name="invitation"),
    path("signup/", views.Closed.as_view(), name="account_signup"),
    path("email/", views.Closed.as_view(), name="account_email"),
    re_path(r"^confirm-email/", views.Closed.as_view()),
    path("2fa/totp/activate/", views.ActivateApp.as_view(), name="mfa_activate_totp"),
    path("2fa/webauthn/add/", views.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("", include("allauth.urls")),
]
