"""What the council is held to: strategies, plans and the regulator's statements, as data with versions."""
