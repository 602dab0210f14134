"""The equality vault: what people said about themselves for statistics only, counted and tied to nobody."""
