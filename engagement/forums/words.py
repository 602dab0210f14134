"""Every word of the public pages on which people answer, in one place: said why it is asked, in everyday words.

English here; other languages in engagement/locale. A language is offered once every word is there (a test says so).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from django.utils.translation import gettext_lazy as _

from crm.base.tongues import Tongues

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

TONGUES = Tongues(("en", "ur"))  # those in which every word below is there

SAY: dict[str, StrPromise] = {
    "title": _("Tell us you are coming"),
    "back": _("Back"),
    "go_on": _("Continue"),
    "send": _("Send my answer"),
    "start": _("Answer one question at a time"),
    "start_all": _("See all the questions on one page"),
    "one_by_one": _("See one question at a time"),
    "left_out": _("You can leave out what you do not want to say."),
    "no_account": _("You need no account. You get a link of your own, to change your answer until the day."),
    "no_proof": _("We never ask for proof of a disability."),
    "when": _("When"),
    "where": _("Where"),
    "about": _("What we talk about"),
    "offered": _("Already there"),
    "join_online": _("Join online"),
    "thanks_yes": _("Thank you. We look forward to meeting you"),
    "thanks_maybe": _("Thank you. Tell us when you know"),
    "thanks_no": _("Thank you for telling us"),
    "waiting": _("It is full. You are on the waiting list"),
    "waiting_words": _("We tell you at once when a place comes free. Nobody who came later goes before you."),
    "free_place": _("A place is free for you"),
    "free_place_words": _("Say yes and it is yours. After that time we offer it to the next person."),
    "take_place": _("Yes, I take the place"),
    "not_answered": _("You are invited"),
    "your_answer": _("Your answer"),
    "change": _("Change my answer"),
    "calendar": _("Add it to my calendar"),
    "booked_by": _("By this day we tell you that everything you need is booked:"),
    "heard_words": _("Somebody reads what you wrote within one working day."),
    "deleted": _("We delete what would help you four weeks after the meeting."),
    "kept": _("We keep what would help you, and ask you from time to time if it is still right."),
    "cancelled": _("This meeting does not take place"),
    "over": _("This meeting is over, or nobody can answer any more."),
    "who_asks": _("Whoever has this link can read and change your answer. Keep it safe."),
    "talk": _("Would you rather talk to somebody?"),
    "helper": _("You can ask someone to help you. You decide."),
    "phone": _("Phone"),
    "text": _("Text message"),
    "email": _("E-mail"),
    "languages": _("Languages"),
    "skip": _("Skip to main content"),
    "problem": _("There is a problem"),
    "error": _("Error:"),
    "unchecked": _("A machine translated this page. Nobody has checked these words yet. They may be wrong."),
    "held": _("Places are held for"),
    "wait_title": _("Please wait a minute"),
    "wait": _("Many pages were sent from where you are. Wait a minute, go back and press the button again."),
    "known": _("We have ticked what you told us before. Change it if it is not right any more."),
    "accessibility": _("Accessibility statement"),
    "privacy": _("Privacy"),
    "easy": _("Easy Read"),
    "full": _("Full version"),
    "nothing": _("You asked for nothing."),
    "guests": _("People who come with you"),
}


@dataclass(frozen=True)
class Question:
    """One question: its place in the address, its words, why it is asked, and the fields that take the answer."""

    key: str
    title: StrPromise
    why: StrPromise
    fields: tuple[str, ...]


COMING = Question(
    "coming", _("Are you coming?"), _("So that there is a chair, food and help for everybody."), ("answer", "held")
)
WHY = Question("why", _("Why not, if you want to say?"), _("So that we can do it better next time."), ("why_not",))
SAYING = Question(
    "say", _("What do you want to say?"), _("We take it to the meeting, and write it down as yours."), ("to_say",)
)
NAME = Question("name", _("What name shall we use?"), _("A first name is fine."), ("guest_name",))
REACH = Question(
    "reach", _("How can we reach you?"), _("So that we can tell you if something changes."), ("reach_by", "reach_at")
)
HELP = Question(
    "help", _("What would help you take part?"), _("So that we can arrange it before you come."),
    (
        "help_understanding", "interpreter_language", "help_getting_there", "help_being_there", "help_people",
        "help_other", "help_words", "help_none",
    ),
)  # fmt: skip
GUESTS = Question(
    "guests", _("Who is coming with you?"), _("We need no names, only how many."),
    ("guests_supporters", "guests_others"),
)  # fmt: skip
KEEP = Question(
    "keep", _("Shall we remember this for next time?"), _("It is about what would help you take part."),
    ("keep_needs",),
)  # fmt: skip
QUESTIONS = (COMING, WHY, SAYING, NAME, REACH, HELP, GUESTS, KEEP)
BY_KEY = {question.key: question for question in QUESTIONS}

Ticks: TypeAlias = "tuple[tuple[str, StrPromise], ...]"
# What can be ticked, by field: the key of a type of access need, and what people call it.
HELP_FIELDS: dict[str, tuple[StrPromise, Ticks]] = {
    "help_understanding": (
        _("Understanding"),
        (
            ("bsl-interpreter", _("BSL interpreter")),
            ("lipspeaker", _("Lipspeaker")),
            ("speech-to-text", _("Live captions")),
            ("spoken-interpreter", _("Interpreter for my language")),
            ("easy-read", _("Easy Read papers")),
            ("large-print-18", _("Large print")),
            ("braille-2", _("Braille")),
            ("told-before", _("To know before the day what will happen")),
        ),
    ),
    "help_getting_there": (
        _("Getting there"),
        (
            ("transport", _("A taxi that you book")),
            ("accessible-transport", _("Transport with a ramp or lift")),
            ("travel-costs", _("Money for travel on the day")),
            ("blue-badge-parking", _("Parking close by")),
            ("known-face", _("Someone to meet me")),
        ),
    ),
    "help_being_there": (
        _("Being there"),
        (
            ("wheelchair-space", _("Space for a wheelchair")),
            ("quiet-room", _("A quiet room")),
            ("breaks", _("More breaks")),
            ("seat-near-door", _("A seat near the door")),
            ("assistance-dog", _("Room for my assistance dog")),
            ("prayer-space", _("A place to pray")),
            ("help-to-leave", _("Help to get out in an emergency")),
            ("food", _("There is food I cannot eat")),
        ),
    ),
    "help_people": (
        _("People"),
        (
            ("supporter-present", _("To bring a supporter or assistant (free)")),
            ("childcare", _("Childcare")),
            ("carer-cover", _("Someone to care for a person while I am out")),
        ),
    ),
    "help_other": (
        _("Other ways"),
        (("join-online", _("To join by phone or video")), ("at-home", _("To tell somebody my views before"))),
    ),
}
HELP_KEYS = frozenset(key for _label, ticks in HELP_FIELDS.values() for key, _words in ticks)
ANSWERS = (
    ("yes", _("Yes")),
    ("maybe", _("Maybe")),
    ("no", _("No")),
    ("cannot_but_say", _("I cannot come. I want to say something")),
)
REACH_BY = (
    ("text", _("Text me")), ("phone", _("Phone me")), ("email", _("E-mail me")), ("letter", _("Write me a letter")),
    ("group", _("Tell my group")), ("", _("I will look at my link myself")),
)  # fmt: skip
KEEPING = (
    ("keep", _("Yes, keep it and ask me if it changes")), ("delete", _("No, delete it after the meeting")),
)  # fmt: skip
LABELS: dict[str, tuple[StrPromise, StrPromise | str]] = {
    "held": (_("Places are held for people of these communities. Are you one of them?"),
             _("Only say so if you want to. We use it for your place alone.")),
    "not_held": (_("No, or I do not want to say"), ""),
    "reach_at": (_("Your number, address or group"), _("Leave it empty if you will look at your link yourself.")),
    "interpreter_language": (_("Which language?"), _("If you want an interpreter.")),
    "help_words": (_("Something else, or more about it"), _("Like: no nuts; a woman to interpret; somebody I know.")),
    "help_none": (_("Nothing"), ""),
    "guests_supporters": (_("How many supporters or assistants?"), _("Leave it at 0 if nobody comes with you.")),
    "guests_others": (_("How many other people?"), _("Children count too.")),
}  # fmt: skip
TOO_LONG = _("Use fewer letters. You can also phone us")
NO_NUMBER = _("Write a number, like 2")
# What rules say in English, again for pages in other languages: marked here so that they are translated.
RULES = (
    _("Tell us if you are coming"),
    _("Write a phone number, like 07700 900123"),
    _("Write an e-mail address, like name@example.com"),
    _("Write the name of your group"),
    _("Write where we can send a letter"),
    _("This forum is over or does not take place. You can still phone us"),
    _("Your place is kept, but there is no room for so many. Phone us"),
)
