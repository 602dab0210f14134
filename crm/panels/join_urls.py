"""Public addresses of recruitment: calls by their short address, and one's own application by its secret alone."""

from django.urls import path

from crm.panels.views import apply, recruitment

urlpatterns = [
    path("my/<str:secret>/", apply.MyApplication.as_view(), name="my-application"),
    path("my/<str:secret>/all/", apply.MyQuestions.as_view(), name="my-all-questions"),
    path("my/<str:secret>/balance/", apply.MyPoolQuestions.as_view(), name="my-pool-questions"),
    path("my/<str:secret>/check/", apply.MyCheck.as_view(), name="my-check"),
    path("my/<str:secret>/link/", apply.MyLink.as_view(), name="my-link"),
    path("my/<str:secret>/back/", apply.TakeBack.as_view(), name="my-take-back"),
    path("my/<str:secret>/offer/", apply.AnswerOffer.as_view(), name="my-offer"),
    path("my/<str:secret>/questions/<slug:key>/", apply.MyQuestion.as_view(), name="my-question"),
    path("<slug:slug>/", apply.Join.as_view(), name="join"),
    path("<slug:slug>/draw/", recruitment.PublicDraw.as_view(), name="join-draw"),
    path("<slug:slug>/draw.json", recruitment.PublicDrawFile.as_view(), name="join-draw-file"),
]
