"""Examples for the schema: invented people and groups, real shapes."""

from __future__ import annotations

from typing import Any

ID = "0190f3c2-7a10-7d4e-9c1b-3f2a6b8d0e"
GROUP = {"id": f"{ID}01", "name": "Lozells Women's Circle"}
TOPIC = {"id": f"{ID}02", "name": "Carers"}
OFFICER = {"id": f"{ID}03", "name": "Amina Diallo"}
COMMUNITY = {"id": f"{ID}04", "name": "Kashmiri community"}
TOLD = "Nobody told us that a carer can get help too."
WHEN = "2026-11-24T15:04:05+00:00"
EVENT_INPUT: dict[str, Any] = {
    "occurred_on": "2026-11-24",
    "kind": "in_person",
    "organisations": [f"{ID}01"],
    "topics": [f"{ID}02"],
    "points": [{"words": TOLD, "kind": "concern"}],
    "promises": [{"words": "Send the leaflet in Urdu", "due_on": "2026-12-08"}],
}
POINT_BRIEF = {"id": f"{ID}05", "words": TOLD, "kind": "concern", "quoting": "not_asked"}
PROMISE_BRIEF = {"id": f"{ID}06", "words": "Send the leaflet in Urdu", "due_on": "2026-12-08", "state": "open"}
EVENT: dict[str, Any] = {
    "id": f"{ID}07", "version": 1, "state": "standing", "kind": "in_person", "occurred_on": "2026-11-24",
    "occurred_at": None, "area": {"id": f"{ID}08", "name": "Lozells"},
    "locality": {"id": f"{ID}09", "name": "West"}, "place": "", "team": None, "logged_by": OFFICER,
    "officers": [OFFICER], "organisations": [GROUP], "people": [], "met_in_words": "",
    "reach": [{"community": COMMUNITY, "people": None, "basis": "estimated", "voice": "direct", "through": None}],
    "topics": [TOPIC], "support_used": [], "languages_used": [], "barriers": [], "points": [POINT_BRIEF],
    "promises": [PROMISE_BRIEF], "follow_up": "", "follow_up_on": None, "restricted": False, "named_readers": [],
    "created_at": WHEN, "modified_at": WHEN, "withdrawn_at": None, "withdrawn_reason": "",
}  # fmt: skip
EVENT_WHOLE: dict[str, Any] = {**EVENT, "corrections": [], "safeguarding": []}
SUMMARY: dict[str, Any] = {"id": None, "occurred_on": "2026-11-24", "kind": "in_person", "topics": [TOPIC]}
POINT: dict[str, Any] = {
    "id": f"{ID}05", "version": 1, "state": "standing", "event": f"{ID}07", "occurred_on": "2026-11-24", "position": 1,
    "words": TOLD, "kind": "concern", "wording": "paraphrase", "language": None, "translation": "", "translator": "",
    "raised_by": None, "raised_by_organisation": GROUP, "through": None, "voice": "own", "authority": "",
    "quoting": "not_asked", "created_at": WHEN, "modified_at": WHEN,
}  # fmt: skip
PROMISE: dict[str, Any] = {
    "id": f"{ID}06", "version": 1, "state": "open", "is_late": False, "is_void": False, "event": f"{ID}07",
    "words": "Send the leaflet in Urdu", "due_on": "2026-12-08", "owner": OFFICER, "to_person": None,
    "to_organisation": GROUP, "to_community": None, "settled_on": None, "settled_words": "",
    "created_at": WHEN, "modified_at": WHEN,
}  # fmt: skip
