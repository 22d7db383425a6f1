"""An exercise that is open for days, by a link of its own: a room with one block, no cockpit and a time when it closes by itself."""
