"""The public site of the demonstration: a believable site of a council, in English and six languages."""

from cms.demonstration.pages import load_pages

__all__ = ["load_pages"]
