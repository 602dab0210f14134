"""Addresses of forums, their series and their jobs."""

from django.urls import path

from engagement.forums.views import forums, jobs, plan

urlpatterns = [
    path("forums/", forums.ForumList.as_view(), name="forums"),
    path("forums/new/", plan.PlanForum.as_view(), name="plan-forum"),
    path("forums/<uuid:pk>/", forums.ForumPage.as_view(), name="forum"),
    path("forums/<uuid:pk>/plan/when/", plan.PlanWhen.as_view(), name="plan-when"),
    path("forums/<uuid:pk>/plan/access/", plan.PlanAccess.as_view(), name="plan-access"),
    path("forums/<uuid:pk>/plan/invite/", plan.PlanInvite.as_view(), name="plan-invite"),
    path("forums/<uuid:pk>/change/", plan.ChangeForum.as_view(), name="change-forum"),
    path("forums/<uuid:pk>/move/", forums.MoveForum.as_view(), name="move-forum"),
    path("forums/<uuid:pk>/skip/", forums.SkipDate.as_view(), name="skip-date"),
    path("forums/<uuid:pk>/open/", forums.OpenForum.as_view(), name="open-forum"),
    path("forums/<uuid:pk>/cancel/", forums.CancelForum.as_view(), name="cancel-forum"),
    path("series/", forums.SeriesList.as_view(), name="series"),
    path("series/<uuid:pk>/", forums.SeriesPage.as_view(), name="one-series"),
    path("series/<uuid:pk>/bring-back/", forums.BringBackDate.as_view(), name="bring-back-date"),
    path("series/<uuid:pk>/end/", forums.EndSeries.as_view(), name="end-series"),
    path("jobs/", jobs.JobList.as_view(), name="jobs"),
    path("jobs/<uuid:pk>/finish/", jobs.FinishJob.as_view(), name="finish-job"),
    path("jobs/<uuid:pk>/give/", jobs.GiveJob.as_view(), name="give-job"),
]
