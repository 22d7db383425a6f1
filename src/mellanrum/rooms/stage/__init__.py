"""The room itself as an exercise: its course is a crew-only fold."""
