"""Citizen panels and standing groups: purpose, power, seats and members, and how members are found."""
