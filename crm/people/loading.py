"""What is loaded with people, all of it with one query (`crm.base.together`): paths that rooms above put in too."""

from __future__ import annotations

from crm.base.registries import Registry

# Wherever people are shown: what must be got right about them is made of it.
flag_parts: Registry[str] = Registry("parts of people that flags are made of")
# On a person's own page besides: what its cards show.
page_parts: Registry[str] = Registry("parts of a person that the cards of their page show")
