"""The workspace itself: its menu, its home page made of cards from every room, and its help."""
