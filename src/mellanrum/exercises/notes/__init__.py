"""Notes: what every block takes beside its own exercise, lines and photos from crew and tables, so that talk leaves a trace."""
