"""Addresses of answers: who is due one, its words, how long it took."""

from django.urls import path

from engagement.coproduction.telling.views import public, tellings, words

urlpatterns = [
    path("answers/", tellings.TellingList.as_view(), name="tellings"),
    path("answers/draft/", tellings.DraftTellings.as_view(), name="draft-tellings"),
    path("answers/approve/", tellings.ApproveTellings.as_view(), name="approve-tellings"),
    path("answers/<uuid:pk>/", tellings.TellingPage.as_view(), name="telling"),
    path("answers/<uuid:pk>/excuse/", tellings.ExcuseTelling.as_view(), name="excuse-telling"),
    path("answers/<uuid:pk>/in-person/", tellings.TellInPerson.as_view(), name="tell-in-person"),
    path("reports/answers/", public.DaysPage.as_view(), name="days-to-answer"),
    path("you-said/", public.PublicLines.as_view(), name="you-said"),
    path("you-said/<uuid:pk>/take-off/", public.TakeLineOff.as_view(), name="take-line-off"),
    path("decisions/<uuid:pk>/publish/", public.PublishLine.as_view(), name="publish-line"),
    path("promises/<uuid:pk>/publish/", public.PublishPromise.as_view(), name="publish-promise"),
    path("public-promises/<uuid:pk>/take-off/", public.TakePromiseOff.as_view(), name="take-promise-off"),
    path("answer-words/<uuid:pk>/check/", words.CheckWords.as_view(), name="check-answer-words"),
    path("decisions/<uuid:pk>/words/", words.WordsPage.as_view(), name="decision-words"),
    path("decisions/<uuid:pk>/words/new/", words.AddWords.as_view(), name="word-decision"),
    path("outcomes/<uuid:pk>/words/", words.OutcomeWordsPage.as_view(), name="outcome-words"),
    path("outcomes/<uuid:pk>/words/new/", words.AddOutcomeWords.as_view(), name="word-outcome"),
]
