"""Addresses of the staff pages and of one's own keys, in the workspace."""

from django.urls import path

from crm.accounts import staff_views as views

urlpatterns = [
    path("staff/", views.StaffList.as_view(), name="staff"),
    path("staff/invite/", views.Invite.as_view(), name="invite"),
    path("staff/invitations/<uuid:key>/withdraw/", views.WithdrawInvitation.as_view(), name="withdraw_invitation"),
    path("staff/roles/<uuid:key>/end/", views.EndRole.as_view(), name="end_role"),
    path("staff/<uuid:key>/", views.Member.as_view(), name="member"),
    path("staff/<uuid:key>/close/", views.CloseAccount.as_view(), name="close_account"),
    path("staff/<uuid:key>/reopen/", views.ReopenAccount.as_view(), name="reopen_account"),
    path("staff/<uuid:key>/lost-phone/", views.LostPhone.as_view(), name="lost_phone"),
    path("staff/<uuid:key>/second-step/", views.TakeSecondStepAway.as_view(), name="take_second_step_away"),
    path("keys/", views.Keys.as_view(), name="keys"),
    path("keys/<uuid:key>/revoke/", views.RevokeKey.as_view(), name="revoke_key"),
]
