"""How a person may be reached: `/api/v1/people/{id}/ways/?purpose=<key>`. Ask it each time, just before you send."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from rest_framework import serializers
from rest_framework.request import Request

from api.pagination import refused
from api.views import ApiView, Operation, Output, Row
from crm.base.views import one_of
from crm.people.actions import read_restricted_people
from crm.people.models import Person
from crm.people.permissions import read_people
from crm.people.safety import WayAnswer
from crm.privacy.models import Purpose
from crm.privacy.reports import ways_to_reach


class WayToReach(Output):
    """One way, open or closed."""

    kind = serializers.CharField()
    open = serializers.BooleanField()
    value = serializers.CharField(help_text="Number or address; empty when the way is closed.")
    is_preferred = serializers.BooleanField()
    best_times = serializers.CharField()
    reasons = serializers.ListField(child=serializers.CharField(), help_text="Why it is closed.")
    obey = serializers.ListField(child=serializers.CharField(), help_text="What to obey when you use it.")


class Ways(Output):
    """All ways to reach one person for one purpose."""

    purpose = serializers.CharField(allow_null=True)
    any_open = serializers.BooleanField()
    before = serializers.ListField(child=serializers.CharField(), help_text="Read this first, whatever way you use.")
    ways = WayToReach(many=True)


EXAMPLE = {
    "purpose": "invitations",
    "any_open": True,
    "before": ["Interpreter: a woman, not from their own community."],
    "ways": [
        {"kind": "phone", "open": True, "value": "+447700900123", "is_preferred": True, "best_times": "After 6pm",
         "reasons": [], "obey": ["Never leave a voice message. Ring again."]},
        {"kind": "letter", "open": False, "value": "", "is_preferred": False, "best_times": "",
         "reasons": ["Their family may not know"], "obey": []},
    ],
}  # fmt: skip


def as_way(answer: WayAnswer) -> Row:
    """A way as it goes out: a closed one without number or address, so that nothing can be sent there."""
    way = answer.way
    return {
        "kind": way.kind,
        "open": answer.is_open,
        "value": way.value if answer.is_open else "",
        "is_preferred": way.is_preferred,
        "best_times": way.best_times,
        "reasons": list(answer.reasons),
        "obey": list(answer.obey),
    }


class PersonWays(ApiView):
    """The ways to reach one person."""

    model = Person
    narrows = True
    permissions_by_method = {"GET": read_people}
    operations = {
        "GET": Operation(
            "Ask how a person may be reached",
            "`?purpose=` takes the key of a purpose; without it, the answer is for getting in touch at all. Nothing "
            "may be sent on a closed way.",
            gives=Ways,
            example=EXAMPLE,
        )
    }

    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """Ask."""
        person = one_of(self.rows().prefetch_related("ways", "safe_rules", "language_uses__language"), pk=pk)
        for name in request.query_params:
            if name != "purpose":
                raise refused(name, "There is no filter of this name here.")
        purpose = self._purpose(request.query_params.get("purpose"))
        if person.restricted:
            read_restricted_people(actor=self.reader, people=[person])
        answer = ways_to_reach(person, purpose=purpose)
        return self.sent({
            "purpose": purpose.key if purpose else None,
            "any_open": answer.any_open,
            "before": list(answer.before),
            "ways": [as_way(way) for way in answer.ways],
        })  # fmt: skip

    def _purpose(self, key: str | None) -> Purpose | None:
        if key is None:
            return None
        # Looked for among the few there are: a key may hold what PostgreSQL cannot be asked for.
        found = next((one for one in Purpose.objects.visible_to(self.reader) if one.key == key), None)
        if found is None:
            raise refused("purpose", "There is no purpose with this key.")
        return found
