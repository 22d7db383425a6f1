"""Leaves without models: ids, clock, database backend, ports."""
