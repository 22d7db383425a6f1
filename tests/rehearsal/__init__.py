"""Rehearsals against a running product: what they touch, and what is left of them."""
