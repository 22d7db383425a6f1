"""Who is let in where, asked of a real server."""
