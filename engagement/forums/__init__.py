"""Forums: planned once or as a series, what they offer so that everyone can take part, and the jobs that come of it."""
