"""What the demo consists of: a folder, a room with its facilitator, and its course once the server answers."""
