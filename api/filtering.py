"""Lists narrowed down as their address says."""

from __future__ import annotations

from typing import Any, cast

from django.db.models import QuerySet
from rest_framework.request import Request

from api.pagination import PAGING, refused
from api.problems import Problem
from api.strict import LEFT_EMPTY, SAY_YES_OR_NO, YES_OR_NO, faults_of_form

NO_FILTER = "There is no filter of this name here."


def narrowed(rows: QuerySet[Any], request: Request, filter_class: Any) -> QuerySet[Any]:
    """The rows that fit the filters of the address. Raises `Problem` (400) for a filter that does not exist or was left
    empty, so that neither quietly shows everything."""
    filters = filter_class.base_filters if filter_class else {}
    asked = {name: value for name, value in request.query_params.items() if name not in PAGING}
    for name, value in asked.items():
        if name not in filters:
            raise refused(name, NO_FILTER)
        if type(filters[name]).__name__ == "BooleanFilter" and value not in YES_OR_NO:
            raise refused(name, SAY_YES_OR_NO)
        if not value:
            raise refused(name, LEFT_EMPTY)
    if not asked:
        return rows
    found = filter_class(data=request.query_params, queryset=rows, request=request)
    if not found.is_valid():
        told = faults_of_form(found.form)
        raise Problem(400, detail=" ".join(fault.detail for fault in told), faults=told)
    return cast("QuerySet[Any]", found.qs)
