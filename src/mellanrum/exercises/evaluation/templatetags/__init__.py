"""Template tags of the evaluation."""
