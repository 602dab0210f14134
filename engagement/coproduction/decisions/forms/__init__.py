"""Forms about decisions and outcomes."""
