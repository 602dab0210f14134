"""Erasing a person when they ask (UK GDPR article 17): decided, carried out everywhere, and the thread still stands."""
