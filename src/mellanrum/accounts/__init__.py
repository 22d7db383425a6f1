"""Who: people, roles, signing in."""
