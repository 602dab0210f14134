"""Public addresses of forums: one that is open to anybody by its id, and one's own invitation by its secret alone."""

from django.urls import path

from engagement.forums.views import answers, anybody

urlpatterns = [
    path("my/<str:secret>/", answers.MyInvitation.as_view(), name="my-invitation"),
    path("my/<str:secret>/all/", answers.MyAnswers.as_view(), name="my-answers"),
    path("my/<str:secret>/forum.ics", answers.MyCalendar.as_view(), name="my-forum-calendar"),
    path("my/<str:secret>/questions/<slug:key>/", answers.MyAnswer.as_view(), name="my-answer"),
    path("series/<uuid:series>/", anybody.SeriesForAnybody.as_view(), name="series-for-anybody"),
    path("<uuid:pk>/", anybody.ForumForAnybody.as_view(), name="forum-for-anybody"),
]
