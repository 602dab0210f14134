"""The pictures of Easy Read: simple line drawings of our own, without words in them, so that one serves every language.

Each is a file `templates/public/pictures/<name>.svg`, drawn for Heard; `LICENCE.md` beside them says what others may do
with them.
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
    "letter": "An envelope: a letter",
    "form": "A page with boxes to tick: a form",
    "write": "A pen and paper: to write",
    "read": "An open book: to read",
    "computer": "A computer",
    "listen": "An ear: to listen",
    "hearing-loop": "An ear with a hearing aid: a hearing loop",
    "idea": "A light bulb: an idea",
    "choose": "Two cards, one ticked: to choose",
    "yes": "A green tick: yes",
    "no": "A red cross: no",
    "happy": "A happy face: what is good",
    "sad": "A sad face: what is bad",
    "danger": "A warning sign: take care",
    "private": "A padlock: we keep it private",
    "money": "Coins and a note: money",
    "thank-you": "A hand holding a heart: thank you",
    "house": "A house",
    "nurse": "A nurse",
    "family": "Two grown-ups and a child: a family",
    "child": "A child",
    "older-person": "An older person with a stick",
    "wheelchair": "A wheelchair user",
    "cane": "A blind person with a cane",
    "group": "Five people: a group",
    "pray": "Hands and a mat: a place to pray",
    "toilet": "A toilet",
    "lift": "A lift",
    "car": "A car",
}


def picture_template(name: str) -> str:
    """The template that draws a picture. Raises KeyError for a name that is not one of ours."""
    if name not in PICTURES:
        raise KeyError(name)
    return f"public/pictures/{name}.svg"
