"""The one ledger of who was met, what they told us and what was promised."""
