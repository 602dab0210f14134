"""The words forums are described with: states and their groups, how often, how people take part."""

from __future__ import annotations

from django.db import models


class ForumState(models.TextChoices):
    """Where a forum stands. Groups of states are below."""

    DRAFT = "draft", "Being planned"
    OPEN = "open", "Open"
    READY = "ready", "Ready"
    HELD = "held", "Held"
    CLOSED = "closed", "Closed"
    CANCELLED = "cancelled", "Cancelled"


COMING = (ForumState.DRAFT, ForumState.OPEN, ForumState.READY)  # still ahead; can be changed, moved and cancelled
STANDING = (ForumState.OPEN, ForumState.READY)  # people were told that it takes place
AT_THE_DESK = (*STANDING, ForumState.HELD)  # until it is closed, whoever works on it must know who comes
PAST = (ForumState.HELD, ForumState.CLOSED)  # it took place
TOLD = (*STANDING, *PAST, ForumState.CANCELLED)  # what the public may know of, where it was published


class Mode(models.TextChoices):
    """How people take part."""

    IN_PERSON = "in_person", "In person"
    ONLINE = "online", "Online"
    BOTH = "both", "In person and online"


class HowOften(models.TextChoices):
    """How often a series meets, in the words a champion chooses from."""

    ONCE = "once", "Just once"
    WEEKLY = "weekly", "Every week"
    TWO_WEEKLY = "two_weekly", "Every 2 weeks"
    MONTHLY = "monthly", "Every month"
    TWO_MONTHLY = "two_monthly", "Every 2 months"
    THREE_MONTHLY = "three_monthly", "Every 3 months"


class By(models.TextChoices):
    """What stays the same from month to month."""

    WEEKDAY = "weekday", "The same weekday, like the second Tuesday"
    DAY = "day", "The same day of the month, like the 12th"


class OfferGroup(models.TextChoices):
    """What an offer is about."""

    UNDERSTANDING = "understanding", "Understanding"
    GETTING_THERE = "getting_there", "Getting there"
    BEING_THERE = "being_there", "Being there"
    OTHER_WAYS = "other_ways", "Other ways to take part"
    EVERY_FORUM = "every_forum", "Done for every forum"


class Answer(models.TextChoices):
    """What somebody who is invited said."""

    NONE = "none", "No answer yet"
    YES = "yes", "Yes"
    MAYBE = "maybe", "Maybe"
    NO = "no", "No"
    CANNOT_BUT_SAY = "cannot_but_say", "I cannot come, but want to say something"


class Place(models.TextChoices):
    """Whether there is a place for somebody who said yes."""

    NONE = "none", "Asked for no place"
    HAS = "has", "Has a place"
    WAITING = "waiting", "On the waiting list"
    OFFERED = "offered", "A place is offered"


class ReachBy(models.TextChoices):
    """How somebody without a record wants to hear from us about one forum."""

    TEXT = "text", "Text message"
    PHONE = "phone", "Phone call"
    EMAIL = "email", "E-mail"
    LETTER = "letter", "Letter"
    GROUP = "group", "Through my group"
