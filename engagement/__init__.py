"""What we did together, what we heard, what changed."""
