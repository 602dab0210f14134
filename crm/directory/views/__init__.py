"""Pages of the public directory: what colleagues keep, and what a group does by its link."""
