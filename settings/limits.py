"""How often somebody may try something: by the reader's own address (ip) or by what they try (key, user)."""

RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "reset_password": "20/m/ip,5/m/key",
    "reset_password_from_key": "20/m/ip",
    "change_password": "5/m/user",
    "manage_email": "10/m/user",
    "reauthenticate": "10/m/user",
    # The public application to a panel: enough for a library or a mosque where many share one address.
    "start_application": "30/h/ip",
    "my_application": "120/m/ip",
    "send_link": "10/h/ip",
    # Requests for other formats: a library may send several a day.
    "ask_for_format": "20/h/ip",
    # Answers to invitations: many people of one group answer from one place.
    "start_answer": "120/m/ip",
    "answer_helped": "60/m/ip",
    "my_invitation": "240/m/ip",
    # A group looks at its entry in the directory.
    "my_entry": "60/m/ip",
    # How it felt to take part: a whole group may answer from one room.
    "felt": "120/m/ip",
}
