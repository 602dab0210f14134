"""Addresses of home, help, and the sheets printed before a visit."""

from django.urls import path

from crm.workspace.sheets import CommunitySheet, GroupSheet, PersonSheet
from crm.workspace.views import Home, OpenPage

urlpatterns = [
    path("people/<uuid:pk>/print/", PersonSheet.as_view(), name="print-person"),
    path("groups/<uuid:pk>/print/", GroupSheet.as_view(), name="print-group"),
    path("communities/<uuid:pk>/print/", CommunitySheet.as_view(), name="print-community"),
    path("", Home.as_view(), name="home"),
    path("help/", OpenPage.as_view(template_name="workspace/help.html", title="Help"), name="help"),
    path(
        "accessibility/",
        OpenPage.as_view(template_name="workspace/accessibility.html", title="Accessibility statement"),
        name="accessibility",
    ),
    path("privacy/", OpenPage.as_view(template_name="workspace/privacy.html", title="Privacy"), name="privacy"),
]
