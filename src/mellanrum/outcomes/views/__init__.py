"""The pages of what came out."""
