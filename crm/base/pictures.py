"""The pictures of Easy Read: simple line drawings of our own, without words in them, so that one serves every language.

Each is a file `templates/public/pictures/<name>.svg`, drawn for Heard and under its licence.
"""

from __future__ import annotations

# Name → what it shows, for the editor who chooses one.
PICTURES: dict[str, str] = {
    "care": "A home with a heart: care at home",
    "council": "A public building: the council",
    "talk": "Two people talking",
    "meeting": "People round a table: a meeting",
    "date": "A calendar: the day",
    "time": "A clock: the time",
    "place": "A community building: the place",
    "no-steps": "A wheelchair user on a ramp: no steps",
    "bus": "A bus: getting there",
    "interpreter": "Hands and a speech bubble: an interpreter",
    "helper": "Two people side by side: someone to help you",
    "food": "A plate of food",
    "rest": "A sofa: a quiet room",
    "phone": "A telephone",
    "message": "A text message",
}


def picture_template(name: str) -> str:
    """The template that draws a picture. Raises KeyError for a name that is not one of ours."""
    if name not in PICTURES:
        raise KeyError(name)
    return f"public/pictures/{name}.svg"
