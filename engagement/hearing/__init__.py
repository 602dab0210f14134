"""Who is heard and who is not: quiet communities, communities asked too often, and the grid of both."""
