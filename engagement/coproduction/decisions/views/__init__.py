"""Pages about decisions and outcomes."""
