"""Who we know."""
