"""Addresses of decisions and outcomes."""

from django.urls import path

from engagement.coproduction.decisions.views import decisions, outcomes

urlpatterns = [
    path("decisions/", decisions.DecisionList.as_view(), name="decisions"),
    path("decisions/new/", decisions.RecordDecision.as_view(), name="record-decision"),
    path("decisions/<uuid:pk>/", decisions.DecisionPage.as_view(), name="decision"),
    path("decisions/<uuid:pk>/correct/", decisions.CorrectDecision.as_view(), name="correct-decision"),
    path("decisions/<uuid:pk>/withdraw/", decisions.WithdrawDecision.as_view(), name="withdraw-decision"),
    path("decisions/<uuid:pk>/outcomes/new/", outcomes.RecordOutcome.as_view(), name="record-outcome"),
    path("outcomes/", outcomes.OutcomeList.as_view(), name="outcomes"),
    path("outcomes/<uuid:pk>/", outcomes.OutcomePage.as_view(), name="outcome"),
    path("outcomes/<uuid:pk>/correct/", outcomes.CorrectOutcome.as_view(), name="correct-outcome"),
    path("outcomes/<uuid:pk>/check/", outcomes.CheckOutcome.as_view(), name="check-outcome"),
    path("outcomes/<uuid:pk>/finish/", outcomes.FinishOutcome.as_view(), name="finish-outcome"),
    path("outcomes/<uuid:pk>/withdraw/", outcomes.WithdrawOutcome.as_view(), name="withdraw-outcome"),
]
