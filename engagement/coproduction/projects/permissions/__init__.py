"""Who may do what with projects, the people in them, and what those people felt."""
