"""Afterwards: documentation."""
