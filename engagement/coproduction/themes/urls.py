"""Addresses of themes."""

from django.urls import path

from engagement.coproduction.themes import views

urlpatterns = [
    path("themes/", views.ThemeList.as_view(), name="themes"),
    path("themes/new/", views.AddTheme.as_view(), name="add-theme"),
    path("themes/<uuid:pk>/", views.ThemePage.as_view(), name="theme"),
    path("themes/<uuid:pk>/change/", views.ChangeTheme.as_view(), name="change-theme"),
    path("themes/<uuid:pk>/gather/", views.GatherPoints.as_view(), name="gather-points"),
    path("themes/<uuid:pk>/release/", views.ReleasePoints.as_view(), name="release-points"),
    path("themes/<uuid:pk>/split/", views.SplitTheme.as_view(), name="split-theme"),
    path("themes/<uuid:pk>/merge/", views.MergeTheme.as_view(), name="merge-theme"),
    path("themes/<uuid:pk>/nest/", views.NestTheme.as_view(), name="nest-theme"),
    path("themes/<uuid:pk>/close/", views.CloseTheme.as_view(), name="close-theme"),
    path("themes/<uuid:pk>/reopen/", views.ReopenTheme.as_view(), name="reopen-theme"),
    path("points/<uuid:pk>/themes/", views.PutIntoTheme.as_view(), name="put-into-theme"),
]
