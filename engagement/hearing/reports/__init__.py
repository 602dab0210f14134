"""What the log tells about who is heard: quiet communities, communities asked too often, and the grid of all."""
