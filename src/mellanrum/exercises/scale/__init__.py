"""Rating: statements × subjects on a numbered scale."""
