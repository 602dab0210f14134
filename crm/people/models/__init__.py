"""People and what surrounds them."""

from crm.people.models.around import Intermediary, PersonHat, SafeContactRule, Supporter
from crm.people.models.people import ContactWay, Person, PersonLanguage, PersonRole, one_of_people

__all__ = [
    "ContactWay",
    "Intermediary",
    "Person",
    "PersonHat",
    "PersonLanguage",
    "PersonRole",
    "SafeContactRule",
    "Supporter",
    "one_of_people",
]
