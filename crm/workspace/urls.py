"""Addresses of home and help."""

from django.urls import path

from crm.workspace.views import Home, OpenPage

urlpatterns = [
    path("", Home.as_view(), name="home"),
    path("help/", OpenPage.as_view(template_name="workspace/help.html", title="Help"), name="help"),
    path(
        "accessibility/",
        OpenPage.as_view(template_name="workspace/accessibility.html", title="Accessibility statement"),
        name="accessibility",
    ),
    path("privacy/", OpenPage.as_view(template_name="workspace/privacy.html", title="Privacy"), name="privacy"),
]
