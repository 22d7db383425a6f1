"""Measures the product beside its references in the same run: `python -m bench [ROW …] [--json]`."""
