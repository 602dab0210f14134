"""Community networks and groups: what they are, where, and how each stands to a community."""
