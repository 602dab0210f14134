"""Who: the people, the groups, and what they need."""
