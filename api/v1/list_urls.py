"""Addresses of the lists that other records are chosen from: their ids stand in what is sent."""

from django.urls import path

from api.v1 import areas, colleagues, jobs, kept_lists, languages, need_types, purposes

CHOSEN_FROM = [
    path("topics/", kept_lists.Topics.as_view(), name="topics"),
    path("topics/<uuid:pk>/", kept_lists.TopicItem.as_view(), name="topic"),
    path("barriers/", kept_lists.Barriers.as_view(), name="barriers"),
    path("barriers/<uuid:pk>/", kept_lists.BarrierItem.as_view(), name="barrier"),
    path("access-support/", kept_lists.SupportKinds.as_view(), name="access-supports"),
    path("access-support/<uuid:pk>/", kept_lists.SupportKind.as_view(), name="access-support"),
    path("languages/", languages.Languages.as_view(), name="languages"),
    path("languages/<uuid:pk>/", languages.LanguageItem.as_view(), name="language"),
    path("colleagues/", colleagues.Colleagues.as_view(), name="colleagues"),
    path("need-types/", need_types.NeedTypes.as_view(), name="need-types"),
    path("need-types/<uuid:pk>/", need_types.NeedTypeItem.as_view(), name="need-type"),
    path("purposes/", purposes.Purposes.as_view(), name="purposes"),
    path("purposes/<uuid:pk>/", purposes.PurposeItem.as_view(), name="purpose"),
    path("areas/", areas.Areas.as_view(), name="areas"),
    path("areas/<uuid:pk>/", areas.AreaItem.as_view(), name="area"),
    path("offer-kinds/", jobs.OfferKinds.as_view(), name="offer-kinds"),
]
