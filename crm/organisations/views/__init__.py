"""The pages about groups, what they offer people and what they were given."""
