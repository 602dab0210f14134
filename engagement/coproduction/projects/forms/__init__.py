"""Forms about projects: they translate, hold no rule and never save."""
