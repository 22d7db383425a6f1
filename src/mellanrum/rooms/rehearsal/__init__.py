"""Rehearsals: a room of a gathering's own with made-up people, whose time can be moved ahead, and of which nothing stays."""
