"""Addresses of panels, their seats and members."""

from django.urls import path

from crm.panels.views import members, panels

urlpatterns = [
    path("panels/", panels.PanelList.as_view(), name="panels"),
    path("panels/new/", panels.AddPanel.as_view(), name="add-panel"),
    path("panels/table/", panels.TablePage.as_view(), name="table"),
    path("panels/<uuid:pk>/", panels.PanelPage.as_view(), name="panel"),
    path("panels/<uuid:pk>/change/", panels.ChangePanel.as_view(), name="change-panel"),
    path("panels/<uuid:pk>/nature/", panels.ChangeNature.as_view(), name="change-panel-nature"),
    path("panels/<uuid:pk>/end/", panels.EndPanel.as_view(), name="end-panel"),
    path("panels/<uuid:pk>/seats/new/", panels.AddSeat.as_view(), name="add-seat"),
    path("seats/<uuid:pk>/change/", panels.ChangeSeat.as_view(), name="change-seat"),
    path("seats/<uuid:pk>/end/", panels.EndSeat.as_view(), name="end-seat"),
    path("people/<uuid:pk>/panels/new/", members.AddMembership.as_view(), name="add-membership"),
    path("memberships/<uuid:pk>/", members.MembershipPage.as_view(), name="membership"),
    path("memberships/<uuid:pk>/change/", members.ChangeMembership.as_view(), name="change-membership"),
    path("memberships/<uuid:pk>/leave/", members.LeavePanel.as_view(), name="leave-panel"),
    path("memberships/<uuid:pk>/note/", members.NoteAboutMember.as_view(), name="note-about-member"),
]
