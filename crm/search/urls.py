"""The address of search."""

from django.urls import path

from crm.search.views import Search

urlpatterns = [path("search/", Search.as_view(), name="search")]
