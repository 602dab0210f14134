"""One box over what the user may see, forgiving of spelling, on both databases."""
