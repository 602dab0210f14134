"""The public site, in every format and language."""
