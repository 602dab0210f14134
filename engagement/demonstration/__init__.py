"""The engagement part of the demonstration: eighteen months of contacts, points and promises, invented."""
