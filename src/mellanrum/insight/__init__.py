"""Pure mathematics: no Django, no database."""
