"""What is done with projects, the people in them, and what those people felt."""
