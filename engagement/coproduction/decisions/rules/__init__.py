"""What is missing before a decision or an outcome stands."""
