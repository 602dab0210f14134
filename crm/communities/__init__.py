"""Communities and seldom-heard groups: nested, with their languages and what is good to know."""
