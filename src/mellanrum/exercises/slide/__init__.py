"""A talk, a break, a film, or perspectives on a talk: what is on."""
