"""Co-production projects: the question, who takes part, how much they may decide, and how much they felt they did."""
