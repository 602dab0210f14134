"""Addresses of access needs."""

from django.urls import path

from crm.access import no_need_views, type_views, views

urlpatterns = [
    path("access-needs/", views.NeedList.as_view(), name="access-needs"),
    path("access-needs/<uuid:pk>/", views.NeedPage.as_view(), name="access-need"),
    path("access-needs/<uuid:pk>/change/", views.ChangeNeed.as_view(), name="change-need"),
    path("access-needs/<uuid:pk>/review/", views.ReviewNeed.as_view(), name="review-need"),
    path("access-needs/<uuid:pk>/share/", views.ShareNeed.as_view(), name="share-need"),
    path("access-needs/<uuid:pk>/end/", views.EndNeed.as_view(), name="end-need"),
    path("people/<uuid:pk>/needs/new/", views.AddNeed.as_view(), name="add-need"),
    path("people/<uuid:pk>/needs/nothing/", no_need_views.NoteNoNeed.as_view(), name="note-no-need"),
    path("no-needs/<uuid:pk>/take-back/", no_need_views.TakeBackNoNeed.as_view(), name="take-back-no-need"),
    path("need-types/", type_views.NeedTypeList.as_view(), name="need-types"),
    path("need-types/new/", type_views.AddNeedType.as_view(), name="add-need-type"),
    path("need-types/<uuid:pk>/change/", type_views.ChangeNeedType.as_view(), name="change-need-type"),
]
