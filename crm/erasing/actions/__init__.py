"""Requests to be erased: written down, decided, and carried out everywhere at once; and again after a restore."""

from crm.erasing.actions.again import erase_again
from crm.erasing.actions.requests import decide_erasure, erase_person, record_erasure

__all__ = ["decide_erasure", "erase_again", "erase_person", "record_erasure"]
