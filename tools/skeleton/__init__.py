"""Skelettets namn: one question, and everybody chooses one answer."""
