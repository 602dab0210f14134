"""The one suppressor of small numbers: every count of people that leaves Heard goes through here."""
