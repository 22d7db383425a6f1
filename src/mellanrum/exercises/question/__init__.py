"""An open question: short texts on a wall in themes of the crew's, or questions to whoever speaks."""
