"""Signing in and the account's own pages.

What stands before allauth's own addresses replaces them: nobody signs up, e-mail addresses do not change, whatever
changes how somebody signs in is audited, and adding a second factor marks the session as opened with one.
"""

from django.urls import include, path, re_path

from crm.accounts import factor_views, views

urlpatterns = [
    path("", views.AccountHome.as_view(), name="account_home"),
    path("invitation/<str:secret>/", views.TakeUpInvitation.as_view(), name="invitation"),
    path("signup/", views.Closed.as_view(), name="account_signup"),
    path("email/", views.Closed.as_view(), name="account_email"),
    re_path(r"^confirm-email/", views.Closed.as_view()),
    path("password/change/", factor_views.ChangePassword.as_view(), name="account_change_password"),
    path("password/set/", factor_views.ChoosePassword.as_view(), name="account_set_password"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        factor_views.ResetPassword.as_view(),
        name="account_reset_password_from_key",
    ),
    path("2fa/", factor_views.SecondStep.as_view(), name="mfa_index"),
    path("2fa/totp/activate/", factor_views.ActivateApp.as_view(), name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", factor_views.RemoveApp.as_view(), name="mfa_deactivate_totp"),
    path("2fa/webauthn/add/", factor_views.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("2fa/webauthn/keys/<int:pk>/remove/", factor_views.RemovePasskey.as_view(), name="mfa_remove_webauthn"),
    path("2fa/recovery-codes/", factor_views.BackupCodes.as_view(), name="mfa_view_recovery_codes"),
    path("2fa/recovery-codes/generate/", factor_views.MakeBackupCodes.as_view(), name="mfa_generate_recovery_codes"),
    path("", include("allauth.urls")),
]
