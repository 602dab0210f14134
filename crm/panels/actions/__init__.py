"""What can be done to panels, seats, members, calls and applications."""
