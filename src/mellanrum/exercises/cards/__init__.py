"""Picture cards: choose a picture first, then meet the question through it."""
