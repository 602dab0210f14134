"""Addresses of the API, version 1."""

from django.urls import path, re_path

from api.docs import ApiPage, SchemaFile
from api.nowhere import NotHere
from api.v1 import (
    areas,
    communities,
    community_facts,
    event_verbs,
    events,
    organisations,
    people,
    points,
    promises,
    topics,
)

app_name = "api"
urlpatterns = [
    path("", ApiPage.as_view(), name="docs"),
    path("schema/", SchemaFile.as_view(), name="schema"),
    path("schema.json", SchemaFile.as_view(form="json"), name="schema-json"),
    path("engagement-events/", events.Events.as_view(), name="events"),
    path("engagement-events/<uuid:pk>/", events.Event.as_view(), name="event"),
    path("engagement-events/<uuid:pk>/withdraw/", event_verbs.Withdraw.as_view()),
    path("engagement-events/<uuid:pk>/restrict/", event_verbs.Restrict.as_view()),
    path("engagement-events/<uuid:pk>/pass-on-safeguarding/", event_verbs.PassOnSafeguarding.as_view()),
    path("points/", points.Points.as_view(), name="points"),
    path("points/search/", points.PointSearch.as_view()),
    path("points/<uuid:pk>/", points.PointItem.as_view(), name="point"),
    path("promises/", promises.Promises.as_view(), name="promises"),
    path("promises/<uuid:pk>/", promises.PromiseItem.as_view(), name="promise"),
    path("promises/<uuid:pk>/keep/", promises.Keep.as_view()),
    path("promises/<uuid:pk>/change/", promises.Change.as_view()),
    path("promises/<uuid:pk>/break/", promises.Break.as_view()),
    path("promises/<uuid:pk>/withdraw/", promises.WithdrawPromise.as_view()),
    path("people/", people.People.as_view(), name="people"),
    path("people/search/", people.PeopleSearch.as_view()),
    path("people/<uuid:pk>/", people.PersonItem.as_view(), name="person"),
    path("organisations/", organisations.Organisations.as_view(), name="organisations"),
    path("organisations/search/", organisations.OrganisationSearch.as_view()),
    path("organisations/<uuid:pk>/", organisations.OrganisationItem.as_view(), name="organisation"),
    path("organisations/<uuid:pk>/contacts/", events.GroupContacts.as_view(), name="group-contacts"),
    path("communities/", communities.Communities.as_view(), name="communities"),
    path("communities/<uuid:pk>/", communities.CommunityItem.as_view(), name="community"),
    path("communities/<uuid:pk>/good-to-know/", communities.GoodToKnow.as_view()),
    path("communities/<uuid:pk>/merge/", communities.Merge.as_view()),
    path("community-facts/", community_facts.CommunityFacts.as_view(), name="community-facts"),
    path("community-facts/<uuid:pk>/", community_facts.CommunityFactItem.as_view(), name="community-fact"),
    path("community-facts/<uuid:pk>/correct/", community_facts.CorrectFact.as_view()),
    path("community-facts/<uuid:pk>/end/", community_facts.EndFact.as_view()),
    path("topics/", topics.Topics.as_view(), name="topics"),
    path("topics/<uuid:pk>/", topics.TopicItem.as_view(), name="topic"),
    path("areas/", areas.Areas.as_view(), name="areas"),
    path("areas/<uuid:pk>/", areas.AreaItem.as_view(), name="area"),
    re_path("", NotHere.as_view(), name="not-here"),
]
