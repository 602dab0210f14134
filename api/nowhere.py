"""Addresses under the API's that are none."""

from __future__ import annotations

from typing import Any, cast

from django.http import Http404, HttpResponse
from rest_framework.renderers import JSONRenderer
from rest_framework.views import APIView

from api.problems import problem_response
from crm.accounts.permissions import PUBLIC_PAGE
from crm.base.permissions import Row


class NotHere(APIView):
    """Every address under the API's that is none: 404 as problem+json, whoever asks and however."""

    authentication_classes = []
    permission_classes = []
    throttle_classes = []
    renderer_classes = [JSONRenderer]
    schema = None
    row: Row = PUBLIC_PAGE

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """Raise 404 for every method alike."""
        self.http_method_not_allowed = self._not_here  # type: ignore[method-assign]
        self.http_method_names = []
        return cast(HttpResponse, super().dispatch(request, *args, **kwargs))

    def get_exception_handler(self) -> Any:
        """As everywhere in the API."""
        return problem_response

    def _not_here(self, *args: Any, **kwargs: Any) -> Any:
        raise Http404
