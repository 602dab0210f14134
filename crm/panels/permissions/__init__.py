"""Who may do what to panels and in recruitment."""
